"""English text with digits, signs and abbreviations -> the words that a reader says for them."""

import re
from typing import Final

from tts.text.en_lexicon import ABBREVIATIONS, GREEK, NUMBERED, SIGNS, TITLES
from tts.text.en_numbers import NUMBER, cardinal, ordinal, words
from tts.text.normalize_en_codes import ADDRESSES, CODES, MODELS, ROMAN_NAMES
from tts.text.normalize_en_dates import DATES, TIMES, YEARS
from tts.text.normalize_en_units import MONEY, UNIT_RULES
from tts.text.rules import compile_rules, either, rewrite, settled

__all__ = ["ROMAN_NAMES", "normalize"]

_BELOW: Final = {2: ("half", "halves"), 4: ("quarter", "quarters")}
_TO: Final = r"\s?[-–—~]\s?"
_TOWARDS: Final = {"N": "north", "S": "south", "E": "east", "W": "west"}


def _fraction(match: re.Match[str]) -> str:
    above, below = int(match["a"]), int(match["b"])
    whole = f"{cardinal(match['w'])} and " if match["w"] else ""
    if above == below and above in (5, 10, 100):
        return f"{words(above)} out of {words(below)}"
    if above == below:
        return f"{whole}{words(above)} {words(below)}"
    if (above, below) == (24, 7):
        return "twenty four seven"
    if below < 2 or below > 100 or above >= below:
        return f"{whole}{words(above)} over {words(below)}"
    one, many = _BELOW.get(below, ("", ""))
    if not one:
        one = ordinal(match["b"])
        many = one + "s"
    single = "a" if whole else "one"
    return whole + (f"{single} {one}" if above == 1 else f"{words(above)} {many}")


def _power(match: re.Match[str]) -> str:
    exponent = match["n"]
    if exponent in ("2", "3"):
        return (
            f"{match['base']} {'squared' if exponent == '2' else 'cubed'}"
            if match["base"].isalpha()
            else (f"{match['base']} to the power of {exponent}")
        )
    said = exponent if exponent.isalpha() else cardinal(exponent.lstrip("-"))
    return f"{match['base']} to the power of {'minus ' * exponent.startswith('-')}{said}"


def _scientific(match: re.Match[str]) -> str:
    return f"{cardinal(match['n'])} times ten to the power of {'minus ' * bool(match['minus'])}{cardinal(match['e'])}"


def _equation(match: re.Match[str]) -> str:
    """A sum with an equals sign: hyphens between terms are minus, slashes divide."""
    read = re.sub(r"([\d)²³]|(?<![A-Za-z])[a-z])\s?-\s?(?=[\d(]|[a-z](?![A-Za-z]))", r"\1 minus ", match[0])
    if re.search(r"[A-Za-z]{2}", match[0]):
        return read
    return re.sub(r"(?<!\d)(\d+|\))\s?/\s?(\d+|\()(?!\d)", _divided, read)


def _divided(match: re.Match[str]) -> str:
    """10/2 is a division, 1/2 stays a fraction."""
    above, below = match[1], match[2]
    proper = above.isdigit() and below.isdigit() and int(above[:9]) < int(below[:9])
    return match[0] if proper else f"{above} divided by {below}"


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


def _spaced(letters: str) -> str:
    """AT of AT&T: letters that no one reads as a word."""
    return " ".join(letters)


_WORDS: Final = compile_rules(
    (r"(?<![A-Za-z&])(?P<a>[A-Z]{1,3})&(?P<b>[A-Z]{1,3})(?![A-Za-z&])",
     lambda m: f"{_spaced(m['a'])} and {_spaced(m['b'])}"),
    (r"(?<=\s)['’]n['’](?=\s)", lambda m: "and"),
    (r"<?[-=]{1,3}>(?![\d=])|<-{1,3}", lambda m: " "),
    (r">=|=>", lambda m: "≥"),
    (r"<=", lambda m: "≤"),
    (r"(?<=[\w\s])={2,3}(?=[\w\s])", lambda m: "="),
    (r"(?<![A-Za-z\d*)])\*{1,3}(?P<n>[^*\n\d]{1,60})\*{1,3}(?![A-Za-z\d*(])", lambda m: f" {m['n']} "),
    (r"(?<![\w#&])#(?=[A-Za-z]\w)", lambda m: "hashtag "),
    (r"\bw/(?=\s)", lambda m: "with"),
    (r"(?<![A-Za-z\d])</?(?:b|i|u|p|br|em|li|ul|ol|div|span|strong|code|sub|sup|h[1-6])\s?/?>|"
     r"(?<=[A-Za-z\d])</(?:b|i|u|p|em|li|div|span|strong|code|sub|sup|h[1-6])>", lambda m: " "),
    (r"(?<![\w.])\.(?=NET\b)", lambda m: "dot "),
    (r"(?<![\d.,])\d{1,3}(?: \d{3}){2,}(?![\d,])", lambda m: m[0].replace(" ", "")),
)  # fmt: skip

