"""Emoji and kaomoji: where they stand in a text, and what they are called.

Names of emoji are those of Unicode's CLDR, as the package `emoji` carries them in Chinese, English, Japanese and
Korean. Kaomoji have no register: they are known by their shape (two eyes around a mouth) and named by their mood.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import emoji as register

from tts.text.letters import is_han, is_hangul


@dataclass(frozen=True, slots=True)
class Picture:
    """An emoji or a kaomoji at [start, end) of a text."""

    start: int
    end: int
    text: str
    kind: Literal["emoji", "kaomoji"]


_EYES: Final = frozenset("^°•◕≧≦>＞<＜￣¯´`｀'T;；ಠ╥ಥ⌒ᵔ･・●⊙◎ˊˋ-~=@oO눈◔◐◑∩óòQ˘¬ˇ＾ー’‘′˙☉⁰❛⊖ᗒᗕTツx×X0ﾟ*")
_MOUTHS: Final = frozenset("_ωw▽∀□皿益﹏ДдvVo3ε﹃‿ᴥ∇︿人ェзㅂ◡︵ᗜヮᴗ△口ʖロoO.-^ーᵕ﹀⌓Д‸︶ᗣUu")
_DECORATION: Final = frozenset(
    ' *＊｡。・･‧★☆♡♥✧#＃"“”〃/／\\|,，、:：;；~～=≡+๑ノﾉヽヾ╯╰╭╮┐┌づつっ「」∠ﾟ゜?!？！σoOcbdmTง'
)
_ARMS_BEFORE: Final = r"(?:[ヾヽ╰╯╭╮┌└┐ლ୧٩ԅΣΨ凸щᕦᕙ¯☆★ヘ≡〈ฅง෴✧*]|(?<![A-Za-z0-9])[mdboq\\_<oO]+(?=[(（]))*"
_ARMS_AFTER: Final = (
    r"(?:\s?︵\s?┻━┻|\s?┬─┬|[ノﾉシづつっ╯╭╮┐┘ゞゝ♂♀و✧☆★♪♡♥❤︵┻━┬─┴┳ง୨୧¯ฅˎˊ˗\u0300-\u036f]|"
    r"[mdbzoO](?![A-Za-z0-9])|[_/\\](?=[¯\s]|$))*"
)
_FACE: Final = re.compile(rf"{_ARMS_BEFORE}[(（](?P<inside>[^()（）\n]{{3,20}})[)）]{_ARMS_AFTER}")
#: Shapes that need no brackets, and those that the brackets of others would hide.
_SHAPES: Final = re.compile(
    r"¯?\\?_?[(（]ツ[)）]_?/¯|_[(（]:[з3]」∠[)）]_|ʕ[^ʔ\s]{1,8}ʔ\S?|\( ͡[°ᵔ⊙] ͜ʖ ͡[°ᵔ⊙]\)|"
    r"[ヽ\\]?[mｍ][(（]\s?_ ?_\s?[)）][mｍ]"
    r"|ಠ[_益﹏]{1,3}ಠ|[＞>]\s?[_.﹏]{1,3}\s?[＜<]|(?<![\w<>=-])><(?![\w<>=-])|\^[_.oOvVwωεー-]{1,3}\^|"
    r"(?<!\^)\^\^(?![A-Za-z0-9^])"
    r"|(?<![A-Za-z0-9])(?:[TＴ][_﹏][TＴ]|[oO0]_[oO0]|o\.O|O\.o|[Qq][_AawWvV][Qq]|T[AaｗwvV]T|[oOuU][wvV][oOuU]|"
    r"[oO0][rR][zZ]"
    r"|O[T]Z|[xX]D+)(?![A-Za-z0-9])"
    r"|[⊙◕•°￣≧][_.﹏▽ωo]{1,2}[⊙◕•°￣≦]"
    r"|(?<![A-Za-z0-9=~@;_-])(?:-[_.]{1,2}-|=[_.]=|~_~|@[_.]@|;[_.];|¬_¬)[;|]*(?![A-Za-z0-9=_])"
    r"|(?<![A-Za-z0-9:：)(）])[:;=][-'^]?[)(DPp|]+(?![\w(（\[:：/])|(?<![A-Za-z0-9:：])[:;][-'][)(DPpOo*/\\|3]+(?!\w)"
    r"|(?<![A-Za-z0-9:：])[:;][Oo*](?![\w*:：])|(?<![\w<>=])<3+(?=\s*(?:$|[!！。，,~～\n]|[A-Za-z\u4e00-\u9fff]))"
    r"(?<!\s[a-z] <3)"
)
_TONES: Final = re.compile("[\U0001f3fb-\U0001f3ff]")

#: Mood by what a kaomoji holds, the first that fits; and the names of the moods.
_MOODS: Final = (
    ("shrug", r"ツ.?[)）]_?/"), ("flip", "┻"), ("bow", r"(?i)^orz$|^otz$|_ ?_\s?[)）][mｍ]|∠"), ("heart", "<3"),
    ("cry", r"[TＴ][_.﹏AawvV][TＴ]|[Qq].[Qq]|ಥ|╥|;[_.];|'\(|；"), ("wink", r"^;"), ("tongue", r"[:=]-?[Pp]"),
    ("kiss", r"[:;]-?\*|ε|з"), ("sad", r"[:=]-?\(|︿|﹏"), ("angry", "益|皿|ಠ|凸"),
    ("wonder", r"[:;]-?[Oo]$|□|Д|[oO0][_.][oO0]|⊙"), ("tired", r"[-=~¬][_.]+[-=~¬]|ー_|눈"),
    ("pain", r"[>＞]\s?[_.﹏]*\s?[<＜]"),
    ("smile", "."),
)  # fmt: skip
_MOOD_NAMES: Final = {
    "zh": {"shrug": "耸肩", "flip": "掀桌", "bow": "跪拜", "heart": "爱心", "cry": "哭脸", "wink": "眨眼",
           "tongue": "吐舌头", "kiss": "亲亲",
           "sad": "难过脸", "angry": "生气脸", "wonder": "惊讶脸", "tired": "无语脸", "pain": "难受脸",
           "smile": "笑脸"},
    "en": {"shrug": "shrug", "flip": "table flip", "bow": "deep bow", "heart": "heart", "cry": "crying face",
           "wink": "winking face", "tongue": "tongue out", "kiss": "kiss", "sad": "sad face", "angry": "angry face",
           "wonder": "surprised face", "tired": "unamused face", "pain": "pained face", "smile": "smiling face"},
    "ja": {"shrug": "お手上げ", "flip": "ちゃぶ台返し", "bow": "土下座", "heart": "ハート", "cry": "泣き顔",
           "wink": "ウインク",
           "tongue": "あっかんべー", "kiss": "キス", "sad": "悲しい顔", "angry": "怒った顔", "wonder": "驚いた顔",
           "tired": "呆れ顔", "pain": "つらい顔", "smile": "笑顔"},
    "ko": {"shrug": "어깨 으쓱", "flip": "밥상 뒤집기", "bow": "절", "heart": "하트", "cry": "우는 얼굴",
           "wink": "윙크", "tongue": "메롱",
           "kiss": "뽀뽀", "sad": "슬픈 얼굴", "angry": "화난 얼굴", "wonder": "놀란 얼굴",
           "tired": "무표정한 얼굴", "pain": "힘든 얼굴", "smile": "웃는 얼굴"},
}  # fmt: skip


def kaomoji(text: str) -> tuple[Picture, ...]:
    """The kaomoji of a text, in order."""
    spans = [_with_brackets(text, *found.span()) for found in _SHAPES.finditer(text)]
    spans += [found.span() for found in _FACE.finditer(text) if _is_face(found["inside"])]
    return tuple(Picture(start, end, text[start:end], "kaomoji") for start, end in _united(spans))


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start - 1 : start], text[end : end + 1]
    return (start - 1, end + 1) if start and inside in (("(", ")"), ("（", "）")) else (start, end)


def _is_face(inside: str) -> bool:
    """Two eyes and a mouth between them, and nothing that is no part of a face."""
    bare = [letter for letter in inside if unicodedata.category(letter) != "Mn"]
    if any(letter in "12456789" for letter in bare):
        return False
    parts = [letter for letter in bare if not _is_odd(letter)]
    if not all(letter in _EYES or letter in _MOUTHS or letter in _DECORATION for letter in parts):
        return False
    eyes = [place for place, letter in enumerate(bare) if letter in _EYES or _is_odd(letter)]
    if len(eyes) < 2:
        return False
    mouth = [letter for letter in bare[eyes[0] + 1 : eyes[-1]] if letter in _MOUTHS or _is_odd(letter)]
    plain = sum(letter.isascii() and letter.isalnum() for letter in bare)
    return (
        bool(mouth)
        and plain <= 3
        and (plain < len(bare) - 1)
        and any(not (letter.isascii() and letter.isalnum()) for letter in bare)
    )


def _is_odd(letter: str) -> bool:
    """A letter or sign of a script that we do not read, as kaomoji borrow them."""
    return (
        not letter.isascii()
        and not is_han(letter)
        and not is_hangul(letter)
        and letter not in _DECORATION
        and (unicodedata.category(letter) in ("So", "Sk", "Lo", "Lm", "Sm") and not ("\u3041" <= letter <= "\u30ff"))
    )


def _united(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans in order, those that overlap as one."""
    current: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if current and start < current[1]:
            current = current[0], max(current[1], end)
            continue
        if current:
            yield current
        current = start, end
    if current:
        yield current


