"""What the reader makes of a labelled sentence: its evidence, and how often it is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from unittest.mock import patch

import numpy as np

from training.polyphones.sentences import Labelled, Target, clause
from tts.text import zh
from tts.text.letters import is_han
from tts.text.zh_polyphones import EVIDENCE, Polyphones


@dataclass(frozen=True)
class Seen:
    """(C, evidence) of the candidates of a labelled character, and the row of the right one."""

    features: np.ndarray
    right: int


def seen(model: Polyphones, labelled: Labelled) -> Seen:
    start, end = _run(labelled.text, labelled.place)
    text = labelled.text
    sentence = "".join(old if model.candidates(old) else new for old, new in zip(text, zh.simplify(text), strict=True))
    words = zh.cut(zh.simplify(text[start:end]))
    place = labelled.place - start
    edges = set(accumulate(map(len, words), initial=0))
    features = model.evidence(sentence, labelled.place, "".join(words), place, edges)
    return Seen(features, model.network.candidates[labelled.character].index(labelled.reading))


def measure(model: Polyphones, labelled: Sequence[Labelled]) -> dict[str, float]:
    """Shares of labelled characters right: by the networks alone, by them and the dictionaries, and by the reader,
    which has its own words and rules as well: within the sentence, and where only the clause is known."""
    found = [seen(model, one) for one in labelled]
    networks = np.array([1, 1, *[0] * (len(EVIDENCE) - 2)])
    with patch("tts.text.zh.polyphones", return_value=model):
        return {
            "sentences": len(labelled),
            "networks": _right(found, networks),
            "with_dictionaries": _right(found, model.network.weights),
            "reader_in_clause": _share([_clause(one) for one in labelled]),
            "reader": _share(labelled),
        }


def _right(found: Sequence[Seen], weights: np.ndarray) -> float:
    return float(np.mean([int((one.features @ weights).argmax()) == one.right for one in found]))


def _share(labelled: Sequence[Labelled]) -> float:
    return float(np.mean([_read(one) == one.reading.replace("r5", "er5") for one in labelled]))


def _read(labelled: Labelled) -> str:
    start, end = _run(labelled.text, labelled.place)
    text = labelled.text
    words = zh.read_phrase([zh.Han(text[start:end])], text[:start], text[end:])
    pinyin = [syllable for word in words for syllable in word.pinyin]
    return pinyin[labelled.place - start]


def _clause(labelled: Labelled) -> Labelled:
    text, (target,) = clause((labelled.text, (Target(labelled.place, ()),)), labelled.place)
    return Labelled(text, target.place, labelled.reading)


def _run(text: str, place: int) -> tuple[int, int]:
    """The Han characters around `place`."""
    start = end = place
    while start and is_han(text[start - 1]):
        start -= 1
    while end < len(text) and is_han(text[end]):
        end += 1
    return start, end
