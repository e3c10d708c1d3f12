"""How something was said, in figures: what an emotion moves, whatever the words.

Differences between two deliveries of one sentence by one speaker mean something; the figures of a single clip hold the
speaker, the microphone and the words as well.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, rfft

from tts.audio.pitch import track
from tts.audio.quality import active_frames
from tts.audio.spec import AudioSpec

Floats = NDArray[np.float64]

#: Middles of the bands of `Delivery.spectrum`, a third of an octave apart, in Hz.
BANDS_HZ: Final = (315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150, 4000, 5000, 6300)
_SIZE: Final = 1024
_LEAST_VOICED: Final = 20  # frames
_LEAST_FIGURES: Final = 6
_THIRD_OCTAVE: Final = 2 ** (1 / 6)
_TREMOR_HZ: Final = (4.0, 9.0)


@dataclass(frozen=True)
class Delivery:
    """`pitch` median, in semitones over 1 Hz; `pitch_range` deviation in semitones; `pitch_slope` semitones from
    the first voiced frame to the last along the straight line nearest to all, `pitch_end` semitones of the last 150
    ms of voice over the median; `tremor` deviation of the pitch between 4 and 9 Hz, in semitones; `energy` of the
    speech in dB and `dynamics`, the deviation of its level over frames in dB; `seconds` of speech and `pauses`, the
    share of silence between its first and last sound; `tilt` in dB: 1 to 4 kHz over 100 Hz to 1 kHz, in voiced frames;
    `harmonics` in dB: the periodic part of voiced frames over the rest (Boersma 1993); `spectrum` (bands,) in dB
    over the level of voiced frames.
    """

    pitch: float
    pitch_range: float
    pitch_slope: float
    pitch_end: float
    tremor: float
    energy: float
    dynamics: float
    seconds: float
    pauses: float
    tilt: float
    harmonics: float
    spectrum: tuple[float, ...]


def measure(wave: NDArray[np.float32]) -> Delivery | None:
    """(samples,) at 24 kHz -> how it was said; None where there is too little voice to tell."""
    spec = AudioSpec()
    f0 = track(wave, spec).f0_hz.astype(np.float64)
    voiced = np.flatnonzero(f0)
    if len(voiced) < _LEAST_VOICED:
        return None
    pitch = 12 * np.log2(f0[voiced])
    active = active_frames(wave)[: len(f0)]
    inside = np.flatnonzero(active)
    powers = _powers(wave, len(f0))
    levels = 10 * np.log10(powers + 1e-12)
    heard = active & (levels > levels.max() - 40)
    span = voiced[-1] - voiced[0]
    slope = float(np.polyfit((voiced - voiced[0]) / span, pitch, 1)[0])
    power = _spectra(wave, spec, voiced).mean(0)
    hertz = np.arange(len(power)) * spec.sample_rate / _SIZE
    total = power[(hertz >= 100) & (hertz < 8000)].sum()

    def band(low: float, high: float) -> float:
        return float(10 * np.log10(power[(hertz >= low) & (hertz < high)].sum() / total + 1e-12))

    return Delivery(
        pitch=float(np.median(pitch)),
        pitch_range=float(pitch.std()),
        pitch_slope=slope,
        pitch_end=float(pitch[voiced > voiced[-1] - 15].mean() - np.median(pitch)),
        tremor=_tremor(f0, spec.frames_per_second),
        energy=float(10 * np.log10(powers[heard].mean() + 1e-12)),
        dynamics=float(levels[heard].std()),
        seconds=float(active.sum()) / spec.frames_per_second,
        pauses=1 - len(inside) / (inside[-1] - inside[0] + 1),
        tilt=band(1000, 4000) - band(100, 1000),
        harmonics=_harmonics(wave, spec, voiced, f0[voiced]),
        spectrum=tuple(band(middle / _THIRD_OCTAVE, middle * _THIRD_OCTAVE) for middle in BANDS_HZ),
    )


def _powers(wave: NDArray[np.float32], frames: int) -> Floats:
    pieces = wave[: frames * AudioSpec.hop].astype(np.float64).reshape(frames, AudioSpec.hop)
    return np.asarray(np.square(pieces).mean(1))


def _frames(wave: NDArray[np.float32], spec: AudioSpec, places: NDArray[np.intp], length: int) -> Floats:
    """(places, length) pieces centred on the middle of each frame."""
    padded = np.pad(wave.astype(np.float64), length)
    starts = places * spec.hop + spec.hop // 2 - length // 2 + length
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, length)[starts])


def _spectra(wave: NDArray[np.float32], spec: AudioSpec, places: NDArray[np.intp]) -> Floats:
    return np.asarray(np.abs(rfft(_frames(wave, spec, places, _SIZE) * np.hanning(_SIZE))) ** 2)


def _harmonics(wave: NDArray[np.float32], spec: AudioSpec, places: NDArray[np.intp], f0: Floats) -> float:
    """Median ratio in dB of what repeats after one period to what does not."""
    length = 1440
    pieces = _frames(wave, spec, places, length)
    pieces = (pieces - pieces.mean(1, keepdims=True)) * np.hanning(length)
    own = irfft(np.abs(rfft(np.hanning(length), 2 * length)) ** 2)
    parts = irfft(np.abs(rfft(pieces, 2 * length)) ** 2)
    lags = np.clip(np.round(spec.sample_rate / f0).astype(int), 1, length // 2)
    near = np.stack([np.arange(len(lags)), lags])
    repeated = parts[near[0], near[1]] / np.maximum(parts[:, 0], 1e-12) / (own[lags] / own[0])
    repeated = np.clip(repeated, 0.01, 0.999)
    return float(np.median(10 * np.log10(repeated / (1 - repeated))))


def _tremor(f0: Floats, rate: int) -> float:
    """Deviation of the pitch between 4 and 9 Hz, over stretches of voice of a quarter of a second or longer."""
    voiced = np.flatnonzero(f0)
    stretches = np.split(voiced, np.flatnonzero(np.diff(voiced) > 1) + 1)
    parts = []
    for stretch in stretches:
        if len(stretch) < rate // 4:
            continue
        curve = 12 * np.log2(f0[stretch])
        curve = curve - np.polyval(np.polyfit(np.arange(len(curve)), curve, 2), np.arange(len(curve)))
        spectrum = rfft(curve)
        hertz = np.arange(len(spectrum)) * rate / len(curve)
        spectrum[(hertz < _TREMOR_HZ[0]) | (hertz > _TREMOR_HZ[1])] = 0
        parts.append(irfft(spectrum, len(curve)))
    return float(np.concatenate(parts).std()) if parts else 0.0


def contour_figures(wave: NDArray[np.float32], f0: NDArray[np.floating]) -> NDArray[np.float32]:
    """(samples,) at 24 kHz and its pitch (frames,) in Hz, 0 unvoiced -> 22 figures of how pitch and level run.

    Quantiles, spread, movement, slope, start and end of the log pitch; the share of voice; quantiles of the level
    under its highest, spread, share of speech, length, movement and highest of the level. For the emotion encoder.
    """
    frames = min(len(wave) // AudioSpec.hop, len(f0))
    level = 10 * np.log10(_powers(wave, frames) + 1e-8)
    places = np.flatnonzero(f0[:frames])
    enough = len(places) >= _LEAST_FIGURES
    logs = np.log(f0[places]) if enough else np.full(_LEAST_FIGURES, 5.0)
    low, first, median, third, high = np.quantile(logs, (0.05, 0.25, 0.5, 0.75, 0.95))
    slope = float(np.polyfit(places / AudioSpec().frames_per_second, logs, 1)[0]) if enough else 0.0
    levels = np.quantile(level, (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95))
    figures = [
        low, first, median, third, high, logs.std(), np.abs(np.diff(logs)).mean(), slope, len(places) / frames,
        *(levels[:-1] - levels[-1]), level.std(), (level > level.max() - 30).mean(), frames / 100,
        np.abs(np.diff(level)).mean(), logs[-10:].mean() - median, logs[:10].mean() - median, levels[-1],
    ]  # fmt: skip
    return np.array(figures, np.float32)
