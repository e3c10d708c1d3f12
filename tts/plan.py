"""What a request comes to before anything is heard: its text read, each span's manner, each token's frames."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import torch

from tts import prosody, variation
from tts.audio.spec import AudioSpec
from tts.emotion import EmotionVector, Manner
from tts.errors import OptionError, TextError
from tts.models.bundle import Bundle
from tts.models.utterance import Condition, Lengths, ReferenceEmbedding, Utterance
from tts.speech import LIVELY, SynthesisRequest
from tts.text.manners import Style
from tts.text.phones import PAUSES
from tts.text.reader import Reader
from tts.text.reading import Reading, Segment, Token
from tts.timings import PhoneTiming, SegmentTiming, Timings, WordTiming

#: Longer pauses are rendered this long and filled with true silence: networks never heard longer ones, and learned
#: from utterances that start and end with 40 ms.
_RENDERED_PAUSE: Final = 30
#: Between the last sound of an exact duration and its end, of which 40 ms are true silence.
CLOSING_SECONDS: Final = 0.05
_LENGTHS_AT_ONCE: Final = 32
#: One manner goes over into the next within so many frames.
_CROSSFADE_FRAMES: Final = 11


@dataclass(frozen=True, eq=False, slots=True)
class SegmentPlan:
    """One segment: a condition for each of its manners, which of them each token has (L,), whole frames (L,).

    `natural` (L,) are the frames that it would have at nobody's speed, which tell its melody; `exact` the seconds of
    those pauses, by their token, that have to be silent for just so long; `line` the time that `frames` were made of.
    """

    segment: Segment
    conditions: tuple[Condition, ...]
    owners: prosody.Ints
    frames: prosody.Ints
    natural: prosody.Ints
    drawn: variation.Draw
    exact: Mapping[int, float]
    line: prosody.Timeline

    def lasting(self, frames: int) -> "SegmentPlan":
        """The same said in so many frames, or in the fewest that it can be said in."""
        least = int(self.line.least.sum())
        return replace(self, frames=prosody.frames_within(self.line, max(frames, least)))

    @property
    def rendered(self) -> prosody.Ints:
        """The frames of each token (L,) that the network renders; the rest of a long pause will be true silence."""
        return self._heard(self.frames)

    def _heard(self, frames: prosody.Ints) -> prosody.Ints:
        is_pause = np.array([token.phone in PAUSES for token in self.segment.tokens])
        most = np.where(is_pause, _RENDERED_PAUSE, frames)
        most[[0, -1]] = prosody.EDGE_FRAMES
        return np.minimum(frames, most)

    def utterance(self) -> Utterance:
        """What the network is to say of it."""
        rendered = self.rendered
        return Utterance(
            tokens=self.segment.ids(),
            durations=rendered,
            natural=self._heard(self.natural),
            conditions=self.conditions,
            shares=self._shares(rendered),
            shift=variation.over_frames(self.drawn.pitch, rendered),
            stretch=np.exp(variation.over_frames(self.drawn.range, rendered)),
        )

    def _shares(self, frames: prosody.Ints) -> prosody.Floats:
        """(conditions, T): one manner after the other, with short crossfades; in a pause they meet in its middle."""
        count = len(self.conditions)
        owners = np.repeat(self.owners, frames)
        ends = np.cumsum(frames)
        for place in range(1, len(frames) - 1):
            if self.segment.tokens[place].phone in PAUSES:
                middle = ends[place] - frames[place] // 2
                owners[ends[place - 1] : middle] = self.owners[place - 1]
                owners[middle : ends[place]] = self.owners[place + 1]
        shares: prosody.Floats = (owners == np.arange(count)[:, None]).astype(np.float64)
        if count == 1:
            return shares
        window = np.hanning(_CROSSFADE_FRAMES + 2)[1:-1]
        padded = np.pad(shares, ((0, 0), (_CROSSFADE_FRAMES // 2,) * 2), mode="edge")
        return np.stack([np.convolve(row, window / window.sum(), mode="valid") for row in padded])


@dataclass(frozen=True, eq=False, slots=True)
class Plan:
    """A request with its text read and its time decided.

    `parts` are its segments as they will be said; where some were asked for anew, `first` are all as they were said
    before, which tells the length of each and the company in which a graphics card computed it. `line` is the time of
    all of them before any speed or duration.
    """

    request: SynthesisRequest
    reading: Reading
    seed: int
    parts: tuple[SegmentPlan, ...]
    first: tuple[SegmentPlan, ...]
    line: prosody.Timeline

    def timings(self, pieces: Sequence[Sequence[int]], rate: int) -> Timings:
        """When segments, words and phones are said; `pieces` tell where the tokens of each segment end in it."""
        segments: list[SegmentTiming] = []
        words: list[WordTiming] = []
        phones: list[PhoneTiming] = []
        before = 0.0
        for index, (part, own_ends) in enumerate(zip(self.parts, pieces, strict=True)):
            ends = [round(before + end / rate, 4) for end in own_ends]
            starts = [round(before, 4), *ends]
            before += own_ends[-1] / rate
            tokens = part.segment.tokens
            said = [at for at, token in enumerate(tokens) if token.phone not in PAUSES]
            for number, word in enumerate(part.segment.words):
                own = [at for at in said if tokens[at].word == number]
                if not own:
                    continue
                for at, spelled in zip(own, word.phones, strict=True):
                    phones.append(PhoneTiming(spelled, tokens[at].tone, starts[at], ends[at], len(words)))
                words.append(WordTiming(word.text, starts[own[0]], ends[own[-1]], index))
            segments.append(SegmentTiming(part.segment.text, starts[said[0]], ends[said[-1]]))
        return Timings(tuple(segments), tuple(words), before, tuple(phones))


@dataclass(frozen=True, eq=False, slots=True)
class _Spoken:
    """A segment before its time is decided: what the network expects of it, how much faster each token is, and how
    much longer as a pause."""

    segment: Segment
    conditions: tuple[Condition, ...]
    owners: prosody.Ints
    lengths: Lengths
    rates: prosody.Floats
    pauses: prosody.Floats


class Planner:
    """Plans requests for one bundle. `manner` is what an emotion does to a voice."""

    def __init__(
        self, bundle: Bundle, reader: Reader, manner: Callable[[EmotionVector], Manner], longest_text: int
    ) -> None:
        self._bundle = bundle
        self._reader = reader
        self._manner = manner
        self._longest_text = longest_text

    def plan(self, request: SynthesisRequest, embedding: ReferenceEmbedding) -> Plan:
        """Read and time a request in the voice of an embedding. Raises TextError and OptionError."""
        reading = self._read(request)
        count = len(reading.segments)
        for index in request.segment_seeds:
            if not 0 <= index < count:
                raise OptionError("option_segment", segment=index + 1, count=count)
        spoken = self._spoken(reading, request, embedding)
        seed = secrets.randbelow(2**31) if request.seed is None else request.seed
        usual = [_draw(part, _piece_seed(seed, at), request.variation) for at, part in enumerate(spoken)]
        timed = _timed(spoken, usual, request.pause_scale)
        lines = [one.line for one in timed]
        line = prosody.together(lines)
        frames = self._frames(line, lines, request)
        first = _parts(spoken, usual, timed, frames, request)
        if not request.segment_seeds:
            return Plan(request, reading, seed, first, first, line)
        drawn, anew = list(usual), list(frames)
        for at, own in request.segment_seeds.items():
            # Without any variation what is made again would be as it was.
            drawn[at] = _draw(spoken[at], _piece_seed(own, at), request.variation or LIVELY)
        timed = _timed(spoken, drawn, request.pause_scale)
        for at in request.segment_seeds:
            if request.duration is None:
                anew[at] = prosody.frames_at_speed(timed[at].line, request.speed)
            else:
                anew[at] = prosody.frames_within(timed[at].line, int(frames[at].sum()))
        return Plan(request, reading, seed, _parts(spoken, drawn, timed, anew, request), first, line)

    def _read(self, request: SynthesisRequest) -> Reading:
        if len(request.text) > self._longest_text:
            raise TextError("text_too_long", characters=len(request.text), limit=self._longest_text)
        reading = self._reader.read(
            request.text, request.language, glossary=request.glossary, longest=request.longest, emoji=request.emoji
        )
        if reading.language not in self._bundle.languages:
            raise TextError("text_language", language=reading.language, known=", ".join(self._bundle.languages))
        return reading

    def _spoken(self, reading: Reading, request: SynthesisRequest, embedding: ReferenceEmbedding) -> list[_Spoken]:
        styles = list(dict.fromkeys(token.style for segment in reading.segments for token in segment.tokens))
        ways = {style: self._manner(_emotion(style, request)) for style in styles}
        conditions = {style: condition_of(_emotion(style, request), ways[style], embedding) for style in styles}
        own = [list(dict.fromkeys(token.style for token in segment.tokens)) for segment in reading.segments]
        rows = [(segment, style) for segment, names in zip(reading.segments, own, strict=True) for style in names]
        lengths = iter(self._lengths([(segment, conditions[style]) for segment, style in rows]))
        spoken = []
        for segment, names in zip(reading.segments, own, strict=True):
            owners = np.array([names.index(token.style) for token in segment.tokens])
            spoken.append(
                _Spoken(
                    segment=segment,
                    conditions=tuple(conditions[style] for style in names),
                    owners=owners,
                    lengths=_chosen([next(lengths) for _ in names], owners),
                    rates=np.array([ways[token.style].rate * token.style.speed for token in segment.tokens]),
                    pauses=np.array([ways[token.style].pauses for token in segment.tokens]),
                )
            )
        return spoken

    def _lengths(self, rows: Sequence[tuple[Segment, Condition]]) -> list[Lengths]:
        found: list[Lengths] = []
        for start in range(0, len(rows), _LENGTHS_AT_ONCE):
            batch = rows[start : start + _LENGTHS_AT_ONCE]
            ids, conditions = [segment.ids() for segment, _ in batch], [condition for _, condition in batch]
            found += self._bundle.plan_durations(ids, conditions)
        return found

    def _frames(
        self, line: prosody.Timeline, lines: Sequence[prosody.Timeline], request: SynthesisRequest
    ) -> list[prosody.Ints]:
        """Whole frames of every segment's tokens."""
        if request.duration is None:
            # Each by itself: what one segment is given does not hang on the others.
            return [prosody.frames_at_speed(own, request.speed) for own in lines]
        spec = self._bundle.spec
        whole = samples_of(request.duration, spec) // spec.hop
        least, most = prosody.total_range(line)
        if not least <= whole <= most:
            shortest, longest = (frames / spec.frames_per_second for frames in (least, most))
            raise OptionError("option_duration", seconds=request.duration, least=shortest, most=longest)
        borders = np.cumsum([len(own.length) for own in lines])[:-1]
        return np.split(prosody.frames_for_total(line, whole), borders)


