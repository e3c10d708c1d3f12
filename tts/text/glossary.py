"""A glossary: how the terms of a person's own field are read, in all languages or in one."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, Final, Self

from tts.errors import TextError
from tts.text import en, spelling
from tts.text.characters import clean, shown
from tts.text.letters import is_han, is_hangul, is_kana, latin_base
from tts.text.markup import EXAMPLES, Chinese, English, Japanese, Korean, Part, Plain
from tts.text.phones import LANGUAGES, SYMBOLS
from tts.text.spelling import WrongSpellingError

_SPELLED: Final = re.compile(r"(?:[a-zêü:]+[0-9]+[\s'’-]*)+")
_STRESSED: Final = re.compile(r"[AEIOU][A-Z][0-9]")
_POSSESSIVE: Final = re.compile(r"['’]s(?!\w)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and its reading; `language` "" stands for every language."""

    term: str
    reading: str
    language: str = ""

    @classmethod
    def of(cls, term: object, reading: object, language: str = "") -> Self:
        """A checked entry; raises TextError text_glossary_entry, text_glossary_reading."""
        if not isinstance(term, str) or not isinstance(reading, str):
            raise TextError("text_glossary_entry", term=shown(str(term)))
        entry = cls(clean(term)[0].strip(), spelling.settled(reading).strip(), language)
        if not entry.term or not entry.reading:
            raise TextError("text_glossary_entry", term=shown(term))
        _part(entry.term, entry)
        return entry


@dataclass(frozen=True, slots=True)
class Glossary:
    """Entries in order; of two for the same term and language the later one holds.

    A reading is pinyin with tones ("chong2 xin1"), ARPAbet with stress ("M IH1 N AH0 T"), kana, Hangul, or else words
    to say instead ("gigabytes"). All are right: whoever makes one checks them.
    """

    entries: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> Self:
        """From {term: reading}, in which {"ja": {term: reading}} is the section of a language.

        Raises TextError that names the entry: text_glossary_entry, text_glossary_reading.
        """
        found: list[Entry] = []
        for term, reading in terms.items():
            if isinstance(reading, Mapping) and term in (*LANGUAGES, "*"):
                found += [Entry.of(own, value, section_of(term)) for own, value in reading.items()]
            else:
                found.append(Entry.of(term, reading))
        return cls(tuple(found))

    def for_language(self, language: str) -> dict[str, str]:
        """Term -> reading in texts of one language: entries for it over entries for all."""
        own = sorted(self.entries, key=lambda entry: entry.language != "")
        return {entry.term: entry.reading for entry in own if entry.language in ("", language)}

    def with_(self, other: "Glossary") -> "Glossary":
        """Both; where they differ, the other's readings hold."""
        return Glossary(self.entries + other.entries)

    def within(self, text: str) -> "Glossary":
        """The entries whose terms stand in a text, also inside words: the others change nothing there."""
        folded = _folded(clean(text)[0])
        return Glossary(tuple(entry for entry in self.entries if _folded(entry.term) in folded))


def section_of(name: str) -> str:
    """The language of a section's name, "" for `*`, that of all."""
    return "" if name == "*" else name


def apply_glossary(
    parts: Iterable[Part], glossary: Glossary | Mapping[str, Any], language_at: Callable[[int], str] = lambda _: ""
) -> tuple[Part, ...]:
    """Sets the readings of a glossary in plain text, longest term first; written mark-up wins over it.

    Terms of letters match whole words only, in any case unless another entry has the very case. `language_at` tells
    the language of the text around a character, by its place in the plain parts joined; "" for entries of every
    language alone.
    """
    if not isinstance(glossary, Glossary):
        glossary = Glossary.of(glossary)
    index = _index(glossary)
    result: list[Part] = []
    passed = 0
    for part in parts:
        if isinstance(part, Plain):
            result += _applied(part.text, index, language_at, passed)
            passed += len(part.text)
        else:
            result.append(part)
    return tuple(result)


def entries_in(
    parts: Iterable[Part], glossary: Glossary, language_at: Callable[[int], str] = lambda _: ""
) -> tuple[Entry, ...]:
    """Those whose readings `apply_glossary` sets, each once, in the order of the text."""
    index = _index(glossary)
    used: list[Entry] = []
    passed = 0
    for part in parts:
        if isinstance(part, Plain):
            used += [entry for _, _, entry in _found(part.text, index, language_at, passed)]
            passed += len(part.text)
    return tuple(dict.fromkeys(used))


@dataclass(frozen=True, slots=True)
class _Index:
    """Entries by folded term, and the lengths of terms by their first folded character, longest first."""

    entries: Mapping[str, tuple[Entry, ...]]
    lengths: Mapping[str, tuple[int, ...]]


