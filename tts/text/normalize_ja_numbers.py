"""Japanese numbers: figures as kanji that a reader counts with, or as kana one by one."""

from typing import Final

from tts.text.normalize_ja_words import FIGURES

SIGNS: Final = "〇一二三四五六七八九"
_GROUPS: Final = ("", "万", "億", "兆", "京")
#: Beyond this a number is no count but a row of figures.
_LONGEST_NUMBER: Final = 16


def cardinal(number: str) -> str:
    """A number in kanji, as it is counted: 12,345.6 -> 一万二千三百四十五点六; a row of figures where it is none."""
    whole, _, decimals = number.replace(",", "").partition(".")
    if len(whole) > _LONGEST_NUMBER or (len(whole) > 1 and whole.startswith("0")):
        said = figures(whole)
    else:
        said = _counted(whole) or "零"
    return said + ("点" + "".join(SIGNS[int(figure)].replace("〇", "ゼロ") for figure in decimals) if decimals else "")


def _counted(whole: str) -> str:
    said, number = "", int(whole)
    for name in _GROUPS:
        number, group = divmod(number, 10_000)
        if group:
            said = _thousands(group, alone=not name) + name + said
    return said


def _thousands(group: int, *, alone: bool) -> str:
    said = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = group // unit % 10
        # 千 and 百 have no 一, but 一千万 has.
        one = figure == 1 and name and not (unit == 1000 and not alone and group == 1000)
        said += ("" if one or not figure else SIGNS[figure]) + (name if figure else "")
    return said


def figures(number: str) -> str:
    """Figures one by one: 090 -> ゼロキューゼロ."""
    return "".join(FIGURES[figure] for figure in number if figure in FIGURES)
