"""What characters are, and a text without those that nobody can say."""

import re
import unicodedata
from functools import cache
from typing import Final

from tts.text import zh
from tts.text.emoji import without_kaomoji
from tts.text.letters import is_han, is_hangul, is_kana, latin_base

#: Marks that end a sentence, and marks inside it, as the names of pauses. In the order of strength.
PAUSE_OF: Final = {
    "？": "question", "?": "question", "！": "exclaim", "!": "exclaim", "。": "stop", ".": "stop", "｡": "stop",
    "…": "ellipsis", "⋯": "ellipsis", "；": "semicolon", ";": "semicolon", "：": "colon", ":": "colon", "，": "comma",
    ",": "comma", "—": "comma", "–": "comma", "―": "comma", "（": "comma", "）": "comma", "(": "comma", ")": "comma",
    "【": "comma", "】": "comma", "[": "comma", "]": "comma", "〔": "comma", "〕": "comma", "{": "comma",
    "}": "comma", "、": "list", "､": "list",
}  # fmt: skip
ENDS: Final = frozenset("？?！!。.｡…⋯")

#: Marks that are seen and not heard.
SILENT_MARKS: Final = frozenset(
    "\"'‘’“”„‟«»‹›「」『』〝〞〟《》〈〉·・•‧∙●○■□◆◇★☆▪※~～〜_*|¦`´/\\-‐‑‒¿¡†‡§¶′″︰〃〓→←↑↓⇒"
)

#: Signs that have a name and are read by it.
SIGNS: Final = frozenset("+=%‰‱&@#$€£¥￥₩₽₹฿₫₱₺₴₪₿¢°×÷<>≤≥≈≠≡±√π∞²³^∑∫∈∪∩∠⊥∥∴∵∝∅∀∃⊂∂△")
GREEK: Final = frozenset("αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΩςµ")

#: Compatibility forms that are better written out by hand than by Unicode.
_REWRITTEN: Final = {
    "ʼ": "'", "℃": "°C", "℉": "°F", "㎡": "m²", "㎥": "m³", "㎢": "km²", "…": "…", "‥": "…", "㏄": "cc", "Ω": "Ω",
    "−": "-", "﹣": "-", "－": "-", "⁻": "-", "﹪": "%", "⁄": "/", "∕": "/", "꞉": ":", "×": "×", "✕": "×",
    "✖": "×", "﹒": ".", "．": ".", "‧": "·", "「": "「", "〇": "〇", "￥": "¥", "　": " ", "ﾞ": "゛", "ﾟ": "゜",
    "≦": "≤", "≧": "≥", "²": "²", "³": "³", "´": "´", "·": "·", "°": "°", "º": "°", "˚": "°", "≒": "≈", "，": "，",
    **{chr(0x215F + number): str(number) for number in range(1, 13)},  # Ⅰ to Ⅻ
    "。": "。", "；": "；", "：": "：", "？": "？", "！": "！", "（": "（", "）": "）", "～": "～", "｡": "。",
    "№": "No.", "µ": "μ", "∆": "Δ", "∶": ":", "﹢": "+", "﹦": "=", "＇": "'", "⩽": "≤", "⩾": "≥", "⋅": "·", "∣": "|",
    "､": "、", "﹐": "，", "﹑": "、", "﹔": "；", "﹕": "：", "﹖": "？", "﹗": "！", "︰": "：",
}  # fmt: skip

_REPEATED_STOPS: Final = re.compile(r"\.{2,}|。{2,}|…{2,}|(?:\. ){2,}\.")
#: Figures above or below the line, in runs: 10⁻⁵ is 10^-5, H₂O is H2O. ² and ³ alone have names of their own.
_ABOVE: Final = re.compile(r"(?<=[\dA-Za-zΑ-ω)\]%°])(?![²³](?![⁰¹²³⁴-⁹]))[⁺⁻]?[⁰¹²³⁴-⁹ⁿ]+")
_BELOW: Final = re.compile(r"(?<=[A-Za-z)])[₀-₉]+")
_KEYCAP: Final = re.compile("([0-9#*])\ufe0f?\u20e3")
_JOINERS: Final = frozenset("\u200d\ufe0e\ufe0f\u20e3")


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """The text in the characters we know, and what had to be left out: kaomoji, then the rest in order, each once.

    Invisible and broken characters are named by their number, U+200B, since showing them would tell nothing.
    """
    kept: list[str] = []
    lost: list[str] = []
    run: list[str] = []

    def close() -> None:
        if run:
            lost.append("".join(run))
            run.clear()

    text, faces = without_kaomoji(_KEYCAP.sub(r" \1 ", text.replace("\r\n", "\n")))
    text = unicodedata.normalize("NFC", text)
    text = _BELOW.sub(_level, _ABOVE.sub(lambda run: "^" + _level(run), text))
    for character in text:
        said = _repeated(kept) if character == "々" else _known(character)
        if said is not None:
            close()
            kept.append(said)
        elif character in "\ufe0e\ufe0f" and not run:
            continue  # how the sign before it is to be drawn
        elif is_visible(character) or (run and character in _JOINERS):
            run.append(character)
            if unicodedata.category(character)[0] != "M":  # a mark on a letter does not cut its word
                kept.append(" ")
        else:
            close()
            lost.append(_number(character))
    close()
    whole = _REPEATED_STOPS.sub("…", "".join(kept))
    return whole, tuple(dict.fromkeys((*faces, *lost)))


def _level(run: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", run[0]).replace("−", "-").replace("+", "")


def _repeated(kept: list[str]) -> str | None:
    """々 says the Han character before it again; without one it says nothing."""
    before = kept[-1][-1:] if kept else ""
    return "々" if before == "々" or (before and is_han(before)) else None


def shown(text: str, limit: int = 40) -> str:
    """A text fit to be quoted in a message: printable and short."""
    quoted = "".join(letter if letter == " " or is_visible(letter) else _number(letter) for letter in text[:limit])
    return quoted + ("…" if len(text) > limit else "")


def _number(character: str) -> str:
    return f"U+{ord(character):04X}"


def is_visible(character: str) -> bool:
    """Whether a character can be shown by itself: no control, no space, nothing broken."""
    return unicodedata.category(character)[0] not in "CZ"


@cache
def _known(character: str) -> str | None:
    """What stands for a character in a clean text; None for what nobody can say."""
    if character in _REWRITTEN:
        return _REWRITTEN[character]
    if character in "\n\r\x0b\x0c\x85\u2028\u2029":
        return "\n"
    if character.isspace() and character not in "\x1c\x1d\x1e\x1f":
        return " "
    if character.isascii() and character.isprintable():
        return character
    if character in PAUSE_OF or character in SILENT_MARKS or character in SIGNS or character in GREEK:
        return character
    if is_kana(character) or is_hangul(character) or latin_base(character) is not None:
        return character
    if is_han(character) and zh.readable(character):
        return unicodedata.normalize("NFKC", character)
    return _compatible(character)


def _compatible(character: str) -> str | None:
    """①, Ⅷ, ½, ﬁ, 𝐀, full-width letters and the like, by what Unicode says they stand for."""
    spelled = unicodedata.normalize("NFKC", character)
    if spelled == character or unicodedata.category(character)[0] in "CM":
        return None
    said = [_known(part) for part in spelled if part != character]
    if not said or any(part is None for part in said):
        return None
    joined = "".join(part for part in said if part is not None)
    apart = unicodedata.category(character) == "No"
    return f" {joined} " if apart else joined
