"""What the English dictionary lacks: names of letters, words that are spelled, weak forms, abbreviations, units."""

from typing import Final

LETTERS: Final = {
    letter: tuple(phones.split())
    for letter, phones in {
        "a": "EY1", "b": "B IY1", "c": "S IY1", "d": "D IY1", "e": "IY1", "f": "EH1 F", "g": "JH IY1", "h": "EY1 CH",
        "i": "AY1", "j": "JH EY1", "k": "K EY1", "l": "EH1 L", "m": "EH1 M", "n": "EH1 N", "o": "OW1", "p": "P IY1",
        "q": "K Y UW1", "r": "AA1 R", "s": "EH1 S", "t": "T IY1", "u": "Y UW1", "v": "V IY1",
        "w": "D AH1 B AH0 L Y UW0", "x": "EH1 K S", "y": "W AY1", "z": "Z IY1",
    }.items()
}  # fmt: skip

#: In capitals these are spelled, though in small letters they are words.
SPELLED: Final = frozenset(
    "US IT AI OK TV CD DVD PC UK EU UN ID IP OS IQ VIP GPS DNA CEO VR AR ML IM PR HR AM PM PE LA DC CT MRI "
    "PHD MIT WHO SAT COO IDE EST AKA GRE IMO ETA CAD SOS CV GP RV LAX JFK UFO ATM BBC CNN FBI CIA USA GDP API "
    "CPU GPU USB URL WWW HTML PDF LED LCD KTV MBA NBA SOS BMW IBM FYI".split()
)

#: Two capitals are spelled, unless they are one of these.
SHORT_WORDS: Final = frozenset(
    "ah an as at be by do go ha he hi ho if in is me mr ms my no of oh on or so st to up we dr mt".split()
)

_NAMES: Final = """
json JH EY1 S AH0 N
yaml Y AE1 M AH0 L
covid K OW1 V IH0 D
chatgpt CH AE1 T JH IY2 P IY2 T IY1
openai OW1 P AH0 N EY2 AY1
github G IH1 T HH AH2 B
linux L IH1 N AH0 K S
ubuntu UH0 B UH1 N T UW0
python P AY1 TH AA2 N
pytorch P AY1 T AO2 R CH
nvidia EH0 N V IH1 D IY0 AH0
wechat W IY1 CH AE2 T
weibo W EY1 B OW2
alipay AE1 L IY0 P EY2
taobao T AW1 B AW2
tiktok T IH1 K T AA2 K
douyin D OW1 Y IH2 N
bilibili B IH2 L IY0 B IH1 L IY0
huawei W AA1 W EY2
xiaomi SH AW1 M IY0
wifi W AY1 F AY2
emoji IH0 M OW1 JH IY0
podcast P AA1 D K AE2 S T
bitcoin B IH1 T K OY2 N
iphone AY1 F OW2 N
ipad AY1 P AE2 D
macbook M AE1 K B UH2 K
youtube Y UW1 T UW2 B
vlog V L AO1 G
selfie S EH1 L F IY0
yinse Y IH1 N S AH0
guangzhou G W AA1 NG JH OW1
shenzhen SH EH1 N JH EH1 N
hangzhou HH AA1 NG JH OW1
chengdu CH EH1 NG D UW1
chongqing CH AO1 NG CH IH1 NG
xi'an SH IY1 AA1 N
ios AY1 OW1 EH1 S
gif G IH1 F
jpeg JH EY1 P EH2 G
mc EH1 M S IY1
résumé R EH1 Z AH0 M EY2
iot AY1 OW1 T IY1
qwen K W EH1 N
nginx EH1 N JH IH0 N EH1 K S
postgresql P OW1 S T G R EH2 S K Y UW2 EH1 L
mysql M AY2 EH2 S K Y UW2 EH1 L
qing CH IH1 NG
siobhan SH AH0 V AO1 N
tchaikovsky CH AY0 K AO1 F S K IY0
yolo Y OW1 L OW0
fomo F OW1 M OW0
sudo S UW1 D UW0
ui Y UW1 AY1
ux Y UW1 EH1 K S
gpu JH IY1 P IY1 Y UW1
llm EH1 L EH1 L EH1 M
zhang JH AA1 NG
wang W AA1 NG
zhao JH AW1
hmm HH AH1 M
shh SH AH1
"""

#: Words of today that the dictionary is too old for.
NAMES: Final = {row.split()[0]: tuple(row.split()[1:]) for row in _NAMES.strip().splitlines()}

