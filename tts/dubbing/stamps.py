"""Time stamps of SRT and VTT: what people write, and what looks like one and is none."""

import re
import unicodedata
from typing import Final

from tts.dubbing.document import Window

_TIME: Final = r"(?:(\d{1,3})\s*:\s*)?(\d{1,2})\s*:\s*(\d{1,2})(?:\s*[,.]\s*(\d{1,6}))?"
_ARROW: Final = r"(?:[-=—–−]{1,3}\s?>|→|⟶)"
# What follows the end is where on the screen the words stand.
_STAMP: Final = re.compile(rf"\s*{_TIME}\s*{_ARROW}\s*{_TIME}(\s.*)?")
_ALONE: Final = re.compile(rf"\s*{_TIME}\s*")
_SECONDS: Final = re.compile(r"\s*(\d{1,6})(?:[,.](\d{1,6}))?\s*")
_CLOCK: Final = r"\d\s*:\s*\d"
_SPLIT: Final = re.compile(_ARROW)
_WHOLE: Final = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}[,.]\d{1,3}"
_NO_ARROW: Final = re.compile(rf"\s*{_WHOLE}[\s,;-]+{_WHOLE}\s*")
#: A side of a stamp is no longer than this; more is text with an arrow in it.
_LONGEST_SIDE: Final = 24


def parse_stamp(row: str) -> Window | None:
    """`00:00:01,000 --> 00:00:02,500` -> the window, also with a point, without hours, or in full-width signs.

    None for what is no stamp, or a wrong one (`is_stamp_like`). The end may lie before the start.
    """
    found = _STAMP.fullmatch(unicodedata.normalize("NFKC", row))
    if found is None:
        return None
    start, end = _milliseconds(*found.groups()[:4]), _milliseconds(*found.groups()[4:8])
    return None if start is None or end is None else Window(start, end)


def with_times(row: str, window: Window, point: str) -> str:
    """A stamp with other times; where on the screen the words stand, which follows it, stays."""
    found = _STAMP.fullmatch(unicodedata.normalize("NFKC", row))
    rest = (found[9] or "").rstrip() if found else ""
    return f"{clock(window.start, point, True)} --> {clock(window.end, point, True)}{rest}"


def parse_time(written: str) -> int | None:
    """`1:02.5`, `00:01:02,500` or seconds, `62.5`, -> milliseconds; None for what is no time."""
    plain = unicodedata.normalize("NFKC", written)
    if found := _SECONDS.fullmatch(plain):
        return int(found[1]) * 1000 + _thousandths(found[2])
    stamp = _ALONE.fullmatch(plain)
    return _milliseconds(*stamp.groups()) if stamp else None


def clock(milliseconds: int, point: str = ".", full: bool = False) -> str:
    """`0:01.500`, `1:00:01.500`; `full` as subtitles have it, `00:00:01.500`."""
    seconds, thousandths = divmod(milliseconds, 1000)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    if full:
        return f"{hours:02d}:{minutes:02d}:{seconds:02d}{point}{thousandths:03d}"
    return f"{f'{hours}:{minutes:02d}' if hours else minutes}:{seconds:02d}{point}{thousandths:03d}"


def is_stamp_like(row: str) -> bool:
    """Whether a row is meant to be a stamp, right or wrong: two times, or an arrow beside one."""
    plain = unicodedata.normalize("NFKC", row).strip()
    if _NO_ARROW.fullmatch(plain):
        return True
    sides = _SPLIT.split(plain, maxsplit=1)
    if len(sides) < 2 or len(sides[0]) > _LONGEST_SIDE:
        return False
    return any(re.search(_CLOCK, side[:_LONGEST_SIDE]) for side in sides)


def _milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int | None:
    if int(minutes) > 59 or int(seconds) > 59:
        return None
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + _thousandths(fraction)


def _thousandths(fraction: str | None) -> int:
    return round(int(f"{fraction or '0':0<6}") / 1000)
