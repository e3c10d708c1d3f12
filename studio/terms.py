"""Which term a reading belongs to: the word around a character, or it and its neighbour, with the reading of all."""

from dataclasses import dataclass
from typing import Final

from studio.spoken import syllables_of
from tts.text.letters import is_han
from tts.text.reading import Choice, Segment, Word

#: A neighbour that is longer is a word of its own.
_LONGEST_NEIGHBOUR: Final = 3


@dataclass(frozen=True)
class Term:
    """A term of Mandarin, a syllable of pinyin for each of its characters, and the place of the one in question."""

    text: str
    syllables: tuple[str, ...]
    place: int

    def read_as(self, syllable: str) -> str:
        """The reading of all with another one of the character in question."""
        return " ".join((*self.syllables[: self.place], syllable, *self.syllables[self.place + 1 :]))


def term_around(segment: Segment, choice: Choice) -> Term:
    """The term that a choice is best kept for. A character alone would be read so in every word it stands in."""
    word = segment.words[choice.word]
    own = Term(word.text, _syllables(word) or (choice.reading,), choice.place)
    if len(word.text) > 1 and len(own.syllables) == len(word.text):
        return own
    own = Term(choice.character, (choice.reading,), 0)
    if after := _neighbour(segment, choice.word + 1):
        return Term(own.text + after.text, (*own.syllables, *_syllables(after)), 0)
    if before := _neighbour(segment, choice.word - 1):
        syllables = _syllables(before)
        return Term(before.text + own.text, (*syllables, *own.syllables), len(syllables))
    return own


def _neighbour(segment: Segment, at: int) -> Word | None:
    if not 0 <= at < len(segment.words):
        return None
    word = segment.words[at]
    fits = len(word.text) <= _LONGEST_NEIGHBOUR and all(map(is_han, word.text)) and _syllables(word)
    return word if fits else None


def _syllables(word: Word) -> tuple[str, ...]:
    """As the word is said, but for its last tone: what follows it elsewhere is another word."""
    said = syllables_of(word)
    return (*said[:-1], word.pinyin[-1]) if said and word.pinyin else ()