_WEAK: Final = """
a AH0 | AH0
an AH0 N | AH0 N
the DH AH0 | DH IY0
of AH0 V | AH0 V
and AH0 N D | AH0 N D
to T AH0 | T UW0
for F ER0 | F ER0
from F R AH0 M | F R AH0 M
at AE0 T | AE0 T
as AE0 Z | AE0 Z
or AO0 R | AO0 R
but B AH0 T | B AH0 T
than DH AH0 N | DH AH0 N
was W AH0 Z | W AH0 Z
were W ER0 | W ER0
are AA0 R | AA0 R
is IH0 Z | IH0 Z
am AE0 M | AE0 M
be B IY0 | B IY0
in IH0 N | IH0 N
on AA0 N | AA0 N
it IH0 T | IH0 T
its IH0 T S | IH0 T S
you Y UW0 | Y UW0
your Y AO0 R | Y AO0 R
he HH IY0 | HH IY0
she SH IY0 | SH IY0
we W IY0 | W IY0
me M IY0 | M IY0
my M AY0 | M AY0
his HH IH0 Z | HH IH0 Z
him HH IH0 M | HH IH0 M
her HH ER0 | HH ER0
them DH AH0 M | DH AH0 M
us AH0 S | AH0 S
can K AH0 N | K AH0 N
must M AH0 S T | M AH0 S T
some S AH0 M | S AH0 M
has HH AH0 Z | HH AH0 Z
have HH AE0 V | HH AE0 V
had HH AH0 D | HH AH0 D
could K UH0 D | K UH0 D
would W UH0 D | W UH0 D
should SH UH0 D | SH UH0 D
will W IH0 L | W IH0 L
do D UW0 | D UW0
does D AH0 Z | D AH0 Z
"""

#: Word -> its weak form before a consonant and before a vowel.
WEAK: Final = {
    row.split()[0]: (tuple(row.split(" | ")[0].split()[1:]), tuple(row.split(" | ")[1].split()))
    for row in _WEAK.strip().splitlines()
}

MONTHS: Final = {
    "Jan": "January", "January": "January", "Feb": "February", "February": "February", "Mar": "March",
    "March": "March", "Apr": "April", "April": "April", "May": "May", "Jun": "June", "June": "June", "Jul": "July",
    "July": "July", "Aug": "August", "August": "August", "Sept": "September", "Sep": "September",
    "September": "September", "Oct": "October", "October": "October", "Nov": "November", "November": "November",
    "Dec": "December", "December": "December",
}  # fmt: skip

DAYS: Final = {
    "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Thur": "Thursday",
    "Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday",
}  # fmt: skip

#: Short only before a name.
TITLES: Final = {
    "mr.": "mister", "mrs.": "missus", "ms.": "miz", "dr.": "doctor", "mr": "mister", "mrs": "missus", "ms": "miz",
    "dr": "doctor", "prof.": "professor", "gen.": "general", "gov.": "governor", "sen.": "senator",
    "rep.": "representative", "sgt.": "sergeant", "capt.": "captain", "lt.": "lieutenant", "rev.": "reverend",
    "mt.": "mount", "ft.": "fort", "col.": "colonel", "maj.": "major", "cpl.": "corporal", "pres.": "president",
    "hon.": "honorable", "messrs.": "messieurs", "supt.": "superintendent", "cmdr.": "commander", "adm.": "admiral",
}  # fmt: skip
#: Short only before a number.
NUMBERED: Final = {
    "fig.": "figure", "vol.": "volume", "ch.": "chapter", "sec.": "section", "p.": "page", "pp.": "pages",
    "eq.": "equation", "ver.": "version", "figs.": "figures", "vols.": "volumes", "nos.": "numbers",
    "apt.": "apartment",
    "ext.": "extension", "art.": "article", "para.": "paragraph", "tel.": "telephone", "rm.": "room", "ca.": "circa",
    "c.": "circa", "est.": "established", "fl.": "floor", "no.": "number",
}  # fmt: skip
ABBREVIATIONS: Final = {
    "st.": "street", "rd.": "road", "ave.": "avenue", "blvd.": "boulevard", "jr.": "junior", "sr.": "senior",
    "vs.": "versus", "vs": "versus", "etc.": "et cetera", "e.g.": "for example", "i.e.": "that is",
    "approx.": "approximately", "inc.": "incorporated", "ltd.": "limited", "co.": "company", "corp.": "corporation",
    "dept.": "department", "a.k.a.": "also known as", "ph.d.": "P H D", "w/o": "without", "w/": "with",
    "b/c": "because", "et al.": "et al", "cf.": "compare", "bldg.": "building", "hwy.": "highway",
    "govt.": "government",
    "univ.": "university", "assn.": "association", "intl.": "international", "misc.": "miscellaneous", "viz.": "namely",
    "mfg.": "manufacturing", "mgr.": "manager", "asst.": "assistant", "pkwy.": "parkway", "tbsp.": "tablespoon",
    "tsp.": "teaspoon", "esq.": "esquire", "max.": "maximum", "avg.": "average", "temp.": "temperature",
}  # fmt: skip

