"""Numbers, dates, times and counts in Korean sentences, in digits, in native and in Sino-Korean words."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

from num2words import num2words

from training.texts.grammar import Source

_ONES = " 한 두 세 네 다섯 여섯 일곱 여덟 아홉".split(" ")
_TENS = " 열 스물 서른 마흔 쉰 예순 일흔 여든 아흔".split(" ")
_MONTHS = "일 이 삼 사 오 유 칠 팔 구 시 십일 십이".split()


def native(number: int) -> str:
    """A number from 1 to 99 in native Korean, as it stands before a counter: 한, 스무, 스물한."""
    if number == 20:
        return "스무"
    tens, ones = divmod(number, 10)
    return _TENS[tens] + _ONES[ones]


def written(number: int) -> str:
    """A number in Sino-Korean words: 이백오십."""
    return str(num2words(number, lang="ko")).replace(" ", "")


def numbers_written(text: str) -> str:
    """Plain whole numbers in digits before a Sino-Korean counter turned into words; codes keep their digits."""
    return re.sub(
        r"(?<![\d.:,\-/A-Za-z])\d{1,4}(?=년|일|초|원|층|호|도|번|쪽|킬로|미터|그램|퍼센트)",
        lambda found: written(int(found[0])) + " ",
        text,
    )


def _clock(rng: random.Random) -> str:
    hour, minute = rng.randrange(1, 13), rng.randrange(1, 60)
    part = rng.choice(["오전", "오후"])
    return rng.choice(
        [
            f"{rng.randrange(24)}:{minute:02d}",
            f"{part} {hour}시",
            f"{hour}시 {minute}분",
            f"{part} {hour}시 {minute}분",
            f"{hour}시 반",
            f"{native(hour)} 시 {written(minute)} 분",
            f"{part} {native(hour)} 시",
            f"저녁 {native(rng.randrange(5, 10))} 시 반",
        ]
    )


def _date(rng: random.Random) -> str:
    year, month, day = rng.randrange(1900, 2035), rng.randrange(1, 13), rng.randrange(1, 29)
    return rng.choice(
        [
            f"{year}년 {month}월 {day}일",
            f"{month}월 {day}일",
            f"{_MONTHS[month - 1]}월 {written(day)}일",
            f"{written(year)} 년 {_MONTHS[month - 1]}월",
            f"{year}년 {month}월",
        ]
    )


def _native(rng: random.Random) -> str:
    number = rng.choice([rng.randrange(1, 11), rng.randrange(1, 11), rng.randrange(11, 40)])
    return rng.choice([str(number), native(number), native(number)])


def _age(rng: random.Random) -> str:
    number = rng.randrange(1, 95)
    return rng.choice([f"{number}살", f"{native(number)} 살", f"{number}세", f"만 {written(number)} 세"])


def _people(rng: random.Random) -> str:
    number = rng.randrange(2, 30)
    return rng.choice([f"{number * 2}명", f"{native(number)} 명", f"{native(number % 8 + 2)} 사람"])


def _phone(rng: random.Random) -> str:
    first, last = rng.choice(["010-{}", "02-{}", "051-{}", "031-{}"]), rng.randrange(1000, 10_000)
    return f"{first.format(rng.randrange(200, 10_000))}-{last}"


def _price(rng: random.Random) -> str:
    hundreds = rng.randrange(1, 100)
    return rng.choice(
        [
            str(hundreds * 100),
            f"{hundreds},{rng.randrange(10) * 100:03d}",
            f"{rng.randrange(1, 30)}만 ",
            f"{written(hundreds * 100)} ",
        ]
    )


def _minutes(rng: random.Random) -> str:
    number, hours = rng.randrange(2, 60), native(rng.randrange(1, 8))
    return rng.choice([f"{number}분", f"{hours} 시간", f"{written(number)} 분", f"{hours} 시간 반"])


def _span(rng: random.Random) -> str:
    number = rng.randrange(2, 12)
    counted = [f"{number * 2}일", f"{native(number)} 달", f"{number}개월", f"{number}주일", f"{number * 3}년"]
    return rng.choice([*counted, "사흘", "나흘", "열흘", "보름", "이틀", "닷새", "엿새"])


def _temperature(rng: random.Random) -> str:
    return rng.choice([str(rng.randrange(0, 40)), f"영하 {rng.randrange(1, 30)}", f"{rng.randrange(10, 390) / 10}"])


def _percent(rng: random.Random) -> str:
    number = rng.randrange(1, 100)
    return rng.choice([f"{number}%", f"{number}퍼센트", f"{written(number)} 퍼센트"])


def _big(rng: random.Random) -> str:
    return rng.choice(
        [f"{rng.randrange(2, 9000)}만 ", f"{rng.randrange(1000, 99_999):,}", f"{rng.randrange(1, 99)}억 "]
    )


def _room(rng: random.Random) -> str:
    floor = rng.randrange(1, 30)
    return f"{floor}0{rng.randrange(1, 9)}호는 {floor}"


def _lately(rng: random.Random) -> str:
    year = rng.randrange(1960, 2031)
    return rng.choice([f"{year}년", f"{year}년", f"{written(year)} 년"])


def _fraction(rng: random.Random) -> str:
    below = rng.randrange(2, 11)
    return f"{written(below)}분의 {written(rng.randrange(1, min(below, 4)))}"


NUMBERS: Mapping[str, Source] = {
    "clock": _clock,
    "date": _date,
    "native": _native,
    "age": _age,
    "people": _people,
    "monthday": lambda r: f"{r.randrange(1, 13)}월 {r.randrange(1, 31)}일",
    "lately": _lately,
    "int31": lambda r: str(r.randrange(1, 31)),
    "phone": _phone,
    "post": lambda r: f"{r.randrange(10_000, 63_999)}",
    "price": _price,
    "dist": lambda r: f"{r.randrange(2, 90)}{r.choice(['킬로미터', '미터', '킬로'])}",
    "minutes": _minutes,
    "span": _span,
    "temp": _temperature,
    "percent": _percent,
    "roomfloor": _room,
    "int": lambda r: str(r.randrange(1, 10 ** r.choice([1, 2, 2, 3]))),
    "smallint": lambda r: str(r.randrange(1, 21)),
    "big": _big,
    "decimal": lambda r: f"{r.randrange(0, 42)}.{r.randrange(1, 100)}",
    "frac": _fraction,
}
