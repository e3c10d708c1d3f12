"""What the front end hands on: a text as segments of words, and the tokens that the models read."""

from dataclasses import dataclass
from typing import Any, Final, Literal

from tts.text.manners import PLAIN, Style
from tts.text.phones import BREAKS, LANGUAGES, PHONE_IDS, TONE_IDS

#: What becomes of emoji and kaomoji.
Pictures = Literal["drop", "speak"]

_LANGUAGE_IDS: Final = {name: index for index, name in enumerate(LANGUAGES)}
_BREAK_IDS: Final = {name: index for index, name in enumerate(BREAKS)}


@dataclass(frozen=True, slots=True)
class TokenIds:
    """A segment as the models take it: four rows of ids of the same length L."""

    phones: tuple[int, ...]
    tones: tuple[int, ...]
    languages: tuple[int, ...]
    breaks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a punctuation mark as it will be said.

    `pinyin` is the dictionary's reading, one syllable a character, and None outside Mandarin; `phones` is what is
    really said, sandhi included, in the spelling that people know: ("zh", "ong4"), ("M", "IH1", "N", "AH0", "T").
    Punctuation has no language and no phones.
    """

    text: str
    language: str | None
    pinyin: tuple[str, ...] | None
    phones: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "language": self.language,
            "pinyin": None if self.pinyin is None else list(self.pinyin),
            "phones": list(self.phones),
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """A character that has several readings, and the one it was given here.

    `word` is the index in `Segment.words`, `place` that in the word's text; `sureness` goes from 0 to 1.
    """

    word: int
    place: int
    character: str
    reading: str
    sureness: float
    others: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "word": self.word,
            "place": self.place,
            "character": self.character,
            "reading": self.reading,
            "sureness": round(self.sureness, 3),
            "others": list(self.others),
        }


@dataclass(frozen=True, slots=True)
class Token:
    """One phone or pause: names out of `phones.PHONES`, `TONES`, `LANGUAGES` and `BREAKS`.

    `word` is the index in `Segment.words` (-1 for the edge); `seconds` is the exact length of a written pause; `style`
    is what the marks around it ask for.
    """

    phone: str
    tone: str
    language: str
    break_after: str
    word: int
    seconds: float | None = None
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text said in one breath: its tokens start with `edge` and end with the mark that closes it."""

    text: str
    words: tuple[Word, ...]
    tokens: tuple[Token, ...]
    choices: tuple[Choice, ...] = ()

    def ids(self) -> TokenIds:
        return TokenIds(
            phones=tuple(PHONE_IDS[token.phone] for token in self.tokens),
            tones=tuple(TONE_IDS[token.tone] for token in self.tokens),
            languages=tuple(_LANGUAGE_IDS[token.language] for token in self.tokens),
            breaks=tuple(_BREAK_IDS[token.break_after] for token in self.tokens),
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "words": [word.to_dict() for word in self.words],
            "choices": [choice.to_dict() for choice in self.choices],
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole text as it will be said. `unsayable` lists what was left out, as it stood in the text."""

    language: str
    normalized: str
    segments: tuple[Segment, ...]
    unsayable: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The form that `phones --json` prints."""
        return {
            "language": self.language,
            "normalized": self.normalized,
            "segments": [segment.to_dict() for segment in self.segments],
            "unsayable": list(self.unsayable),
        }
