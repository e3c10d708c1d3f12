"""The phone table: every sound of Mandarin, English, Japanese and Korean, shared where the sounds are shared.

A phone has one name for the models (`PHONES`, whose order is the bundle's contract: append, never reorder) and
one spelling per language (`SYMBOLS`): pinyin initials and finals, ARPAbet, romaji, Korean letters in Latin.
Tones, stress and pitch accent stand beside the phone (`TONES`), as do the language and the break after it.
"""

from typing import Final

LANGUAGES: Final = ("zh", "en", "ja", "ko")
LANGUAGE_ROWS: Final = 8

#: Silences and punctuation that the models know. `pad` fills batches; `edge` opens every segment.
PAUSES: Final = (
    "pad", "edge", "pause", "comma", "list", "semicolon", "colon", "ellipsis", "stop", "question", "exclaim",
)  # fmt: skip

_CONSONANTS = (
    # shared
    "m", "n", "ng", "f", "s", "l", "w", "y", "p", "t", "k", "h",
    # voiced or lenis stops and fricatives (en, ja; Korean lenis)
    "b", "d", "g", "z", "v_fricative",
    # Mandarin unaspirated stops (Korean tense), affricates, retroflexes
    "bp", "dt", "gk", "j", "q", "x", "ts", "tsh", "zh", "ch", "sh", "r", "x_h",
    # English only
    "th", "dh", "en_sh", "en_zh", "en_ch", "en_jh", "en_r",
    # Japanese and Korean only
    "fu", "dj", "flap", "moraic_n", "geminate", "ss", "k_stop", "t_stop", "p_stop",
)  # fmt: skip

_VOWELS = (
    # shared
    "a", "i", "u", "o", "eh", "ai", "ei", "ao", "ou", "ah", "uu",
    # Mandarin
    "e", "v", "ir", "iz", "er", "an", "en", "ang", "eng", "ia", "ian", "iang", "iao", "ie", "in", "ing", "io",
    "iong", "iou", "ong", "ua", "uai", "uan", "uang", "uei", "uen", "ueng", "uo", "van", "ve", "vn",
    "m_syllable", "n_syllable", "ng_syllable", "erhua",
    # English
    "aa", "ae", "aw_o", "en_er", "ih", "oy", "uh", "schwa",
    # Japanese devoiced
    "i_devoiced", "u_devoiced",
)  # fmt: skip

#: Names of all phones; a phone's id is its place.
PHONES: Final = PAUSES + _CONSONANTS + _VOWELS
PHONE_IDS: Final = {name: index for index, name in enumerate(PHONES)}
VOWELS: Final = frozenset(_VOWELS)

#: Rows an embedding reserves, so that a sound added later does not change a weight's shape.
PHONE_ROWS: Final = 160

#: What stands beside a phone: Mandarin tone, English stress, Japanese accent.
TONES: Final = ("none", "zh1", "zh2", "zh3", "zh4", "zh5", "en0", "en1", "en2", "ja_low", "ja_high")
TONE_IDS: Final = {name: index for index, name in enumerate(TONES)}
TONE_ROWS: Final = 16

#: The break after a phone: inside a word, end of a syllable, end of a word, end of a phrase (before a pause).
BREAKS: Final = ("inside", "syllable", "word", "phrase")
BREAK_ROWS: Final = 8


def _same(names: str) -> dict[str, str]:
    return {name: name for name in names.split()}


_ZH_INITIALS = _same("m n f s l p t k j q x zh ch sh r") | {
    "b": "bp", "d": "dt", "g": "gk", "z": "ts", "c": "tsh", "h": "x_h",
}  # fmt: skip
_ZH_FINALS = _same(
    "a i u o ai ei ao ou e v ir iz er an en ang eng ia ian iang iao ie in ing io iong iou ong "
    "ua uai uan uang uei uen ueng uo van ve vn"
) | {"ê": "eh", "m": "m_syllable", "n": "n_syllable", "ng": "ng_syllable", "r": "erhua"}

_EN = {
    "AA": "aa", "AE": "ae", "AH": "ah", "AO": "aw_o", "AW": "ao", "AX": "schwa", "AY": "ai", "B": "b", "CH": "en_ch",
    "D": "d", "DH": "dh", "EH": "eh", "ER": "en_er", "EY": "ei", "F": "f", "G": "g", "HH": "h", "IH": "ih", "IY": "i",
    "JH": "en_jh", "K": "k", "L": "l", "M": "m", "N": "n", "NG": "ng", "OW": "ou", "OY": "oy", "P": "p", "R": "en_r",
    "S": "s", "SH": "en_sh", "T": "t", "TH": "th", "UH": "uh", "UW": "u", "V": "v_fricative", "W": "w", "Y": "y",
    "Z": "z", "ZH": "en_zh",
}  # fmt: skip

_JA = _same("a i o k g s z t d n h b p m y w") | {
    "u": "uu", "e": "eh", "I": "i_devoiced", "U": "u_devoiced", "sh": "x", "j": "dj", "ch": "q", "ts": "tsh",
    "f": "fu", "r": "flap", "N": "moraic_n", "cl": "geminate", "v": "v_fricative",
}  # fmt: skip

_KO = _same("a i u o m n ng h s ss l w y") | {
    "e": "eh", "eo": "ah", "eu": "uu", "g": "g", "d": "d", "b": "b", "j": "dj", "kk": "gk", "tt": "dt", "pp": "bp",
    "jj": "j", "k": "k", "t": "t", "p": "p", "ch": "q", "r": "flap", "K": "k_stop", "T": "t_stop", "P": "p_stop",
}  # fmt: skip

#: Spelling of each language's sounds -> phone name. Mandarin initials and finals share some letters (`m`, `n`, `r`),
#: so they are kept apart.
SYMBOLS: Final[dict[str, dict[str, str]]] = {
    "zh_initial": _ZH_INITIALS,
    "zh_final": _ZH_FINALS,
    "en": _EN,
    "ja": _JA,
    "ko": _KO,
}
