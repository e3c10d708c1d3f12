"""The loss that asks whether a made mel is like its speaker."""

import numpy as np
import pytest
import torch
from torch import Tensor

from training.likeness import Likeness
from tts.audio.features import log_mel, normalise
from tts.audio.spec import AudioSpec
from tts.models.speaker_encoder import SpeakerEncoder, speaker_mel, speaker_mel_of

SPEC = AudioSpec()


def voice(pitch: float, tilt: float, seed: int, seconds: float = 2.0) -> Tensor:
    """(samples,): a buzz whose pitch and loudness move, with formants that its seed places."""
    rng = np.random.default_rng(seed)
    time = np.arange(int(seconds * SPEC.sample_rate)) / SPEC.sample_rate
    phase = 2 * np.pi * np.cumsum(pitch * (1 + 0.1 * np.sin(2 * np.pi * 1.3 * time + seed))) / SPEC.sample_rate
    shape = rng.uniform(0.3, 1.0, 60) / np.arange(1, 61) ** tilt
    wave = sum(level * np.sin((k + 1) * phase) for k, level in enumerate(shape))
    wave = 0.05 * wave * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * time)) + rng.normal(0, 0.003, len(time))
    return torch.from_numpy(wave.astype(np.float32))


VOICES = ((110.0, 0.6, 1), (210.0, 1.1, 2), (150.0, 0.9, 3), (260.0, 0.4, 4))


@pytest.fixture(scope="module")
def likeness() -> Likeness:
    torch.manual_seed(3)
    return Likeness(SpeakerEncoder(64).eval().requires_grad_(False), SPEC)


def test_the_mel_says_nearly_all_that_the_encoder_hears() -> None:
    waves = torch.stack([voice(*settings) for settings in VOICES])
    heard = speaker_mel_of(log_mel(waves, SPEC), SPEC)
    wanted = speaker_mel(waves, SPEC.sample_rate)
    wanted = ((wanted[:, :, :-1] + wanted[:, :, 1:]) / 2)[:, :, : heard.shape[2]]
    rest = (heard[:, :, : wanted.shape[2]] - wanted).square().mean() / wanted.square().mean()
    assert float(rest) < 0.25


def test_the_same_speech_is_alike_and_another_speaker_is_not(likeness: Likeness) -> None:
    first, second = (normalise(log_mel(voice(*settings)[None], SPEC), SPEC) for settings in VOICES[:2])
    assert float(likeness.distance(first, first)) == pytest.approx(0, abs=1e-3)
    assert float(likeness.distance(first, second)) > 0.01


def test_following_its_slope_makes_a_mel_more_alike(likeness: Likeness) -> None:
    made, real = (normalise(log_mel(voice(*settings)[None], SPEC), SPEC) for settings in VOICES[:2])
    made = made.clone().requires_grad_()
    torch.manual_seed(1)
    before = likeness.distance(made, real)
    (slope,) = torch.autograd.grad(before, made)
    torch.manual_seed(1)
    after = likeness.distance(made - 0.5 * slope / slope.norm(), real)
    assert float(after) < float(before)
