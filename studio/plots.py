"""Pictures of sound, drawn here as SVG and PNG: no plotting library, no fonts, right in light and dark."""

import base64
import io
import math
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from tts.audio.features import log_mel
from tts.audio.spec import AudioSpec

Wave = NDArray[np.float32]

COLUMNS: Final = 480
_HEIGHT: Final = 100
_MEL_COLUMNS: Final = 1400
# Quietest amplitude that a mel shows, in dB under its loudest.
_MEL_RANGE_DB: Final = 72.0
_FREQUENCIES: Final = (500, 1000, 2000, 4000, 8000)
# Night to celadon to candlelight: even steps in lightness, so that it reads in grey and to colour-blind eyes.
_COLOURS: Final = (
    (10, 15, 22),
    (15, 46, 66),
    (18, 92, 98),
    (52, 143, 118),
    (132, 190, 122),
    (224, 222, 140),
    (255, 250, 224),
)


def waveform_path(wave: Wave, columns: int = COLUMNS) -> str:
    """The envelope of `wave` (samples,) as the `d` of an SVG path in a box of `columns` x 100, one bar a column."""
    columns = max(1, min(columns, len(wave)))
    edges = np.linspace(0, len(wave), columns + 1).astype(int)
    peaks = np.maximum.reduceat(np.abs(wave), edges[:-1]) if len(wave) else np.zeros(columns, np.float32)
    loudest = max(float(peaks.max(initial=0.0)), 1e-4)
    # A square root between loud and soft: consonants stay visible beside vowels.
    heights = np.maximum(1.0, np.sqrt(peaks / loudest) ** 1.4 * (_HEIGHT / 2 - 2))
    middle = _HEIGHT / 2
    return "".join(f"M{x + 0.5:.1f} {middle - h:.1f}V{middle + h:.1f}" for x, h in enumerate(heights))


def pitch_path(f0: Wave, columns: int = COLUMNS) -> str:
    """The melody of `f0` (frames,) in Hz, 0 where unvoiced, as the `d` of an SVG path in a box of `columns` x 100.

    By its logarithm, since that is how it is heard; the box holds the voice's own range.
    """
    voiced = f0[f0 > 0]
    if len(voiced) < 2:
        return ""
    low, high = np.log2(np.quantile(voiced, (0.02, 0.98)))
    # A monotone voice looks like one.
    middle, half = (low + high) / 2, max((high - low) / 2, 0.35)
    height = (_HEIGHT / 2) * (1 - 0.8 * np.clip((np.log2(np.maximum(f0, 1)) - middle) / half, -1, 1))
    step = max(1, len(f0) // columns)
    drawn: list[str] = []
    before = -3 * step
    for frame in np.flatnonzero(f0)[::step]:
        letter = "L" if frame - before <= 2 * step else "M"
        drawn.append(f"{letter}{frame * columns / len(f0):.1f} {height[frame]:.1f}")
        before = frame
    return "".join(drawn)


def mel_png(wave: Wave, spec: AudioSpec) -> bytes:
    """The mel spectrogram of `wave` (samples,) as a PNG, low frequencies at the bottom, at most 1,400 columns."""
    if len(wave) < spec.n_fft:
        wave = np.pad(wave, (0, spec.n_fft - len(wave)))
    mel = log_mel(torch.from_numpy(np.ascontiguousarray(wave, dtype=np.float32))[None], spec)[0].numpy()
    decibels = mel * (20 / math.log(10))
    step = math.ceil(decibels.shape[1] / _MEL_COLUMNS)
    pad = -decibels.shape[1] % step
    decibels = np.pad(decibels, ((0, 0), (0, pad)), mode="edge").reshape(spec.n_mels, -1, step).max(2)
    top = float(decibels.max())
    shade = np.clip((decibels - top + _MEL_RANGE_DB) / _MEL_RANGE_DB, 0, 1)
    image = Image.fromarray((shade[::-1] * 255).astype(np.uint8), mode="P")
    image.putpalette(_palette())
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def data_address(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def frequency_ticks(spec: AudioSpec) -> list[tuple[str, float]]:
    """Label and height (0 bottom to 1 top) of the frequencies beside a mel spectrogram."""

    def mel(hertz: float) -> float:
        return 2595 * math.log10(1 + hertz / 700)

    low, high = mel(spec.f_min), mel(spec.f_max)
    return [(_kilohertz(hertz), (mel(hertz) - low) / (high - low)) for hertz in _FREQUENCIES if hertz < spec.f_max]


def time_ticks(seconds: float, at_most: int = 8) -> list[tuple[str, float]]:
    """Label and place (0 to 1) of the seconds under a picture `seconds` long."""
    steps = (0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600)
    step = next((step for step in steps if seconds / step <= at_most), 1200)
    count = int(seconds / step + 1e-9)
    return [(clock(place * step, step), place * step / seconds) for place in range(count + 1)] if seconds > 0 else []


def clock(seconds: float, step: float = 0.1) -> str:
    """`3.4`, `12`, `1:05`: as exact as a step needs."""
    if seconds < 60:
        return f"{seconds:.1f}" if step < 1 else f"{seconds:.0f}"
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _kilohertz(hertz: int) -> str:
    return f"{hertz / 1000:g}k" if hertz >= 1000 else str(hertz)


def _palette() -> list[int]:
    places = np.linspace(0, 255, len(_COLOURS))
    colours = np.array(_COLOURS, float)
    table = np.stack([np.interp(np.arange(256), places, colours[:, channel]) for channel in range(3)], axis=1)
    return [int(value) for value in table.round().ravel()]
