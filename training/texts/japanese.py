"""Japanese texts: simple templates and, where a corpus is given, its words."""

from __future__ import annotations

import random
from pathlib import Path

from training.texts.grammar import Grammar


class Japanese:
    """Made Japanese texts: `make(rng)` gives (text, kind)."""

    def __init__(self, words: list[str]) -> None:
        self.grammar = Grammar(Path(__file__).parent / "grammars" / "japanese.txt", None, {})
        self.grammar.sections["word"] = words or self.grammar.sections["thing"] + self.grammar.sections["food"]

    def make(self, rng: random.Random) -> tuple[str, str]:
        kind = rng.choices(["statement", "question", "exclamation"], [7, 2, 1])[0]
        return self.grammar.expand(kind, rng), kind
