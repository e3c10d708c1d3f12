"""Emotions: eight values that a person sets, and the manner of speaking that they make.

An emotion acts twice: as a `Manner`, arithmetic on pitch, range, loudness and rate that works with any network,
and as the bare vector, from which a trained network takes what arithmetic cannot give (the colour of the voice).
What a network does to pitch, loudness or rate by itself has to be taken out of the manners, or it counts twice.
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
    def random(cls, seed: int) -> Self:
        """A vector of two emotions, one leading; the same seed gives the same."""
        dice = Random(seed)
        leading, second = dice.sample(EMOTIONS, 2)
        return cls.of({leading: dice.uniform(0.5, 0.8), second: dice.uniform(0.0, 0.2)})

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

    `pitch_shift` in semitones, `pitch_range` a factor, `energy` in dB, `rate` a factor (above 1 is faster).
    """

    pitch_shift: float = 0.0
    pitch_range: float = 1.0
    energy: float = 0.0
    rate: float = 1.0


def manner(emotion: EmotionVector, manners: Mapping[str, Manner] | None = None) -> Manner:
    """The manner that a mixture of emotions makes: shifts add up, factors multiply, each in its emotion's share.

    `manners` has one entry for each of `EMOTIONS`, at full strength; that of our configuration if not given.
    """
    known = read_manners(MANNERS) if manners is None else manners
    parts = [(value, known[name]) for name, value in emotion.to_dict().items()]
    return Manner(
        pitch_shift=math.fsum(value * part.pitch_shift for value, part in parts),
        pitch_range=math.prod(part.pitch_range**value for value, part in parts),
        energy=math.fsum(value * part.energy for value, part in parts),
        rate=math.prod(part.rate**value for value, part in parts),
    )


@lru_cache(maxsize=8)
def read_manners(path: Path) -> Mapping[str, Manner]:
    """The manner of every emotion out of a YAML file; `BundleError` if the file is missing or not as it should be."""
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        names = [field.name for field in fields(Manner)]
        manners = {name: Manner(**{key: float(content[name][key]) for key in names}) for name in EMOTIONS}
        if any(part.pitch_range <= 0 or part.rate <= 0 for part in manners.values()):
            raise ValueError("a factor is not positive")
    except FileNotFoundError:
        raise BundleError("bundle_file_missing", file=str(path), restore=_RESTORE) from None
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise BundleError("bundle_file_damaged", file=str(path), reason=reason, restore=_RESTORE) from None
    return manners
