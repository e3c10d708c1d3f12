"""The dictionaries' words as the reader has them beside its weights."""

import gzip
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from training.polyphones.packages import Phrases
from training.polyphones.sentences import Labelled
from tts.text import zh
from tts.text.zh_polyphones import DICTIONARIES, LONGEST_PHRASE

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


#: So many labelled sentences, and none for it, show that a dictionary's reading is not the one in use.
ENOUGH = 2


def contradicted(labelled: Sequence[Labelled], phrases: Mapping[str, Phrases]) -> set[str]:
    """Words that labelled sentences read otherwise than the dictionaries, and never as they do."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for one in labelled:
        start = max(0, one.place - LONGEST_PHRASE)
        words = zh.cut(zh.simplify(one.text[start : one.place + LONGEST_PHRASE]))
        for end, word in zip(accumulate(map(len, words)), words, strict=True):
            place = one.place - start - (end - len(word))
            if 0 <= place < len(word):
                for name in DICTIONARIES[1:]:
                    if readings := phrases[name].get(word):
                        (right if readings[place] == one.reading else wrong)[word] += 1
    return {word for word, count in wrong.items() if count >= ENOUGH * len(DICTIONARIES[1:]) and not right[word]}


def write(
    path: Path,
    phrases: Mapping[str, Phrases],
    candidates: Mapping[str, tuple[str, ...]],
    without: Collection[str] = (),
) -> None:
    """One word a line, then for each dictionary but pypinyin's (the reader has that one) the places of the readings
    among the candidates of its polyphones, in base 36; "-" where it has none or another."""
    rows = []
    for word in sorted(set().union(*(phrases[name] for name in DICTIONARIES[1:]))):
        if word in without or len(word) > LONGEST_PHRASE or not any(letter in candidates for letter in word):
            continue
        columns = [_places(word, phrases[name].get(word, ()), candidates) for name in DICTIONARIES[1:]]
        rows.append("\t".join((word, *columns)))
    path.parent.mkdir(parents=True, exist_ok=True)
    # No time in the header: the same words make the same file.
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write("".join(f"{row}\n" for row in rows).encode())


def _places(word: str, readings: tuple[str, ...], candidates: Mapping[str, tuple[str, ...]]) -> str:
    places = ""
    for number, letter in enumerate(word):
        if letter in candidates:
            known = readings and readings[number] in candidates[letter]
            places += _DIGITS[candidates[letter].index(readings[number])] if known else "-"
    return places
