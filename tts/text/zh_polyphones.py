"""Chooses the reading of each Mandarin polyphone from its sentence, the dictionaries' phrases and our rules.

Every source gives each candidate reading a score; their sum, each weighted by how far it is to be trusted, makes the
probabilities. The weights were learnt on sentences that the network had not seen (docs/polyphones.md).
"""

import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Final

import numpy as np
from pypinyin.constants import PHRASES_DICT
from pypinyin.contrib.tone_convert import to_tone3

from tts.text.zh_network import Array, Network

WEIGHTS: Final = Path(__file__).parent / "weights"
DICTIONARIES: Final = ("pypinyin", "pinyin-pro", "cedict")
LONGEST_PHRASE: Final = 6
#: A phrase counts by its length; those of four characters and more alike.
_LENGTHS: Final = (2, 3, 4)
#: What speaks for a reading, in the order of the learnt weights.
EVIDENCE: Final = ("wide", "narrow", *(f"{name} {size}" for name in DICTIONARIES for size in _LENGTHS))
#: What a rule of ours counts, as a logarithm of odds, and what it counts for a reading that all dictionaries agree.
#: These are not learnt: they are there for everyday talk, and the labelled sentences come from an encyclopedia.
RULE: Final = 5.0
AGREED: Final = 1.0
#: How far a network may be wrong where it is sure: the share of doubt mixed into its probabilities.
DOUBT: Final = 0.03
#: Longer sentences are read in blocks of this many characters.
_BLOCK: Final = 256


@dataclass(frozen=True, slots=True)
class Decision:
    """A reading chosen among several: for the character at `place` of its word, `sureness` in 0..1.

    `others` are the readings that were not taken, the likeliest first.
    """

    place: int
    character: str
    reading: str
    sureness: float
    others: tuple[str, ...]


class Polyphones:
    """A network, dictionaries of phrases, and what each is worth."""

    def __init__(self, network: Network, phrases: Mapping[str, tuple[str, str]]) -> None:
        """`phrases`: word -> for each dictionary of ours the places in the candidates of each of its polyphones."""
        self.network = network
        self._phrases = phrases
        self._scores = lru_cache(maxsize=16)(self._block)

    def candidates(self, character: str) -> tuple[str, ...]:
        """The readings it chooses among; none where the character is not its business."""
        return self.network.candidates.get(character, ())

    def decide(
        self, sentence: str, start: int, words: Sequence[str], rules: Mapping[int, str], places: Iterable[int]
    ) -> dict[int, Decision]:
        """Decides the characters at `places` of `words`, which stand in `sentence` from `start` on.

        `rules`: readings that a rule of ours proposes. Places in `rules`, `places` and the answer
        count from `start`.
        """
        run = "".join(words)
        edges = set(accumulate(map(len, words), initial=0))
        found = {}
        for place in places:
            features = self.evidence(sentence, start + place, run, place, edges)
            scores = features @ self.network.weights
            readings = self.network.candidates[sentence[start + place]]
            scores += AGREED * (features[:, 2:].sum(1) == len(DICTIONARIES))
            if (rule := rules.get(place)) in readings:
                scores[readings.index(rule)] += RULE
            found[place] = self._choose(sentence[start + place], place, scores)
        return found

    def evidence(self, sentence: str, position: int, run: str, place: int, edges: set[int]) -> Array:
        """(C, evidence): what speaks for each candidate of the character at `position`, `place` in its run of words."""
        readings = self.network.candidates[sentence[position]]
        features = np.zeros((len(readings), len(EVIDENCE)), np.float32)
        block = position // _BLOCK * _BLOCK
        scores = self._scores(sentence[block : block + _BLOCK])[position - block]
        features[:, :2] = np.log((1 - DOUBT) * np.exp(scores) + DOUBT / 2)
        for size, votes in self._votes(run, place, edges, sentence[position]):
            for dictionary, reading in enumerate(votes):
                if reading in readings:
                    column = 2 + dictionary * len(_LENGTHS) + _LENGTHS.index(min(size, _LENGTHS[-1]))
                    features[readings.index(reading), column] = 1
        return features

    def _block(self, text: str) -> dict[int, Array]:
        """(C, 2) log probabilities of wide and narrow reader, by place."""
        places = [place for place, letter in enumerate(text) if letter in self.network.candidates]
        scores = self.network.scores(text, places) if places else ()
        return {place: np.stack(both, axis=1) for place, both in zip(places, scores, strict=True)}

    def _votes(
        self, run: str, place: int, edges: set[int], character: str
    ) -> Iterable[tuple[int, tuple[str | None, ...]]]:
        """The reading in each dictionary's longest phrase around `place` that begins and ends with a word."""
        open_ = set(range(len(DICTIONARIES)))
        for size in range(min(LONGEST_PHRASE, len(run)), 1, -1):
            for start in range(max(0, place - size + 1), min(place, len(run) - size) + 1):
                if start not in edges or start + size not in edges:
                    continue
                votes = self._read(run[start : start + size], place - start, character)
                new = tuple(vote if number in open_ else None for number, vote in enumerate(votes))
                open_ -= {number for number, vote in enumerate(new) if vote}
                if any(new):
                    yield size, new
                if not open_:
                    return

    def _read(self, word: str, place: int, character: str) -> tuple[str | None, ...]:
        first = _syllable(PHRASES_DICT[word][place][0]) if word in PHRASES_DICT else None
        row = self._phrases.get(word)
        if row is None or word[place] != character:
            return first, None, None
        order = sum(letter in self.network.candidates for letter in word[:place])
        readings = self.network.candidates[character]
        return first, *(None if places[order] == "-" else readings[int(places[order], 36)] for places in row)

    def _choose(self, character: str, place: int, scores: Array) -> Decision:
        readings = self.network.candidates[character]
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        best, *others = np.argsort(-shares, kind="stable").tolist()
        return Decision(
            place, character, readings[best], round(float(shares[best]), 3), tuple(readings[other] for other in others)
        )


@cache
def polyphones() -> Polyphones:
    """The trained one, read when it is first needed."""
    return load(WEIGHTS)


def load(folder: Path) -> Polyphones:
    """Raises OSError where a file is missing."""
    with gzip.open(folder / "zh_phrases.tsv.gz", "rt", encoding="utf-8") as file:
        rows = (line.rstrip("\n").split("\t") for line in file)
        phrases = {word: (first, second) for word, first, second in rows}
    return Polyphones(Network.from_pretrained(folder / "zh_polyphones.safetensors"), phrases)


@cache
def _syllable(toned: str) -> str:
    read: str = to_tone3(toned, neutral_tone_with_five=True)
    return read.replace("ü", "v")
