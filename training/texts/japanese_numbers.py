"""Numbers, dates, times and counts in Japanese sentences, in digits and in kanji."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

from training.texts.grammar import Source


def written(number: int) -> str:
    """A number from 0 to 99,999,999 in kanji."""
    if number == 0:
        return "零"
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return written(high) + "万" + (written(low) if low else "")
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("" if digit == 1 and name else "一二三四五六七八九"[digit - 1]) + name
    return text


def numbers_written(text: str) -> str:
    """Plain whole numbers in digits turned into kanji; decimals, codes and clock times with a colon keep theirs."""
    without_commas = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return re.sub(
        r"(?<![\d.:\-/A-Za-z])\d{1,5}(?![\d.:\-/A-Za-z])", lambda found: written(int(found[0])), without_commas
    )


def _clock(rng: random.Random) -> str:
    hour, minute = rng.randrange(24), rng.randrange(1, 60)
    part = rng.choice(["午前", "午後"])
    return rng.choice(
        [
            f"{hour}:{minute:02d}",
            f"{part}{hour % 12}時",
            f"{hour % 12 or 12}時{minute}分",
            f"{hour}時",
            f"{part}{hour % 12}時{minute}分",
            f"{hour % 12 or 12}時半",
            f"{written(hour % 12 or 12)}時{written(minute)}分",
            f"朝{hour % 6 + 5}時",
        ]
    )


def _date(rng: random.Random) -> str:
    year, month, day = rng.randrange(1900, 2035), rng.randrange(1, 13), rng.randrange(1, 29)
    era = rng.choice([f"昭和{rng.randrange(2, 64)}", f"平成{rng.randrange(2, 31)}", f"令和{rng.randrange(2, 12)}"])
    return rng.choice(
        [
            f"{year}年{month}月{day}日",
            f"{month}月{day}日",
            f"{written(month)}月{written(day)}日",
            f"{era}年{month}月{day}日",
            f"{year}年{month}月",
        ]
    )


def _lately(rng: random.Random) -> str:
    return rng.choice(
        [f"{rng.randrange(1960, 2031)}年", f"平成{rng.randrange(2, 31)}年", f"令和{rng.randrange(2, 10)}年"]
    )


def _phone(rng: random.Random) -> str:
    code = rng.choice(["03", "06", "070", "080", "090"])
    return f"{code}-{rng.randrange(1000, 10_000)}-{rng.randrange(1000, 10_000)}"


def _price(rng: random.Random) -> str:
    return rng.choice(
        [
            str(rng.randrange(10, 1000) * 10),
            f"{rng.randrange(1, 10)},{rng.randrange(100) * 10:03d}",
            f"{rng.randrange(1, 30)}万",
        ]
    )


def _temperature(rng: random.Random) -> str:
    return rng.choice([str(rng.randrange(0, 40)), f"マイナス{rng.randrange(1, 30)}", f"{rng.randrange(10, 390) / 10}"])


def _percent(rng: random.Random) -> str:
    number = rng.randrange(1, 100)
    return rng.choice([f"{number}%", f"{number}パーセント", f"{number % 9 + 1}割"])


def _big(rng: random.Random) -> str:
    return rng.choice([f"{rng.randrange(2, 9000)}万", f"{rng.randrange(1000, 99_999):,}", f"{rng.randrange(1, 99)}億"])


def _fraction(rng: random.Random) -> str:
    below = rng.randrange(2, 11)
    return f"{written(below)}分の{written(rng.randrange(1, min(below, 4)))}"


def _counted(units: str, low: int = 1, high: int = 13) -> Source:
    return lambda rng: f"{rng.randrange(low, high)}{rng.choice(units.split())}"


NUMBERS: Mapping[str, Source] = {
    "clock": _clock,
    "date": _date,
    "monthday": lambda r: f"{r.randrange(1, 13)}月{r.randrange(1, 31)}日",
    "lately": _lately,
    "phone": _phone,
    "post": lambda r: f"{r.randrange(100, 999)}-{r.randrange(1000, 9999):04d}",
    "price": _price,
    "smallprice": lambda r: str(r.randrange(5, 300) * 10),
    "tnum": lambda r: r.choice("一二三四五六七八九123456789"),
    "people": _counted("人"),
    "cnt_hiki": _counted("匹"),
    "cnt_sai": _counted("歳", 1, 100),
    "cnt_hai": _counted("杯"),
    "cnt_long": _counted("本"),
    "cnt_books": _counted("冊"),
    "cnt_cars": _counted("台"),
    "cnt_pairs": _counted("足"),
    "cnt_houses": _counted("軒"),
    "cnt_bird": _counted("羽"),
    "cnt_letters": _counted("通"),
    "cnt_dist": _counted("キロ メートル 駅", 2, 40),
    "cnt_min": _counted("分 時間 日", 2, 40),
    "cnt_time": _counted("回 度"),
    "cnt_week": _counted("週間 日間 か月 年間"),
    "cnt_sheet": _counted("枚", 1, 100),
    "cnt_sets": _counted("個", 1, 100),
    "temp": _temperature,
    "percent": _percent,
    "roomfloor": lambda r: (lambda floor: f"{floor}階の{floor}0{r.randrange(1, 9)}")(r.randrange(2, 20)),
    "int": lambda r: str(r.randrange(1, 10 ** r.choice([1, 2, 2, 3]))),
    "smallint": lambda r: str(r.randrange(1, 21)),
    "big": _big,
    "decimal": lambda r: f"{r.randrange(0, 42)}.{r.randrange(1, 100)}",
    "frac": _fraction,
}
