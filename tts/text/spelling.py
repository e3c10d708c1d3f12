"""Readings as people spell them: pinyin, ARPAbet, kana, Hangul. Checked, and where wrong the nearest right ones."""

import re
import unicodedata
from collections.abc import Callable
from difflib import get_close_matches
from itertools import chain
from typing import Final, NoReturn

from tts.text import en
from tts.text.letters import is_hangul, is_kana
from tts.text.phones import SYMBOLS
from tts.text.syllables import parse, syllables

_MARKS: Final = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0306": "3", "\u0300": "4"}
_DIAERESIS: Final = "\u0308"
_CIRCUMFLEX: Final = "\u0302"
_CHUNK: Final = re.compile(r"[^\s'’ʼ`·,，、/\-‐‑]+")
_SYLLABLE: Final = re.compile(r"([a-zê]+)([0-9]*)")
#: Spellings of older dictionaries and of keyboards without ê or ü.
_OTHER_SPELLINGS: Final = {"ea": "ê", "eh": "ê", "lue": "lve", "nue": "nve", "lyu": "lv", "nyu": "nv"}
#: Syllables without a vowel stand by themselves.
_NASALS: Final = frozenset({"m", "n", "ng", "hm", "hng", "r"})
#: "zhuangr", an erhua.
_LONGEST_SYLLABLE: Final = 7
#: What is typed or recognised for a kana that looks like it.
_LIKE_KANA: Final = str.maketrans("一-‐—―－~～〜_力二口八夕工卜へ", "ーーーーーーーーーーカニロハタエトヘ")


class WrongSpellingError(ValueError):
    """No reading: what of it is wrong, as the range [start, end) of its characters, and the nearest right ones."""

    def __init__(self, start: int, end: int, nearest: tuple[str, ...]) -> None:
        super().__init__(start, end, nearest)
        self.start, self.end, self.nearest = start, end, nearest


def settled(reading: str) -> str:
    """Full-width forms as plain ones, and nothing that is not seen."""
    plain = unicodedata.normalize("NFKC", reading)
    return "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")


def pinyin(reading: str) -> tuple[str, ...]:
    """ "chong2xin1", "chóng xīn", "lü4", "lu:4", "huar1" -> toned syllables of the table, an erhua as "r5".

    Tone 0 is tone 5. Among tone marks a syllable without one is neutral, as dictionaries write it (māma).
    Raises WrongSpellingError.
    """
    toned = has_marks(reading)
    found: list[str] = []
    for chunk in _CHUNK.finditer(reading):
        letters = _letters(chunk[0])
        marked = toned and not re.search(r"\d", letters)
        found += _by_marks(letters, chunk) if marked else _by_digits(letters, chunk)
    if not found:
        raise WrongSpellingError(0, len(reading), ())
    return tuple(found)


def _letters(chunk: str) -> str:
    """Lower case, ü as v, tone marks as they combine, right after their letter."""
    spelled: list[str] = []
    for letter in unicodedata.normalize("NFD", settled(chunk).lower().replace("u:", "v")):
        if letter == _DIAERESIS and spelled and spelled[-1][0] == "u":
            spelled[-1] = "v" + spelled[-1][1:]
        elif letter == _CIRCUMFLEX and spelled and spelled[-1][0] == "e":
            spelled[-1] = "ê" + spelled[-1][1:]
        elif letter in _MARKS and spelled:
            spelled[-1] += letter
        else:
            spelled.append(letter)
    return "".join(spelled)


def _by_digits(letters: str, chunk: re.Match[str]) -> list[str]:
    found: list[str] = []
    place = 0
    while place < len(letters):
        written = _SYLLABLE.match(letters, place)
        end = written.end() if written else len(letters)
        known = _known(written[1], written[2].replace("0", "5")) if written and len(written[2]) == 1 else None
        if known is None:
            # Only where nothing was rewritten do places in the letters stand for places in the reading.
            same = len(letters) == len(chunk[0])
            span = (chunk.start() + place, chunk.start() + end) if same else chunk.span()
            raise WrongSpellingError(*span, _nearest_pinyin(letters[place:end]))
        found += known
        place = end
    return found


def _by_marks(letters: str, chunk: re.Match[str]) -> list[str]:
    """Cuts "chóngxīn" by the table, longest syllables first."""
    # A vowel that opens a syllable has an apostrophe before it; only where that leaves no way may it do without.
    for openers in ("bcdfghjklmnpqrstwxyz", "abcdefghjklmnopqrstwxyzê"):
        ways: dict[int, list[str]] = {len(letters): []}
        for start in range(len(letters) - 1, -1, -1):
            if start and letters[start] not in openers:
                continue
            for end in range(min(start + _LONGEST_SYLLABLE + 1, len(letters)), start, -1):
                if end in ways and (known := _marked(letters[start:end], alone=end - start == len(letters))):
                    ways[start] = [*known, *ways[end]]
                    break
        if 0 in ways:
            return ways[0]
    plain, tone = _without_marks(letters)
    raise WrongSpellingError(*chunk.span(), _nearest_pinyin(plain + tone))


