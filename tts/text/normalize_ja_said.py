"""How each form of figures is said in Japanese: what `normalize_ja` finds, in words."""

import re
from typing import Final

from tts.text.normalize_ja_numbers import SIGNS, cardinal, figures
from tts.text.normalize_ja_words import (
    CURRENCIES,
    LETTERS,
    NET,
    NET_SIGNS,
    ROOMS,
    SCALES,
    SMALL,
    SPEEDS,
    UNITS,
    WORDS,
)

DASH: Final = r"[-‐‑–−]"
_ZERO_COUNTED: Final = re.compile(r"度|時(?!間)|点|分|秒|下|歳|段|戦")


def _spelled(letters: str) -> str:
    return WORDS.get(letters) or "".join(LETTERS[letter] for letter in letters)


def amount(number: str, after: str = "") -> str:
    """A number before what it counts; nothing is ゼロ, but 零 of degrees and hours."""
    if number == "1000" and after[:1] in tuple("万億兆"):
        return "一千"
    if re.fullmatch(r"0+", number):
        return "零" if _ZERO_COUNTED.match(after) else "ゼロ"
    return cardinal(number)


def web(match: re.Match[str]) -> str:
    said: list[str] = []
    tail = ""
    address = match[0]
    while address[-1] in ".,?!:":
        address, tail = address[:-1], address[-1] + tail
    for part in re.findall(r"[A-Za-z]+|\d+|.", address):
        if part.isdigit():
            said.append(cardinal(part) if len(part) < 5 and part[0] != "0" else figures(part))
        elif part.isalpha() and part.isascii():
            said.append(NET.get(part.lower(), part) if not part.isupper() else NET.get(part.lower(), _spelled(part)))
        else:
            said.append(NET_SIGNS.get(part, part))
    return " ".join(said) + tail


def phone(match: re.Match[str]) -> str:
    parts = [figures(part) for part in re.split(r"\D+", match[0]) if part]
    return ("プラス" if match[0].startswith("+") else "") + "、".join(parts)


def post(match: re.Match[str]) -> str:
    return "郵便番号" + figures(match["a"]) + "の" + figures(match["b"])


def date(match: re.Match[str]) -> str:
    said = f"{cardinal(match['y'])}年{cardinal(match['m'].lstrip('0'))}月{cardinal(match['d'].lstrip('0'))}日"
    return said + _weekday(match["week"])


def _weekday(sign: str | None) -> str:
    return f"{sign}曜日" if sign else ""


def short_date(match: re.Match[str]) -> str:
    month, day = match["m"].lstrip("0"), match["d"].lstrip("0")
    fraction = int(day) <= 10 and int(month) < int(day) and not match["week"] and (int(month) == 1 or day in "345")
    if fraction and "0" not in (match["m"][0], match["d"][0]) and not re.match(_DATED, match.string[match.end() :]):
        return f"{cardinal(day)}分の{cardinal(month)}"
    return f"{cardinal(month)}月{cardinal(day)}日{_weekday(match['week'])}"


_DATED: Final = (
    r"に|は(?!足|ど)|から|まで|より|付|現在|開|発|締|以降|の(?:会|予定|天気|試|午|夜|朝|昼|ニュ|イベ|ライ)|"
    r"\s*\d{1,2}:|[〜～~]|午"
)


def time(match: re.Match[str]) -> str:
    hour, minute, second = (int(match[name] or 0) for name in ("h", "min", "s"))
    half = (match["before"] or match["after"] or "").replace(".", "").strip().lower()
    said = {"am": "午前", "pm": "午後"}.get(half, "")
    said += f"{amount(str(hour), '時')}時"
    if minute or match["s"]:
        said += _minutes(minute, "分")
    if match["s"]:
        said += _minutes(second, "秒")
    return said


def _minutes(number: int, unit: str) -> str:
    # 十分 could be enough of it.
    return "ジュップン" if (number, unit) == (10, "分") else amount(str(number), unit) + unit


def money(match: re.Match[str]) -> str:
    number, scale = match["n"].replace(",", ""), match["scale"] or ""
    if scale in SCALES:
        number, scale = _scaled(number, SCALES[scale]), ""
    if re.fullmatch(r"\d+\.0+", number):
        number = number.partition(".")[0]
    return ("マイナス" if match["minus"] else "") + amount(number, scale) + scale + CURRENCIES[match["currency"]]


def _scaled(number: str, places: int) -> str:
    whole, _, decimals = number.partition(".")
    shifted = whole + decimals[:places].ljust(places, "0")
    return shifted.lstrip("0") + ("." + decimals[places:] if decimals[places:] else "") or "0"


def unit(match: re.Match[str]) -> str:
    unit = match["unit"]
    before, name = SPEEDS.get(unit) or ("", UNITS.get(unit) or "")
    said = (f"{amount(match['a'])}から" if match["a"] else "") + amount(match["b"], name)
    minus = "マイナス" if match["minus"] else ""
    if before and match.string[: match.start()].endswith(before):
        before = ""
    if name == "分" and said == "十":
        return f"{before}{minus}ジュップン"
    return f"{before}{minus}{said}{name}"