@lru_cache(maxsize=16)
def _index(glossary: Glossary) -> _Index:
    entries: dict[str, tuple[Entry, ...]] = {}
    for entry in glossary.entries:
        folded = _folded(entry.term)
        entries[folded] = (*entries.get(folded, ()), entry)
    lengths = {
        first: tuple(sorted({len(term) for term in terms}, reverse=True))
        for first, terms in groupby(sorted(entries), key=lambda term: term[0])
    }
    return _Index(entries, lengths)


def _folded(text: str) -> str:
    """Lower case, character by character."""
    return "".join(lower if len(lower := letter.lower()) == 1 else letter for letter in text)


def _applied(text: str, index: _Index, language_at: Callable[[int], str], passed: int) -> Iterator[Part]:
    done = 0
    for start, end, entry in _found(text, index, language_at, passed):
        if start < done:
            continue
        if start > done:
            yield Plain(text[done:start])
        part = _part(text[start:end], entry)
        if isinstance(part, English) and (possessive := _POSSESSIVE.match(text, end)):
            part, end = English(part.text + possessive[0], en.with_s(part.phones)), possessive.end()
        yield part
        done = end
    if done < len(text):
        yield Plain(text[done:])


def _found(
    text: str, index: _Index, language_at: Callable[[int], str], passed: int
) -> Iterator[tuple[int, int, Entry]]:
    """Start, end and entry of each term in a plain text, `passed` characters of others before it."""
    folded = _folded(text)
    place = 0
    while place < len(text):
        found = [
            (place + length, index.entries[folded[place : place + length]])
            for length in index.lengths.get(folded[place], ())
            if place + length <= len(text)
            and folded[place : place + length] in index.entries
            and _is_whole(text, place, place + length)
        ]
        language = language_at(passed + place) if found else ""
        end, entry = next(
            ((end, entry) for end, entries in found if (entry := _fitting(entries, text[place:end], language))),
            (place + 1, None),
        )
        if entry:
            yield place, end, entry
        place = end


def _fitting(entries: Sequence[Entry], written: str, language: str) -> Entry | None:
    """The entry of the very case before others, of the own language before those of all, the last of equals."""
    fitting = [entry for entry in reversed(entries) if entry.language in ("", language)]
    return max(fitting, key=lambda entry: (entry.term == written, entry.language != ""), default=None)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word goes on over the ends of a term. A number may stand before letters: 5GB."""
    before, after = text[start - 1 : start], text[end : end + 1]
    opens = _is_letter(before) or (before.isdigit() and text[start].isdigit())
    closes = _is_letter(after) or after.isdigit()
    first, last = (_is_letter(letter) or letter.isdigit() for letter in (text[start], text[end - 1]))
    return not (first and opens) and not (last and closes)


def _is_letter(character: str) -> bool:
    return bool(character) and ((character.isascii() and character.isalpha()) or latin_base(character) is not None)


def _part(written: str, entry: Entry) -> Part:
    """How a term is said where it is written so."""
    reading = entry.reading
    letters = [letter for letter in reading if not letter.isspace()]
    if all(map(is_kana, letters)):
        return Japanese(written, _checked(entry, "ja", spelling.kana))
    if all(map(is_hangul, letters)):
        return Korean(written, _checked(entry, "ko", spelling.hangul))
    if _is_arpabet(reading):
        return English(written, _checked(entry, "en", spelling.arpabet))
    if _SPELLED.fullmatch(reading) or (any(map(is_han, entry.term)) and spelling.is_marked(reading)):
        return Chinese(written, _checked(entry, "zh", spelling.pinyin))
    return Plain(clean(reading)[0])


def _is_arpabet(reading: str) -> bool:
    """Whether it is meant so, right or wrong: capitals with a stressed vowel, or names of phones that lack a stress."""
    symbols = reading.split()
    bare = [symbol.rstrip("0123456789") for symbol in symbols]
    if not all(name.isascii() and name.isupper() and len(name) < 3 for name in bare):
        return False
    vowels = any(name[0] in "AEIOU" for name in bare) and len(bare) > 1
    return any(map(_STRESSED.fullmatch, symbols)) or (vowels and all(name in SYMBOLS["en"] for name in bare))


def _checked(entry: Entry, language: str, read: Callable[[str], Any]) -> Any:
    try:
        return read(entry.reading)
    except WrongSpellingError as wrong:
        before, reading, after = (
            shown(piece) for piece in (
                entry.reading[: wrong.start], entry.reading[wrong.start : wrong.end], entry.reading[wrong.end :],
            )
        )  # fmt: skip
        nearest = ", ".join(wrong.nearest) or EXAMPLES[language]
        excerpt = f"{shown(entry.term)} = {before}→{reading}←{after}"
        raise TextError(
            "text_glossary_reading", term=shown(entry.term), reading=reading, excerpt=excerpt, nearest=nearest
        ) from None
