"""The sentences that are learnt from, and the shapes in which the reader may meet them."""

import random
import re
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.polyphones.packages import syllable

MARK = "▁"
_END = re.compile(r"[^。！？!?；]+[。！？!?；]?")
_CLAUSE = re.compile(r"[，。；：！？、,;:!?]")
_FIGURES = str.maketrans("0123456789０１２３４５６７８９", "零一二三四五六七八九" * 2)


@dataclass(frozen=True)
class Labelled:
    """A sentence and the reading of the polyphone at `place`."""

    text: str
    place: int
    reading: str

    @property
    def character(self) -> str:
        return self.text[self.place]


@dataclass(frozen=True)
class Target:
    """At `place` of a text: the probability of each candidate reading of its character."""

    place: int
    shares: tuple[float, ...]


Example = tuple[str, tuple[Target, ...]]


def read_labelled(folder: Path) -> list[Labelled]:
    """`cpp_dev.sent` and `cpp_dev.lb`: a polyphone between two marks, and its reading on the same line."""
    sentences = (folder / "cpp_dev.sent").read_text(encoding="utf-8").splitlines()
    readings = (folder / "cpp_dev.lb").read_text(encoding="utf-8").splitlines()
    rows = zip(sentences, readings, strict=True)
    return [Labelled(text.replace(MARK, ""), text.index(MARK), syllable(reading.strip())) for text, reading in rows]


def folds(count: int, parts: int, seed: int) -> np.ndarray:
    """(count,) the fixed part of each sentence."""
    return np.random.default_rng(seed).permutation(count) % parts


def plain(lines: Iterable[str], without: Iterable[str] = (), longest: int = 80) -> list[str]:
    """Sentences of running text, each once, and none that stands in the texts `without`."""
    apart = {sentence for text in without for sentence in _sentences(text)}
    found = {
        sentence
        for line in lines
        for sentence in _sentences(line)
        if len(sentence) <= longest and len(re.findall(r"[一-鿿]", sentence)) >= 4
    }
    return sorted(found - apart)


def balanced(examples: Iterable[Example], enough: int) -> list[Example]:
    """Examples in a fixed random order, but for those all of whose polyphones have come up `enough` times before."""
    seen: Counter[str] = Counter()
    kept = []
    for text, targets in sorted(examples, key=lambda one: zlib.crc32(one[0].encode())):
        letters = [text[target.place] for target in targets]
        if any(seen[letter] < enough for letter in letters):
            seen.update(letters)
            kept.append((text, targets))
    return kept


def _sentences(text: str) -> list[str]:
    return _END.findall(re.sub(r"\s+", "", text))


def varied(example: Example, chance: random.Random, share: float) -> Example:
    """Now and then only the clause around a target, or figures in characters: so the reader may meet them."""
    text, targets = example
    if chance.random() < share:
        return clause(example, chance.choice(targets).place)
    return (text.translate(_FIGURES), targets) if chance.random() < share else example


def clause(example: Example, place: int) -> Example:
    text, targets = example
    start = max((found.end() for found in _CLAUSE.finditer(text[:place])), default=0)
    after = _CLAUSE.search(text, place)
    end = after.start() if after else len(text)
    inside = tuple(Target(target.place - start, target.shares) for target in targets if start <= target.place < end)
    return text[start:end], inside
