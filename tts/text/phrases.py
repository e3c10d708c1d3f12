"""Reads a sentence phrase by phrase: what stands between two pauses, in one language, is read together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final, TypeVar

from tts.text import en, ja, ko, zh
from tts.text.characters import SIGNS, shown
from tts.text.lexemes import LONGEST_WORD, Lexeme
from tts.text.manners import PLAIN, Style
from tts.text.phones import SYMBOLS
from tts.text.reading import Choice, Word

#: Characters of a sentence that are looked at together: a page without a full stop is none.
_AROUND: Final = 240
#: Which reader takes a kind of lexeme.
_LANGUAGE_OF: Final[Mapping[str, str]] = {"han": "zh", "latin": "en", "ja": "ja", "ko": "ko"}

_W = TypeVar("_W", zh.ChineseWord, ja.JapaneseWord, ko.KoreanWord)


@dataclass(frozen=True, slots=True)
class Phone:
    """Names out of `phones.PHONES`, `TONES` and `BREAKS`."""

    phone: str
    tone: str
    break_after: str


@dataclass(frozen=True, slots=True)
class Item:
    """A word with its phones, or a mark with its pause; `spaced` where a space stands before it.

    `style` is what the marks around it ask for.
    """

    word: Word
    phones: tuple[Phone, ...] = ()
    syllables: int = 0
    pause: str | None = None
    seconds: float | None = None
    spaced: bool = False
    choices: tuple[Choice, ...] = ()
    style: Style = PLAIN


def items(sentence: Sequence[Lexeme]) -> tuple[list[Item], tuple[str, ...]]:
    """A sentence as words and marks, and what of it nobody can read."""
    found: list[Item] = []
    lost: list[str] = []
    phrase: list[Lexeme] = []
    kind = ""
    spaced = False
    written = "".join(lexeme.text for lexeme in sentence)
    start = end = position = 0

    def close() -> None:
        first = start // _AROUND * _AROUND
        for item in _phrase(phrase, written[first:start], written[end : first + _AROUND]):
            if item.word.language and not item.phones:
                lost.append(shown(item.word.text))
            else:
                found.append(item)
        phrase.clear()

    for lexeme in sentence:
        if lexeme.text in SIGNS:
            lost.append(lexeme.text)  # no rule had a name for it here
        silent = lexeme.kind == "mark" and lexeme.pause is None
        if lexeme.kind in _LANGUAGE_OF:
            if lexeme.kind != kind:
                close()
            kind = lexeme.kind
            if not phrase:
                start = position - spaced  # the space before it is its own
            phrase.append(replace(lexeme, spaced=spaced))
            end = position + len(lexeme.text)
            if lexeme.kind == "ko" and len(lexeme.text) >= LONGEST_WORD:
                close()  # no word is so long, and one breath would have to say all that follows
        elif silent and phrase:
            phrase.append(replace(lexeme, spaced=spaced))
            end = position + len(lexeme.text)
        elif lexeme.kind in ("mark", "pause"):
            close()
            found.append(_mark(replace(lexeme, spaced=spaced)))
        elif lexeme.kind == "other":
            lost.append(shown(lexeme.text))
        spaced = lexeme.kind == "space"
        position += len(lexeme.text)
    close()
    return found, tuple(lost)


def _mark(lexeme: Lexeme) -> Item:
    pause = "pause" if lexeme.kind == "pause" else lexeme.pause
    word = Word(lexeme.text, None, None, ())
    return Item(word, pause=pause, seconds=lexeme.seconds, spaced=lexeme.spaced, style=lexeme.style)


def _phrase(lexemes: Sequence[Lexeme], before: str, after: str) -> Iterator[Item]:
    """`before` and `after`: the rest of the sentence."""
    kind = next((lexeme.kind for lexeme in lexemes if lexeme.kind in _LANGUAGE_OF), "latin")
    yield from _chinese(lexemes, before, after) if kind == "han" else _READERS[kind](lexemes)


def _chinese(lexemes: Sequence[Lexeme], before: str, after: str) -> Iterator[Item]:
    """Silent marks and spaces part words, and let tones reach across."""
    stretches = _stretches(lexemes)
    read = zh.read_phrase([zh.Han(part.text, part.reading, silent=part.silent) for part in stretches], before, after)
    for word, spaced, style in _placed(read, stretches):
        syllables = [[(name, f"zh{said.tone}") for name in said.phones()] for said in word.said]
        shown_word = _word(word.text, "zh", word.display(), word.pinyin)
        choices = tuple(
            Choice(0, decision.place, decision.character, decision.reading, decision.sureness, decision.others)
            for decision in word.decided
        )
        yield Item(shown_word, _row(syllables), len(word.said), spaced=spaced, choices=choices, style=style)


def _japanese(lexemes: Sequence[Lexeme]) -> Iterator[Item]:
    stretches = _stretches(lexemes)
    read = ja.read_phrase([ja.Japanese(part.text, part.kana, silent=part.silent) for part in stretches])
    for word, spaced, style in _placed(read, stretches):
        morae = [
            [(SYMBOLS["ja"][symbol], "ja_high" if mora.high else "ja_low") for symbol in mora.phones]
            for mora in word.morae
        ]
        yield Item(_word(word.text, "ja", word.display()), _row(morae), len(morae), spaced=spaced, style=style)


def _korean(lexemes: Sequence[Lexeme]) -> Iterator[Item]:
    stretches = _stretches(lexemes)
    read = ko.read_phrase([ko.Korean(part.text, part.kana, silent=part.silent) for part in stretches])
    for word, spaced, style in _placed(read, stretches):
        syllables = [[(SYMBOLS["ko"][symbol], "none") for symbol in syllable] for syllable in word.syllables]
        yield Item(_word(word.text, "ko", word.display()), _row(syllables), len(syllables), spaced=spaced, style=style)


def _english(lexemes: Sequence[Lexeme]) -> Iterator[Item]:
    words = iter(en.read_phrase([(lexeme.text, lexeme.reading) for lexeme in lexemes if lexeme.kind == "latin"]))
    for lexeme in lexemes:
        if lexeme.kind == "mark":
            yield _mark(lexeme)
            continue
        word = next(words)
        named = [en.phone_and_tone(symbol) for symbol in word.phones]
        vowels = sum(tone != "none" for _, tone in named)
        said = _word(word.text, "en", word.phones)
        yield Item(said, _row([named]), max(1, vowels), spaced=lexeme.spaced, style=lexeme.style)


_READERS: Final[Mapping[str, Callable[[Sequence[Lexeme]], Iterator[Item]]]] = {
    "latin": _english, "ja": _japanese, "ko": _korean,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A lexeme, or the gap before it: a space (`spaces`), or nothing but a change of style, which parts words too."""

    text: str
    reading: tuple[str, ...] | None
    silent: bool
    style: Style
    spaces: bool = False

    @property
    def kana(self) -> str | None:
        """A reading that is one string of kana or Hangul."""
        return self.reading[0] if self.reading else None


