"""Reads Mandarin: Han characters in, words of syllables out, as they are really said."""

import logging
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate, groupby
from typing import Any, Final

import opencc
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from tts.text.letters import is_han
from tts.text.sandhi import Tone, connect
from tts.text.syllables import Syllable, parse
from tts.text.zh_lexicon import CHARACTERS, CONTEXTS, FULL_ER, FULL_ZI, NEUTRAL, WORDS
from tts.text.zh_polyphones import Decision, polyphones

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

    Only a written reading may have more or fewer syllables than characters. `decided` are the polyphones whose reading
    was weighed, in order of place.
    """

    text: str
    pinyin: tuple[str, ...]
    said: tuple[Syllable, ...]
    decided: tuple[Decision, ...] = ()

    def display(self) -> tuple[str, ...]:
        return tuple(phone for syllable in self.said for phone in syllable.display())


@dataclass(slots=True)
class _Draft:
    """A word whose readings are still being settled: as written, and in simplified characters.

    `pinyin` is the dictionary's, `spoken` has the neutral tones of everyday speech, too; `fixed` are the places that
    the writer has set.
    """

    text: str
    plain: str
    pinyin: list[str]
    spoken: list[str]
    fixed: set[int] = field(default_factory=set)
    decided: tuple[Decision, ...] = ()
    whole: bool = False  # a written reading that does not count one syllable a character


@cache
def _tokenizer() -> Any:
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


@cache
def _converter() -> Any:
    return opencc.OpenCC("t2s")


def read_phrase(stretches: Sequence[Han], before: str = "", after: str = "") -> tuple[ChineseWord, ...]:
    """Reads one phrase, in which nothing pauses. Written readings are obeyed to the tone: sandhi leaves them be.

    `before` and `after`: the rest of the sentence, which helps to choose among readings.
    """
    texts = [stretch.text for stretch in stretches]
    sentence = _plain_sentence(before + "".join(texts) + after)
    drafts: list[_Draft] = []
    joined: list[Han] = []
    start = position = len(before)
    for stretch in stretches:
        own = stretch.reading is not None and not _one_each(stretch.text, stretch.reading)
        position += len(stretch.text)
        if not stretch.silent and not own:
            joined.append(stretch)
            continue
        drafts += _draft(joined, sentence, start)
        joined, start = [], position
        syllables = list(stretch.reading or ())
        drafts.append(_Draft(stretch.text, stretch.text, syllables, syllables, set(range(len(syllables))), whole=True))
    return _say(drafts + _draft(joined, sentence, start))


def _one_each(text: str, reading: Sequence[str]) -> bool:
    return len(text) == len(reading) and all(map(is_han, text))


def _draft(stretches: Sequence[Han], sentence: str, start: int) -> list[_Draft]:
    """Cuts stretches into words together, so that a written reading does not hide its neighbours' context.

    They stand in `sentence` from `start` on.
    """
    text = "".join(stretch.text for stretch in stretches)
    if not text:
        return []
    plain = simplify(text)
    words = cut(plain)
    set_: dict[int, str] = {}
    position = 0
    for stretch in stretches:
        if stretch.reading is not None:
            set_ |= dict(enumerate(stretch.reading, position))
        position += len(stretch.text)
    read = _read(text, plain, words)
    decisions = _decide(sentence, start, words, read, set_)
    drafts, position = [], 0
    for word in words:
        end = position + len(word)
        own = {place - position for place in set_ if position <= place < end}
        decided = tuple(
            _told(decisions[place], place - position, text[place])
            for place in range(position, end)
            if place in decisions
        )
        pinyin = [set_.get(place, read.pinyin[place]) for place in range(position, end)]
        spoken = [set_.get(place, read.spoken[place]) for place in range(position, end)]
        drafts.append(_Draft(text[position:end], word, pinyin, spoken, own, decided))
        position = end
    return drafts


@dataclass(slots=True)
class _Read:
    """What dictionaries and rules say, one syllable a character.

    `spoken` has the neutral tones of everyday speech. `rules` are proposals of neighbouring words; `sure` the places
    about which nothing is left to decide; `known` those in a word of a dictionary, whose neutral tone holds in speech.
    """

    pinyin: list[str]
    spoken: list[str]
    rules: dict[int, str]
    sure: set[int]
    known: set[int]


def _decide(sentence: str, start: int, words: Sequence[str], read: _Read, set_: Iterable[int]) -> dict[int, Decision]:
    """Puts the readings that the sentence wants into `read`, and says which they are."""
    model = polyphones()
    end = start + len(read.pinyin)
    open_ = [
        place
        for place, character in enumerate(sentence[start:end])
        if place not in set_ and _open(read, place, model.candidates(character))
    ]
    decisions = model.decide(sentence, start, words, read.rules, open_)
    for place, decision in tuple(decisions.items()):
        heard, written = read.spoken[place], read.pinyin[place]
        if written not in (decision.reading, *decision.others) and (place in read.sure or place in read.rules):
            alike = (one for one in (decision.reading, *decision.others) if _differ_by_stress(written, one))
            read.pinyin[place] = next(alike)
            del decisions[place]
            continue
        read.pinyin[place] = decision.reading
        if place not in read.known or not _differ_by_stress(heard, decision.reading) or decision.character == "得":
            read.spoken[place] = decision.reading
    return decisions


def _open(read: _Read, place: int, candidates: Sequence[str]) -> bool:
    """Whether there is a choice among `candidates`.

    What is sure is not chosen anew, nor a rule's reading that is no candidate; only the tone that speech leaves out is.
    """
    reading = read.pinyin[place]
    if place not in read.sure and (place not in read.rules or reading in candidates):
        return bool(candidates)
    return reading not in candidates and any(_differ_by_stress(reading, candidate) for candidate in candidates)


def _differ_by_stress(one: str, other: str) -> bool:
    """Whether two readings of a character are one, but for a tone that everyday speech leaves out."""
    return one[:-1] == other[:-1] and "5" in (one[-1], other[-1])


@lru_cache(maxsize=16)
def _plain_sentence(sentence: str) -> str:
    """In simplified characters, but for traditional ones that are polyphones in their own right."""
    model = polyphones()
    return "".join(old if model.candidates(old) else new for old, new in zip(sentence, simplify(sentence), strict=True))


#: A number is one word, so that nothing ever cuts it. Two signs may be a word of the language: 万一, 十分.
_NUMBER: Final = re.compile(
    r"((?:[零一二三四五六七八九十百千万亿两]+(?:点[零一二三四五六七八九]+)+(?![分钟刻点十半])[百千万亿]*)"
    r"|[零一二三四五六七八九十百千万亿两幺〇]{3,40})"
)


def cut(text: str) -> list[str]:
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


def simplify(text: str) -> str:
    """The text in simplified characters, one for one: the dictionaries of words know these best."""
    plain: str = _converter().convert(text)
    if len(plain) != len(text):
        plain = "".join(_converter().convert(letter)[:1] for letter in text)
    if plain == text:
        return text
    # A few simplified forms are rarer than the traditional ones, and no dictionary has them.
    return "".join(new if readable(new) else old for old, new in zip(text, plain, strict=True))


def _read(written: str, text: str, words: Sequence[str]) -> _Read:
    """Dictionaries and rules (一 and 不 in their own tones, ü as v). `text` is `written` in simplified characters."""
    pinyin: list[str] = []
    # Its own phrases must not reach over the edges of a word it knows: 人 参加 holds no 人参.
    for known, run in groupby(words, key=lambda word: word if word in PHRASES_DICT else ""):
        for stretch in run if known else ("".join(run),):
            pinyin += lazy_pinyin(stretch, style=Style.TONE3, neutral_tone_with_five=True, errors=_each)
    pinyin = [syllable.replace("ü", "v") for syllable in pinyin]
    sure = {place for place, character in enumerate(text) if character in "一不"}
    inside: set[int] = set()
    starts = list(accumulate(map(len, words), initial=0))
    for start, word in zip(starts, words, strict=False):
        known_word = word in PHRASES_DICT
        if known_word:
            inside.update(range(start, start + len(word)))
        for place, character in enumerate(word, start):
            if written[place] != character and (only := _only_reading(written[place])):
                pinyin[place] = only
                sure.add(place)
            elif not known_word:
                pinyin[place] = CHARACTERS.get(character, pinyin[place])
    edges = set(starts)
    for start in starts[:-1]:
        for end in range(min(len(text), start + _LONGEST_ENTRY), start, -1):
            if end in edges and (entry := WORDS.get(text[start:end])):
                pinyin[start:end] = entry
                sure.update(range(start, end))
                inside.update(range(start, end))
                break
    rules = dict(proposals(words))
    for place, reading in rules.items():
        pinyin[place] = reading
    for place, character in enumerate(text):
        if character in "一不":
            pinyin[place] = "yi1" if character == "一" else "bu4"
    spoken = list(pinyin)
    for start, word in zip(starts, words, strict=False):
        last = start + len(word) - 1
        if word in NEUTRAL:
            spoken[last] = spoken[last][:-1] + "5"
            inside.add(last)
        for found in FULL_ZI.finditer(word):
            spoken[start + found.end() - 1] = "zi3"
        if is_erhua(word):
            pinyin[last] = spoken[last] = "r5"
            sure.add(last)
    return _Read(pinyin, spoken, rules, sure, inside)


def _only_reading(character: str) -> str | None:
    """A traditional character that has one reading keeps it, where its simplified form has several: 髮 of 发."""
    return _plain(character) if "," not in PINYIN_DICT.get(ord(character), ",") else None


def proposals(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Places and the readings that neighbouring words decide; later ones win."""
    line = " " + " ".join(words) + " "
    for pattern, reading in CONTEXTS:
        for found in pattern.finditer(line):
            yield found.start(1) - line.count(" ", 0, found.start(1)), reading


def is_erhua(word: str) -> bool:
    return len(word) > 1 and word[-1] == "儿" and word[-2] not in FULL_ER


def _say(drafts: Sequence[_Draft]) -> tuple[ChineseWord, ...]:
    coloured = [_coloured(draft) for draft in drafts]
    syllables = [[_syllable(read) for read in draft.spoken] for draft in drafts]
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
        pinyin = tuple(map(_shown, draft.pinyin))
        words.append(ChineseWord(draft.text, pinyin, tuple(settled), draft.decided))
    return tuple(words)


def _shown(reading: str) -> str:
    return "er5" if reading == "r5" else reading


def _told(decision: Decision, place: int, character: str) -> Decision:
    """A decision as it is shown: at its place in the word, for the character that was written."""
    others = tuple(map(_shown, decision.others))
    return Decision(place, character, _shown(decision.reading), decision.sureness, others)


def _coloured(draft: _Draft) -> set[int]:
    """The places of a word's syllables that are no more than the colour of the one before: 花儿."""
    places = {place for place, read in enumerate(draft.spoken) if read == "r5" and place}
    if not draft.whole and is_erhua(draft.plain) and draft.spoken[-1] == "er5":
        places.add(len(draft.spoken) - 1)
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
