"""Time: how long each phone and pause lasts, in frames of 10 ms, for a speed, a pause scale or an exact duration.

All functions are pure. A `Timeline` holds real-valued lengths; `frames_at_speed` and `frames_for_total` make whole
frames of them whose sum is exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tts.text.phones import PAUSES, VOWELS
from tts.text.reading import Token

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

FRAMES_PER_SECOND: Final = 100
#: Every segment opens with it, and every output closes with it: 40 ms that are silenced, and what is heard of the first
#: phone before it starts and of the last one after its end.
EDGE_FRAMES: Final = 6
#: How far an exact duration may be from the natural one.
SHORTEST, LONGEST = 0.5, 2.0

# When people speak slower or faster, vowels and pauses give most, closures and bursts least (Klatt 1976, JASA 59(5);
# Gay 1978, JASA 63(1)): a length changes with the stretch to the power of this.
_ELASTIC_VOWEL: Final = 1.0
_ELASTIC_PAUSE: Final = 1.0
_ELASTIC_LONG_CONSONANT: Final = 0.75
_ELASTIC_PLOSIVE: Final = 0.45
_PLOSIVES: Final = frozenset({
    "p", "t", "k", "b", "d", "g", "bp", "dt", "gk", "j", "q", "ts", "tsh", "zh", "ch", "en_ch", "en_jh", "dj", "flap",
    "geminate", "k_stop", "t_stop", "p_stop",
})  # fmt: skip
# A vowel under 20 ms is heard as none.
_LEAST_VOWEL: Final = 2.0

#: Frames of silence that a reader leaves between segments after each mark. Networks learn from single utterances,
#: whose ends are cut, so that they cannot know.
USUAL_PAUSE: Final = {
    "pause": 18.0, "comma": 18.0, "list": 12.0, "semicolon": 28.0, "colon": 28.0, "ellipsis": 48.0, "stop": 36.0,
    "question": 36.0, "exclaim": 36.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timeline:
    """The tokens of one output in order, all segments together; every row is (L,).

    `length` in frames, not yet whole; `least` is what it may shrink to; `elasticity` tells how far it follows a
    change of speed, zero where the length is fixed; `pause` marks pauses the text does not fix, `written` the others.
    """

    length: Floats
    least: Floats
    elasticity: Floats
    pause: Flags
    written: Flags


def timeline(segments: Sequence[Sequence[Token]], durations: Sequence[NDArray[np.floating]]) -> Timeline:
    """Natural durations of the tokens of each segment, (L,) frames each -> the timeline of the whole output."""
    tokens = [token for segment in segments for token in segment]
    length = np.concatenate([np.asarray(row, dtype=np.float64) for row in durations])
    ends = np.cumsum([len(segment) for segment in segments]) - 1
    is_end = np.zeros(len(tokens), dtype=bool)
    is_end[ends] = True
    phones = [token.phone for token in tokens]
    written = np.array([token.seconds is not None for token in tokens])
    pause = np.array([phone in PAUSES and phone != "edge" for phone in phones]) & ~written
    edge = np.array([phone == "edge" for phone in phones])
    edge[ends[-1]] |= not written[ends[-1]]
    pause &= ~edge

    least = np.array([_LEAST_VOWEL if phone in VOWELS else 1.0 for phone in phones])
    least[is_end] = EDGE_FRAMES
    usual = np.array([USUAL_PAUSE.get(phone, 0.0) if end else 0.0 for phone, end in zip(phones, is_end, strict=True)])
    length = np.maximum(np.maximum(length, usual), least)
    length[edge] = EDGE_FRAMES
    for place in np.flatnonzero(written):
        frames = np.floor(float(tokens[place].seconds or 0.0) * FRAMES_PER_SECOND + 0.5)
        if is_end[place] and place != ends[-1]:
            frames -= EDGE_FRAMES  # the next segment opens with the rest of the pause
        # Silence that is there in any case cannot be written shorter.
        length[place] = max(frames, EDGE_FRAMES if edge[place] else least[place])
    fixed = edge | written
    least[fixed] = length[fixed]
    elasticity = np.array([_elasticity(phone) for phone in phones])
    elasticity[fixed] = 0.0
    return Timeline(length, least, elasticity, pause, written)


def with_pauses(line: Timeline, scale: float | Floats) -> Timeline:
    """Every pause that the text does not fix, `scale` times as long; none vanishes wholly."""
    longer = np.where(line.pause, np.maximum(line.length * scale, line.least), line.length)
    return replace(line, length=longer)


def at_rate(line: Timeline, rate: float) -> Timeline:
    """The same speech `rate` times as fast, in natural proportions: vowels and pauses give more than plosives."""
    moving = line.elasticity > 0
    held = float(line.length[~moving].sum())
    return _stretched(line, held + float(line.length[moving].sum()) / rate)


def at_rates(line: Timeline, rates: Floats) -> Timeline:
    """As `at_rate`, with a rate for each token (L,); tokens of one rate keep their proportions."""
    length = line.length.copy()
    for rate in np.unique(rates):
        own = rates == rate
        length[own] = at_rate(_where(line, own), float(rate)).length
    return replace(line, length=length)


def with_tempo(line: Timeline, tempo: Floats) -> Timeline:
    """Each length times e to the `tempo` (L,), as far as it follows a change of speed."""
    return replace(line, length=np.maximum(line.length * np.exp(tempo * line.elasticity), line.least))


def apart(line: Timeline, sizes: Sequence[int]) -> list[Timeline]:
    """The timelines of the segments, which have `sizes` tokens."""
    ends = np.cumsum(sizes)
    return [_where(line, slice(end - size, end)) for size, end in zip(sizes, ends, strict=True)]


def together(lines: Sequence[Timeline]) -> Timeline:
    """The timeline of segments that follow one another."""
    names = [field.name for field in fields(Timeline)]
    return Timeline(*(np.concatenate([getattr(line, name) for line in lines]) for name in names))


def total_range(line: Timeline) -> tuple[int, int]:
    """Fewest and most frames that `frames_for_total` takes; written pauses do not count for the factor."""
    written = float(line.length[line.written].sum())
    rest = float(line.length.sum()) - written
    least = max(written + SHORTEST * rest, float(line.least.sum()))
    return int(np.ceil(least - 1e-6)), int(np.floor(max(written + LONGEST * rest, least) + 1e-6))


def frames_at_speed(line: Timeline, speed: float) -> Ints:
    """Whole frames of every token (L,) when all that can move is `speed` times as fast."""
    fast = at_rate(line, speed)
    return _whole(fast, int(np.floor(fast.length.sum() + 0.5)))


def frames_for_total(line: Timeline, total: int) -> Ints:
    """Whole frames of every token (L,) whose sum is `total`; fixed lengths stay, speech takes the rest.

    ValueError if `total` is outside `total_range`.
    """
    least, most = total_range(line)
    if not least <= total <= most:
        raise ValueError(f"{total} frames are outside {least} .. {most}")
    return frames_within(line, total)


def frames_within(line: Timeline, total: int) -> Ints:
    """As `frames_for_total`, however far `total` is from the natural length; not under the sum of the least ones."""
    return _whole(_stretched(line, float(total)), total)


def _where(line: Timeline, own: Flags | slice) -> Timeline:
    return Timeline(*(getattr(line, field.name)[own] for field in fields(Timeline)))


def _elasticity(phone: str) -> float:
    if phone in PAUSES:
        return _ELASTIC_PAUSE
    if phone in VOWELS:
        return _ELASTIC_VOWEL
    return _ELASTIC_PLOSIVE if phone in _PLOSIVES else _ELASTIC_LONG_CONSONANT


def _stretched(line: Timeline, total: float) -> Timeline:
    """All lengths stretched by one factor, each to the power of its elasticity, so that they sum to `total`.

    Nothing goes under its least length: a total that is too short gives the least lengths.
    """

    def lengths(stretch: float) -> Floats:
        return np.maximum(line.length * np.exp(stretch * line.elasticity), line.least)

    low, high = -10.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if lengths(middle).sum() < total else (low, middle)
    return replace(line, length=lengths(high))


def _whole(line: Timeline, total: int) -> Ints:
    """Round the borders, not the lengths, so that no border is off by more than a frame and the sum is `total`."""
    moving = line.elasticity > 0
    frames = np.floor(line.length + 0.5).astype(np.int64)
    count, room = int(moving.sum()), total - int(frames[~moving].sum())
    if not count:
        return frames
    borders = np.cumsum(line.length[moving])
    places = np.arange(1, count + 1)
    ends = np.floor(borders * (room / borders[-1]) + 0.5).astype(np.int64)
    # Everything that moves keeps at least one frame, even where the sum of real numbers is a hair too small.
    ends = np.minimum(np.maximum.accumulate(ends - places) + places, room - (count - places))
    ends[-1] = room
    frames[moving] = np.diff(ends, prepend=0)
    return frames
