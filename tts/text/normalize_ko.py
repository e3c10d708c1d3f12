"""Korean text with digits, signs and capitals -> the words that a reader says for them."""

import re
from typing import Final

from tts.text.ko_letters import block, is_block
from tts.text.ko_numbers import counted, figures, nth, ordinal, sino
from tts.text.normalize_ko_lexicon import (
    ADDRESS,
    COMPARISONS,
    CURRENCIES,
    DOMAINS,
    LETTERS,
    NAMES,
    NATIVE,
    PER,
    ROMAN,
    SIGNS,
    SINO,
    SPEEDS,
    UNITS,
    WORDS,
)  # fmt: skip
from tts.text.rules import compile_rules, either, rewrite, settled, without_points

_CENTS: Final = {"달러": "센트", "유로": "센트", "파운드": "펜스"}
_MONTHS: Final = {"6": "유월", "10": "시월"}
_SCALES: Final = "천백십만억조경"


_N: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
#: 부터, 초과 and the like only begin as a counter does.
_COUNTER: Final = f"(?!부터|초과|초반|시작|시스템|주세요|인데|인가)(?:{either(NATIVE | SINO)})"
_UNIT: Final = either(UNITS)
_SPEED: Final = either(SPEEDS)
_MONEY: Final = either(CURRENCIES)
_TERM: Final = rf"(?:{_N}|[A-Za-z가-힣]{{1,20}})(?![0-9A-Za-z가-힣])"
_TO: Final = r"\s?[~∼〜～–—-]\s?"
_CLOCK: Final = r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9]"
_Y: Final = r"(?P<y>[12][0-9]{3})"
_M: Final = r"(?P<m>1[0-2]|0?[1-9])"
#: Letters of car plates.
_PLATE: Final = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주아바사자하허호배"
_D: Final = r"(?P<d>3[01]|[12][0-9]|0?[1-9])"


def _month(number: str) -> str:
    plain = number.lstrip("0")
    return _MONTHS.get(plain, sino(plain) + "월")


def _day(number: str) -> str:
    return f"{sino(number.lstrip('0'))} 일"


def _date(match: re.Match[str]) -> str:
    parts = match.groupdict()
    year = f"{sino(parts['y'])} 년 " if parts.get("y") else ""
    return f"{year}{_month(parts['m'])} {_day(parts['d'])}"


def _hour(number: str) -> str:
    hour = int(number)
    return f"{counted(str(hour)) if 1 <= hour <= 12 else sino(str(hour))} 시"


def _clock(text: str) -> str:
    hour, minute, *second = text.split(":")
    read = [_hour(hour)]
    read += [f"{sino(str(int(minute)))} 분"] if int(minute) else []
    read += [f"{sino(str(int(second[0])))} 초"] if second else []
    return " ".join(read)


def _time(match: re.Match[str]) -> str:
    half = (match["before"] or match["after"] or "").strip().replace(".", "").lower()
    return {"am": "오전 ", "pm": "오후 "}.get(half, "") + _clock(match["time"])


def _count(number: str, counter: str) -> str:
    """A number as its counter wants it, without the counter."""
    plain = number.replace(",", "")
    if counter == "시":
        return _hour(number).removesuffix(" 시") if plain.isdigit() and int(plain) <= 24 else sino(number)
    if counter.startswith("시간") and plain.isdigit() and int(plain) > 20:
        return sino(number)
    if counter == "번째":
        return ordinal(plain)
    return counted(number) if counter in NATIVE else sino(number)


