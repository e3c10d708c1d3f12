"""The track: pieces at their samples, written block by block, so that its length costs no memory."""

import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import soundfile
from numpy.typing import NDArray

from tts.audio import finish
from tts.audio.spec import AudioSpec

_BLOCK_SECONDS: Final = 10
# As far as the limiter looks to both sides, and more: blocks then come out as the whole track would.
_AROUND: Final = int(0.05 * AudioSpec.sample_rate)
_FULL: Final = 32767.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A wav of `samples` that starts at sample `start` of the track."""

    start: int
    samples: int
    path: Path

    @property
    def end(self) -> int:
        return self.start + self.samples


def write_track(
    stream: BinaryIO, pieces: Sequence[Placed], samples: int, progress: Callable[[float], None] | None = None
) -> None:
    """Write a wav of exactly `samples` at 24 kHz, 16 bit, with every piece in its place and silence elsewhere.

    Where only one piece is heard, its samples stay as they are; where several are, their sum is kept under the
    ceiling. `progress` gets the share that is written; what it raises ends the writing.
    """
    waiting = sorted(pieces, key=lambda piece: piece.start, reverse=True)
    near: list[Placed] = []
    block = _BLOCK_SECONDS * AudioSpec.sample_rate
    with wave.open(stream, "wb") as track:
        track.setnchannels(1)
        track.setsampwidth(2)
        track.setframerate(AudioSpec.sample_rate)
        track.setnframes(samples)
        for start in range(0, samples, block):
            end = min(start + block, samples)
            low, high = max(start - _AROUND, 0), min(end + _AROUND, samples)
            while waiting and waiting[-1].start < high:
                near.append(waiting.pop())
            near = [piece for piece in near if piece.end > low]
            mixed = _mixed(near, low, high)
            track.writeframesraw(mixed[start - low : end - low].astype("<i2").tobytes())
            if progress:
                progress(end / samples)


def _mixed(pieces: Sequence[Placed], low: int, high: int) -> NDArray[np.int16]:
    """The samples `low` to `high` of the track."""
    total = np.zeros(high - low, np.int32)
    reached, together = low, False
    for piece in sorted(pieces, key=lambda piece: piece.start):
        first, last = max(piece.start, low), min(piece.end, high)
        if last <= first:
            continue
        part, _ = soundfile.read(
            piece.path, start=first - piece.start, stop=last - piece.start, dtype="int16", always_2d=False
        )
        total[first - low : last - low] += part
        together |= first < reached
        reached = max(reached, last)
    if not together:
        return total.astype(np.int16)
    # A sum of two is 6 dB over the ceiling at most, which the limiter turns down where it happens.
    limited = finish.loudness((total / _FULL).astype(np.float32))
    return np.round(limited * _FULL).astype(np.int16)