_SHORTENED: Final = compile_rules(
    (r"\b(?:Mr|Mrs|Ms|Dr)\.?(?=\s(?:and|or|&)\s(?:Mr|Mrs|Ms|Dr)\b)", lambda m: TITLES[m[0].lower()]),
    (r"\b(?:No\.|NO\.)\s?(?=\d)|\bno\.\s(?=\d)|#(?=\d)", lambda m: "number "),
    (r"(?P<street>\b(?:[A-Z][a-z]+|\d+(?:st|nd|rd|th))\s)Dr\.(?=\s(?:[a-z]|\d)|,|"
     r"[^\w]*$)", lambda m: m["street"] + "drive" + "." * (m.end() == len(m.string))),
    (r"\bDr\.(?=\s[a-z\d])", lambda m: "doctor"),
    (r"\b(?P<to>[NSEW])\.\s(?=\d+(?:st|nd|rd|th)\b|[A-Z][a-z]+\s(?:St|Ave|Rd|Blvd|"
     r"Dr)\b)", lambda m: _TOWARDS[m["to"]] + " "),
    (r"\bSt\.\s(?=[A-Z])", lambda m: "Saint "),
    (r"(?i:(?<![A-Za-z.\d])(?<!\d\s)(?:" + either(TITLES) + r"))(?=\s?[A-Z])", lambda m: TITLES[m[0].lower()]),
    (r"(?i)(?<![A-Za-z.])(?:" + either(NUMBERED) + r")(?=\s?\d)", lambda m: NUMBERED[m[0].lower()]),
    (r"(?i)(?<![A-Za-z.])(?:" + either(ABBREVIATIONS) + r")(?![A-Za-z])", _abbreviation),
    (r"(?<![A-Za-z.])(?:[A-Za-z]\.){2,}", _initials),
    (r"(?<![A-Za-z.'])(?<![AP] )[A-Z]\.(?=\s[A-Z])", _initial),
)  # fmt: skip

_SUMS: Final = compile_rules(
    (rf"(?<![\d.A-Za-z])(?P<n>{NUMBER})[eE](?P<minus>-)?\+?(?P<e>\d{{1,3}})(?![\dA-Za-z])", _scientific),
    (r"(?P<base>[\d)]|(?<![A-Za-z])[A-Za-z])\^[({]?(?P<n>-?\d{1,4}|[a-z])[)}]?", _power),
    (r"(?<![\da-zA-Z\s.()+×*/÷²³-])[\da-zA-Z\s.()+×*/÷²³-]++=[\da-zA-Z\s.()+×*/÷²³=-]*+", _equation),
    (rf"(?<![\d.\-–—A-Za-z])(?P<a>{NUMBER})(?:\s?%)?{_TO}(?={NUMBER}"
     rf"(?![\d\-–—]))", lambda m: f"{cardinal(m['a'])} to "),
    (rf"(?<![\d.A-Za-z])-(?P<a>{NUMBER})(?:\s?°[CF]?)?\s?(?:[–—~]|"
     rf"to)\s?(?=-?{NUMBER})", lambda m: f"minus {cardinal(m['a'])} to "),
)  # fmt: skip

_REST: Final = compile_rules(
    (r"(?<![\d./A-Za-z])(?:(?P<w>\d+)\s{1,2})?(?P<a>\d{1,4})/(?P<b>\d{1,4})(?:rds|rd|ths|th)?(?![\d/]|"
     r"\.\d)", _fraction),
    (r"(?<![\d:])(?P<a>\d+)\s?:\s?(?P<b>\d+)(?![\d:])", lambda m: f"{cardinal(m['a'])} to {cardinal(m['b'])}"),
    (r"(?<![A-Za-z\d])(?P<a>\d{1,2})x(?P<b>\d{1,2})"
     r"(?![A-Za-z\d])", lambda m: f"{cardinal(m['a'])} by {cardinal(m['b'])}"),
    (r"(?<![A-Za-z\d])(?P<a>\d+(?:\.\d+)?)[x×](?=\s(?:faster|slower|more|less|larger|smaller|higher|lower|bigger|"
     r"better|the)\b)",
     lambda m: f"{cardinal(m['a'])} times"),
)  # fmt: skip

_LEFT: Final = compile_rules(
    (r"(?<=\d)\s?x\s?(?=\d)", lambda m: " times "),
    (r"(?:^|(?<=[\s(,]))[~～](?=\d)", lambda m: "about "),
    (rf"(?P<minus>(?:^|(?<=[\s(=:]))-(?=\.?\d))?(?P<n>{NUMBER}|(?<!\d)\.\d+)(?P<after>[A-Za-z])?",
     lambda m: f"{'minus ' * bool(m['minus'])}{cardinal(m['n'])}{' ' + m['after'] if m['after'] else ''}"),
    (
        r"[αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΩςµ]",
        lambda m: f" {GREEK.get(m[0].lower(), 'mu' if m[0] == 'µ' else 'sigma')} ",
    ),
)  # fmt: skip
_RULES: Final = (
    *ADDRESSES, *_WORDS, *DATES, *TIMES, *MONEY, *CODES, *_SHORTENED, *ROMAN_NAMES, *YEARS, *_SUMS, *UNIT_RULES, *_REST,
    *MODELS, *_LEFT,
)  # fmt: skip
_SPOKEN_SIGN: Final = re.compile("[" + "".join(map(re.escape, SIGNS)) + "]")


def normalize(text: str) -> str:
    """`text` holds no mark-up. Words and marks that need no rewriting stay as they are."""
    return settled(text, _once)


def _once(text: str) -> str:
    text = re.sub(r" {2,}", " ", _SPOKEN_SIGN.sub(_sign, rewrite(text, _RULES)))
    return re.sub(r"(?<=\w) (?=[.,;!?](?:[^\w.]|$))", "", text)


def _sign(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()].rstrip()[-1:], match.string[match.end() :].lstrip()[:1]
    if match[0] in "*<>" and not (before.isalnum() and after.isalnum()):
        return " "  # a star beside a word is a bullet or an accent; a single angle belongs to code
    return f" {SIGNS[match[0]]} "
