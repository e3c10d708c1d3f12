"""Chinese dates, years, times of day and scores -> words."""

import re
from typing import Final

from tts.text.rules import compile_rules
from tts.text.zh_numbers import TO, cardinal, digits, to

_HALF_OF_DAY: Final = re.compile(r"(?:[上中下]午|早上|晚上|早晨|凌晨|夜里|清晨|傍晚|深夜|中午|午后)\s*$")
_MONTH: Final = r"(?P<m>0?[1-9]|1[0-2])"
_DAY: Final = r"(?P<d>0?[1-9]|[12]\d|3[01])"
#: What only a year stands before: 2024款, 2008奥运会.
_AFTER_YEAR: Final = (
    "年度|财年|財年|学年|學年|赛季|賽季|届|屆|级|級|款|版|春|夏|秋|冬|新年|奥运|奧運|世界杯|欧洲杯|亚运|高考|考研|"
    "跨年|元旦|春节|春節|双十一|春晚|毕业|畢業"
)
#: What stands beside the two sides of a score or ratio, which would else be a time.
_BEFORE_SCORE: Final = "比分|大比分|战绩|比例|比率|配比|赔率|宽高比|长宽比|纵横比|画幅|汇率|以|總比分"
_AFTER_SCORE: Final = (
    "(?:力克|获胜|战胜|击败|领先|落后|险胜|大胜|完胜|取胜|逆转|不敌|告负|惜败|惨败|战平|打平|平局|绝杀|横扫|"
    "淘汰|的?大?比分|的?比例|的?优势|的画|的屏|显示器|画幅)"
)


def _date(match: re.Match[str]) -> str:
    return f"{digits(match['y'])}年{_bare(match['m'])}月{_bare(match['d'])}日"


def _bare(number: str) -> str:
    return cardinal(number.lstrip("0") or "0")


def _month_of_year(match: re.Match[str]) -> str:
    return f"{digits(match['y'])}年{_bare(match['m'])}月"


def _short_year(match: re.Match[str]) -> str:
    return digits(match["y"])


def _years(match: re.Match[str]) -> str:
    return f"{digits(match['a'])}{match.groupdict().get('n') or ''}{to(match[0])}{digits(match['b'])}"


def _time(match: re.Match[str]) -> str:
    hour, minute, second = match["h"], match["min"], match["s"]
    read = f"{_hour(hour)}点"
    if int(minute) or second:
        read += f"{_two(minute)}分"
    if second:
        read += f"{_two(second)}秒"
    return _half(match) + read


def _half(match: re.Match[str]) -> str:
    """上午 or 下午 for am and pm, unless the text says it itself."""
    half = (match["half"] or "").lower()
    if _HALF_OF_DAY.search(match.string[: match.start()]):
        return ""
    return {"a": "上午", "p": "下午"}.get(half[:1], "")


def _hour(hour: str) -> str:
    bare = hour.lstrip("0") or "0"
    return "两" if bare == "2" else cardinal(bare)


def _two(number: str) -> str:
    """Minutes and seconds: 05 is 零五."""
    return "零" + cardinal(number[1]) if number[0] == "0" and number != "00" else cardinal(number.lstrip("0") or "0")


def _lap(match: re.Match[str]) -> str:
    """1:23.45, a time that somebody ran."""
    return f"{cardinal(match['m'])}分{_two(match['s'])}秒{digits(match['part'])}"


def _score(match: re.Match[str]) -> str:
    return f"{match.groupdict().get('before') or ''}{cardinal(match['a'])}比{cardinal(match['b'])}"


def _decade(match: re.Match[str]) -> str:
    return (digits if match["n"].startswith("0") or match["after"] == "后" else cardinal)(match["n"]) + match["after"]


def _memorial(match: re.Match[str]) -> str:
    """5·12, 9·11: days that gave an event its name."""
    return digits(match["a"] + match["b"], yao=True)


def _holiday(match: re.Match[str]) -> str:
    return digits(match["m"]) + digits(match["d"]) if match["m"] != "10" else "十" + digits(match["d"])


