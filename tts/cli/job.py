"""One clone as the command line or a line of a job file asks for it."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from tts.audio.form import Form
from tts.emotion import EmotionVector
from tts.errors import OptionError, ReferenceClipError, TextError
from tts.speech import LARGEST_SEED, LIVELY, SynthesisRequest, check_range
from tts.text.glossary import Glossary
from tts.text.glossary_file import load_glossary
from tts.timings import timings_format
from tts.wording import emotion_of_words

if TYPE_CHECKING:
    from tts.voice import Voice

#: Keys of a job and the JSON types that each takes; `reference` may be a list, `emotion` an object.
KEYS: Final[dict[str, tuple[type, ...]]] = {
    "text": (str,),
    "text_file": (str, Path),
    "reference": (str, list),
    "voice": (str,),
    "output": (str, Path),
    "language": (str,),
    "speed": (int, float),
    "duration": (int, float),
    "pause_scale": (int, float),
    "seed": (int,),
    "variation": (int, float),
    "takes": (int,),
    "remake": (str, list),
    "emotion": (str, dict),
    "emotion_audio": (str,),
    "emotion_text": (str,),
    "emotion_random": (bool,),
    "emotion_weight": (int, float),
    "denoise": (bool,),
    "glossary": (str, Path),
    "longest": (int,),
    "emoji": (str,),
    "timings": (str, Path),
    "sample_rate": (int,),
    "bits": (int,),
    "loudness": (int, float),
}
_EMOTION_SOURCES: Final = ("emotion", "emotion_audio", "emotion_text")
_REMAKE: Final = re.compile(r"\s*([1-9]\d{0,5})\s*=\s*(\d{1,16})\s*")
_PASSED_ON: Final = ("language", "speed", "duration", "pause_scale", "variation", "emotion_weight", "longest", "emoji")


@dataclass(frozen=True, slots=True)
class Job:
    """A checked job: what to say, whose voice (clips or the name of a stored one), and where it goes.

    The emotion is given, or still to be heard in `emotion_clip`; `emotion_random` varies it with each take's seed.
    """

    text: str
    clips: tuple[str, ...]
    denoise: bool
    voice: str
    output: Path
    takes: int
    timings: Path | None
    glossary: Glossary | None
    seed: int
    segment_seeds: Mapping[int, int]
    emotion: EmotionVector
    emotion_clip: str
    emotion_random: bool
    form: Form
    options: Mapping[str, Any]

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """Check the options of one clone; keys with None are as if not given."""
        values = {key: value for key, value in given.items() if value is not None and value is not False}
        for key, value in values.items():
            _check_kind(key, value)
        sources = [key for key in _EMOTION_SOURCES if key in values]
        if len(sources) > 1:
            raise OptionError("option_conflict", first=_option(sources[0]), second=_option(sources[1]))
        takes = int(values.get("takes", 1))
        check_range("--takes", takes)
        if takes > 1:
            values.setdefault("variation", LIVELY)
        seed = int(values.get("seed", secrets.randbelow(2**31)))
        check_range("--seed", seed)
        output = Path(_one_of(values, "output"))
        if output.suffix.lower() != ".wav" or output.is_dir():
            raise OptionError("option_value", option="--output", value=output, expected="OUT.wav")
        timings = Path(values["timings"]) if "timings" in values else None
        if timings:
            timings_format(timings)
        reference = values.get("reference", [])
        return cls(
            text=_text(values),
            clips=(reference,) if isinstance(reference, str) else tuple(map(str, reference)),
            denoise="denoise" in values,
            voice=_voice(values),
            output=output,
            takes=takes,
            timings=timings,
            glossary=load_glossary(Path(values["glossary"])) if "glossary" in values else None,
            seed=seed,
            segment_seeds=_segment_seeds(values.get("remake", [])),
            emotion=_emotion(values),
            emotion_clip=str(values.get("emotion_audio", "")),
            emotion_random="emotion_random" in values,
            form=_form(values),
            options={key: values[key] for key in _PASSED_ON if key in values},
        )

    def requests(self, voice: "Voice", heard: EmotionVector | None = None) -> list[SynthesisRequest]:
        """One request a take; takes differ by their seed. `heard`: the emotion of `emotion_clip`, if there is one."""
        emotion = heard or self.emotion
        seeds = [(self.seed + take) % (LARGEST_SEED + 1) for take in range(self.takes)]
        return [
            SynthesisRequest(
                text=self.text,
                voice=voice,
                seed=seed,
                segment_seeds=self.segment_seeds,
                emotion=emotion.varied(seed) if self.emotion_random else emotion,
                glossary=self.glossary,
                **self.options,
            )
            for seed in seeds
        ]

    def path_of(self, take: int, path: Path) -> Path:
        """`path` for one take: OUT.wav, or OUT.1.wav, OUT.2.wav … where there are several."""
        return path if self.takes == 1 else path.with_name(f"{path.stem}.{take + 1}{path.suffix}")


def read_text(path: Path) -> str:
    """The UTF-8 text of a file, with or without a byte order mark."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise TextError("text_file", path=str(path)) from None


