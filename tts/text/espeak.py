"""Reads unknown English words through the espeak-ng library that the package `espeakng-loader` carries."""

import ctypes
import logging
import re
import threading
from functools import cache
from typing import Final

_RETRIEVAL: Final = 1
_UTF8: Final = 1
_IPA_SEPARATED: Final = 0x02 | (ord("_") << 8)

#: espeak's IPA for American English -> ARPAbet. Vowels carry no stress here: the mark before them does.
_ARPABET: Final = {
    "p": "P", "b": "B", "t": "T", "d": "D", "k": "K", "ɡ": "G", "g": "G", "f": "F", "v": "V", "θ": "TH", "ð": "DH",
    "s": "S", "z": "Z", "ʃ": "SH", "ʒ": "ZH", "h": "HH", "x": "K", "ç": "HH", "m": "M", "n": "N", "ŋ": "NG", "l": "L",
    "ɫ": "L", "r": "R", "ɹ": "R", "ɾ": "T", "ʔ": "T", "j": "Y", "w": "W", "ʍ": "W", "tʃ": "CH", "dʒ": "JH", "ɬ": "L",
    "n̩": "AH N", "m̩": "AH M", "l̩": "AH L", "əl": "AH L", "ən": "AH N", "əm": "AH M",
    "ɑ": "AA", "ɑː": "AA", "a": "AA", "aː": "AA", "ɒ": "AA", "æ": "AE", "ɐ": "AH", "ʌ": "AH", "ə": "AH", "ɔ": "AO",
    "ɔː": "AO", "o": "AO", "oː": "AO", "e": "EH", "ɛ": "EH", "ɜ": "ER", "ɜː": "ER", "ɚ": "ER", "ɝ": "ER", "ɪ": "IH",
    "i": "IY", "iː": "IY", "ʊ": "UH", "u": "UW", "uː": "UW", "y": "UW", "ᵻ": "IH", "ɨ": "IH",
    "aɪ": "AY", "aʊ": "AW", "eɪ": "EY", "oʊ": "OW", "əʊ": "OW", "ɔɪ": "OY", "iə": "IY AH", "aɪə": "AY AH",
    "aɪɚ": "AY ER", "ɑːɹ": "AA R", "ɔːɹ": "AO R", "oːɹ": "AO R", "ɛɹ": "EH R", "ɪɹ": "IH R", "ʊɹ": "UH R", "ɔ̃": "AO N",
    "ɑ̃": "AA N", "ææ": "AE", "eː": "EY", "øː": "ER", "œ": "ER", "ɲ": "N Y",
}  # fmt: skip
_VOWEL: Final = re.compile(r"[AEIOU]")

logger = logging.getLogger(__name__)
_lock = threading.Lock()


@cache
def _library() -> ctypes.CDLL | None:
    """The library with its American voice, or None where it cannot be loaded (words are spelled out then)."""
    try:
        import espeakng_loader

        library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
        if library.espeak_Initialize(_RETRIEVAL, 0, data, 0) < 0 or library.espeak_SetVoiceByName(b"en-us") != 0:
            raise OSError("espeak-ng would not start")
    except (ImportError, OSError) as error:
        logger.warning("espeak_unavailable", extra={"reason": str(error)})
        return None
    return library


def read_unknown(word: str) -> tuple[str, ...] | None:
    """ "blorptastic" -> ("B", "L", "AO1", "R", "P", ...); None where espeak says nothing we can map."""
    with _lock:  # the library holds one state for the whole process
        library = _library()
        if library is None:
            return None
        text = ctypes.c_char_p(word.encode())
        said = library.espeak_TextToPhonemes(ctypes.byref(text), _UTF8, _IPA_SEPARATED)
    return to_arpabet(said.decode()) if said else None


def to_arpabet(ipa: str) -> tuple[str, ...] | None:
    """ "h_ə_l_ˈoʊ" -> ("HH", "AH0", "L", "OW1"); None where a sign is unknown or no vowel is left."""
    phones: list[str] = []
    for piece in re.split(r"[_\s]+", ipa.strip()):
        stress = "1" if "ˈ" in piece else "2" if "ˌ" in piece else "0"
        bare = re.sub(r"[ˈˌ\u200d\u0361]|\([a-z-]+\)", "", piece).rstrip("ʲ̃")
        if not bare:
            continue
        mapped = _ARPABET.get(bare)
        if mapped is None:
            return None
        for phone in mapped.split():
            phones.append(phone + stress if _VOWEL.match(phone) else phone)
    return tuple(phones) if any(phone[-1].isdigit() for phone in phones) else None
