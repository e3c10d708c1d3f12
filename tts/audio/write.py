"""Waves to files."""

from pathlib import Path
from typing import Literal

import numpy as np
import soundfile
from numpy.typing import NDArray

from tts.audio.spec import AudioSpec
from tts.errors import AudioWriteError
from tts.files import whole_file


def write_wav(
    path: Path,
    wave: NDArray[np.float32],
    rate: int = AudioSpec.sample_rate,
    subtype: Literal["PCM_16", "PCM_24", "FLOAT"] = "PCM_16",
) -> None:
    """Write (samples,) in [-1, 1] as a wav, whole or not at all; raises `AudioWriteError`."""
    if not np.isfinite(wave).all():
        raise AudioWriteError("output_write", path=str(path), reason="samples are no numbers")
    try:
        with whole_file(path) as stream:
            soundfile.write(stream, np.clip(wave, -1.0, 1.0), rate, subtype, format="WAV")
    except soundfile.SoundFileError as error:
        raise AudioWriteError("output_write", path=str(path), reason=str(error)) from None