DATES: Final = compile_rules(
    (rf"(?<![\d.])(?P<y>[12]\d{{3}})(?P<sep>[-/.])\s?{_MONTH}(?P=sep)\s?{_DAY}(?![\d.]\d|\d)日?T?", _date),
    (rf"(?<![\d./-]){_DAY}\.{_MONTH}\.(?P<y>[12]\d{{3}})(?![\d.]\d|\d)", _date),
    (rf"(?<![\d./-]){_MONTH}/{_DAY}/(?P<y>[12]\d{{3}})(?![\d/])", _date),
    (rf"(?<![\d./-]){_DAY}/{_MONTH}/(?P<y>[12]\d{{3}})(?![\d/])", _date),
    (r"(?<![\d./-])(?P<y>(?:19|20)\d{2})[-/](?P<m>0[1-9]|1[0-2])(?![\d/-]|\.\d|赛季|赛季|学年)", _month_of_year),
    (r"(?<![\d./-])(?P<y>(?:19|20)\d{2})\.(?P<m>0[1-9]|1[0-2])(?=\s*[-–—~～至到])(?!\s*[-–—~～至到]+\s*\d{1,2}(?!\d))",
     _month_of_year),
    (r"(?<=[月日][-–—~～至到])(?P<y>(?:19|20)\d{2})\.(?P<m>0[1-9]|1[0-2])(?!\d)", _month_of_year),
    (rf"(?<![\d./]){_MONTH}/{_DAY}(?=\s?(?:日|号|號|是?[（(]?(?:周|週|星期|礼拜)|[上下]午|晚上?))",
     lambda m: f"{_bare(m['m'])}月{_bare(m['d'])}" + "日" * (m.string[m.end() : m.end() + 1] not in "日号號")),
    (r"(?<![\d.])(?P<m>[1356]|10)\.(?P<d>[158])(?=国?庆?(?:劳动节|儿童节|妇女节|黄金周|小?长假|假期|放假))", _holiday),
    (r"(?<![\d·.])(?P<a>[1-9]|1[0-2])·(?P<b>[1-9]|[12]\d|3[01])(?![\d·.])", _memorial),
    (rf"(?<![\d.])(?P<a>[12]\d{{3}})(?P<n>年?)(?P<to>{TO})(?P<b>[12]\d{{3}})(?=年)", _years),
    (r"(?<=[年月日号號])\s*[-–—~～]+\s*(?=\d{1,4}[年月日号號])", lambda m: "到"),
    (r"(?<=[月日])\s*[-–—~～]+\s*(?=[零一二三四五六七八九]{4}年)", lambda m: "到"),
    (r"(?<=[月日年])\s*[-–—~～]+\s*(?=至今)", lambda m: ""),
    (r"(?<![\d.-])(?P<a>(?:19|20)\d{2})[-–—~～](?P<b>(?:19|20)\d{2})(?![\d.-]\d|\d)", _years),
    (r"(?<![\d.-])(?P<a>(?:19|20)\d{2})[-–/](?P<b>\d{2})(?=赛季|賽季|学年|學年)", _years),
    (r"(?<![\d.,])(?P<y>[12]\d{3}|0\d)(?=年(?![前后後来來间間多]|的?历史|的?歷史|以上|左右))", _short_year),
    (r"(?<![\d.,])(?P<y>[5-9]\d)(?=年(?:\d{1,2}月|出生|生|[春夏秋冬]|世界杯|奥运|高考|抗洪))", _short_year),
    (rf"(?<![\d.,])(?P<y>(?:19|20)\d\d)(?={_AFTER_YEAR})", _short_year),
    (r"(?<![\d.,])(?P<y>(?:19|20)\d0)['’]?s(?![A-Za-z])", lambda m: digits(m["y"]) + "年代"),
    (r"['’](?P<n>\d0)s(?![A-Za-z])", lambda m: ("零零" if m["n"] == "00" else cardinal(m["n"])) + "年代"),
    (r"(?<!\d)(?P<n>\d0)(?P<after>年代)", _decade),
    (r"(?<!\d)(?P<n>\d[05])(?=[、和与/]\d[05]后)", lambda m: digits(m["n"])),
    (r"(?<!\d)(?P<n>[05-9]\d|[1-4][05])(?P<after>后)(?!面|来|天|续|期|勤|退|台)", _decade),
    (r"(?<!\d)0(?P<n>\d)(?=[月日号號])", lambda m: cardinal(m["n"])),
    (r"(?<![\d.])(?P<y>20[0-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\s?[\d.,元块个人万亿])",
     lambda m: digits(m[0])),
)  # fmt: skip

TIMES: Final = compile_rules(
    (rf"(?P<before>(?:{_BEFORE_SCORE})[^\d，。]{{0,3}})(?P<a>\d+)\s*[:：\-–—比]\s*(?P<b>\d+)(?!\d|[:：]\d)", _score),
    (rf"(?<![\d:：.-])(?P<a>\d{{1,3}})\s*[:：\-–]\s*(?P<b>\d{{1,3}})(?=\s?{_AFTER_SCORE})", _score),
    (r"(?<![\d:：])(?P<m>\d{1,2})[:：](?P<s>[0-5]\d)\.(?P<part>\d{1,3})(?![\d:：])", _lap),
    (
        r"(?<![\d:：])(?P<h>[01]?\d|2[0-4])[:：](?P<min>[0-5]\d)(?:[:：](?P<s>[0-5]\d))?"
        r"(?![\d:：])(?:\s*(?P<half>[aApP])\.?[mM](?![A-Za-z])\.?)?",
        _time,
    ),
    (r"(?<![\d:：.])(?P<h>0?[1-9]|1[0-2])\s?(?P<half>[aApP])\.?[mM](?![A-Za-z])\.?",
     lambda m: f"{_half(m)}{_hour(m['h'])}点"),
    (r"(?<![\d.])2(?=[点點]\d{1,2}分)", lambda m: "两"),
    (r"(?<=[点點])00?(?=分)", lambda m: "零"),
    (rf"(?<=[点分秒點]){TO}(?=(?:[上下]午)?[零一二三四五六七八九十两]+点)", lambda m: to(m[0])),
    (r"(?<=[周週期])(?P<a>[一二三四五六日天])[-–—~～](?=(?:周|週|星期)?[一二三四五六日天](?![一-鿿]))",
     lambda m: f"{m['a']}到"),
    (r"(?<=[周週期])(?P<a>[一二三四五六日天])[-–—~～](?=(?:周|週|星期)[一二三四五六日天])", lambda m: f"{m['a']}到"),
)  # fmt: skip
