"""Numbers that a Chinese speaker reads figure by figure: telephones, codes, plates, trains, models; and addresses."""

import re
from typing import Final

from tts.text import roman
from tts.text.rules import compile_rules
from tts.text.zh_numbers import cardinal, digits

#: A number after one of these is a code.
_CODED: Final = (
    "手机|手機|电话|電話|号码|號碼|编号|編號|学号|工号|单号|單號|订单|訂單|快递|运单|流水号|身份证|身份證|护照|证件|账号|帐号|账户|卡号|"
    "会员号|密码|密碼|口令|验证码|驗證碼|提取码|取件码|邀请码|兑换码|条码|编码|邮编|郵編|车牌|車牌|QQ群?|微信号?|房间|房間|房号|尾号|代码|代碼|"
    "车次|航班|区号|分机|座位号|门牌号?|ID|工单|文号|股票|传真|群号"
)
_CALLED: Final = "拨打|电话|電話|热线|熱線|致电|报警|拨|撥|打|客服|传真|发送至?|短信至"
_PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滬遼魯蘇贛陝閩貴粵寧瓊雲"
#: Chips, cards and such, whose numbers are names.
_MODELS: Final = "RTX|GTX|RX|GT|骁龙|麒麟|天玑|锐龙|酷睿|奔腾|至强|Intel|Xeon|Ryzen|Snapdragon"
#: Numbers that have become names, before what tells them from counts.
_NAMES: Final = {
    r"985(?=[、/和]?(?:211|大学|高校|院校|工程|名校|毕业|本科|双一流|$))": "九八五",
    r"211(?=[、/和]?(?:985|大学|高校|院校|工程|名校|毕业|本科|双一流)|$)(?<=[、/和]211)": "二幺幺",
    r"211(?=大学|高校|院校|工程|名校)": "二幺幺",
    r"996(?=工作制|加班|文化|福报|模式|作息|的工作)": "九九六",
    r"9[/·]?11(?=事件|袭击|恐袭|恐怖)": "九幺幺",
    r"315(?=晚会|消费|维权)": "三幺五",
    r"618(?=大促|购物|活动|年中|狂欢)": "六幺八",
    r"404(?=错误|页面|报错)": "四零四",
    r"360(?=公司|安全|浏览器|杀毒|搜索|集团)": "三六零",
    r"58(?=同城)": "五八",
    r"7-11(?=便利店|超市|门店)": "七幺幺",
    r"24/7": "二十四乘七",
    r"1(?:0086|0010|2306|2315|2333|2358|2365|2369|2377|2388)(?!\d|[元块个人万亿])": "",
}
_DOMAIN: Final = "com|cn|org|net|io|edu|gov|ai|co|dev|app|me|info|tv|cc|xyz|top|tech|jp|kr|uk|de"
_ADDRESS_SIGNS: Final = {
    ".": "点", "/": "斜杠", "@": "艾特", "-": "杠", "_": "下划线", ":": "冒号", "?": "问号", "=": "等于", "&": "和",
    "#": "井号", "%": "百分号", "+": "加", "~": "波浪号",
}  # fmt: skip
_COUNTER_OF_ROMAN: Final = "章节節卷部期届屆册冊篇回集代类類型阶階页頁条條款幕季"


def _address(match: re.Match[str]) -> str:
    """Web and mail addresses: their points and slashes are said."""
    read = re.sub(r"^https?://", "", match[0])
    read = re.sub(r"[^A-Za-z\d]", lambda sign: f" {_ADDRESS_SIGNS.get(sign[0], '')} ", read)
    return re.sub(r"\d+", lambda number: digits(number[0]), re.sub(r" {2,}", " ", read))


def _telephone(match: re.Match[str]) -> str:
    number = match[0][: match.start("ext") - match.start()] if match["ext"] else match[0]
    extension = f"转{digits(match['ext'], yao=True)}" if match["ext"] else ""
    return ("加" if match[0].startswith("+") else "") + digits(number, yao=True) + extension


def _code(match: re.Match[str]) -> str:
    return match["before"] + digits(match["n"], yao=True) + (match.groupdict().get("after") or "")


def _mixed_code(match: re.Match[str]) -> str:
    """A code of figures and letters: a1B2."""
    return match["before"] + _figures(match["n"])


def _figures(code: str) -> str:
    return re.sub(r"\d+", lambda number: digits(number[0], yao=True), code)


