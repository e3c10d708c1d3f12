"""Numbers in Chinese words."""

from typing import Final

#: A number as it is written (it never starts inside one, or a page of figures would take minutes), and what stands
#: between the two ends of a range.
NUMBER: Final = r"(?<!\d)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
TO: Final = r"\s*(?:-|–|—|——|~|～|至|到)\s*"

_DIGITS: Final = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_PLACES: Final = ("", "十", "百", "千")
_GROUPS: Final = ("", "万", "亿", "万")
#: Longer numbers are read digit by digit.
LONGEST: Final = 16


def digits(number: str, *, yao: bool = False) -> str:
    """ "2008" -> 二零零八; with `yao` 1 is 幺, as in telephone and room numbers. Other characters are left out."""
    read = "".join(_DIGITS.get(figure, "") for figure in number)
    return read.replace("一", "幺") if yao else read


def cardinal(number: str) -> str:
    """ "12,500.5" -> 一万二千五百点五. 200, 2000, 2万 and 2亿 start with 两, 250 with 二."""
    whole, _, fraction = number.replace(",", "").partition(".")
    read = _whole(whole)
    if fraction:
        read += "点" + digits(fraction)
    return read


def _whole(number: str) -> str:
    if not number:
        return "零"
    if len(number) > LONGEST or (len(number) > 1 and number.startswith("0")):
        return digits(number)
    if set(number) == {"0"}:
        return "零"
    groups = []
    for end in range(len(number), 0, -4):
        groups.append(number[max(0, end - 4) : end])
    read, gap = "", False
    for power in range(len(groups) - 1, -1, -1):
        group = groups[power].zfill(4)
        if group == "0000":
            gap = bool(read)
            continue
        if read and (gap or group.startswith("0")):
            read += "零"
        read += "两" if group == "0002" and power and not read else _group(group, first=not read)
        read += _GROUPS[power]
        if power == 3 and groups[2] == "0000":
            read += "亿"  # else the group of 亿 that follows says it: 一万二千亿
        gap = False
    return read


def _group(group: str, *, first: bool) -> str:
    """Four digits, without the zeros before them."""
    read = ""
    bare = group.lstrip("0")
    for place, figure in enumerate(bare):
        power = len(bare) - 1 - place
        if figure == "0":
            read += "零" if read and not read.endswith("零") else ""
        elif figure == "1" and power == 1 and not read and first:
            read += "十"
        elif figure == "2" and not read and first and (power == 3 or bare == "200"):
            read += "两" + _PLACES[power]
        else:
            read += _DIGITS[figure] + _PLACES[power]
    return read.rstrip("零")


def amount(number: str) -> str:
    """A number before the thing it counts: 2 is 两."""
    return "两" if number == "2" else cardinal(number)


def to(written: str) -> str:
    """The word for what stands in a range: 至 stays."""
    return "至" if "至" in written else "到"
