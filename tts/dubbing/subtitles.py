"""SRT and VTT as lines with windows.

Written here since no library that was tried names the row of a mistake, and each says or swallows what is wrong:
pysubs2 1.8 speaks a broken stamp, and the notes of VTT, as words of the cue before; srt 3.5 and webvtt-py 0.6 leave
cues out without a word, and srt also the good ones between two broken ones. `docs/dubbing.md` tells what each did.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tts.dubbing.document import LONGEST_MILLISECONDS, Descriptions, Document, Fault, Line, Remark, Window, rows_of
from tts.dubbing.stamps import is_stamp_like, parse_stamp
from tts.dubbing.wording import turns_of
from tts.errors import TextError
from tts.text.characters import shown

_HEADER: Final = "WEBVTT"
_ASIDES: Final = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s.*)?")
_INDEX: Final = re.compile(r"\s*(\d{1,7})\s*")
#: Rows that a remark names before it says "…".
_NAMED_ROWS: Final = 8


@dataclass(frozen=True, slots=True)
class Cue:
    """A stamp and the rows under it; `row` is the place of the stamp, from 1. Without a stamp, `stamp` is empty."""

    row: int
    stamp: str
    text: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The rows without the empty ones that end a cue."""
        last = max((place for place, row in enumerate(self.text, 1) if row.strip()), default=0)
        return self.text[:last]


@dataclass(slots=True)
class _Found:
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    reached: int = 0


def is_subtitles(text: str) -> bool:
    """Whether a text is SRT or VTT, by what stands in it."""
    return text.lstrip().startswith(_HEADER) or any("-->" in row and parse_stamp(row) for row in rows_of(text[:20000]))


def parse_subtitles(text: str, path: str, known: Collection[str] = (), descriptions: Descriptions = "drop") -> Document:
    """SRT or VTT, told apart by their content -> the lines in the order of their times.

    `known` names are speakers even where they stand alone or before a colon. What is wrong with a cue is among the
    faults, with its row. Raises `TextError` text_subtitles_none where there is no cue at all.
    """
    found = _Found()
    for cue in written_cues(text):
        _read(cue, found, known, descriptions)
    if not found.lines:
        if found.faults:
            raise found.faults[0].error
        raise TextError("text_subtitles_none", path=path)
    windows = [line.window for line in found.lines if line.window]
    late = [line.row for line, before, own in zip(found.lines[1:], windows, windows[1:], strict=False)
            if own.start < before.start]  # fmt: skip
    remarks = (Remark("dub_order", {"rows": named_rows(late)}),) if late else ()
    ordered = sorted(found.lines, key=lambda line: line.window.start if line.window else 0)
    return Document(tuple(ordered), found.reached, tuple(found.faults), remarks)


def written_cues(text: str) -> Iterator[Cue]:
    """The cues of SRT or VTT in the order of the file, right or wrong."""
    text = text.removeprefix("\ufeff")
    rows = rows_of(text)
    return _vtt(rows) if text.lstrip().startswith(_HEADER) else _srt(rows)


def named_rows(rows: Sequence[int]) -> str:
    """`3, 7, 12`, and not more than fit on a line."""
    return ", ".join(map(str, rows[:_NAMED_ROWS])) + (" …" if len(rows) > _NAMED_ROWS else "")


def _read(cue: Cue, found: _Found, known: Collection[str], descriptions: Descriptions) -> None:
    window = parse_stamp(cue.stamp)
    if window is None:
        code = "text_subtitle_stamp" if cue.stamp else "text_subtitle_unstamped"
        written = cue.stamp or next((row for row in cue.text if row.strip()), "")
        found.faults.append(Fault(cue.row, TextError(code, line=cue.row, written=_excerpt(written))))
        return
    if window.end < window.start:
        error = TextError("text_subtitle_backwards", line=cue.row, written=_excerpt(cue.stamp))
        found.faults.append(Fault(cue.row, error))
        return
    if window.end > LONGEST_MILLISECONDS:
        hours = LONGEST_MILLISECONDS // 3_600_000
        error = TextError("text_subtitle_late", line=cue.row, written=_excerpt(cue.stamp), hours=hours)
        found.faults.append(Fault(cue.row, error))
        return
    turns, unspoken = turns_of(cue.text, known, descriptions)
    found.lines.append(Line(cue.row, turns, Window(window.start, window.end), unspoken))
    found.reached = max(found.reached, window.end)