def _plate(match: re.Match[str]) -> str:
    """京A·B1234: letters one by one."""
    letters = re.sub(r"(?<=[A-Z])(?=[A-Z])", " ", match["n"])
    return f"{match['province']}{match['city']}{' ' * letters[0].isalpha()}{_figures(letters)}{match['last']}"


def _masked(match: re.Match[str]) -> str:
    return _figures(match["a"]) + "星号" * len(match["stars"]) + _figures(match["b"])


def _model(match: re.Match[str]) -> str:
    """GPT-4, MP3, CA1234: short numbers are counted, long ones read figure by figure."""
    number = match["n"]
    return match["w"] + (cardinal(number) if len(number.split(".")[0]) < 3 else digits(number, yao=True))


def _named_model(match: re.Match[str]) -> str:
    number = match["n"]
    return match["w"] + (cardinal(number) if int(number) % 100 == 0 else digits(number))


def _processor(match: re.Match[str]) -> str:
    """i7-13700K."""
    return f"{match['w'][0]}{digits(match['w'][1])}-{digits(match['n'])}"


def _version(match: re.Match[str]) -> str:
    return "点".join(digits(part) if len(part) > 2 else cardinal(part) for part in match[0].split("."))


def _machine(match: re.Match[str]) -> str:
    """192.168.1.1:8080."""
    port = f"冒号{digits(match['port'])}" if match["port"] else ""
    return "点".join(digits(part) for part in match["n"].split(".")) + port


def _roman(match: re.Match[str]) -> str:
    number = roman.value(match["r"])
    return match[0] if number is None else match["before"] + cardinal(str(number))


def _fixed(match: re.Match[str]) -> str:
    for pattern, said in _NAMES.items():
        if re.match(pattern, match[0] + match.string[match.end() :]):
            return said or digits(match[0], yao=True)
    return digits(match[0], yao=True)


ADDRESSES: Final = compile_rules(
    (
        r"(?:https?://|www\.)[A-Za-z\d./?=&_#%:~+-]+[A-Za-z\d/]|(?<![A-Za-z\d._+-])[A-Za-z\d._+-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+"
        rf"|(?<![A-Za-z\d.@-])[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)*\.(?:{_DOMAIN})(?![A-Za-z\d.])"
        r"(?:/[A-Za-z\d./?=&_#%:~+-]*[A-Za-z\d/])?",
        _address,
    ),
)  # fmt: skip

