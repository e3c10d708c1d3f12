"""Korean texts: template sentences, words by frequency, and syllables that cover every meeting of consonants."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from wordfreq import top_n_list

from training.texts.grammar import Grammar
from training.texts.korean_numbers import NUMBERS, numbers_written
from training.texts.korean_verbs import FORMS, inflected, with_particles

KINDS = {
    "statement": 34,
    "question": 12,
    "exclamation": 6,
    "short": 4,
    "carrier": 10,
    "list": 8,
    "long": 22,
    "number_text": 8,
    "mixed": 4,
}
#: Syllables, but for short answers.
SHORTEST, LONGEST = 3, 60
_VULGAR = re.compile(
    r"또라이|병크|등신|찐따|쓰레기새|섹스|씨발|시발|씨팔|좆|보지|자지|강간|성교|성폭|성추행|자위|야동|포르노|음란|매춘|창녀|걸레|병신|지랄|새끼|개새|존나|졸라|젖|"
    r"유방|성기|음경|질내|살인|살해|시체|자살|변태|성매매|게이|레즈|똥|오줌|년놈|미친|닥쳐|꺼져|엿먹|죽이|죽여|뒈|쌍년|썅|호로|"
    r"노출|누드|팬티|브라자|성욕|발기|사정|정액|오르가|애무"
)
_ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_CODAS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
#: Codas as they sound at the end: seven classes and none.
_CLASS = dict(zip(_CODAS, " KKKNNNTLKMLLLPLMPPTTŋTTKTPT", strict=True))
#: Stems, endings in the middle of a word, suffixes, roots: no word ends in them.
_BOUND = ("VV", "VA", "VX", "EP", "XS", "XP", "XR")
HANGUL = re.compile(r"[가-힣]+")


def parts(syllable: str) -> tuple[str, str, str]:
    """Onset, vowel and coda of a Hangul syllable; a space where there is no coda."""
    place = ord(syllable) - ord("가")
    return _ONSETS[place // 588], _VOWELS[place % 588 // 28], _CODAS[place % 28]


@cache
def words_of_kind(*kinds: str) -> tuple[str, ...]:
    """Frequent words of two to five syllables that MeCab takes for one morpheme of these kinds (NNG, NNP, MAG, …)."""
    return tuple(word for word, kind in _analysed().items() if kind in kinds)


@cache
def frequent_words() -> tuple[str, ...]:
    """Frequent words of two to five syllables, the most frequent first: neither endings and particles nor stems."""
    return tuple(_analysed())


@cache
def _analysed() -> dict[str, str]:
    """Frequent word -> the kinds of its morphemes, joined by +; the list has morphemes, of which many are no words."""
    from mecab import MeCab  # here, for no other language needs it

    mecab, found = MeCab(), {}
    for word in top_n_list("ko", 30_000):
        if not HANGUL.fullmatch(word) or not 2 <= len(word) <= 5 or _VULGAR.search(word):
            continue
        kinds = [kind for _, kind in mecab.pos(word)]
        # Stem and ending in one piece is a form such as 세요, mostly torn off a longer word.
        if (
            not any("+" in kind for kind in kinds)
            and kinds[0][:2] in ("NN", "NP", "NR", "MA", "MM", "IC", "VV", "VA")
            and kinds[-1][:2] not in _BOUND
        ):
            found[word] = "+".join(kinds)
    return found


def _meetings(text: str) -> list[tuple[str, str]]:
    """(coda, onset) of neighbouring syllables."""
    return [(parts(first)[2], parts(second)[0]) for first, second in pairwise(text)]


@cache
def words_by_sound() -> dict[tuple[str, ...], tuple[str, ...]]:
    """(onset, vowel, class of coda) and (coda, onset) -> frequent words that hold it, the most frequent first."""
    found: dict[tuple[str, ...], list[str]] = {}
    for word in frequent_words():
        sounds: list[tuple[str, ...]] = [*_meetings(word)]
        for syllable in word:
            onset, vowel, coda = parts(syllable)
            sounds.append((onset, vowel, _CLASS[coda]))
        for sound in sounds:
            words = found.setdefault(sound, [])
            if len(words) < 8 and word not in words:
                words.append(word)
    return {sound: tuple(words) for sound, words in sorted(found.items())}


def covering_words(rng: random.Random) -> Iterator[str]:
    """Words without end, so that each syllable and each meeting that frequent words hold comes once a round."""
    table, round_ = words_by_sound(), 0
    while True:
        sounds = list(table)
        rng.shuffle(sounds)
        for sound in sounds:
            yield table[sound][round_ % len(table[sound])]
        round_ += 1


def covering_syllables(rng: random.Random) -> Iterator[str]:
    """Two or three syllables without end: each coda meets each onset once a round, among random vowels."""
    simple = "ㅏㅐㅓㅔㅕㅗㅛㅜㅠㅡㅣㅘㅝㅟ"
    while True:
        pairs = [(coda, onset) for coda in " ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ" for onset in _ONSETS]
        rng.shuffle(pairs)
        for coda, onset in pairs:
            first = composed(rng.choice(_ONSETS), rng.choice(simple), coda)
            second = composed(onset, rng.choice(simple), rng.choice("      ㄱㄴㄹㅁㅂㅇ"))
            yield first + second + rng.choice(["", composed(rng.choice(_ONSETS), rng.choice(simple), " ")])


def composed(onset: str, vowel: str, coda: str = " ") -> str:
    """The Hangul syllable of its parts."""
    return chr(ord("가") + _ONSETS.index(onset) * 588 + _VOWELS.index(vowel) * 28 + _CODAS.index(coda))


_TRIPLES = ("ㄱㄲㅋ", "ㄷㄸㅌ", "ㅂㅃㅍ", "ㅈㅉㅊ", "ㅅㅆ")


def _contrast(rng: random.Random) -> list[str]:
    """A syllable, first or in the middle of a short word, with its lenis, tense and aspirated onset."""
    vowel, coda = rng.choice("ㅏㅓㅗㅜㅡㅣㅐㅔ"), rng.choice("    ㄴㄹㅇㅁ")
    before = rng.choice(["", "", "아", "오", "나", "이", "우", "마"])
    after = rng.choice(["", "", "다", "리", "마", "기"])
    return [before + composed(onset, vowel, coda) + after for onset in rng.choice(_TRIPLES)]


def _triple(rng: random.Random) -> str:
    words = _contrast(rng)
    rng.shuffle(words)
    return ", ".join(words) + "."


def _pair(rng: random.Random) -> str:
    first, second = rng.sample(_contrast(rng), 2)
    return with_particles(f"“{first}”(과) “{second}”")


class Korean:
    """Made Korean texts: `make(rng)` gives (text, kind)."""

    def __init__(self, rng: random.Random) -> None:
        self._cover, self._say = covering_words(rng), covering_syllables(rng)
        words, nouns, names = frequent_words(), words_of_kind("NNG")[:9000], words_of_kind("NNP")[:3000]
        adverbs = tuple(
            word for word in words_of_kind("MAG") if word.endswith(("히", "이", "게", "껏", "쩍", "뚝", "금", "룩"))
        )
        folder = Path(__file__).parent / "grammars"
        self.grammar = Grammar(
            [folder / "korean.txt", folder / "korean_words.txt"],
            None,
            {
                "cover": lambda _: next(self._cover),
                "say": lambda _: next(self._say),
                "word": lambda r: words[int(len(words) * r.random() ** 2)],
                "noun": lambda r: nouns[int(len(nouns) * r.random() ** 1.5)],
                "name": lambda r: names[int(len(names) * r.random() ** 1.5)],
                "adverb": lambda r: r.choice(adverbs),
                "triple": _triple,
                "pair": _pair,
                "syllable": lambda r: composed(r.choice(_ONSETS), r.choice(_VOWELS), r.choice("   ㄱㄴㄷㄹㅁㅂㅇ")),
                **NUMBERS,
            },
        )
        sections = self.grammar.sections
        sections["do"] += sections["act"]
        # A clause is made of verb phrases: each form of a clause asks for the same form of its verb.
        for form in FORMS:
            sections[f"c_{form}"] = [
                re.sub(r"\{(do|act|nature)\}", rf"{{\1_{form}}}", clause) for clause in sections["c"]
            ]
        for slot in self.grammar.slots() - self.grammar.names():
            section, _, form = slot.rpartition("_")
            if form in FORMS and section in sections:
                sections[slot] = [inflected(phrase, form) for phrase in sections[section]]

    def make(self, rng: random.Random) -> tuple[str, str]:
        kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
        for _ in range(10):
            text = unicodedata.normalize("NFC", with_particles(self.grammar.expand(kind, rng)))
            length = len(re.findall(r"[가-힣\d]", text))
            if length <= LONGEST and (kind == "short" or length >= SHORTEST):
                break
        if kind == "number_text":
            return (text, "number") if rng.random() < 0.6 else (numbers_written(text), "number")
        return text, kind


def coverage(texts: list[str]) -> tuple[int, int, int, int]:
    """(syllables said, those that frequent words hold, meetings of coda and onset said, those frequent words hold).

    A syllable is its onset, its vowel and the class of its coda. Meetings reach across a space, not across a sign.
    """
    wanted = set(words_by_sound())
    said: set[tuple[str, ...]] = set()
    for text in texts:
        for clause in re.split(r"[^가-힣 ]+", text):
            said.update(_meetings(clause.replace(" ", "")))
            for syllable in clause.replace(" ", ""):
                onset, vowel, coda = parts(syllable)
                said.add((onset, vowel, _CLASS[coda]))
    syllables = {sound for sound in wanted if len(sound) == 3}
    meetings = wanted - syllables
    return len(said & syllables), len(syllables), len(said & meetings), len(meetings)