_CENT: Final = "cent"
#: Sign -> one, many, and the hundredth part where it is said.
CURRENCIES: Final = {
    "US$": ("US dollar", "US dollars", _CENT), "HK$": ("Hong Kong dollar", "Hong Kong dollars", _CENT),
    "A$": ("Australian dollar", "Australian dollars", _CENT), "C$": ("Canadian dollar", "Canadian dollars", _CENT),
    "S$": ("Singapore dollar", "Singapore dollars", _CENT), "NT$": ("Taiwan dollar", "Taiwan dollars", ""),
    "NZ$": ("New Zealand dollar", "New Zealand dollars", _CENT), "R$": ("real", "reals", ""),
    "JP¥": ("yen", "yen", ""), "CN¥": ("yuan", "yuan", ""), "$": ("dollar", "dollars", _CENT),
    "€": ("euro", "euros", _CENT), "£": ("pound", "pounds", "pence"), "¥": ("yuan", "yuan", ""),
    "￥": ("yuan", "yuan", ""), "₩": ("won", "won", ""), "₹": ("rupee", "rupees", ""), "₽": ("ruble", "rubles", ""),
    "฿": ("baht", "baht", ""), "₫": ("dong", "dong", ""), "₱": ("peso", "pesos", ""), "₺": ("lira", "lira", ""),
    "₴": ("hryvnia", "hryvnias", ""), "₪": ("shekel", "shekels", ""), "₿": ("bitcoin", "bitcoins", ""),
    "RMB": ("yuan", "yuan", ""),
}  # fmt: skip
#: The same where the name stands after the number.
CURRENCY_CODES: Final = {
    "USD": CURRENCIES["US$"], "EUR": CURRENCIES["€"], "GBP": CURRENCIES["£"], "JPY": CURRENCIES["JP¥"],
    "CNY": CURRENCIES["¥"], "RMB": CURRENCIES["¥"], "HKD": CURRENCIES["HK$"], "AUD": CURRENCIES["A$"],
    "CAD": CURRENCIES["C$"], "CHF": ("Swiss franc", "Swiss francs", ""), "KRW": CURRENCIES["₩"],
    "INR": CURRENCIES["₹"], "SGD": CURRENCIES["S$"], "€": CURRENCIES["€"], "£": CURRENCIES["£"],
    "円": CURRENCIES["JP¥"], "₽": CURRENCIES["₽"], "₫": CURRENCIES["₫"], "¢": ("cent", "cents", ""),
}  # fmt: skip

