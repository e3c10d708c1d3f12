"""Forms of Korean verbs and adjectives that templates ask for, and particles by the sound before them."""

from __future__ import annotations

import re

FORMS = ("s", "n", "a", "p", "u", "un", "ub", "m", "l", "b", "d")
_FIRST = ord("가")
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_CODAS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
# Stems that keep their consonant, where most stems of the same coda change it, and the other way round.
_KEEP_B = ("입", "잡", "씹", "집", "뽑", "업", "접", "좁", "꼽", "뒤집", "붙잡")
_CHANGE_D = ("듣", "걷", "묻", "싣", "깨닫", "긷", "일컫", "엿듣")
_CHANGE_S = ("짓", "낫", "붓", "잇", "긋", "젓")
_CHANGE_H = ("빨갛", "파랗", "노랗", "하얗", "까맣", "그렇", "커다랗")
_KEEP_REU = ("따르", "치르", "들르")
_CONTRACTED = {"ㅗ": "ㅘ", "ㅜ": "ㅝ", "ㅣ": "ㅕ", "ㅚ": "ㅙ"}


def _parts(syllable: str) -> tuple[int, str, str]:
    place = ord(syllable) - _FIRST
    return place // 588, _VOWELS[place % 588 // 28], _CODAS[place % 28]


def _syllable(onset: int, vowel: str, coda: str = " ") -> str:
    return chr(_FIRST + onset * 588 + _VOWELS.index(vowel) * 28 + _CODAS.index(coda))


def _with_coda(text: str, coda: str) -> str:
    onset, vowel, _ = _parts(text[-1])
    return text[:-1] + _syllable(onset, vowel, coda)


def inflected(phrase: str, form: str) -> str:
    """A phrase that ends in a verb or an adjective in its dictionary form (`밥을 먹다`), in one form.

    `s` 먹(고, 지만), `n` the same without ㄹ (만드(는, 네)), `a` 먹어(요, 서), `p` 먹었(어요), `u` 먹으(면, 려고),
    `un` the same without ㄹ (만드(니까, 세요)), `ub` 먹읍(시다),
    `m` 먹은, `l` 먹을, `b` 먹습(니다), `d` 먹는(다).
    Raises KeyError for another form.
    """
    stem = phrase.removesuffix("다")
    coda = _parts(stem[-1])[2]
    word = stem.rpartition(" ")[2]
    if form == "s":
        return stem
    if form == "n":
        return _with_coda(stem, " ") if coda == "ㄹ" else stem
    if form in ("b", "d"):
        fused = {"b": ("ㅂ", "습"), "d": ("ㄴ", "는")}[form]
        return _with_coda(stem, fused[0]) if coda in " ㄹ" else stem + fused[1]
    if form == "a":
        return _infinitive(stem, word)
    if form == "p":
        return _with_coda(_infinitive(stem, word), "ㅆ")
    if form == "m" and word.endswith(("있", "없")):
        return stem + "는"
    linked = stem if coda in " ㄹ" else _softened(stem, word) or stem + "으"
    bare = _with_coda(linked, " ")
    return {
        "u": linked,
        "un": bare,
        "ub": _with_coda(bare, "ㅂ"),
        "m": _with_coda(bare, "ㄴ"),
        "l": _with_coda(bare, "ㄹ"),
    }[form]


def _softened(stem: str, word: str) -> str | None:
    """The stem before 으 where its coda gives way: 듣 들으, 돕 도우, 짓 지으, 빨갛 빨가."""
    coda = _parts(stem[-1])[2]
    if coda == "ㅂ" and not word.endswith(_KEEP_B):
        return _with_coda(stem, " ") + "우"
    if coda == "ㄷ" and word.endswith(_CHANGE_D):
        return _with_coda(stem, "ㄹ") + "으"
    if coda == "ㅅ" and word.endswith(_CHANGE_S):
        return _with_coda(stem, " ") + "으"
    if coda == "ㅎ" and word.endswith(_CHANGE_H):
        return _with_coda(stem, " ")
    return None


