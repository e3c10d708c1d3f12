"""The languages that our sentences are written in."""

from typing import Final, Literal

Language = Literal["zh", "en", "ja"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en", "ja")

#: Code -> language -> (what was wrong, what to do next).
Catalogue = dict[str, dict[Language, tuple[str, str]]]