def _stretches(lexemes: Sequence[Lexeme]) -> list[_Stretch]:
    stretches: list[_Stretch] = []
    for place, lexeme in enumerate(lexemes):
        turns = place > 0 and lexemes[place - 1].style != lexeme.style
        if lexeme.spaced or turns:
            stretches.append(_Stretch(" ", None, silent=True, style=lexeme.style, spaces=lexeme.spaced))
        stretches.append(_Stretch(lexeme.text, lexeme.reading, lexeme.kind == "mark", lexeme.style))
    return stretches


def _placed(words: Iterable[_W], stretches: Sequence[_Stretch]) -> Iterator[tuple[_W, bool, Style]]:
    """The words but for gaps, whether a space stood before each, and its style; together they are the stretches."""
    owners = [stretch for stretch in stretches for _ in stretch.text]
    position, spaced = 0, False
    for word in words:
        owner = owners[min(position, len(owners) - 1)]
        position += len(word.text)
        if word.text != " ":
            yield word, spaced, owner.style
        spaced = word.text == " " and owner.spaces


def _word(text: str, language: str, phones: Sequence[str], pinyin: tuple[str, ...] | None = None) -> Word:
    """A word that is said has a language; a silent mark has none."""
    said = bool(phones) or any(letter.isalnum() for letter in text)
    return Word(text, language if said else None, pinyin if phones else None, tuple(phones))


def _row(syllables: Sequence[Sequence[tuple[str, str]]]) -> tuple[Phone, ...]:
    """Names and tones, syllable by syllable -> phones with the breaks inside a word."""
    phones = [Phone(name, tone, "inside") for syllable in syllables for name, tone in syllable]
    for end in accumulate(map(len, syllables)):
        if end:
            phones[end - 1] = replace(phones[end - 1], break_after="word" if end == len(phones) else "syllable")
    return tuple(phones)
