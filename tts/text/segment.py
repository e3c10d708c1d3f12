"""Cuts long sentences at the boundaries of their sense, into pieces of even length."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

#: What it costs to cut after a pause, against a deviation of a whole piece's length, which costs 1.
_AFTER_PAUSE: Final = {
    "stop": 0.0, "question": 0.0, "exclaim": 0.0, "pause": 0.05, "ellipsis": 0.05, "semicolon": 0.05, "colon": 0.1,
    "comma": 0.15, "list": 0.5,
}  # fmt: skip
_BEFORE_CONNECTIVE: Final = 2.0
_BETWEEN_WORDS: Final = 4.0
#: Only where a piece would be several times too long otherwise: nobody says such a number.
_INSIDE: Final = 600.0
_NEVER: Final = 1e6
_OVERLONG: Final = 100.0

_CONNECTIVES: Final = frozenset(
    "和 与 或 及 以及 而 而且 并 并且 但 但是 因为 所以 如果 虽然 不过 因此 然后 就 却 也 还 又 在 从 对 把 "
    "被 让 使 为 为了 当 那么 and or but because which that who when where while if so although though with "
    "for to in on at from as than before after".split()
)
_NUMERALS: Final = frozenset("零一二三四五六七八九十百千万亿两幺点负〇")
_NUMBER_WORDS: Final = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
    "million billion trillion point oh minus".split()
)
_KOREAN_NUMERALS: Final = frozenset("영공일이삼사오육칠팔구십백천만억조점")
#: These lean on the word before them.
_ENCLITICS: Final = frozenset("的 了 着 过 地 得 吗 呢 吧 啊 呀 嘛 们 儿 之 等".split())


@dataclass(frozen=True, slots=True)
class Atom:
    """A word or a mark: `size` in syllables, and the pause that a mark makes (None for words and silent marks).

    `joined` says that nothing may come between this atom and the one before it.
    """

    text: str
    size: int
    pause: str | None = None
    joined: bool = False


def cuts(atoms: Sequence[Atom], longest: int) -> list[int]:
    """The places (indices of the first atom of each further piece) at which a sentence is cut; none if it is short."""
    total = sum(atom.size for atom in atoms)
    if total <= longest:
        return []
    target = total / ceil(total / longest)
    sizes = [0]
    for atom in atoms:
        sizes.append(sizes[-1] + atom.size)
    first = next(place for place, atom in enumerate(atoms) if atom.size)
    prices = [_price(atoms, place, first) for place in range(len(atoms) + 1)]
    best = [0.0] + [float("inf")] * len(atoms)
    came_from = [0] * (len(atoms) + 1)
    for end in range(1, len(atoms) + 1):
        if prices[end] >= _NEVER and end < len(atoms):
            continue
        for start in range(end - 1, -1, -1):
            size = sizes[end] - sizes[start]
            if best[start] == float("inf"):
                continue
            cost = best[start] + _misfit(size, target, longest) + (prices[end] if end < len(atoms) else 0.0)
            if cost < best[end]:
                best[end], came_from[end] = cost, start
            if size > 2 * longest and best[end] < float("inf"):
                break  # every longer piece is worse
    places = []
    end = len(atoms)
    while end := came_from[end]:
        places.append(end)
    return places[::-1]


def _misfit(size: int, target: float, longest: int) -> float:
    over = max(0, size - longest) / longest
    return ((size - target) / target) ** 2 + _OVERLONG * over


def _price(atoms: Sequence[Atom], place: int, first: int) -> float:
    """What it costs to cut before the atom at `place`; `first` is the first atom that is heard."""
    if place in (0, len(atoms)):
        return 0.0
    after = atoms[place]
    if not after.size or place <= first:
        return _NEVER
    if after.joined:
        return _INSIDE
    before = place - 1
    while before > 0 and not atoms[before].size and atoms[before].pause is None:
        before -= 1  # look through quotes and the like
    if (pause := atoms[before].pause) is not None:
        return _AFTER_PAUSE[pause]
    if before != place - 1:
        return _BETWEEN_WORDS  # silent marks may open what follows: leave them where they are
    if after.text in _ENCLITICS or _in_number(atoms[before].text, after.text):
        return _INSIDE
    return _BEFORE_CONNECTIVE if after.text.lower() in _CONNECTIVES else _BETWEEN_WORDS


def _in_number(left: str, right: str) -> bool:
    if left.lower() in _NUMBER_WORDS and right.lower() in _NUMBER_WORDS:
        return True
    if set(left) <= _KOREAN_NUMERALS and set(right) <= _KOREAN_NUMERALS:
        return True
    return left[-1:] in _NUMERALS and (right[:1] in _NUMERALS or right.startswith("分之"))
