"""Mandarin texts: template sentences, words by frequency, and words that cover every syllable with every tone."""

from __future__ import annotations

import random
import re
import warnings
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin, pinyin_dict
from wordfreq import top_n_list, zipf_frequency

from training.texts.grammar import Grammar

HAN = re.compile(r"[\u4e00-\u9fff]+")
KINDS = {
    "statement": 28,
    "question": 12,
    "exclamation": 6,
    "short": 8,
    "carrier": 16,
    "list": 12,
    "long": 8,
    "number_text": 10,
}
_WORDS_A_SYLLABLE = 16
_VULGAR = set("屄肏屌尻娼奸淫嫖妓尸屎尿粪")
_DIGITS = "零一二三四五六七八九"


def is_simplified(text: str) -> bool:
    """Whether GB 2312 holds every character: neither traditional nor rare."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def toned(word: str) -> list[str]:
    """The toned syllables of a word, `ü` written `v`, the neutral tone 5."""
    return lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False, errors="ignore")


def written(number: int) -> str:
    """A number from 0 to 99,999,999 in characters."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        if not low:
            return written(high) + "万"
        # Inside a number 10 to 19 begin with 一: 一万零一十.
        return written(high) + "万" + ("零" if low < 1000 else "") + ("一" if 10 <= low < 20 else "") + written(low)
    if number < 10:
        return _DIGITS[number]
    text, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if pending and text else "") + _DIGITS[digit] + name
            pending = False
        else:
            pending = bool(text)
    return text.removeprefix("一") if 10 <= number < 20 else text


@cache
def frequent_words() -> tuple[str, ...]:
    """Words of one to four characters, the most frequent first."""
    return tuple(
        word
        for word in top_n_list("zh", 80_000)
        if HAN.fullmatch(word) and len(word) <= 4 and is_simplified(word) and not set(word) & _VULGAR
    )


@cache
def nouns_and_verbs() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Common two- and three-character nouns, and verbs that are nouns too (they take abstract objects)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba asks for pkg_resources, which warns of its own end
        import jieba
    nouns, verbs = [], []
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, _, kind = line.split(" ")
        if len(word) not in (2, 3) or set(word) & _VULGAR or not HAN.fullmatch(word) or not is_simplified(word):
            continue
        if kind == "n" and zipf_frequency(word, "zh") >= 3.6:
            nouns.append(word)
        elif kind == "vn" and zipf_frequency(word, "zh") >= 4.2:
            verbs.append(word)
    return tuple(nouns), tuple(verbs)


@cache
def words_by_syllable() -> dict[str, tuple[str, ...]]:
    """Toned syllable -> words that hold it, the most frequent first.

    Syllables are those that pypinyin gives to the 6,763 characters of GB 2312. Where no word of the list has one,
    the character stands with its reading marked (`[字]{zi4}`), since a bare character would be read as its usual one.
    """
    found: dict[str, list[str]] = {}
    for word in frequent_words():
        if len(word) > 1:
            for syllable in toned(word):
                words = found.setdefault(syllable, [])
                if len(words) < _WORDS_A_SYLLABLE:
                    words.append(word)
    for code in pinyin_dict.pinyin_dict:
        character = chr(code)
        if not is_simplified(character):
            continue
        readings = pinyin(character, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True, v_to_u=False)[0]
        for syllable in readings:
            if re.fullmatch(r"[a-z]*[aeiouv][a-z]*[1-5]", syllable) and "ê" not in syllable:
                found.setdefault(syllable, [f"[{character}]{{{syllable}}}"])
    return {syllable: tuple(words) for syllable, words in sorted(found.items())}


def covering_words(rng: random.Random) -> Iterator[str]:
    """Words without end, so that every toned syllable comes once in each round, in another word each time."""
    table = words_by_syllable()
    offset = 0
    while True:
        syllables = list(table)
        rng.shuffle(syllables)
        for syllable in syllables:
            words = table[syllable]
            yield words[(offset + rng.randrange(2)) % len(words)]
        offset += 1


