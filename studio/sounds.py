"""How a word sounds, in the writing that its readers know: kana with their pitch, Hangul, ARPAbet, pinyin."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from tts.text.ja_morae import BEARERS, MORAE
from tts.text.ko_letters import REPRESENTATIVE, block, is_block
from tts.text.phones import PAUSES
from tts.text.reading import Segment, Token, Word

_PAUSES: Final = frozenset(PAUSES)
#: Phones of one mora -> its kana. Of several kana with one sound the first, plain one stays.
_KANA: Final = {phones: kana for kana, phones in reversed(MORAE.items())}
_VOWELS: Final = frozenset("aiueo")
_VOWEL_OF: Final = {kana: MORAE[kana][-1] for kana in "アイウエオヲ"} | dict(zip("あいうえおを", "aiueoo", strict=True))


@dataclass(frozen=True, slots=True)
class Beat:
    """A mora: its katakana, whether its pitch is high, and whether its vowel is whispered."""

    kana: str
    high: bool
    whispered: bool = False


def said_tokens(segment: Segment) -> Mapping[int, tuple[Token, ...]]:
    """The phones of each word, by its index in `segment.words`."""
    found: dict[int, list[Token]] = {}
    for token in segment.tokens:
        if token.phone not in _PAUSES:
            found.setdefault(token.word, []).append(token)
    return {word: tuple(tokens) for word, tokens in found.items()}


def syllables(segment: Segment) -> int:
    """How many syllables a segment has; morae in Japanese, vowels in English."""
    count = 0
    for tokens in said_tokens(segment).values():
        if tokens[0].language == "en":
            count += max(1, sum(token.tone != "none" for token in tokens))
        else:
            count += sum(token.break_after != "inside" for token in tokens)
    return count


def beats(word: Word) -> tuple[Beat, ...]:
    """A Japanese word as morae, from its phones as shown: ("h", "a1", "sh", "i0") gives ハ high, シ low.

    A vowel that goes on is written ー, but for one that the word is written with: 日本語を ends in ゴオ.
    """
    found: list[Beat] = []
    onset: list[str] = []
    before = ""
    for place, phone in enumerate(word.phones):
        name, mark = phone.rstrip("01"), phone[-1]
        if name not in BEARERS:
            onset.append(name)
            continue
        vowel = name.lower() if name in "IU" else name
        last = place == len(word.phones) - 1
        written = last and _VOWEL_OF.get(word.text[-1:]) == vowel
        longer = not onset and vowel in _VOWELS and vowel == before and not written
        kana = "ー" if longer else _KANA.get((*onset, vowel), "".join((*onset, vowel)))
        found.append(Beat(kana, mark == "1", name in "IU"))
        before = vowel
        onset.clear()
    return tuple(found)


def hangul(word: Word, tokens: Sequence[Token]) -> str:
    """A Korean word as it is said, in Hangul: 값이 is 갑씨. Phones in a row where they make no Hangul.

    Letters of one sound (ㅐ and ㅔ) are those of the written syllable where the number of syllables is the same.
    """
    if len(tokens) != len(word.phones):
        return " ".join(word.phones)
    table = _syllables_by_phones()
    spoken = [table.get(phones) or table.get(("r", *phones[1:])) for phones in _by_syllable(word.phones, tokens)]
    written = [letter for letter in word.text if is_block(letter)]
    hints = written if len(written) == len(spoken) else [""] * len(spoken)
    said = [_like(hint, candidates) if candidates else "" for candidates, hint in zip(spoken, hints, strict=True)]
    return "".join(said) if all(said) else " ".join(word.phones)


def _by_syllable(phones: Sequence[str], tokens: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    start = 0
    for end, token in enumerate(tokens, 1):
        if token.break_after != "inside":
            yield tuple(phones[start:end])
            start = end
    if start < len(phones):
        yield tuple(phones[start:])


@cache
def _syllables_by_phones() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Phones of a syllable -> the syllables that sound so; of letters with one sound the plainest comes first."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for character in map(chr, range(ord("힣"), ord("가") - 1, -1)):
        letters = block(character)
        if REPRESENTATIVE[letters.coda] == letters.coda:
            phones = letters.phones(None)
            found[phones] = (*found.get(phones, ()), character)
    return found


def _like(hint: str, candidates: Sequence[str]) -> str:
    """The candidate with the vowel letter of the written syllable, else the first."""
    if not hint:
        return candidates[0]
    return next((found for found in candidates if block(found).vowel == block(hint).vowel), candidates[0])
