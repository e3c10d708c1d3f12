"""The mixed stream: which language next, natural or made, nothing twice, nothing excluded."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from training.texts.english import English
from training.texts.japanese import Japanese
from training.texts.mandarin import Mandarin
from training.texts.natural import Natural, normalised

SHARES: Mapping[str, float] = {"zh": 0.50, "en": 0.45, "ja": 0.05}
_TRIES = 20
# Shorter excluded sentences would forbid half of the language by being part of others.
_PART_LENGTH = 5


class Maker(Protocol):
    def make(self, rng: random.Random) -> tuple[str, str]:
        """A text and its kind."""


class Text(NamedTuple):
    language: str
    text: str
    kind: str


def texts(
    seed: int,
    natural: Mapping[str, list[str]] | None = None,
    excluded: frozenset[str] = frozenset(),
    shares: Mapping[str, float] = SHARES,
    natural_share: float = 0.5,
) -> Iterator[Text]:
    """Texts without end, the same for the same arguments.

    `natural`: language -> sentences (`training.texts.natural.read_sentences`); `excluded`: normalised sentences that
    are never given, alone or as part of a text. No text comes twice, but the short ones, which are few.
    """
    natural = natural or {}
    rng = random.Random(seed)
    made: dict[str, Maker] = {
        "zh": Mandarin(random.Random(seed + 1)),
        "en": English(random.Random(seed + 2)),
        "ja": Japanese(natural.get("ja_word", [])),
    }
    read = {language: Natural(language, natural[language], rng) for language in made if natural.get(language)}
    given: set[int] = set()  # hashes: a long stream's texts would fill the memory
    while True:
        language = rng.choices(list(shares), list(shares.values()))[0]
        for _ in range(_TRIES):
            # Japanese has no joins: its few sentences would come again and again.
            source = read.get(language) if rng.random() < natural_share * (0.3 if language == "ja" else 1) else None
            text, kind = (source or made[language]).make(rng)
            key = normalised(text)
            if not key or _is_excluded(key, excluded) or (hash(key) in given and kind != "short"):
                continue
            given.add(hash(key))
            yield Text(language, text, kind)
            break


def _is_excluded(key: str, excluded: frozenset[str]) -> bool:
    return key in excluded or any(part in key for part in excluded if len(part) >= _PART_LENGTH)
