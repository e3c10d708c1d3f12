"""What can be wrong with a synthesised wave, as figures: listening without ears.

Every measure is a function of a `Sound` whose docstring says how it is computed; `MEASURES` lists them with their
units, and `measure` computes them all. None means that the wave holds nothing to measure it on: no voiced frames, no
pause, too little speech. No measure judges: people's speech has its own value of each, and what lies far from that
is to be listened to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, Self

import numpy as np
from numpy.typing import NDArray
from scipy.fft import fft, ifft, next_fast_len, rfft
from scipy.ndimage import binary_closing, binary_dilation, binary_opening, grey_closing, maximum_filter1d, median_filter
from scipy.signal import butter, savgol_filter, sosfilt, sosfilt_zi

from tts.audio.pitch import track
from tts.audio.quality import active_frames
from tts.audio.spec import AudioSpec

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Frames = NDArray[np.bool_]

#: No level is told below this.
FLOOR_DB: Final = -100.0

_RATE: Final = AudioSpec.sample_rate
_HOP: Final = AudioSpec.hop
_A_SECOND: Final = _RATE // _HOP
_SILENT_POWER: Final = 1e-10  # -100 dBFS: no speech
_STILL: Final = 2**-17  # from sample to sample: digital silence, whatever offset was taken away
_LEAST_VOICED: Final = 10  # frames
_LEAST_SPEECH: Final = 30  # frames over which a line must stand to be one
_CHUNK: Final = 256  # frames at once, so that a long wave needs little memory

_BANDS_HZ: Final = ((50, 2000), (2000, 4000), (4000, 8000))
_COMPARED: Final = int(0.02 * _RATE)  # samples that are compared with those a period on
_NEARBY_LAGS: Final = 3  # samples by which the pitch track may miss the period
_CLICK_BIN: Final = _RATE // 2000
_CLICK_NEAR: Final = 4  # bins that belong to the click itself
_CLICK_FAR: Final = 50
_CLICK_RATIO: Final = 4.0
_CLICK_BELOW_SPEECH: Final = 10 ** (-40 / 20)
_HOLE_DB: Final = 15.0
_LONGEST_HOLE: Final = 3  # frames
_NEAR_VOICE: Final = 16  # frames: a hole takes the pitch of its neighbours, too
_BAND_BIN_HZ: Final = 20
_LINE_BIN_HZ: Final = 10
_LINE_AROUND: Final = 41  # bins whose median a line stands over
_LINES_HZ: Final = (1000, 11800)
_CONTOUR: Final = 7  # frames
_NEAR_SPEECH: Final = 3  # frames of decay that are no pause
_END_SECONDS: Final = 0.02


@dataclass(frozen=True)
class Sound:
    """A wave and what all measures need of it.

    `wave`: (samples,) in [-1, 1] at 24 kHz; (samples // hop,) each: `f0_hz`, 0 where unvoiced, `power`, the mean
    square, and `active`, whether there is speech.
    """

    wave: Doubles
    f0_hz: Floats
    power: Doubles
    active: Frames

    @classmethod
    def of(cls, wave: Floats) -> Self:
        frames = len(wave) // _HOP
        power = np.square(wave[: frames * _HOP], dtype=np.float64).reshape(frames, _HOP).mean(1)
        heard = frames > 0 and float(power.max()) > _SILENT_POWER
        active = active_frames(wave) if heard else np.zeros(frames, np.bool_)
        f0_hz = track(wave, AudioSpec()).f0_hz if heard else np.zeros(frames, np.float32)
        return cls(wave.astype(np.float64), f0_hz, power, active)

    @property
    def speech_seconds(self) -> float:
        """Length of the speech in it, without pauses."""
        return float(self.active.sum()) / _A_SECOND

    @property
    def speech_power(self) -> float:
        """Mean square of the speech, 0 where there is none."""
        return float(self.power[self.active].mean()) if self.active.any() else 0.0

    @property
    def sounding(self) -> Doubles:
        """The wave without the digital silence at its ends."""
        moves = np.flatnonzero(np.abs(np.diff(self.wave)) > _STILL)
        return self.wave[moves[0] + 1 : moves[-1] + 1] if len(moves) else self.wave[:0]

    @cached_property
    def periods(self) -> tuple[Doubles, Doubles] | None:
        """(voiced frames, bands) likeness, 0 to 1, of neighbouring periods, and the bands' powers.

        The likeness is the magnitude of the normalised correlation of 20 ms of the band's analytic signal with what
        comes one period later, as the band-pass voicing of McCree and Barnwell (1995); but the lag follows the pitch
        inside the frame, so that a voice that moves is no noise.
        """
        voiced = np.flatnonzero(self.f0_hz)
        if len(voiced) < _LEAST_VOICED:
            return None
        centres = voiced * _HOP + _HOP // 2
        lag = _RATE / np.interp(np.arange(len(self.wave)), centres, self.f0_hz[voiced])
        bands = [_analytic(self.wave, low, high) for low, high in _BANDS_HZ]
        middles = [(low + high) / 2 for low, high in _BANDS_HZ]
        tries = np.arange(-_NEARBY_LAGS, _NEARBY_LAGS + 1)
        likeness = [_likeness(bands[0], middles[0], centres, lag, np.full(len(centres), by))[0] for by in tries]
        by = tries[np.argmax(likeness, axis=0)]
        found = [_likeness(*band, centres, lag, by) for band in zip(bands, middles, strict=True)]
        return np.stack([row[0] for row in found], 1), np.stack([row[1] for row in found], 1)

    @cached_property
    def standing(self) -> Doubles | None:
        """(bins of 10 Hz from 1 kHz on,) dB by which the spectrum stands out of its surroundings, in all speech."""
        size = _RATE // _LINE_BIN_HZ
        if self.active.sum() < _LEAST_SPEECH or len(self.wave) < size:
            return None
        levels, heard = _spectrum(self, size)
        if not heard.any():
            return None
        logs = 10 * np.log10(levels[heard] + 1e-14)
        over: Doubles = (logs - median_filter(logs, size=(1, _LINE_AROUND), mode="nearest")).mean(0)
        return over[_LINES_HZ[0] // _LINE_BIN_HZ : _LINES_HZ[1] // _LINE_BIN_HZ]


@dataclass(frozen=True)
class Measure:
    """A named measure. `worse` says which waves to listen to first: those of higher or of lower values, or those
    that lie farthest from the middle of all.
    """

    unit: str
    worse: Literal["higher", "lower", "farther"]
    of: Callable[[Sound], float | None]

    @property
    def name(self) -> str:
        return self.of.__name__

    @property
    def meaning(self) -> str:
        """One sentence."""
        return (self.of.__doc__ or "").split("\n")[0].rstrip(".")


def measure(wave: Floats) -> dict[str, float | None]:
    """(samples,) in [-1, 1] at 24 kHz, of any length -> the value of each of `MEASURES` by its name."""
    sound = Sound.of(wave)
    return {row.name: row.of(sound) for row in MEASURES}


def hnr_db(sound: Sound) -> float | None:
    """Harmonics over noise in voiced frames, 50 Hz to 8 kHz: low is hoarse or noisy, very high is vocoded.

    After Boersma (1993), from the likeness r of neighbouring periods in each band: 10 log10 of the sum of the bands'
    powers times r over that of their powers times 1 - r; the median of the frames.
    """
    if sound.periods is None:
        return None
    likeness, power = sound.periods
    ratio = (power * likeness).sum(1) / np.maximum((power * (1 - likeness)).sum(1), 1e-14)
    return _decibels(float(np.median(ratio)))


def buzz(sound: Sound) -> float | None:
    """Likeness of neighbouring periods in voiced frames at 4 to 8 kHz, where a voice is half noise: high buzzes.

    Mean of the frames, from 0 to 1. White noise has about .1, a train of pulses 1.
    """
    return None if sound.periods is None else float(sound.periods[0][:, 2].mean())


def aperiodic_db(sound: Sound) -> float | None:
    """Noise of voiced frames at 2 to 8 kHz under the whole voice: low is vocoded, high is breathy or hissing.

    Sum of the bands' powers times 1 - likeness, over the power of 50 Hz to 8 kHz; the median of the frames.
    """
    if sound.periods is None:
        return None
    likeness, power = sound.periods
    noise = (power * (1 - likeness))[:, 1:].sum(1)
    return _decibels(float(np.median(noise / np.maximum(power.sum(1), 1e-14))))


def band_4_8_db(sound: Sound) -> float | None:
    """Power at 4 to 8 kHz under that below 4 kHz, in speech: low is muffled.

    From the mean power spectrum of the frames with speech.
    """
    return _band_db(sound, 4000, 8000)


def band_8_12_db(sound: Sound) -> float | None:
    """Power at 8 to 12 kHz under that below 4 kHz, in speech: low is dull, or was recorded at 16 kHz.

    From the mean power spectrum of the frames with speech.
    """
    return _band_db(sound, 8000, 12000)


def clicks_per_second(sound: Sound) -> float | None:
    """Clicks in a second of speech: moments above 4 kHz that stand alone.

    A click is a peak of half a millisecond, within 40 dB of the speech, that is 12 dB over every other one from 2 to
    25 ms away: pulses of a voice have neighbours, bursts of plosives go on. As in the detection of clicks on discs
    (Godsill and Rayner 1998), but with a fixed high-pass filter for the predictor.
    """
    level = np.sqrt(sound.speech_power)
    bins = len(sound.wave) // _CLICK_BIN
    if not level or bins <= _CLICK_NEAR:
        return None
    filters = butter(4, 4000, "highpass", fs=_RATE, output="sos")
    high, _ = sosfilt(filters, sound.wave, zi=sosfilt_zi(filters) * sound.wave[0])
    peaks = np.abs(high[: bins * _CLICK_BIN]).reshape(bins, _CLICK_BIN).max(1)
    around = np.zeros(2 * _CLICK_FAR + 1)
    around[: _CLICK_FAR - _CLICK_NEAR + 1] = around[_CLICK_FAR + _CLICK_NEAR :] = 1
    padded = np.pad(peaks, _CLICK_FAR)
    others = np.lib.stride_tricks.sliding_window_view(padded, len(around))[:, around > 0].max(1)
    alone = peaks > np.maximum(_CLICK_RATIO * others, _CLICK_BELOW_SPEECH * level)
    first = alone & (peaks == maximum_filter1d(peaks, 2 * _CLICK_NEAR - 1))
    first[:_CLICK_NEAR] = False  # how a wave starts is another measure
    return float(first.sum()) / sound.speech_seconds


def dropouts_per_second(sound: Sound) -> float | None:
    """Holes in voiced speech, in a second of it: frames that failed.

    A hole is at most 30 ms long and lies 15 dB and more under the frames before and after it, with voiced frames not
    far on both sides; the closures of plosives last longer.
    """
    voiced = sound.f0_hz > 0
    if voiced.sum() < _LEAST_VOICED:
        return None
    levels = 10 * np.log10(sound.power + 1e-12)
    deep = grey_closing(levels, _LONGEST_HOLE + 1) - levels >= _HOLE_DB
    near = binary_closing(np.pad(voiced, _NEAR_VOICE), np.ones(_NEAR_VOICE))[_NEAR_VOICE:-_NEAR_VOICE]
    starts = np.diff((deep & near).astype(np.int8), prepend=0) > 0
    return float(starts.sum()) / (float(voiced.sum()) / _A_SECOND)


def lines_db(sound: Sound) -> float | None:
    """The strongest line above 1 kHz that stands still over the speech: whistling, metallic or robotic sound.

    Each frame of 100 ms has its log spectrum taken against its own median over 400 Hz; the mean over all frames with
    speech leaves what stays at one frequency, while harmonics of a voice that moves average out. Chance gives 1 to
    5 dB, more in short waves.
    """
    return None if sound.standing is None else float(sound.standing.max())


def frame_lines_db(sound: Sound) -> float | None:
    """Lines at the multiples of 100 Hz, the frame rate of the models: the metallic tone of a vocoder's frames.

    How far, on average, the spectrum of `lines_db` lies higher at those multiples than half-way between them.
    """
    if sound.standing is None:
        return None
    step = _A_SECOND // _LINE_BIN_HZ
    return float(sound.standing[::step].mean() - sound.standing[step // 2 :: step].mean())


def jitter_cents(sound: Sound) -> float | None:
    """Wobble of the pitch from frame to frame: how far it lies from a smooth contour.

    Mean distance, in voiced stretches of 90 ms and more without their first and last 10 ms, from the parabola
    through 70 ms (Savitzky and Golay 1964).
    """
    voiced = np.flatnonzero(sound.f0_hz)
    runs = np.split(voiced, np.flatnonzero(np.diff(voiced) > 1) + 1)
    distances = []
    for run in (run[1:-1] for run in runs if len(run) >= _CONTOUR + 2):
        cents = 1200 * np.log2(sound.f0_hz[run].astype(np.float64))
        distances.append(np.abs(cents - savgol_filter(cents, _CONTOUR, 2)))
    return float(np.concatenate(distances).mean()) if sum(map(len, distances)) >= _LEAST_VOICED else None


def pause_db(sound: Sound) -> float | None:
    """Level of the pauses under that of the speech: high is hazy.

    Mean power of the frames without speech, but for the 30 ms beside it and frames of digital silence; -100 where
    they are all silent, None without a pause.
    """
    pauses = ~binary_dilation(sound.active, np.ones(2 * _NEAR_SPEECH + 1))
    if not sound.active.any() or not pauses.any():
        return None
    steps = np.abs(np.diff(sound.wave, prepend=sound.wave[:1]))[: len(pauses) * _HOP]
    sounding = sound.power[pauses & (steps.reshape(-1, _HOP).max(1) > _STILL)]
    return _decibels(float(sounding.mean() if len(sounding) else 0.0) / sound.speech_power)


def clipped_share(sound: Sound) -> float | None:
    """Share of samples flattened at the peak.

    Those in runs of three and more within 1 % of the peak, where that is at half of full scale or above.
    """
    size = np.abs(sound.wave)
    peak = float(size.max(initial=0.0))
    return float(binary_opening(size > 0.99 * peak, np.ones(3)).mean()) if peak >= 0.5 else 0.0


def start_db(sound: Sound) -> float | None:
    """Level of the first 20 ms, after digital silence, under that of the speech: near 0, a sound was cut into."""
    return _end_db(sound, sound.sounding[: int(_END_SECONDS * _RATE)])


def end_db(sound: Sound) -> float | None:
    """Level of the last 20 ms, before digital silence, under that of the speech: near 0, a sound was cut off."""
    return _end_db(sound, sound.sounding[-int(_END_SECONDS * _RATE) :])


#: All measures, in the order in which they are told.
MEASURES: Final = (
    Measure("dB", "farther", hnr_db),
    Measure("0-1", "higher", buzz),
    Measure("dB", "farther", aperiodic_db),
    Measure("dB", "lower", band_4_8_db),
    Measure("dB", "lower", band_8_12_db),
    Measure("1/s", "higher", clicks_per_second),
    Measure("1/s", "higher", dropouts_per_second),
    Measure("dB", "higher", lines_db),
    Measure("dB", "higher", frame_lines_db),
    Measure("cents", "higher", jitter_cents),
    Measure("dB", "higher", pause_db),
    Measure("share", "higher", clipped_share),
    Measure("dB", "higher", start_db),
    Measure("dB", "higher", end_db),
)


def _decibels(ratio: float) -> float:
    return max(float(10 * np.log10(max(ratio, 1e-14))), FLOOR_DB)


def _analytic(wave: Doubles, low: float, high: float) -> NDArray[np.complex128]:
    """(samples,) -> (samples,) the analytic signal of its band from `low` to `high` Hz."""
    size = next_fast_len(len(wave))
    spectrum = fft(wave, size)
    hertz = np.arange(size) * _RATE / size
    spectrum[(hertz < low) | (hertz >= high)] = 0.0
    band: NDArray[np.complex128] = 2 * ifft(spectrum)[: len(wave)]
    return band


def _likeness(
    band: NDArray[np.complex128], middle: float, centres: NDArray[np.intp], lag: Doubles, by: NDArray[np.intp]
) -> tuple[Doubles, Doubles]:
    """(frames,) magnitude of the correlation of 20 ms with those a lag and `by` samples later, and their mean power.

    `middle` is that of the band in Hz; `lag`, (samples,), holds at the middle between what is compared.
    """
    likeness, power = np.zeros(len(centres)), np.zeros(len(centres))
    last = len(band) - 1
    for chunk in (slice(first, first + _CHUNK) for first in range(0, len(centres), _CHUNK)):
        between = np.clip(centres[chunk, None] + np.arange(_COMPARED) - _COMPARED // 2, 0, last)
        lags = lag[between] + by[chunk, None]
        first = np.rint(between - lags / 2).astype(np.intp)
        second = np.rint(first + lags).astype(np.intp)
        # What rounding moved is turned back at the band's middle.
        turn = np.exp(2j * np.pi * middle / _RATE * (first + lags - second))
        here, there = band[np.clip(first, 0, last)], band[np.clip(second, 0, last)] * turn
        own = (np.abs(here) ** 2).sum(1), (np.abs(there) ** 2).sum(1)
        together = np.abs((here * there.conj()).sum(1))
        likeness[chunk] = np.minimum(together / np.maximum(np.sqrt(own[0] * own[1]), 1e-14), 1.0)
        power[chunk] = (own[0] + own[1]) / (2 * _COMPARED)
    return likeness, power


def _spectrum(sound: Sound, size: int) -> tuple[Doubles, Frames]:
    """(windows, bins) power of Hann windows of `size` samples, half overlapping, and whether each lies on speech."""
    pieces = np.lib.stride_tricks.sliding_window_view(sound.wave, size)[:: size // 2]
    levels = np.abs(rfft(pieces * np.hanning(size))) ** 2
    centres = (np.arange(len(pieces)) * (size // 2) + size // 2) // _HOP
    return levels, sound.active[np.minimum(centres, len(sound.active) - 1)]


def _band_db(sound: Sound, low: int, high: int) -> float | None:
    size = _RATE // _BAND_BIN_HZ
    if not sound.active.any() or len(sound.wave) < size:
        return None
    levels, heard = _spectrum(sound, size)
    if not heard.any():
        return None
    mean = levels[heard].mean(0)
    # A loud neighbour leaks into the outermost bins.
    band, under = (mean[start // _BAND_BIN_HZ + 2 : end // _BAND_BIN_HZ - 1] for start, end in ((low, high), (0, 4000)))
    return _decibels(float(band.sum() / max(under.sum(), 1e-14)))


def _end_db(sound: Sound, end: Doubles) -> float | None:
    if not sound.speech_power or not len(end):
        return None
    return _decibels(float(np.square(end).mean()) / sound.speech_power)
