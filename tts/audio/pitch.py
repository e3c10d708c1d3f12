"""Pitch of a voice, frame by frame.

The method is the accurate autocorrelation of Boersma (1993): peaks of the autocorrelation of a windowed frame, divided
by that of the window, are the candidates, and the cheapest path through them is the pitch. A second path, through the
range that the first one found for this speaker, drops the octave errors.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft
from scipy.ndimage import median_filter

from tts.audio.spec import AudioSpec

Floats = NDArray[np.float32]

FLOOR_HZ: Final = 55.0
CEILING_HZ: Final = 600.0

_PERIODS: Final = 3.0  # of the lowest pitch, in one window
_CANDIDATES: Final = 10
_CHUNK: Final = 256  # frames at once, so that a long wave needs little memory
_SILENCE: Final = 0.03  # of the loudest frames' peak: below it a frame tends to be unvoiced
_VOICING: Final = 0.45  # strength that a candidate needs to beat "unvoiced"
_OCTAVE_COST: Final = 0.01  # for each octave that a candidate is lower
_JUMP_COST: Final = 0.35  # for each octave between neighbours
_TURN_COST: Final = 0.14  # for each start and end of voicing


@dataclass(frozen=True)
class Pitch:
    """`f0_hz`: (frames,) float32, 0 where unvoiced; frame i is centred on sample (i + .5) * hop, like the mel."""

    f0_hz: Floats

    @property
    def voiced(self) -> Floats:
        """(voiced frames,) Hz of the voiced frames alone."""
        voiced: Floats = self.f0_hz[self.f0_hz > 0]
        return voiced


def track(wave: Floats, spec: AudioSpec, floor: float = FLOOR_HZ, ceiling: float = CEILING_HZ) -> Pitch:
    """(samples,) in [-1, 1] at the spec's rate -> pitch of its `samples // hop` frames, between floor and ceiling."""
    frames = len(wave) // spec.hop
    if frames == 0:
        return Pitch(np.zeros(0, np.float32))
    parts = [
        _candidates(wave, spec, floor, ceiling, first, min(_CHUNK, frames - first))
        for first in range(0, frames, _CHUNK)
    ]
    hertz, strength, peak = (np.concatenate(part) for part in zip(*parts, strict=True))
    # Not the very loudest frame: one click must not turn the rest into silence.
    loudest = float(np.quantile(peak, 0.99)) or 1.0
    silent = _VOICING + np.maximum(0.0, 2.0 - (peak / loudest) * (1 + _VOICING) / _SILENCE)
    lower_costs = np.where(hertz > 0, _OCTAVE_COST * np.log2(np.maximum(hertz, floor) / floor), 0.0)
    score = np.where(hertz > 0, strength + lower_costs, -np.inf)
    first_path = _best_path(hertz, score, silent)
    voiced = first_path[first_path > 0]
    if len(voiced) < 5:
        return Pitch(_without_octave_jumps(first_path))
    low, high = np.quantile(voiced, (0.25, 0.75))
    own = (hertz >= low * 0.6) & (hertz <= high * 1.9)
    return Pitch(_without_octave_jumps(_best_path(hertz, np.where(own, score, -np.inf), silent)))


@lru_cache(maxsize=8)
def _window(length: int, size: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Hann window of `length`, and its autocorrelation over `size` lags, 1 at lag 0."""
    window = np.hanning(length + 2)[1:-1]
    power = np.abs(rfft(window, size)) ** 2
    own = irfft(power, size)
    return window, own / own[0]


def _candidates(
    wave: Floats, spec: AudioSpec, floor: float, ceiling: float, first: int, count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """(count, candidates) pitch in Hz (0: none), the same shape strength, and (count,) peak, from frame `first` on."""
    length = round(_PERIODS * spec.sample_rate / floor)
    shortest, longest = int(spec.sample_rate / ceiling), int(np.ceil(spec.sample_rate / floor))
    size = next_fast_len(length + longest + 2, real=True)  # what wraps around lies beyond the longest lag
    window, own = _window(length, size)

    start = first * spec.hop + spec.hop // 2 - length // 2
    stop = start + (count - 1) * spec.hop + length
    inside = wave[max(start, 0) : max(stop, 0)].astype(np.float64)
    padded = np.pad(inside, (max(-start, 0), max(stop - len(wave), 0)))
    pieces = np.lib.stride_tricks.sliding_window_view(padded, length)[:: spec.hop]
    pieces = pieces - pieces.mean(1, keepdims=True)

    power = np.abs(rfft(pieces * window, size)) ** 2
    correlation = irfft(power, size)[:, : longest + 2]
    correlation /= np.maximum(correlation[:, :1], 1e-12) * own[: longest + 2]

    left, middle, right = correlation[:, :-2], correlation[:, 1:-1], correlation[:, 2:]
    lags = np.arange(1, longest + 1)
    peaks = (middle > left) & (middle >= right) & (middle > 0.5 * _VOICING) & (lags >= shortest)
    kept = np.argpartition(np.where(peaks, -middle, 0.0), min(_CANDIDATES, longest - 1), axis=1)[:, :_CANDIDATES]
    row = np.arange(count)[:, None]
    before, here, after = left[row, kept], middle[row, kept], right[row, kept]
    bend = before - 2 * here + after
    shift = np.divide(0.5 * (before - after), bend, out=np.zeros_like(bend), where=bend < 0)
    hertz = np.where(peaks[row, kept], spec.sample_rate / (lags[kept] + shift), 0.0)
    hertz[(hertz < floor) | (hertz > ceiling)] = 0.0
    strength = np.minimum(here - 0.25 * (before - after) * shift, 1.0)
    return hertz, strength, np.abs(pieces).max(1)


def _best_path(
    hertz: NDArray[np.float64], score: NDArray[np.float64], unvoiced: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(frames, candidates) Hz and score, (frames,) score of "unvoiced" -> (frames,) Hz of the best path, 0 unvoiced."""
    frames = len(hertz)
    octave = np.log2(np.maximum(hertz, 1.0))
    best = np.concatenate([score[0], unvoiced[:1]])
    came = np.zeros((frames, len(best)), np.intp)
    step = np.zeros((len(best), len(best)))  # [from, to]; the last place is "unvoiced"
    step[:-1, -1] = step[-1, :-1] = _TURN_COST
    for frame in range(1, frames):
        step[:-1, :-1] = _JUMP_COST * np.abs(octave[frame - 1][:, None] - octave[frame])
        arrival = best[:, None] - step
        came[frame] = arrival.argmax(0)
        best = arrival.max(0) + np.concatenate([score[frame], unvoiced[frame : frame + 1]])
    place = int(best.argmax())
    path = np.zeros(frames)
    for frame in range(frames - 1, -1, -1):
        path[frame] = hertz[frame, place] if place < hertz.shape[1] else 0.0
        place = int(came[frame, place])
    return path


def _without_octave_jumps(path: NDArray[np.float64]) -> Floats:
    """Frames that stand half an octave or more off the voiced frames around them become unvoiced."""
    voiced = np.flatnonzero(path)
    result = path.astype(np.float32)
    if len(voiced) >= 5:
        octave = np.log2(path[voiced])
        around = median_filter(octave, size=9, mode="nearest")
        result[voiced[np.abs(octave - around) > 0.5]] = 0.0
    return result
