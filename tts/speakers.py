"""How many people speak in a reference, by x-vectors of short windows; and which of several clips is of another one.

The thresholds were set on recordings: `docs/references.md` has what they find, and what they take for it wrongly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tts.audio.quality import active_frames
from tts.audio.spec import AudioSpec

Floats = NDArray[np.float32]

#: A shorter window tells too little of a speaker, a longer one more often holds two.
WINDOW_SECONDS: Final = 2.0
_STEP_SECONDS: Final = 0.75
#: More windows take longer, and say no more.
_MOST_WINDOWS: Final = 100
#: The likeness under which two halves of a clip are of two people.
TWO_PEOPLE: Final = 0.5
#: And a clip and the others, the shorter of them so many seconds long: short ones are less like themselves.
STRANGER: Final = ((3.0, 0.36), (6.0, 0.45))
# One window apart may be a cough.
_LEAST_WINDOWS: Final = 2
#: Fewer windows cannot be parted.
LEAST_TO_TELL: Final = 2 * _LEAST_WINDOWS
_ROUNDS: Final = 20


@dataclass(frozen=True, eq=False)
class Windows:
    """Windows of speech without its pauses: `waves` (windows, samples), and the `spans` (windows, 2) of each in the
    clip, in seconds."""

    waves: Floats
    spans: NDArray[np.float64]


def windows(wave: Floats) -> Windows:
    """(samples,) at our rate -> windows of two seconds of its speech; none where there is less speech."""
    hop, rate = AudioSpec.hop, AudioSpec.sample_rate
    size = int(WINDOW_SECONDS * rate) // hop
    frames = np.flatnonzero(active_frames(wave)) if len(wave) >= size * hop else np.zeros(0, np.intp)
    if len(frames) < size:
        return Windows(np.zeros((0, size * hop), np.float32), np.zeros((0, 2)))
    step = max(int(_STEP_SECONDS * rate) // hop, -(-(len(frames) - size) // _MOST_WINDOWS))
    chosen = np.lib.stride_tricks.sliding_window_view(frames, size)[::step]
    pieces = wave[: len(wave) // hop * hop].reshape(-1, hop)
    spans = np.stack([chosen[:, 0], chosen[:, -1] + 1], axis=1).astype(np.float64) * (hop / rate)
    return Windows(np.ascontiguousarray(pieces[chosen].reshape(len(chosen), -1), np.float32), spans)


def parted(xvectors: Floats) -> NDArray[np.bool_]:
    """(windows, dimensions) of unit length -> (windows,), True for those of a second person; all False for one person.

    The second person is the one with fewer windows.
    """
    alone = np.zeros(len(xvectors), np.bool_)
    if len(xvectors) < LEAST_TO_TELL:
        return alone
    halves = _halves(xvectors)
    fewer = halves if 2 * halves.sum() <= len(halves) else ~halves
    if fewer.sum() < _LEAST_WINDOWS or _likeness(xvectors[fewer], xvectors[~fewer]) >= TWO_PEOPLE:
        return alone
    return fewer


def strangers(xvectors: Sequence[Floats], seconds: float) -> tuple[int, ...]:
    """X-vectors of clips, the shortest so long -> the places of those that are of somebody else than the most.

    The one that is least like the others goes first, then the rest is looked at again. Of two clips it is the second.
    """
    left = list(range(len(xvectors)))
    found = []
    lengths, likenesses = zip(*STRANGER, strict=True)
    least = float(np.interp(seconds, lengths, likenesses))
    while len(left) > 1:
        likeness = {
            place: _likeness(_rows(xvectors, [place]), _rows(xvectors, [other for other in left if other != place]))
            for place in left
        }
        farthest = min(reversed(left), key=likeness.__getitem__)
        if likeness[farthest] >= least:
            break
        left.remove(farthest)
        found.append(farthest)
    return tuple(sorted(found))


def _halves(xvectors: Floats) -> NDArray[np.bool_]:
    """Two clusters by direction, from the widest spread of the vectors."""
    alike = xvectors @ xvectors.T
    centred = alike - alike.mean(0) - alike.mean(1)[:, None] + alike.mean()
    halves = np.linalg.eigh(centred)[1][:, -1] > 0
    for _ in range(_ROUNDS):
        if halves.all() or not halves.any():
            break
        nearer = xvectors @ _middle(xvectors[halves]) > xvectors @ _middle(xvectors[~halves])
        if (nearer == halves).all():
            break
        halves = nearer
    return np.asarray(halves, np.bool_)


def _rows(xvectors: Sequence[Floats], places: Sequence[int]) -> Floats:
    return np.stack([xvectors[place] for place in places])


def _likeness(some: Floats, others: Floats) -> float:
    return float(_middle(some) @ _middle(others))


def _middle(xvectors: Floats) -> Floats:
    mean = xvectors.mean(0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)
