"""Money, percentages and units in an English text -> words."""

import re
from typing import Final

from tts.text.en_lexicon import CURRENCIES, CURRENCY_CODES, UNITS
from tts.text.en_numbers import NUMBER, cardinal, words
from tts.text.rules import compile_rules, either

_SCALE: Final = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion", "t": "trillion", "tn": "trillion"}
_SCALE_AFTER: Final = r"(?P<scale>\s(?:thousand|million|billion|trillion)\b|(?:bn|tn|[kKmMbBtT])\b)?"
_UNIT: Final = either(UNITS)
_PER: Final = rf"(?P<u>{_UNIT})(?:/(?P<per>{_UNIT}))?"
#: What is counted in thousands and millions: 5k followers.
_CROWD: Final = (
    "followers|views|people|users|subscribers|likes|downloads|words|players|customers|members|copies|residents|jobs|"
    "employees|students|visitors|times|deaths|cases|workers|voters|households|tons|barrels|records|rows|tokens|parameters"
)
_TO: Final = r"\s?(?:-|–|—|~|to)\s?"
#: What a price is for.
_EACH: Final = (
    "hour|day|night|week|month|year|person|user|seat|minute|second|mile|pound|ounce|gallon|share|unit|head|item"
)
#: Before these a unit stays single: the 100 m dash.
_SINGULAR_BEFORE: Final = (
    "dash|run|race|relay|sprint|freestyle|butterfly|backstroke|breaststroke|hurdles|angle|turn|bend|rotation|winds?|drive|battery|screen|"
    "radius|bottle|camera|lens"
)
_SHORT_EACH: Final = {"hr": "hour", "mo": "month", "yr": "year", "wk": "week", "kg": "kilogram", "lb": "pound",
                      "oz": "ounce", "gal": "gallon", "GB": "gigabyte", "kWh": "kilowatt hour",
                      "h": "hour"}  # fmt: skip


def _money(match: re.Match[str]) -> str:
    number, scale = match["n"].replace(",", ""), (match["scale"] or "").strip().lower()
    one, many, cent = CURRENCIES[match["currency"]]
    minus = "minus " if match["minus"] or match["below"] else ""
    if scale:
        return f"{minus}{cardinal(number)} {_SCALE.get(scale, scale)} {many}"
    return minus + _price(number, one, many, cent)


def _price(number: str, one: str, many: str, cent: str) -> str:
    whole, _, part = number.partition(".")
    if len(part) != 2 or not cent:
        return f"{cardinal(number)} {one if number == '1' else many}"
    pieces = []
    if whole.strip("0"):
        pieces.append(f"{cardinal(whole)} {one if whole == '1' else many}")
    if part != "00" or not pieces:
        pieces.append(f"{words(int(part))} {cent}{'' if part == '01' or cent == 'pence' else 's'}")
    return " and ".join(pieces)


def _comma_money(match: re.Match[str]) -> str:
    """€3,50 with the comma of Europe."""
    return _price(f"{match['n']}.{match['part']}", *CURRENCIES["€"])


def _money_range(match: re.Match[str]) -> str:
    scale = (match["scale"] or "").strip().lower()
    many = CURRENCIES[match["currency"]][1]
    read = f"{cardinal(match['a'])} to {cardinal(match['n'])}"
    return f"{read} {_SCALE.get(scale, scale)} {many}" if scale else f"{read} {many}"


def _money_after(match: re.Match[str]) -> str:
    return _price(match["n"].replace(",", ""), *CURRENCY_CODES[match["currency"]])


def _unit(match: re.Match[str]) -> str:
    one, many = UNITS[match["u"]]
    minus = "minus " if match["minus"] else ""
    per = f" per {UNITS[match['per']][0]}" if match["per"] else ""
    return f"{minus}{cardinal(match['n'])} {one if match['n'] == '1' else many}{per}"


def _compound_unit(match: re.Match[str]) -> str:
    """A 5-km run, a 10 kg bag: the unit stays single."""
    return f"{cardinal(match['n'])} {UNITS[match['u']][0]}"


def _feet(match: re.Match[str]) -> str:
    return f"{cardinal(match['a'])} foot {cardinal(match['b'])}"


def _percent(match: re.Match[str]) -> str:
    minus = "minus " if match["minus"] else ""
    return f"{minus}{cardinal(match['n'])} {'percent' if match['sign'] == '%' else 'per mille'}"