#: Nouns after 번 and before 분, 대 and 장 that tell a number from a count: 3번 출구, 손님 3분, 20대 여성, 제3장.
_NUMBERED: Final = (
    r"\s?(?:출구|버스|문제|선수|타자|국도|게이트|창구|좌석|방|홀|트랙|채널|시드|마을버스|종목|문항|후보|승강장|교향곡|버튼|카드|척추|염색체|노선|지방도|학생|"
    r"레인|플랫폼|칸|줄|환자|참가자|답|보기|국도|도로)"
)
_PEOPLE: Final = re.compile(r"(?:손님|고객|어르신|선생님|부모님|회원|관객|환자|교수님|신부님|스님|어른)\s*$")
_CARS: Final = re.compile(
    r"(?:차|차량|자동차|버스|트럭|택시|컴퓨터|노트북|에어컨|휴대폰|카메라|비행기|총|피아노)[을를이가]?\s*$"
)


def _counter(match: re.Match[str]) -> str:
    number, counter = match["n"], match["c"]
    before, after = match.string[: match.start()], match.string[match.end() :]
    plain = number.replace(",", "")
    if counter in ("분", "분이", "분의") and _PEOPLE.search(before):
        read = counted(number)
    elif (
        counter == "대" and plain in ("10", "20", "30", "40", "50", "60", "70", "80", "90") and not _CARS.search(before)
    ):
        read = sino(number)
    elif counter == "번" and len(plain) > 3:
        read = figures(plain)
    elif before.rstrip().endswith(("제", "기호")) or (counter == "번" and re.match(_NUMBERED, after)):
        read = sino(number)
    else:
        read = _count(number, counter)
    return f"{_negative(match)}{read} {counter}"


def _negative(match: re.Match[str]) -> str:
    if not match["minus"]:
        return ""
    return "영하 " if match.groupdict().get("c") == "도" else "마이너스 "


def _range(match: re.Match[str]) -> str:
    first, counter = match["a"], match["c"] or ""
    if counter in NATIVE and counter != "대":
        return f"{_count(first, counter)} {counter}에서 "
    if match["m"]:
        return f"{_month(first)}에서 "
    return f"{sino(first)}에서 "


def _scaled(match: re.Match[str]) -> str:
    """3만5천, 1억 2,000만, 5천: digits and the words for ten thousands."""
    read = ""
    for number, scale in re.findall(rf"({_N})([천백십]?[만억조경]?)", match["n"]):
        said = sino(number)
        if number == "1" and scale in ("천", "백", "십", "만", "천만", "백만", "십만") and (scale != "만" or not read):
            said = ""
        read += (" " if read and not read.endswith(("천", "백", "십")) else "") + said + scale
    return read


def _money(match: re.Match[str]) -> str:
    scale = (match["scale"] or "").strip()
    unit = CURRENCIES[match["currency"]]
    whole, _, cents = match["n"].partition(".")
    if scale or unit not in _CENTS or len(cents) != 2:
        return f"{_negative(match)}{_scaled(match) if scale else sino(match['n'])} {unit}"
    pieces = [f"{sino(whole)} {unit}"] if whole.strip("0") else []
    pieces += [f"{sino(cents.lstrip('0'))} {_CENTS[unit]}"] if cents != "00" or not pieces else []
    return _negative(match) + " ".join(pieces)


def _unit(match: re.Match[str]) -> str:
    return f"{_negative(match)}{sino(match['n'])} {UNITS[match['u']]}"


def _speed(match: re.Match[str]) -> str:
    before, after = SPEEDS[match["u"]]
    minus = "" if not match["minus"] else ("영하 " if after == "도" else "마이너스 ")
    return f"{before} {minus}{sino(match['n'])} {after}"


def _groups(match: re.Match[str]) -> str:
    """Telephones and card numbers: figure by figure, with a breath between the groups."""
    return "플러스 " * match[0].startswith("+") + ", ".join(figures(group) for group in re.findall(r"[0-9]+", match[0]))


def _plate(match: re.Match[str]) -> str:
    return f"{sino(match['a']) if len(match['a']) < 3 else figures(match['a'])}{match['k']} {figures(match['b'])}"


def _equal(match: re.Match[str]) -> str:
    """2 + 3 = 5: the particle follows the sound of the number before."""
    before = sino(match["n"])
    return f"{before}{_topic(before)} "


def _topic(word: str) -> str:
    return "은" if is_block(word[-1]) and block(word[-1]).coda else "는"