UNITS: Final = {
    unit: (one, one + "s" if many == "s" else many)
    for unit, one, many in (
        ("mph", "mile per hour", "miles per hour"), ("kph", "kilometer per hour", "kilometers per hour"),
        ("km²", "square kilometer", "s"), ("m²", "square meter", "s"), ("cm²", "square centimeter", "s"),
        ("mm²", "square millimeter", "s"), ("m³", "cubic meter", "s"), ("cm³", "cubic centimeter", "s"),
        ("ft²", "square foot", "square feet"), ("sq ft", "square foot", "square feet"),
        ("sq. ft.", "square foot", "square feet"), ("mi²", "square mile", "s"),
        ("s²", "second squared", "second squared"),
        ("km", "kilometer", "s"), ("cm", "centimeter", "s"), ("mm", "millimeter", "s"), ("nm", "nanometer", "s"),
        ("μm", "micrometer", "s"), ("m", "meter", "s"), ("kg", "kilogram", "s"), ("Kg", "kilogram", "s"),
        ("mg", "milligram", "s"), ("μg", "microgram", "s"), ("g", "gram", "s"), ("lb", "pound", "s"),
        ("lbs", "pound", "s"), ("oz", "ounce", "s"), ("ml", "milliliter", "s"), ("mL", "milliliter", "s"),
        ("dL", "deciliter", "s"), ("L", "liter", "s"), ("gal", "gallon", "s"), ("ft", "foot", "feet"),
        ("ft.", "foot", "feet"), ("yd", "yard", "s"), ("mi", "mile", "s"), ("hr", "hour", "s"), ("hrs", "hour", "s"),
        ("h", "hour", "s"), ("min", "minute", "s"), ("mins", "minute", "s"), ("sec", "second", "s"),
        ("secs", "second", "s"), ("s", "second", "s"), ("ms", "millisecond", "s"), ("μs", "microsecond", "s"),
        ("ns", "nanosecond", "s"), ("Hz", "hertz", "hertz"), ("kHz", "kilohertz", "kilohertz"),
        ("MHz", "megahertz", "megahertz"), ("GHz", "gigahertz", "gigahertz"), ("W", "watt", "s"),
        ("kW", "kilowatt", "s"), ("MW", "megawatt", "s"), ("GW", "gigawatt", "s"), ("Wh", "watt hour", "s"),
        ("kWh", "kilowatt hour", "s"), ("MWh", "megawatt hour", "s"), ("V", "volt", "s"), ("kV", "kilovolt", "s"),
        ("mA", "milliamp", "s"), ("mAh", "milliamp hour", "s"), ("dB", "decibel", "s"), ("kB", "kilobyte", "s"),
        ("KB", "kilobyte", "s"), ("MB", "megabyte", "s"), ("GB", "gigabyte", "s"), ("TB", "terabyte", "s"),
        ("PB", "petabyte", "s"), ("GiB", "gibibyte", "s"), ("MiB", "mebibyte", "s"),
        ("kbps", "kilobit per second", "kilobits per second"), ("Mbps", "megabit per second", "megabits per second"),
        ("Gbps", "gigabit per second", "gigabits per second"), ("fps", "frame per second", "frames per second"),
        ("rpm", "revolution per minute", "revolutions per minute"), ("bpm", "beat per minute", "beats per minute"),
        ("dpi", "dot per inch", "dots per inch"), ("ppm", "part per million", "parts per million"),
        ("psi", "pound per square inch", "pounds per square inch"), ("Pa", "pascal", "s"), ("kPa", "kilopascal", "s"),
        ("hPa", "hectopascal", "s"), ("MPa", "megapascal", "s"),
        ("mmHg", "millimeter of mercury", "millimeters of mercury"),
        ("kcal", "kilocalorie", "s"), ("cal", "calorie", "s"), ("kJ", "kilojoule", "s"), ("px", "pixel", "s"),
        ("mol", "mole", "s"), ("mmol", "millimole", "s"), ("lm", "lumen", "s"), ("ha", "hectare", "s"),
        ("Ω", "ohm", "s"),
        ("pp", "percentage point", "s"), ("bp", "basis point", "s"), ("bps", "basis point", "s"),
        ("°C", "degree Celsius", "degrees Celsius"), ("°F", "degree Fahrenheit", "degrees Fahrenheit"),
        ("°", "degree", "s"),
    )
}  # fmt: skip

SIGNS: Final = {
    "+": "plus", "×": "times", "*": "times", "÷": "divided by", "=": "equals", "<": "less than", ">": "greater than",
    "≤": "at most", "≥": "at least", "≈": "about", "≠": "is not", "≡": "is identical to", "±": "plus or minus",
    "√": "the square root of", "π": "pi", "∞": "infinity", "²": "squared", "³": "cubed", "&": "and", "@": "at",
    "#": "hash", "%": "percent", "‰": "per mille", "‱": "per ten thousand", "°": "degrees", "^": "", "∑": "the sum of",
    "∫": "the integral of", "∈": "in", "∪": "union", "∩": "intersection", "∠": "angle", "⊥": "perpendicular to",
    "∥": "parallel to", "∴": "therefore", "∵": "because", "∝": "proportional to", "∅": "the empty set",
    "∀": "for all", "∃": "there is", "⊂": "inside", "∂": "partial", "△": "triangle", "¢": "cents",
    **{sign: many for sign, (_, many, _) in CURRENCIES.items() if len(sign) == 1},
}  # fmt: skip
GREEK: Final = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau "
        "upsilon phi chi psi omega".split(),
        strict=True,
    )
)
