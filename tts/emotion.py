"""Emotions: eight values that a person sets, and the manner of speaking that they make.

The values come from sliders, from words, from a clip, or from chance. They act twice: as a `Manner`, arithmetic on
pitch, loudness, pace and colour that works with any network and in every language, and as the bare vector, from which a
trained network takes what arithmetic cannot give. What a network does to pitch, loudness or rate by itself has to
be taken out of the manners, or it counts twice.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final, Self

from tts.errors import BundleError, OptionError

#: The order of every vector of emotions, everywhere.
EMOTIONS: Final = ("happy", "angry", "sad", "afraid", "disgusted", "melancholic", "surprised", "calm")
MANNERS: Final = Path(__file__).resolve().parents[1] / "configs" / "model" / "emotion.yaml"

_OPTION: Final = "--emotion"
#: How far chance moves a value, and how much of a neighbour it adds at most, as a share of the leading one.
_SHADES, _TRACE = (0.7, 1.15), 0.3
#: What lies beside an emotion in arousal and valence (Russell, JPSP 39(6), 1980).
_NEIGHBOURS: Final = {
    "happy": ("surprised", "calm"), "angry": ("disgusted", "afraid"), "sad": ("melancholic", "afraid"),
    "afraid": ("surprised", "sad"), "disgusted": ("angry", "sad"), "melancholic": ("sad", "calm"),
    "surprised": ("happy", "afraid"), "calm": ("melancholic", "happy"),
}  # fmt: skip
_RESTORE: Final = "git checkout -- configs/model/emotion.yaml"


@dataclass(frozen=True, slots=True)
class EmotionVector:
    """One value in [0, 1] for each of `EMOTIONS`, their sum at most 1; all zero is the reference's own manner.

    Values whose sum is larger are scaled down together; `OptionError` for a value outside [0, 1].
    """

    values: tuple[float, ...] = (0.0,) * len(EMOTIONS)

    def __post_init__(self) -> None:
        if len(self.values) != len(EMOTIONS):
            raise OptionError(
                "option_value", option=_OPTION, value=len(self.values), expected=f"{len(EMOTIONS)} values"
            )
        for name, value in zip(EMOTIONS, self.values, strict=True):
            if not 0 <= value <= 1:
                raise OptionError("option_value", option=f"{_OPTION} {name}", value=value, expected="0 .. 1")
        scale = max(1.0, math.fsum(self.values))
        object.__setattr__(self, "values", tuple(float(value) / scale for value in self.values))

    @classmethod
    def of(cls, emotions: Mapping[str, float]) -> Self:
        """`{"happy": .8}` -> the vector; emotions not named are zero. `OptionError` for an unknown name."""
        if unknown := [name for name in emotions if name not in EMOTIONS]:
            raise OptionError("option_emotion", name=unknown[0], known=", ".join(EMOTIONS))
        return cls(tuple(float(emotions.get(name, 0.0)) for name in EMOTIONS))

    @classmethod
    def parse(cls, text: str) -> Self:
        """`"happy=0.8,sad=0.1"` -> the vector; an empty text is zero."""
        emotions: dict[str, float] = {}
        for part in (part.strip() for part in text.replace("，", ",").split(",")):
            name, _, value = (piece.strip() for piece in part.partition("="))
            if not part:
                continue
            try:
                if name in emotions:
                    raise ValueError
                emotions[name] = float(value)
            except ValueError:
                raise OptionError("option_value", option=_OPTION, value=part, expected='"happy=0.8,sad=0.1"') from None
        return cls.of(emotions)

    @classmethod
    def heard(cls, probabilities: Mapping[str, float]) -> Self:
        """Probabilities of the classes that the emotion encoder tells apart -> the vector; neutral is zero.

        Melancholic, of which there are no recordings, is what lies between sad and calm: as much of both as both have.
        """
        values = {name: probabilities.get(name, 0.0) for name in EMOTIONS}
        between = min(values["sad"], values["calm"])
        values |= {name: values[name] - between for name in ("sad", "calm")}
        return cls.of(values | {"melancholic": 2 * between})

    @classmethod
    def random(cls, seed: int) -> Self:
        """A vector of two emotions, one leading; the same seed gives the same."""
        dice = Random(seed)
        leading, second = dice.sample(EMOTIONS, 2)
        return cls.of({leading: dice.uniform(0.5, 0.8), second: dice.uniform(0.0, 0.2)})

    def varied(self, seed: int) -> Self:
        """Another shade of the same emotion, by seed: its values a little smaller or larger, and a trace of a
        neighbour.

        The leading emotion leads on. `random` where there is none to vary.
        """
        if self.is_zero:
            return type(self).random(seed)
        dice = Random(seed)
        values = {name: min(1.0, value * dice.uniform(*_SHADES)) for name, value in self.to_dict().items()}
        leading = max(values, key=lambda name: values[name])
        neighbour = dice.choice(_NEIGHBOURS[leading])
        values.setdefault(neighbour, values[leading] * dice.uniform(0.0, _TRACE))
        return type(self).of(values)

    @property
    def is_zero(self) -> bool:
        return not any(self.values)

    def weighted(self, weight: float) -> Self:
        """All values times `weight`, which is in [0, 1]."""
        return type(self)(tuple(value * weight for value in self.values))

    def to_dict(self) -> dict[str, float]:
        """Name -> value of the emotions that are not zero."""
        return {name: value for name, value in zip(EMOTIONS, self.values, strict=True) if value}


@dataclass(frozen=True, slots=True)
class Manner:
    """How an utterance differs from the speaker's own way.

    `pitch_shift` in semitones, `pitch_range` a factor, `pitch_slope` in semitones from the start of a segment to
    its end; `energy` in dB, `rate` and `pauses` factors (above 1 is faster, and longer); `tilt` in dB, treble over
    bass; `tremor` of the pitch in semitones; `breath`, the share of voicing that is lost, 0 to 1.
    """

    pitch_shift: float = 0.0
    pitch_range: float = 1.0
    pitch_slope: float = 0.0
    energy: float = 0.0
    rate: float = 1.0
    pauses: float = 1.0
    tilt: float = 0.0
    tremor: float = 0.0
    breath: float = 0.0


#: What a manner multiplies; the rest it adds.
FACTORS: Final = frozenset({"pitch_range", "rate", "pauses"})


def manner(emotion: EmotionVector, manners: Mapping[str, Manner] | None = None) -> Manner:
    """The manner that a mixture of emotions makes: shifts add up, factors multiply, each in its emotion's share.

    `manners` has one entry for each of `EMOTIONS`, at full strength; that of our configuration if not given.
    """
    known = read_manners(MANNERS) if manners is None else manners
    parts = [(value, known[name]) for name, value in emotion.to_dict().items()]

    def mixed(name: str) -> float:
        values = [(value, float(getattr(part, name))) for value, part in parts]
        if name in FACTORS:
            return math.prod(math.pow(size, value) for value, size in values)
        return math.fsum(value * size for value, size in values)

    return Manner(**{field.name: mixed(field.name) for field in fields(Manner)})


@lru_cache(maxsize=8)
def read_manners(path: Path) -> Mapping[str, Manner]:
    """The manner of every emotion out of a YAML file; `BundleError` if the file is missing or not as it should be."""
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        names = [field.name for field in fields(Manner)]
        manners = {name: Manner(**{key: float(content[name][key]) for key in names}) for name in EMOTIONS}
        if any(getattr(part, name) <= 0 for part in manners.values() for name in FACTORS):
            raise ValueError("a factor is not positive")
    except FileNotFoundError:
        raise BundleError("bundle_file_missing", file=str(path), restore=_RESTORE) from None
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise BundleError("bundle_file_damaged", file=str(path), reason=reason, restore=_RESTORE) from None
    return manners
