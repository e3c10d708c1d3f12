"""From requests to speech: read the text, plan its time, render the segments in batches, finish the wave."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from hashlib import sha256
from typing import Final, Self

import numpy as np
import torch
from numpy.typing import NDArray

from tts import prosody
from tts.audio import finish
from tts.audio.denoise import denoised
from tts.audio.quality import level, report, trim
from tts.audio.read import Clip
from tts.cache import MANIFEST, find_bundle
from tts.emotion import Manner, manner
from tts.errors import (
    DeviceError,
    InternalError,
    OptionError,
    ReferenceClipError,
    TextError,
    VoiceError,
    YinseError,
)
from tts.log import get_logger
from tts.models.bundle import Bundle, Condition, ReferenceEmbedding, load_bundle
from tts.settings import Settings, load_settings
from tts.speech import Speech, SynthesisRequest
from tts.text.phones import PAUSES
from tts.text.reader import Reader
from tts.text.reading import Reading, Segment, TokenIds
from tts.timings import SegmentTiming, WordTiming
from tts.voice import Consent, Voice

Wave = NDArray[np.float32]
Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]
# What is told of each segment as soon as it is rendered, in their order: its index and its unfinished wave (samples,).
Spoken = Callable[[int, Wave], None]

# What one call of the network may hold, padding included: more only costs memory, and waits before the first sign
# of progress. A processor gains little from batches.
_BATCH_SEGMENTS: Final = {"cpu": 1, "cuda": 32}
_BATCH_FRAMES: Final = {"cpu": 3000, "cuda": 40000}
# Longer pauses are rendered this long and filled with true silence: networks never heard longer ones, and learned
# from utterances that start and end with 40 ms.
_RENDERED_PAUSE: Final = 30
_FADE_SECONDS: Final = 0.01
_HEARD_AGAIN: Final = 16
# Short sentences, two a language, so that the voice is fitted to no single sound.
_PROBES: Final = (
    ("zh", "今天下午我们去公园走走，好不好？"),
    ("zh", "他说明年春天要回家乡看望父母。"),
    ("en", "The old man opened the window and looked at the sea."),
    ("en", "Please give me a little more time to think about it."),
)

log = get_logger(__name__)


@dataclass(frozen=True, eq=False, slots=True)
class _Plan:
    """A request with its text read and its time decided; `frames` has one row of whole frames a segment."""

    request: SynthesisRequest
    reading: Reading
    condition: Condition
    seed: int
    frames: tuple[prosody.Ints, ...]


class Synthesizer:
    """A loaded bundle that speaks. Not for several threads at once; `tts.engine` will queue for it."""

    def __init__(
        self, bundle: Bundle, settings: Settings, manners: Mapping[str, Manner] | None = None, edition: str = ""
    ) -> None:
        """`manners`: those of our configuration if not given; `edition` tells bundles of one name apart."""
        self.bundle = bundle
        self.settings = settings
        self._reader = Reader.of(settings)
        self._manner = partial(manner, manners=manners)
        self._voice_bundle = f"{bundle.name}#{edition}" if edition else bundle.name
        # Voices of older bundles; those of uploaded clips are nobody's to keep.
        self._heard_again: dict[bytes, ReferenceEmbedding] = {}

    @classmethod
    def open(cls, settings: Settings | None = None, device: str | None = None) -> Self:
        """Load the bundle that the settings name, on `device` (or the settings' one)."""
        settings = settings or load_settings()
        if settings.threads:
            torch.set_num_threads(settings.threads)
        chosen = choose_device(device or settings.device)
        path = find_bundle(settings)
        bundle = load_bundle(path, str(chosen))
        log.info("bundle_loaded", bundle=bundle.name, device=str(chosen))
        return cls(bundle, settings, edition=sha256((path / MANIFEST).read_bytes()).hexdigest()[:8])

    @property
    def device(self) -> str:
        """`cpu` or `cuda`."""
        return self.bundle.device.type

    def voice_from(
        self,
        clips: Sequence[Clip],
        name: str = "",
        consent: Consent | None = None,
        denoise: bool = False,
        fitted: bool = True,
    ) -> Voice:
        """The voice of one speaker out of one or several clips, if wanted without their noise; stored nowhere.

        It is fitted to what is heard of the speaker, which takes a few seconds on a processor. `fitted=False` is for
        voices that are not to speak, only to be compared.
        """
        if not clips:
            raise ReferenceClipError("clip_none")
        if denoise:
            clips = [denoised(clip) for clip in clips]
        wave = np.concatenate([level(trim(clip).wave) for clip in clips])
        least, most = self.settings.min_reference_seconds, self.settings.max_reference_seconds
        if len(wave) < self._samples(least):
            wave = np.concatenate([level(clip.wave) for clip in clips])
        wave = wave[: self._samples(most)]
        embedding = self._fitted(wave) if fitted else self._embed(wave)
        voice = Voice(embedding, report(_merged(clips)), self._voice_bundle, wave)
        return voice.named(name, consent) if name else voice

    def synthesize(
        self,
        request: SynthesisRequest,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
        spoken: Spoken | None = None,
    ) -> Speech:
        """Say one text. `progress` gets the share that is done and the segment just said; `cancelled` is asked
        between segments, and answered by `InternalError` internal_cancelled; `spoken` hears each segment at once.
        """
        (outcome,) = self.synthesize_batch([request], progress, cancelled, spoken)
        if isinstance(outcome, YinseError):
            raise outcome
        return outcome

    def synthesize_batch(
        self,
        requests: Sequence[SynthesisRequest],
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
        spoken: Spoken | None = None,
    ) -> list[Speech | YinseError]:
        """Say several texts, their segments batched together; an error stands in the place of what it stopped.

        `cancelled` stops them all. `spoken` does not tell requests apart.
        """
        outcomes: dict[int, Speech | YinseError] = {}
        plans: dict[int, _Plan] = {}
        for index, request in enumerate(requests):
            _stop_if(cancelled)
            try:
                plans[index] = self._plan(request)
            except YinseError as error:
                outcomes[index] = error
        places = [(index, part) for index, plan in plans.items() for part in range(len(plan.frames))]
        pieces: dict[int, list[Wave]] = {index: [] for index in plans}
        done = 0
        for batch in self._batches(places, plans):
            _stop_if(cancelled)
            batch = [place for place in batch if place[0] not in outcomes]
            if not batch:
                continue
            try:
                waves = self._render(batch, plans)
            except YinseError as error:
                outcomes |= dict.fromkeys({index for index, _ in batch}, error)
                continue
            for (index, part), wave in zip(batch, waves, strict=True):
                plan, done = plans[index], done + 1
                pieces[index].append(wave)
                if spoken:
                    spoken(part, wave)
                if len(pieces[index]) == len(plan.frames):
                    outcomes[index] = self._finish(plan, pieces.pop(index))
                if progress:
                    progress(done / len(places), plan.reading.segments[part].text)
        return [outcomes[index] for index in range(len(requests))]

    def _samples(self, seconds: float) -> int:
        return max(1, int(seconds * self.bundle.spec.sample_rate + 0.5))

    def _embed(self, wave: Wave) -> ReferenceEmbedding:
        return self.bundle.embed(torch.from_numpy(np.ascontiguousarray(wave, dtype=np.float32)))

    def _fitted(self, wave: Wave) -> ReferenceEmbedding:
        return self.bundle.fitted(self._embed(wave), self._probes)

    @cached_property
    def _probes(self) -> list[TokenIds]:
        """What a voice says while it is fitted."""
        texts = [(text, name) for name, text in _PROBES if name in self.bundle.languages]
        return [self._reader.read(text, name).segments[0].ids() for text, name in texts]

    def _embedding(self, voice: Voice) -> ReferenceEmbedding:
        if voice.bundle == self._voice_bundle:
            return voice.embedding
        if len(voice.reference) < self._samples(self.settings.min_reference_seconds):
            raise VoiceError("voice_bundle", name=voice.name, bundle=voice.bundle)
        # A newer model hears the speaker in its own way, so that an embedding of another one means nothing to it.
        key = sha256(voice.reference.tobytes()).digest()
        if key not in self._heard_again:
            self._heard_again[key] = self._fitted(voice.reference)
            if len(self._heard_again) > _HEARD_AGAIN:
                del self._heard_again[next(iter(self._heard_again))]
        return self._heard_again[key]

    def _plan(self, request: SynthesisRequest) -> _Plan:
        if len(request.text) > (limit := self.settings.max_text_characters):
            raise TextError("text_too_long", characters=len(request.text), limit=limit)
        reading = self._reader.read(
            request.text, request.language, glossary=request.glossary, longest=request.longest, emoji=request.emoji
        )
        if reading.language not in self.bundle.languages:
            raise TextError("text_language", language=reading.language, known=", ".join(self.bundle.languages))
        emotion = request.emotion.weighted(request.emotion_weight)
        way = self._manner(emotion)
        condition = Condition(
            embedding=self._embedding(request.voice),
            emotion=torch.tensor(emotion.values, dtype=torch.float32),
            pitch_shift_semitones=way.pitch_shift,
            pitch_range=way.pitch_range,
            energy_db=way.energy,
        )
        seed = secrets.randbelow(2**31) if request.seed is None else request.seed
        tokens = [segment.tokens for segment in reading.segments]
        natural = self._natural(reading.segments, condition, seed, request.variation)
        line = prosody.timeline(tokens, natural)
        line = prosody.at_rate(prosody.with_pauses(line, request.pause_scale), way.rate)
        frames = self._frames(line, request)
        rows = np.split(frames, np.cumsum([len(row) for row in tokens])[:-1])
        return _Plan(request, reading, condition, seed, tuple(rows))

    def _natural(
        self, segments: Sequence[Segment], condition: Condition, seed: int, variation: float
    ) -> list[prosody.Floats]:
        """Natural durations of every segment's tokens, in frames."""
        step = _BATCH_SEGMENTS["cuda"]
        durations: list[prosody.Floats] = []
        for start in range(0, len(segments), step):
            ids = [segment.ids() for segment in segments[start : start + step]]
            seeds = [_piece_seed(seed, start + part) for part in range(len(ids))]
            planned = self.bundle.plan_durations(ids, [condition] * len(ids), seeds, variation)
            durations += [np.asarray(row, np.float64) for row in planned]
        return durations

    def _frames(self, line: prosody.Timeline, request: SynthesisRequest) -> prosody.Ints:
        if request.duration is None:
            return prosody.frames_at_speed(line, request.speed)
        spec = self.bundle.spec
        whole, part = divmod(self._samples(request.duration), spec.hop)
        least, most = prosody.total_range(line)
        if not least <= whole <= most:
            shortest, longest = (frames / spec.frames_per_second for frames in (least, most))
            raise OptionError("option_duration", seconds=request.duration, least=shortest, most=longest)
        frames = prosody.frames_for_total(line, whole)
        # The frame that will be cut is one more of silence, so that what is left of it still lasts 40 ms.
        frames[-1] += 1 if part else 0
        return frames

    def _batches(
        self, places: Iterable[tuple[int, int]], plans: Mapping[int, _Plan]
    ) -> Iterator[list[tuple[int, int]]]:
        """Neighbouring segments of one variation, as many as one call of the network may hold."""
        segments, frames = _BATCH_SEGMENTS[self.device], _BATCH_FRAMES[self.device]
        batch: list[tuple[int, int]] = []
        longest = 0
        for index, part in places:
            length = int(plans[index].frames[part].sum())
            longest = max(longest, length)
            full = len(batch) == segments or longest * (len(batch) + 1) > frames
            if batch and (full or plans[index].request.variation != plans[batch[0][0]].request.variation):
                yield batch
                batch, longest = [], length
            batch.append((index, part))
        if batch:
            yield batch

    def _render(self, batch: Sequence[tuple[int, int]], plans: Mapping[int, _Plan]) -> list[Wave]:
        """A wave for each (request, segment) of a batch, of the planned length."""
        owners = [plans[index] for index, _ in batch]
        segments = [plans[index].reading.segments[part] for index, part in batch]
        frames = [plans[index].frames[part] for index, part in batch]
        rendered = [_rendered_frames(segment, row) for segment, row in zip(segments, frames, strict=True)]
        try:
            waves = self.bundle.render(
                [segment.ids() for segment in segments],
                rendered,
                [plan.condition for plan in owners],
                [_piece_seed(plan.seed, part) for plan, (_, part) in zip(owners, batch, strict=True)],
                owners[0].request.variation,
            )
        except torch.OutOfMemoryError:
            raise DeviceError("device_memory", device=self.device) from None
        hop, fade = self.bundle.spec.hop, int(_FADE_SECONDS * self.bundle.spec.sample_rate)
        return [_with_silence(*row, hop, fade) for row in zip(waves, rendered, frames, strict=True)]

    def _finish(self, plan: _Plan, pieces: Sequence[Wave]) -> Speech:
        rate, request = self.bundle.spec.sample_rate, plan.request
        wave = finish.loudness(finish.join(pieces))
        if request.duration is not None:
            wave = finish.exact_length(wave, self._samples(request.duration))
        segments, words = _timings(plan, self.bundle.spec.hop / rate)
        warnings = []
        if request.duration is not None and request.speed != 1.0:
            warnings.append("speed_ignored")
        if plan.reading.unsayable:
            warnings.append("text_left_out")
        return Speech(
            wave, rate, plan.seed, plan.reading.language, segments, words, tuple(warnings), plan.reading.unsayable
        )


def choose_device(wanted: str) -> torch.device:
    """`auto`, `cpu` or `cuda` -> the device; `DeviceError` for a graphics card that is not there."""
    present = torch.cuda.is_available()
    if wanted == "cuda" and not present:
        raise DeviceError("device_absent", device=wanted, known="auto, cpu")
    return torch.device("cuda" if present and wanted != "cpu" else "cpu")


def _stop_if(cancelled: Cancelled | None) -> None:
    if cancelled and cancelled():
        raise InternalError("internal_cancelled")


def _piece_seed(seed: int, part: int) -> int:
    # Segments with one seed would share their noise; neighbouring seeds must not share segments' either.
    return (seed * 1_000_003 + part * 7_919) % 2**63


def _rendered_frames(segment: Segment, frames: prosody.Ints) -> prosody.Ints:
    """The frames of each token (L,) that the network renders; the rest of a long pause will be true silence."""
    is_pause = np.array([token.phone in PAUSES for token in segment.tokens])
    most = np.where(is_pause, _RENDERED_PAUSE, frames)
    most[[0, -1]] = prosody.EDGE_FRAMES
    return np.minimum(frames, most)


def _with_silence(wave: Wave, rendered: prosody.Ints, frames: prosody.Ints, hop: int, fade: int) -> Wave:
    """Put what was not rendered of each pause into its middle, so that the wave lasts the sum of `frames`."""
    longer = np.flatnonzero(frames > rendered)
    if not len(longer):
        return wave
    middles = [int((rendered[:place].sum() + rendered[place] / 2) * hop) for place in longer]
    parts: list[Wave] = []
    for place, start, end in zip([-1, *longer], [0, *middles], [*middles, len(wave)], strict=True):
        part = wave[start:end].copy()
        if place >= 0:
            parts.append(np.zeros(int(frames[place] - rendered[place]) * hop, np.float32))
            part[:fade] *= np.linspace(0, 1, len(part[:fade]), dtype=np.float32)
        if end < len(wave):
            part[-fade:] *= np.linspace(1, 0, len(part[-fade:]), dtype=np.float32)
        parts.append(part)
    return np.concatenate(parts)


def _timings(plan: _Plan, frame: float) -> tuple[tuple[SegmentTiming, ...], tuple[WordTiming, ...]]:
    """When segments and words are said; `frame` is the length of a frame in seconds."""
    segments, words, before = [], [], 0
    for index, (segment, frames) in enumerate(zip(plan.reading.segments, plan.frames, strict=True)):
        ends = before + np.cumsum(frames)
        starts = ends - frames
        before = int(ends[-1])
        said = [at for at, token in enumerate(segment.tokens) if token.phone not in PAUSES]
        for number, word in enumerate(segment.words):
            if own := [at for at in said if segment.tokens[at].word == number]:
                words.append(WordTiming(word.text, _at(starts[own[0]], frame), _at(ends[own[-1]], frame), index))
        segments.append(SegmentTiming(segment.text, _at(starts[said[0]], frame), _at(ends[said[-1]], frame)))
    return tuple(segments), tuple(words)


def _at(frames: int, frame: float) -> float:
    return round(float(frames) * frame, 4)


def _merged(clips: Sequence[Clip]) -> Clip:
    """All clips of a speaker as one, for the report."""
    wave = np.concatenate([clip.wave for clip in clips])
    seconds = sum(clip.source_seconds for clip in clips)
    return replace(clips[0], wave=wave, source_seconds=seconds, bandwidth_hz=max(clip.bandwidth_hz for clip in clips))
