"""Hangul as letters: a syllable block is an onset, a vowel and a coda; and the phones that they stand for."""

import unicodedata
from dataclasses import dataclass
from typing import Final

_ONSETS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_CODAS: Final = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST: Final = 0xAC00

#: The letter that an onset without a sound is written with.
SILENT: Final = "ㅇ"

_ONSET_PHONES: Final = {
    "ㄱ": "g", "ㄲ": "kk", "ㄴ": "n", "ㄷ": "d", "ㄸ": "tt", "ㄹ": "r", "ㅁ": "m", "ㅂ": "b", "ㅃ": "pp", "ㅅ": "s",
    "ㅆ": "ss", "ㅈ": "j", "ㅉ": "jj", "ㅊ": "ch", "ㅋ": "k", "ㅌ": "t", "ㅍ": "p", "ㅎ": "h",
}  # fmt: skip
_VOWEL_PHONES: Final = {
    "ㅏ": ("a",), "ㅐ": ("e",), "ㅑ": ("y", "a"), "ㅒ": ("y", "e"), "ㅓ": ("eo",), "ㅔ": ("e",), "ㅕ": ("y", "eo"),
    "ㅖ": ("y", "e"), "ㅗ": ("o",), "ㅘ": ("w", "a"), "ㅙ": ("w", "e"), "ㅚ": ("w", "e"), "ㅛ": ("y",
    "o"), "ㅜ": ("u",),
    "ㅝ": ("w", "eo"), "ㅞ": ("w", "e"), "ㅟ": ("w", "i"), "ㅠ": ("y", "u"), "ㅡ": ("eu",), "ㅢ": ("eu",
    "i"), "ㅣ": ("i",),
}  # fmt: skip
_CODA_PHONES: Final = {"ㄱ": "K", "ㄴ": "n", "ㄷ": "T", "ㄹ": "l", "ㅁ": "m", "ㅂ": "P", "ㅇ": "ng"}

#: Of all codas only seven sounds are left where no vowel follows (표준발음법 8-11).
REPRESENTATIVE: Final = {
    "": "", "ㄱ": "ㄱ", "ㄲ": "ㄱ", "ㅋ": "ㄱ", "ㄳ": "ㄱ", "ㄺ": "ㄱ", "ㄴ": "ㄴ", "ㄵ": "ㄴ", "ㄶ": "ㄴ", "ㄷ": "ㄷ",
    "ㅅ": "ㄷ", "ㅆ": "ㄷ", "ㅈ": "ㄷ", "ㅊ": "ㄷ", "ㅌ": "ㄷ", "ㅎ": "ㄷ", "ㄹ": "ㄹ", "ㄼ": "ㄹ", "ㄽ": "ㄹ",
    "ㄾ": "ㄹ", "ㅀ": "ㄹ", "ㅁ": "ㅁ", "ㄻ": "ㅁ", "ㅂ": "ㅂ", "ㅍ": "ㅂ", "ㅄ": "ㅂ", "ㄿ": "ㅂ", "ㅇ": "ㅇ",
}  # fmt: skip

#: ㅈ, ㅉ and ㅊ leave no room for the glide of the next vowel: 져 is 저.
_WITHOUT_GLIDE: Final = {"ㅑ": "ㅏ", "ㅒ": "ㅐ", "ㅕ": "ㅓ", "ㅖ": "ㅔ", "ㅛ": "ㅗ", "ㅠ": "ㅜ"}

_JAMO: Final = {
    unicodedata.normalize("NFKD", letter): letter for letter in map(chr, range(0x3131, 0x3164))
} | {chr(0x11A7 + place): coda for place, coda in enumerate(_CODAS) if coda}  # fmt: skip


@dataclass(slots=True)
class Block:
    """One syllable as compatibility letters; `coda` may be "" and `onset` is `SILENT` where the vowel comes first."""

    onset: str
    vowel: str
    coda: str = ""

    def __str__(self) -> str:
        place = (_ONSETS.index(self.onset) * len(_VOWELS) + _VOWELS.index(self.vowel)) * len(_CODAS)
        return chr(_FIRST + place + _CODAS.index(self.coda))

    def phones(self, before: "Block | None") -> tuple[str, ...]:
        """Keys of `SYMBOLS["ko"]`; ㄹ is a tap unless `before` ends in ㄹ too."""
        onset = () if self.onset == SILENT else (_ONSET_PHONES[self.onset],)
        if onset == ("r",) and before is not None and REPRESENTATIVE[before.coda] == "ㄹ":
            onset = ("l",)
        coda = REPRESENTATIVE[self.coda]
        return onset + _VOWEL_PHONES[self.vowel] + ((_CODA_PHONES[coda],) if coda else ())

    def settle(self) -> None:
        """Writes the vowel as it is said after its onset: 희 -> 히, 져 -> 저."""
        if self.onset in "ㅈㅉㅊ":
            self.vowel = _WITHOUT_GLIDE.get(self.vowel, self.vowel)
        elif self.onset != SILENT and self.vowel == "ㅢ":
            self.vowel = "ㅣ"


def is_block(character: str) -> bool:
    return "가" <= character <= "힣"


def block(character: str) -> Block:
    place = ord(character) - _FIRST
    rest, coda = divmod(place, len(_CODAS))
    onset, vowel = divmod(rest, len(_VOWELS))
    return Block(_ONSETS[onset], _VOWELS[vowel], _CODAS[coda])


def letter(character: str) -> str | None:
    """The modern letter that stands alone (ㄱ, ㅏ), whichever way it is written; None for anything else."""
    if "\u3131" <= character <= "\u3163":
        return character
    return _JAMO.get(character)
