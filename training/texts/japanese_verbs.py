"""Forms of Japanese verbs and adjectives that templates ask for."""

from __future__ import annotations

_ROWS = {
    "う": "わいえお", "く": "かきけこ", "ぐ": "がぎげご", "す": "さしせそ", "つ": "たちてと", "ぬ": "なにねの",
    "ぶ": "ばびべぼ", "む": "まみめも", "る": "らりれろ",
}  # fmt: skip
_PAST = {
    "う": "った", "つ": "った", "る": "った", "む": "んだ", "ぶ": "んだ", "ぬ": "んだ", "く": "いた", "ぐ": "いだ",
    "す": "した",
}  # fmt: skip
FORMS = ("dict", "stem", "te", "ta", "a", "e", "you", "can", "caus", "cha", "k")


def inflected(phrase: str, form: str) -> str:
    """A phrase that ends in a verb (`食べ|る`, `本を読む`) or an adjective (for `k`) in one form.

    `dict` 読む, `stem` 読み(ます), `te` 読んで, `ta` 読んだ, `a` 読ま(ない), `e` 読め(ば), `you` 読もう,
    `can` 読め(ます, ない, る), `caus` 読ませ(る), `cha` 読んじゃ(う, った), `k` 高(い, く, かった).
    Raises KeyError for another form.
    """
    if form == "k":
        return phrase[:-2] + "よ" if phrase.endswith("いい") else phrase.removesuffix("い")
    if form in ("te", "cha"):
        past = inflected(phrase, "ta")
        endings = {"te": ("て", "で"), "cha": ("ちゃ", "じゃ")}[form]
        return past[:-1] + endings[past.endswith("だ")]
    stem, bar, _ = phrase.partition("|")
    if bar:
        return stem + {
            "dict": "る", "stem": "", "ta": "た", "a": "", "e": "れ", "you": "よう", "can": "られ", "caus": "させ",
        }[form]  # fmt: skip
    if phrase.endswith("する"):
        if form == "can" and phrase.endswith("をする"):
            return phrase.removesuffix("をする") + "ができ"
        return phrase.removesuffix("する") + {
            "dict": "する", "stem": "し", "ta": "した", "a": "し", "e": "すれ", "you": "しよう", "can": "でき",
            "caus": "させ",
        }[form]  # fmt: skip
    if phrase.endswith(("来る", "くる")):
        stem = phrase.removesuffix("る")
        kana = stem.endswith("く")
        if form in ("stem", "ta"):
            return (stem[:-1] + "き" if kana else stem) + ("た" if form == "ta" else "")
        base = stem[:-1] + "こ" if kana else stem
        return {
            "dict": phrase,
            "a": base,
            "e": stem + "れ",
            "you": base + "よう",
            "can": base + "られ",
            "caus": base + "させ",
        }[form]
    stem, last = phrase[:-1], phrase[-1]
    if form == "ta":
        return stem + ("った" if phrase.endswith(("行く", "いく")) else _PAST[last])
    return stem + {
        "dict": last, "stem": _ROWS[last][1], "a": _ROWS[last][0], "e": _ROWS[last][2], "you": _ROWS[last][3] + "う",
        "can": _ROWS[last][2], "caus": _ROWS[last][0] + "せ",
    }[form]  # fmt: skip
