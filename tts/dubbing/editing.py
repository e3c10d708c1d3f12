"""One line of subtitles or of a script changed in its file, where all else stays as it is written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from tts.dubbing.document import LONGEST_MILLISECONDS, Descriptions, Document, Line, Window, rows_of
from tts.dubbing.source import has_windows, parse_document
from tts.dubbing.stamps import clock, parse_time, with_times
from tts.dubbing.subtitles import written_cues
from tts.errors import TextError

#: How a time is written, in errors.
_EXPECTED: Final = "0:01.500"


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file `name`, and what `parse_document` is told of it."""

    text: str
    name: str = ""
    known: Collection[str] = ()
    descriptions: Descriptions = "drop"

    def document(self) -> Document:
        return parse_document(self.text, self.name, self.known, self.descriptions)

    @property
    def timed(self) -> bool:
        """Whether the lines have windows."""
        return has_windows(self.text, self.name)


def words_of(source: Source) -> dict[int, str]:
    """Row of every line -> its words as they are written: with names, styles, directions."""
    if source.timed:
        return {cue.row: "\n".join(cue.words) for cue in written_cues(source.text)}
    rows = rows_of(source.text)
    return {line.row: rows[line.row - 1].strip() for line in source.document().lines}


def with_words(source: Source, row: int, words: str) -> str:
    """The text in which the line of that row has other words.

    `TextError` text_line_empty for none, text_line_broken where the words would be another line, or no line at all.
    """
    rows = [written.strip() for written in rows_of(words) if written.strip()]
    if not rows:
        raise TextError("text_line_empty")
    lines = rows_of(source.text)
    if source.timed:
        cue = next(cue for cue in written_cues(source.text) if cue.row == row)
        lines[row : row + len(cue.words)] = rows
    else:
        lines[row - 1 : row] = [" ".join(rows)]
    return _checked(source, lines, row)


def with_window(source: Source, row: int, window: Window) -> str:
    """The text in which the line of that row has another window.

    `TextError` text_window_order for an end that is not after the start, text_window_late after a day,
    text_window_overlap where it would be heard together with another line that it was not heard with before.
    """
    if window.end <= window.start:
        raise TextError("text_window_order", start=clock(window.start), end=clock(window.end))
    if window.end > LONGEST_MILLISECONDS:
        raise TextError("text_window_late", end=clock(window.end), hours=LONGEST_MILLISECONDS // 3_600_000)
    document = source.document()
    own = next(line for line in document.lines if line.row == row)
    for line in document.lines:
        if line.window and line.row != row and line.turns and own.turns:
            before = own.window is not None and _together(own.window, line.window)
            if _together(window, line.window) and not before:
                start, end = clock(line.window.start), clock(line.window.end)
                raise TextError("text_window_overlap", text=line.text[:24], start=start, end=end)
    lines = rows_of(source.text)
    lines[row - 1] = with_times(lines[row - 1], window, _sign(source))
    return _checked(source, lines, row)


def milliseconds_of(written: str) -> int:
    """`1:02.5` -> 62500. `TextError` text_window_value for what is no time."""
    found = parse_time(written)
    if found is None:
        raise TextError("text_window_value", written=written.strip()[:24], expected=_EXPECTED)
    return found


def subtitles_of(source: Source, ending: str) -> str:
    """All lines as a file of subtitles, `srt` or `vtt`, numbered in the order of their times.

    `TextError` text_subtitles_none for a script, whose lines have no windows.
    """
    if not source.timed:
        raise TextError("text_subtitles_none", path=source.name or "txt")
    words, point = words_of(source), "," if ending == "srt" else "."
    same = _sign(source) == point
    cues = []
    for number, line in enumerate(source.document().lines, 1):
        assert line.window is not None  # as all lines of subtitles have
        stamp = f"{clock(line.window.start, point, True)} --> {clock(line.window.end, point, True)}"
        said = words[line.row] if same or ending == "vtt" else _plain(line)
        cues.append(f"{number}\n{stamp}\n{said}\n")
    return ("" if ending == "srt" else "WEBVTT\n\n") + "\n".join(cues)


def _plain(line: Line) -> str:
    """The words of a line without the tags of VTT, which SRT does not have."""
    several = len(line.turns) > 1
    said = [
        f"{'- ' if several else ''}{f'[{turn.speaker}] ' if turn.speaker else ''}{turn.text}" for turn in line.turns
    ]
    return "\n".join(said or line.unspoken or ("…",))


def _sign(source: Source) -> str:
    """What stands before the milliseconds: a comma in SRT, a point in VTT."""
    return "." if source.text.lstrip("\ufeff \t\r\n").startswith("WEBVTT") else ","


def _together(one: Window, other: Window) -> bool:
    return one.start < other.end and other.start < one.end


def _checked(source: Source, lines: Sequence[str], row: int) -> str:
    """The new text, in which there must be as many lines as before, and still one in that row."""
    text = "\n".join(lines)
    before = source.document()
    try:
        after = Source(text, source.name, source.known, source.descriptions).document()
    except TextError:
        raise TextError("text_line_broken") from None
    same = len(after.lines) == len(before.lines) and len(after.faults) == len(before.faults)
    if not same or not any(line.row == row for line in after.lines):
        raise TextError("text_line_broken")
    return text
