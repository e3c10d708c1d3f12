"""Reads Mandarin: Han characters in, words of syllables out, as they are really said."""

import logging
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any, Final

import opencc
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from tts.text.letters import is_han
from tts.text.sandhi import Tone, connect
from tts.text.syllables import Syllable, parse
from tts.text.zh_lexicon import CHARACTERS, CONTEXTS, FULL_ER, FULL_ZI, NEUTRAL, WORDS

with warnings.catch_warnings():
    # jieba greets with deprecations of its own imports, and with log lines on stderr.
    warnings.simplefilter("ignore")
    import jieba

jieba.setLogLevel(logging.ERROR)

_LONGEST_ENTRY: Final = max(map(len, WORDS))


@dataclass(frozen=True, slots=True)
class Han:
    """A written stretch: Han characters, with the reading that the writer set (else None).

    A `silent` stretch (a space, a quotation mark) parts words and comes back as a word without syllables.
    """

    text: str
    reading: tuple[str, ...] | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class ChineseWord:
    """`pinyin` has one dictionary syllable a character of `text`; `said` the same syllables after sandhi.

    Only a written reading may have more or fewer syllables than characters.
    """

    text: str
    pinyin: tuple[str, ...]
    said: tuple[Syllable, ...]

    def display(self) -> tuple[str, ...]:
        return tuple(phone for syllable in self.said for phone in syllable.display())


@dataclass(slots=True)
class _Draft:
    """A word whose readings are still being settled: as written, and in simplified characters.

    `fixed` are the places that the writer has set.
    """

    text: str
    plain: str
    pinyin: list[str]
    fixed: set[int] = field(default_factory=set)
    whole: bool = False  # a written reading that does not count one syllable a character


@cache
def _tokenizer() -> Any:
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


@cache
def _converter() -> Any:
    return opencc.OpenCC("t2s")


def read_phrase(stretches: Sequence[Han]) -> tuple[ChineseWord, ...]:
    """Reads one phrase, in which nothing pauses. Written readings are obeyed to the tone: sandhi leaves them be."""
    drafts: list[_Draft] = []
    joined: list[Han] = []
    for stretch in stretches:
        if stretch.silent:
            drafts += [*_draft(joined), _Draft(stretch.text, stretch.text, [], whole=True)]
            joined = []
        elif stretch.reading is not None and not _one_each(stretch.text, stretch.reading):
            drafts += _draft(joined)
            joined = []
            places = set(range(len(stretch.reading)))
            drafts.append(_Draft(stretch.text, stretch.text, list(stretch.reading), places, whole=True))
        else:
            joined.append(stretch)
    drafts += _draft(joined)
    return _say(drafts)


def _one_each(text: str, reading: Sequence[str]) -> bool:
    return len(text) == len(reading) and all(map(is_han, text))


def _draft(stretches: Sequence[Han]) -> list[_Draft]:
    """Cuts stretches into words together, so that a written reading does not hide its neighbours' context."""
    text = "".join(stretch.text for stretch in stretches)
    if not text:
        return []
    plain = _simplify(text)
    words = _cut(plain)
    pinyin = _dictionary(text, plain, words)
    fixed: set[int] = set()
    position = 0
    for stretch in stretches:
        if stretch.reading is not None:
            fixed.update(range(position, position + len(stretch.text)))
            pinyin[position : position + len(stretch.text)] = stretch.reading
        position += len(stretch.text)
    drafts, position = [], 0
    for word in words:
        end = position + len(word)
        own = {place - position for place in fixed if position <= place < end}
        drafts.append(_Draft(text[position:end], word, pinyin[position:end], own))
        position = end
    return drafts


#: A number is one word, so that nothing ever cuts it. Two signs may be a word of the language: 万一, 十分.
_NUMBER: Final = re.compile(
    r"((?:[零一二三四五六七八九十百千万亿两]+(?:点[零一二三四五六七八九]+)+(?![分钟刻点十半])[百千万亿]*)"
    r"|[零一二三四五六七八九十百千万亿两幺〇]{3,})"
)


def _cut(text: str) -> list[str]:
    """jieba's words, with numbers whole, and a lone 儿 joined to the word it colours.

    What jieba guesses beyond its dictionary is a name at best: 他教 and 地流 are two words.
    """
    words: list[str] = []
    for place, stretch in enumerate(_NUMBER.split(text)):
        for word in [stretch] if place % 2 else _tokenizer().cut(stretch):
            if word == "儿" and words and words[-1][-1] not in "一二两三的我他她":
                words[-1] += word
            elif len(word) == 2 and word[0] in "我你您他她它地" and word not in _tokenizer().FREQ:
                words += word
            else:
                words.append(word)
    return words


def _simplify(text: str) -> str:
    """The text in simplified characters, one for one: the dictionaries of words know these best."""
    plain: str = _converter().convert(text)
    if len(plain) != len(text):
        plain = "".join(_converter().convert(letter)[:1] for letter in text)
    if plain == text:
        return text
    # A few simplified forms are rarer than the traditional ones, and no dictionary has them.
    return "".join(new if readable(new) else old for old, new in zip(text, plain, strict=True))


