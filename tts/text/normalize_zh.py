"""Chinese text with digits and signs -> the words that a reader says for them."""

import re
from collections.abc import Callable
from typing import Final

from tts.text.en_lexicon import TITLES
from tts.text.zh_numbers import cardinal, digits

_N: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_TO: Final = r"\s*(?:-|–|—|——|~|～|至|到)\s*"
_NOT_IN_WORD: Final = r"(?<![A-Za-z\d.])"

_CURRENCIES: Final = {
    "US$": "美元", "HK$": "港元", "NT$": "新台币", "A$": "澳元", "C$": "加元", "$": "美元", "¥": "元", "￥": "元",
    "€": "欧元", "£": "英镑", "₩": "韩元", "₹": "卢比", "₽": "卢布", "RMB": "元", "CNY": "元", "USD": "美元",
    "EUR": "欧元", "GBP": "英镑", "JPY": "日元", "HKD": "港元",
}  # fmt: skip
_SCALES: Final = {"k": "千", "K": "千", "m": "百万", "M": "百万", "b": "十亿", "B": "十亿"}

_UNITS: Final = {
    "km/h": "公里每小时", "km/s": "公里每秒", "m/s": "米每秒", "m/s²": "米每二次方秒", "kg/m³": "千克每立方米",
    "g/cm³": "克每立方厘米", "mg/L": "毫克每升", "mg/m³": "毫克每立方米", "μg/m³": "微克每立方米",
    "mmol/L": "毫摩尔每升", "元/kg": "元每公斤", "Mbps": "兆每秒", "Gbps": "吉每秒", "km²": "平方公里",
    "m²": "平方米", "cm²": "平方厘米", "mm²": "平方毫米", "m³": "立方米", "cm³": "立方厘米", "km2": "平方公里",
    "m2": "平方米", "m3": "立方米", "km": "公里", "m": "米", "dm": "分米", "cm": "厘米", "mm": "毫米", "μm": "微米",
    "um": "微米", "nm": "纳米", "kg": "公斤", "KG": "公斤", "Kg": "公斤", "g": "克", "mg": "毫克", "μg": "微克",
    "L": "升", "mL": "毫升", "ml": "毫升", "h": "小时", "min": "分钟", "mins": "分钟", "s": "秒", "ms": "毫秒",
    "Hz": "赫兹", "kHz": "千赫", "KHz": "千赫", "MHz": "兆赫", "GHz": "吉赫", "kW": "千瓦", "KW": "千瓦",
    "MW": "兆瓦", "kWh": "千瓦时", "V": "伏", "kV": "千伏", "mA": "毫安", "mAh": "毫安时", "Pa": "帕", "kPa": "千帕",
    "MPa": "兆帕", "hPa": "百帕", "mmHg": "毫米汞柱", "dB": "分贝", "cal": "卡", "kcal": "千卡", "kJ": "千焦",
    "px": "像素", "rpm": "转每分钟", "fps": "帧每秒", "mol": "摩尔", "°C": "摄氏度", "°F": "华氏度", "°": "度",
    "Ω": "欧姆", "ft": "英尺", "lb": "磅", "lbs": "磅",
}  # fmt: skip
#: Units that are also letters of models and versions: iPhone 5s, 4K, A5.
_SHORT: Final = frozenset({"m", "g", "s", "h", "V", "L"})
_UNIT: Final = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))

#: Before these 2 is 两.
_COUNTED: Final = (
    "个|位|只|条|张|本|件|家|名|年(?!级|代|前后)|天|周|小时|分钟|秒|次|块|元|米|公里|公斤|千克|克|斤|里|吨|倍|岁|层|座|套|台|辆|部|杯|瓶|种|类|组|对|"
    "双|支|枝|篇|首|句|段|页|课|口|匹|头|根|颗|粒|片|份|届|人|亿|万|千|百|点(?!\\d)|步|间|所|扇|把|架|艘|场|顿|遍|趟|回|项|门|盒|箱|袋|包|碗|盘|棵|朵|滴|"
    "厘米|毫米|英里|英尺|平方|立方|升|毫升|美元|欧元|英镑|港元|日元|摄氏度|世纪|星期|半|幅|则|批|群|面|枚|车|分(?!之|钟)|代|样|道"
)

