"""The last touch on rendered speech: joins without clicks, edges of silence, exact length, peaks under the ceiling."""

from collections.abc import Sequence
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


def join(pieces: Sequence[Floats], rate: int = AudioSpec.sample_rate) -> Floats:
    """Pieces (samples,) that start and end near silence -> one wave of all their samples, with silent edges.

    Each piece fades in and out at its joins, so that noise of different levels cannot click.
    """
    if not pieces:
        return np.zeros(0, np.float32)
    fade = int(_FADE_SECONDS * rate)
    return edges(np.concatenate([_faded(piece, fade) for piece in pieces]), rate)


def edges(wave: Floats, rate: int = AudioSpec.sample_rate) -> Floats:
    """(samples,) with the first and last 40 ms silenced and a short fade next to them."""
    silence = min(int(EDGE_SECONDS * rate), len(wave))
    inner = _faded(wave[silence : max(len(wave) - silence, silence)], int(_FADE_SECONDS * rate))
    result = np.zeros(len(wave), np.float32)
    result[silence : silence + len(inner)] = inner
    return result


def piece(wave: Floats, *, first: bool, last: bool, rate: int = AudioSpec.sample_rate) -> Floats:
    """One piece (samples,) as it will be in `loudness(join(pieces))`, before the others are there.

    Pieces start and end near silence, so that no peak is near enough to a join to be turned down across it.
    """
    faded = _faded(wave, int(_FADE_SECONDS * rate))
    edged, half = edges(faded, rate), len(wave) // 2
    return loudness(np.concatenate([(edged if first else faded)[:half], (edged if last else faded)[half:]]), rate=rate)


def exact_length(wave: Floats, samples: int, rate: int = AudioSpec.sample_rate) -> Floats:
    """(any,) -> (samples,): the end is cut, or silence added to it; the edges are silent afterwards."""
    if len(wave) >= samples:
        return edges(wave[:samples], rate)
    return np.concatenate([wave, np.zeros(samples - len(wave), np.float32)])


def loudness(wave: Floats, ceiling_dbfs: float = CEILING_DBFS, rate: int = AudioSpec.sample_rate) -> Floats:
    """(samples,) with every peak at or under the ceiling; only the moments around a peak are turned down."""
    ceiling = 10 ** (ceiling_dbfs / 20)
    size = np.abs(wave)
    if not len(wave) or size.max() <= ceiling:
        return wave.astype(np.float32, copy=True)
    wanted = np.minimum(1.0, ceiling / np.maximum(size, ceiling))
    window = 2 * int(_LOOK_SECONDS * rate) + 1
    # The mean of minima over the same window is smooth and nowhere above what its own sample needs.
    gain = uniform_filter1d(minimum_filter1d(wanted.astype(np.float64), window), window, mode="nearest")
    return np.asarray(np.clip(wave * gain, -ceiling, ceiling), np.float32)


def _faded(wave: Floats, fade: int) -> Floats:
    fade = min(fade, len(wave) // 2)
    result = wave.astype(np.float32, copy=True)
    if fade:
        ramp = (0.5 - 0.5 * np.cos(np.pi * (np.arange(fade) + 0.5) / fade)).astype(np.float32)
        result[:fade] *= ramp
        result[-fade:] *= ramp[::-1]
    return result
