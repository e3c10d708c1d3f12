"""The original's sound of a dub, to be heard beside its lines: kept as the file that it is, read a moment at a time."""

from pathlib import Path
from typing import Final

import numpy as np
import soundfile
from numpy.typing import NDArray

from tts.errors import OptionError, ReferenceClipError

#: Of a file, in bytes: two hours of a wav, many more of anything else.
LARGEST: Final = 2**30
#: Of a moment: nobody compares more.
_LONGEST_SECONDS: Final = 120


class Original:
    """The file in the folder of a dub, if there is one."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "original"

    @property
    def is_there(self) -> bool:
        return self.path.is_file()

    def take_in(self, unfinished: Path, name: str) -> float:
        """What has come up goes over the older one; returns its seconds. `ReferenceClipError` clip_original."""
        try:
            seconds = float(soundfile.info(unfinished).duration)
        except (soundfile.SoundFileError, OSError):
            seconds = 0.0
        if not seconds:
            raise ReferenceClipError("clip_original", name=name)
        unfinished.replace(self.path)
        return seconds

    def moment(self, start: int, end: int) -> tuple[NDArray[np.float32], int]:
        """(samples,) between two milliseconds, as far as the file goes, and their rate.

        `ReferenceClipError` clip_gone where there is no file, `OptionError` for a moment that is none.
        """
        if not 0 <= start < end:
            raise OptionError("option_value", option="start .. end", value=f"{start} .. {end}", expected="0 .. 1")
        try:
            with soundfile.SoundFile(self.path) as file:
                rate = file.samplerate
                first = min(start * rate // 1000, file.frames)
                file.seek(first)
                count = min((end - start) * rate // 1000, _LONGEST_SECONDS * rate)
                samples = file.read(count, dtype="float32", always_2d=True)
        except (soundfile.SoundFileError, OSError):
            raise ReferenceClipError("clip_gone") from None
        return samples.mean(1) if len(samples) else np.zeros(1, np.float32), rate

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)