def _dictionary(written: str, text: str, words: Sequence[str]) -> list[str]:
    """One toned syllable a character, as a dictionary has it (一 and 不 in their own tones, ü as v).

    `text` is `written` in simplified characters.
    """
    pinyin: list[str] = []
    # Its own phrases must not reach over the edges of a word it knows: 人 参加 holds no 人参.
    for known, run in groupby(words, key=lambda word: word if word in PHRASES_DICT else ""):
        for stretch in run if known else ("".join(run),):
            pinyin += lazy_pinyin(stretch, style=Style.TONE3, neutral_tone_with_five=True, errors=_each)
    pinyin = [syllable.replace("ü", "v") for syllable in pinyin]
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    for start, word in zip(starts, words, strict=False):
        if word not in PHRASES_DICT:
            for place, character in enumerate(word, start):
                sure = _only_reading(written[place]) if written[place] != character else None
                pinyin[place] = sure or CHARACTERS.get(character, pinyin[place])
    edges = set(starts)
    for start in starts[:-1]:
        for end in range(min(len(text), start + _LONGEST_ENTRY), start, -1):
            if end in edges and (entry := WORDS.get(text[start:end])):
                pinyin[start:end] = entry
                break
    _apply_contexts(words, pinyin)
    for start, word in zip(starts, words, strict=False):
        if word in NEUTRAL:
            pinyin[start + len(word) - 1] = pinyin[start + len(word) - 1][:-1] + "5"
        for found in FULL_ZI.finditer(word):
            pinyin[start + found.end() - 1] = "zi3"
        if is_erhua(word):
            pinyin[start + len(word) - 1] = "er5"
    return [{"一": "yi1", "不": "bu4"}.get(character, read) for character, read in zip(text, pinyin, strict=True)]


def _only_reading(character: str) -> str | None:
    """A traditional character that has one reading keeps it, where its simplified form has several: 髮 of 发."""
    return _plain(character) if "," not in PINYIN_DICT.get(ord(character), ",") else None


def _apply_contexts(words: Sequence[str], pinyin: list[str]) -> None:
    """Sets the readings that neighbouring words decide."""
    line = " " + " ".join(words) + " "
    for pattern, reading in CONTEXTS:
        for found in pattern.finditer(line):
            pinyin[found.start(1) - line.count(" ", 0, found.start(1))] = reading


def is_erhua(word: str) -> bool:
    return len(word) > 1 and word[-1] == "儿" and word[-2] not in FULL_ER


def _say(drafts: Sequence[_Draft]) -> tuple[ChineseWord, ...]:
    coloured = [_coloured(draft) for draft in drafts]
    syllables = [[_syllable(pinyin) for pinyin in draft.pinyin] for draft in drafts]
    tones: list[list[Tone]] = []
    for draft, said, erhua in zip(drafts, syllables, coloured, strict=True):
        characters = " " * len(said) if draft.whole else draft.plain
        tones.append(
            [
                Tone(characters[place], syllable.tone, place in draft.fixed)
                for place, syllable in enumerate(said)
                if place not in erhua
            ]
        )
    connect([row for row in tones if row])
    words = []
    for draft, said, row, erhua in zip(drafts, syllables, tones, coloured, strict=True):
        settled: list[Syllable] = []
        heard = iter(row)
        for place, syllable in enumerate(said):
            if place in erhua:
                settled.append(Syllable("", "r", settled[-1].tone))
            else:
                settled.append(Syllable(syllable.initial, syllable.final, next(heard).tone))
        words.append(ChineseWord(draft.text, _written(draft.pinyin), tuple(settled)))
    return tuple(words)


def _written(pinyin: Sequence[str]) -> tuple[str, ...]:
    return tuple("er5" if read == "r5" else read for read in pinyin)


def _coloured(draft: _Draft) -> set[int]:
    """The places of a word's syllables that are no more than the colour of the one before: 花儿."""
    places = {place for place, read in enumerate(draft.pinyin) if read == "r5" and place}
    if not draft.whole and is_erhua(draft.plain) and draft.pinyin[-1] == "er5":
        places.add(len(draft.pinyin) - 1)
    return places


def _each(unknown: str) -> Any:
    """pypinyin's own form for one answer a character."""
    return list(unknown)


def _nothing(unknown: str) -> Any:
    return [""] * len(unknown)


def _syllable(pinyin: str) -> Syllable:
    syllable = parse("er5" if pinyin == "r5" else pinyin)
    if syllable is None:
        raise ValueError(f"not a Mandarin syllable: {pinyin!r}")
    return syllable


@cache
def readable(character: str) -> bool:
    """Whether the dictionary has a reading for this Han character."""
    return parse(_plain(character)) is not None


def _plain(character: str) -> str:
    read: list[str] = lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True, errors=_nothing)
    return read[0].replace("ü", "v")
