"""The syllables of Mandarin: which there are, and the phones of each."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from tts.text.phones import SYMBOLS

_TABLE: Final = {
    "": "a o e ê ai ei ao ou an en ang eng er",
    "y": "ya yo ye yao you yan yin yang ying yong yi yu yue yuan yun",
    "w": "wu wa wo wai wei wan wen wang weng",
    "b": "ba bo bai bei bao ban ben bang beng bi bie biao bian biang bin bing bu",
    "p": "pa po pai pei pao pou pan pen pang peng pi pie piao pian pin ping pu",
    "m": "ma mo me mai mei mao mou man men mang meng mi mie miao miu mian min ming mu",
    "f": "fa fo fei fou fan fen fang feng fu fiao",
    "d": "da de dai dei dao dou dan den dang deng di dia die diao diu dian ding du duo dui duan dun dong",
    "t": "ta te tai tei tao tou tan tang teng ti tie tiao tian ting tu tuo tui tuan tun tong",
    "n": "na ne nai nei nao nou nan nen nang neng ni nia nie niao niu nian nin niang ning nu nuo nuan nun nong nv nve",
    "l": "la lo le lai lei lao lou lan lang leng li lia lie liao liu lian lin liang ling lu luo luan lun long lv lve",
    "g": "ga ge gai gei gao gou gan gen gang geng gu gua guo guai gui guan gun guang gong",
    "k": "ka ke kai kei kao kou kan ken kang keng ku kua kuo kuai kui kuan kun kuang kong",
    "h": "ha he hai hei hao hou han hen hang heng hu hua huo huai hui huan hun huang hong",
    "j": "ji jia jie jiao jiu jian jin jiang jing jiong ju jue juan jun",
    "q": "qi qia qie qiao qiu qian qin qiang qing qiong qu que quan qun",
    "x": "xi xia xie xiao xiu xian xin xiang xing xiong xu xue xuan xun",
    "zh": "zha zhe zhi zhai zhei zhao zhou zhan zhen zhang zheng zhu zhua zhuo zhuai zhui zhuan zhun zhuang zhong",
    "ch": "cha che chi chai chao chou chan chen chang cheng chu chua chuo chuai chui chuan chun chuang chong",
    "sh": "sha she shi shai shei shao shou shan shen shang sheng shu shua shuo shuai shui shuan shun shuang",
    "r": "re ri rao rou ran ren rang reng ru rua ruo rui ruan run rong",
    "z": "za ze zi zai zei zao zou zan zen zang zeng zu zuo zui zuan zun zong",
    "c": "ca ce ci cai cei cao cou can cen cang ceng cu cuo cui cuan cun cong",
    "s": "sa se si sai sao sou san sen sang seng su suo sui suan sun song",
    "h-": "hm hng",
    "-": "m n ng",
}

#: What the tables of the standard leave out: readings of rare characters and older dictionaries, and words of the
#: street that everybody can say.
_RARE: Final = {
    "b": "bia biu bong", "p": "pia", "m": "mua", "f": "fong", "d": "din diang duang", "t": "ten", "l": "len lvan lvn",
    "g": "ging", "s": "sei",
}  # fmt: skip
_GLIDED: Final = {"yai": ("y", "ai"), "wong": ("w", "ong")}
#: Glides are initials in these alone: elsewhere they are part of the final.
_INITIALS: Final = SYMBOLS["zh_initial"] | {"y": "y", "w": "w"}

_WHOLE: Final = {
    "yi": "i", "ya": "ia", "yo": "io", "ye": "ie", "yao": "iao", "you": "iou", "yan": "ian", "yin": "in",
    "yang": "iang", "ying": "ing", "yong": "iong", "yu": "v", "yue": "ve", "yuan": "van", "yun": "vn",
    "wu": "u", "wa": "ua", "wo": "uo", "wai": "uai", "wei": "uei", "wan": "uan", "wen": "uen", "wang": "uang",
    "weng": "ueng",
}  # fmt: skip
_SHORTENED: Final = {"iu": "iou", "ui": "uei", "un": "uen"}
_APICAL: Final = {"zh": "ir", "ch": "ir", "sh": "ir", "r": "ir", "z": "iz", "c": "iz", "s": "iz"}

_PIECE: Final = re.compile(r"([a-zê]+)([1-5])")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable as said: `initial` ("" for none) and `final` in the spelling of `phones.SYMBOLS`, `tone` 1 to 5.

    An erhua 儿 is a syllable with neither initial nor vowel: its final is "r", and it has the tone it rides on.
    """

    initial: str
    final: str
    tone: int

    @property
    def erhua(self) -> bool:
        return self.final == "r"

    def display(self) -> tuple[str, ...]:
        final = f"{self.final}{self.tone}"
        return (self.initial, final) if self.initial else (final,)

    def phones(self) -> tuple[str, ...]:
        final = SYMBOLS["zh_final"][self.final]
        return (_INITIALS[self.initial], final) if self.initial else (final,)


@cache
def _parts() -> dict[str, tuple[str, str]]:
    """Toneless syllable -> initial and final."""
    parts = {"r": ("", "r"), **_GLIDED}
    for group, row in (*_TABLE.items(), *_RARE.items()):
        for syllable in row.split():
            parts[syllable] = _split(group.rstrip("-"), syllable)
    return parts


def _split(initial: str, syllable: str) -> tuple[str, str]:
    if initial in ("y", "w"):
        return "", _WHOLE[syllable]
    final = syllable[len(initial) :]
    if initial in _APICAL and final == "i":
        return initial, _APICAL[initial]
    if initial in ("j", "q", "x") and final.startswith("u"):
        return initial, "v" + final[1:]
    return initial, _SHORTENED.get(final, final)


@cache
def syllables() -> tuple[str, ...]:
    """All toneless syllables of Mandarin, in order, ü written v. Erhua's "r" is no syllable of its own."""
    return tuple(sorted(syllable for syllable in _parts() if syllable != "r"))


@cache
def tones() -> dict[str, tuple[int, ...]]:
    """Toneless syllable -> the tones under which a dictionary has a character (5 where it has none at all)."""
    from pypinyin.constants import PINYIN_DICT  # here: the dictionary takes a tenth of a second to load
    from pypinyin.contrib.tone_convert import to_tone3

    readings = {reading for entry in PINYIN_DICT.values() for reading in entry.split(",")}
    found: dict[str, set[int]] = {syllable: set() for syllable in syllables()}
    for reading in readings:
        spelled = to_tone3(reading, neutral_tone_with_five=True)
        if spelled[:-1] in found and spelled[-1] in "12345":
            found[spelled[:-1]].add(int(spelled[-1]))
    return {syllable: tuple(sorted(seen)) or (5,) for syllable, seen in found.items()}


def parse(pinyin: str) -> Syllable | None:
    """ "kong2" -> its initial, final and tone; None where Mandarin has no such syllable."""
    matched = _PIECE.fullmatch(pinyin)
    if matched is None or matched[1] not in _parts():
        return None
    initial, final = _parts()[matched[1]]
    return Syllable(initial, final, int(matched[2]))


def syllable_phones(pinyin: str) -> tuple[tuple[str, str], ...]:
    """ "kong2" -> (("k", "zh2"), ("ong", "zh2")): names of phones and tones. Raises ValueError for no syllable."""
    syllable = parse(pinyin)
    if syllable is None:
        raise ValueError(f"not a Mandarin syllable with a tone: {pinyin!r}")
    return tuple((phone, f"zh{syllable.tone}") for phone in syllable.phones())
