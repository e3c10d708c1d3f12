"""Japanese texts: template sentences, words by frequency and kind, and kana that cover every meeting of morae."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pyopenjtalk
from wordfreq import top_n_list

from training.texts.grammar import Grammar
from training.texts.japanese_numbers import NUMBERS, numbers_written
from training.texts.japanese_verbs import FORMS, inflected

KINDS = {
    "statement": 36,
    "question": 12,
    "exclamation": 6,
    "short": 5,
    "carrier": 11,
    "list": 8,
    "long": 16,
    "number_text": 8,
    "mixed": 4,
}
#: Morae, but for short answers.
SHORTEST, LONGEST = 3, 60
_VULGAR = re.compile(
    r"おっぱい|乳|膣|性器|性交|陰|姦|淫|売春|風俗|痴漢|エロ|セックス|アナル|オナニ|ペニス|フェラ|ちんこ|ちんぽ|まんこ|マンコ|チンコ|"
    r"チンポ|クソ|糞|うんこ|ウンコ|殺|死ね|レイプ|巨乳|熟女|アダルト|ポルノ|童貞|処女|ヌード|パンツ|下着|変態|強姦|精子|射精|中出|全裸|"
    r"人妻|ロリ|ビッチ|ブス|キチガイ|勃起|愛撫|乱交|援交|不倫|自慰|バイブ|ニガー|風俗|虐殺|遺体|死体|自殺|レズ|ホモ|手淫|媚薬|調教|緊縛|金玉|小便|大便|死|卑猥|猥褻|淫|裸|薬物|麻薬|覚醒剤"
)
#: Nouns that する follows but that nobody does on purpose.
_NOT_DONE = frozenset("意味 位置 関係 一緒 存在 結果 関連 出現 発生 続出 上下 意識 該当 相当 共通 依存 類似".split())
_MORA = re.compile(r"[ァ-ヴ][ァィゥェォャュョヮ]?|ー")
#: What the dictionary takes for whole adjectives that are endings or slips.
_NO_WORDS = frozenset("やすい にくい くらい かいい 継い 放題 積極 尋常 名誉 専用 おじゃる ちゃう".split())

#: Every mora that Japanese and its loan words have, the moraic nasal, the geminate and the long mark apart.
MORAE = tuple(
    (
        "ア イ ウ エ オ カ キ ク ケ コ サ シ ス セ ソ タ チ ツ テ ト ナ ニ ヌ ネ ノ ハ ヒ "
        "フ ヘ ホ マ ミ ム メ モ ヤ ユ ヨ ラ リ ル レ ロ ワ ガ ギ グ ゲ ゴ ザ ジ ズ ゼ ゾ "
        "ダ デ ド バ ビ ブ ベ ボ パ ピ プ ペ ポ キャ キュ キョ シャ シュ ショ チャ チュ チョ "
        "ニャ ニュ ニョ ヒャ ヒュ ヒョ ミャ ミュ ミョ リャ リュ リョ ギャ ギュ ギョ ジャ ジュ ジョ "
        "ビャ ビュ ビョ ピャ ピュ ピョ ファ フィ フェ フォ フュ ティ ディ トゥ ドゥ テュ デュ ウィ "
        "ウェ ウォ ヴァ ヴィ ヴ ヴェ ヴォ シェ ジェ チェ ツァ ツィ ツェ ツォ イェ クァ クォ グァ"
    ).split()
)
_NEVER_DOUBLED = set("アイウエオナニヌネノマミムメモヤユヨラリルレロワヴ")


def morae(kana: str) -> list[str]:
    """The morae of katakana; ッ, ン and ー are morae of their own."""
    return _MORA.findall(kana)


@cache
def _analysed() -> dict[str, tuple[tuple[str, ...], str]]:
    """Frequent word, the most frequent first -> (its part of speech in four steps, its katakana), if it is one word."""
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    for word in top_n_list("ja", 30_000):
        if not re.fullmatch(r"[\u3041-\u30ff\u4e00-\u9fff々]+", word) or _VULGAR.search(word):
            continue
        if word in _NO_WORDS:
            continue
        parts = pyopenjtalk.run_frontend(word)
        if len(parts) == 1:
            part = parts[0]
            if part["cform"] not in ("*", "基本形"):  # cut in the middle: the list has morphemes, not words
                continue
            kind = tuple(str(part[key]) for key in ("pos", "pos_group1", "pos_group2", "pos_group3"))
            found[word] = kind, str(part["pron"]).replace("’", "")
    return found


def spoken(word: str) -> list[str]:
    """The morae of a frequent word as it is said."""
    return morae(_analysed()[word][1])


@cache
def words_of_kind(*kind: str, shortest: int = 2) -> tuple[str, ...]:
    """Frequent words whose part of speech (of the naist-jdic, `名詞`, `一般`, …) begins so, the most frequent first."""
    return tuple(
        word
        for word, (found, _) in _analysed().items()
        if found[: len(kind)] == kind and len(word) >= shortest and not re.fullmatch(r"[\u3041-\u309f]{1,2}", word)
    )


@cache
def frequent_words() -> tuple[str, ...]:
    """Frequent whole words of at least two characters."""
    return tuple(
        word
        for word, (kind, _) in _analysed().items()
        if len(word) > 1
        and not re.fullmatch(r"[\u3041-\u309f]{2}", word)
        and kind[0] in ("名詞", "副詞", "形容詞", "動詞", "感動詞")
        and "接尾" not in kind
        and word[-1] not in "っッ"
    )


@cache
def words_by_pair() -> dict[tuple[str, str], tuple[str, ...]]:
    """Pair of morae inside a frequent word -> words that hold it, the most frequent first."""
    found: dict[tuple[str, str], list[str]] = {}
    for word in frequent_words():
        for pair in pairwise(spoken(word)):
            words = found.setdefault(pair, [])
            if len(words) < 8:
                words.append(word)
    return {pair: tuple(words) for pair, words in sorted(found.items())}


def covering_words(rng: random.Random) -> Iterator[str]:
    """Words without end, so that each pair of morae inside a frequent word comes once a round."""
    table, round_ = words_by_pair(), 0
    while True:
        pairs = list(table)
        rng.shuffle(pairs)
        for pair in pairs:
            yield table[pair][round_ % len(table[pair])]
        round_ += 1


def covering_kana(rng: random.Random) -> Iterator[str]:
    """Katakana of three to five morae without end: each mora meets each, straight, through ン, ッ or ー."""
    while True:
        # Shift by shift, so that few words already hold every mora.
        shifts = rng.sample(range(len(MORAE)), len(MORAE))
        places = [(place, shift) for shift in shifts for place in rng.sample(range(len(MORAE)), len(MORAE))]
        for place, shift in places:
            first, second = MORAE[place], MORAE[(place + shift) % len(MORAE)]
            between = rng.choices(["", "ン", "ッ", "ー"], [5, 2, 2, 2])[0]
            if between == "ッ" and second[0] in _NEVER_DOUBLED:
                between = ""
            rest = rng.choice(MORAE) + rng.choice(["", "", "ン", "ー"])
            yield first + between + second + rest if rng.random() < 0.7 else rest + first + between + second


def _whole(words: tuple[str, ...]) -> tuple[str, ...]:
    """Those of compounds in kanji alone or of at least three katakana: shorter ones are often cut from longer words."""
    return tuple(word for word in words if re.fullmatch(r"[\u4e00-\u9fff々]{2,}|[ァ-ー]{3,}", word))


class Japanese:
    """Made Japanese texts: `make(rng)` gives (text, kind)."""

    def __init__(self, rng: random.Random, words: list[str] | None = None) -> None:
        self._cover, self._say = covering_words(rng), covering_kana(rng)
        given = tuple(words or ()) + frequent_words()
        kata = tuple(word for word in frequent_words() if re.fullmatch(r"[ァ-ー]{3,}", word))
        nouns = _whole(words_of_kind("名詞", "一般"))[:6000]
        sahen = tuple(word for word in words_of_kind("名詞", "サ変接続") if re.fullmatch(r"[\u4e00-\u9fff]{2,}", word))[
            :1800
        ]
        qualities = tuple(word for word in _whole(words_of_kind("名詞", "形容動詞語幹")) if word[-1] != "つ")
        verbs = tuple(word for word in words_of_kind("動詞", "自立") if re.match("[\u4e00-\u9fff]", word))
        adjectives = words_of_kind("形容詞", "自立")
        adverbs = words_of_kind("副詞", "一般", shortest=3)
        names = tuple(
            word for word in words_of_kind("名詞", "固有名詞", "人名", "姓") if not re.search("[ァ-ヴ]", word)
        )
        areas = words_of_kind("名詞", "固有名詞", "地域", "一般")
        folder = Path(__file__).parent / "grammars"
        self.grammar = Grammar(
            [folder / "japanese.txt", folder / "japanese_words.txt"],
            None,
            {
                "cover": lambda _: next(self._cover),
                "say": lambda _: next(self._say),
                "word": lambda r: given[int(len(given) * r.random() ** 2)],
                "kata": lambda r: r.choice(kata),
                "noun": lambda r: nouns[int(len(nouns) * r.random() ** 1.5)],
                "sahen": lambda r: sahen[int(len(sahen) * r.random() ** 1.5)],
                "na": lambda r: r.choice(qualities),
                "verb": lambda r: r.choice(verbs),
                "adjective": lambda r: r.choice(adjectives),
                "adverb": lambda r: r.choice(adverbs),
                "name": lambda r: r.choice(names),
                "area": lambda r: r.choice(areas),
                **NUMBERS,
            },
        )
        self.grammar.sections["do"] += self.grammar.sections["act"]
        for slot in self.grammar.slots() - self.grammar.names():
            section, _, form = slot.rpartition("_")
            if form in FORMS and section in self.grammar.sections:
                self.grammar.sections[slot] = [inflected(phrase, form) for phrase in self.grammar.sections[section]]

    def make(self, rng: random.Random) -> tuple[str, str]:
        kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
        for _ in range(10):
            text = self.grammar.expand(kind, rng)
            if _length(text) <= LONGEST and (kind == "short" or _length(text) >= SHORTEST):
                break
        if kind == "number_text":
            return (text, "number") if rng.random() < 0.6 else (numbers_written(text), "number")
        return text, kind


def _length(text: str) -> float:
    """About how many morae a text has: a kanji has mostly two in compounds, one and a half in words with kana."""
    text = re.sub(r"\[[^\]]*\]", "", text)
    return 1.7 * len(re.findall(r"[\u4e00-\u9fff\d]", text)) + len(re.findall(r"[\u3041-\u30ff]", text))


def coverage(texts: list[str]) -> tuple[int, int, int, int, list[str]]:
    """(pairs of morae said, pairs that frequent words hold, those of them said, all morae there are, morae missing)."""
    inside, single = set(words_by_pair()), set[str]()
    said: set[tuple[str, str]] = set()
    for text in texts:
        plain = re.sub(r"\[[^\]]*\]\{([^}]*)\}", r"\1", text)
        for clause in re.split(r"[、。！？「」…]", plain):
            if clause:
                kana = "".join(str(part["pron"]) for part in pyopenjtalk.run_frontend(clause)).replace("’", "")
                found = morae(kana)
                single.update(found)
                said.update(pairwise(found))
    wanted = {*MORAE, "ン", "ッ", "ー"}
    return len(said), len(inside), len(said & inside), len(wanted), sorted(wanted - single)
