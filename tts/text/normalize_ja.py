"""Japanese text with digits and signs -> the words that a reader says for them."""

import re
from typing import Final

from tts.text import normalize_ja_said as said
from tts.text.normalize_ja_numbers import cardinal
from tts.text.normalize_ja_words import CURRENCIES, GREEK, LETTERS, NAMES, SHORT_UNITS, SIGNS, SPEEDS, UNITS, WORDS
from tts.text.rules import compile_rules, either, rewrite, settled, without_points

_N: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_TO: Final = r"\s*(?:〜|～|~|–|—|-|から)\s*"
_NOT_IN_WORD: Final = r"(?<![A-Za-z\d.])"
_UNIT_NAMES: Final = either(UNITS | SPEEDS)
_SHORT_NAMES: Final = either(SHORT_UNITS)
_MONEY_NAMES: Final = either(CURRENCIES)
_ITEMS: Final = either(NAMES)
_MONTH: Final = r"(?P<m>0?[1-9]|1[0-2])"
_DAY: Final = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_WEEK: Final = r"(?:\s?[（(](?P<week>[月火水木金土日])(?:曜日?)?[）)])?"
#: What is counted by two figures in a row, one more than the other.
_FEW: Final = (
    "人(?!目)|日(?!目)|回|個|本|枚|匹|台|度(?!目)|分|秒|件|冊|杯|泊|歳|年(?!生)|か月|カ月|ヶ月|時間|週間|名|社|つ|"
    "十|百|千|万"
)
_COUNTERS: Final = (
    "人|日|時間|年|か月|カ月|ヶ月|週間|回|個|本|枚|匹|台|度|分|秒|円|万|千|百|キロ|メートル|歳|才|件|冊|杯|泊|階|"
    "点|割|倍|頁|ページ|月|時|名|社|つ|着|足|軒|世紀|代|号"
)

