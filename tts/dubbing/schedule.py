"""Time: where each piece of speech stands in the track, to the sample. All functions are pure.

A window is a slot. What would last longer at its own pace is squeezed into it. What would be a little shorter is slowed
to fill it; what would be much shorter keeps its pace, and silence follows, since slow speech is worse than a pause:
people who dub keep to a natural pace rather than fill every moment (Brannon, Virkar, Thompson 2023, “Dubbing in
Practice”, TACL 11).
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Literal

#: How far a line is slowed to fill its window if nobody says otherwise; what would need more is not slowed at all.
STRETCH: Final = 1.2
#: Silence between two lines of a script, and after the last line, in seconds.
GAP: Final = 0.3
TAIL: Final = 0.5

#: fits: at its pace, or a little slower. squeezed: faster than its pace. ran_on: twice as fast and still past its
#: window, in the free time after it. left_out: there is no room for it. silent: nothing of it is to be said.
State = Literal["fits", "squeezed", "ran_on", "left_out", "silent"]
# A line that is this little faster than its pace is not worth a word.
_NOTICED: Final = 1.005


@dataclass(frozen=True, slots=True)
class Extent:
    """How long one turn lasts at its pace, and at least and at most, in samples."""

    natural: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How the turns of a line stand in its window: the length of each in samples, one after the other."""

    state: State
    lengths: tuple[int, ...]
    pace: float  # how many times as fast as at its own pace; below 1 is slower


def fit(turns: Sequence[Extent], window: int, room: int, stretch: float = STRETCH) -> Fit:
    """Turns that share a `window` of samples, with `room` samples from its start until someone else speaks.

    They last exactly as long as the window, or at their own pace where that leaves more than `stretch` allows.
    """
    if not turns:
        return Fit("silent", (), 1.0)
    natural, least = sum(turn.natural for turn in turns), sum(turn.least for turn in turns)
    if least > window:
        lengths = tuple(turn.least for turn in turns)
        return Fit("ran_on" if least <= room else "left_out", lengths, natural / least)
    most = [max(turn.natural, min(int(turn.natural * stretch), turn.most)) for turn in turns]
    lengths = _shared(turns, most, window) if sum(most) >= window else tuple(turn.natural for turn in turns)
    pace = natural / sum(lengths)
    return Fit("squeezed" if pace > _NOTICED else "fits", lengths, pace)


def rooms(windows: Sequence[tuple[int, int]], total: int) -> list[int]:
    """(start, end) of lines in the order of their starts -> how many samples each has from its start until the next
    line begins, its own window at least; none past its window where another line is still being said then.
    """
    starts = [start for start, _ in windows]
    reached = list(accumulate((end for _, end in windows), max))
    free = []
    for place, (start, end) in enumerate(windows):
        after = max(bisect_left(starts, end), place + 1)
        over = reached[after - 1] > end
        limit = end if over else (starts[after] if after < len(starts) else max(total, end))
        free.append(limit - start)
    return free


def _shared(turns: Sequence[Extent], most: Sequence[int], window: int) -> tuple[int, ...]:
    """The `window` dealt out in the turns' own proportions, none shorter or longer than it may be."""

    def lengths(pace: float) -> list[int]:
        return [min(max(int(turn.natural * pace), turn.least), top) for turn, top in zip(turns, most, strict=True)]

    low, high = 0.0, 4.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(lengths(middle)) <= window else (low, middle)
    dealt = lengths(low)
    # What rounding left over goes to whoever may still be longer.
    for place, top in enumerate(most):
        dealt[place] += min(top - dealt[place], window - sum(dealt))
    return tuple(dealt)
