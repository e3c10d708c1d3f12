"""The rows of a cue as what is said, by whom: without styles, stage directions and signs for music."""

import html
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from tts.dubbing.document import Descriptions, Turn, is_known
from tts.text.letters import is_han, is_kana

_OVERRIDES: Final = re.compile(r"\{\\[^{}]*\}|\{[yYcCfFsSpPhHoO]:[^{}]*\}")
_VOICE: Final = re.compile(r"<v(?:\.[^\s<>]*)?(?:[ \t]+(?P<name>[^<>]*))?>", re.I)
_RUBY: Final = re.compile(r"<rt\b[^<>]*>.*?(?:</rt>|(?=</ruby>)|$)", re.I | re.S)
_BREAK: Final = re.compile(r"<br\s*/?>|\\[Nn]", re.I)
# `<minute|M IH1 N AH0 T>` is a reading of ours.
_TAG: Final = re.compile(r"</?[A-Za-z][^<>|｜]*>|</>|<\d[\d:.]*>")
_DASH: Final = re.compile(r"\s*(?:[-–—‐‑−]+\s+|[-–—‐‑−]+(?=[^\d\s>-]))")
_NAME: Final = re.compile(
    r"\s*(?:\[(?!\[)|［(?!［)|【(?!【))(?P<name>[^\[\]［］【】{}｛｝\n]{1,64})[\]］】](?![{｛「\]］】])\s*"
)
_LABEL: Final = re.compile(r"\s*(?P<name>[^:：\[\]{}<>|\n]{1,64}?)\s*[:：]\s*")
_BRACKETED: Final = re.compile(r"\s*(?:\([^()]*\)|（[^（）]*）|\[(?!\[)[^\[\]]*\]|［[^［］]*］|【[^【】]*】)[\s.。…]*")
# One letter, or a number, is more often text: (A) is right.
_DIRECTION: Final = re.compile(r"\s*(?:\([^()\d]{2,64}\)|（[^（）\d]{1,64}）)\s*(?=\S)")
_MUSIC: Final = "♪♫♩♬♭♯🎵🎶"


@dataclass(slots=True)
class _Turns:
    """Turns as they are found; rows that follow one another in one turn make one text."""

    turns: list[tuple[str, list[str]]] = field(default_factory=list)
    unspoken: list[str] = field(default_factory=list)

    def open(self, speaker: str) -> None:
        if self.turns and not self.turns[-1][1]:
            self.turns.pop()
        self.turns.append((speaker, []))

    def say(self, text: str) -> None:
        if not self.turns:
            self.open("")
        if text.strip():
            self.turns[-1][1].append(text.strip())

    def said(self) -> tuple[Turn, ...]:
        return tuple(Turn(speaker, joined(rows)) for speaker, rows in self.turns if rows)


def turns_of(
    rows: Sequence[str], known: Collection[str] = (), descriptions: Descriptions = "drop"
) -> tuple[tuple[Turn, ...], tuple[str, ...]]:
    """The rows of one cue -> its turns, and what stands there and is not for speaking.

    A new turn starts at `[name]`, at `<v Name>`, at a dash, and at `name:` where the name is one of `known`. What is
    bracketed as a whole, a direction before the words, and what is sung is unspoken, unless `descriptions` are to be
    spoken.
    """
    text = _BREAK.sub("\n", _OVERRIDES.sub("", "\n".join(rows).replace("\x00", "")))
    text = _RUBY.sub("", text)
    # A mark that no text has stands for a change of voice until the other tags are gone.
    voices = [" ".join(html.unescape(found["name"] or "").split()) for found in _VOICE.finditer(text)]
    text = html.unescape(_TAG.sub("", _VOICE.sub("\n\x00", text)))
    turns = _Turns()
    if descriptions == "drop" and "\x00" not in text:
        flat = " ".join(text.split())
        others = any(_DASH.match(row) for row in text.strip().split("\n")[1:])
        whole = _BRACKETED.fullmatch(flat) and not _is_label(flat, known)
        if flat and (whole or (flat[0] in _MUSIC and not others)):
            return (), (flat,)
    speaker, waiting = "", iter(voices)
    for row in text.split("\n"):
        if row.startswith("\x00"):
            speaker = next(waiting)
            turns.open(speaker)
        _take(turns, row.lstrip("\x00").strip(), speaker, known, descriptions)
    return turns.said(), tuple(turns.unspoken)


def joined(rows: Sequence[str]) -> str:
    """The rows of one text on one line; Chinese and Japanese take no space between them."""
    text = ""
    for row in (" ".join(row.split()) for row in rows):
        tight = text and row and _is_tight(text[-1]) and _is_tight(row[0])
        text += row if tight or not text else f" {row}"
    return text


def split_label(row: str) -> tuple[str, str] | None:
    """`name: what is said` or `[name] what is said` -> name and rest; None where no name stands in front."""
    found = _NAME.match(row) or _LABEL.match(row)
    return (" ".join(found["name"].split()), row[found.end() :]) if found else None


def without_directions(row: str) -> tuple[str, tuple[str, ...]]:
    """A row -> what is said of it, and the directions that stand there in brackets or under music."""
    if _BRACKETED.fullmatch(row) or row.lstrip()[:1] in tuple(_MUSIC):
        return "", (row.strip(),)
    found = _DIRECTION.match(row)
    return (row[found.end() :], (found[0].strip(),)) if found else (row, ())


def _take(turns: _Turns, row: str, speaker: str, known: Collection[str], descriptions: Descriptions) -> None:
    """Say one row, in a new turn where someone else begins."""
    dash = _DASH.match(row)
    if dash:
        row = row[dash.end() :]
        turns.open(speaker)
    name = _NAME.match(row)
    label = None if name else _LABEL.match(row)
    if name and (name.end() < len(row) or is_known(name["name"], known)):
        turns.open(" ".join(name["name"].split()))
        row = row[name.end() :]
    elif label and is_known(label["name"], known):
        turns.open(" ".join(label["name"].split()))
        row = row[label.end() :]
    if descriptions == "drop":
        row, dropped = without_directions(row)
        turns.unspoken += [text for text in dropped if text]
    turns.say(row)


def _is_label(text: str, known: Collection[str]) -> bool:
    found = _NAME.fullmatch(text)
    return bool(found and is_known(found["name"], known))


def _is_tight(letter: str) -> bool:
    return is_han(letter) or is_kana(letter) or "\u3000" <= letter <= "\u303f" or "\uff00" <= letter <= "\uff65"
