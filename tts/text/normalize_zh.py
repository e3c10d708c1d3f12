"""Chinese text with digits and signs -> the words that a reader says for them."""

import re
from typing import Final

from tts.text import normalize_en
from tts.text.en_lexicon import ABBREVIATIONS, TITLES
from tts.text.normalize_zh_codes import ADDRESSES, CODES, MODELS
from tts.text.normalize_zh_dates import DATES, TIMES
from tts.text.normalize_zh_units import COUNTED, CURRENCIES, UNITS
from tts.text.rules import compile_rules, rewrite, settled
from tts.text.zh_numbers import NUMBER, TO, amount, cardinal, digits, to

_SIGNS: Final = {
    "+": "加", "×": "乘", "*": "乘", "÷": "除以", "=": "等于", "<": "小于", ">": "大于", "≤": "小于等于",
    "≥": "大于等于", "≈": "约等于", "≠": "不等于", "≡": "恒等于", "±": "正负", "√": "根号", "π": "派", "∞": "无穷大",
    "²": "的平方", "³": "的立方", "&": "和", "@": "艾特", "#": "井号", "%": "百分号", "‰": "千分号", "‱": "万分号",
    "°": "度", "^": "", "∑": "求和", "∫": "积分", "∈": "属于", "∪": "并", "∩": "交", "∠": "角", "⊥": "垂直于",
    "∥": "平行于",
    "∴": "所以", "∵": "因为", "∝": "正比于", "∅": "空集", "∀": "任意", "∃": "存在", "⊂": "包含于", "∂": "偏",
    "△": "三角形",
    **{sign: name for sign, name in CURRENCIES.items() if not sign.isalnum() and len(sign) == 1},
}  # fmt: skip
_GREEK: Final = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        "阿尔法 贝塔 伽马 德尔塔 艾普西龙 泽塔 伊塔 西塔 约塔 卡帕 拉姆达 缪 纽 克西 奥密克戎 派 柔 西格玛 陶 "
        "宇普西龙 斐 希 普西 欧米伽".split(),
        strict=True,
    )
)
#: Where a hyphen before a figure is a minus: at the start, after marks, and after Chinese but for names (歼-20)
#: and the units of a range.
_MINUS: Final = (
    r"(?:^|(?<=[\s，。（(=：:、])|(?<=[\u4e00-\u9fff])(?<![歼轰运直教舟娥征风宫问型组级年月日号點点时時分秒楼层元块个章节页岁期周]))"
    r"-(?=[\d.])"
)


def _fraction(match: re.Match[str]) -> str:
    above, below, whole = match["a"], match["b"], match["w"]
    lead = f"{cardinal(whole)}又" if whole else ""
    if int(below) == 0 or (int(above) > int(below) and int(below) > 10):
        return f"{lead}{cardinal(above)}比{cardinal(below)}"
    return f"{lead}{cardinal(below)}分之{cardinal(above)}"


def _power(match: re.Match[str]) -> str:
    exponent = match["n"].replace("-", "负")
    if exponent.isalpha() and exponent.isascii():
        return f"的{exponent}次方"
    read = {"2": "平方", "3": "立方"}.get(exponent) if match["base"] else None
    return (
        match["base"]
        + "的"
        + (read or exponent.replace(exponent.lstrip("负"), cardinal(exponent.lstrip("负"))) + "次方")
    )


def _scientific(match: re.Match[str]) -> str:
    minus = "负" if match["minus"] else ""
    return f"{cardinal(match['n'])}乘以十的{minus}{cardinal(match['e'])}次方"


def _equation(match: re.Match[str]) -> str:
    """A sum with an equals sign: hyphens between terms are minus, slashes divide."""
    read = re.sub(r"([\d)²³方]|(?<![A-Za-z])[A-Za-z])\s*-\s*(?=[\d(]|[A-Za-z](?![A-Za-z]))", r"\1减", match[0])
    if re.search(r"[A-Za-z]{2}", match[0]):
        return read
    return re.sub(r"(?<!\d)(\d+|\))\s*/\s*(\d+|\()(?!\d)", _divided, read)


def _divided(match: re.Match[str]) -> str:
    """10/2 is a division, 1/2 stays a fraction."""
    above, below = match[1], match[2]
    proper = above.isdigit() and below.isdigit() and int(above[:9]) < int(below[:9])
    return match[0] if proper else f"{above}除以{below}"


def _from(match: re.Match[str]) -> str:
    counted = re.match(rf"{NUMBER}\s?(?:{COUNTED})", match.string[match.end() :])
    return f"{amount(match['a']) if counted else cardinal(match['a'])}{to(match['to'])}"


def _plain(match: re.Match[str]) -> str:
    return ("负" if match["minus"] else "") + cardinal(match["n"])


def _greek(match: re.Match[str]) -> str:
    return _GREEK["σ" if match[0] == "ς" else "μ" if match[0] == "µ" else match[0].lower()]


