"""Rewriting by rules: a pattern and what is said for what it finds, one rule after the other."""

import re
from collections.abc import Callable, Iterable

Say = Callable[[re.Match[str]], str]
#: Texts settle in two; a row of numerals that wake one another takes a pass for each.
_MOST_PASSES = 16

_POINTED = re.compile(r"(?<![A-Za-z.])(?:[A-Z]\.){2,}(?:[A-Z](?![A-Za-z]))?")

Rule = tuple[re.Pattern[str], Say]


def compile_rules(*rules: tuple[str, Say], flags: re.RegexFlag = re.NOFLAG) -> tuple[Rule, ...]:
    return tuple((re.compile(pattern, flags), say) for pattern, say in rules)


def rewrite(text: str, rules: Iterable[Rule]) -> str:
    """Each rule in turn, on what the rules before it have left."""
    for pattern, say in rules:
        text = pattern.sub(say, text)
    return text


def settled(text: str, once: Callable[[str], str]) -> str:
    """Rewrites until nothing changes, so that a normalised text is itself; what a rule writes may wake another."""
    for _ in range(_MOST_PASSES):
        text, before = once(text), text
        if text == before:
            break
    return text


def without_points(text: str) -> str:
    """Capitals with points between them as one word: U.S. -> US. A single one (an initial) keeps its point."""
    return _POINTED.sub(lambda found: found[0].replace(".", ""), text)


def either(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
