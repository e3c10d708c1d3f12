"""What subtitles and scripts are once they are read: lines with their windows, and what was wrong with the file."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from tts.errors import YinseError

Descriptions = Literal["drop", "speak"]
#: A wav holds 24.8 hours of our speech.
LONGEST_MILLISECONDS: Final = 24 * 3600 * 1000
_ROWS: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says; `speaker` is the name that is written there, or empty."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Window:
    """When a line is said, in milliseconds from the start of the track."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """What stands in one cue of subtitles or in one row of a script.

    `row` is its place in the file, counted from 1, at which errors point. No `turns`: nothing of it is to be said;
    `unspoken` lists what is written there and not for speaking. A line of a script has no `window`, but `pause`
    seconds of written silence before it.
    """

    row: int
    turns: tuple[Turn, ...]
    window: Window | None = None
    unspoken: tuple[str, ...] = ()
    pause: float = 0.0

    @property
    def text(self) -> str:
        return " ".join(turn.text for turn in self.turns)


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be said, and why; the others are."""

    row: int
    error: YinseError


@dataclass(frozen=True, slots=True)
class Remark:
    """A code of `tts.sentences.WARNINGS` and what its sentence names."""

    code: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """Subtitles or a script, read: `lines` in the order of their times, or of the script.

    `milliseconds` is where the last window ends, that of a line without speech included; None for a script.
    """

    lines: tuple[Line, ...]
    milliseconds: int | None = None
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def text(self) -> str:
        """All that is said."""
        return "\n".join(line.text for line in self.lines)

    @property
    def speakers(self) -> dict[str, list[int]]:
        """Every name that is written there -> the rows of the lines that it says; lines without a name under ""."""
        rows: dict[str, list[int]] = {}
        for line in self.lines:
            for turn in line.turns:
                rows.setdefault(turn.speaker, []).append(line.row)
        return rows


def rows_of(text: str) -> list[str]:
    """The rows of a file; only what ends a row everywhere ends one here."""
    return _ROWS.split(text)


def same_name(name: str) -> str:
    """A speaker's name in the one form in which names are compared."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def is_known(name: str, known: Collection[str]) -> bool:
    return same_name(name) in {same_name(other) for other in known}