def _infinitive(stem: str, word: str) -> str:
    onset, vowel, coda = _parts(stem[-1])
    if stem.endswith("하"):
        return stem[:-1] + "해"
    if softened := _softened(stem, word) if coda != " " else None:
        if coda == "ㅂ":
            return softened[:-1] + ("와" if word in ("돕", "곱") else "워")
        if coda == "ㅎ":
            return stem[:-1] + _syllable(onset, "ㅒ" if vowel == "ㅑ" else "ㅐ")
        return softened[:-1] + ("아" if vowel in "ㅏㅗ" else "어")
    if coda != " ":
        return stem + ("아" if vowel in "ㅏㅗㅑ" else "어")
    if vowel in "ㅏㅓㅐㅔㅕ":
        return stem
    if vowel == "ㅡ":
        before = _parts(stem[-2])[1] if len(stem) > 1 and re.match("[가-힣]", stem[-2]) and len(word) > 1 else "ㅓ"
        ending = "ㅏ" if before in "ㅏㅗ" else "ㅓ"
        if stem.endswith("르") and not word.endswith(_KEEP_REU):
            return _with_coda(stem[:-1], "ㄹ") + ("라" if ending == "ㅏ" else "러")
        return stem[:-1] + _syllable(onset, ending)
    if word == "피":
        return stem + "어"
    if vowel in _CONTRACTED:
        return stem[:-1] + _syllable(onset, _CONTRACTED[vowel])
    return stem + "어"


#: Particle as templates write it, `책(을)` -> after a consonant, after a vowel.
_PARTICLES = {
    "은": ("은", "는"), "이": ("이", "가"), "을": ("을", "를"), "과": ("과", "와"), "으로": ("으로", "로"),
    "이에요": ("이에요", "예요"), "아": ("아", "야"), "이었": ("이었", "였"),
}  # fmt: skip
# Forms of 이다 and particles that begin with 이 lose it after a vowel.
_PARTICLES |= {
    particle: (particle, particle[1:])
    for particle in (
        "이나 이랑 이야 이라고 이라는 이라니 이라도 이란 이네 이죠 이고 이지만 이다 이군 이잖아 이요".split()
    )
}
_MARKED = re.compile(
    r"([A-Za-z]+|[\w%℃])([\"'”’」)]*)\((" + "|".join(sorted(_PARTICLES, key=len, reverse=True)) + r")\)"
)
# Digits and letters as their Korean names end: 일 이 삼…; 엘 엠 엔 알.
_ENDS = {"0": "영", "1": "일", "2": "이", "3": "삼", "4": "사", "5": "오", "6": "육", "7": "칠", "8": "팔", "9": "구"}
_LETTERS = {"L": "ㄹ", "M": "ㅁ", "N": "ㄴ", "R": "ㄹ"}
# English words as Korean says them: 디자인, 뮤직, 플래닛 and 모델 end in a consonant, 서버, 컬처 and 파티 do not.
_ENGLISH_L = re.compile(r"(?:l|ule)$")
_ENGLISH_CODA = re.compile(r"(?:[mn]|ng|ic|et|ine|ube|ail)$")


def with_particles(text: str) -> str:
    """A text with its particles; a number in digits closes up to its counter (`3 개`, 3개).

    Each `(을)` made 을 or 를 by the sound before it; `저(이)` 제가, `나(이)` 내가, `너(이)` 네가.
    """
    text = re.sub(r"(?<=\d) (?=(?:개|마리|잔|권|병|그릇|대|장|벌|번|명|살|시|달)(?![가-힣]*[^\s가-힣.,?!]))", "", text)
    text = re.sub(
        r"(?<![가-힣])([저나너])\(이\)", lambda found: {"저": "제가", "나": "내가", "너": "네가"}[found[1]], text
    )
    return _MARKED.sub(lambda found: found[1] + found[2] + _particle(found[1], found[3]), text)


def _particle(before: str, particle: str) -> str:
    after_consonant, after_vowel = _PARTICLES[particle]
    sign = _ENDS.get(before[-1], before[-1])
    if "가" <= sign <= "힣":
        coda = _parts(sign)[2]
    elif before.isupper():
        coda = _LETTERS.get(sign, " ")
    else:
        coda = "ㄹ" if _ENGLISH_L.search(before) else "ㄴ" if _ENGLISH_CODA.search(before) else " "
    if particle == "으로" and coda == "ㄹ":
        return after_vowel
    return after_vowel if coda == " " else after_consonant
