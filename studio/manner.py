"""What the page sets of how a text is read; the settings of the service hold where it sets nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from studio import fields
from tts.errors import OptionError
from tts.speech import check_range
from tts.text.characters import shown
from tts.text.glossary import Entry, Glossary
from tts.text.glossary_file import parse_glossary
from tts.text.reading import Pictures

EMOJI: Final[tuple[Pictures, ...]] = ("drop", "speak")
_NONE: Final = Glossary()


@dataclass(frozen=True)
class Manner:
    """The options of `tts.text.reader.Reader.read`, by their names there."""

    language: str = "auto"
    longest: int | None = None
    emoji: Pictures | None = None
    glossary: Glossary | None = None

    @classmethod
    def of(cls, language: object, longest: object, emoji: object, glossary: object, *, own: Glossary = _NONE) -> Self:
        """From the page's fields, and the browser's own glossary, over which that of the page goes.

        `OptionError` for a value out of its range, `TextError` for a wrong glossary.
        """
        length = fields.whole(longest, "--longest")
        if length is not None:
            check_range("--longest", length)
        pictures = next((name for name in EMOJI if name == emoji), None)
        if emoji and pictures is None:
            raise OptionError("option_value", option="--emoji", value=shown(str(emoji)), expected=", ".join(EMOJI))
        terms = own.with_(parse_glossary(str(glossary))) if glossary else own
        return cls(str(language or "auto"), length, pictures, terms if terms.entries else None)

    @classmethod
    def of_settings(cls, held: Mapping[str, Any]) -> Self:
        """From settings as the history keeps them, the entries that were used among them."""
        own = Glossary(tuple(Entry(*map(str, row)) for row in held.get("terms", ())))
        return cls.of(*(held.get(name) for name in ("language", "longest", "emoji", "glossary")), own=own)

    def options(self) -> dict[str, Any]:
        """As arguments of the reader, and as fields of a `SynthesisRequest`."""
        return {
            "language": self.language, "longest": self.longest, "emoji": self.emoji, "glossary": self.glossary,
        }  # fmt: skip
