"""A small generative grammar: sections of words and of templates, expanded with one random generator."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

_SLOT = re.compile(r"(?<!\])\{(\w+)\}")  # a brace after a bracket is mark-up: [字]{zi4}
_DEEPEST = 12

Source = Callable[[random.Random], str]


class Grammar:
    """Sections read from files, plus named sources for what no file holds (numbers, dictionary words).

    A section is words divided by `divider`, or, under a heading `[name:lines]`, one template a line.
    """

    def __init__(self, paths: Iterable[Path], divider: str | None, sources: Mapping[str, Source]) -> None:
        self.sections: dict[str, list[str]] = {}
        self._sources = dict(sources)
        name, by_line = "", False
        for line in (line for path in paths for line in path.read_text(encoding="utf-8").splitlines()):
            if heading := re.fullmatch(r"\[(\w+)(:lines)?\]", line):
                name, by_line = heading[1], heading[2] is not None
                self.sections[name] = []
            elif line.strip() and not line.startswith("#"):
                parts = [line] if by_line else line.split(divider)
                self.sections[name] += [part.strip() for part in parts if part.strip()]

    def expand(self, section: str, rng: random.Random, depth: int = 0) -> str:
        """One random text of a section; raises KeyError for a name that is neither section nor source."""
        if depth > _DEEPEST:
            raise RecursionError(f"section {section} calls itself without end")
        if section in self._sources:
            return self._sources[section](rng)
        # Two draws of a section within one text are kept apart: "from Rome to Rome" teaches nothing.
        used: dict[str, set[str]] = {}

        def fill(slot: re.Match[str]) -> str:
            seen = used.setdefault(slot[1], set())
            for _ in range(6):
                word = self.expand(slot[1], rng, depth + 1)
                if word not in seen:
                    break
            seen.add(word)
            return word

        return _SLOT.sub(fill, rng.choice(self.sections[section]))

    def slots(self) -> set[str]:
        """Every name that a template asks for."""
        return {slot for lines in self.sections.values() for line in lines for slot in _SLOT.findall(line)}

    def names(self) -> set[str]:
        """Every name that can be expanded."""
        return set(self.sections) | set(self._sources)