def _marked(letters: str, *, alone: bool) -> tuple[str, ...] | None:
    plain, tone = _without_marks(letters)
    if len(tone) > 1 or not plain.isalpha() or (not alone and plain in _NASALS):
        return None
    return _known(plain, tone or "5")


def _without_marks(letters: str) -> tuple[str, str]:
    plain = "".join(letter for letter in letters if letter not in _MARKS)
    return plain, "".join(_MARKS[letter] for letter in letters if letter in _MARKS)


def _known(letters: str, tone: str) -> tuple[str, ...] | None:
    if letters == "r":
        return ("r5",)
    if letters[0] in "jqxy" and letters[1:2] == "v":
        letters = letters[0] + "u" + letters[2:]  # as dictionaries spell ü after j, q, x and y
    letters = _OTHER_SPELLINGS.get(letters, letters)
    if parse(letters + tone):
        return (letters + tone,)
    if letters.endswith("r") and parse(letters[:-1] + tone):
        return (letters[:-1] + tone, "r5")
    return None


def _nearest_pinyin(written: str) -> tuple[str, ...]:
    """The tones of a syllable that lacks a right one, or the syllables nearest to one that does not exist."""
    letters = "".join(letter for letter in written if letter.isalpha())
    digits = [digit for digit in written if digit.isdigit()]
    near = get_close_matches(letters, syllables(), n=3, cutoff=0.5)
    near.sort(key=lambda syllable: sorted(syllable) != sorted(letters))  # swapped letters are the likeliest slip
    if letters == "r" or not near:
        return ("r5",) if letters == "r" else ()
    if known := _known(letters, "1"):
        near = [known[0][:-1]]
    elif len(digits) == 1 and digits[0] in "12345":
        return tuple(f"{syllable}{digits[0]}" for syllable in near)
    return tuple(f"{near[0]}{tone}" for tone in range(1, 5))


def has_marks(reading: str) -> bool:
    """Whether there are tone marks in it."""
    return any(letter in _MARKS for letter in unicodedata.normalize("NFD", reading))


def is_marked(reading: str) -> bool:
    """Whether it is letters with tone marks and nothing else: pinyin, if not a word such as café."""
    letters = "".join(_CHUNK.findall(unicodedata.normalize("NFD", reading.lower())))
    return has_marks(reading) and re.fullmatch(r"[a-z\u0300-\u030c]+", letters) is not None


def toneless(syllable: str) -> str:
    """ "lǜ" -> "lv"."""
    return _without_marks(_letters(syllable))[0]


def arpabet(reading: str) -> tuple[str, ...]:
    """ "M IH1 N AH0 T" -> its phones. Vowels carry 0, 1 or 2; consonants nothing. Raises WrongSpellingError."""
    symbols = []
    for written in re.finditer(r"\S+", reading):
        symbol = settled(written[0]).upper()
        if not en.is_phone(symbol):
            raise WrongSpellingError(*written.span(), _nearest_arpabet(symbol))
        symbols.append(symbol)
    if not symbols:
        raise WrongSpellingError(0, len(reading), ())
    return tuple(symbols)


def _nearest_arpabet(symbol: str) -> tuple[str, ...]:
    letters = "".join(letter for letter in symbol if letter.isalpha())
    stress = [number for number in "012" if number in symbol]
    names = [letters] if letters in SYMBOLS["en"] else get_close_matches(letters, SYMBOLS["en"], n=3, cutoff=0.4)
    spelled = chain.from_iterable((name, *(name + number for number in stress or "012")) for name in names)
    return tuple(symbol for symbol in spelled if en.is_phone(symbol))[:4]


def kana(reading: str) -> str:
    """A reading in hiragana or katakana, without spaces. Raises WrongSpellingError."""
    from tts.text import ja  # here: its dictionary takes a second to load

    spelled = _unspaced(reading)
    if not ja.is_reading(spelled):
        _refuse(reading, is_kana, spelled.translate(_LIKE_KANA), ja.is_reading)
    return spelled


def hangul(reading: str) -> str:
    """A reading in whole syllables of Hangul, without spaces. Raises WrongSpellingError."""
    from tts.text import ko

    spelled = _unspaced(reading)
    if not ko.is_reading(spelled):
        _refuse(reading, is_hangul, spelled, ko.is_reading)
    return spelled


def _unspaced(reading: str) -> str:
    return re.sub(r"[\s・·]+", "", settled(reading))


def _refuse(reading: str, own: Callable[[str], bool], spelled: str, right: Callable[[str], bool]) -> NoReturn:
    """Points at the first character of another script, else at all; offers the reading without what is wrong in it."""
    foreign = [place for place, letter in enumerate(reading) if not own(letter) and not letter.isspace()]
    start, end = (foreign[0], foreign[0] + 1) if foreign else (0, len(reading))
    tries = [spelled, "".join(filter(own, spelled))]
    tries += [spelled[:place] + spelled[place + 1 :] for place in range(min(len(spelled), 20))]
    raise WrongSpellingError(start, end, tuple(dict.fromkeys(filter(right, tries)))[:2])
