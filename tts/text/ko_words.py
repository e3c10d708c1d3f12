"""What only a word's build tells about its sound: where words begin inside an eojeol, stems, endings and particles.

The articles in brackets are those of 표준발음법; `ko_sounds` has the rest of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Final

from tts.text.ko_letters import SILENT, Block, block, is_block
from tts.text.ko_lexicon import RESPELLED
from tts.text.ko_sounds import TENSE, Joint

#: What a writer may run together with its neighbours is looked up only where a word begins; longer entries anywhere.
_ENTRY: Final = re.compile("|".join(sorted(RESPELLED, key=len, reverse=True)))
_LONG: Final = 3
#: Classes (of the Sejong tag set) that begin a word of their own.
_LEXICAL: Final = ("NNG", "NNP", "NNB", "NR", "NP", "VV", "VA", "MM", "MA", "XR", "XPN")
_STEMS: Final = ("VV", "VA", "VX")
_NOUNS: Final = ("NNG", "NNP")
_Y: Final = "ㅑㅒㅕㅖㅛㅠ"

#: Nouns that take ㄴ before their ㅣ in a compound, and short ones in ㅑ, ㅕ, ㅛ, ㅠ (29). Longer ones all take it.
_WITH_N: Final = frozenset("일 입 잎 잇 이불 이야기 역 약 엿 유 염 용 윷 요".split())
#: Verbs that take it after an adverb or a bare noun: 옷 입다, 잘 읽다.
_VERBS_WITH_N: Final = frozenset("입 익 읽 잊 이기 일어나 일어서 잃 이루".split())
#: Nouns whose first sound is tense at the end of a compound, after ㄴ, ㅁ, ㅇ, ㄹ (28).
_TENSE_HEADS: Final = frozenset(
    "속 길 빛 줄기 바닥 가락 바람 결 살 재주 잔 자리 거리 짓 값 덩이 덩어리 가루 바구니 소리 자국 버릇 불 병 달".split()
)
#: Last parts that are tense after any word of two syllables and more.
_TENSE_SUFFIXES: Final = frozenset("성 권 증 법 과".split())
#: Nouns that stand as adverbs, and are no part of what follows.
_ADVERBIAL: Final = frozenset("오늘 내일 모레 지금 요즘 매일 방금 아침 점심 저녁 당신 선생님 여러분".split())
#: Suffixes that ㄹ makes tense (26).
_SUFFIXES_AFTER_L: Final = frozenset("적 성 자 소 지 장 증 사 제 세 주 죄 서 실 식 진".split())
#: Counters of other languages stay lenis after 일, 칠, 팔, 열.
_LOANS: Final = (
    "달러",
    "센티",
    "센트",
    "데시",
    "데니",
    "드라",
    "세트",
    "시즌",
    "점프",
    "게임",
    "골",
    "박스",
    "그램",
    "기가",
    "바이트",
    "볼트",
)

#: Syllables that words of Chinese origin are made of, where ㄹ makes the next ㄷ, ㅅ, ㅈ tense (26).
_SINO_L: Final = frozenset(
    "갈걸결골괄굴귤길날달돌랄렬률말멸몰물밀발벌별불살설솔술슬실알얼열울월율을일절졸즐질찰철촐출칠탈팔필할헐혈홀활휼흘힐"
)
_SINO_AFTER: Final = frozenset(
    "다단달담답당대덕도독돈동두둔득등사산살삼상색생서석선설섬섭성세소속손송쇄쇠수숙순술숭습승시식신실심"
    "자작잔잠장재쟁저적전절점접정제조족존종좌죄주죽준중즉증지직진질집징"
)


@dataclass(frozen=True, slots=True)
class Morpheme:
    """`build` is how the dictionary puts it together: 하/VV/*+ᆯ게요/EC/* for 할게요, "" where it is one piece."""

    start: int
    text: str
    tag: str
    build: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@cache
def _analyser() -> Any:
    from mecab import MeCab

    return MeCab()


def analyse(text: str) -> list[Morpheme]:
    """Morphemes with their places; compounds come in their parts."""
    found: list[Morpheme] = []
    for item in _analyser().parse(text):
        feature = item.feature
        whole = Morpheme(item.span.start, item.surface, feature.pos, feature.expression or "")
        found += _parts(whole) if feature.type == "Compound" else [whole]
    return found


def _parts(whole: Morpheme) -> list[Morpheme]:
    parts: list[Morpheme] = []
    start = whole.start
    for part in whole.build.split("+"):
        text, tag = [*part.split("/"), ""][:2]
        parts.append(Morpheme(start, text, tag))
        start += len(text)
    return parts if "".join(part.text for part in parts) == whole.text else [whole]


class _Spelling:
    """A text of syllables and spaces whose syllables can be written anew, place by place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks = [block(character) if is_block(character) else None for character in text]
        self.settled: set[int] = set()

    def write(self, place: int, spelled: str) -> None:
        """An entry of the lexicon, which no rule changes."""
        self.blocks[place : place + len(spelled)] = map(block, spelled)
        self.settled.update(range(place, place + len(spelled)))

    def at(self, place: int) -> Block | None:
        return self.blocks[place] if place < len(self.blocks) and place not in self.settled else None

    def tense(self, place: int) -> None:
        found = self.at(place)
        if found is not None:
            found.onset = TENSE.get(found.onset, found.onset)

    def put_n(self, place: int) -> None:
        found = self.at(place)
        if found is not None and found.onset == SILENT:
            found.onset = "ㄴ"


def spell(text: str) -> tuple[list[Block], list[Joint]]:
    """`text` is syllable blocks and spaces. Returns a block for each syllable, respelled where its word says so."""
    morphemes = analyse(text)
    spelling = _Spelling(text)
    _respell(spelling, morphemes)
    for morpheme in morphemes:
        _within(spelling, morpheme)
    for before, after in pairwise(morphemes):
        _between(spelling, before, after)
    _genitive(spelling, morphemes)
    _numerals(spelling, morphemes)
    # 음 and 이 make nouns of verbs: 웃음 is no compound.
    starts = {found.start for found in morphemes if found.tag.startswith(_LEXICAL) and found.text not in ("음", "이")}
    close = {after.start for before, after in pairwise(morphemes) if _is_close(before, after)}
    close.update(found.end() + 1 for found in _POINT.finditer(text))
    blocks: list[Block] = []
    joints: list[Joint] = []
    for place, found in enumerate(spelling.blocks):
        if found is not None:
            if blocks:
                spaced = spelling.blocks[place - 1] is None
                joints.append(
                    "loose" if spaced and place not in close else "word" if spaced or place in starts else "inside"
                )
            blocks.append(found)
    return blocks, joints


def _respell(spelling: _Spelling, morphemes: Sequence[Morpheme]) -> None:
    """Entries of the lexicon, unless they lie across two words or hold a particle: no 인기 in 확인 기간."""
    owner = {place: morpheme for morpheme in morphemes for place in range(morpheme.start, morpheme.end)}
    for found in _ENTRY.finditer(spelling.text):
        own = [owner[place] for place in range(*found.span()) if place in owner]
        if not own or (own[0] is not own[-1] and own[0].start != found.start()):
            continue
        if len(found[0]) >= _LONG or not any(morpheme.tag[:1] in "JE" for morpheme in own):
            spelling.write(found.start(), RESPELLED[found[0]])


def _within(spelling: _Spelling, morpheme: Morpheme) -> None:
    """Inside one morpheme: vowels (5), endings in -ㄹ (27), and words of Chinese origin (26)."""
    for place in range(morpheme.start, morpheme.end):
        found = spelling.blocks[place]
        if found is not None and found.vowel == "ㅖ" and found.onset not in (SILENT, "ㄹ", "ㄴ"):
            found.vowel = "ㅔ"
    if _has_ending_in_l(morpheme):
        for found_ending in re.finditer("[가-힣](?=게|걸|거|수록|지|진대|세라|밖에)", morpheme.text):
            if _coda(found_ending[0]) == "ㄹ":
                spelling.tense(morpheme.start + found_ending.end())
    elif morpheme.tag in (*_NOUNS, "XR", "MAG"):
        for place in range(morpheme.start + 1, morpheme.end):
            this, following = spelling.text[place - 1], spelling.text[place]
            if this in _SINO_L and following in _SINO_AFTER and this != following:
                spelling.tense(place)


def _has_ending_in_l(morpheme: Morpheme) -> bool:
    """을게 and 할게, not the 알지 of 알-지."""
    return morpheme.tag.startswith("E") or bool(
        re.search("\\+(?:\u11af|ㄹ|을)", morpheme.build) and "E" in morpheme.tag
    )


def _between(spelling: _Spelling, before: Morpheme, after: Morpheme) -> None:
    coda = _coda(before.text)
    joined = before.end == after.start
    if after.start - before.end > 1:
        return
    if _takes_n(before, after, coda, joined=joined):
        spelling.put_n(after.start)
    elif _turns_tense(before, after, coda, joined=joined):
        spelling.tense(after.start)


def _takes_n(before: Morpheme, after: Morpheme, coda: str, *, joined: bool) -> bool:
    first = block(after.text[0]) if is_block(after.text[0]) else None
    if not coda or first is None or first.onset != SILENT or first.vowel not in _Y + "ㅣ":
        return False
    if after.tag.startswith("VV"):
        bare = before.text in ("못", "잘") or before.text == "옷"
        return bare and not joined and after.text.startswith(tuple(_VERBS_WITH_N))
    if after.tag not in (*_NOUNS, "XSN"):
        return False
    if not (before.tag in (*_NOUNS, "MM", "XPN", "XR") or before.tag.endswith("ETM")):
        return False
    if after.text in _WITH_N:
        if after.text == "용" and coda == "ㅇ":
            return False
        return joined or before.tag not in _NOUNS
    if coda == "ㅇ" and len(before.text) == 1:
        return False  # 동영상
    return first.vowel in _Y and len(after.text) > 1 and before.text not in _ADVERBIAL


def _turns_tense(before: Morpheme, after: Morpheme, coda: str, *, joined: bool) -> bool:
    if before.tag in _STEMS and after.tag.startswith("E"):
        return coda in ("ㄴ", "ㅁ", "ㄵ", "ㄻ")  # 24
    if before.tag.endswith("ETM"):
        return coda == "ㄹ"  # 27
    if joined and after.text == "도":
        return False
    if before.tag == "NR" or (before.tag == "MM" and before.text in ("열", "여덟")):
        return _numeral_turns_tense(before.text, after)
    if not joined or not before.tag.startswith("N"):
        return False
    noun = after.tag in (*_NOUNS, "XSN")
    if noun and after.text in _TENSE_SUFFIXES and len(before.text) > 1:
        return before.text + after.text != "영수증"
    if noun and coda == "ㄹ" and after.text in _SUFFIXES_AFTER_L and before.text[-1] in _SINO_L:
        return True
    if after.tag == "XSN" and after.text == "적":
        return len(before.text) == 1
    return after.tag in _NOUNS and after.text in _TENSE_HEADS and coda in ("ㄴ", "ㅁ", "ㅇ", "ㄹ")


def _numeral_turns_tense(numeral: str, after: Morpheme) -> bool:
    """일 점, 칠십, 팔 도; 열 개, 여덟 살."""
    if after.text.startswith(_LOANS) or after.tag.startswith(("J", "E", "V")):
        return False
    if numeral.endswith(("일", "칠", "팔")):
        return is_block(after.text[0]) and block(after.text[0]).onset in "ㄷㅅㅈ"
    return numeral.endswith(("열", "여덟", "스물"))


def _is_close(before: Morpheme, after: Morpheme) -> bool:
    """Whether two eojeols are said in one go, so that a coda is carried over: 옷 안, 꽃 한 송이, 못 읽다, 좋은 아침."""
    if before.tag in ("MM", "NR", "SN", "XPN") or before.tag.endswith("ETM"):
        return True
    if before.tag.startswith("MA"):
        return len(before.text) == 1
    if after.tag.startswith(("NNB", "VX")):
        return True
    return before.tag in (*_NOUNS, "XSN") and after.tag.startswith(("NNG", "NNP", "VV", "VA", "MM"))


#: Words in 의 that end compounds; at the end of an eojeol any other 의 that is no whole word is the particle.
_IN_UI: Final = tuple(
    "회의 주의 강의 협의 합의 논의 동의 결의 심의 질의 예의 정의 상의 문의 의의 건의 항의 제의 호의".split()
)


def _genitive(spelling: _Spelling, morphemes: Sequence[Morpheme]) -> None:
    """의 (5): 에 as the particle, 이 inside a word, as it stands at the start of one."""
    text = spelling.text
    owner = {place: morpheme for morpheme in morphemes for place in range(morpheme.start, morpheme.end)}
    for place, character in enumerate(text):
        found = spelling.at(place)
        if character == "의" and found is not None and place and text[place - 1] != " ":
            found.vowel = "ㅔ" if _is_particle(text, place, owner.get(place)) else "ㅣ"


def _is_particle(text: str, place: int, morpheme: Morpheme | None) -> bool:
    before = text[:place].split(" ")[-1]
    if before == "문":  # 문의 is rarely that of a door
        return False
    if morpheme is not None and morpheme.text == "의" and morpheme.tag.startswith("J"):
        return True
    if text[place + 1 : place + 2] not in ("", " "):
        return False
    whole = morpheme is not None and morpheme.end - morpheme.start == len(before) + 1
    return not (whole or (morpheme is not None and morpheme.text.endswith(_IN_UI)))


#: The point of a decimal number, which is said tense and in one go with what follows: 삼 점 일사 is 삼 쩌 밀싸.
_POINT: Final = re.compile("(?<=[일이삼사오육칠팔구십백천만억조경영공] )점(?= [영공일이삼사오육칠팔구])")

#: A chapter, article or week after ㄹ: 제일 장 is 제일 짱.
_CHAPTER: Final = re.compile("(?:(?<=[제십][일칠팔] )|(?<=[제십][일칠팔]))[장절조주단대](?![가-힣]{3})")


def _numerals(spelling: _Spelling, morphemes: Sequence[Morpheme]) -> None:
    """ㄴ comes in before 육, 여섯 and 여덟 (29): 십육 심뉵, 열여섯 열려섣; 열다섯 is 열따섣."""
    numeral = {
        place for morpheme in morphemes if morpheme.tag in ("NR", "MM", "SN", "NNBC", "NNG")
        for place in range(morpheme.start, morpheme.end)
    }  # fmt: skip
    for found in re.finditer("(?<=[십백천만억삼일칠팔])육|(?<=[열물른흔쉰순])여(?=섯|덟)", spelling.text):
        if found.start() in numeral and found.start() - 1 in numeral:
            spelling.put_n(found.start())
    for found in (*_POINT.finditer(spelling.text), *_CHAPTER.finditer(spelling.text)):
        spelling.tense(found.start())
    for found in re.finditer("(?<=[열물])(?=두|둘|세|셋|다섯|댓)", spelling.text):
        if found.start() in numeral and found.start() - 1 in numeral:
            spelling.tense(found.start())


def _coda(text: str) -> str:
    return block(text[-1]).coda if is_block(text[-1]) else ""
