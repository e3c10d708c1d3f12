"""English text with digits, signs and abbreviations -> the words that a reader says for them."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from num2words import num2words

from tts.text.en_lexicon import ABBREVIATIONS, CURRENCIES, GREEK, MONTHS, NUMBERED, SIGNS, TITLES, UNITS

_N: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_DIGITS: Final = "zero one two three four five six seven eight nine".split()
_LONGEST: Final = 15
_MONTH: Final = "|".join(sorted({*MONTHS, *MONTHS.values()}, key=len, reverse=True))
_UNIT: Final = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_SCALE: Final = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion", "t": "trillion"}
_BELOW: Final = {2: ("half", "halves"), 4: ("quarter", "quarters")}
_ROMAN: Final = {
    numeral: number for number,
    numeral in enumerate("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split(), 1,
)
}  # fmt: skip


def digits(number: str) -> str:
    """ "007" -> zero zero seven."""
    return " ".join(_DIGITS[int(figure)] for figure in number if figure.isdigit())


def cardinal(number: str) -> str:
    """ "1,250.5" -> one thousand two hundred fifty point five. Very long numbers are read figure by figure."""
    whole, _, fraction = number.replace(",", "").partition(".")
    if len(whole) > _LONGEST or (len(whole) > 1 and whole.startswith("0")):
        read = digits(whole)
    else:
        read = _words(int(whole or "0"))
    return f"{read} point {digits(fraction)}" if fraction else read


def ordinal(number: str) -> str:
    """ "22" -> twenty second."""
    return _plain_words(num2words(int(number), to="ordinal")) if len(number) <= _LONGEST else digits(number)


def year(number: str) -> str:
    """ "1905" -> nineteen oh five, "2005" -> two thousand five, "2024" -> twenty twenty four."""
    if len(number) != 4 or number.startswith("0") or number[1:3] == "00":
        return cardinal(number)
    first, last = number[:2], number[2:]
    if last == "00":
        return f"{_words(int(first))} hundred"
    return f"{_words(int(first))} {'oh ' + _DIGITS[int(last[1])] if last[0] == '0' else _words(int(last))}"


def _words(number: int) -> str:
    return _plain_words(num2words(number))


def _plain_words(read: str) -> str:
    """American reading: without "and", commas and hyphens."""
    return read.replace(" and ", " ").replace(",", "").replace("-", " ")


def _plural(word: str) -> str:
    """seventy -> seventies, of a decade or of digits."""
    return word[:-1] + "ies" if word.endswith("y") else word + ("es" if word.endswith(("x", "s")) else "s")


def _date(match: re.Match[str]) -> str:
    month, day = MONTHS.get(match["mon"].rstrip("."), match["mon"]), ordinal(match["d"])
    read = f"{month} {day}"
    return f"{read}, {year(match['y'])}" if match["y"] else read


def _date_of(match: re.Match[str]) -> str:
    read = f"the {ordinal(match['d'])} of {MONTHS.get(match['mon'].rstrip('.'), match['mon'])}"
    return f"{read}, {year(match['y'])}" if match["y"] else read


def _date_in_figures(match: re.Match[str]) -> str:
    month = list(dict.fromkeys(MONTHS.values()))[int(match["m"]) - 1]
    return f"{month} {ordinal(match['d'].lstrip('0'))}, {year(match['y'])}"


def _time(match: re.Match[str]) -> str:
    hour, minute, second, half = int(match["h"]), match["min"], match["s"], match["half"]
    read = _words(hour)
    if int(minute):
        read += f" oh {_DIGITS[int(minute[1])]}" if minute[0] == "0" else f" {_words(int(minute))}"
    elif not half and not second:
        read += " o'clock" if 1 <= hour <= 12 else " hundred"
    if second:
        read += f" and {_words(int(second))} second{'' if int(second) == 1 else 's'}"
    return read + (_half(match) if half else "")


def _half(match: re.Match[str]) -> str:
    """a.m. and p.m., whose last point may also end the sentence."""
    ends = match["half"].endswith(".") and re.match(r"\s*$|\s+[A-Z]", match.string[match.end() :])
    return f" {match['half'][0].upper()} M{'.' if ends else ''}"


def _money(match: re.Match[str]) -> str:
    number, scale = match["n"].replace(",", ""), (match["scale"] or "").strip().lower()
    one, many, cent = CURRENCIES[match["currency"]]
    if scale:
        return f"{cardinal(number)} {_SCALE.get(scale, scale)} {many}"
    whole, _, part = number.partition(".")
    if len(part) != 2 or not cent:
        return f"{cardinal(number)} {one if number == '1' else many}"
    pieces = []
    if whole.strip("0"):
        pieces.append(f"{cardinal(whole)} {one if whole == '1' else many}")
    if part != "00" or not pieces:
        pieces.append(f"{_words(int(part))} {cent}{'' if part == '01' or cent == 'pence' else 's'}")
    return " and ".join(pieces)


def _unit(match: re.Match[str]) -> str:
    one, many = UNITS[match["u"]]
    minus = "minus " if match["minus"] else ""
    return f"{minus}{cardinal(match['n'])} {one if match['n'] == '1' else many}"


def _compound_unit(match: re.Match[str]) -> str:
    """A 5-km run, a 10 kg bag: the unit stays single."""
    return f"{cardinal(match['n'])} {UNITS[match['u']][0]}"


def _fraction(match: re.Match[str]) -> str:
    above, below = int(match["a"]), int(match["b"])
    whole = f"{cardinal(match['w'])} and " if match["w"] else ""
    if above == below:
        return f"{whole}{_words(above)} {_words(below)}"
    if below < 2 or below > 100 or above >= below:
        return f"{whole}{_words(above)} {'over' if below > 1 and below != 7 else ''} {_words(below)}"
    one, many = _BELOW.get(below, ("", ""))
    if not one:
        one = ordinal(match["b"])
        many = one + "s"
    single = "a" if whole else "one"
    return whole + (f"{single} {one}" if above == 1 else f"{_words(above)} {many}")


def _decade(match: re.Match[str]) -> str:
    """1990s, '80s, 100s."""
    number = match["n"]
    if len(number) == 4:
        head, tail = number[:2], number[2:]
        if tail == "00":
            return f"{_words(int(head))} hundreds" if head[1] != "0" else f"{cardinal(number)}s"
        return f"{_words(int(head))} {_plural(_words(int(tail)))}"
    return _plural(cardinal(number))


