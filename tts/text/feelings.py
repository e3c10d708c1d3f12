"""Which emotions a person's words ask for: "委屈地哭着说", "whisper, terrified", "怒って", "너무 슬프게".

A lexicon with negation and degrees (as VADER does for opinions, Hutto and Gilbert 2014), since no library that is
kept up and may be used knows eight emotions in four languages (`docs/emotion.md`).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tts.text.feeling_words import Found, Language, find, units_of
from tts.text.letters import is_han, is_hangul, is_kana

_CLAUSE: Final = re.compile(
    r"[，,。．.、；;：:？?…~～\n（）()「」“”\"]+|！+|而是|反而|但是|但|却|\bbut\b|\byet\b|\binstead\b|けれど|지만",
    re.IGNORECASE,
)
#: How many units a word of degree or a negation may be away from what it is said of.
_REACH: Final[dict[Language, int]] = {"zh": 4, "en": 3, "ja": 4, "ko": 3}
_MORE, _LESS = 1.25, 0.6
#: What shows an emotion counts less than words that name another one.
_SHOWN: Final = 0.3
_AGAIN: Final = 0.1
#: What is left when only the opposite was named: not sad is calm, not happy is sad.
_OPPOSITES: Final = defaultdict(lambda: {"calm": 0.5}, {"happy": {"sad": 0.5}, "calm": {"angry": 0.4}})


@dataclass(frozen=True, slots=True)
class _Feeling:
    """An emotion that a clause names or shows, or denies."""

    emotion: str
    value: float
    shown: bool
    denied: bool


def read_feelings(words: str) -> dict[str, float]:
    """Emotion -> how much of it the words ask for, in (0, 1]; empty where they name none."""
    text = unicodedata.normalize("NFKC", words).replace("，", ",")
    feelings = [
        feeling
        for clause in _CLAUSE.split(text)
        for language, part in _languages(clause)
        for feeling in _clause_feelings(part, language)
    ]
    asked = [feeling for feeling in feelings if not feeling.denied]
    named = any(not feeling.shown for feeling in asked)
    values: dict[str, float] = {}
    for feeling in asked:
        value = feeling.value * (_SHOWN if feeling.shown and named else 1)
        before = values.get(feeling.emotion, 0.0)
        values[feeling.emotion] = min(1.0, max(before, value) + (_AGAIN if before else 0.0))
    if not values:
        for feeling in feelings:
            values |= _OPPOSITES[feeling.emotion]
    return {emotion: round(value, 3) for emotion, value in values.items()}


def _languages(clause: str) -> Iterator[tuple[Language, str]]:
    """The parts of a clause by their script; Han characters beside kana are Japanese."""
    kana = any(map(is_kana, clause))
    scripts: tuple[tuple[Language, str], ...] = (
        ("ja" if kana else "zh", "".join(c if is_han(c) or is_kana(c) or c == "々" else " " for c in clause)),
        ("ko", "".join(c if is_hangul(c) else " " for c in clause)),
        ("en", "".join(c if c.isascii() or c == "’" else " " for c in clause)),
        # Emoji are nobody's; they stand in the lexicon of single characters.
        ("zh", "".join(c if unicodedata.category(c) == "So" else " " for c in clause)),
    )
    yield from ((language, part) for language, part in scripts if part.strip())


def _clause_feelings(part: str, language: Language) -> Iterator[_Feeling]:
    found = find(units_of(part, language), language)
    for index, item in enumerate(found):
        if item.entry.kind not in ("feeling", "manner"):
            continue
        value = item.entry.value
        for other in _near(found, index, _REACH[language]):
            value *= {"more": _MORE, "less": _LESS}.get(other.entry.kind, 1.0)
        denied = _denied(found, index, language)
        yield _Feeling(item.entry.emotion, min(1.0, value), item.entry.kind == "manner", denied)


def _near(found: Sequence[Found], index: int, reach: int) -> Iterator[Found]:
    item = found[index]
    for other in found:
        gap = max(other.start - item.end, item.start - other.end)
        if other is not item and gap <= reach and other.entry.kind in ("more", "less"):
            yield other


def _denied(found: Sequence[Found], index: int, language: Language) -> bool:
    """Chinese and English deny before, Japanese behind, Korean behind or with a short word just before."""
    item, reach = found[index], _REACH[language]
    before = [other for other in found if other.entry.kind == "not" and 0 <= item.start - other.end <= reach]
    behind = [other for other in found if other.entry.kind == "not" and 0 <= other.start - item.end <= reach]
    if language in ("zh", "en"):
        return len(before) % 2 == 1
    if language == "ja":
        return bool(behind)
    close = [other for other in before if other.end == item.start and "".join(other.entry.units) in ("안", "못")]
    return bool(behind or close)
