"""The mixed stream: which language next, natural or made, nothing twice, nothing excluded."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, Protocol

from training.texts.english import English
from training.texts.japanese import Japanese
from training.texts.korean import Korean
from training.texts.mandarin import Mandarin
from training.texts.natural import Natural, normalised

SHARES: Mapping[str, float] = {"zh": 0.30, "en": 0.25, "ja": 0.25, "ko": 0.20}
_TRIES = 20
# Short answers are few: one may come again when so many others came before too.
_SHORT_TRIES = 5
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
    are never given, alone or as part of a text; `shares`: language -> its weight, the languages not named stay out.
    Raises ValueError for a language nobody makes. No text comes twice, but the short ones, which are few.
    """
    natural = natural or {}
    rng = random.Random(seed)
    makers: dict[str, Callable[[], Maker]] = {
        "zh": lambda: Mandarin(random.Random(seed + 1)),
        "en": lambda: English(random.Random(seed + 2)),
        "ja": lambda: Japanese(random.Random(seed + 3), natural.get("ja_word", [])),
        "ko": lambda: Korean(random.Random(seed + 4)),
    }
    if unknown := set(shares) - set(makers):
        raise ValueError(f"no texts are made in {', '.join(sorted(unknown))}")
    made = {language: makers[language]() for language in shares}
    read = {language: Natural(language, natural[language], rng) for language in made if natural.get(language)}
    given: set[int] = set()  # hashes: a long stream's texts would fill the memory
    while True:
        language = rng.choices(list(shares), list(shares.values()))[0]
        for tried in range(_TRIES):
            source = read.get(language) if rng.random() < natural_share else None
            text, kind = (made[language] if source is None or source.spent else source).make(rng)
            key = normalised(text)
            if (
                not key
                or _is_excluded(key, excluded)
                or (hash(key) in given and (kind != "short" or tried < _SHORT_TRIES))
            ):
                continue
            given.add(hash(key))
            yield Text(language, text, kind)
            break


def _is_excluded(key: str, excluded: frozenset[str]) -> bool:
    return key in excluded or any(part in key for part in excluded if len(part) >= _PART_LENGTH)
