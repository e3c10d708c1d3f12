"""The best part of a long recording to clone from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tts.audio.quality import clipped, frame_powers, snr, speech_frames
from tts.audio.spec import AudioSpec

Floats = NDArray[np.float32]

#: As much as our encoder needs to know a voice: twice as much brings it .02 nearer (`docs/references.md`).
BEST_SECONDS: Final = 12.0

_MARGIN_SECONDS: Final = 0.1
# Worth as much as all speech there could be: this many decibels more over the noise; and what faults cost, by their
# share of the frames.
_GOOD_SNR_DB: Final = 40.0
_CLIPPED_COST: Final = 20.0
_FOREIGN_COST: Final = 4.0


@dataclass(frozen=True)
class Stretch:
    """A part of a recording, in seconds from its start."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.start


def best_stretch(wave: Floats, seconds: float = BEST_SECONDS, foreign: NDArray[np.float64] | None = None) -> Stretch:
    """The stretch of (samples,) at our rate, at most `seconds` long, with most speech, least noise and no distortion.

    It starts and ends in pauses, where there are any. `foreign` (spans, 2): from when to when somebody else speaks. A
    recording no longer than `seconds` is returned whole.
    """
    rate, hop = AudioSpec.sample_rate, AudioSpec.hop
    whole = Stretch(0.0, len(wave) / rate)
    if whole.seconds <= seconds:
        return whole
    powers = frame_powers(wave)
    distorted = clipped(wave)[: len(powers) * hop].reshape(-1, hop).any(1)
    others = _within(foreign, len(powers))
    longest = int(seconds * rate) // hop

    def worth(start: int, end: int) -> float:
        # What is speech is told from the noise around it: that of another hour may be louder than its words.
        part = powers[start:end]
        active = speech_frames(part)
        faults = _CLIPPED_COST * distorted[start:end].mean() + _FOREIGN_COST * others[start:end].mean()
        return float(active.sum() / longest + min(snr(part, active) / _GOOD_SNR_DB, 1.0) - faults)

    start, end = max(_candidates(powers, longest), key=lambda edges: worth(*edges))
    return Stretch(start * hop / rate, end * hop / rate)


def _candidates(powers: NDArray[np.float64], longest: int) -> Iterator[tuple[int, int]]:
    """First and last frames of the stretches that there may be: from the start of a piece of speech to the last end of
    one that is near enough, or cut off where there is no pause."""
    margin = round(_MARGIN_SECONDS * AudioSpec.sample_rate) // AudioSpec.hop
    for first in range(0, len(powers) - longest // 2, longest // 4):
        active = speech_frames(powers[first : first + 2 * longest])
        changes = np.diff(active.astype(np.int8), prepend=0, append=0)
        begins = np.maximum(np.flatnonzero(changes == 1) - margin, 0)
        stops = np.minimum(np.flatnonzero(changes == -1) + margin, len(active))
        # Where nobody pauses, a stretch may begin anywhere.
        for begin in {0, *begins[begins < longest // 4].tolist()}:
            near = stops[(stops > begin + longest // 2) & (stops <= begin + longest)]
            end = int(near[-1]) if len(near) else begin + longest
            yield first + begin, min(first + end, len(powers))


def _within(spans: NDArray[np.float64] | None, frames: int) -> NDArray[np.bool_]:
    """(frames,) whether each lies in one of the spans of seconds."""
    inside = np.zeros(frames, np.bool_)
    rate = AudioSpec.sample_rate / AudioSpec.hop
    for start, end in np.zeros((0, 2)) if spans is None else spans:
        inside[int(start * rate) : int(end * rate)] = True
    return inside
