"""Numbers in an English text that are names or codes: telephones, orders, models, Roman numerals; addresses."""

import re
from typing import Final

from tts.text import roman
from tts.text.en_numbers import by_length, cardinal, digits, ordinal, pairs, plural, words
from tts.text.rules import compile_rules

_DOMAIN: Final = "com|cn|org|net|io|edu|gov|ai|co\\.uk|co|dev|app|me|info|tv|cc|xyz|tech|jp|kr|uk|de"
_ADDRESS_SIGNS: Final = {
    ".": "dot", "/": "slash", "@": "at", "-": "dash", "_": "underscore", ":": "colon", "?": "question mark",
    "=": "equals", "&": "and", "%": "percent", "#": "hash", "+": "plus", "~": "tilde",
}  # fmt: skip
#: A number after one of these is read figure by figure.
_CODED: Final = (
    r"[Cc]all|[Dd]ial|[Rr]ooms?|[Ee]xtension|[Cc]ode|[Pp]in|PIN|[Hh]ighway|[Rr]oute|ID|SSN|[Pp]asscode|[Pp]assword|ISBN"
    r"|(?:[Oo]rder|[Tt]racking|[Aa]ccount|[Ii]nvoice|[Ss]erial|[Rr]eference|[Cc]onfirmation|[Cc]ase|[Tt]icket|"
    r"[Pp]olicy|"
    r"[Pp]assport|[Ll]icen[cs]e|[Mm]ember(?:ship)?|[Pp]hone|[Cc]ard|[Ss]tudent)\s(?:number|no\.|ID)|[Oo]rder\s?#|"
    r"[Tt]el\.?|"
    r"[Tt]elephone"
)
#: Words whose Roman numeral is counted, and kings, queens and popes, whose is an ordinal.
_COUNTED: Final = (
    "World War|Chapter|Part|Act|Scene|Volume|Book|Section|Phase|Type|Class|Super Bowl|Appendix|Article|Title|Level|"
    "Stage|Grade|Tier|Episode|Rocky|Final Fantasy|Civilization|Star "
    "Wars|Apollo|Gemini|Saturn|Mark|Schedule|Figure|Table"
)
_RULERS: Final = (
    "Henry|Louis|Elizabeth|Charles|George|Edward|William|James|Richard|Philip|Mary|John|John "
    "Paul|Paul|Pius|Benedict|Leo|"
    "Gregory|Clement|Innocent|Alexander|Nicholas|Peter|Catherine|Frederick|Francis|Ferdinand|Napoleon|Otto|Wilhelm|Ivan|"
    "Ramesses|Ramses|Carl|Gustav|Christian|Haakon|Harald|Olaf|Margaret|Juliana|Albert|Leopold|Umberto|Emmanuel|Rama|"
    "Robert|Darius|Xerxes|Ptolemy|Thutmose|Amenhotep|Isabella|Alfonso|Pedro|Manuel|Sixtus|Urban|Boniface|"
    "Constantine|Michael|Leopold|Joseph|Felipe|Akbar|Mehmed|Murad|Selim|Stephen|Julius|Martin|Celestine|Eugene|Victor|"
    "Elizabeth|Anne|Theodosius|Philippe|Joan|Baldwin|Bohemond|Casimir|Sigismund|Rudolf|Matthias|Maximilian|King|Queen|Pope"
)


def _address(match: re.Match[str]) -> str:
    """Web and mail addresses: their points and slashes are said."""
    read = re.sub(r"^https?://", "", match[0])
    read = re.sub(r"[^A-Za-z\d]", lambda sign: f" {_ADDRESS_SIGNS.get(sign[0], '')} ", read)
    return re.sub(r"\d+", lambda number: f" {digits(number[0])} ", read)


def _telephone(match: re.Match[str]) -> str:
    return "plus " * match[0].startswith("+") + ", ".join(digits(group) for group in re.findall(r"\d+", match[0]))


def _code(match: re.Match[str]) -> str:
    """A code, group by group."""
    before = re.sub(r"\s?#|(?<=\s)no\.", lambda sign: " number" if "#" in sign[0] else "number", match["before"])
    return f"{before}{' ' * before[-1:].isalnum()}" + ", ".join(
        digits(group) for group in re.findall(r"\d+", match["n"])
    )


