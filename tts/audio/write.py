"""Waves to files, whole or not at all."""

import os
from pathlib import Path
from typing import Literal
from uuid import uuid4

import numpy as np
import soundfile
from numpy.typing import NDArray

from tts.audio.spec import AudioSpec
from tts.errors import AudioWriteError


def write_wav(
    path: Path,
    wave: NDArray[np.float32],
    rate: int = AudioSpec.sample_rate,
    subtype: Literal["PCM_16", "PCM_24", "FLOAT"] = "PCM_16",
) -> None:
    """Write (samples,) in [-1, 1] as a wav; an older file is replaced only by a whole new one.

    Raises `AudioWriteError` output_folder or output_write, and then leaves nothing behind.
    """
    if not path.parent.is_dir():
        raise AudioWriteError("output_folder", folder=str(path.parent))
    if not np.isfinite(wave).all():
        raise AudioWriteError("output_write", path=str(path), reason="samples are no numbers")
    unfinished = path.with_name(f".{uuid4().hex}.part")
    try:
        # Renaming onto a device, such as /dev/null, would replace it.
        if path.exists() and not path.is_file():
            raise AudioWriteError("output_write", path=str(path), reason="not a file")
        with unfinished.open("xb") as stream:
            soundfile.write(stream, np.clip(wave, -1.0, 1.0), rate, subtype, format="WAV")
        os.replace(unfinished, path)
    except (OSError, soundfile.SoundFileError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AudioWriteError("output_write", path=str(path), reason=reason) from None
    finally:
        unfinished.unlink(missing_ok=True)
