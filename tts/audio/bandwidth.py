"""How high the sound of a recording reaches, whatever rate its file has."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.signal import stft

_BAND_HZ: Final = 125
_BELOW_PEAK_DB: Final = 70.0
_FILTER_DB: Final = 24.0  # fall within 1 kHz that a filter makes and a voice does not
_LOWEST_HZ: Final = 3000


def bandwidth(wave: NDArray[np.float32], rate: int) -> float:
    """(samples,) -> Hz up to which there is sound: where a filter cuts it off, or where it fades out."""
    bands = _band_levels(wave, rate)
    heard = int(np.flatnonzero(bands > bands.max() - _BELOW_PEAK_DB)[-1]) + 1
    # Noise and what a codec made up can lie above a filter's edge, so the edge counts even where more is heard.
    width = 1000 // _BAND_HZ
    places = range(_LOWEST_HZ // _BAND_HZ, len(bands) - width - 1)
    for place in places:
        if bands[place - width : place].mean() - bands[place + width :].max() > _FILTER_DB:
            steepest = int(np.argmin(np.diff(bands[place : place + width + 3])))
            heard = min(heard, place + steepest + 1)
            break
    return float(min(heard * _BAND_HZ, rate / 2))


def _band_levels(wave: NDArray[np.float32], rate: int) -> NDArray[np.float64]:
    """(bands,) dB of the loud moments of each band of 125 Hz: hisses count, though they are rare."""
    size = rate // _BAND_HZ * 4
    _, _, spectrum = stft(wave, rate, nperseg=min(size, len(wave)), nfft=size, boundary=None)
    power = np.abs(spectrum[1:]) ** 2
    bands = power[: len(power) // 4 * 4].reshape(-1, 4, power.shape[1]).mean(1)
    return np.asarray(10 * np.log10(np.quantile(bands, 0.97, axis=1) + 1e-14))
