"""How long a room rings on is told from speech alone: dry voices are dry, and a longer room is told as longer."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from scipy.signal import fftconvolve

from tts.audio.quality import report
from tts.audio.read import Clip
from tts.audio.reverberation import LONGEST, reverberation

Floats = NDArray[np.float32]
RATE = 24000
ROOMS = (0.2, 0.4, 0.8, 1.2)


@pytest.fixture(scope="module", params=["hazel", "yanzhou", "koharu"])
def dry(request: pytest.FixtureRequest, root: Path) -> Floats:
    wave, _ = soundfile.read(root / "assets" / "voices" / f"{request.param}.flac", dtype="float32")
    return np.asarray(wave, np.float32)


def in_room(wave: Floats, seconds: float, seed: int = 0) -> Floats:
    """Noise that fades by 60 dB in so many seconds, in sum as loud as the direct sound."""
    time = np.arange(int(1.2 * seconds * RATE)) / RATE
    tail = np.random.default_rng(seed).standard_normal(len(time)) * 10 ** (-3 * time / seconds)
    tail /= np.sqrt(np.square(tail).sum())
    tail[0] = 1
    return fftconvolve(wave, tail)[: len(wave)].astype(np.float32)


def test_a_longer_room_is_told_as_longer(dry: Floats) -> None:
    told = [reverberation(dry), *(reverberation(in_room(dry, seconds)) for seconds in ROOMS)]
    assert told == sorted(told) and len(set(told)) >= 4
    assert told[0] < 0.1


@pytest.mark.parametrize("seconds", [0.4, 0.6, 0.8])
def test_a_room_is_told_within_a_third_of_its_time(dry: Floats, seconds: float) -> None:
    assert reverberation(in_room(dry, seconds, 5)) == pytest.approx(seconds, rel=1 / 3)


def test_noise_does_not_hide_a_room_nor_make_one(dry: Floats) -> None:
    noise = np.random.default_rng(1).standard_normal(len(dry)) * np.sqrt(np.mean(np.square(dry))) * 10 ** (-15 / 20)
    assert reverberation((dry + noise).astype(np.float32)) < 0.25
    assert reverberation((in_room(dry, 0.8) + noise).astype(np.float32)) > 0.5


def test_a_report_warns_of_a_room_that_rings_and_of_no_other(dry: Floats) -> None:
    def warned(wave: Floats) -> bool:
        return "clip_reverberant" in report(Clip(wave, RATE, 1, len(wave) / RATE, 12000.0)).warnings

    assert [warned(dry), warned(in_room(dry, 0.3)), warned(in_room(dry, 0.9))] == [False, False, True]


@pytest.mark.parametrize(
    "wave",
    [
        np.zeros(0, np.float32),
        np.zeros(300, np.float32),
        np.zeros(3 * RATE, np.float32),
        np.ones(RATE, np.float32),
        np.random.default_rng(0).standard_normal(3 * RATE).astype(np.float32),
    ],
    ids=["nothing", "moment", "silence", "constant", "noise"],
)
def test_what_is_no_speech_has_no_room(wave: Floats) -> None:
    assert 0 <= reverberation(wave) <= LONGEST
    if not wave.any():
        assert reverberation(wave) == 0