#: In this order: what is more certain comes first.
_RULES: Final = compile_rules(
    (r"https?://[!-~]+|(?<![A-Za-z\d])www\.[!-~]+", said.web),
    (r"(?<![A-Za-z\d._+-])[A-Za-z\d][A-Za-z\d._+-]*@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+", said.web),
    (
        r"(?<![A-Za-z\d.@-])(?:[A-Za-z\d-]{1,63}\.){1,6}(?:com|net|org|jp|io|dev|ai|tv|html|"
        r"php)(?:/[!-~]*)?(?![A-Za-z\d])",
        said.web,
    ),
    (rf"〒\s*(?P<a>\d{{3}}){said.DASH}?(?P<b>\d{{4}})(?!\d)", said.post),
    (
        r"(?<![\d.])(?:\+\d{1,3}[ -]?\d{1,4}[ -]|\(0\d{1,4}\)[- ]?|0\d{1,4}[-( ]\s?)"
        r"\d{1,4}[-) ]\s?\d{3,4}(?!\d)",
        said.phone,
    ),
    (r"打率\s?0?\.(?P<n>\d{3})(?!\d)", said.batting),
    (r"(?<![A-Za-z\d.])\.(?P<n>\d+)", lambda match: cardinal(f"0.{match['n']}")),
    (r"(?<![A-Za-z\d])(?P<below>B?)(?P<n>\d{1,2})F(?![A-Za-z\d])", said.floor),
    (r"(?<=\d)\s?x\s?(?=\d)", lambda match: "×"),
    (r"(?<=\d)m(?=\d{1,2}(?:cm|センチ|㎝))", lambda match: "メートル"),
    (r"(?<![A-Za-z\d])(?P<a>[a-z]|\d+)\^(?P<b>\d+)", said.power),
    (r"(?<![\d.])0[5789]0\d{8}(?!\d)|(?<![\d.])0120\d{6}(?!\d)", said.phone),
    (r"(?<![A-Za-z\d])(?:" + _ITEMS + r")(?![A-Za-z\d])", lambda match: NAMES[match[0]]),
    (rf"(?<!\d)(?P<y>\d{{4}})(?:/|\.|{said.DASH}){_MONTH}(?:/|\.|{said.DASH}){_DAY}(?![\d/.]){_WEEK}T?", said.date),
    (rf"(?P<y>\d{{4}})年{_MONTH}月{_DAY}日{_WEEK}", said.date),
    (rf"(?<!\d){_MONTH}月{_DAY}日{_WEEK}(?<=[)）])", said.short_date),
    (
        r"(?<![\d:.])(?:(?P<before>[AaPp]\.?[Mm]\.?)\s?)?(?P<h>[01]?\d|"
        r"2[0-4]):(?P<min>[0-5]\d)(?::(?P<s>[0-5]\d))?(?![\d:])"
        r"(?:\s?(?P<after>[AaPp]\.?[Mm]\b\.?))?", said.time,
    ),
    (rf"(?<![A-Za-z\d])[Pp]{{1,2}}\.\s?(?P<a>\d+)(?:{_TO}(?P<b>\d+))?", said.pages),
    (rf"{_NOT_IN_WORD}(?P<w>)(?P<a>\d+)/(?P<b>\d+)(?=拍子)", said.fraction),
    (rf"{_NOT_IN_WORD}{_MONTH}/{_DAY}(?![\d/.]){_WEEK}", said.short_date),
    (
        rf"(?<![A-Za-z])(?P<minus>-)?(?P<currency>{_MONEY_NAMES})\s?(?P<minus2>-)?(?P<n>{_N})\s?"
        rf"(?P<scale>[kKmMBbT](?![A-Za-z])|[万億兆千百]+)?", said.money,
    ),
    (
        rf"(?<![A-Za-z\d.])(?P<minus>-)?(?P<n>{_N})(?P<scale>[万億兆千百]*)\s?(?P<currency>[€£$₩¥￥￦₹₽]|USD|"
        rf"EUR|GBP|JPY|KRW)",
        said.money,
    ),
    (
        rf"(?<![A-Za-z\d.])(?P<minus>[-−])?(?:(?P<a>{_N})(?:%|°|°C)?{_TO})?(?P<b>{_N})\s?(?P<unit>°(?=[CＣ])|"
        rf"km/h)(?:[CＣ])?",
        said.unit,
    ),
    (
        rf"(?<![A-Za-z\d.])(?P<minus>[-−])?(?P<n>{_N})\s?°F",
        lambda match: f"華氏{'マイナス' * bool(match['minus'])}{said.amount(match['n'])}度",
    ),
    (
        rf"{_NOT_IN_WORD}(?P<minus>[-−])?(?:(?P<a>{_N})(?:%|{_SHORT_NAMES})?{_TO})?(?P<b>{_N})\s?"
        rf"(?P<unit>(?!(?:{_SHORT_NAMES})[A-Za-z\d])(?:{_UNIT_NAMES}))(?![A-Za-z\d])", said.unit,
    ),
    (
        rf"(?P<place>[\u3400-\u9fff]{{1,4}})\s?(?P<class>\d{{2,3}})\s?(?P<kana>[あ-ん])\s?"
        rf"(?P<n>\d{{1,2}}{said.DASH}\d{{2}})(?!\d)",
        said.plate,
    ),
    (r"(?P<name>(?:番号|暗証番号|ID|パスワード|コード|認証コード|口座|内線)(?:は|：|:|\s)\s?)(?P<n>\d{3,})", said.code),
    (r"(?P<n>\d{3,4})(?=号室)", said.room),
    (rf"{_NOT_IN_WORD}(?:(?P<w>\d+)と)?(?P<b>\d+)分の(?P<a>\d+)", said.fraction),
    (rf"{_NOT_IN_WORD}(?P<w>)(?P<a>\d+)/(?P<b>\d+)(?![\d/])", said.fraction),
    (
        rf"{_NOT_IN_WORD}{_N}(?:\s*[-+−×*x÷]\s*{_N}){{1,8}}\s*=\s*-?{_N}|{_NOT_IN_WORD}{_N}(?:\s*[+×÷]\s*{_N}){{1,8}}",
        said.calculation,
    ),
    (
        rf"{_NOT_IN_WORD}(?P<a>\d{{1,3}})\s?(?:{said.DASH}|:|：|対)\s?(?P<b>\d{{1,3}})(?=\s?(?:で[^す]?(?:勝|敗|負|"
        rf"引|下|リード)|の(?:勝|敗|同点|引|スコア|接戦|僅差)|と(?:リード|逆転)))",
        said.score,
    ),
    (
        rf"(?:(?<=スコアは)|(?<=スコア)|(?<=結果は)|(?<=得点は))"
        rf"(?P<a>\d{{1,3}})\s?(?:{said.DASH}|:)\s?(?P<b>\d{{1,3}})",
        said.score,
    ),
    (rf"{_NOT_IN_WORD}(?P<a>\d{{1,3}})[:：](?P<b>\d{{1,3}})(?!\d)", said.score),
    (rf"(?<![A-Za-z\d.,、])(?P<a>[1-8])[、,・](?P<b>[2-9])(?=(?:{_FEW}))", said.few),
    (rf"{_NOT_IN_WORD}(?P<a>{_N}){_TO}(?P<b>{_N})(?=\s?(?:{_COUNTERS}))", said.between),
    (rf"{_NOT_IN_WORD}(?P<a>{_N})\s*[〜～~–—]\s*(?P<b>{_N})", said.between),
    (rf"{_NOT_IN_WORD}\d+(?:{said.DASH}\d+)+(?![\d.])", said.row),
    (r"(?<![A-Za-z\d.])(?P<v>[Vv](?:er\.?|ersion)?\s?)(?P<n>\d+(?:\.\d+)*)(?![\d.])", said.version),
    (r"(?<![\d.])(?P<v>)(?P<n>\d+(?:\.\d+){2,})(?![\d.])", said.version),
    (r"(?<![A-Za-z\d])[Nn]o\.\s?(?=\d)", lambda match: "ナンバー"),
    (r"(?<![A-Za-z\d])[Vv]ol\.\s?(?=\d)", lambda match: "ボリューム"),
    (r"(?<![A-Za-z\d])(?P<n>\d+)(?P<letters>[A-Z]{1,4})(?![A-Za-z\d])", said.numbered),
    (r"(?<![A-Za-z])(?P<letters>[A-Z]{1,5})(?P<number>-?\d+(?:\.\d+)?)(?![\d.]*[A-Za-z])", said.capitals),
    (rf"(?<![A-Za-z\d.\u3400-\u9fff])[-−](?P<n>{_N})", said.negative),
    (rf"(?<=[\s\u3040-\u9fff])[-−](?P<n>{_N})(?=度|点|パーセント|ポイント)", said.negative),
    (r"(?<![\d.,])10分(?!の|野|割)", said.ten_minutes),
    (rf"(?P<n>{_N})", said.counted),
    (
        r"(?<![A-Za-z])[A-Z](?:&[A-Z])+(?![A-Za-z])",
        lambda match: "アンド".join(LETTERS[letter] for letter in match[0][::2]),
    ),
    (rf"(?<![A-Za-z'’.])(?:{'|'.join(WORDS)})(?![A-Za-z'’])", lambda match: WORDS[match[0]]),
    (r"(?<![A-Za-z'’.])(?P<letters>[A-Z]{1,5})(?P<number>)(?![A-Za-z'’])", said.capitals),
    (r"#(?=[\w])", lambda match: "ハッシュタグ"),
    (r"[α-ως\u00b5]|[Α-Ω]", lambda match: GREEK[match[0].lower()]),
)  # fmt: skip
#: From a day or an hour to another.
_SPOKEN_RANGES: Final = compile_rules(
    (
        r"(?<=[時日分秒年月円度人個回階歳])\s*[〜～~–—-]\s*(?=(?:午[前後]|翌|[一二三四五六七八九十百千零]|ジュ))",
        lambda match: "から",
    ),
)
#: Whatever a number was written in, two of them in a row are "two or three".
_SPOKEN_FEW: Final = compile_rules(
    (
        r"(?<![一二三四五六七八九十百千〇零点第、])(?P<a>[一二三四五六七八])[、・]?"
        rf"(?P<b>[二三四五六七八九])(?=(?:{_FEW}))",
        said.few,
    ),
)
_SIGN: Final = re.compile(either(SIGNS))


def normalize(text: str) -> str:
    """Digits, signs, units, dates, money, addresses and letter names of a Japanese text in words. Idempotent."""
    return settled(text, _once)


def _once(text: str) -> str:
    text = _SIGN.sub(lambda found: SIGNS[found[0]], rewrite(without_points(text), _RULES))
    return rewrite(rewrite(text, _SPOKEN_RANGES), _SPOKEN_FEW)