_DEGREES: Final = re.compile(rf"-?{_N}\s*°")
_COUNTED_NEXT: Final = re.compile(rf"{_N}\s?(?:{_COUNTED})")

_SIGNS: Final = {
    "+": "加", "×": "乘", "*": "乘", "÷": "除以", "=": "等于", "<": "小于", ">": "大于", "≤": "小于等于",
    "≥": "大于等于", "≈": "约等于", "≠": "不等于", "±": "正负", "√": "根号", "π": "派", "∞": "无穷大", "²": "的平方",
    "³": "的立方", "&": "和", "@": "艾特", "#": "井号", "%": "百分号", "‰": "千分号", "$": "美元", "€": "欧元",
    "£": "英镑", "¥": "元", "￥": "元", "₩": "韩元", "₽": "卢布", "₹": "卢比", "°": "度",
}  # fmt: skip
_GREEK: Final = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        "阿尔法 贝塔 伽马 德尔塔 艾普西龙 泽塔 伊塔 西塔 约塔 卡帕 拉姆达 缪 纽 克西 奥密克戎 派 柔 西格玛 陶 "
        "宇普西龙 斐 希 普西 欧米伽".split(),
        strict=True,
    )
)


def _year(number: str) -> str:
    return digits(number)


_HALF_OF_DAY: Final = re.compile(r"(?:[上中下]午|早上|晚上|早晨|凌晨|夜里)\s*$")


def _date(match: re.Match[str]) -> str:
    return f"{_year(match['y'])}年{cardinal(match['m'].lstrip('0'))}月{cardinal(match['d'].lstrip('0'))}日"


def _time(match: re.Match[str]) -> str:
    hour, minute, second = match["h"], match["min"], match["s"]
    read = f"{_hour(hour)}点"
    if int(minute) or second:
        read += f"{_two(minute)}分"
    if second:
        read += f"{_two(second)}秒"
    half = (match["half"] or "").lower()
    if _HALF_OF_DAY.search(match.string[: match.start()]):
        return read
    return {"a": "上午", "p": "下午"}.get(half[:1], "") + read


def _hour(hour: str) -> str:
    bare = hour.lstrip("0") or "0"
    return "两" if bare == "2" else cardinal(bare)


def _two(number: str) -> str:
    """Minutes and seconds: 05 is 零五."""
    return "零" + cardinal(number[1]) if number[0] == "0" and number != "00" else cardinal(number.lstrip("0") or "0")


def _money(match: re.Match[str]) -> str:
    number = match["n"]
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    scale = match["scale"] or ""
    return _amount(number) + _SCALES.get(scale, scale) + _CURRENCIES[match["currency"]]


def _amount(number: str) -> str:
    """A number before the thing it counts."""
    return "两" if number == "2" else cardinal(number)


def _percent(match: re.Match[str]) -> str:
    of = "百分之" if match["sign"] == "%" else "千分之"
    read = of + cardinal(match["b"])
    if match["a"]:
        read = f"{of}{cardinal(match['a'])}到{read}"
    return ("负" if match["minus"] else "") + read


def _unit(match: re.Match[str]) -> str:
    unit = _UNITS[match["u"]]
    below = match["minus"]
    if below:
        below = "零下" if unit in ("摄氏度", "华氏度", "度") else "负"
    return (below or "") + _amount(match["n"]) + unit


def _fraction(match: re.Match[str]) -> str:
    above, below = match["a"], match["b"]
    if int(below) == 0 or (int(above) > int(below) and int(below) > 10):
        return f"{cardinal(above)}比{cardinal(below)}"
    return f"{cardinal(below)}分之{cardinal(above)}"