def samples_of(seconds: float, spec: AudioSpec) -> int:
    return max(1, int(seconds * spec.sample_rate + 0.5))


def _emotion(style: Style, request: SynthesisRequest) -> EmotionVector:
    own = request.emotion if style.emotions is None else EmotionVector.of(dict(style.emotions))
    return own.weighted(request.emotion_weight)


def condition_of(emotion: EmotionVector, way: Manner, embedding: ReferenceEmbedding) -> Condition:
    """A voice that speaks with an emotion, in a manner that need not be the emotion's own."""
    return Condition(
        embedding=embedding,
        emotion=torch.tensor(emotion.values, dtype=torch.float32),
        pitch_shift_semitones=way.pitch_shift,
        pitch_range=way.pitch_range,
        energy_db=way.energy,
        pitch_slope=way.pitch_slope,
        tremor=way.tremor,
        breath=way.breath,
        tilt_db=way.tilt,
    )


def _chosen(lengths: Sequence[Lengths], owners: prosody.Ints) -> Lengths:
    """Each token's length under its own condition."""
    places = np.arange(len(owners))
    middle = np.stack([row.middle for row in lengths])[owners, places]
    deviation = np.stack([row.deviation for row in lengths])[owners, places]
    return replace(lengths[0], middle=middle, deviation=deviation)