def between(match: re.Match[str]) -> str:
    after = match.string[match.end() :]
    return f"{amount(match['a'], after)}から{_counted_or_minutes(match['b'], after)}"


def score(match: re.Match[str]) -> str:
    return f"{amount(match['a'])}対{amount(match['b'])}"


def row(match: re.Match[str]) -> str:
    """Numbers of an address or a code, joined by dashes."""
    parts = re.split(DASH, match[0])
    if len(parts) > 2 and any(len(part) > 3 for part in parts):
        return "、".join(map(figures, parts))
    return "の".join(cardinal(part) for part in parts)


def version(match: re.Match[str]) -> str:
    before = "バージョン" if match["v"] else ""
    parts = match["n"].split(".")
    return before + "点".join(amount(part) if len(part) == 1 or part[0] != "0" else figures(part) for part in parts)


def calculation(match: re.Match[str]) -> str:
    """A calculation as it is said aloud: 三足す五は八."""
    names = {
        "+": "足す",
        "-": "引く",
        "−": "引く",
        "×": "かける",
        "*": "かける",
        "x": "かける",
        "÷": "わる",
        "/": "わる",
        "=": "は",
    }
    parts = re.split(r"\s*([-+−×*x÷/=])\s*", match[0])
    return "".join(names[part] if place % 2 else amount(part) for place, part in enumerate(parts))


def negative(match: re.Match[str]) -> str:
    return "マイナス" + amount(match["n"], match.string[match.end() :])


def capitals(match: re.Match[str]) -> str:
    letters, number = match["letters"], match["number"] or ""
    said = _spelled(letters)
    if number:
        bare = number.lstrip("-")
        said += SMALL.get(bare, "") if letters not in ("A", "B") or bare not in SMALL else amount(bare)
        said += "" if bare in SMALL else cardinal(bare)
    return said


def numbered(match: re.Match[str]) -> str:
    """Letters behind a number: 2LDK, 4WD."""
    number = ROOMS.get(match["n"]) if match["letters"] in ("LDK", "DK", "K") else None
    return (number or amount(match["n"])) + _spelled(match["letters"])


def code(match: re.Match[str]) -> str:
    return match["name"] + figures(match["n"])


def room(match: re.Match[str]) -> str:
    return "".join(SIGNS[int(figure)] for figure in match["n"])


def plate(match: re.Match[str]) -> str:
    parts = [figures(part) for part in re.split(DASH, match["n"])]
    return f"{match['place']}{figures(match['class'])}{match['kana']}、{'の'.join(parts)}"


def fraction(match: re.Match[str]) -> str:
    if int(match["a"]) >= int(match["b"]) and "/" in match[0]:
        return f"{cardinal(match['a'])}の{cardinal(match['b'])}"  # a blood pressure: no fraction is more than one
    whole = f"{cardinal(match['w'])}と" if match["w"] else ""
    return f"{whole}{cardinal(match['b'])}分の{cardinal(match['a'])}"


def batting(match: re.Match[str]) -> str:
    """打率.333 counts in tenths."""
    parts = (
        cardinal(figure) + name for figure, name in zip(match["n"], ("割", "分", "厘"), strict=True) if figure != "0"
    )
    return "打率" + ("".join(parts) or "ゼロ")


def floor(match: re.Match[str]) -> str:
    return "地下" * bool(match["below"]) + cardinal(match["n"]) + "階"


def pages(match: re.Match[str]) -> str:
    return (f"{cardinal(match['a'])}から{cardinal(match['b'])}" if match["b"] else cardinal(match["a"])) + "ページ"


def power(match: re.Match[str]) -> str:
    base = cardinal(match["a"]) if match["a"].isdigit() else match["a"]
    return f"{base}の{cardinal(match['b'])}乗"


def few(match: re.Match[str]) -> str:
    """2、3日: two or three, in one breath."""
    first, second = (figure if figure.isdigit() else str(SIGNS.index(figure)) for figure in match.group("a", "b"))
    if int(second) != int(first) + 1:
        return match[0] if not match["a"].isdigit() else f"{cardinal(first)}、{cardinal(second)}"
    after = match.string[match.end() :]
    four = "ヨ" if re.match(r"人|年|時|円", after) else "ヨン"
    names = {
        "1": "イチ",
        "2": "ニ",
        "3": "サン",
        "4": four,
        "5": "ゴ",
        "6": "ロク",
        "7": "シチ",
        "8": "ハチ",
        "9": "ク",
    }
    return "シゴ" if first + second == "45" else names[first] + names[second]


def counted(match: re.Match[str]) -> str:
    return _counted_or_minutes(match["n"], match.string[match.end() :])


def _counted_or_minutes(number: str, after: str) -> str:
    if number == "10" and re.match(r"分(?!の|野|割)", after):
        return "ジュッ"
    return amount(number, after)


def ten_minutes(match: re.Match[str]) -> str:
    return "ジュップン"
