"""What predictions lack is measured as it is, and given back by the bundle."""

import pytest
import torch

from training.calibrate import Ratios, calibration
from tts.models.colour import spread_out


def test_predictions_like_recordings_need_nothing() -> None:
    found = calibration({"zh": [Ratios(1.0, 1.2, 1.0, 1.0)] * 3, "en": [Ratios(1.0, 1.1, 1.0, 1.0)]})
    assert (found.length_skew, found.mel_spread, found.pitch_spread) == (0.0, 1.0, 1.0)


def test_languages_weigh_the_same_however_many_utterances_they_have() -> None:
    short, even = Ratios(0.9, 1.1, 0.8, 0.5), Ratios(0.9, 1.1, 1.0, 1.0)
    found = calibration({"zh": [short] * 9, "en": [even]})
    assert found.length_skew == pytest.approx(0.25)
    assert found.mel_spread == pytest.approx(1 / 0.9, abs=1e-3)
    assert found.pitch_spread == pytest.approx(1 + 0.5 * (1 / 0.75 - 1), abs=1e-3)


def test_one_broken_utterance_changes_nothing() -> None:
    good, broken = Ratios(0.9, 1.1, 0.9, 0.8), Ratios(float("nan"), 50.0, float("nan"), float("nan"))
    assert calibration({"zh": [good, good, good, broken]}) == calibration({"zh": [good]})


def test_spreading_keeps_the_mean_of_each_band_and_stays_inside_the_mask() -> None:
    torch.manual_seed(0)
    mask = torch.ones(2, 1, 30)
    mask[1, :, 20:] = 0
    mel = torch.randn(2, 5, 30) * mask
    spread = spread_out(mel, mask, 1.5)
    torch.testing.assert_close(spread[1, :, :20].mean(1), mel[1, :, :20].mean(1))
    torch.testing.assert_close(spread[1, :, :20].std(1), 1.5 * mel[1, :, :20].std(1))
    assert spread[1, :, 20:].abs().max() == 0
    torch.testing.assert_close(spread_out(mel, mask, 1.0), mel)
