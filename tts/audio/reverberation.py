"""How long a room rings on behind speech, told from the speech alone.

Speech falls silent in one band or another all the time, as fast as a mouth can close, but no faster than the room lets
it. So the fastest falls of a recording tell the room (after Wen, Habets and Naylor, IWAENC 2008). `docs/references.md`
has how well that works.
"""

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.fft import rfft, rfftfreq

from tts.audio.spec import AudioSpec

Floats = NDArray[np.float32]

#: Longer rooms are not told apart.
LONGEST: Final = 1.2

_STEP_SECONDS: Final = 0.005
_WINDOW_SECONDS: Final = 0.02
_FALL_FRAMES: Final = 30
_BANDS_HZ: Final = np.geomspace(250, 4500, 8)
# A fall begins well above the band's background, and is over before it reaches that.
_TOP_DB: Final = 20.0
_BOTTOM_DB: Final = 4.0
_FASTEST: Final = 0.05
_LEAST_FALLS: Final = 30
# Time that the fastest falls would take for 60 dB -> reverberation time, from recordings in rooms made of noise.
_FALLS: Final = (0.24, 0.28, 0.395, 0.50, 0.59, 0.70)
_SECONDS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, LONGEST)


def reverberation(wave: Floats, rate: int = AudioSpec.sample_rate) -> float:
    """(samples,) of speech at `rate` -> seconds until the room is 60 dB quieter, up to 1.2; 0 where it cannot be told,
    or where there is no room to be heard."""
    bands = _levels(wave, rate)
    slopes = [_fastest(band) for band in bands]
    told = [slope for slope in slopes if slope]
    return float(np.interp(-60 / np.median(told), _FALLS, _SECONDS)) if told else 0.0


def _levels(wave: Floats, rate: int) -> NDArray[np.float64]:
    """(bands, frames) dB."""
    step, size = round(_STEP_SECONDS * rate), round(_WINDOW_SECONDS * rate)
    if len(wave) < size:
        return np.zeros((0, 0))
    pieces = np.lib.stride_tricks.sliding_window_view(wave, size)[::step]
    power = np.square(np.abs(rfft(pieces * np.hanning(size).astype(np.float32), axis=1)))
    hertz = rfftfreq(size, 1 / rate)
    edges = np.searchsorted(hertz, _BANDS_HZ)
    sums = [power[:, low:high].sum(1) for low, high in pairwise(edges)]
    return np.asarray(10 * np.log10(np.stack(sums) + 1e-12), np.float64)


def _fastest(level: NDArray[np.float64]) -> float:
    """(frames,) dB of one band -> slope of its fastest falls in dB a second, 0 where there are too few."""
    if len(level) < 2 * _FALL_FRAMES:
        return 0.0
    places = (np.arange(_FALL_FRAMES) - (_FALL_FRAMES - 1) / 2) * _STEP_SECONDS
    slopes = np.convolve(level, (places / np.square(places).sum())[::-1], mode="valid")
    first, last = level[: len(slopes)], level[_FALL_FRAMES - 1 :]
    floor = np.quantile(level, 0.05)
    falls = slopes[(first > floor + _TOP_DB) & (last > floor + _BOTTOM_DB) & (slopes < 0)]
    return float(np.quantile(falls, _FASTEST)) if len(falls) > _LEAST_FALLS else 0.0
