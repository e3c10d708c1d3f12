"""Every word of the page, one catalogue a language, and the choice of the language.

The layout is built once and holds marks such as `@[text.label]`; `fill` puts the words of one language in their place
when the page is sent. What a handler says later comes from `say`.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import yaml

from tts.sentences import LANGUAGES, Language

LANGUAGE_NAMES: Final[dict[Language, str]] = {"zh": "中文", "en": "English", "ja": "日本語"}

# What the browser and the framework's own words are told: they know no plain `zh`.
LANGUAGE_TAGS: Final[dict[Language, str]] = {"zh": "zh-CN", "en": "en", "ja": "ja"}

_MARK: Final = re.compile(r"@\[([a-z0-9_.-]+)\]")


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """All words of one language by key."""
    text = (Path(__file__).parent / f"{language}.yaml").read_text(encoding="utf-8")
    words: dict[str, str] = yaml.safe_load(text)
    return words


def say(language: Language, key: str, **details: object) -> str:
    """The words of `key` with their details; KeyError for a key that no catalogue has."""
    return catalogue(language)[key].format(**details)


def knows(key: str) -> bool:
    return key in catalogue("en")


def fill(page: str, language: Language, more: Mapping[str, str] = MappingProxyType({})) -> str:
    """Replace every mark by its word, of the catalogue or of `more`.

    The words hold nothing that HTML or JSON would have to escape (a test sees to that).
    """
    words = {**catalogue(language), **more}
    return _MARK.sub(lambda mark: words[mark[1]], page)


def script_words(language: Language) -> str:
    """The words that the page's script needs, as a JSON object."""
    words = catalogue(language)
    return json.dumps({key.removeprefix("js."): word for key, word in words.items() if key.startswith("js.")})


def choose(chosen: str | None, accept_language: str, otherwise: Language) -> Language:
    """What the person chose, else the best of the browser's `Accept-Language`, else `otherwise`."""
    for language in LANGUAGES:
        if chosen == language:
            return language
    for tag in _by_weight(accept_language):
        for language in LANGUAGES:
            if tag == language or tag.startswith(f"{language}-"):
                return language
    return otherwise


def _by_weight(accept_language: str) -> list[str]:
    weighted: list[tuple[float, str]] = []
    for part in accept_language.split(",")[:20]:
        tag, _, weight = part.strip().lower().partition(";q=")
        try:
            weighted.append((float(weight or 1), tag))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(weighted, key=lambda pair: -pair[0]) if weight > 0]
