"""Money, percentages, temperatures and units in a Chinese text -> words."""

import re
from typing import Final

from tts.text.rules import compile_rules, either
from tts.text.zh_numbers import NUMBER, TO, amount, cardinal, digits, to

CURRENCIES: Final = {
    "US$": "美元", "HK$": "港元", "NT$": "新台币", "A$": "澳元", "C$": "加元", "S$": "新加坡元", "R$": "雷亚尔",
    "JP¥": "日元", "CN¥": "元", "$": "美元", "¥": "元", "￥": "元", "€": "欧元", "£": "英镑", "₩": "韩元",
    "₹": "卢比", "₽": "卢布", "฿": "泰铢", "₫": "越南盾", "₱": "比索", "₺": "里拉", "₴": "格里夫纳", "₪": "谢克尔",
    "₿": "比特币", "RMB": "元", "CNY": "元", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元",
    "HKD": "港元", "KRW": "韩元", "TWD": "新台币", "AUD": "澳元", "CAD": "加元", "CHF": "瑞士法郎", "SGD": "新加坡元",
    "円": "日元", "¢": "美分",
}  # fmt: skip
_AFTER: Final = ("RMB", "CNY", "USD", "EUR", "GBP", "JPY", "HKD", "KRW", "TWD", "AUD", "CAD", "CHF", "SGD",
                 "€", "£", "円", "¢", "₽", "₫", "₿")  # fmt: skip
_SCALES: Final = {"k": "千", "K": "千", "m": "百万", "M": "百万", "b": "十亿", "B": "十亿", "bn": "十亿"}
_SCALE: Final = r"(?P<scale>万亿|百万|千万|[千万亿萬億]|(?:bn|[kKmMbB])(?![A-Za-z]))?"

_UNITS: Final = {
    "km": "公里", "m": "米", "dm": "分米", "cm": "厘米", "mm": "毫米", "μm": "微米", "um": "微米", "nm": "纳米",
    "km²": "平方公里", "m²": "平方米", "dm²": "平方分米", "cm²": "平方厘米", "mm²": "平方毫米", "m³": "立方米",
    "dm³": "立方分米", "cm³": "立方厘米", "mm³": "立方毫米", "km2": "平方公里", "m2": "平方米", "cm2": "平方厘米",
    "m3": "立方米", "cm3": "立方厘米", "cc": "毫升", "kg": "公斤", "KG": "公斤", "Kg": "公斤", "g": "克", "mg": "毫克",
    "μg": "微克", "ng": "纳克", "t": "吨", "L": "升", "dL": "分升", "mL": "毫升", "ml": "毫升", "μL": "微升",
    "h": "小时", "hr": "小时", "min": "分钟", "mins": "分钟", "s": "秒", "sec": "秒", "ms": "毫秒", "μs": "微秒",
    "ns": "纳秒", "s²": "二次方秒", "Hz": "赫兹", "kHz": "千赫", "KHz": "千赫", "MHz": "兆赫", "GHz": "吉赫",
    "W": "瓦", "mW": "毫瓦", "kW": "千瓦", "KW": "千瓦", "MW": "兆瓦", "GW": "吉瓦", "Wh": "瓦时", "kWh": "千瓦时",
    "KWh": "千瓦时", "MWh": "兆瓦时", "V": "伏", "mV": "毫伏", "kV": "千伏", "mA": "毫安", "mAh": "毫安时",
    "Ah": "安时", "Pa": "帕", "kPa": "千帕", "MPa": "兆帕", "hPa": "百帕", "mmHg": "毫米汞柱", "bar": "巴",
    "kN": "千牛", "dB": "分贝", "cal": "卡", "kcal": "千卡", "kJ": "千焦", "MJ": "兆焦", "px": "像素",
    "mol": "摩尔", "mmol": "毫摩尔", "μmol": "微摩尔", "rpm": "转每分钟", "fps": "帧每秒", "mph": "英里每小时",
    "kph": "公里每小时", "bps": "比特每秒", "kbps": "千比特每秒", "Kbps": "千比特每秒", "Mbps": "兆比特每秒",
    "Gbps": "吉比特每秒", "lm": "流明", "ha": "公顷", "°C": "摄氏度", "°F": "华氏度", "°": "度", "Ω": "欧姆",
    "kΩ": "千欧", "MΩ": "兆欧", "ft": "英尺", "lb": "磅", "lbs": "磅", "oz": "盎司", "gal": "加仑", "yd": "码",
    "pp": "个百分点", "bp": "个基点",
}  # fmt: skip
_DATA: Final = frozenset({"KB", "MB", "GB", "TB", "Mb", "Gb", "kB"})
#: Letters that also end the names of models: iPhone 5s, Mate 9s.
_SHORT: Final = frozenset({"m", "g", "s", "h", "V", "L", "t", "W"})
UNIT: Final = either(_UNITS)
_PER: Final = rf"(?P<u>(?:{UNIT}|元|{either(_DATA)})(?:/(?:{UNIT}))?)"
_NOT_IN_WORD: Final = r"(?<![A-Za-z\d.])"
_MINUS: Final = r"(?P<minus>(?<![\d)A-Za-z%‰])-)?"
_DEGREES: Final = re.compile(r"°|℃|℉|度|摄氏度")
_NAME_BEFORE: Final = re.compile(r"[A-Za-z]\s$")
#: After a slash these count what the price or speed is for.
_EACH: Final = (
    "小时|小時|分钟|分鐘|分|秒|天|日|周|週|月|年|季度|人|个|個|次|吨|噸|公?斤|千克|克|升|平方?米|平方公里|平|件|瓶|盒|晚|间|間|套|台|辆|位|节|课|"
    "局|股|份|张|張|米|公里|页|字|条|户|亩|晚|杯|只|支|箱|包|袋|斤"
)
#: Before these 2 is 两.
COUNTED: Final = (
    "个|個|位|只|隻|条|條|张|張|本|件|家|名|年(?!级|級|代|前后)|天|周(?!年)|週|小时|小時|分钟|分鐘|秒|次|块|塊|元|米|公里|公斤|千克|克|斤|里|"
    "吨|噸|倍|岁|歲|层|層|座|套|台|臺|辆|輛|部|杯|瓶|种|種|类|類|组|組|对|對|双|雙|支|枝|篇|首|句|段|页|頁|课|課|口|匹|头|頭|根|颗|顆|粒|片|份|"
    "届|屆|人|亿|億|万|萬|千|百|点(?!\\d)|點(?!\\d)|步|间|間|所|扇|把|架|艘|场|場|顿|頓|遍|趟|回|项|項|门|門|盒|箱|袋|包|碗|盘|盤|棵|朵|滴|"
    "厘米|毫米|英里|英尺|平方|立方|升|毫升|美元|欧元|英镑|港元|日元|韩元|摄氏度|世纪|世紀|星期|半|幅|则|批|群|面|枚|车|分(?!之|钟|鐘)|代|样|樣|"
    "道|室(?=\\d?[厅廳卫])|厅|廳|卫(?!生)|阶段|大类|个百分点|集(?!团)|卷|册|局(?!长)|轮|輪|笔|筆|晚|夜|户|戶|亩|畝"
)
_COUNTED_NEXT: Final = re.compile(rf"{NUMBER}\s?(?:{COUNTED})")