def _angle(match: re.Match[str]) -> str:
    seconds = f" {cardinal(match['s'])} seconds" if match["s"] else ""
    return f"{cardinal(match['d'])} degrees {cardinal(match['m'])} minutes{seconds}"


MONEY: Final = compile_rules(
    (r"€\s?(?P<n>\d+),(?P<part>\d\d)(?!\d)", _comma_money),
    (rf"(?P<currency>{either(CURRENCIES)})\s?(?P<a>{NUMBER}){_TO}(?:(?P=currency)\s?)?(?P<n>{NUMBER}){_SCALE_AFTER}"
     r"(?![\d.]\d|-\d)", _money_range),
    (rf"(?P<minus>(?<![\d\w])-)?(?P<currency>{either(CURRENCIES)})\s?(?P<below>-)?(?P<n>{NUMBER}){_SCALE_AFTER}",
     _money),
    (rf"(?<![A-Za-z])"
     rf"(?P<currency>{either(code for code in CURRENCY_CODES if code.isalpha())})\s(?P<n>{NUMBER})", _money_after),
    (rf"(?P<n>{NUMBER})\s?(?P<currency>{either(CURRENCY_CODES)})(?![A-Za-z])", _money_after),
    (rf"(?<=dollars|. euros|.pounds|. cents)/(?P<each>{_EACH}|{either(_SHORT_EACH)})\b",
     lambda m: f" per {_SHORT_EACH.get(m['each'], m['each'])}"),
    (rf"(?<![A-Za-z\d.])(?P<n>{NUMBER})\s?[kK](?=\+?\s(?:{_CROWD})\b)", lambda m: f"{cardinal(m['n'])} thousand"),
    (rf"(?<![A-Za-z\d.])(?P<n>{NUMBER})\s?[mM](?=\+?\s(?:{_CROWD})\b)", lambda m: f"{cardinal(m['n'])} million"),
    (rf"(?<![A-Za-z\d.])(?P<n>{NUMBER})\s?(?:bn\b|"
     rf"[bB](?=\+?\s(?:{_CROWD})\b))", lambda m: f"{cardinal(m['n'])} billion"),
    (rf"(?<![A-Za-z\d.])(?P<n>{NUMBER})\s?(?P<s>mn|tn)\b",
     lambda m: f"{cardinal(m['n'])} {'million' if m['s'] == 'mn' else 'trillion'}"),
)  # fmt: skip

UNIT_RULES: Final = compile_rules(
    (rf"(?P<minus>(?<![\dA-Za-z)])-)?(?P<n>{NUMBER})\s?(?P<sign>[%‰])", _percent),
    (r"(?<![\d.])(?P<d>\d{1,3})°\s?(?P<m>\d{1,2})['′]\s?(?:(?P<s>\d{1,2}(?:\.\d+)?)(?:[\"″]|''))?", _angle),
    (r"(?<!\d)(?P<a>\d)['′’](?P<b>1[01]|\d)[\"″”]?(?!\d)", _feet),
    (r"(?<=\d/\d)[\"″](?!\w)|(?<=\d)[\"″](?=\s(?:monitor|screen|display|TV|television|laptop|tablet|pipe|wheels?|"
     r"rims?)\b)|(?<=\d)″",
     lambda m: " inch"),
    (r"\b(?P<a>\d+)\s?ft\.?\s?(?P<b>\d{1,2})\s?in\b\.?", lambda m: f"{cardinal(m['a'])} feet {cardinal(m['b'])} "
     f"inches"),
    (rf"(?<![A-Za-z\d.])(?P<n>{NUMBER})-(?P<u>{_UNIT})\b", _compound_unit),
    (rf"(?P<before>\b[Aa]n?\s)(?P<n>{NUMBER})\s?(?P<u>{_UNIT})(?=\s[a-z])", lambda m: m["before"] + _compound_unit(m)),
    (rf"(?<![A-Za-z\d.])(?P<n>{NUMBER})\s?(?P<u>{_UNIT})(?=\s(?:{_SINGULAR_BEFORE})\b)", _compound_unit),
    (rf"(?<=[a-z]s)/(?P<each>{either(_SHORT_EACH)}|min|sec|{_EACH})\b(?!/)",
     lambda m: f" per {({'min': 'minute', 'sec': 'second'} | _SHORT_EACH).get(m['each'], m['each'])}"),
    (rf"(?<![A-Za-z\d.])(?P<minus>(?<![\d)])-)?(?P<n>{NUMBER})\s?{_PER}(?![A-Za-z\d²³])(?!['’])", _unit),
)  # fmt: skip
