"""From the page's fields, as the browser sends them or the history holds them, to what the synthesizer is asked for."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from studio import fields
from studio.feeling import Feeling
from studio.manner import Manner
from tts.errors import OptionError
from tts.speech import LARGEST_SEED, LIVELY, SynthesisRequest
from tts.voice import Voice

#: The page's fields in the order of its form, after the clip and the feeling.
FIELDS: Final = (
    "text", "language", "weight", "speed", "duration", "seed", "longest", "emoji", "glossary", "pauses", "variation",
)  # fmt: skip
#: Seeds that are drawn here are shorter than the longest that there may be.
SEEDS: Final = 2**31
#: Of one text or one segment: more than can be compared helps nobody.
MOST_TAKES: Final = 4


@dataclass(frozen=True)
class Wish:
    """What a person asks for, checked as far as it can be without voice and text.

    `settings` are the page's fields, for the history: `of` makes the same wish of them again.
    """

    text: str
    manner: Manner
    settings: Mapping[str, Any]
    request: Callable[[Voice], SynthesisRequest]

    @classmethod
    def of(cls, feeling: object, given: Mapping[str, Any]) -> Self:
        """`given` has the values of `FIELDS`, and as `terms` the entries of the browser's own glossary that the text
        uses; what is missing or empty is as the page begins with.

        `OptionError` for a value out of its range or words without emotion, `TextError` for a wrong glossary.
        """
        text = str(given.get("text") or "")
        manner = Manner.of_settings(given)
        felt = Feeling.of(feeling)
        seed = fields.whole(given.get("seed"), "--seed")
        if seed is None:
            seed = secrets.randbelow(SEEDS)
        emotion = felt.vector(seed)
        values: dict[str, Any] = {
            "emotion_weight": fields.number(given.get("weight"), "--emotion-weight", 1.0),
            "speed": fields.number(given.get("speed"), "--speed", 1.0),
            "duration": fields.number(given.get("duration"), "--duration"),
            "pause_scale": fields.number(given.get("pauses"), "--pause-scale", 1.0),
            "variation": fields.number(given.get("variation"), "--variation", LIVELY),
            "seed": seed,
        }
        settings = {
            "text": text,
            "emotion": list(felt.values if felt.source == "sliders" else emotion.values),
            "feeling": felt.to_dict(),
            "weight": values["emotion_weight"],
            "pauses": values["pause_scale"],
            **{name: values[name] for name in ("speed", "duration", "variation")},
            **{name: getattr(manner, name) for name in ("language", "longest", "emoji")},
            "glossary": str(given.get("glossary") or ""),
            "terms": list(given.get("terms", ())),
            "seed": seed,
        }

        def make(voice: Voice) -> SynthesisRequest:
            return SynthesisRequest(text=text, voice=voice, emotion=emotion, **manner.options(), **values)

        return cls(text, manner, settings, make)

    @classmethod
    def several(cls, feeling: object, given: Mapping[str, Any], takes: int) -> list[Self]:
        """Wishes that differ by their seeds, which follow one another; `OptionError` for too many."""
        if not 1 <= takes <= MOST_TAKES:
            raise OptionError("option_value", option="--takes", value=takes, expected=f"1 .. {MOST_TAKES}")
        first = cls.of(feeling, given)
        if takes == 1:
            return [first]
        # Without any variation they would be alike.
        varied = {**given, "variation": first.settings["variation"] or LIVELY}
        seed = int(first.settings["seed"])
        return [cls.of(feeling, {**varied, "seed": (seed + number) % (LARGEST_SEED + 1)}) for number in range(takes)]
