"""The best part of a long recording to clone from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from tts.audio.quality import clipped, frame_powers, snr, speech_frames
from tts.audio.spec import AudioSpec

Floats = NDArray[np.float32]

#: As much as our encoder needs to know a voice: twice as much brings it .02 nearer (`docs/references.md`).
BEST_SECONDS: Final = 12.0

_MARGIN_SECONDS: Final = 0.1
# So many decibels over the noise are worth as much as speech itself; a frame with a fault costs this many with speech.
_GOOD_SNR_DB: Final = 40.0
_CLIPPED_COST: Final = 20.0
_FOREIGN_COST: Final = 4.0
_BLOCK_FRAMES: Final = 300
# What is so far under the loudest speech is somebody in the next room.
_FAINT_DB: Final = 30.0


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
    speech, over_noise = _heard(powers)
    distorted = np.asarray(clipped(wave)[: len(powers) * hop].reshape(-1, hop).max(axis=1))
    worth = (
        speech
        + np.clip(over_noise / _GOOD_SNR_DB, 0.0, 1.0)
        - _CLIPPED_COST * distorted
        - _FOREIGN_COST * _within(foreign, len(powers))
    )
    total = np.concatenate([[0.0], np.cumsum(worth)])
    edges = _candidates(speech, int(seconds * rate) // hop)
    start, end = max(edges, key=lambda pair: total[pair[1]] - total[pair[0]])
    return Stretch(start * hop / rate, end * hop / rate)


def _heard(powers: NDArray[np.float64]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """(frames,) powers -> where there is speech, and how many decibels it is over the noise around it, (frames,) each.

    Block by block, and each frame by the worse of its two blocks: the noise of one minute may be louder than the words
    of another.
    """
    speech, over_noise = np.ones(len(powers), np.bool_), np.full(len(powers), np.inf)
    audible = powers > np.quantile(powers, 0.95) * 10 ** (-_FAINT_DB / 10)
    for offset in (0, -_BLOCK_FRAMES // 2):
        for first in range(offset, len(powers), _BLOCK_FRAMES):
            block = slice(max(first, 0), first + _BLOCK_FRAMES)
            active = speech_frames(powers[block])
            speech[block] &= active
            over_noise[block] = np.minimum(over_noise[block], snr(powers[block], active))
    return speech & binary_dilation(audible, np.ones(25)), over_noise


def _candidates(speech: NDArray[np.bool_], longest: int) -> Iterator[tuple[int, int]]:
    """First and last frames of the stretches that there may be: from the start of a piece of speech to the last end of
    one that is near enough, or cut off where there is no pause."""
    margin = round(_MARGIN_SECONDS * AudioSpec.sample_rate) // AudioSpec.hop
    changes = np.diff(speech.astype(np.int8), prepend=0, append=0)
    begins = np.maximum(np.flatnonzero(changes == 1) - margin, 0)
    stops = np.minimum(np.flatnonzero(changes == -1) + margin, len(speech))
    last = len(speech) - longest
    begins = begins[begins <= last]
    # Where nobody pauses, a stretch may begin anywhere.
    anywhere = [place for place in (*range(0, last, longest // 4), last) if not _near(place, begins, longest // 4)]
    for begin in sorted({*begins.tolist(), *anywhere}):
        near = stops[(stops > begin + longest // 2) & (stops <= begin + longest)]
        yield begin, int(near[-1]) if len(near) else begin + longest


def _near(place: int, places: NDArray[np.intp], reach: int) -> bool:
    return bool((np.abs(places - place) < reach).any())


def _within(spans: NDArray[np.float64] | None, frames: int) -> NDArray[np.bool_]:
    """(frames,) whether each lies in one of the spans of seconds."""
    inside = np.zeros(frames, np.bool_)
    rate = AudioSpec.sample_rate / AudioSpec.hop
    for start, end in np.zeros((0, 2)) if spans is None else spans:
        inside[int(start * rate) : int(end * rate)] = True
    return inside
