"""English dates, times of day and years -> words."""

import re
from typing import Final

from tts.text.en_lexicon import DAYS, MONTHS, UNITS
from tts.text.en_numbers import DIGITS, cardinal, digits, ordinal, plural, words, year
from tts.text.rules import compile_rules, either

_MONTH: Final = either({*MONTHS, *MONTHS.values()})
_MONTHS_IN_ORDER: Final = tuple(dict.fromkeys(MONTHS.values()))
_DAY: Final = r"(?P<d>[12]\d|3[01]|0?[1-9])"
_YEAR: Final = r"(?:,?\s+(?P<y>[12]\d{3})\b)?"
_HALF: Final = r"(?P<half>[aApP]\.?\s?[mM]\b\.?)"
_TO: Final = r"\s?[-–—~]\s?"
#: Not years: what these follow is counted.
_COUNTED: Final = (
    r"\s?(?:people|men|women|students|dollars|years|days|hours|minutes|times|miles|meters|metres|feet|euros|pounds|"
    rf"words|pages|points|{either(UNITS)})\b"
)


def _month(written: str) -> str:
    return MONTHS.get(written.rstrip("."), written)


def _date(match: re.Match[str]) -> str:
    read = f"{_month(match['mon'])} {ordinal(match['d'])}"
    return f"{read}, {year(match['y'])}" if match["y"] else read


def _dates(match: re.Match[str]) -> str:
    """May 3-5."""
    return f"{_month(match['mon'])} {ordinal(match['a'])} to {ordinal(match['d'])}" + (
        f", {year(match['y'])}" if match["y"] else ""
    )


def _date_of(match: re.Match[str]) -> str:
    read = f"the {ordinal(match['d'])} of {_month(match['mon'])}"
    return f"{read}, {year(match['y'])}" if match["y"] else read


def _date_in_figures(match: re.Match[str]) -> str:
    month = _MONTHS_IN_ORDER[int(match["m"]) - 1]
    return f"{month} {ordinal(match['d'].lstrip('0'))}, {year(match['y'])}"


def _time(match: re.Match[str]) -> str:
    hour, minute, second, half = int(match["h"]), match["min"], match["s"], match["half"]
    read = words(hour)
    if int(minute):
        read += f" oh {DIGITS[int(minute[1])]}" if minute[0] == "0" else f" {words(int(minute))}"
    elif not half and not second and not match["clock"]:
        read += " o'clock" if 1 <= hour <= 12 else " hundred"
    if second:
        read += f" and {words(int(second))} second{'' if int(second) == 1 else 's'}"
    return read + (_half(match) if half else match["clock"] or "")


def _half(match: re.Match[str]) -> str:
    """a.m. and p.m., whose last point may also end the sentence."""
    ends = match["half"].endswith(".") and re.match(r"\s*$|\s+[A-Z]", match.string[match.end() :])
    return f" {match['half'][0].upper()} M{'.' if ends else ''}"


def _lap(match: re.Match[str]) -> str:
    """1:23.45, a time that somebody ran."""
    return f"{words(int(match['m']))} {words(int(match['s']))} point {digits(match['part'])}"


def _decade(match: re.Match[str]) -> str:
    """1990s, '80s, 100s."""
    number = match["n"]
    if len(number) == 4:
        head, tail = number[:2], number[2:]
        if tail == "00":
            return f"{words(int(head))} hundreds" if head[1] != "0" else f"{cardinal(number)}s"
        return f"{words(int(head))} {plural(words(int(tail)))}"
    return plural(cardinal(number))


def _years(match: re.Match[str]) -> str:
    upper = match["b"]
    return f"{year(match['a'])} to {year(upper) if len(upper) == 4 else words(int(upper))}"


def _is_year(match: re.Match[str]) -> str:
    before = match["before"]
    return f"{before}{' ' * before[-1:].isalnum()}{year(match['n'])}"


