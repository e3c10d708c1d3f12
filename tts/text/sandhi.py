"""Mandarin tones in contact: third tones, 一 and 不."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

#: 一 keeps its own tone before these (counted, dated or numbered things) and after these.
_KEEPS_BEFORE: Final = frozenset("一二三四五六七八九零幺点")
_KEEPS_AFTER: Final = frozenset("一二三四五六七八九零幺十第初点")
_LARGE: Final = frozenset("百千万亿")
_NUMERALS: Final = _KEEPS_AFTER | _LARGE | {"两"}
#: Between two numbers: 一加一, 十比一, 一到二, 买一送一.
_BETWEEN: Final = frozenset("加减乘除比到至送")


@dataclass(slots=True)
class Tone:
    """One syllable on its way: its character, the tone it has so far, and whether the writer fixed it."""

    character: str
    tone: int
    fixed: bool = False


def connect(words: Sequence[Sequence[Tone]]) -> None:
    """Changes the tones of one phrase in place. Words hold no erhua: it rides on the syllable before it."""
    _ge(words)
    _yi_and_bu(words)
    _third(words)


def _ge(words: Sequence[Sequence[Tone]]) -> None:
    """个 after a number or a pointing word has no tone of its own."""
    flat = [tone for word in words for tone in word]
    for left, right in pairwise(flat):
        if right.character == "个" and right.tone == 4 and not right.fixed and left.character in _BEFORE_GE:
            right.tone = 5


_BEFORE_GE: Final = frozenset("一二两三四五六七八九十百千万亿几这那哪每某半各多")


def _yi_and_bu(words: Sequence[Sequence[Tone]]) -> None:
    flat = [tone for word in words for tone in word]
    ends = _word_ends(words)
    for index, tone in enumerate(flat):
        if tone.fixed or tone.character not in "一不":
            continue
        before = flat[index - 1] if index else None
        after = flat[index + 1] if index + 1 < len(flat) else None
        if before and after and before.character == after.character and not _is_counted(flat, index - 1):
            tone.tone = 5  # 看一看, 好不好
        elif tone.character == "不":
            tone.tone = 2 if after and after.tone == 4 else 4
        else:
            tone.tone = 1 if _is_term(flat, index) else _yi(before, after, last_in_word=index in ends)


def _is_counted(flat: Sequence[Tone], place: int) -> bool:
    """Whether the syllable at `place` is a number or what it counts: 一个一个 is no 看一看."""
    character, before = flat[place].character, flat[place - 1].character if place else ""
    return character in _KEEPS_AFTER or (before in _KEEPS_AFTER and before not in ("", "点"))


def _is_term(flat: Sequence[Tone], place: int) -> bool:
    """Whether the 一 at `place` is calculated with or compared, or the first of a month: such a number has its tone."""
    around = [flat[near].character if 0 <= near < len(flat) else "" for near in range(place - 2, place + 3)]
    left = around[1] in _BETWEEN and around[0] in _NUMERALS
    right = around[3] in _BETWEEN and around[4] in _NUMERALS
    return left or right or (around[1] == "月" and around[3] in ("日", "号"))


def _yi(before: Tone | None, after: Tone | None, *, last_in_word: bool) -> int:
    if after is None or (before and before.character in _KEEPS_AFTER and after.character not in _LARGE):
        return 1
    if after.character in _KEEPS_BEFORE | {"十"} and after.character != "点":
        return 1
    if after.character in "月号楼级班期" or (before and before.character in "第初"):
        return 1
    if last_in_word and before and before.character not in "这那每同某哪有":
        return 1  # 统一, 唯一, 星期一: the end of a word that is no numeral
    return 2 if (after.tone in (4, 5) and after.character in _FOURTH_BENEATH) or after.tone == 4 else 4


#: Neutral after 一, but fourth in the dictionary.
_FOURTH_BENEATH: Final = frozenset("个")


def _word_ends(words: Sequence[Sequence[Tone]]) -> set[int]:
    """Where words of more than one character end."""
    ends, position = set(), 0
    for word in words:
        position += len(word)
        if len(word) > 1:
            ends.add(position - 1)
    return ends


def _third(words: Sequence[Sequence[Tone]]) -> None:
    feet: list[list[Tone]] = []
    lonely: list[Tone] = []
    for word in words:
        if len(word) == 1:
            lonely.append(word[0])
            continue
        feet += _pairs(lonely, last=False)
        lonely = []
        _within(word)
        feet.append(list(word))
    feet += _pairs(lonely, last=True)
    for left, right in pairwise(feet):
        # Two long words stay apart: only a short neighbour is drawn into the foot beside it.
        if left and right and min(len(left), len(right)) == 1:
            _raise_before(left[-1], right[0])


def _pairs(singles: Sequence[Tone], *, last: bool) -> list[list[Tone]]:
    """One-syllable words; only a row of third tones joins into feet."""
    feet: list[list[Tone]] = []
    rows = [list(row) for _, row in groupby(singles, key=lambda tone: tone.tone == 3)]
    for number, row in enumerate(rows, 1):
        feet += _row(row, last=last or number < len(rows)) if row[0].tone == 3 else [[tone] for tone in row]
    return feet


def _row(singles: Sequence[Tone], *, last: bool) -> list[list[Tone]]:
    """Third tones join two by two; the last of an odd number stays for the word that follows, if it has one too."""
    feet = [list(singles[start : start + 2]) for start in range(0, len(singles), 2)]
    if last and len(feet) > 1 and len(feet[-1]) == 1:
        feet[-2:] = [[singles[-3]], list(singles[-2:])]  # 我很好: the last two are closer
    for foot in feet:
        _within(foot)
    return feet


def _within(word: Sequence[Tone]) -> None:
    """A word of three third tones is read 2 2 3 where its first two belong together (展览馆), else 3 2 3 (小老虎)."""
    if len(word) == 3 and word[0].character in _PREFIXES:
        _raise_before(word[1], word[2])
        _raise_before(word[0], word[1])
    elif len(word) >= 4:
        for start in range(0, len(word) - 1, 2):
            _raise_before(word[start], word[start + 1])
        for start in range(1, len(word) - 1, 2):
            _raise_before(word[start], word[start + 1])
    else:
        for left, right in pairwise(word):
            _raise_before(left, right)


_PREFIXES: Final = frozenset("小老好很想有请纸母买请米总两打女")


def _raise_before(left: Tone, right: Tone) -> None:
    if left.tone == 3 and right.tone == 3 and not left.fixed:
        left.tone = 2