def _option(key: str) -> str:
    return f"--{key.replace('_', '-')}"


def _check_kind(key: str, value: Any) -> None:
    if key not in KEYS:
        raise OptionError("option_value", option="job", value=key, expected=", ".join(KEYS))
    # For JSON `true` is no number, though Python counts it as one.
    fits = isinstance(value, KEYS[key]) and isinstance(value, bool) == (KEYS[key] == (bool,))
    if not fits or (isinstance(value, list) and not all(isinstance(item, str) for item in value)):
        expected = " | ".join(kind.__name__ for kind in KEYS[key] if kind is not Path)
        raise OptionError("option_value", option=_option(key), value=value, expected=expected)


def _one_of(values: Mapping[str, Any], *keys: str) -> Any:
    """The value of the only one of `keys` that is given."""
    given = [key for key in keys if key in values]
    if not given:
        raise OptionError("option_required", option=" | ".join(map(_option, keys)))
    if len(given) > 1:
        raise OptionError("option_conflict", first=_option(given[0]), second=_option(given[1]))
    return values[given[0]]


def _text(values: Mapping[str, Any]) -> str:
    text = _one_of(values, "text", "text_file")
    return str(text) if "text" in values else read_text(Path(text))


def _voice(values: Mapping[str, Any]) -> str:
    if "voice" not in values and not values.get("reference"):
        raise ReferenceClipError("clip_none")
    _one_of(values, "reference", "voice")
    if "voice" in values and "denoise" in values:
        raise OptionError("option_conflict", first="--voice", second="--denoise")
    return str(values.get("voice", ""))


def _form(values: Mapping[str, Any]) -> Form:
    named = {"sample_rate": "rate", "bits": "bits", "loudness": "loudness"}
    return Form(**{name: values[key] for key, name in named.items() if key in values})


def _segment_seeds(remake: str | Sequence[str]) -> dict[int, int]:
    """ "2=77" -> segment 1 counted from 0, and its seed."""
    seeds = {}
    for entry in [remake] if isinstance(remake, str) else remake:
        written = _REMAKE.fullmatch(entry)
        if written is None:
            raise OptionError("option_value", option="--remake", value=entry, expected="SEGMENT=SEED")
        seeds[int(written[1]) - 1] = int(written[2])
    return seeds


def _emotion(values: Mapping[str, Any]) -> EmotionVector:
    if "emotion_text" in values:
        return emotion_of_words(values["emotion_text"])
    emotion = values.get("emotion", "")
    return EmotionVector.parse(emotion) if isinstance(emotion, str) else EmotionVector.of(_numbers(emotion))


def _numbers(emotions: Mapping[str, Any]) -> dict[str, float]:
    for name, value in emotions.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise OptionError("option_value", option=f"--emotion {name}", value=value, expected="0 .. 1")
    return dict(emotions)