def _telephone(match: re.Match[str]) -> str:
    return ("加" if match[0].startswith("+") else "") + digits(match[0], yao=True)


def _code(match: re.Match[str]) -> str:
    return match["before"] + digits(match["n"], yao=True) + (match.groupdict().get("after") or "")


def _model(match: re.Match[str]) -> str:
    """GPT-4, MP3, CA1234: short numbers are counted, long ones read figure by figure."""
    number = match["n"]
    return match["w"] + (cardinal(number) if len(number.split(".")[0]) < 3 else digits(number, yao=True))


def _version(match: re.Match[str]) -> str:
    parts = match[0].split(".")
    return "点".join(digits(part) if len(part) > 2 else cardinal(part) for part in parts)


def _from(match: re.Match[str]) -> str:
    """The lower end of a range; the upper one is read by the rules that follow."""
    counted = _COUNTED_NEXT.match(match.string, match.end())
    below = "零下" if _DEGREES.match(match.string, match.end()) else "负"
    minus = below if match.groupdict().get("minus") else ""
    return f"{minus}{_amount(match['a']) if counted else cardinal(match['a'])}{_to(match[0])}"


def _to(written: str) -> str:
    return "至" if "至" in written else "到"


def _equation(match: re.Match[str]) -> str:
    return re.sub(r"(?<=[\d)a-zA-Z])\s*-\s*(?=[\d(a-zA-Z])", "减", match[0])


def _decade(match: re.Match[str]) -> str:
    return (digits if match["n"].startswith("0") or match["after"] == "后" else cardinal)(match["n"]) + match["after"]


def _plain(match: re.Match[str]) -> str:
    return ("负" if match["minus"] else "") + cardinal(match["n"])


_ADDRESS_SIGNS: Final = {
    ".": "点", "/": "斜杠", "@": "艾特", "-": "杠", "_": "下划线", ":": "冒号", "?": "问号", "=": "等于", "&": "和",
}  # fmt: skip


def _address(match: re.Match[str]) -> str:
    """Web and mail addresses: their points and slashes are said."""
    read = re.sub(r"^https?://", "", match[0])
    for sign, name in _ADDRESS_SIGNS.items():
        read = read.replace(sign, f" {name} ")
    return re.sub(r"\d+", lambda number: digits(number[0]), read)


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def _compile(*rules: tuple[str, Callable[[re.Match[str]], str]]) -> tuple[_Rule, ...]:
    return tuple((re.compile(pattern), say) for pattern, say in rules)


