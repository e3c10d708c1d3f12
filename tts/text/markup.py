"""Mark-up in a text: `[重]{chong2}新`, `<minute|M IH1 N AH0 T>`, `[[0.6s]]`; and the same readings from a glossary.

`{chong2}` alone is a syllable without a character.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from tts.errors import TextError
from tts.text import en
from tts.text.characters import clean, is_visible, shown
from tts.text.syllables import parse

LONGEST_PAUSE: Final = 30.0
SHORTEST_PAUSE: Final = 0.01

_CHINESE: Final = "[重]{chong2}"
_ENGLISH: Final = "<minute|M IH1 N AH0 T>"
_PAUSE: Final = "[[0.6s]]"


@dataclass(frozen=True, slots=True)
class Plain:
    """Text as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Chinese:
    """Text with a written reading in pinyin: toned syllables of the table, an erhua as "r5"."""

    text: str
    pinyin: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class English:
    """Text with a written reading in ARPAbet."""

    text: str
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pause:
    """A written pause."""

    seconds: float


Part = Plain | Chinese | English | Pause

_MARK: Final = re.compile(
    r"\[\[(?P<double>[^\[\]\n]*)\]\]"
    r"|\[(?P<base>[^\[\]{}\n]*)\]\{(?P<reading>[^{}\[\]\n]*)\}"
    r"|\{(?P<bare>[a-z\u00fcv:]+[1-5](?:\s*[a-z\u00fcv:]+[1-5])*)\}"
    r"|<(?P<word>[^<>|\n]*)\|(?P<phones>[^<>|\n]*)>"
    r"|(?P<broken>\[\[|\[[^\[\]{}\n]*\]\{|<[A-Za-z][A-Za-z' -]*\|)"
)
_LENGTH: Final = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})\s*(ms|s)\s*", re.I)
_MANNER: Final = re.compile(r"\s*(?:/\w*|[a-z]+(?:\s+[+-]?[\d.]+%?)?)\s*", re.I)

_MARKED_VOWELS: Final = {
    marked: (plain, tone)
    for plain, row in {
        "a": "āáǎà", "e": "ēéěè", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "v": "ǖǘǚǜ", "n": "\u0000ńňǹ",
        "m": "\u0000ḿ\u0000\u0000",
    }.items()
    for tone, marked in enumerate(row, 1)
}  # fmt: skip
_SYLLABLE: Final = re.compile(r"([a-zê]+)([0-5])")
_SPELLED: Final = re.compile(r"(?:[a-zêü:]+[0-9][\s'-]*)+", re.I)
_ARPABET: Final = re.compile(r"[A-Z]{1,2}[0-9]?(?:\s+[A-Z]{1,2}[0-9]?)*")
_KANA: Final = re.compile(r"[\u3041-\u30ff\s]+")


def parse_markup(text: str) -> tuple[Part, ...]:
    """A text -> its parts in order. Raises TextError for mark-up that is broken or that we cannot say yet."""
    parts: list[Part] = []
    end = 0
    for mark in _MARK.finditer(text):
        if mark.start() > end:
            parts.append(Plain(text[end : mark.start()]))
        parts.append(_part(mark))
        end = mark.end()
    if end < len(text):
        parts.append(Plain(text[end:]))
    return tuple(parts)


def _part(mark: re.Match[str]) -> Part:
    written = shown(mark[0])
    if mark["double"] is not None:
        return _pause(mark["double"], written)
    if mark["base"] is not None:
        return Chinese(_base(mark["base"], written, _CHINESE), read_pinyin(mark["reading"], written))
    if mark["bare"] is not None:
        return Chinese(mark["bare"], read_pinyin(mark["bare"], written))
    if mark["word"] is not None:
        return English(_base(mark["word"], written, _ENGLISH), read_arpabet(mark["phones"], written))
    around = shown(mark.string[mark.start() : mark.start() + 24])
    expected = _ENGLISH if mark[0][0] == "<" else _CHINESE if mark[0][-1] == "{" else _PAUSE
    raise TextError("text_markup", written=around, expected=expected)


def _base(text: str, written: str, expected: str) -> str:
    """The text under a reading: anything that can be shown."""
    base = " ".join("".join(letter if is_visible(letter) else " " for letter in text).split())
    if not base:
        raise TextError("text_markup", written=written, expected=expected)
    return base


def _pause(inside: str, written: str) -> Pause:
    length = _LENGTH.fullmatch(inside)
    if length is None:
        if inside.strip() and _MANNER.fullmatch(inside):
            raise TextError("text_manner", written=written)
        raise TextError("text_markup", written=written, expected=_PAUSE)
    seconds = float(length[1]) / (1000 if length[2].lower() == "ms" else 1)
    if not SHORTEST_PAUSE <= seconds <= LONGEST_PAUSE:
        raise TextError("text_pause", written=written, least=SHORTEST_PAUSE, most=LONGEST_PAUSE)
    return Pause(seconds)


