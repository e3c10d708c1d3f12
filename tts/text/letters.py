"""Which script a character belongs to, and letters of the Latin alphabet under their marks."""

import unicodedata
from functools import cache
from typing import Final

_LATIN_WHOLE: Final = {
    "ß": "ss", "æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "th", "Ð": "Th",
    "þ": "th", "Þ": "Th", "œ": "oe", "Œ": "Oe", "ı": "i",
}  # fmt: skip

#: What stands inside the brackets of a pattern for a Han character, as `is_han` knows them.
HAN: Final = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"


def is_han(character: str) -> bool:
    point = ord(character)
    return 0x3400 <= point <= 0x9FFF or 0x20000 <= point <= 0x3FFFF or character == "〇" or 0xF900 <= point <= 0xFAFF


def is_kana(character: str) -> bool:
    within = "\u3041" <= character <= "\u30ff" or "\u31f0" <= character <= "\u31ff"
    return (within and character != "・") or character == "〆"


def is_hangul(character: str) -> bool:
    return "\uac00" <= character <= "\ud7a3" or "\u3131" <= character <= "\u318e" or "\u1100" <= character <= "\u11ff"


@cache
def latin_base(character: str) -> str | None:
    """A letter with its marks taken off: é -> e; None where it is no letter of the Latin alphabet."""
    if character in _LATIN_WHOLE:
        return _LATIN_WHOLE[character]
    if not ("\u00c0" <= character <= "\u024f" or "\u1e00" <= character <= "\u1eff"):
        return None
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() and base.isalpha() else None


def plain_latin(word: str) -> str:
    """café -> cafe, Straße -> Strasse."""
    return "".join(latin_base(letter) or letter for letter in word)
