"""Roman numerals."""

import re
from typing import Final

_NUMERAL: Final = re.compile(r"(M{0,3})(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_VALUES: Final = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}


def value(numeral: str) -> int | None:
    """ "XIV" -> 14; None for what is no numeral in its one right spelling ("IIX", "")."""
    if not numeral or not _NUMERAL.fullmatch(numeral):
        return None
    figures = [_VALUES[letter] for letter in numeral]
    return sum(
        -figure if figure < max(figures[place + 1 :], default=0) else figure for place, figure in enumerate(figures)
    )