def read_pinyin(reading: str, written: str) -> tuple[str, ...]:
    """ "chong2xin1", "chóng xīn", "lü4", "huar1" -> dictionary syllables. `written` is quoted in the error."""
    if _KANA.fullmatch(reading):
        raise TextError("text_language", language="ja", known="zh, en")
    composed = unicodedata.normalize("NFC", reading).strip().lower()
    plain = re.sub(r"u:|ü", "v", _without_tone_marks(composed))
    found: list[str] = []
    for chunk in re.split(r"[\s'·-]+", plain):
        position = 0
        while position < len(chunk):
            syllable = _SYLLABLE.match(chunk, position)
            if syllable is None:
                raise _unknown(reading, written)
            found += _known_syllable(syllable[1], syllable[2].replace("0", "5")) or _refuse(syllable[0], written)
            position = syllable.end()
    if not found:
        raise TextError("text_markup", written=written, expected=_CHINESE)
    return tuple(found)


def _known_syllable(letters: str, tone: str) -> tuple[str, ...] | None:
    if letters == "r":
        return ("r5",)
    if letters[0] in "jqxy" and letters[1:2] == "v":
        letters = letters[0] + "u" + letters[2:]  # as dictionaries spell ü after j, q, x and y
    if parse(letters + tone):
        return (letters + tone,)
    if letters.endswith("r") and parse(letters[:-1] + tone):
        return (letters[:-1] + tone, "r5")
    return None


def _refuse(syllable: str, written: str) -> tuple[str, ...]:
    raise _unknown(syllable, written)


def _unknown(reading: str, written: str) -> TextError:
    return TextError("text_reading", written=written, reading=shown(reading), expected="chong2")


def _without_tone_marks(text: str) -> str:
    """ "chóng xīn" -> "chong2 xin1". Syllables with a mark stand apart, by a space or an apostrophe."""

    def numbered(syllable: re.Match[str]) -> str:
        tone = ""
        letters = []
        for letter in syllable[0]:
            plain, mark = _MARKED_VOWELS.get(letter, (letter, 0))
            letters.append(plain)
            tone = str(mark) if mark else tone
        return "".join(letters) + tone

    return re.sub(r"[^\W\d_]+", numbered, text) if any(letter in _MARKED_VOWELS for letter in text) else text


def read_arpabet(phones: str, written: str) -> tuple[str, ...]:
    """ "M IH1 N AH0 T" -> its phones. Vowels carry 0, 1 or 2; consonants nothing."""
    symbols = phones.upper().split()
    if not symbols:
        raise TextError("text_markup", written=written, expected=_ENGLISH)
    for symbol in symbols:
        if not en.is_phone(symbol):
            raise TextError("text_reading", written=written, reading=shown(symbol), expected="M IH1 N AH0 T")
    return tuple(symbols)


def apply_glossary(parts: Iterable[Part], glossary: Mapping[str, str]) -> tuple[Part, ...]:
    """Sets the readings of a glossary in plain text, longest term first.

    A reading is pinyin with tones ("chong2 xin1"), ARPAbet with stress ("M IH1 N AH0 T"), or else words to say
    instead ("gigabytes"). Terms of letters match whole words only. Written mark-up wins over the glossary.
    """
    entries = {clean(term)[0].strip(): clean(reading)[0].strip() for term, reading in glossary.items()}
    readings = {term: _glossary_part(term, reading) for term, reading in entries.items()}
    if not readings:
        return tuple(parts)
    terms = sorted(readings, key=len, reverse=True)
    pattern = re.compile("|".join(f"{_edge(term[0], '<!')}{re.escape(term)}{_edge(term[-1], '!')}" for term in terms))
    result: list[Part] = []
    for part in parts:
        if not isinstance(part, Plain):
            result.append(part)
            continue
        end = 0
        for found in pattern.finditer(part.text):
            if found.start() > end:
                result.append(Plain(part.text[end : found.start()]))
            result.append(readings[found[0]])
            end = found.end()
        if end < len(part.text):
            result.append(Plain(part.text[end:]))
    return tuple(result)


def _edge(character: str, look: str) -> str:
    return f"(?{look}[A-Za-z0-9])" if character.isascii() and character.isalnum() else ""


def _glossary_part(term: str, reading: str) -> Part:
    written = shown(f"{term}: {reading}")
    if not term or not reading:
        raise TextError("text_markup", written=written, expected="重新: chong2 xin1")
    if _ARPABET.fullmatch(reading) and re.search(r"\d", reading):
        return English(term, read_arpabet(reading, written))
    if _SPELLED.fullmatch(reading):
        return Chinese(term, read_pinyin(reading, written))
    return Plain(reading)
