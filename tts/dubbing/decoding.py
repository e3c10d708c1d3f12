"""The bytes of a subtitle file as text, whatever encoding it was saved in."""

import codecs
from typing import Final

import chardet

from tts.errors import OptionError, TextError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What subtitles in our languages were saved in before Unicode; told apart over all encodings of the world, a short
#: file would be taken for any of them.
_CANDIDATES: Final = ("gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp949", "cp1252")


def decode(content: bytes, path: str, encoding: str | None = None) -> tuple[str, str]:
    """The text and, where it had to be guessed, the name of its encoding (else "").

    `TextError` text_encoding where the bytes are no text; `OptionError` for an `encoding` that nobody knows.
    """
    if encoding:
        return _named(content, path, encoding), ""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _named(content, path, name), ""
    # Letters and digits of ASCII are every other byte zero.
    for name, zeros in (("utf-16-le", content[1:2000:2]), ("utf-16-be", content[:2000:2])):
        if len(zeros) >= 4 and zeros.count(0) > len(zeros) / 3:
            return _named(content, path, name), name
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    # Stamps and numbers tell nothing of the encoding.
    telling = b"\n".join(row for row in content.splitlines() if not row.isascii())
    best = chardet.detect(telling, include_encodings=_CANDIDATES, compat_names=False)["encoding"]
    if best is None:
        raise TextError("text_encoding", path=path)
    return _named(content, path, best), best


def _named(content: bytes, path: str, encoding: str) -> str:
    try:
        "".encode(encoding)
    except (LookupError, ValueError):
        expected = "utf-8, utf-16, gb18030, big5, shift_jis, euc_kr …"
        raise OptionError("option_value", option="--encoding", value=encoding, expected=expected) from None
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise TextError("text_encoding", path=path) from None