def _draw(spoken: _Spoken, seed: int, amount: float) -> variation.Draw:
    return variation.draw(spoken.segment.tokens, seed, amount)


@dataclass(frozen=True, eq=False, slots=True)
class _Timed:
    """The time of a segment before any speed or duration, and its frames before any manner's rate, too."""

    line: prosody.Timeline
    natural: prosody.Ints


def _timed(spoken: Sequence[_Spoken], drawn: Sequence[variation.Draw], scale: float) -> list[_Timed]:
    """The time of each segment, which depends on no other one's seed; `scale` is that of pauses."""
    tokens = [part.segment.tokens for part in spoken]
    expected = [part.lengths.frames(draw.phones) for part, draw in zip(spoken, drawn, strict=True)]
    lines = prosody.apart(prosody.timeline(tokens, expected), [len(row) for row in tokens])
    varied = [prosody.with_tempo(line, draw.tempo) for line, draw in zip(lines, drawn, strict=True)]
    paused = [prosody.with_pauses(line, scale * part.pauses) for line, part in zip(varied, spoken, strict=True)]
    return [
        _Timed(prosody.at_rates(line, part.rates), prosody.frames_at_speed(line, 1.0))
        for line, part in zip(paused, spoken, strict=True)
    ]


def _parts(
    spoken: Sequence[_Spoken],
    drawn: Sequence[variation.Draw],
    timed: Sequence[_Timed],
    frames: Sequence[prosody.Ints],
    request: SynthesisRequest,
) -> tuple[SegmentPlan, ...]:
    parts = []
    for at, (part, draw, time, row) in enumerate(zip(spoken, drawn, timed, frames, strict=True)):
        tokens = part.segment.tokens
        exact = {place: _exact(token, int(row[place])) for place, token in enumerate(tokens) if token.seconds}
        if at and spoken[at - 1].segment.tokens[-1].seconds:
            # The pause before it ends within this segment.
            exact.setdefault(0, float(row[0]) / prosody.FRAMES_PER_SECOND)
        if request.duration is not None and at == len(spoken) - 1:
            exact.setdefault(len(tokens) - 1, CLOSING_SECONDS)
        parts.append(SegmentPlan(part.segment, part.conditions, part.owners, row, time.natural, draw, exact, time.line))
    return tuple(parts)


def _exact(token: Token, frames: int) -> float:
    """Seconds of a written pause, of which `frames` hold as much as whole frames can."""
    written = (token.seconds or 0.0) * prosody.FRAMES_PER_SECOND
    return (frames + written - int(written + 0.5)) / prosody.FRAMES_PER_SECOND


def _piece_seed(seed: int, part: int) -> int:
    # Segments with one seed would share their noise; neighbouring seeds must not share segments' either.
    return (seed * 1_000_003 + part * 7_919) % 2**63
