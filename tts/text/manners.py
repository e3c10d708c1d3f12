"""Marks that set how what follows is said: `[[happy 0.8]]`, `[[speed 1.2]]`, several as `[[sad, speed .9]]`."""

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

#: The value of an emotion that is named without one: clear, and not yet at its edge.
USUAL_VALUE: Final = 0.8
SLOWEST, FASTEST = 0.5, 2.0

# The first name of each language is the one that the page shows.
_EMOTIONS: Final = {
    "happy": "高兴 开心 快乐 喜悦 喜び 嬉しい 楽しい 기쁨",
    "angry": "愤怒 生气 怒り 분노",
    "sad": "悲伤 难过 伤心 悲しみ 悲しい 슬픔",
    "afraid": "害怕 恐惧 恐れ 怖い 두려움",
    "disgusted": "厌恶 嫌弃 嫌悪 혐오",
    "melancholic": "低落 忧郁 憂い 憂鬱 우울",
    "surprised": "惊讶 吃惊 驚き 놀람",
    "calm": "平静 冷静 落ち着き 차분",
}
#: Written name -> emotion, in the names of `tts.emotion.EMOTIONS`.
EMOTION_NAMES: Final = MappingProxyType({
    name: emotion for emotion, others in _EMOTIONS.items() for name in (emotion, *others.split())
})  # fmt: skip
_NEUTRAL: Final = frozenset("neutral 中性 普通 보통".split())
_SPEED: Final = frozenset("speed 语速 速度 話速 速さ 속도".split())
#: What an error offers.
KNOWN: Final = ", ".join([*_EMOTIONS, "neutral", "speed 1.2"])

_ENTRY: Final = re.compile(r"\s*(?P<name>[^\W\d_]+)(?:\s*[=:\s]\s*|(?=[-+.\d]))?(?P<value>[+-]?\d*\.?\d*)(?P<of>%?)\s*")
_END: Final = re.compile(r"\s*/\s*(?P<name>[^\W\d_]*)\s*")


@dataclass(frozen=True, slots=True)
class Style:
    """What the marks around a word ask for.

    `emotions`: name -> value in place of the request's own, None where no mark names one; `speed`: a factor on it.
    """

    emotions: tuple[tuple[str, float], ...] | None = None
    speed: float = 1.0


PLAIN: Final = Style()


class WrongMannerError(ValueError):
    """A mark that names no manner (`value` is ""), or a `value` that is not within `least` and `most`."""

    def __init__(self, name: str, value: str = "", least: float = 0.0, most: float = 1.0) -> None:
        super().__init__(name)
        self.name, self.value, self.least, self.most = name, value, least, most


def is_manner(inside: str) -> bool:
    """Whether what stands between double brackets is meant to set or to end a manner."""
    return is_end(inside) or all(map(_ENTRY.fullmatch, _entries(inside)))


def is_end(inside: str) -> bool:
    return _END.fullmatch(inside) is not None


def ends(inside: str, opened: str) -> bool:
    """Whether an end mark ends the manner that `opened` began: `[[/]]` any, `[[/happy]]` that one."""
    end = _END.fullmatch(inside)
    name = end["name"].lower() if end else ""
    return not name or any(_meaning(name) == _meaning(one) for one in _names(opened))


def style_of(inside: str, around: Style) -> Style:
    """The style within a mark; what it does not name stays as `around`. Raises WrongMannerError."""
    style = around
    emotions: dict[str, float] | None = None
    for entry in map(_ENTRY.fullmatch, _entries(inside)):
        assert entry is not None, inside
        name, written = entry["name"].lower(), f"{entry['value']}{entry['of']}"
        meaning = _meaning(name)
        if meaning == "speed":
            style = replace(style, speed=_value(name, entry["value"] or "?", entry["of"], SLOWEST, FASTEST))
        elif meaning == "neutral" and not written:
            emotions = emotions or {}
        elif meaning in _EMOTIONS:
            value = _value(name, entry["value"], entry["of"], 0.0, 1.0) if written else USUAL_VALUE
            emotions = {**(emotions or {}), meaning: value}
        else:
            raise WrongMannerError(entry["name"])
    return style if emotions is None else replace(style, emotions=tuple(emotions.items()))


def _entries(inside: str) -> list[str]:
    return re.split(r"[,，、;；]", inside)


def _names(inside: str) -> list[str]:
    return [entry["name"].lower() for entry in map(_ENTRY.fullmatch, _entries(inside)) if entry]


def _meaning(name: str) -> str:
    if name in _SPEED:
        return "speed"
    return "neutral" if name in _NEUTRAL else EMOTION_NAMES.get(name, "")


def _value(name: str, written: str, percent: str, least: float, most: float) -> float:
    try:
        value = float(written) / (100 if percent else 1)
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise WrongMannerError(name, f"{written}{percent}", least, most)
    return value