def _telephone(match: re.Match[str]) -> str:
    return "plus " * match[0].startswith("+") + ", ".join(digits(group) for group in re.findall(r"\d+", match[0]))


def _model(match: re.Match[str]) -> str:
    number = match["n"]
    return f"{match['w']} {cardinal(number) if len(number.split('.')[0]) < 3 else digits(number)} "


def _version(match: re.Match[str]) -> str:
    read = " point ".join(cardinal(part) if len(part) < 3 else digits(part) for part in match["n"].split("."))
    return f"version {read}" if match["v"] else read


def _roman(match: re.Match[str]) -> str:
    number = str(_ROMAN[match["r"]])
    return match["before"] + (cardinal(number) if match["counted"] else f"the {ordinal(number)}")


def _address(match: re.Match[str]) -> str:
    """Web and mail addresses: their points and slashes are said."""
    read = re.sub(r"^https?://", "", match[0])
    names = {".": "dot", "/": "slash", "@": "at", "-": "dash", "_": "underscore", ":": "colon", "?": "question mark",
             "=": "equals", "&": "and", "%": "percent", "#": "hash"}  # fmt: skip
    read = re.sub(r"[^A-Za-z\d]", lambda sign: f" {names.get(sign[0], '')} ", read)
    return re.sub(r"\d+", lambda number: f" {digits(number[0])} ", read)


def _abbreviation(match: re.Match[str]) -> str:
    said = ABBREVIATIONS[match[0].lower()]
    ends = match[0].endswith(".") and not match.string[match.end() :].strip()
    return said + ("." if ends else "")


