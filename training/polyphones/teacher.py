"""Readings for texts that nobody has labelled, as g2pM and the dictionaries of phrases together would have them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

import numpy as np
import torch

from training.polyphones.network import PolyphoneNet
from training.polyphones.packages import Phrases
from training.polyphones.sentences import Example, Target
from tts.text import zh
from tts.text.zh_polyphones import LONGEST_PHRASE

#: What a dictionary's word counts, against the log probabilities of g2pM: about what the labelled sentences say.
TRUST = {"pypinyin": 1.5, "pinyin-pro": 1.0, "cedict": 0.5}
#: g2pM is surer than it should be.
CALM = 0.5
_FLOOR = -12.0


@torch.no_grad()
def taught(net: PolyphoneNet, texts: Sequence[str], phrases: Mapping[str, Phrases], batch: int = 256) -> list[Example]:
    """Sentences with a target at each polyphone. `net` has g2pM's own weights in its narrow reader."""
    net.eval()
    found: list[Example] = []
    order = sorted(texts, key=len)
    for start in range(0, len(order), batch):
        open_ = [(text, tuple(_open(net, text))) for text in order[start : start + batch]]
        open_ = [(text, targets) for text, targets in open_ if targets]
        if not open_:
            continue
        scores = iter(net.narrow_scores(net.batch(open_)).clamp(min=_FLOOR).numpy() * CALM)
        for text, targets in open_:
            votes = _votes(text, phrases)
            found.append((text, tuple(_target(net, text, target.place, next(scores), votes) for target in targets)))
    net.train()
    return found


def words(net: PolyphoneNet, phrases: Mapping[str, Phrases]) -> list[Example]:
    """The dictionaries' words as texts of their own."""
    found: list[Example] = []
    for word in sorted(set().union(*phrases.values())):
        targets = []
        for target in _open(net, word):
            readings = net.classes.candidates[word[target.place]]
            shares = np.full(len(readings), 0.02)
            for name, trust in TRUST.items():
                reading = phrases[name].get(word, ("",) * len(word))[target.place]
                if reading in readings:
                    shares[readings.index(reading)] += trust
            if shares.max() > 0.5:
                targets.append(Target(target.place, tuple(shares / shares.sum())))
        if targets:
            found.append((word, tuple(targets)))
    return found


def _open(net: PolyphoneNet, text: str) -> Iterable[Target]:
    for place, letter in enumerate(text):
        if readings := net.classes.candidates.get(letter):
            yield Target(place, (0.0,) * len(readings))


def _votes(text: str, phrases: Mapping[str, Phrases]) -> dict[str, dict[int, str]]:
    """By dictionary: the reading at each place, in the longest phrase that begins and ends with a word."""
    edges = set(accumulate(map(len, zh.cut(text)), initial=0))
    found: dict[str, dict[int, str]] = {name: {} for name in TRUST}
    for size in range(LONGEST_PHRASE, 1, -1):
        for start in range(len(text) - size + 1):
            if start in edges and start + size in edges:
                for name, votes in found.items():
                    for place, reading in enumerate(phrases[name].get(text[start : start + size], ()), start):
                        votes.setdefault(place, reading)
    return found


def _target(
    net: PolyphoneNet, text: str, place: int, scores: np.ndarray, votes: Mapping[str, Mapping[int, str]]
) -> Target:
    readings = net.classes.candidates[text[place]]
    own = scores[: len(readings)].copy()
    for name, trust in TRUST.items():
        reading = votes[name].get(place)
        if reading in readings:
            own[readings.index(reading)] += trust
    shares = np.exp(own - own.max())
    return Target(place, tuple(shares / shares.sum()))