def _excerpt(row: str) -> str:
    return shown(row.strip()[:60])


def _srt(rows: Sequence[str]) -> Iterator[Cue]:
    """Cues of SRT: what follows a stamp up to the number of the next one, empty rows included."""
    stamps = [place for place, row in enumerate(rows) if _opens(row, rows[place - 1] if place else "")]
    before = rows[: stamps[0]] if stamps else []
    stray = [place for place, row in enumerate(before) if row.strip() and not _INDEX.fullmatch(row)]
    if stray:
        yield Cue(stray[0] + 1, "", tuple(before[stray[0] :]))
    for place, following in zip(stamps, [*stamps[1:], len(rows)], strict=False):
        index = _INDEX.fullmatch(rows[place - 1]) if place else None
        number = int(index[1]) if index else None
        text = list(rows[place + 1 : following])
        if following < len(rows):
            text = _without_next_number(text, number)
        text, rest, skipped = _unstamped(text, number)
        yield Cue(place + 1, rows[place], tuple(text))
        while rest:
            at, number = place + 3 + skipped, (number or 0) + 1
            text, rest, more = _unstamped(rest[1:], number)
            yield Cue(at, "", tuple(text))
            skipped += 1 + more


def _opens(row: str, above: str) -> bool:
    """Whether a row is the stamp of a cue, right or wrong; among words only what can be nothing else."""
    if above.strip() and not _INDEX.fullmatch(above):
        return "-->" in row and parse_stamp(row) is not None
    return is_stamp_like(row) or parse_stamp(row) is not None


def _without_next_number(text: list[str], number: int | None) -> list[str]:
    """The rows between two stamps without the number of the second cue."""
    last = _INDEX.fullmatch(text[-1]) if text else None
    if last is None:
        return text
    # A number without an empty row before it may be what is said.
    alone = len(text) == 1 or not text[-2].strip()
    follows = number is not None and int(last[1]) == number + 1
    return text[:-1] if follows or (alone and len(text) > 1) else text


def _unstamped(text: list[str], number: int | None) -> tuple[list[str], list[str], int]:
    """Rows of a cue -> its own; those of a cue whose stamp is missing, its number first; how many came before."""
    for place in range(1, len(text) - 1):
        index = _INDEX.fullmatch(text[place])
        opens = index and not text[place - 1].strip() and text[place + 1].strip()
        if opens and index and number is not None and int(index[1]) == number + 1:
            return text[:place], text[place:], place
    return text, [], 0


def _vtt(rows: Sequence[str]) -> Iterator[Cue]:
    """Cues of VTT: blocks between empty rows; notes, styles and regions are none."""
    for start, block in _blocks(rows):
        # What stands above the first stamp is the cue's name.
        first = 1 if len(block) > 1 and not is_stamp_like(block[0]) else 0
        places = [place for place, row in enumerate(block) if _opens(row, "" if place == first else block[place - 1])]
        if not places:
            if not _ASIDES.fullmatch(block[0].strip()) and not block[0].startswith(_HEADER):
                yield Cue(start + 1, "", tuple(block))
            continue
        for place, following in zip(places, [*places[1:], len(block)], strict=True):
            yield Cue(start + place + 1, block[place], tuple(block[place + 1 : following]))


def _blocks(rows: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    for place, row in enumerate([*rows, ""]):
        if row.strip():
            block.append(row)
        elif block:
            yield place - len(block), block
            block = []
