"""What the report shows of a wave: a picture of it, and the wave itself, as addresses that need no other file."""

from __future__ import annotations

import base64
import io
from typing import Any

import matplotlib as mpl
import numpy as np
import soundfile
import torch
from matplotlib import patheffects
from matplotlib.figure import Figure

from tts.audio.features import frame_energy, log_mel
from tts.audio.pitch import track
from tts.audio.spec import AudioSpec

SPEC = AudioSpec()
# One grey that reads on white and on black: the picture has no ground of its own.
_INK: dict[Any, Any] = {"text.color": "#7a7a7a", "axes.labelcolor": "#7a7a7a", "axes.edgecolor": "#7a7a7a"} | {
    f"{axis}tick.color": "#7a7a7a" for axis in "xy"
}
_PITCH_HZ = (50, 500)


def picture(wave: np.ndarray) -> str:
    """(samples,) -> mel spectrogram with the pitch over it and the energy under it, as a data address of a WebP."""
    mel = log_mel(torch.from_numpy(np.ascontiguousarray(wave))[None], SPEC)
    seconds = max(mel.shape[-1] / SPEC.frames_per_second, 0.01)
    time = np.arange(mel.shape[-1]) / SPEC.frames_per_second
    f0 = track(wave, SPEC).f0_hz
    with mpl.rc_context(_INK | {"font.size": 9}):
        figure = Figure(figsize=(7, 3.6), dpi=90, layout="constrained")
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[5, 1])
        above.imshow(
            mel[0].numpy(), origin="lower", aspect="auto", cmap="magma", vmin=-9, vmax=3,
            extent=(0.0, seconds, 0.0, float(SPEC.n_mels)),
        )  # fmt: skip
        above.set_ylabel("mel bin")
        pitch = above.twinx()
        outline = [patheffects.Stroke(linewidth=3, foreground="black"), patheffects.Normal()]
        pitch.plot(time, np.where(f0 > 0, f0, np.nan), color="cyan", linewidth=1.4, path_effects=outline)
        pitch.set_ylim(*_PITCH_HZ)
        pitch.set_ylabel("pitch, Hz")
        below.plot(time, frame_energy(mel)[0].numpy(), color="#d9822b", linewidth=0.9)
        below.set_xlabel("s")
        below.set_ylabel("energy")
        content = io.BytesIO()
        figure.savefig(content, format="webp", transparent=True, pil_kwargs={"quality": 85})
    return _address("image/webp", content)


def sound(wave: np.ndarray) -> str:
    """(samples,) -> the data address of a FLAC."""
    content = io.BytesIO()
    soundfile.write(content, wave, SPEC.sample_rate, format="FLAC", subtype="PCM_16")
    return _address("audio/flac", content)


def _address(kind: str, content: io.BytesIO) -> str:
    return f"data:{kind};base64,{base64.b64encode(content.getvalue()).decode()}"