def _model(match: re.Match[str]) -> str:
    number = match["n"]
    read = cardinal(number) if "." in number else by_length(number)
    if match.groupdict().get("s"):
        read = plural(read)
    return f"{match['w']} {read}{' ' * match.string[match.end() : match.end() + 1].isalnum()}"


def _processor(match: re.Match[str]) -> str:
    """i7-13700K: thirteen seven hundred."""
    number = match["n"]
    read = pairs(number) if len(number) == 4 else f"{words(int(number[:2]))} {words(int(number[2:]))}"
    return f"{match['w'][0]}{match['w'][1]} {read}{' ' * match.string[match.end() : match.end() + 1].isalnum()}"


def _version(match: re.Match[str]) -> str:
    read = " point ".join(cardinal(part) if len(part) < 3 else digits(part) for part in match["n"].split("."))
    return f"version {read}" if match["v"] else read


def _machine(match: re.Match[str]) -> str:
    """192.168.1.1:8080."""
    port = f" colon {digits(match['port'])}" if match["port"] else ""
    return " point ".join(digits(part) for part in match["n"].split(".")) + port


def _roman(match: re.Match[str]) -> str:
    number = roman.value(match["r"])
    return match[0] if number is None else f"{match['before']}{cardinal(str(number))}"


def _ruler(match: re.Match[str]) -> str:
    number = roman.value(match["r"])
    return match[0] if number is None else f"{match['before']}the {ordinal(str(number))}"


def _airplane(match: re.Match[str]) -> str:
    rest = f" {by_length(match['rest'][1:])}" if match["rest"] else ""
    first, last = match["n"][0], match["n"][1:]
    tail = f"oh {digits(last[1])}" if last[0] == "0" and last != "00" else cardinal(last) if last != "00" else "hundred"
    before = match["before"]
    return f"{before}{' ' * before[-1].isalpha()}{cardinal(first)} {tail}{rest}"


ADDRESSES: Final = compile_rules(
    (r"(?:https?://|www\.)[A-Za-z\d./?=&_#%:~+-]*[A-Za-z\d/]|(?<![A-Za-z\d._+-])[A-Za-z\d._+-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+"
     rf"|(?<![A-Za-z\d.@-])[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)*\.(?:{_DOMAIN})(?![A-Za-z\d]|\.\w)"
     r"(?:/[A-Za-z\d./?=&_#%:~+-]*[A-Za-z\d/])?", _address),
)  # fmt: skip

