"""Reads texts as the settings say, with what one request asks for laid over them."""

from dataclasses import dataclass
from typing import Self

from tts.settings import Settings
from tts.text.frontend import read
from tts.text.glossary import Glossary
from tts.text.glossary_file import load_glossary
from tts.text.reading import Pictures, Reading


@dataclass(frozen=True, slots=True)
class Reader:
    """`glossary` of every text, `longest` segment in syllables, and whether `emoji` are named or left out."""

    glossary: Glossary
    longest: int
    emoji: Pictures

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Raises TextError for a glossary that cannot be read: text_file, text_glossary, text_glossary_reading."""
        return cls(load_glossary(settings.glossary), settings.longest_segment, settings.emoji)

    def read(
        self,
        text: str,
        language: str = "auto",
        *,
        glossary: Glossary | None = None,
        longest: int | None = None,
        emoji: Pictures | None = None,
    ) -> Reading:
        """As `frontend.read`; where an option is None the settings hold, and a glossary goes over theirs."""
        return read(
            text,
            language,
            glossary=self.glossary.with_(glossary) if glossary else self.glossary,
            longest=longest or self.longest,
            emoji=emoji or self.emoji,
        )
