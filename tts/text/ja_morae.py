"""Kana as morae: what each is, and the phones that say it."""

from dataclasses import dataclass
from itertools import chain
from typing import Final

#: Phones that carry the pitch of a mora.
BEARERS: Final = frozenset({"a", "i", "u", "e", "o", "I", "U", "N", "cl"})

_VOWELS: Final = "aiueo"
_ROWS: Final = {
    "アイウエオ": "", "カキクケコ": "k", "ガギグゲゴ": "g", "サ_スセソ": "s", "ザ_ズゼゾ": "z", "タ__テト": "t",
    "ダ__デド": "d", "ナニヌネノ": "n", "ハヒ_ヘホ": "h", "バビブベボ": "b", "パピプペポ": "p", "マミムメモ": "m",
    "ヤ_ユ_ヨ": "y", "ラリルレロ": "r", "ワ____": "w", "ァィゥェォ": "", "ャ_ュ_ョ": "y", "ヮ____": "w",
    "ヷ____": "v", "__ヴ__": "v", "___ヹヺ": "v", "_ヸ___": "v",
}  # fmt: skip
_ALONE: Final = {
    "シ": "sh i", "ジ": "j i", "チ": "ch i", "ヂ": "j i", "ツ": "ts u", "ヅ": "z u", "フ": "f u", "ヰ": "i", "ヱ": "e",
    "ヲ": "o", "ン": "N", "ッ": "cl", "ヵ": "k a", "ヶ": "k e", "ゕ": "k a", "ゖ": "k e", "ㇰ": "k u", "ㇱ": "sh i",
    "ㇲ": "s u", "ㇳ": "t o", "ㇴ": "n u", "ㇵ": "h a", "ㇶ": "h i", "ㇷ": "f u", "ㇸ": "h e", "ㇹ": "h o", "ㇺ": "m u",
    "ㇻ": "r a", "ㇼ": "r i", "ㇽ": "r u", "ㇾ": "r e", "ㇿ": "r o",
}  # fmt: skip
#: What a kana turns into before a small vowel or a small y: the kana, its onset there, and the small kana it takes.
_JOINED: Final = (
    *((kana, f"{onset} y", "ャュョェ") for kana, onset in zip("キギニヒビピミリ", "kgnhbpmr", strict=True)),
    ("シ", "sh", "ャュョェァィゥォ"), ("ジ", "j", "ャュョェァィゥォ"), ("ヂ", "j", "ャュョェ"),
    ("チ", "ch", "ャュョェァィゥォ"), ("ツ", "ts", "ァィェォ"), ("ツ", "ts y", "ュ"), ("フ", "f", "ァィェォ"),
    ("フ", "f y", "ャュョ"), ("ヴ", "v", "ァィェォ"), ("ヴ", "v y", "ャュョ"), ("テ", "t", "ィ"), ("テ", "t y",
    "ャュョ"),
    ("デ", "d", "ィ"), ("デ", "d y", "ャュョ"), ("ト", "t", "ゥ"), ("ド", "d", "ゥ"), ("ト", "t w", "ァィェォ"),
    ("ウ", "w", "ァィェォ"), ("イ", "y", "ェ"), ("ク", "k w", "ァィェォヮ"), ("グ", "g w", "ァィェォヮ"),
    ("ス", "s", "ィ"), ("ス", "s w", "ァェォ"), ("ズ", "z", "ィ"), ("ホ", "h", "ゥ"), ("キ", "k y", "ァゥォ"),
)  # fmt: skip
_SMALL: Final = dict(zip("ァィゥェォャュョヮ", "aiueoauoa", strict=True))
#: The two signs that repeat the kana before them, as in いすゞ.
_REPEATS: Final = {"ヽ": False, "ヾ": True, "ゝ": False, "ゞ": True}
_VOICED: Final = dict(
    zip("カキクケコサシスセソタチツテトハヒフヘホ", "ガギグゲゴザジズゼゾダヂヅデドバビブベボ", strict=True)
)
_WRITTEN_OUT: Final = {"ヿ": "コト", "ゟ": "ヨリ"}


def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for row, onset in _ROWS.items():
        for kana, vowel in zip(row, _VOWELS, strict=True):
            if kana != "_":
                table[kana] = (onset, vowel) if onset else (vowel,)
    table |= {kana: tuple(phones.split()) for kana, phones in _ALONE.items()}
    for kana, onset, small in _JOINED:
        table |= {kana + letter: (*onset.split(), _SMALL[letter]) for letter in small}
    return table


#: Katakana of one mora -> its phones.
MORAE: Final = _table()


@dataclass(frozen=True, slots=True)
class Mora:
    """One beat of speech: its katakana, its phones (keys of SYMBOLS["ja"]), and whether its pitch is high."""

    kana: str
    phones: tuple[str, ...]
    high: bool = False


def katakana(text: str) -> str:
    """The text with its hiragana as katakana."""
    return "".join(chr(ord(letter) + 0x60) if "ぁ" <= letter <= "ゖ" else letter for letter in text)


def hiragana(text: str) -> str:
    """The text with its katakana as hiragana."""
    return "".join(chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter for letter in text)


def spell(kana: str) -> tuple[Mora, ...] | None:
    """Morae of kana as they are pronounced: ー repeats the vowel, ’ devoices the mora before it; None if it is no kana.

    Nothing is guessed: ハ is ha and ウ is u, whatever stands before.
    """
    morae: list[Mora] = []
    text = "".join(_WRITTEN_OUT.get(letter, letter) for letter in katakana(kana))
    place = 0
    while place < len(text):
        pair, letter = text[place : place + 2], text[place]
        if len(pair) == 2 and pair in MORAE:
            morae.append(Mora(pair, MORAE[pair]))
            place += 2
            continue
        place += 1
        if letter in "ー～〜":
            if not morae:
                return None
            vowel = morae[-1].phones[-1]
            # A beat that has no vowel of its own goes on as it is: んー.
            morae.append(Mora("ー", (vowel.lower() if vowel in "IU" else vowel,)))
        elif letter == "’":
            if morae:
                morae[-1] = devoiced(morae[-1])
        elif letter in _REPEATS and morae:
            before = morae[-1].kana
            said = _VOICED.get(before, before) if _REPEATS[letter] else before
            morae.append(Mora(said, MORAE.get(said, morae[-1].phones)))
        elif letter in MORAE:
            morae.append(Mora(letter, MORAE[letter]))
        else:
            return None
    return tuple(morae)


def devoiced(mora: Mora) -> Mora:
    last = mora.phones[-1]
    return Mora(mora.kana, (*mora.phones[:-1], last.upper() if last in "iu" else last), mora.high)


def display(morae: tuple[Mora, ...]) -> tuple[str, ...]:
    """Phones as shown: what bears the pitch has 1 where it is high, 0 where it is low."""
    return tuple(
        chain.from_iterable(
            (phone + str(int(mora.high)) if phone in BEARERS else phone for phone in mora.phones) for mora in morae
        )
    )