def _named(unit: str) -> str:
    """ "km/h" -> 公里每小时, "GB/s" -> GB每秒."""
    above, _, below = unit.partition("/")
    read = _UNITS.get(above, above)
    if not below:
        return read
    return f"{'千克' if read == '公斤' and below in ('m³', 'm²', 'm3', 'm2') else read}每{_UNITS[below]}"


def without_cents(number: str) -> str:
    """ "35.50" -> "35.5", as prices are said."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def _money(match: re.Match[str]) -> str:
    scale = match["scale"] or ""
    name = _SCALES.get(scale, scale) + CURRENCIES[match["currency"]]
    lower = f"{cardinal(without_cents(match['a']))}到" if match["a"] else ""
    return ("负" if match["minus"] else "") + lower + amount(without_cents(match["n"])) + name


def _money_after(match: re.Match[str]) -> str:
    scale = match["scale"] or ""
    return amount(without_cents(match["n"])) + _SCALES.get(scale, scale) + CURRENCIES[match["currency"]]


def _percent(match: re.Match[str]) -> str:
    of = {"%": "百分之", "‰": "千分之", "‱": "万分之"}[match["sign"]]
    read = of + cardinal(match["b"])
    if match["a"]:
        read = f"{of}{cardinal(match['a'])}{to(match['to'])}{read}"
    return ("负" if match["minus"] else "") + read


def _unit(match: re.Match[str]) -> str:
    if match["u"] in _SHORT and _NAME_BEFORE.search(match.string[: match.start()]):
        return f"{cardinal(match['n'])}{match['u']}"
    unit = _named(match["u"])
    return _below(match, unit) + amount(match["n"]) + unit


def _below(match: re.Match[str], unit: str) -> str:
    """零下 or 负 for a minus; nothing where the text says 零下 itself."""
    if not match["minus"] or match.string[: match.start()].rstrip().endswith("零下"):
        return ""
    return "零下" if "度" in unit else "负"


def _from(match: re.Match[str]) -> str:
    """The lower end of a range; the upper one is read by the rules that follow.

    It takes its unit along where only it is below zero, since 零下五到十度 would be both.
    """
    upper = match.string[match.end() :]
    counted = _COUNTED_NEXT.match(upper) or match.groupdict().get("u")
    number = amount(match["a"]) if counted else cardinal(match["a"])
    if not match.groupdict().get("minus"):
        return f"{number}{to(match['to'])}"
    above = re.match(rf"-?{NUMBER}\s*({UNIT})?", upper)
    unit = _named(above[1]) if above and above[1] and not upper.startswith("-") else ""
    degrees = "度" in unit or (above and _DEGREES.match(upper, above.end(0) - len(above[1] or "")))
    below = "" if match.string[: match.start()].rstrip().endswith("零下") else "零下" if degrees else "负"
    return f"{below}{number}{unit}{to(match['to'])}"


def _angle(match: re.Match[str]) -> str:
    seconds = f"{cardinal(match['s'])}秒" if match["s"] else ""
    return f"{cardinal(match['d'])}度{cardinal(match['m'])}分{seconds}"


UNITS: Final = compile_rules(
    (rf"(?P<minus>-)?(?P<currency>{either(key for key in CURRENCIES if key not in ('円', '¢'))})\s?"
     rf"(?:(?P<a>{NUMBER}){TO}(?:[$¥€£]\s?)?)?(?P<n>{NUMBER})\s?{_SCALE}(?:元(?!素))?", _money),
    (rf"(?P<n>{NUMBER})\s?{_SCALE}\s?(?P<currency>{either(_AFTER)})(?![A-Za-z])", _money_after),
    (r"(?<![\d,])(?P<n>\d[\d,]*\.\d*0)(?=\s?(?:元|块|美元|欧元|英镑|港元))", lambda m: without_cents(m["n"])),
    (rf"(?:(?P<a>{NUMBER})[%‰‱]?(?P<to>{TO}))?(?P<minus>(?<![\dA-Za-z%‰)])-)?(?P<b>{NUMBER})\s?(?P<sign>[%‰‱])",
     _percent),
    (r"(?<![\d.])(?P<a>\d)米(?P<b>\d{1,2})(?![\d.米厘公点年月日个])", lambda m: f"{amount(m['a'])}米{digits(m['b'])}"),
    (r"(?P<a>\d{2,3})/(?=\d{2,3}\s*mmHg)", lambda m: f"{cardinal(m['a'])}比"),
    (r"(?<![\d.])(?P<d>\d{1,3})°(?P<m>\d{1,2})['′](?:(?P<s>\d{1,2}(?:\.\d+)?)(?:[\"″]|''))?", _angle),
    (r"(?<=\d)″|(?<=\d)\"(?=[寸屏显電电液])", lambda m: "英寸"),
    (r"(?<=\d)w(?![A-Za-z])", lambda m: "万"),
    (r"(?<!\d)(?P<n>\d+)[xX](?![A-Za-z\d]|\s?[-+=*/×÷^²³)<>≥≤])(?<![=+(-]\dx)", lambda m: f"{amount(m['n'])}倍"),
    (rf"{_NOT_IN_WORD}{_MINUS}(?P<a>{NUMBER})\s?(?:{UNIT}(?:/(?:{UNIT}))?)?(?P<to>{TO})(?=-?{NUMBER}\s?{_PER}"
     rf"(?![A-Za-z\d]))",
     _from),
    (rf"{_NOT_IN_WORD}{_MINUS}(?P<n>{NUMBER})\s?{_PER}"
     rf"(?![A-Za-z\d²³])", lambda m: _unit(m) if _is_unit(m["u"]) else m[0]),
    (rf"(?<=[\u4e00-\u9fff])/(?=(?:{_EACH})(?![\u4e00-\u9fff]))(?<=[元块人个次米里斤克吨升度时分秒兆年月天份张件万亿]/)",
     lambda m: "每"),
    (r"(?<!\d)(?P<n>\d+)M(?=宽带|带宽|流量|光纤|每秒)", lambda m: f"{amount(m['n'])}兆"),
)  # fmt: skip


def _is_unit(written: str) -> bool:
    """元 and the sizes of memory are read as they stand, unless something is counted by them: 元/kg, GB/s."""
    return written in _UNITS or "/" in written
