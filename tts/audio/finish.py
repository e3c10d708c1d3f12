"""The last touch on rendered speech: joins without clicks, edges of silence, peaks under the ceiling."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d, uniform_filter1d

from tts.audio.spec import AudioSpec

Floats = NDArray[np.float32]

EDGE_SECONDS: Final = 0.04  # of silence at the start and the end of every output
CEILING_DBFS: Final = -1.0
_FADE_SECONDS: Final = 0.005
_LOOK_SECONDS: Final = 0.01  # how long the limiter takes to turn down and up


def piece(wave: Floats, *, opens: bool, closes: bool, rate: int = AudioSpec.sample_rate) -> Floats:
    """One segment (samples,) that starts and ends near silence, as it stands in the output, whatever its neighbours.

    It fades in and out, so that noise of different levels cannot click where segments meet; where it `opens` or
    `closes` the output 40 ms are silent. No peak is over the ceiling.
    """
    silence, fade = min(int(EDGE_SECONDS * rate), len(wave)), int(_FADE_SECONDS * rate)
    start = silence if opens else 0
    end = max(len(wave) - silence, start) if closes else len(wave)
    result = np.zeros(len(wave), np.float32)
    result[start:end] = _faded(wave[start:end], fade)
    return loudness(result, rate=rate)


def loudness(wave: Floats, ceiling_dbfs: float = CEILING_DBFS, rate: int = AudioSpec.sample_rate) -> Floats:
    """(samples,) with every peak at or under the ceiling; only the moments around a peak are turned down."""
    ceiling = 10 ** (ceiling_dbfs / 20)
    size = np.abs(wave)
    if not len(wave) or size.max() <= ceiling:
        return wave.astype(np.float32, copy=True)
    return np.asarray(np.clip(wave * turned_down(size, ceiling, rate), -ceiling, ceiling), np.float32)


def turned_down(size: Floats, ceiling: float, rate: int) -> NDArray[np.float64]:
    """The gain (samples,) that holds what has this `size` at or under the ceiling, and is 1 away from it."""
    wanted = np.minimum(1.0, ceiling / np.maximum(size, ceiling))
    window = 2 * int(_LOOK_SECONDS * rate) + 1
    # The mean of minima over the same window is smooth and nowhere above what its own sample needs.
    gain: NDArray[np.float64] = uniform_filter1d(
        minimum_filter1d(wanted.astype(np.float64), window), window, mode="nearest"
    )
    return gain


def _faded(wave: Floats, fade: int) -> Floats:
    fade = min(fade, len(wave) // 2)
    result = wave.astype(np.float32, copy=True)
    if fade:
        ramp = (0.5 - 0.5 * np.cos(np.pi * (np.arange(fade) + 0.5) / fade)).astype(np.float32)
        result[:fade] *= ramp
        result[-fade:] *= ramp[::-1]
    return result
