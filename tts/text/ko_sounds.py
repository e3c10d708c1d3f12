"""What Korean syllables do to each other: the rules of 표준발음법 (1988, 2017) that need no dictionary.

Numbers in brackets are its articles. What only a dictionary or a word's build can tell (사건, 꽃잎, 갈 곳) is written
into the blocks before, by `ko_words`.
"""

from collections.abc import Sequence
from typing import Final, Literal

from tts.text.ko_letters import REPRESENTATIVE, SILENT, Block

#: What stands between two syllables: nothing; the edge of a word (a coda is neutral before it is carried over: 옷 안 is
#: 오단); or the edge of words said with a breath between, over which no coda is carried (밥을 안 is 바블 안).
Joint = Literal["inside", "word", "loose"]

TENSE: Final = {"ㄱ": "ㄲ", "ㄷ": "ㄸ", "ㅂ": "ㅃ", "ㅅ": "ㅆ", "ㅈ": "ㅉ"}
_ASPIRATED: Final = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅂ": "ㅍ", "ㅈ": "ㅊ"}
_NASAL: Final = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}
#: What is left of a coda, and what goes over to the next syllable, where that starts with a vowel (13, 14).
_CARRIED: Final = {
    "ㄳ": ("ㄱ", "ㅆ"), "ㄵ": ("ㄴ", "ㅈ"), "ㄺ": ("ㄹ", "ㄱ"), "ㄻ": ("ㄹ", "ㅁ"), "ㄼ": ("ㄹ", "ㅂ"), "ㄽ": ("ㄹ",
    "ㅆ"),
    "ㄾ": ("ㄹ", "ㅌ"), "ㄿ": ("ㄹ", "ㅍ"), "ㅄ": ("ㅂ", "ㅆ"),
}  # fmt: skip
_WITHOUT_H: Final = {"ㅎ": "", "ㄶ": "ㄴ", "ㅀ": "ㄹ"}
#: Nouns in ㄺ; verbs in ㄺ keep ㄹ before ㄱ (11): 닭과 닥꽈, 읽고 일꼬.
_NOUNS_IN_LG: Final = frozenset("닭탉흙칡삵")


def connect(blocks: Sequence[Block], joints: Sequence[Joint]) -> None:
    """Lets each block change its neighbour, in place; `joints[i]` stands between blocks i and i + 1."""
    for this, following, joint in zip(blocks, blocks[1:], joints, strict=False):
        if joint != "inside":
            this.coda = REPRESENTATIVE[this.coda]
        if joint != "loose" or following.onset not in (SILENT, "ㅎ"):
            _meet(this, following, joint)
    if blocks:
        blocks[-1].coda = REPRESENTATIVE[blocks[-1].coda]


def _meet(this: Block, following: Block, joint: Joint) -> None:
    if not this.coda:
        return
    if this.coda in _WITHOUT_H:
        if _lose_h(this, following):
            return
    elif following.onset == "ㅎ" and _aspirate(this, following, joint):
        return
    if following.onset == SILENT:
        if this.coda != "ㅇ":
            _carry(this, following, joint)
        return
    if this.coda == "ㄺ" and following.onset in "ㄱㄲ" and str(this) not in _NOUNS_IN_LG:
        this.coda, following.onset = "ㄹ", "ㄲ"
        return
    _simplify(this, following)
    if this.coda in _NASAL:
        following.onset = TENSE.get(following.onset, following.onset)  # 23
        if following.onset == "ㄹ":
            following.onset = "ㄴ"  # 19
        if following.onset in "ㄴㅁ":
            this.coda = _NASAL[this.coda]  # 18
    elif following.onset == "ㄹ" and (this.coda in "ㅁㅇ" or (this.coda == "ㄴ" and joint != "inside")):
        following.onset = "ㄴ"  # 19; 20 for 의견란
    elif this.coda + following.onset in ("ㄴㄹ", "ㄹㄴ"):
        this.coda = following.onset = "ㄹ"  # 20


def _lose_h(this: Block, following: Block) -> bool:
    """ㅎ, ㄶ, ㅀ as codas (12). Returns whether nothing is left to do."""
    left = _WITHOUT_H[this.coda]
    if following.onset in _ASPIRATED:
        this.coda, following.onset = left, _ASPIRATED[following.onset]
    elif following.onset == "ㅅ":
        this.coda, following.onset = left, "ㅆ"
    elif following.onset == SILENT:
        this.coda, following.onset = "", left or SILENT
    elif following.onset == "ㅎ":
        this.coda = left
    else:
        this.coda = left or ("ㄴ" if following.onset == "ㄴ" else "ㄷ")
        return False
    return True


def _aspirate(this: Block, following: Block, joint: Joint) -> bool:
    """An obstruent before ㅎ (12, 17). Returns whether there was one."""
    left, last = _CARRIED.get(this.coda, ("", this.coda))
    if this.coda in ("ㄳ", "ㅄ", "ㄿ"):
        left, last = "", REPRESENTATIVE[this.coda]
    palatal = joint == "inside" and following.vowel in "ㅣㅕ" and last in "ㄷㅈ"
    plain = REPRESENTATIVE[last]
    if plain not in _NASAL:
        return False
    this.coda = left
    following.onset = "ㅊ" if palatal else _ASPIRATED[plain]
    return True


def _carry(this: Block, following: Block, joint: Joint) -> None:
    this.coda, following.onset = _CARRIED.get(this.coda, ("", this.coda))
    if joint == "inside" and following.vowel in "ㅣㅕ" and following.onset in "ㄷㅌ":
        following.onset = "ㅈ" if following.onset == "ㄷ" else "ㅊ"  # 17


def _simplify(this: Block, following: Block) -> None:
    """The coda becomes one of the seven; what is lost may leave the next consonant tense (24, 25)."""
    coda = this.coda
    this.coda = REPRESENTATIVE[coda]
    if coda == "ㄼ":
        first = this.onset + this.vowel
        if first == "ㅂㅏ" or (first == "ㄴㅓ" and str(following)[0] in "죽쭉둥뚱적쩍"):
            this.coda = "ㅂ"  # 10
        if first == "ㄷㅓ":
            return  # 여덟 is the only noun
    if coda in ("ㄵ", "ㄼ", "ㄾ"):
        following.onset = TENSE.get(following.onset, following.onset)