CODES: Final = compile_rules(
    (rf"(?<![\d.]){'|'.join(f'(?:{pattern})' for pattern in _NAMES)}", _fixed),
    (r"(?P<before>)(?<![\d.])(?P<n>\d{4}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,3})?)(?![\d.])", _code),
    (r"(?<![\d.])(?P<n>\d{1,3}(?:\.\d{1,3}){3})(?P<port>[:：]\d{1,5})?(?![\d.]\d|\d)", _machine),
    # Telephones
    (
        r"(?<![\d+])(?:(?:\+|00)86[-\s]?|\(\+?86\)\s?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)"
        r"|(?<!\d)(?:\+86[-\s]?)?(?:\(0\d{2,3}\)\s?|0\d{2,4}[-\s]|(?<=\+86[-\s])\d{2,3}[-\s])\d{3,4}[-\s]?\d{4}(?!\d)"
        r"(?:\s?(?:转|-|ext\.?)\s?(?P<ext>\d{1,6})(?!\d))?"
        r"|(?<!\d)[48]00[-\s]?\d{3,4}[-\s]?\d{3,4}(?!\d)|(?<!\d)0\d{9,11}(?![\d.])"
        r"|(?<![\dA-Za-z])\+(?=(?:[\s()-]{0,2}\d){8,15}(?!\d))\d{1,3}(?:[\s-]?\(?\d{1,12}\)?){1,5}(?!\d)",
        _telephone,
    ),
    (r"(?<!\d)(?P<a>\d{3,6})(?P<stars>\*{2,10})(?P<b>\d{2,4})(?!\d)", _masked),
    (r"(?P<before>ISBN[:：\s]*)(?P<n>[\d-]{9,16}[\dX])", _code),
    (rf"(?P<before>(?:{_CALLED})[^\d，。；A-Za-z]{{0,3}})(?P<n>\d{{3,12}}(?:-\d{{3,8}})*)"
     r"(?![\d.]|[元块塊万萬千个個次分年天人米]|[\s]?km)", _code),
    (rf"(?P<before>(?:{_CODED})[^\d，。；A-Za-z]{{0,3}})(?P<n>\d{{3,}}(?:-\d{{3,}})*)"
     r"(?![\d.]|[元块塊万萬个個次人])", _code),
    (r"(?P<before>(?:[密口]令?码?|(?:提取|验证|取件|邀请|兑换)码|密碼|微信号?|ID)[^\dA-Za-z，。；]{0,3})"
     r"(?P<n>(?=[A-Za-z_-]*\d)[A-Za-z\d_-]{3,20})(?![A-Za-z\d])", _mixed_code),
    (r"(?P<before>)(?<![\d.])(?P<n>\d{3,6})"
     r"(?P<after>(?:服务|客服|投诉|报警|急救)?(?:热线|熱線|专线|客服|急救|火警))", _code),
    (r"(?P<before>)(?<![\d.A-Za-z-])(?P<n>\d{3,4})(?P<after>室|号房|號房|房间|房間|教室|病房|包厢|路公交|路车|路車|路公共)",
     _code),
    (rf"(?P<province>[{_PROVINCES}])\s?(?P<city>[A-Z])[\s·•・.-]?(?P<n>(?=[A-Z]*\d)[A-Z\d]{{4,6}})(?P<last>[挂学警港澳]?)"
     r"(?![A-Za-z\d])", _plate),
    (r"(?P<before>(?<![A-Za-z])[GDCZTKYLS])(?P<n>\d{1,4})(?P<after>/\d{1,4}次|次|号列车|列车)",
     lambda m: f"{m['before']}{digits(m['n'], yao=True)}{_figures(m['after'])}"),
    (r"(?P<before>波音|空客A?)(?P<n>\d{3})(?P<rest>-\d+)?",
     lambda m: m["before"] + digits(m["n"]) + (cardinal(m["rest"][1:]) if m["rest"] else "")),
    (r"(?P<w>(?<![A-Za-z])i[3579])[- ]?(?P<n>\d{4,5})(?=[A-Z\s\u4e00-\u9fff]|$)", _processor),
    (r"(?P<w>(?<![A-Za-z])Win(?:dows)?\s?)(?P<n>9[58])(?!\d|\.\d)", lambda m: m["w"] + digits(m["n"])),
    (r"(?P<before>(?<![A-Za-z])[A-Z\d]座)(?P<n>\d{3,4})(?![\d.])", _code),
    (rf"(?P<w>(?:{_MODELS})\s?)(?P<n>\d{{3,5}})(?!\d|\.\d)", _named_model),
    (r"(?P<w>(?<![A-Za-z])[A-Z][A-Za-z]+\s)(?P<n>(?:19|20)\d\d)(?![\d.,]\d|\d|\s?[A-Za-z])",
     lambda m: m["w"] + digits(m["n"])),
    (r"(?<!\d)(?P<n>480|720|1080|1440|2160)[pP](?![A-Za-z])", lambda m: f"{digits(m['n'])}P"),
    (r"(?<![\d.])(?P<a>\d{3,4})\s?[×xX*]\s?(?P<b>\d{3,4})(?![\d.]|\s?[=a-zA-Z毫厘米])",
     lambda m: "乘".join(cardinal(n) if int(n) % 100 == 0 else digits(n) for n in (m["a"], m["b"]))),
    # Roman numerals
    (rf"(?P<before>第)(?P<r>[IVXLC]{{1,7}})(?=[{_COUNTER_OF_ROMAN}])", _roman),
    (r"(?P<before>)(?<![A-Za-z\d])(?P<r>I|[IVX]{2,4})(?=[期型级類类度](?!X))", _roman),
    (r"(?P<before>(?<=[\u4e00-\u9fff])\s*)(?P<r>I{2,3}|IV|VI{1,3}|IX|XI{1,3}|XIV|XVI?)(?![A-Za-z\d])(?!设计|系统|识别|输液|曲线)",
     _roman),
)  # fmt: skip

#: Versions, addresses of machines and names of models, after everything with a unit.
MODELS: Final = compile_rules(
    (r"(?<![\d.])\d+(?:\.\d+){2,}(?![\d.])", _version),
    (r"(?<![A-Za-z])(?P<w>[A-Za-z]+)[-‐‑]?(?P<n>\d+(?:\.\d+)?)(?!\d)", _model),
)