DATES: Final = compile_rules(
    (r"(?<![\d./-])(?P<y>[12]\d{3})(?P<sep>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>0?[1-9]|[12]\d|3[01])"
     r"(?![-/\d]|\.\d)", _date_in_figures),
    (r"(?<![\d./-])(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12]\d|3[01])/(?P<y>[12]\d{3})(?![\d/])", _date_in_figures),
    (r"(?<![\d./-])(?P<d>1[3-9]|2\d|3[01])/(?P<m>0?[1-9]|1[0-2])/(?P<y>[12]\d{3})(?![\d/])", _date_in_figures),
    (r"(?<![\d./-])(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<m>0?[1-9]|1[0-2])\.(?P<y>[12]\d{3})(?!\d|\.\d)", _date_in_figures),
    (rf"\b(?P<d>{either(DAYS)})(?:\.(?=,?\s(?:{_MONTH}|\d|at|to|and)\b)|"
     rf"(?=,?\s(?:{_MONTH})\b))", lambda m: DAYS[m["d"]]),
    (rf"\b(?P<a>{either(DAYS)})\.?{_TO}"
     rf"(?P<b>{either(DAYS)})\b(?!\.\w)\.?", lambda m: f"{DAYS[m['a']]} to {DAYS[m['b']]}"),
    (rf"\b(?P<mon>(?:{_MONTH})\.?)\s+(?P<a>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?{_TO}{_DAY}(?:st|nd|rd|"
     rf"th)?\b(?![:\d]){_YEAR}",
     _dates),
    (rf"(?<=\d)\s?[-–—]\s?(?=(?:{_MONTH})\b)", lambda m: " to "),
    (r"\b(?P<before>(?:[Oo]n|[Bb]y|[Uu]ntil|[Ss]ince|[Dd]ue)\s)(?P<m>[1-9]|1[0-2])/(?P<d>[12]\d|3[01]|[1-9])"
     r"(?![\d/]|\sof\b)",
     lambda m: f"{m['before']}{_MONTHS_IN_ORDER[int(m['m']) - 1]} {ordinal(m['d'])}"),
    (rf"\b(?P<mon>(?:{_MONTH})\.?)\s+{_DAY}(?:st|nd|rd|th)?\b(?![:.]\d|%){_YEAR}", _date),
    (rf"(?<![\d./:-])\b(?:[Tt]he\s+)?{_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<mon>(?:{_MONTH})\b\.?){_YEAR}", _date_of),
    (r"\b(?P<mon>Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\b\.?(?=\s?(?:[12]\d{3}\b|[-–—]|and\b|to\b|through\b))|"
     r"(?<=to )(?P<end>Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\b\.",
     lambda m: MONTHS[m["mon"] or m["end"]]),
)  # fmt: skip

TIMES: Final = compile_rules(
    (
        r"(?i)(?P<a>(?<![\d:.])\d{1,2}(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?)?)\s?[-–—]\s?"
        r"(?=\d{1,2}(?::[0-5]\d|\s?[ap]\.?m\b))(?!\d+:\d\d?:?\d*\s*(?:win|loss|victory))",
        lambda m: f"{m['a']} to ",
    ),
    (r"(?<![\d:])(?P<m>\d{1,2}):(?P<s>[0-5]\d)\.(?P<part>\d{1,3})(?![\d:])", _lap),
    (rf"(?<![\d:])(?P<h>[01]?\d|2[0-4]):(?P<min>[0-5]\d)(?::(?P<s>[0-5]\d))?(?![\d:])(?:\s*{_HALF})?"
     r"(?P<clock>\s+o['’]clock)?", _time),
    (rf"(?<![\d:.$€£])(?P<h>1[0-2]|0?[1-9])\s*{_HALF}", lambda m: f"{words(int(m['h']))}{_half(m)}"),
)  # fmt: skip

YEARS: Final = compile_rules(
    (r"(?<!\w)['’](?P<n>[1-9]\d)(?!\d|['’]?s\b|['’\"])", lambda m: words(int(m["n"]))),
    (r"(?<![A-Za-z\d$€£.,])['’]?(?P<n>\d{2}|\d{3,4})['’]?s\b", _decade),
    (r"(?<![\d.,$€£-])(?P<a>1[1-9]\d\d|20\d\d)\s?[-–—/]\s?(?P<b>1[1-9]\d\d|20\d\d|\d\d)(?![\d.,-]\d|\d|%)", _years),
    (r"(?i)(?P<before>\b(?:in|since|by|from|until|till|before|after|during|of|year|early|late|mid|circa|to|and|spring|"
     r"summer|autumn|fall|winter|class of|fy|q[1-4]|january|february|march|april|may|june|july|august|september|"
     rf"october|november|december|©|\()\s?)(?P<n>1[0-9]\d\d|20\d\d)(?![\d,.]\d|\d|%|{_COUNTED})", _is_year),
    (r"(?<![\d,.A-Za-z$€£])(?P<before>)(?P<n>1[1-9](?!00)\d\d|20[1-9]\d)(?=[.,;:!?)]?(?:\s|$)"
     r"(?!\s*[a-z]+s\b))", _is_year),
    (r"(?<![\d,.A-Za-z$€£])(?P<before>)(?P<n>1[1-9]\d\d|20\d\d)(?=['’]s\b|\s(?:BC|AD|BCE|CE|season|election|"
     r"Olympics|World)\b)",
     _is_year),
    (r"(?<![\d.])(?P<n>\d+)(?:st|nd|rd|th)\b", lambda m: ordinal(m["n"])),
)  # fmt: skip
