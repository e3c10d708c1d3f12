"""Mark-up in a text: readings, pauses and manners that the writer sets.

| written | means |
|---|---|
| `[重庆]{chong2 qing4}`, `[重]{chóng}新` | pinyin |
| `行XING2` | pinyin of the character before it |
| `{chong2}` | a syllable without a character |
| `<minute\\|M IH1 N AH0 T>` | ARPAbet |
| `[上手]{じょうず}` | kana |
| `[값이]{갑씨}` | Hangul |
| `[[0.6s]]` | a pause |
| `[[happy 0.8]]`, `[[speed 1.2]]` … `[[/]]` | a manner for what follows, until the innermost one ends |

Brackets may be full-width, as input methods type them: ［重］｛chong2｝, 【重】｛chong2｝, ＜minute｜M IH1 N AH0 T＞.
Brackets that have none of these forms are ordinary text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from pypinyin.constants import PINYIN_DICT

from tts.errors import TextError
from tts.text import spelling
from tts.text.characters import is_visible, shown
from tts.text.letters import HAN, is_hangul, is_kana
from tts.text.manners import KNOWN, PLAIN, Style, WrongMannerError, ends, is_end, is_manner, style_of
from tts.text.spelling import WrongSpellingError, settled
from tts.text.syllables import parse

LONGEST_PAUSE: Final = 30.0
SHORTEST_PAUSE: Final = 0.01


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
class Japanese:
    """Text with a written reading in kana."""

    text: str
    kana: str


@dataclass(frozen=True, slots=True)
class Korean:
    """Text with a written reading in Hangul."""

    text: str
    hangul: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A written pause."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on what follows is said in another style."""

    style: Style


Reading = TypeVar("Reading")
Part = Plain | Chinese | English | Japanese | Korean | Pause | Turn

_CHINESE: Final = "[重]{chong2}"
_ENGLISH: Final = "<minute|M IH1 N AH0 T>"
_PAUSE: Final = "[[0.6s]]"
#: A reading of each kind, for a wrong one that nothing is near to.
EXAMPLES: Final = {"zh": "chong2", "en": "M IH1 N AH0 T", "ja": "じょうず", "ko": "갑씨"}

#: Words in capitals, with a number after them, that are no pinyin unless their character sounds like it.
_NAMES: Final = frozenset("BAN CAN FAN GEN LAN LONG MAN MEN PAN PIN PING RUN SONG SUN TEN WAN".split())

_OPEN: Final = r"[\[［【]"
_CLOSE: Final = r"[\]］】]"
_INSIDE: Final = r"[^\[\]{}［］【】｛｝\n]*"
_UNSEEN: Final = r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*"
_BARE: Final = r"[a-zêü:]{1,7}[1-5](?:\s*[a-zêü:]{1,7}[1-5])*"
# Every repetition stops at the next bracket that opens, so that no text is gone through twice.
_MARK: Final = re.compile(
    rf"(?:\[\[|［［)(?P<double>{_INSIDE})(?:\]\]|］］)|【【(?P<length>[\d.\s]+(?:m?s|秒|초)\s*)】】"
    rf"|{_OPEN}(?P<base>{_INSIDE}){_CLOSE}{_UNSEEN}[{{｛](?P<reading>{_INSIDE})[}}｝]"
    rf"|{_OPEN}(?P<quoted>{_INSIDE}){_CLOSE}「(?P<quote>{_BARE})」"
    rf"|(?<!{_CLOSE})[{{｛](?P<bare>{_BARE})[}}｝]"
    r"|[<＜](?P<word>[^<>＜＞|｜\n]*)[|｜](?P<phones>[^<>＜＞|｜\n]*)[>＞]"
    rf"|(?P<character>[{HAN}])(?P<capitals>(?:[A-ZÜ]|(?<=U):){{1,7}}[0-5])(?![A-Za-z0-9]|[.:/-][A-Za-z0-9])"
    rf"|(?P<broken>\[\[|［［|{_OPEN}[^\[\]［］【】\n]*{_CLOSE}{_UNSEEN}[{{｛]|{_CLOSE}[{{｛](?={_BARE}[}}｝])"
    r"|[<＜][A-Za-z][A-Za-z' -]*[|｜](?![|｜]))"
)
_LENGTH: Final = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})\s*(ms|s|秒|초)\s*", re.I)
_SHOWN_AROUND: Final = 12


