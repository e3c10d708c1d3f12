"""Where the emotion of a speech comes from: the reference's own manner, sliders, words, a clip, or chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from studio import fields
from tts.emotion import EMOTIONS, EmotionVector
from tts.errors import OptionError
from tts.text.characters import shown
from tts.wording import emotion_of_words

#: In the order of the page, which has one at a time.
SOURCES: Final = ("own", "sliders", "words", "clip", "random")
_LONGEST_WORDS: Final = 200
_LONGEST_NAME: Final = 120


@dataclass(frozen=True)
class Feeling:
    """What the page says of the emotion: its source, and what that one needs.

    `values` are those of the sliders, of what was heard in a clip, or of what chance varies; `name` is the clip's.
    """

    source: str = "own"
    values: tuple[float, ...] = (0.0,) * len(EMOTIONS)
    words: str = ""
    name: str = ""

    @classmethod
    def of(cls, asked: object) -> Self:
        """From what the browser sends; a bare list of values is that of the sliders.

        `OptionError` for a source that there is not, or a value out of its range.
        """
        if not isinstance(asked, Mapping):
            return cls("sliders", _values(asked))
        source = str(asked.get("source") or "own")
        if source not in SOURCES:
            raise OptionError("option_value", option="--emotion", value=shown(source), expected=", ".join(SOURCES))
        words, name = str(asked.get("words") or "")[:_LONGEST_WORDS], str(asked.get("name") or "")[:_LONGEST_NAME]
        return cls(source, _values(asked.get("values")), words, name)

    def vector(self, seed: int = 0) -> EmotionVector:
        """The emotion; that of chance is another one with each seed.

        `OptionError` option_emotion_words for words that name none.
        """
        if self.source == "own" or (self.source == "words" and not self.words.strip()):
            return EmotionVector()
        if self.source == "words":
            return emotion_of_words(self.words)
        given = EmotionVector(self.values)
        return given.varied(seed) if self.source == "random" else given

    def to_dict(self) -> dict[str, Any]:
        """What `of` reads again."""
        return {"source": self.source, "values": list(self.values), "words": self.words, "name": self.name}


def _values(asked: object) -> tuple[float, ...]:
    given = tuple(fields.numbers(asked, "--emotion", len(EMOTIONS)))
    # Says which one is out of its range.
    EmotionVector.of(dict(zip(EMOTIONS, given, strict=True)))
    return given