_WORDS: Final = compile_rules(
    (r"(?<![A-Za-z&])(?P<a>[A-Z]{1,3})&(?P<b>[A-Z]{1,3})(?![A-Za-z&])",
     lambda m: f"{' '.join(m['a'])} and {' '.join(m['b'])}"),
    (r"(?i)(?<![A-Za-z])no\.\s?(?=\d)", lambda m: "第"),
    (r"(?<![A-Za-z.])(?:vs|VS)\.?(?![A-Za-z.])", lambda m: "V S"),
    (r"(?<![A-Za-z.])(?:e\.g\.|i\.e\.|etc\.)", lambda m: ABBREVIATIONS[m[0]]),
    (r"(?<![A-Za-z.])(?:[A-Za-z]\.){2,}(?![A-Za-z])", lambda m: " ".join(m[0].upper().split(".")).strip()),
    (r"(?<![A-Za-z])(?:Dr|Mrs?|Ms|Prof)\.\s?(?=[A-Z])", lambda m: f"{TITLES[m[0].strip().lower()]} "),
    (r"(?<![A-Za-z\d*)])\*{1,3}(?P<n>[^*\n\d]{1,60})\*{1,3}(?![A-Za-z\d*(])", lambda m: f" {m['n']} "),
    (r"#(?P<n>[^#\s]{1,30})#", lambda m: f" {m['n']} "),
    (r"(?<![A-Za-z\d])</?(?:b|i|u|p|br|em|li|ul|ol|div|span|strong|code|sub|sup|h[1-6])\s?/?>", lambda m: " "),
    (r"(?<![A-Za-z])(?P<n>[CF])#(?![A-Za-z\d])", lambda m: f"{m['n']} sharp"),
    (r"(?<![\w.])\.(?=NET\b)", lambda m: "点"),
    (r"(?<![A-Za-z])H\.26(?P<n>\d)", lambda m: f"H二六{digits(m['n'])}"),
    (r"(?<![\d.,])\d{1,3}(?: \d{3}){2,}(?![\d,])", lambda m: m[0].replace(" ", "")),
    (r"(?<![A-Za-z])#(?=[\u4e00-\u9fff])|(?<=[\s\u4e00-\u9fff])#(?=[A-Za-z])|^#(?=[A-Za-z])", lambda m: " "),
    (r"<?[-=]{1,3}>(?![\d=])|<-{1,3}", lambda m: " "),
    (r">=|=>", lambda m: "≥"),
    (r"<=", lambda m: "≤"),
    (r"(?<=[\w\s])={2,3}(?=[\w\s])", lambda m: "="),
)  # fmt: skip

_SUMS: Final = compile_rules(
    (rf"(?<![\d.A-Za-z])(?P<n>{NUMBER})[eE](?P<minus>-)?\+?(?P<e>\d{{1,3}})(?![\dA-Za-z])", _scientific),
    (r"(?P<base>[\d)]|(?<![A-Za-z])[A-Za-z])\^[({]?(?P<n>-?\d{1,4}|[a-z])[)}]?", _power),
    # Fractions, ratios, scores
    (r"(?<![\d\sa-zA-Z.()+×*/÷²³的次平立方负零一二三四五六七八九十百-])"
     r"[\d\sa-zA-Z.()+×*/÷²³的次平立方负零一二三四五六七八九十百-]++=[\d\sa-zA-Z.()+×*/÷²³=-]*+", _equation),
    (r"(?<![\d./A-Za-z])(?:(?P<w>\d{1,4})(?:\s|又)\s?)?(?P<a>\d{1,4})/(?P<b>\d{1,4})(?![\d/]|\.\d)"
     r"(?:\s(?=[\u4e00-\u9fff]))?",
     _fraction),
    (
        r"(?<![\d:：])(?P<a>\d+(?:\.\d+)?)\s?[:：]\s?(?P<b>\d+(?:\.\d+)?)(?![\d:：])",
        lambda m: f"{cardinal(m['a'])}比{cardinal(m['b'])}",
    ),
)  # fmt: skip

_REST: Final = compile_rules(
    (r"(?<=\d[\u4e00-\u9fff])\s*[-–~～]\s*(?=\d)|(?<=\d[\u4e00-\u9fff])——?(?=\d+[\u4e00-\u9fff])", lambda m: "到"),
    (rf"(?<![\d.\-–—~～A-Za-z])(?P<a>{NUMBER})(?P<to>{TO})(?={NUMBER}(?![\d\-–—~～]))", _from),
    (r"(?:^|(?<=[\s（(，,]))[~～](?=\d)", lambda m: "约"),
    (r"第\s*(?P<n>\d+)", lambda m: "第" + cardinal(m["n"]).replace("两", "二" if m["n"] == "2" else "两")),
    (rf"(?<![\d.,第])2(?=\s?(?:多|几|来)?(?:{COUNTED}))(?!\s?(?:月|日|号|楼))", lambda m: "两"),
    (r"(?<![\d\w.])\.(?=\d)", lambda m: "0."),
    (rf"(?P<minus>{_MINUS})?(?P<n>{NUMBER})", _plain),
    (r"[αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΩςµ]", _greek),
)  # fmt: skip
_RULES: Final = (
    *ADDRESSES, *_WORDS, *DATES, *TIMES, *CODES, *normalize_en.ROMAN_NAMES, *UNITS, *_SUMS, *MODELS, *_REST,
)  # fmt: skip
_SPOKEN_SIGN: Final = re.compile("[" + "".join(map(re.escape, _SIGNS)) + "]")


def normalize(text: str) -> str:
    """`text` holds no mark-up. What has no words of its own (marks, letters) is left as it is."""
    return settled(text, lambda text: _SPOKEN_SIGN.sub(_sign, rewrite(text, _RULES)))


def _sign(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()].rstrip()[-1:], match.string[match.end() :].lstrip()[:1]
    # A star beside a word is a bullet or an accent, a single angle belongs to code; but >十 is a bound.
    bound = match[0] in "<>" and after in "零一二三四五六七八九十百千两负" and after
    if match[0] in "*<>" and not bound and not (before.isalnum() and after.isalnum()):
        return " "
    return _SIGNS[match[0]]