def _day_of_history(match: re.Match[str]) -> str:
    """6.25 is 육이오, 12.12 십이십이."""
    month, day = match["a"], match["b"]
    return sino(month) + (sino(day) if month == day else figures(day).replace("공", "영"))


def _comparison(match: re.Match[str]) -> str:
    """3 < 5 is 삼은 오보다 작다."""
    first, second = (sino(term) if re.fullmatch(_N, term) else term for term in match.group("a", "b"))
    return f"{first}{_topic(first)} {second}{COMPARISONS[match['s']]}"


def _version(match: re.Match[str]) -> str:
    read = " 점 ".join(sino(part) for part in match["n"].split("."))
    return f"버전 {read}" if match["v"] else read


def _address(match: re.Match[str]) -> str:
    """Web and mail addresses: the points and slashes are said, .com is 닷컴."""
    host, slash, path = re.sub("^https?://", "", match[0]).partition("/")
    user, at, host = host.rpartition("@")
    return _by_signs(f"{user}{at}") + _host(host) + _by_signs(slash + path).rstrip()


def _host(host: str) -> str:
    labels = host.split(".")
    known = len(labels)
    while known > 1 and labels[known - 1].lower() in DOMAINS:
        known -= 1
    named = [DOMAINS["www"] if label == "www" else _by_signs(label).strip() for label in labels[:known]]
    ends = "".join(f" 닷{DOMAINS[label.lower()]}" for label in labels[known:])
    return f" {ADDRESS['.']} ".join(named) + ends


def _by_signs(text: str) -> str:
    text = re.sub("[^A-Za-z0-9가-힣 ]", lambda sign: f" {ADDRESS.get(sign[0], '')} ", text)
    return re.sub("[0-9]+", lambda number: f" {figures(number[0])} ", text)


def _letters(word: str) -> str:
    return "".join(LETTERS[letter] for letter in word.upper())


def _acronym(match: re.Match[str]) -> str:
    word = match["w"]
    if word in NAMES:
        return NAMES[word]
    if word in ROMAN:
        return sino(str(ROMAN[word]))
    if word in WORDS or (len(word) > 3 and _sayable(word)) or len(word) > 6:
        return word
    return _letters(word)


def _sayable(word: str) -> bool:
    """Whether capitals make a word: vowels, and no cluster that no word has."""
    return bool(re.fullmatch(r"[^AEIOUY]{0,2}(?:[AEIOUY]{1,2}[^AEIOUY]{1,2})+[AEIOUY]?", word)) and not re.search(
        "[QX]", word
    )


def _model(match: re.Match[str]) -> str:
    """Galaxy S24, GPT-4, B612: the number of a model, apart from its letters."""
    number = match["n"]
    read = sino(number) if len(number.split(".")[0]) < 3 else figures(number)
    after = match.string[match.end() :][:1]
    return f"{match['w']} {read}{' ' * (after.isascii() and after.isalpha())}"


def _fraction(match: re.Match[str]) -> str:
    whole = f"{sino(match['w'])}와 " if match["w"] else ""
    return f"{whole}{sino(match['b'])}분의 {sino(match['a'])}"