def parse_markup(text: str) -> tuple[Part, ...]:
    """A text -> its parts in order.

    Raises TextError, with the line and the character where: text_markup for mark-up that is broken, text_reading for
    a reading that does not exist, text_pause, text_manner, text_manner_value and text_manner_end.
    """
    parts: list[Part] = []
    opened: list[_Opened] = []
    end = 0
    for mark in _MARK.finditer(text):
        part = _part(mark, opened)
        if part is None:
            continue
        if mark.start() > end:
            parts.append(Plain(text[end : mark.start()]))
        parts.append(part)
        end = mark.end()
    if end < len(text):
        parts.append(Plain(text[end:]))
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A mark that has begun a manner, and the style within it."""

    inside: str
    style: Style


def _part(mark: re.Match[str], opened: list[_Opened]) -> Part | None:
    """The part that a mark stands for; None where it is ordinary text after all. `opened` marks change with it."""
    if mark["double"] is not None or mark["length"] is not None:
        inside = settled(mark["double"] or mark["length"] or "")
        return _turn(mark, inside, opened) if _is_turn(inside) else _pause(mark, inside)
    for base, reading in (("base", "reading"), ("quoted", "quote")):
        if mark[base] is not None:
            if not mark[reading].strip():
                raise _broken(mark, _CHINESE)
            return _override(mark, _base(mark, base, _CHINESE), reading)
    if mark["bare"] is not None:
        known = all(parse(syllable) for syllable in re.findall(r"[a-zê]+[1-5]", mark["bare"].replace("ü", "v")))
        return Chinese(mark["bare"], _read(mark, "bare", "zh", spelling.pinyin)) if known else None
    if mark["word"] is not None:
        if not mark["phones"].strip():
            raise _broken(mark, _ENGLISH)
        return English(_base(mark, "word", _ENGLISH), _read(mark, "phones", "en", spelling.arpabet))
    if mark["character"] is not None:
        return _inline(mark["character"], mark["capitals"])
    raise _broken(mark, _ENGLISH if mark[0][0] in "<＜" else _PAUSE if _is_pause(mark) else _CHINESE)


def _override(mark: re.Match[str], base: str, group: str) -> Part:
    reading = settled(mark[group])
    if any(map(is_hangul, reading)):
        return Korean(base, _read(mark, group, "ko", spelling.hangul))
    if any(map(is_kana, reading)):
        return Japanese(base, _read(mark, group, "ja", spelling.kana))
    return Chinese(base, _read(mark, group, "zh", spelling.pinyin))


def _inline(character: str, capitals: str) -> Chinese | None:
    """Pinyin in capitals right after its character; None for what is a name.

    After a character that never sounds like it, a syllable of one or two letters is a name (奥迪A4, 马自达MA3), and so
    are a few longer words (总线CAN2).
    """
    try:
        pinyin = spelling.pinyin(capitals)
    except WrongSpellingError:
        return None
    letters = capitals[:-1]
    if len(pinyin) > 1 or ((len(letters) < 3 or letters in _NAMES) and pinyin[0][:-1] not in _sounds(character)):
        return None
    return Chinese(character, pinyin)


def _sounds(character: str) -> set[str]:
    """The syllables, without tone, that dictionaries give a character."""
    readings = PINYIN_DICT.get(ord(character), "").split(",")
    return {spelling.toneless(reading) for reading in readings}


def _base(mark: re.Match[str], group: str, expected: str) -> str:
    """The text under a reading: anything that can be shown, but no other mark-up."""
    settled_base = "".join(letter if is_visible(letter) else " " for letter in re.sub(_UNSEEN, "", mark[group]))
    base = " ".join(settled_base.split())
    if not base or re.search(r"[<>＜＞|｜]", base):
        raise _broken(mark, expected)
    return base


def _read(mark: re.Match[str], group: str, language: str, read: Callable[[str], Reading]) -> Reading:
    try:
        return read(mark[group])
    except WrongSpellingError as wrong:
        start = mark.start(group) + wrong.start
        end = mark.start(group) + wrong.end
        raise TextError(
            "text_reading",
            reading=shown(mark.string[start:end]),
            nearest=", ".join(wrong.nearest) or EXAMPLES[language],
            **_place(mark.string, start, end),
        ) from None


def _broken(mark: re.Match[str], expected: str) -> TextError:
    end = mark.end() if mark["broken"] is None else min(mark.start() + 24, len(mark.string))
    written = mark.string[mark.start() : end].split("\n")[0]
    return TextError("text_markup", written=shown(written), expected=expected, **_place(mark.string, *mark.span()))


def _place(text: str, start: int, end: int) -> dict[str, object]:
    """Where a mistake stands: its line and character from 1, and the text around with arrows at it."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    before = text[max(line_start, start - _SHOWN_AROUND) : start]
    after = text[end : end + _SHOWN_AROUND if line_end < 0 else min(line_end, end + _SHOWN_AROUND)]
    return {
        "line": text.count("\n", 0, start) + 1,
        "column": start - line_start + 1,
        "excerpt": f"{shown(before)}→{shown(text[start:end])}←{shown(after)}",
    }


def _is_pause(mark: re.Match[str]) -> bool:
    """Whether what was begun with two brackets was meant to be a pause: no reading follows it."""
    after = mark.string[mark.start() : mark.start() + 40].split("\n")[0]
    return len(mark[0]) == 2 and re.search(rf"{_CLOSE}{_UNSEEN}[{{｛]", after) is None


def _is_turn(inside: str) -> bool:
    return bool(inside.strip()) and _LENGTH.fullmatch(inside) is None and is_manner(inside)


def _turn(mark: re.Match[str], inside: str, opened: list[_Opened]) -> Turn:
    place = _place(mark.string, *mark.span())
    if is_end(inside):
        if not opened or not ends(inside, opened[-1].inside):
            raise TextError("text_manner_end", written=shown(mark[0]), **place)
        opened.pop()
        return Turn(opened[-1].style if opened else PLAIN)
    try:
        style = style_of(inside, opened[-1].style if opened else PLAIN)
    except WrongMannerError as wrong:
        if not wrong.value:
            raise TextError("text_manner", name=shown(wrong.name), known=KNOWN, **place) from None
        limits = {"least": wrong.least, "most": wrong.most}
        raise TextError(
            "text_manner_value", written=shown(mark[0]), name=shown(wrong.name), **limits, **place
        ) from None
    opened.append(_Opened(inside, style))
    return Turn(style)


def _pause(mark: re.Match[str], inside: str) -> Pause:
    length = _LENGTH.fullmatch(inside)
    if length is None:
        raise _broken(mark, _PAUSE)
    seconds = float(length[1]) / (1000 if length[2].lower() == "ms" else 1)
    if not SHORTEST_PAUSE <= seconds <= LONGEST_PAUSE:
        limits = {"least": SHORTEST_PAUSE, "most": LONGEST_PAUSE}
        raise TextError("text_pause", written=shown(mark[0]), **limits, **_place(mark.string, *mark.span()))
    return Pause(seconds)
