"""Silence as it is asked for: pauses of the text as long as written by what is heard, and speech up to an exact end.

Networks know when a phone ends only by and large: a vowel dies away before its time, a breath stays. Where a length is
promised, what is audible decides, and the silence between is cut or filled up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tts.audio.finish import EDGE_SECONDS
from tts.audio.spec import AudioSpec
from tts.plan import CLOSING_SECONDS, SegmentPlan
from tts.prosody import Ints
from tts.text.phones import PAUSES, VOWELS

Wave = NDArray[np.float32]

#: Below a segment's loud parts: what is softer is not heard as speech.
AUDIBLE_DB: Final = 37.0
#: A consonant is told down to here.
_FAINT_DB: Final = 45.0
#: What is kept of the dying sound beside a pause, and the fade over it.
_FADE_SECONDS: Final = 0.01
_WINDOW_SECONDS, _STEP_SECONDS = 0.005, 0.001
#: Less silence than this in a pause is none: the words go over into each other.
_NOTICED_SECONDS: Final = 0.02
_LOUD_SHARE: Final = 0.95
#: An exact length is good when the end is off by less; the silence there takes the rest.
_TOLERANCE_SECONDS: Final = 0.008
_ATTEMPTS: Final = 7
#: A last sound is heard until less than this before the end, told in windows that are wider than ours.
_LATEST_SECONDS, _WIDE_SECONDS = 0.057, 0.01
#: It comes so far over the least that is heard, since other segments may be louder, by at most so much, and rises over
#: this time.
_OVER_DB, _MOST_LIFT_DB, _RISE_SECONDS = 2.0, 10.0, 0.03


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """A segment as it sounds, pauses included: wave (samples,), and where in it each of its tokens ends, (L,)."""

    wave: Wave
    ends: Ints

    def lasting(self, samples: int, *, from_start: bool = False) -> "Piece":
        """Its last silence, or its first, cut or longer, so that it is `samples` long."""
        missing = samples - len(self.wave)
        if not from_start:
            wave = np.pad(self.wave[:samples], (0, max(0, missing)))
            return Piece(wave, np.append(np.minimum(self.ends[:-1], samples), samples))
        return Piece(np.pad(self.wave[max(0, -missing) :], (max(0, missing), 0)), np.maximum(self.ends + missing, 0))


@dataclass(frozen=True, slots=True)
class _Cut:
    """Samples from `start` to `end` become `silence` samples; what is beside them fades over `fade`."""

    start: int
    end: int
    silence: int
    fade: int


def settled(wave: Wave, part: SegmentPlan, spec: AudioSpec) -> Piece:
    """The rendered wave of a segment -> the segment with all its silence.

    Long pauses get their middle; around written ones, and where a segment has to start or end exactly, the audible
    speech is put where the plan has it.
    """
    hop, fade = spec.hop, int(_FADE_SECONDS * spec.sample_rate)
    rendered, last = part.rendered, len(part.frames) - 1
    ends = np.cumsum(rendered) * hop
    missing = (part.frames - rendered) * hop
    exact = part.exact
    heard, faint = (_audible(wave, spec, below) for below in (AUDIBLE_DB, _FAINT_DB))
    phones = [token.phone for token in part.segment.tokens]
    for place in (place for place, phone in enumerate(phones) if phone in PAUSES and place not in exact):
        _take_in(ends, place, heard, spec)
    cuts: list[_Cut] = []
    for place in sorted({*exact, *np.flatnonzero(missing).tolist()}):
        start, end = int(ends[place - 1]) if place else 0, int(ends[place])
        if place not in exact or not len(heard):
            middle = (start + end) // 2
            cuts.append(_Cut(middle, middle, int(missing[place]), fade))
            continue
        length = round(exact[place] * spec.sample_rate)
        pivot = _quietest(heard, start, end)
        before, after = heard[heard < pivot], heard[heard >= pivot]
        stop = int(before[-1]) if place and len(before) else 0
        resume = int(after[0]) if place < last and len(after) else len(wave)
        # A consonant beside it stays where it is faint.
        if place > 1 and phones[place - 1] not in VOWELS:
            stop = max(stop, int(faint[faint <= min(pivot, ends[place - 2] + hop)].max(initial=0)))
        if place < last and phones[place + 1] not in VOWELS:
            resume = min(resume, int(faint[faint >= max(pivot, ends[place + 1] - hop)].min(initial=len(wave))))
        near = max(0, min(fade, length // 2, (resume - stop) // 2))
        own = (near if place else 0, near if place < last else 0)
        cuts.append(_Cut(stop + own[0], resume - own[1], max(0, length - sum(own)), near))
        ends[:place] = np.minimum(ends[:place], stop)
        if place:
            ends[place - 1] = stop
        ends[place] = resume
        ends[place + 1 :] = np.maximum(ends[place + 1 :], resume)
    return Piece(_cut(wave, cuts), _moved(ends, cuts))


def fitted(
    part: SegmentPlan, samples: int, render: Callable[[SegmentPlan], Wave], first: Wave, spec: AudioSpec
) -> Piece:
    """A segment that lasts `samples`: speech fills the time that pauses and dying sounds leave.

    `first` is its wave as planned; it is rendered again, a little longer or shorter, until what is heard fits.
    """
    piece = settled(first, part, spec)
    tried = {int(part.frames.sum()): piece}
    for _ in range(_ATTEMPTS):
        miss = samples - len(piece.wave)
        if abs(miss) <= _TOLERANCE_SECONDS * spec.sample_rate:
            break
        part = part.lasting(_next(tried, int(part.frames.sum()), samples, spec.hop))
        if (total := int(part.frames.sum())) in tried:
            break
        piece = tried[total] = settled(render(part), part, spec)
    # A frame more may let a soft sound be heard, so that no length fits: then what is too short is filled up.
    tolerance = _TOLERANCE_SECONDS * spec.sample_rate
    fits = [one for one in tried.values() if len(one.wave) <= samples + tolerance]
    best = min(fits or tried.values(), key=lambda one: abs(samples - len(one.wave)))
    # The silence that opens it gives and takes, so that what is heard ends where it should, unless that is written.
    piece = best.lasting(samples, from_start=0 not in part.exact)
    if part.exact.get(len(part.frames) - 1) != CLOSING_SECONDS:
        return piece
    return replace(piece, wave=_lifted(piece.wave, spec))


def _next(tried: Mapping[int, Piece], last: int, samples: int, hop: int) -> int:
    """The frames to try after the `last`: what is missing more, or else between what was too few and too many."""
    total = last + round((samples - len(tried[last].wave)) / hop)
    if total not in tried:
        return total
    few = max((frames for frames, piece in tried.items() if len(piece.wave) < samples), default=last)
    many = min((frames for frames, piece in tried.items() if len(piece.wave) > samples), default=last)
    return (few + many) // 2


def _lifted(wave: Wave, spec: AudioSpec) -> Wave:
    """A last sound that is only faint at the end: turned up there, smoothly, as far as it lacks to be heard."""
    rate, power = spec.sample_rate, _power(wave, spec, _WIDE_SECONDS)
    first, last = (len(wave) - int(seconds * rate) for seconds in (_LATEST_SECONDS, CLOSING_SECONDS))
    if first <= 0 or not power[first:last].any():
        return wave
    place = first + int(power[first:last].argmax())
    lacking = _OVER_DB - AUDIBLE_DB - 10 * float(np.log10(power[place] / _loud(power)))
    if lacking <= 0:
        return wave
    before = np.arange(len(wave)) / rate - place / rate
    rise = 0.5 + 0.5 * np.cos(np.pi * np.clip(-before / _RISE_SECONDS, 0, 1))
    gain = 10 ** (min(lacking, _MOST_LIFT_DB) * rise / 20)
    return np.asarray(wave * gain, np.float32)


def _audible(wave: Wave, spec: AudioSpec, below: float) -> Ints:
    """Samples, some 1 ms apart, at which something is heard that is less than so many dB `below` the loud parts."""
    step = max(1, int(_STEP_SECONDS * spec.sample_rate))
    power = _power(wave, spec, _WINDOW_SECONDS)[::step]
    return np.flatnonzero(power > _loud(power) * 10 ** (-below / 10)) * step


def _loud(power: NDArray[np.float64]) -> float:
    return float(np.sort(power)[int(_LOUD_SHARE * (len(power) - 1))])


def _power(wave: Wave, spec: AudioSpec, seconds: float) -> NDArray[np.float64]:
    """(samples,) mean square of so many seconds around each sample."""
    width = int(seconds * spec.sample_rate)
    sums = np.cumsum(np.pad(wave.astype(np.float64) ** 2, (width - width // 2, width // 2)))
    return np.asarray((sums[width:] - sums[:-width]) / width)


def _take_in(ends: Ints, place: int, heard: Ints, spec: AudioSpec) -> None:
    """The words beside a pause start and end where they are heard to, if that is within it: networks begin a fricative
    before its time. Half of the pause stays its own, and what every output has of silence at its ends."""
    edge, last = int(EDGE_SECONDS * spec.sample_rate), len(ends) - 1
    start, end = int(ends[place - 1]) if place else 0, int(ends[place])
    before, after = _silent(heard, start, end)
    if after - before < _NOTICED_SECONDS * spec.sample_rate:
        return
    middle = (start + end) // 2
    if place:
        ends[place - 1] = max(start, min(before, middle if place < last else end - edge))
    if place < last:
        ends[place] = min(end, max(after, middle if place else edge))


def _quietest(heard: Ints, start: int, end: int) -> int:
    """The middle of the longest stretch from `start` to `end` in which nothing is heard."""
    return sum(_silent(heard, start, end)) // 2


def _silent(heard: Ints, start: int, end: int) -> tuple[int, int]:
    """The longest stretch from `start` to `end` in which nothing is heard."""
    marks = np.array([start, *heard[(heard > start) & (heard < end)], end])
    longest = int(np.diff(marks).argmax())
    return int(marks[longest]), int(marks[longest + 1])


def _cut(wave: Wave, cuts: list[_Cut]) -> Wave:
    parts: list[Wave] = []
    start = fade_in = 0
    for cut in [*cuts, _Cut(len(wave), len(wave), 0, 0)]:
        part = wave[start : max(cut.start, start)].copy()
        part[:fade_in] *= np.linspace(0, 1, len(part[:fade_in]), dtype=np.float32)
        if cut.fade:
            part[-cut.fade :] *= np.linspace(1, 0, len(part[-cut.fade :]), dtype=np.float32)
        parts += [part, np.zeros(cut.silence, np.float32)]
        start, fade_in = cut.end, cut.fade
    return np.concatenate(parts)


def _moved(ends: Ints, cuts: list[_Cut]) -> Ints:
    moved = ends.copy()
    for cut in cuts:
        moved[ends >= cut.end] += cut.silence - (cut.end - cut.start)
    return moved