def _initials(match: re.Match[str]) -> str:
    """U.S., J. R. R.: the points are not ends of sentences, unless the text ends there."""
    last = not match.string[match.end() :].strip()
    return " ".join(re.findall(r"[A-Za-z]", match[0])).upper() + ("." if last else "")


def _initial(match: re.Match[str]) -> str:
    """J. Smith, John F. Kennedy; but "vitamin C." ends its sentence."""
    before = re.findall(r"[A-Za-z'’]+|[.!?]", match.string[: match.start()])
    ends = bool(before) and before[-1][0].islower()
    return match[0] if ends else match[0][0]


def _is_year(match: re.Match[str]) -> str:
    return f"{match['before']}{year(match['n'])}"


def _spaced(letters: str) -> str:
    """AT of AT&T: letters that no one reads as a word."""
    return " ".join(letters)


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def _compile(*rules: tuple[str, Callable[[re.Match[str]], str]]) -> tuple[_Rule, ...]:
    return tuple((re.compile(pattern), say) for pattern, say in rules)


_DAY: Final = r"(?P<d>[12]\d|3[01]|0?[1-9])"
_YEAR: Final = r"(?:,?\s+(?P<y>[12]\d{3})\b)?"
_HALF: Final = r"(?P<half>[aApP]\.?\s?[mM]\b\.?)"