_RULES: Final = _compile(
    (
        r"(?:https?://|www\.)[A-Za-z\d./?=&_#%:-]+[A-Za-z\d/]|[A-Za-z\d._-]+@[A-Za-z\d-]+"
        r"(?:\.[A-Za-z\d-]+)+|(?<![A-Za-z\d.])[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)*\.(?:com"
        r"|cn|org|net|io|edu|gov|ai)\b",
        _address,
    ),
    (r"(?<![A-Za-z&])(?P<a>[A-Z]{1,3})&(?P<b>[A-Z]{1,3})(?![A-Za-z&])",
     lambda m: f"{' '.join(m['a'])} and {' '.join(m['b'])}"),
    (r"(?i)(?<![A-Za-z])no\.\s?(?=\d)", lambda m: "第"),
    (r"(?<![A-Za-z])(?:Dr|Mrs?|Ms|Prof)\.\s?(?=[A-Z])", lambda m: f"{TITLES[m[0].strip().lower()]} "),
    (r"#(?P<n>[^#\s]{1,30})#", lambda m: f" {m['n']} "),
    (r"(?<!\d)7-11(?=便利店|超市|门店)", lambda m: "七幺幺"),
    # Dates and years
    (
        r"(?<![\d.])(?P<y>[12]\d{3})(?P<sep>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>0?[1-9]"
        r"|[12]\d|3[01])(?![\d.])日?",
        _date,
    ),
    (
        rf"(?<![\d.])(?P<a>[12]\d{{3}})(?P<n>年?)(?P<to>{_TO})(?P<b>[12]\d{{3}})(?=年)",
        lambda m: f"{_year(m['a'])}{m['n']}{_to(m['to'])}{_year(m['b'])}",
    ),
    (r"(?<=[年月日号])\s*[-–—~～]+\s*(?=\d{1,4}[年月日号])", lambda m: "到"),
    (
        r"(?<![\d.])(?P<a>(?:19|20)\d{2})[-–—~～](?P<b>(?:19|20)\d{2})(?![\d.])",
        lambda m: f"{_year(m['a'])}到{_year(m['b'])}",
    ),
    (r"(?<![\d.,])(?P<y>[12]\d{3}|0\d)(?=年(?![前后来间多]|的?历史|以上|左右))", lambda m: _year(m["y"])),
    (r"(?<![\d.,])(?P<y>[5-9]\d)(?=年\d{1,2}月)", lambda m: _year(m["y"])),
    (r"(?<!\d)(?P<n>\d0)(?P<after>后(?!面|来|天)|年代)", _decade),
    (r"(?<!\d)0(?P<n>\d)(?=[月日号])", lambda m: cardinal(m["n"])),
    # Scores before times: 比分 21:19
    (
        r"(?P<before>(?:比分|以|大比分|战绩)[^\d，。]{0,3})(?P<a>\d+)\s*[:：\-–—比]\s*"
        r"(?P<b>\d+)",
        lambda m: f"{m['before']}{cardinal(m['a'])}比{cardinal(m['b'])}",
    ),
    (
        r"(?<![\d:：])(?P<h>[01]?\d|2[0-4])[:：](?P<min>[0-5]\d)(?:[:：](?P<s>[0-5]\d))?"
        r"(?![\d:：])(?:\s*(?P<half>[aApP])\.?[mM]\b\.?)?",
        _time,
    ),
    (r"(?<![\d.])2(?=点\d{1,2}分)", lambda m: "两"),
    (rf"(?<=[点分秒]){_TO}(?=(?:[上下]午)?[零一二三四五六七八九十两]+点)", lambda m: "到"),
    # Money
    (
        rf"(?P<currency>{'|'.join(map(re.escape, _CURRENCIES))})\s*(?P<n>{_N})\s*(?P<scale>万亿"
        rf"|百万|千万|[千万亿kKmMbB](?![A-Za-z]))?(?:元(?!素))?",
        _money,
    ),
    (rf"(?P<n>{_N})\s*(?P<scale>)(?P<currency>RMB|CNY|USD|EUR|GBP|JPY|HKD|€|£)", _money),
    # Telephones and other numbers read figure by figure
    (
        r"(?:\+86[-\s]?)?(?<!\d)1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[-\s]\d{7,8}"
        r"(?!\d)|(?<!\d)[48]00[-\s]?\d{3,4}[-\s]?\d{3,4}(?!\d)",
        _telephone,
    ),
    (
        r"(?P<before>(?:拨打|电话|热线|致电|报警|拨|打|客服|传真)[^\d，。；]{0,3})"
        r"(?P<n>\d{3,12}(?:-\d{3,8})*)(?![\d.]|[元块万千个次分年天人])",
        _code,
    ),
    (
        r"(?P<before>(?:手机|号码|编号|学号|工号|单号|身份证|账号|帐号|密码|验证码"
        r"|邮编|车牌|QQ|房间|房号|尾号|代码|车次|航班)[^\d，。；]{0,3})(?P<n>\d{3,})"
        r"(?![\d.])",
        _code,
    ),
    (r"(?P<before>)(?<![\d.A-Za-z-])(?P<n>\d{3,4})(?P<after>室|号房|路公交|路车|路公共)", _code),
    (r"(?P<before>(?<![A-Za-z])[GDCZTK])(?P<n>\d{2,4})(?P<after>次|号列车|列车)", _code),
    (r"(?P<before>波音|空客)(?P<n>\d{3})", _code),
    # Parts of a hundred, temperatures and units
    (rf"(?:(?P<a>{_N})[%‰]?{_TO})?(?P<minus>(?<![\dA-Za-z%‰)])-)?(?P<b>{_N})\s*(?P<sign>[%‰])", _percent),
    (
        r"(?<![\d.])(?P<a>\d)米(?P<b>\d{1,2})(?![\d.米厘公点年月日个])",
        lambda m: f"{_amount(m['a'])}米{digits(m['b'])}",
    ),
    (r"(?P<a>\d{2,3})/(?=\d{2,3}\s*mmHg)", lambda m: f"{cardinal(m['a'])}比"),
    (
        rf"{_NOT_IN_WORD}(?P<minus>(?<![\d)])-)?(?P<a>{_N})\s*(?:{_UNIT})?{_TO}(?=-?"
        rf"(?:{_N})\s*(?:{_UNIT})(?![A-Za-z\d]))",
        _from,
    ),
    (rf"{_NOT_IN_WORD}(?P<minus>(?<![\d)])-)?(?P<n>{_N})\s?(?P<u>{_UNIT})(?![A-Za-z\d²³])", _unit),
    # Fractions, ratios, scores
    (r"(?<![\d./A-Za-z])(?P<a>\d{1,4})/(?P<b>\d{1,4})(?![\d/]|\.\d)", _fraction),
    (
        r"(?<![\d:：])(?P<a>\d+(?:\.\d+)?)\s?[:：]\s?(?P<b>\d+(?:\.\d+)?)(?![\d:：])",
        lambda m: f"{cardinal(m['a'])}比{cardinal(m['b'])}",
    ),
    # Versions, addresses of machines, names of models
    (r"(?<![\d.])\d+(?:\.\d+){2,}(?![\d.])", _version),
    (r"(?<![A-Za-z])(?P<w>[A-Za-z]+)[-‐‑]?(?P<n>\d+(?:\.\d+)?)(?!\d)", _model),
    # Sums
    (r"[\d(][\d\s.()+\-×*/÷a-zA-Z]*-[\d\s.()+\-×*/÷a-zA-Z]*=", _equation),
    (rf"(?<![\d.\-–—~～A-Za-z])(?P<a>{_N}){_TO}(?={_N}(?![\d\-–—~～]))", _from),
    # What is left: ordinals, counted things, bare numbers
    (r"第\s*(?P<n>\d+)", lambda m: "第" + cardinal(m["n"]).replace("两", "二" if m["n"] == "2" else "两")),
    (rf"(?<![\d.,第])2(?=\s?(?:多|几|来)?(?:{_COUNTED}))(?!\s?(?:月|日|号|楼))", lambda m: "两"),
    (rf"(?P<minus>(?:^|(?<=[\s，。（(=：:、是为到至于约达]))-(?=\d))?(?P<n>{_N})", _plain),
    (
        r"[αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΩςµ]",
        lambda m: _GREEK.get("σ" if m[0] == "ς" else "μ" if m[0] == "µ" else m[0].lower(), "欧米伽"),
    ),
)  # fmt: skip
_SPOKEN_SIGN: Final = re.compile("[" + "".join(map(re.escape, _SIGNS)) + "]")


def normalize(text: str) -> str:
    """`text` holds no mark-up. What has no words of its own (marks, letters) is left as it is."""
    for pattern, say in _RULES:
        text = pattern.sub(say, text)
    return _SPOKEN_SIGN.sub(_sign, text)


def _sign(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()].rstrip()[-1:], match.string[match.end() :].lstrip()[:1]
    if match[0] == "*" and not (before.isalnum() and after.isalnum()):
        return " "  # a star beside a word is a bullet or an accent
    if match[0] in "<>" and not (before.isalnum() and after.isalnum()):
        return " "
    return _SIGNS[match[0]]
