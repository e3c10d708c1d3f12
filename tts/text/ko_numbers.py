"""Numbers in Korean words: Sino-Korean (삼십이), native (서른두 before a counter), and figure by figure (삼이)."""

from typing import Final

_FIGURES: Final = "공일이삼사오육칠팔구"
_SCALES: Final = ("", "만", "억", "조", "경")
_LONGEST: Final = 4 * len(_SCALES)
_TENS: Final = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_ONES: Final = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_BEFORE_COUNTER: Final = {"하나": "한", "둘": "두", "셋": "세", "넷": "네"}


def figures(number: str) -> str:
    """ "010" -> 공일공, as telephones are read."""
    return "".join(_FIGURES[int(figure)] for figure in number if figure.isdigit())


def sino(number: str) -> str:
    """ "15,000.5" -> 만 오천 점 오. What starts with a needless zero, or is too long to count, is read by figures."""
    whole, _, fraction = number.replace(",", "").partition(".")
    whole = whole or "0"
    read = figures(whole) if _uncounted(whole) else _whole(int(whole))
    return f"{read} 점 {figures(fraction).replace('공', '영')}" if fraction else read


def _uncounted(whole: str) -> bool:
    return len(whole) > _LONGEST or (len(whole) > 1 and whole.startswith("0"))


def _whole(number: int) -> str:
    if not number:
        return "영"
    groups: list[str] = []
    for scale in _SCALES:
        number, group = divmod(number, 10_000)
        if group:
            # 만 alone is ten thousand, but a hundred million is always 일억.
            one = group == 1 and scale == "만" and not number
            groups.append(("" if one else _thousands(group)) + scale)
    return " ".join(reversed(groups))


def _thousands(group: int) -> str:
    read = ""
    for figure, unit in zip(f"{group:04}", ("천", "백", "십", ""), strict=True):
        if figure != "0":
            read += ("" if figure == "1" and unit else _FIGURES[int(figure)]) + unit
    return read


def native(number: int) -> str:
    """1 to 99 as they are counted before a counter: 한, 스무, 서른세."""
    if number == 20:
        return "스무"
    tens, ones = divmod(number, 10)
    one = _ONES[ones]
    return _TENS[tens] + _BEFORE_COUNTER.get(one, one)


def counted(number: str) -> str:
    """A number before a counter of native words; from a hundred on only the last few are: 백세 명, 백이십 명."""
    plain = number.replace(",", "")
    if not plain.isdigit() or plain.startswith("0") or len(plain) > 3:
        return sino(number)
    hundreds, rest = divmod(int(plain), 100)
    if hundreds and not 0 < rest <= 10:
        return sino(number)
    return (_thousands(hundreds * 100) if hundreds else "") + native(rest)


def ordinal(number: str) -> str:
    """Before 번째: 첫, 두, … 열한."""
    return "첫" if number == "1" else counted(number)


def nth(number: str) -> str:
    """첫째, 둘째, 셋째, … 열두째."""
    alone = {"1": "첫", "2": "둘", "3": "셋", "4": "넷"}.get(number)
    return (alone or counted(number)) + "째"