def pictures(text: str) -> tuple[Picture, ...]:
    """The emoji and kaomoji of a text, in order; an emoji inside a kaomoji is part of it."""
    faces = kaomoji(text)
    taken = {place for face in faces for place in range(face.start, face.end)}
    found = [
        Picture(each["match_start"], each["match_end"], each["emoji"], "emoji")
        for each in register.emoji_list(text)
        if each["match_start"] not in taken and not is_readable(each["emoji"])
    ]
    return tuple(sorted((*faces, *found), key=lambda picture: picture.start))


def is_readable(sign: str) -> bool:
    """Signs that Unicode counts as emoji, but that a text reads as signs: ©, keycaps, ㊗, arrows."""
    first = sign[0]
    return first in "0123456789#*©®™‼⁉ℹⓂ㊗㊙〰〽" or "\u2190" <= first <= "\u21ff" or "\u2b05" <= first <= "\u2b07"


def is_picture_run(text: str) -> bool:
    """Whether a text is nothing but emoji, kaomoji and spaces."""
    return bool(text.strip()) and not _without(text, lambda _: " ").strip()


def without_kaomoji(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with a space for each kaomoji, and the kaomoji."""
    faces = kaomoji(text)
    return _replaced(text, faces, lambda _: " "), tuple(face.text for face in faces)


def spoken(text: str, language: str) -> str:
    """The text with the names of its emoji and kaomoji in `language` (zh, en, ja or ko), set off by commas.

    The same one several times in a row is named once.
    """
    comma = {"zh": "，", "ja": "、"}.get(language, ", ")
    said = ""
    end = 0
    last = ""
    for picture in pictures(text):
        between = text[end : picture.start]
        name = name_of(picture, language)
        end = picture.end
        if name and (name != last or between.strip()):
            said = _joined(_joined(said, between, comma if last else ""), name, comma)
            last = name
    return _joined(said, text[end:], comma if last else "")


def _joined(before: str, after: str, comma: str) -> str:
    """Two texts with a comma between them, unless a mark stands there or one is empty."""
    if not comma or not before.strip() or not after.strip():
        return before + after
    left, right = before.rstrip(), after.lstrip()
    marked = (
        unicodedata.category(left[-1]) == "Po" or unicodedata.category(right[0]) == "Po" or "\n" in after[: -len(right)]
    )
    return before + after if marked else f"{left}{comma}{right}"


def name_of(picture: Picture, language: str) -> str:
    """What an emoji or kaomoji is called: "嘿嘿", "grinning face"."""
    if picture.kind == "kaomoji":
        mood = next(mood for mood, pattern in _MOODS if re.search(pattern, picture.text))
        return _MOOD_NAMES[language][mood]
    return _emoji_name(picture.text, language)


@cache
def _emoji_name(sign: str, language: str) -> str:
    bare = _TONES.sub("", sign) or sign
    for form in (bare, bare + "\ufe0f", bare.replace("\ufe0f", ""), sign):
        named = register.demojize(form, language=language)
        if named != form:
            return re.sub(r"[\s_]+", " ", re.sub(r"[:：_]+", " ", named)).replace("-", " ").strip()
    return ""


def _without(text: str, say: Callable[[Picture], str]) -> str:
    return _replaced(text, pictures(text), say)


def _replaced(text: str, found: tuple[Picture, ...], say: Callable[[Picture], str]) -> str:
    kept: list[str] = []
    end = 0
    for picture in found:
        kept += (text[end : picture.start], say(picture))
        end = picture.end
    return "".join((*kept, text[end:]))
