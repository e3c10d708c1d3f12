"""The height of a voice in a word or two, the same at every speed by what is heard.

The melody is laid over the durations of a speed phone by phone, and the decoder follows it: at the same place of the
same phone the pitch is the same. But of a single syllable another share is voiced at another speed, so that its median
is another one.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tts.audio.pitch import track
from tts.audio.spec import AudioSpec
from tts.plan import SegmentPlan
from tts.text.phones import VOWELS

Wave = NDArray[np.float32]

#: In longer segments the voiced parts that come and go do not count for much.
_SYLLABLES: Final = 2
#: Semitones, 1 %: what is left is left.
_CLOSE: Final = 0.17
#: Semitones, 20 %: further off, the tracker heard another octave, or another part of the syllable.
_FAR: Final = 3.2
#: Semitones, 1.5 %: by more, the pitch at the same place would no longer be the same, and other trackers, which find
#: other parts voiced, would gain nothing (`docs/experiments.md`).
_MOST: Final = 0.26
_ATTEMPTS: Final = 3


def held(part: SegmentPlan, wave: Wave, render: Callable[[SegmentPlan], Wave], spec: AudioSpec) -> Wave:
    """The rendered wave of a segment -> the same, raised or lowered a little until its median is that at speed 1.

    Longer segments, and what has no pitch, stay as they are.
    """
    usual = part.at_usual_speed()
    syllables = sum(token.phone in VOWELS for token in part.segment.tokens)
    if syllables > _SYLLABLES or np.array_equal(usual.frames, part.frames):
        return wave
    wanted, heard = _height(render(usual), spec), _height(wave, spec)
    best, miss = wave, abs(wanted - heard)
    for _ in range(_ATTEMPTS):
        raised = float(np.clip(part.raised + wanted - heard, -_MOST, _MOST))
        if not _CLOSE < abs(wanted - heard) < _FAR or raised == part.raised:
            break
        part = replace(part, raised=raised)
        wave = render(part)
        heard = _height(wave, spec)
        if abs(wanted - heard) < miss:
            best, miss = wave, abs(wanted - heard)
    return best


def _height(wave: Wave, spec: AudioSpec) -> float:
    """Median pitch in semitones; NaN where nothing is voiced."""
    voiced = track(wave, spec).voiced
    return 12 * float(np.log2(np.median(voiced))) if len(voiced) else float("nan")
