"""The lexicon of feelings: which words of zh, en, ja and ko name an emotion or show one, and where they stand in a
text.

The words are data, `configs/emotion/LANGUAGE.yaml`. They are looked up in units of the language: characters of
Chinese and Japanese (whose stems are written out), words of English with their endings taken off, morphemes of Korean.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal

import yaml

from tts.errors import BundleError
from tts.text.ko_words import analyse

Language = Literal["zh", "en", "ja", "ko"]
Kind = Literal["feeling", "manner", "more", "less", "not", "none"]

FOLDER: Final = Path(__file__).resolve().parents[2] / "configs" / "emotion"
_GRADES: Final = {"strong": 1.0, "plain": 0.8, "mild": 0.5, "manner": 0.5}
_MODIFIERS: Final[tuple[Kind, ...]] = ("more", "less", "not", "none")
_ANYONES: Final = frozenset({"my", "your", "his", "her", "its", "our", "their", "one's"})
_IRREGULAR: Final = {
    "wept": "weep", "shook": "shake", "shaken": "shake", "sang": "sing", "spat": "spit", "swore": "swear", "hid":
    "hide", "fled": "flee", "threw": "throw", "fell": "fall", "flew": "fly", "lost": "lose", "spoke": "speak",
    "felt": "feel", "held": "hold", "broke": "break", "went": "go", "hurting": "hurt", "shrank": "shrink", "drew":
    "draw",
}  # fmt: skip
_WORD: Final = re.compile(r"[a-z][a-z'-]*[!]?|\d+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lexicon: its units as they are written, what it is, and for a feeling its emotion and size."""

    units: tuple[str, ...]
    kind: Kind
    emotion: str = ""
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """An entry and the units from `start` to `end` that it stands in."""

    entry: Entry
    start: int
    end: int


def units_of(text: str, language: Language) -> list[str]:
    """A clause in the units in which the language is looked up."""
    if language == "en":
        return _WORD.findall(text.lower().replace("’", "'"))
    if language == "ko":
        return [piece for morpheme in analyse(text) for piece in _base(morpheme.text, morpheme.build)]
    return [character for character in text if not character.isspace()]


def find(units: Sequence[str], language: Language) -> list[Found]:
    """The entries in a clause, from left to right, the longest where several fit, none over another."""
    found: list[Found] = []
    place = 0
    while place < len(units):
        best = None
        for entry in _candidates(units[place], language):
            end = _end(entry, units, place, language)
            if end and (best is None or end > best.end):
                best = Found(entry, place, end)
        if best:
            found.append(best)
        place = best.end if best else place + 1
    return found


@cache
def _analysed_forms(word: str) -> frozenset[str]:
    """An English word and what it may be the form of: sobbing -> sob, furiously -> furious, cried -> cry."""
    word = word.rstrip("!")
    forms = {word, word.removesuffix("'s"), _IRREGULAR.get(word, word)}
    for ending, instead in (
        ("ies", "y"), ("ied", "y"), ("ily", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""),
        ("ing", "e"), ("ly", ""), ("bly", "ble"), ("ally", ""), ("ness", ""), ("iness", "y"), ("er", ""), ("est",
        ""), ("ingly", ""), ("ingly", "e"), ("edly", "ed"), ("king", ""), ("ked", ""),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word.removesuffix(ending)
            forms.add(stem + instead)
            if not instead and len(stem) > 3 and stem[-1] == stem[-2]:
                forms.add(stem[:-1])
    if word.endswith("n't"):
        forms.add("n't")
    return frozenset(forms)


def _base(text: str, build: str) -> list[str]:
    """슬픈, 슬프/VA/*+ᆫ/ETM/* -> 슬프, ㄴ; a morpheme in one piece as it is."""
    return [part.split("/")[0] for part in build.split("+")] if build else [text]


def _fits(written: str, unit: str) -> bool:
    """Whether a unit of an entry may be this word of an English text."""
    if written == "one's":
        return unit in _ANYONES
    return written == unit or written in _analysed_forms(unit)


def _end(entry: Entry, units: Sequence[str], place: int, language: Language) -> int:
    """Where an entry that starts at `place` ends; 0 where it does not stand there."""
    if language == "en":
        size = len(entry.units)
        fits = place + size <= len(units) and all(map(_fits, entry.units, units[place : place + size]))
        return place + size if fits else 0
    # Morphemes may be cut elsewhere than the entry is, as long as both start and end together.
    rest = "".join(entry.units)
    while rest and place < len(units) and rest.startswith(units[place]):
        rest, place = rest[len(units[place]) :], place + 1
    return 0 if rest else place


def _candidates(unit: str, language: Language) -> Sequence[Entry]:
    table = _table(language)
    if language != "en":
        return table.get(unit[0], ())
    keys = {form[0] for form in _analysed_forms(unit) if form} | ({"o"} if unit in _ANYONES else set())
    return [entry for key in sorted(keys) for entry in table.get(key, ())]


@lru_cache(maxsize=4)
def _table(language: Language) -> dict[str, tuple[Entry, ...]]:
    """First character -> the entries that start with it."""
    table: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries(language):
        table[entry.units[0][0]].append(entry)
    return {key: tuple(rows) for key, rows in table.items()}


@lru_cache(maxsize=4)
def entries(language: Language) -> tuple[Entry, ...]:
    """The lexicon of a language; `BundleError` if its file is missing or not as it should be."""
    path = FOLDER / f"{language}.yaml"
    restore = f"git checkout -- configs/emotion/{path.name}"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        feelings = [
            Entry(tuple(word.split("_")), "manner" if grade == "manner" else "feeling", emotion, _GRADES[grade])
            for emotion, grades in content["emotions"].items()
            for grade, words in grades.items()
            for word in words.split()
        ]
        modifiers = [Entry(tuple(word.split("_")), kind) for kind in _MODIFIERS for word in content[kind].split()]
    except FileNotFoundError:
        raise BundleError("bundle_file_missing", file=str(path), restore=restore) from None
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise BundleError("bundle_file_damaged", file=str(path), reason=reason, restore=restore) from None
    # What means nothing wins over what is as long, and a feeling over the manner that shows it.
    return (*modifiers, *sorted(feelings, key=lambda entry: -entry.value))
