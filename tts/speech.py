"""What is asked of the synthesizer, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tts.audio.form import TARGETS
from tts.emotion import EmotionVector
from tts.errors import OptionError
from tts.timings import PhoneTiming, SegmentTiming, Timings, WordTiming

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tts.text.glossary import Glossary
    from tts.text.reading import Pictures
    from tts.voice import Voice

#: Seeds are whole numbers that every JSON reader keeps.
LARGEST_SEED: Final = 2**53 - 1

#: Longest output that one request may ask for.
LONGEST_SECONDS: Final = 36000
#: The variation where takes of one text should differ and the person gives none: without any they would be alike.
LIVELY: Final = 0.5
#: Option -> its least and greatest value.
RANGES: Final = {
    "--speed": (0.5, 2),
    "--duration": (0.01, LONGEST_SECONDS),
    "--pause-scale": (0, 3),
    "--emotion-weight": (0, 1),
    "--variation": (0, 1),
    "--longest": (10, 200),
    "--seed": (0, LARGEST_SEED),
    "--takes": (1, 20),
    "--stretch": (1, 2),
    "--gap": (0, 60),
    "--tail": (0, 3600),
    "--runs": (1, 100),
    "--loudness": TARGETS,
}


@dataclass(frozen=True, slots=True)
class SynthesisRequest:
    """One text to be said by one voice.

    `speed` 0.5 to 2; `duration` in seconds wins over it; `pause_scale` 0 to 3 for pauses that the text does not
    write; `variation` 0 (the most likely way) to 1; without `seed` each request takes a new one. `glossary` goes
    over the settings' one; `longest` segment in syllables and `emoji` as the settings say where they are None.
    `segment_seeds` gives segments (from 0) seeds of their own: those alone are said in another way, every other one
    stays as it is without them, to the sample; they vary even where nothing else does. `OptionError` for a value
    outside its range.
    """

    text: str
    voice: "Voice"
    language: str = "auto"
    speed: float = 1.0
    duration: float | None = None
    pause_scale: float = 1.0
    emotion: EmotionVector = field(default_factory=EmotionVector)
    emotion_weight: float = 1.0
    seed: int | None = None
    variation: float = 0.0
    glossary: "Glossary | None" = None
    longest: int | None = None
    emoji: "Pictures | None" = None
    segment_seeds: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_range("--speed", self.speed)
        check_range("--pause-scale", self.pause_scale)
        check_range("--emotion-weight", self.emotion_weight)
        check_range("--variation", self.variation)
        if self.seed is not None:
            check_range("--seed", self.seed)
        for seed in self.segment_seeds.values():
            check_range("--seed", seed)
        if self.duration is not None:
            check_range("--duration", self.duration)
        if self.longest is not None:
            check_range("--longest", self.longest)


@dataclass(frozen=True, eq=False, slots=True)
class Speech:
    """What was said: `wave` (samples,) float32 in [-1, 1], and when.

    `pieces` follow one another in the wave, a segment with its pauses each: where its tokens end, in samples from its
    own start; the last number is its length. `segment_seeds` are those of the request. `warnings` are codes of
    `tts.sentences`; `left_out` lists what the text held that cannot be said.
    """

    wave: "NDArray[np.float32]"
    sample_rate: int
    seed: int
    language: str
    segments: tuple[SegmentTiming, ...]
    words: tuple[WordTiming, ...]
    phones: tuple[PhoneTiming, ...]
    pieces: tuple[tuple[int, ...], ...]
    segment_seeds: Mapping[int, int]
    warnings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        return len(self.wave) / self.sample_rate

    @property
    def timings(self) -> Timings:
        return Timings(self.segments, self.words, self.seconds, self.phones)


@dataclass(frozen=True, slots=True)
class TimeRange:
    """How long a request lasts at its speed, and the least and the most that its duration may be, in seconds."""

    natural: float
    least: float
    most: float


def check_range(option: str, value: float) -> None:
    """`OptionError` unless `value` lies in the range of `option`."""
    least, most = RANGES[option]
    if not least <= value <= most:
        raise OptionError("option_value", option=option, value=value, expected=expected_range(option))


def expected_range(option: str) -> str:
    """The range of `option` in signs that every language reads."""
    least, most = RANGES[option]
    return f"{least} .. {most}"
