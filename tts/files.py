"""Files that others may read at any moment: written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from tts.errors import AudioWriteError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A stream whose content becomes the file at `path` at the end; an older file is replaced only by a whole new one.

    Raises `AudioWriteError` output_folder or output_write; then, or after an error inside, nothing is left behind.
    """
    if not path.parent.is_dir():
        raise AudioWriteError("output_folder", folder=str(path.parent))
    unfinished = path.with_name(f".{uuid4().hex}.part")
    try:
        # Renaming onto a device, such as /dev/null, would replace it.
        if path.exists() and not path.is_file():
            raise AudioWriteError("output_write", path=str(path), reason="not a file")
        with unfinished.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(unfinished, path)
    except OSError as error:
        raise unwritten(path, error) from None
    finally:
        unfinished.unlink(missing_ok=True)


def unwritten(path: Path, error: OSError) -> AudioWriteError:
    """Our error for what the system said."""
    return AudioWriteError("output_write", path=str(path), reason=error.strerror or type(error).__name__)