class Mandarin:
    """Made Mandarin texts: `make(rng)` gives (text, kind)."""

    def __init__(self, rng: random.Random) -> None:
        self._cover = covering_words(rng)
        words = frequent_words()
        nouns, verbs = nouns_and_verbs()
        self.grammar = Grammar(
            [Path(__file__).parent / "grammars" / "mandarin.txt"],
            None,
            {
                "cover": lambda _: next(self._cover),
                # The square of a uniform number leans towards the frequent words.
                "word": lambda r: words[int(len(words) * r.random() ** 2)],
                "noun": lambda r: r.choice(nouns),
                "verb": lambda r: r.choice(verbs),
                **_NUMBERS,
            },
        )

    def make(self, rng: random.Random) -> tuple[str, str]:
        kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
        text = self.grammar.expand(kind, rng)
        if kind == "number_text":
            return (text, "number") if rng.random() < 0.5 else (numbers_written(text), "number")
        return text, kind


def numbers_written(text: str) -> str:
    """Plain whole numbers in digits turned into characters; years and long codes keep their digits."""
    return re.sub(r"(?<![\d.:\-/%点])\d{1,3}(?![\d.:\-/年%])", lambda found: written(int(found[0])), text)


def _clock(rng: random.Random) -> str:
    hour, minute = rng.randrange(24), rng.randrange(60)
    part = ("凌晨", "早上", "上午", "中午", "下午", "晚上")[hour // 4]
    return rng.choice(
        [
            f"{hour}:{minute:02d}",
            f"{part}{hour % 12 or 12}点{minute or 30}分",
            f"{part}{hour % 12 or 12}点半",
            f"{part}{written(hour % 12 or 12)}点钟",
            f"{part}{written(hour % 12 or 12)}点一刻",
        ]
    )


def _date(rng: random.Random) -> str:
    year, month, day = rng.randrange(1900, 2035), rng.randrange(1, 13), rng.randrange(1, 29)
    spelt = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year)).replace("〇", "零")
    return rng.choice(
        [f"{year}年{month}月{day}日", f"{spelt}年{written(month)}月{written(day)}日", f"{year}年{month}月"]
    )


def _big(rng: random.Random) -> str:
    number = rng.randrange(1000, 10 ** rng.randrange(4, 8))
    return rng.choice([str(number), written(number), f"{rng.randrange(2, 2000)}万", f"{rng.randrange(11, 99) / 10}亿"])


_NUMBERS = {
    "money": lambda r: r.choice(
        [f"{r.randrange(1, 2000)}块钱", f"{r.randrange(1, 99)}块{r.randrange(1, 10)}毛", f"{r.randrange(1, 9999)}元"]
    ),
    "clock": _clock,
    "date": _date,
    "monthday": lambda r: f"{r.randrange(1, 13)}月{r.randrange(1, 31)}{r.choice('日号')}",
    "weekday": lambda r: r.choice("一二三四五六日天"),
    "phone": lambda r: "1" + "".join(str(r.randrange(10)) for _ in range(10)),
    "degreec": lambda r: r.choice([f"{r.randrange(0, 40)}度", f"零下{r.randrange(1, 30)}度", f"{r.randrange(1, 40)}℃"]),
    "percent": lambda r: r.choice(
        [f"{r.randrange(1, 100)}%", f"{r.randrange(1, 999) / 10}%", f"百分之{written(r.randrange(1, 100))}"]
    ),
    "int": lambda r: str(r.randrange(1, 10 ** r.choice([1, 2, 2, 3]))),
    "smallint": lambda r: str(r.randrange(1, 21)),
    "room": lambda r: f"{r.randrange(1, 30)}0{r.randrange(1, 9)}",
    "big": _big,
    "decimal": lambda r: f"{r.randrange(0, 42)}.{r.randrange(1, 100)}",
    "fraction": lambda r: f"{written(r.randrange(2, 11))}分之{r.choice('一二三')}",
    "height": lambda r: f"一米{_DIGITS[r.randrange(5, 10)]}{r.choice(['', *_DIGITS[1:]])}",
}


def coverage(texts: Iterator[str] | list[str], limit: int | None = None) -> tuple[int, int, list[str]]:
    """(toned syllables said, toned syllables there are, those missing) over a list of texts."""
    wanted, said = set(words_by_syllable()), set()
    for text in islice(iter(texts), limit):
        said.update(re.findall(r"\{([a-z]+[1-5])\}", text))
        for run in HAN.findall(re.sub(r"\[[^\]]*\]\{[^}]*\}", " ", text)):
            said.update(toned(run))
    return len(wanted & said), len(wanted), sorted(wanted - said)