_MINUS: Final = r"(?P<minus>(?<![\w가-힣)])[-−])?"
_NAME: Final = rf"(?<![A-Za-z])(?<![0-9](?=[0-9]))(?:{either(NAMES)})(?![A-Za-z0-9])"
_RULES: Final = compile_rules(
    ("[0-9]{25,}", lambda m: figures(m[0])),  # nobody counts so far
    (r"(?:https?://|www\.)[A-Za-z0-9./?=&_#%:+~-]*[A-Za-z0-9/]|(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
     r"|(?<![A-Za-z0-9.-])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:com|kr|net|org|io|ai|edu|gov|tv)(?:/[A-Za-z0-9./_-]*)?(?![A-Za-z])",
     _address),
    (_NAME, lambda m: NAMES[m[0]]),
    (r"(?<=코로나)\s?-?19", lambda m: "일구"),
    # Dates
    (rf"(?<![0-9./-]){_Y}\s?[-./]\s?{_M}\s?[-./]\s?{_D}(?![0-9])\.?(?=[\s가-힣,)(~]|$)", _date),
    (rf"(?<![0-9./-]){_Y}\.\s?{_M}\.(?![0-9])", lambda m: f"{sino(m['y'])} 년 {_month(m['m'])}"),
    (rf"(?<![0-9./-]){_M}/{_D}(?=\s?(?:일|\([월화수목금토일]\)|까지|부터))", _date),
    (rf"(?<![0-9.]){_M}{_TO}(?=[0-9]{{1,2}}월)", lambda m: f"{_month(m['m'])}에서 "),
    (rf"(?<![0-9.]){_M}\s?월(?:\s?{_D}\s?일(?!차|째))?(?![가-힣]*식)",
     lambda m: f"{_month(m['m'])}{' ' + _day(m['d']) if m['d'] else ''}"),
    (r"['’](?P<n>[0-9]{2})(?=년)", lambda m: f"{sino(m['n'].lstrip('0') or '0')} "),
    # What is written close together
    (rf"(?<=[0-9])(?P<c>{_COUNTER})(?=[0-9])", lambda m: f"{m['c']} "),
    (r"(?<=[0-9])(?P<c>시간|시|개월|년|주|배)반(?![가-힣]{2})", lambda m: f"{m['c']} 반"),
    (r"(?<![0-9/])(?P<n>[1-4])/4\s?분기", lambda m: f"{sino(m['n'])}사분기"),
    # Numbers that are read figure by figure
    (r"(?<=[가-힣A-Za-z]번호)(?P<p>[는은이가:]?\s?)(?P<n>[0-9]{3,})(?![0-9-])", lambda m: m["p"] + figures(m["n"])),
    (r"\+[0-9]{1,3}(?:[\s-][0-9]{1,4}){2,4}(?![0-9])|(?<![0-9-])0[0-9]{1,2}[-.)\s]\s?[0-9]{3,4}[-.\s][0-9]{4}(?![0-9])"
     r"|(?<![0-9-])[0-9]{3,6}(?:-[0-9]{2,7}){2,3}(?![0-9])|(?<![0-9-])[0-9]{6}-[0-9]{7}(?![0-9])"
     r"|(?<![0-9-])(?:1[568][0-9]{2}|[2-9][0-9]{2,3})-[0-9]{4}(?![0-9-])|(?<![0-9])01[016789][0-9]{7,8}(?![0-9])",
     _groups),
    (r"(?<![0-9.,])1(?:12|14|17|18|19|20|32|82)(?=\s?(?:에|로|번|구급|신고|상담|상황|센터|안전|구조|대원|으로))",
     lambda m: figures(m[0])),
    (rf"(?<![0-9가-힣])(?P<a>[0-9]{{2,3}})(?P<k>[{_PLATE}])\s?(?P<b>[0-9]{{4}})(?![0-9]|년)", _plate),
    (r"(?<![0-9.])(?P<a>[0-9]{1,2})[.·](?P<b>[0-9]{1,2})(?=\s?(?:전쟁|운동|혁명|광복|독립|민주|사태|참전|항쟁|절|의거|쿠데타|테러|선언))",
     _day_of_history),
    (r"(?<![0-9.])(?P<a>[0-9]{1,2})·(?P<b>[0-9]{1,2})(?![0-9])", _day_of_history),
    # Times
    (rf"(?<![0-9:])(?P<a>{_CLOCK}){_TO}(?={_CLOCK}(?![0-9:]))", lambda m: f"{_clock(m['a'])}에서 "),
    (rf"(?i)(?<![0-9:])(?P<before>\b[ap]\.?m\.?\s?)?(?P<time>{_CLOCK}(?::[0-5][0-9])?)(?![0-9:])"
     r"(?P<after>\s?[ap]\.?m\b\.?)?", _time),
    (r"(?i)(?<![0-9:])(?P<n>1[0-2]|[1-9])\s?(?P<h>[ap])\.?m\b\.?",
     lambda m: f"{'오전' if m['h'].lower() == 'a' else '오후'} {_hour(m['n'])}"),
    # Money
    (rf"{_MINUS}(?P<currency>{_MONEY})\s?(?P<n>{_N}(?P<scale>[{_SCALES}]+(?:\s?{_N}[{_SCALES}]+)*)?)(?:\s?원)?",
     _money),
    (rf"{_MINUS}(?P<n>{_N}(?P<scale>[{_SCALES}]+)?)\s?(?P<currency>{_MONEY})(?![A-Za-z])", _money),
    # Fractions, sums, scores
    (r"(?<![0-9])(?P<b>[0-9]+)\s?분의\s?(?P<a>[0-9]+)", lambda m: f"{sino(m['b'])}분의 {sino(m['a'])}"),
    (r"(?<![0-9./A-Za-z])(?:(?P<w>[0-9]+)\s)?(?P<a>[0-9]{1,4})/(?P<b>[0-9]{1,4})(?![0-9/]|\.[0-9])", _fraction),
    (r"(?<![0-9:])(?P<a>[0-9]+)\s?:\s?(?P<b>[0-9]+)(?![0-9:])", lambda m: f"{sino(m['a'])} 대 {sino(m['b'])}"),
    (r"(?<![0-9-])(?P<a>[0-9]{1,2})-(?P<b>[0-9]{1,2})(?=(?:으로|로)?\s?(?:승|패|이겼|졌|완승|역전|승리|패배|무승부|스코어|동점|앞))",
     lambda m: f"{sino(m['a'])} 대 {sino(m['b'])}"),
    (r"(?<=[0-9])\s?\^\s?(?P<n>[0-9]+)", lambda m: {"2": "의 제곱",
    "3": "의 세제곱"}.get(m["n"], f"의 {sino(m['n'])}제곱")),
    (r"(?<=[0-9])\s?[-−]\s?(?=[0-9][0-9\s.+*/x×÷-]*=)", lambda m: " 빼기 "),
    (r"(?<=[0-9])\s?[x*]\s?(?=[0-9])", lambda m: " 곱하기 "),
    (rf"(?<![\w.])(?P<n>{_N})\s?=\s?", _equal),
    (rf"(?<![A-Za-z가-힣0-9.,])(?P<a>{_TERM})\s?(?P<s>[<>≤≥≠])\s?(?P<b>{_TERM})", _comparison),
    # Ranges
    (rf"(?<![0-9.A-Za-z])(?P<n>{_N})\s?(?P<c>{_COUNTER}){_TO}(?={_N}\s?(?P=c))",
     lambda m: f"{_count(m['n'], m['c'])} {m['c']}에서 "),
    (r"(?<=[0-9])-(?=[0-9]+\s?(?:번지|호(?!선)|동))", lambda m: " 다시 "),
    (rf"(?<![0-9.\-~])(?P<a>{_N})\s?(?:%|{_UNIT})?{_TO}(?={_N}\s?(?P<c>{_COUNTER})|{_N}\s?(?P<m>월)|{_N}\s?(?:{_UNIT}|{_SPEED}))",
     _range),
    (rf"(?<![0-9.\-~])(?P<a>{_N})\s?[~∼〜～–]\s?(?={_N})", lambda m: f"{sino(m['a'])}에서 "),
    (r"(?<=[0-9])-(?=[0-9])", lambda m: " 다시 "),
    # Units and counters
    (rf"{_MINUS}(?P<n>{_N})\s?(?P<u>{_SPEED})(?![A-Za-z0-9])", _speed),
    (rf"(?<![A-Za-z0-9.]){_MINUS}(?P<n>{_N})\s?(?P<u>{either(PER)})(?![A-Za-z0-9])",
     lambda m: f"{sino(m['n'])} {PER[m['u']]}"),
    (rf"(?<![A-Za-z]){_MINUS}(?P<n>{_N})\s?(?P<u>{_UNIT})(?![A-Za-z0-9²³])", _unit),
    (rf"(?<![0-9A-Za-z.])(?P<n>{_N}[{_SCALES}]+(?<!조(?=각))(?<!경(?=기))(?:\s?{_N}[{_SCALES}]+|\s?{_N}(?=\s?원))*)(?P<c>여?)(?P<won>원)?",
     lambda m: f"{_scaled(m)}{m['c']}{' 원' if m['won'] else ''}"),
    (rf"(?<![A-Za-z0-9.])제\s?(?P<n>[0-9]+)\s?(?P<c>{either(SINO | NATIVE)})?",
     lambda m: f"제{sino(m['n'])}{' ' + m['c'] if m['c'] else ''}"),
    (r"(?<![A-Za-z0-9.])(?P<v>[vV]\.?\s?|버전\s?)?(?P<n>[0-9]+(?:\.[0-9]+){2,})(?!\.?[0-9])", _version),
    (r"(?<![A-Za-z])[vV]\.?(?P<n>[0-9]+(?:\.[0-9]+)?)(?![0-9A-Za-z])", lambda m: f"버전 {sino(m['n'])}"),
    (rf"(?<![A-Za-z0-9.]){_MINUS}(?P<n>{_N})\s?(?P<c>{_COUNTER})", _counter),
    (r"(?<![A-Za-z0-9.,])(?P<n>[0-9]{1,2})째", lambda m: nth(m["n"])),
    (r"(?i)\bNo\.\s?(?=[0-9])", lambda m: "넘버 "),
    # Capitals and models
    (r"(?<![A-Za-z])(?P<w>[A-Za-z]+)[-‐‑](?P<n>[0-9]+(?:\.[0-9]+)?)", _model),
    (r"(?<![A-Za-z])(?P<w>[A-Za-z]+)(?P<n>[0-9]+(?:\.[0-9]+)?)(?![0-9])", _model),
    (_NAME, lambda m: NAMES[m[0]]),
    (r"(?<![A-Za-z'’])(?P<w>[A-Z]{1,})(?![A-Za-z'’])", _acronym),
    # What is left
    (rf"{_MINUS}(?P<n>{_N})(?P<after>[A-Za-z])?",
     lambda m: f"{_negative(m)}{sino(m['n'])}{' ' + m['after'] if m['after'] else ''}"),
    flags=re.ASCII,  # digits and Latin letters are what ASCII knows: 가3나 has an edge on either side of the 3
)  # fmt: skip
_EQUALS: Final = re.compile(r"(?<=[A-Za-z가-힣]) ?= ?(?=\S)")
_BEFORE_WORD: Final = "+×÷±√#@&≈"
_SPOKEN_SIGN: Final = re.compile("[" + "".join(map(re.escape, SIGNS)) + "]")


def normalize(text: str) -> str:
    """`text` holds no mark-up. Words and marks that need no rewriting stay as they are."""
    return settled(text, _once)


def _once(text: str) -> str:
    text = rewrite(without_points(text), _RULES)
    text = _EQUALS.sub(lambda m: f"{_topic(m.string[m.start() - 1])} ", _SPOKEN_SIGN.sub(_sign, text))
    return re.sub(" {2,}", " ", text.replace("=", " "))


def _sign(match: re.Match[str]) -> str:
    """A sign by its name, with spaces where there are none; particles stay with it."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    if match[0] in "<>" and not (before.strip() and after.strip()):
        return " "
    alone = (after.isascii() and after.isalnum()) or match[0] in _BEFORE_WORD
    name = "플러스" if match[0] == "+" and not match.string[match.end() : match.end() + 4].strip() else SIGNS[match[0]]
    return f"{' ' if before.strip() else ''}{name}{' ' if after.strip() and alone else ''}"
