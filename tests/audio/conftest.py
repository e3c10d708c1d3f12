"""Sounds that the tests make themselves."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import lfilter

Floats = NDArray[np.float32]
MakeVoice = Callable[..., Floats]


def make_voice(seconds: float = 3.0, rate: int = 24000, hertz: float = 140.0, noise_db: float = -60.0) -> Floats:
    """(samples,) pulses through three formants, in syllables with pauses between them, over faint noise."""
    time = np.arange(round(seconds * rate)) / rate
    pitch = hertz * 2 ** (0.15 * np.sin(2 * np.pi * 0.7 * time))
    phase = np.cumsum(pitch / rate)
    source = np.diff(np.floor(phase), prepend=0.0)
    hiss = np.random.default_rng(0).standard_normal(len(time))
    wave = source + 0.02 * hiss
    for centre, width in ((700, 90), (1200, 110), (2600, 170)):
        radius = np.exp(-np.pi * width / rate)
        wave = lfilter([1.0], [1.0, -2 * radius * np.cos(2 * np.pi * centre / rate), radius**2], wave)
    syllables = np.clip(1.5 * np.sin(2 * np.pi * 2.5 * time) + 0.6, 0.0, 1.0)
    wave = wave * syllables + 0.6 * hiss * np.clip(np.sin(2 * np.pi * 0.7 * time) - 0.9, 0.0, 1.0)
    wave = 0.5 * wave / np.abs(wave).max(initial=1e-9)
    background = np.random.default_rng(1).standard_normal(len(time))
    return (wave + 10 ** (noise_db / 20) * background).astype(np.float32)


@pytest.fixture(scope="session")
def voice() -> MakeVoice:
    """`voice(seconds, rate, hertz, noise_db)` makes a wave that looks like speech."""
    return make_voice