_RULES: Final = _compile(
    (r"(?:https?://|www\.)[A-Za-z\d./?=&_#%:-]*[A-Za-z\d/]|[A-Za-z\d._-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+"
     r"|(?<![A-Za-z\d.])[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)*\.(?:com|cn|org|net|io|edu|gov|ai|co\.uk)\b", _address),
    # Dates
    (rf"\b(?P<mon>(?:{_MONTH})\.?)\s+{_DAY}(?:st|nd|rd|th)?\b(?!:){_YEAR}", _date),
    (rf"\b(?:[Tt]he\s+)?{_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<mon>(?:{_MONTH})\b\.?){_YEAR}", _date_of),
    (r"(?<![\d./-])(?P<y>[12]\d{3})-(?P<m>0?[1-9]|1[0-2])-(?P<d>0?[1-9]|[12]\d|3[01])(?![\d-])", _date_in_figures),
    (r"(?<![\d./-])(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12]\d|3[01])/(?P<y>[12]\d{3})(?![\d/])", _date_in_figures),
    # Times
    (
        r"(?i)(?P<a>(?<![\d:.])\d{1,2}(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?)?)\s?[-–—]\s?"
        r"(?=\d{1,2}(?::[0-5]\d|\s?[ap]\.?m\b))",
        lambda m: f"{m['a']} to ",
    ),
    (rf"(?<![\d:])(?P<h>[01]?\d|2[0-4]):(?P<min>[0-5]\d)(?::(?P<s>[0-5]\d))?(?![\d:])(?:\s*{_HALF})?", _time),
    (rf"(?<![\d:.])(?P<h>1[0-2]|0?[1-9])\s*{_HALF}", lambda m: f"{_words(int(m['h']))}{_half(m)}"),
    # Money
    (
        rf"(?P<currency>{'|'.join(map(re.escape, CURRENCIES))})\s?(?P<n>{_N})(?P<scale>\s"
        rf"(?:thousand|million|billion|trillion)\b|(?:bn|[kKmMbBtT])\b)?",
        _money,
    ),
    # Telephones
    (
        r"(?:\+\d{1,2}[\s-])?(?:\(\d{3}\)\s?|(?<!\d)\d{3}[\s.-])\d{3}[.-]\d{4}(?!\d)"
        r"|\+\d{1,3}(?:[\s-]\d{2,4}){2,4}(?!\d)|(?<![\d-])\d{3}-\d{4}(?!\d)",
        _telephone,
    ),
    (
        r"(?P<before>\b(?:[Cc]all|[Dd]ial|[Rr]oom|[Ff]light|[Ee]xtension|[Cc]ode|[Pp]in"
        r"|PIN|[Hh]ighway|[Rr]oute)\s)(?P<n>\d{3,})\b",
        lambda m: m["before"] + digits(m["n"]),
    ),
    (r"(?<![\d.,$])911(?![\d.,]\d|\d|%)", lambda m: digits(m[0])),
    (r"(?<!\d)(?P<a>\d)['′’](?P<b>1[01]|\d)[\"″”]?(?!\d)", lambda m: f"{cardinal(m['a'])} foot {cardinal(m['b'])}"),
    (r"(?<![A-Za-z&])(?P<a>[A-Z]{1,3})&(?P<b>[A-Z]{1,3})(?![A-Za-z&])",
     lambda m: f"{_spaced(m['a'])} and {_spaced(m['b'])}"),
    (r"(?<=\s)['’]n['’](?=\s)", lambda m: "and"),
    (r"\b(?P<n>[CF])#(?!\w)", lambda m: f"{m['n']} sharp"),
    (
        r"\b(?P<a>\d+)\s?ft\.?\s?(?P<b>\d{1,2})\s?in\b\.?",
        lambda m: f"{cardinal(m['a'])} feet {cardinal(m['b'])} inches",
    ),
    (r"(?<!\d)(?P<a>\d{1,2})(?P<b>\d0)p\b", lambda m: f"{cardinal(m['a'])} {cardinal(m['b'])} P"),
    (r"(?<=\b[A-Z]{2} )\d{5}\b", lambda m: digits(m[0])),
    (r"(?<=\d)\^(?=\d)", lambda m: " to the power of "),
    # Abbreviations that hold points
    (r"\b(?:Mr|Mrs|Ms|Dr)\.?(?=\s(?:and|or|&)\s(?:Mr|Mrs|Ms|Dr)\b)", lambda m: TITLES[m[0].lower()]),
    (r"\bWorld War I\b(?!['’])", lambda m: "World War one"),
    (r"\bNo\.\s?(?=\d)|\bno\.\s(?=\d)|#(?=\d)", lambda m: "number "),
    (r"\bSt\.\s(?=[A-Z])", lambda m: "Saint "),
    (r"(?i:(?<![A-Za-z.])(?:" + _either(TITLES) + r"))(?=\s?[A-Z])", lambda m: TITLES[m[0].lower()]),
    (r"(?i)(?<![A-Za-z.])(?:" + _either(NUMBERED) + r")(?=\s?\d)", lambda m: NUMBERED[m[0].lower()]),
    (r"(?i)(?<![A-Za-z.])(?:" + _either(ABBREVIATIONS) + r")(?![A-Za-z])", _abbreviation),
    (r"(?<![A-Za-z.])(?:[A-Za-z]\.){2,}", _initials),
    (r"(?<![A-Za-z.'])(?<![AP] )[A-Z]\.(?=\s[A-Z])", _initial),
    (r"(?P<before>\b(?:(?P<counted>World War|Chapter|Part|Act|Scene|Volume|Book|Section|Phase|Type|Class|Super Bowl)"
     r"|[A-Z][a-z]+)\s)(?P<r>[IVX]{2,}|V(?=[\s.,;!?]))(?![A-Za-z])",
     lambda m: _roman(m) if m["r"] in _ROMAN else m[0]),
    # Decades, years, ordinals
    (r"(?<![A-Za-z\d])['’]?(?P<n>\d{2}|\d{3,4})['’]?s\b", _decade),
    (
        r"(?<![\d.,])(?P<a>1[1-9]\d\d|20\d\d)\s?[-–—]\s?(?P<b>1[1-9]\d\d|20\d\d)(?![\d.,]\d"
        r"|\d)",
        lambda m: f"{year(m['a'])} to {year(m['b'])}",
    ),
    (r"(?i)(?P<before>\b(?:in|since|by|from|until|till|before|after|during|of|year|early|late|mid|circa|to|and|spring|summer|autumn|fall|winter|©|\()\s?)"
     r"(?P<n>1[1-9]\d\d|20\d\d)(?![\d,.]\d|\d|%|"
     r"\s?(?:people|men|women|dollars|years|days|miles|meters|euros|pounds|words|pages|" + _UNIT + r")\b)", _is_year),
    (r"(?<![\d,.])(?P<before>)(?P<n>1[1-9](?!00)\d\d|20[1-9]\d)(?=[.,;:!?)]?(?:\s|$)(?!\s*[a-z]+s\b))", _is_year),
    (r"(?<![\d.])(?P<n>\d+)(?:st|nd|rd|th)\b", lambda m: ordinal(m["n"])),
    # Sums, ranges and parts of a hundred
    (r"(?<=\d)\s?-\s?(?=\d[\d\s.+*/x×÷-]*=)", lambda m: " minus "),
    (rf"(?<![\d.\-–—A-Za-z])(?P<a>{_N})(?:\s?%)?\s?[-–—~]\s?(?={_N}(?![\d\-–—]))", lambda m: f"{cardinal(m['a'])} to "),
    (
        rf"(?P<minus>(?<![\dA-Za-z)])-)?(?P<n>{_N})\s?%",
        lambda m: f"{'minus ' * bool(m['minus'])}{cardinal(m['n'])} percent",
    ),
    # Units
    (rf"(?<![A-Za-z\d.])(?P<n>{_N})-(?P<u>{_UNIT})\b", _compound_unit),
    (rf"(?<![A-Za-z\d.])(?P<minus>(?<![\d)])-)?(?P<n>{_N})\s?(?P<u>{_UNIT})(?![A-Za-z\d²³])(?!['’])", _unit),
    # Fractions, ratios, versions, names of models
    (r"(?<![\d./A-Za-z])(?:(?P<w>\d+)\s)?(?P<a>\d{1,4})/(?P<b>\d{1,4})(?![\d/]|\.\d)", _fraction),
    (r"(?<![\d:])(?P<a>\d+)\s?:\s?(?P<b>\d+)(?![\d:])", lambda m: f"{cardinal(m['a'])} to {cardinal(m['b'])}"),
    (r"(?<![\d.A-Za-z])(?P<v>[vV]\.?\s?)?(?P<n>\d+(?:\.\d+){2,})(?!\.?\d)", _version),
    (r"(?<![A-Za-z\d])(?P<a>\d)x(?P<b>\d)(?![A-Za-z\d])", lambda m: f"{cardinal(m['a'])} by {cardinal(m['b'])}"),
    (r"(?<![A-Za-z])(?P<w>[A-Za-z]+)[-‐‑]?(?P<n>\d+(?:\.\d+)?)(?!\d)", _model),
    (r"(?<=\d)\s?x\s?(?=\d)", lambda m: " times "),
    # What is left
    (rf"(?P<minus>(?:^|(?<=[\s(=:]))-(?=\d))?(?P<n>{_N}|\.\d+)(?P<after>[A-Za-z])?",
     lambda m: f"{'minus ' * bool(m['minus'])}{cardinal(m['n'])}{' ' + m['after'] if m['after'] else ''}"),
    (
        r"[αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΩςµ]",
        lambda m: f" {GREEK.get(m[0].lower(), 'mu' if m[0] == 'µ' else 'sigma')} ",
    ),
)  # fmt: skip
_SPOKEN_SIGN: Final = re.compile("[" + "".join(map(re.escape, SIGNS)) + "]")


def normalize(text: str) -> str:
    """`text` holds no mark-up. Words and marks that need no rewriting stay as they are."""
    for pattern, say in _RULES:
        text = pattern.sub(say, text)
    text = re.sub(r" {2,}", " ", _SPOKEN_SIGN.sub(_sign, text))
    return re.sub(r"(?<=\w) (?=[.,;!?](?:\s|$))", "", text)


def _sign(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()].rstrip()[-1:], match.string[match.end() :].lstrip()[:1]
    if match[0] in "*<>" and not (before.isalnum() and after.isalnum()):
        return " "  # a star beside a word is a bullet or an accent; a single angle belongs to code
    return f" {SIGNS[match[0]]} "