CODES: Final = compile_rules(
    (r"(?<![\d.])(?P<n>\d{1,3}(?:\.\d{1,3}){3})(?P<port>:\d{1,5})?(?![\d.]\d|\d)", _machine),
    # Telephones
    (
        r"(?:\+\d{1,2}[\s-]|(?<![\d-])1-|(?<![\d-]))(?:\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[.\s-]\d{4}(?![\d-])"
        r"|\+\d{1,3}(?:[\s-]\d{2,4}){2,4}(?!\d)|(?<![\d-])\d{3}-\d{4}(?![\d-])|(?<![\d.-])0\d{2,3}-\d{7,8}(?!\d)"
        r"|(?<!\d)1[3-9]\d{9}(?!\d)|\+\d{8,15}(?!\d)|(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])",
        _telephone,
    ),
    (rf"(?P<before>\b(?:{_CODED})(?:\s(?:is|was)|:)?\s?#?)(?P<n>\d{{3,}}(?:-\d+)*)\b(?!\.\d|,\d)", _code),
    (r"(?P<before>\b(?:[Ff]lights?|[Tt]rains?|[Bb]us)\s(?:[A-Z]{1,3}\s?)?)(?P<n>\d{3,4})\b",
     lambda m: f"{re.sub(r'(?<=[A-Z])$', ' ', m['before'])}{digits(m['n'])}"),
    (r"(?P<before>)(?<![\d.])(?P<n>\d{4}(?:[ -]\d{4}){2,3})(?![\d.])", _code),
    (r"(?P<before>)(?<![\d.,$€£])(?P<n>\d{11,})(?![\d.,]\d|\d)", _code),
    (r"(?<![\d-])1-(?P<n>800|888|877|866|900)-(?=[A-Z])", lambda m: f"one {cardinal(m['n'][0])} "
     f"{'hundred' if m['n'][1:] == '00' else words(int(m['n'][1:]))} "),
    (r"(?P<n>(?<![\d.,-])\d{4})(?=\s(?:[NSEW]\.?\s)?(?:[A-Z][a-z]+\s){1,2}(?:St|Ave|Rd|Dr|Blvd|Ln|Street|Avenue|"
     r"Road|Drive|Boulevard|Lane|Way)\b)",
     lambda m: pairs(m["n"])),
    (r"\b(?P<w>i[3579])[- ]?(?P<n>\d{4,5})(?=[A-Z\s]|$)", _processor),
    (r"(?<![\d.,A-Za-z])\d{4}(?=(?:X3D|XT|X|K|KF|G|HX|U)\b)", lambda m: by_length(m[0]) + " "),
    (r"(?<![\d.,$])911(?![\d.,]\d|\d|%)", lambda m: digits(m[0])),
    (r"(?<![\d./])9/11(?![\d/])", lambda m: "nine eleven"),
    (r"(?<![\d.-])50-50(?![\d-])", lambda m: "fifty fifty"),
    (r"(?P<before>\b(?:Boeing|Airbus)\s(?:A-?)?)(?P<n>\d{3})(?P<rest>-\d{1,4})?(?!\d)", _airplane),
    (r"\b(?P<n>[CF])#(?!\w)", lambda m: f"{m['n']} sharp"),
    (r"(?<!\d)(?P<a>\d{1,2})(?P<b>\d0)p\b", lambda m: f"{cardinal(m['a'])} {cardinal(m['b'])} P"),
    (r"(?<=\b[A-Z]{2} )\d{5}\b", lambda m: digits(m[0])),
    (r"(?<![\d,.])(?P<a>\d{3,4})\s?[x×]\s?(?P<b>\d{3,4})"
     r"(?!\d)", lambda m: f"{by_length(m['a'])} by {by_length(m['b'])}"),
)  # fmt: skip

#: Roman numerals after English names, wherever they stand: World War II, Henry VIII, Final Fantasy VII.
ROMAN_NAMES: Final = compile_rules(
    (r"(?P<before>(?<![A-Za-z])World War )(?P<r>I)(?![A-Za-z])(?!['’])", _roman),
    (rf"(?P<before>(?<![A-Za-z])(?:{_COUNTED})\s)(?P<r>[IVXL]{{2,}}|[VX](?=[\s.,;:!?]|$)|I(?=[.,;:]|$|\sof\b))"
     rf"(?![A-Za-z])", _roman),
    (rf"(?P<before>(?<![A-Za-z])(?:{_RULERS})\s)(?P<r>[IVX]{{2,}}|[VX](?=['’\s.,;!?]|$)|I(?=['’]s\b|\sof\b|"
     rf"[.,;](?!\w)|$))"
     rf"(?![A-Za-z])",
     _ruler),
    (r"(?P<before>(?<![A-Za-z])[A-Z][a-z]+\s)(?P<r>I{2,3}|IV|VI{1,3}|IX|XI{1,3}|XIV|XVI{0,3})(?![A-Za-z])", _roman),
)  # fmt: skip

#: Versions and names of models, after everything with a unit.
MODELS: Final = compile_rules(
    (r"(?<![\d.A-Za-z])(?P<v>[vV]\.?\s?)?(?P<n>\d+(?:\.\d+){2,})(?!\.?\d)", _version),
    (r"(?<![A-Za-z])(?P<v>v)\s?(?P<n>\d+(?:\.\d+)?)(?![\d.]\d|\d)", _version),
    (r"(?P<w>\b(?:RTX|GTX|RX|GT|Core i[3579]|Ryzen|Xeon|Snapdragon|Model|Route|Area|Win|Windows|Peugeot|"
     r"Nokia)) ?-?(?P<n>\d{3,5})"
     r"(?!\d|[.,]\d)", _model),
    (r"(?<![A-Za-z])(?P<w>[A-Za-z]+)[-‐‑]?(?P<n>\d+(?:\.\d+)?)(?P<s>s(?![A-Za-z]))?(?!\d)", _model),
)  # fmt: skip
