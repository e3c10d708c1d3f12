"""Subtitle cues: the segments of a text cut into what can be read at a glance, at the borders of words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from tts.timings import Timings, WordTiming

#: What one line holds, 42 Latin letters, as broadcasters have it, or 20 wide characters; in tenths of a letter.
LINE_WIDTH: Final = 420
_NARROW, _WIDE = 10, 21
LINES: Final = 2
#: A cue stands while its words are said, and so long at least where none follows.
_SHORTEST_SECONDS: Final = 0.8
# What it costs to end a cue or a line where it does, against one that is a third empty.
_AFTER_STOP, _AFTER_COMMA, _BETWEEN_WORDS = 0.0, 0.1, 0.5
_STOPS: Final = frozenset(".!?。！？…;；:：")
_COMMAS: Final = frozenset(",，、")


@dataclass(frozen=True, slots=True)
class Cue:
    """Lines of a segment, shown from `start` to `end` seconds; `segment` is its index."""

    lines: tuple[str, ...]
    start: float
    end: float
    segment: int


@dataclass(frozen=True, slots=True)
class _Bit:
    """A word with the marks around it, as it stands in the segment's text."""

    text: str
    start: float
    end: float

    @property
    def width(self) -> int:
        return width(self.text)


def width(text: str) -> int:
    """How much of a line a text takes."""
    return sum(_WIDE if _is_wide(letter) else _NARROW for letter in text)


def cues(timings: "Timings") -> list[Cue]:
    """At least one cue a segment, of at most two lines; only a word that is longer makes a line too wide."""
    found: list[Cue] = []
    for index, segment in enumerate(timings.segments):
        words = [word for word in timings.words if word.segment == index]
        text = " ".join(segment.text.split())
        bits = _bits(text, words) or [_Bit(text, segment.start, segment.end)]
        rows = [_grouped(group, LINE_WIDTH) for group in _grouped(bits, LINES * LINE_WIDTH)]
        shown = [row[place : place + LINES] for row in rows for place in range(0, len(row), LINES)]
        for lines in shown:
            start = segment.start if lines is shown[0] else lines[0][0].start
            end = segment.end if lines is shown[-1] else lines[-1][-1].end
            found.append(Cue(tuple("".join(bit.text for bit in line).strip() for line in lines), start, end, index))
    return [_lasting(cue, after) for cue, after in zip(found, [*found[1:], None], strict=True)]


def _lasting(cue: Cue, after: Cue | None) -> Cue:
    """Long enough to be seen, where the next one leaves the time."""
    latest = max(cue.end, after.start if after else cue.end)
    return replace(cue, end=max(cue.end, min(latest, cue.start + _SHORTEST_SECONDS)))


def _bits(text: str, words: "Sequence[WordTiming]") -> list[_Bit]:
    """The words as they stand in `text`, each with what follows it; opening quotes go to the word after them."""
    if not words:
        return []
    places: list[int] = []
    reached = 0
    for word in words:
        place = text.find(word.text, reached)
        places.append(max(place, reached) if place >= 0 else reached)
        reached = places[-1] + (len(word.text) if place >= 0 else 0)
    starts = [_opening(text, place) for place in places]
    starts[0] = 0
    ends = [*starts[1:], len(text)]
    return [_Bit(text[start:end], word.start, word.end) for start, end, word in zip(starts, ends, words, strict=True)]


def _opening(text: str, place: int) -> int:
    while place and text[place - 1] in "“‘「『（(《〈【[¿¡":
        place -= 1
    return place


def _grouped(bits: Sequence[_Bit], most: int) -> list[list[_Bit]]:
    """Bits in as few groups as their width allows, of even width, that end at marks where they can."""
    total = sum(bit.width for bit in bits)
    if total <= most or len(bits) < 2:
        return [list(bits)]
    target = total / -(-total // most)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(bits) + 1):
        best.append(min(_options(bits, best, end, most, target)))
    borders, end = [], len(bits)
    while end:
        borders.append((best[end][1], end))
        end = best[end][1]
    return [list(bits[start:end]) for start, end in reversed(borders)]


def _options(
    bits: Sequence[_Bit], best: Sequence[tuple[float, int]], end: int, most: int, target: float
) -> Iterator[tuple[float, int]]:
    """What the bits up to `end` cost, by the start of their last group."""
    size = 0
    for start in range(end - 1, -1, -1):
        size += bits[start].width
        if size > most and start < end - 1:
            return
        price = 0.0 if end == len(bits) else _price(bits[end - 1].text)
        # A group more costs too, or each word would stand alone.
        yield best[start][0] + 1.0 + 4.0 * ((size - target) / most) ** 2 + price, start


def _price(text: str) -> float:
    last = text.rstrip().rstrip("\"'”’」』）)】]》〉")[-1:]
    return _AFTER_STOP if last in _STOPS else _AFTER_COMMA if last in _COMMAS else _BETWEEN_WORDS


def _is_wide(letter: str) -> bool:
    return east_asian_width(letter) in "WF"
