"""Numbers in English words, as Americans read them."""

from typing import Final

from num2words import num2words

#: A number as it is written. It never starts inside one, or a page of figures would take minutes.
NUMBER: Final = r"(?<!\d)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
DIGITS: Final = "zero one two three four five six seven eight nine".split()
#: Longer numbers are read figure by figure.
LONGEST: Final = 15


def digits(number: str) -> str:
    """ "007" -> zero zero seven. Other characters are left out."""
    return " ".join(DIGITS[int(figure)] for figure in number if figure in "0123456789")


def cardinal(number: str) -> str:
    """ "1,250.5" -> one thousand two hundred fifty point five. Very long numbers are read figure by figure."""
    whole, _, fraction = number.replace(",", "").partition(".")
    if len(whole) > LONGEST or (len(whole) > 1 and whole.startswith("0")):
        read = digits(whole)
    else:
        read = words(int(whole or "0"))
    return f"{read} point {digits(fraction)}" if fraction else read


def ordinal(number: str) -> str:
    """ "22" -> twenty second."""
    return _plain(num2words(int(number), to="ordinal")) if len(number) <= LONGEST else digits(number)


def year(number: str) -> str:
    """ "1905" -> nineteen oh five, "2005" -> two thousand five, "2024" -> twenty twenty four."""
    if len(number) != 4 or number.startswith("0") or number[1:3] == "00":
        return cardinal(number)
    return pairs(number)


def pairs(number: str) -> str:
    """Four figures two by two: "1905" -> nineteen oh five, "4090" -> forty ninety, "1900" -> nineteen hundred."""
    first, last = number[:2], number[2:]
    if last == "00":
        return f"{words(int(first))} hundred"
    return f"{words(int(first))} {'oh ' + DIGITS[int(last[1])] if last[0] == '0' else words(int(last))}"


def by_length(number: str) -> str:
    """The number in a name: 15 is counted, 249 and 10086 go figure by figure, 4090 two by two."""
    if len(number) < 3 or (len(number) > 2 and number.strip("0") == number[:1] and len(number) < 6):
        return cardinal(number)
    return pairs(number) if len(number) == 4 and not number.startswith("0") else digits(number)


def words(number: int) -> str:
    return _plain(num2words(number))


def _plain(read: str) -> str:
    """American reading: without "and", commas and hyphens."""
    return read.replace(" and ", " ").replace(",", "").replace("-", " ")


def plural(word: str) -> str:
    """seventy -> seventies, of a decade or of digits."""
    return word[:-1] + "ies" if word.endswith("y") else word + ("es" if word.endswith(("x", "s")) else "s")
