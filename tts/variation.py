"""Variation: how one reading of a segment differs from the likeliest one, drawn from its seed.

People who say a sentence again do not move each phone by itself: they take phrases and words faster or slower, higher
or lower, and stress one word more than another. So the draws are of segments, phrases and words; phones get a rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tts.text.phones import PAUSES, VOWELS
from tts.text.reading import Token

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Deviations at a variation of 1: as far as takes may differ while the tones of Mandarin keep their movement. What they
# come to is measured in docs/time.md.
_TEMPO: Final = {"segment": 0.06, "phrase": 0.06, "word": 0.12}  # natural log of length
_PAUSES: Final = 0.35
_PHONES: Final = 0.25  # of the spread that the network sees
_PITCH: Final = {"segment": 0.8, "phrase": 1.1, "word": 1.5}  # semitones
_RANGE: Final = {"segment": 0.10, "phrase": 0.06, "word": 0.12}  # natural log of the width of pitch movements
#: Nothing is drawn farther out than so many deviations: one take in twenty would sound odd.
_FARTHEST: Final = 2.0
#: How much of a word's movement a phone takes: accents move, what lies between them follows.
_ACCENTS: Final = {
    "zh5": 0.6, "en0": 0.35, "en1": 1.0, "en2": 0.7, "ja_low": 0.5, "ja_high": 1.0,
}  # fmt: skip
#: Pitch goes over from one phone's place to the next one's within so many frames.
_GLIDE_FRAMES: Final = 17


@dataclass(frozen=True, eq=False, slots=True)
class Draw:
    """One way to say a segment of L tokens; every row is (L,), and all zero is the likeliest way.

    `phones`: deviates of the lengths in the network's spread; `tempo`: natural log of a factor on the lengths;
    `pitch`: semitones; `range`: natural log of a factor on the pitch movements.
    """

    phones: Floats
    tempo: Floats
    pitch: Floats
    range: Floats


def draw(tokens: Sequence[Token], seed: int, amount: float) -> Draw:
    """What `seed` makes of a segment, `amount` in [0, 1] of the farthest. Over a segment, the movements of its
    phrases and words average to zero, so that the voice keeps its place."""
    count = len(tokens)
    if not amount:
        return Draw(*(np.zeros(count) for _ in range(4)))
    dice = np.random.default_rng(seed)
    groups = {"segment": np.zeros(count, np.int64), "phrase": _phrases(tokens), "word": _words(tokens)}
    pause = np.array([token.phone in PAUSES for token in tokens])
    voiced = np.array([token.phone in VOWELS for token in tokens])

    def drawn(deviations: dict[str, float]) -> dict[str, Floats]:
        return {name: size * _deviates(dice, groups[name].max() + 1)[groups[name]] for name, size in deviations.items()}

    tempo, pitch, width = (drawn(deviations) for deviations in (_TEMPO, _PITCH, _RANGE))
    breaths, phones = _deviates(dice, count), _deviates(dice, count)
    moving = pitch["phrase"] + pitch["word"] * np.array([_ACCENTS.get(token.tone, 1.0) for token in tokens])
    # What carries the pitch is balanced: all of it where nothing does.
    moving -= moving[voiced if voiced.any() else ~pause].mean()
    return Draw(
        phones=amount * _PHONES * np.where(pause, 0.0, phones),
        tempo=amount * np.where(pause, _PAUSES * breaths, sum(tempo.values())),
        pitch=amount * (pitch["segment"] + moving),
        range=amount * sum(width.values(), np.zeros(count)),
    )


def over_frames(row: Floats, frames: Ints) -> Floats:
    """A value for each of L tokens, and their frames -> (sum of frames,) that goes smoothly from one to the next."""
    steps = np.repeat(row, frames)
    if not len(steps) or (steps == steps[0]).all():
        return steps
    window = np.hanning(_GLIDE_FRAMES + 2)[1:-1]
    half = _GLIDE_FRAMES // 2
    return np.convolve(np.pad(steps, half, mode="edge"), window / window.sum(), mode="valid")


def _deviates(dice: np.random.Generator, count: int) -> Floats:
    return np.clip(dice.standard_normal(count), -_FARTHEST, _FARTHEST)


def _phrases(tokens: Sequence[Token]) -> Ints:
    """The number of the phrase of each token: pauses end them."""
    starts = [before.phone in PAUSES and after.phone not in PAUSES for before, after in pairwise(tokens)]
    return np.cumsum([0, *starts], dtype=np.int64)


def _words(tokens: Sequence[Token]) -> Ints:
    """The number of the word of each token; a pause belongs to the word before it."""
    words = [token.word for token in tokens if token.phone not in PAUSES]
    number, last, found = 0, words[0] if words else -1, []
    for token in tokens:
        if token.phone not in PAUSES and token.word != last:
            number, last = number + 1, token.word
        found.append(number)
    return np.array(found, np.int64)
