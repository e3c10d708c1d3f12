"""A file of subtitles or a script, read."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Final

from tts.dubbing.decoding import decode
from tts.dubbing.document import Descriptions, Document, Remark
from tts.dubbing.script import parse_script
from tts.dubbing.subtitles import is_subtitles, parse_subtitles
from tts.errors import OptionError, TextError

ENDINGS: Final = (".srt", ".vtt", ".txt")
#: Subtitles of a day are a tenth of this.
_LARGEST: Final = 32 * 1024 * 1024


def read_document(
    path: Path, known: Collection[str] = (), descriptions: Descriptions = "drop", encoding: str | None = None
) -> Document:
    """Read `.srt`, `.vtt` or `.txt` in any usual encoding; what holds time stamps is taken for subtitles.

    `known` are names of speakers. `OptionError` option_subtitles for another kind of file, `TextError` text_file where
    there is none, text_encoding, text_subtitles_none, text_empty; the first fault where no line is right.
    """
    if path.suffix.lower() not in ENDINGS:
        raise OptionError("option_subtitles", path=path.name)
    try:
        if path.stat().st_size > _LARGEST:
            raise OptionError("option_subtitles", path=path.name)
        content = path.read_bytes()
    except OSError:
        raise TextError("text_file", path=str(path)) from None
    text, guessed = decode(content, path.name, encoding)
    document = parse_document(text, path.name, known, descriptions)
    if guessed:
        remark = Remark("dub_encoding", {"path": path.name, "encoding": guessed})
        document = replace(document, remarks=(remark, *document.remarks))
    return document


def has_windows(text: str, name: str) -> bool:
    """Whether the text of a file `name` is read as subtitles."""
    return is_subtitles(text) or name.lower().endswith(ENDINGS[:2])


def parse_document(text: str, name: str, known: Collection[str] = (), descriptions: Descriptions = "drop") -> Document:
    """The text of a file `name`: subtitles by what stands in it or by its ending, a script otherwise.

    Raises as `read_document` does for what stands in a file.
    """
    if has_windows(text, name):
        return parse_subtitles(text, name, known, descriptions)
    return parse_script(text, known, descriptions)
