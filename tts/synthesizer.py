"""From requests to speech: plan them, render their segments in batches, finish the waves."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from hashlib import sha256
from typing import Final, Self

import numpy as np
import torch
from numpy.typing import NDArray

from tts import probes, prosody, silence
from tts.audio import finish
from tts.audio.denoise import denoised
from tts.audio.quality import level, merged, report, trim
from tts.audio.read import Clip
from tts.audio.stretch import BEST_SECONDS, Stretch, best_stretch
from tts.cache import MANIFEST, find_bundle
from tts.emotion import EXPRESSED, MANNERS, EmotionVector, Manner, manner, read_manners
from tts.errors import (
    DeviceError,
    InternalError,
    ReferenceClipError,
    VoiceError,
    YinseError,
)
from tts.likeness import SHORTEST_SECONDS, Likeness
from tts.log import get_logger
from tts.models.bundle import Bundle
from tts.models.emotion_encoder import HEARD
from tts.models.folder import load_bundle
from tts.models.utterance import ReferenceEmbedding
from tts.plan import Plan, Planner, SegmentPlan, samples_of
from tts.settings import Settings, load_settings
from tts.silence import Piece
from tts.speakers import LEAST_TO_TELL, STRANGER, parted, strangers, windows
from tts.speech import Speech, SynthesisRequest, TimeRange
from tts.text.reader import Reader
from tts.text.reading import TokenIds
from tts.voice import Consent, Voice

Wave = NDArray[np.float32]
Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]
# Hears each segment as soon as it is made, one after the other: its wave (samples,).
Spoken = Callable[[Wave], None]

# What one call of the network may hold, padding included: more only costs memory, and waits before the first sign
# of progress. A processor gains little from batches.
_BATCH_SEGMENTS: Final = {"cpu": 1, "cuda": 32}
_BATCH_FRAMES: Final = {"cpu": 3000, "cuda": 40000}
_HEARD_AGAIN: Final = 16

log = get_logger(__name__)


@dataclass(frozen=True, eq=False, slots=True)
class _Item:
    """A segment to be rendered, and its place: which request, which of its segments."""

    request: int
    segment: int
    part: SegmentPlan


class Synthesizer:
    """A loaded bundle that speaks. Not for several threads at once; `tts.engine` will queue for it."""

    def __init__(
        self, bundle: Bundle, settings: Settings, manners: Mapping[str, Manner] | None = None, edition: str = ""
    ) -> None:
        """`manners`: those of our configuration if not given; `edition` tells bundles of one name apart."""
        self.bundle = bundle
        self.settings = settings
        self._reader = Reader.of(settings)
        known = manners or read_manners(EXPRESSED if bundle.expression else MANNERS)
        self._manner = partial(manner, manners=known)
        self._planner = Planner(bundle, self._reader, self._manner, settings.max_text_characters)
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
        waves = [level(trim(clip).wave) for clip in clips]
        least, most = self.settings.min_reference_seconds, self.settings.max_reference_seconds
        if sum(map(len, waves)) < self._samples(least):
            waves = [level(clip.wave) for clip in clips]
        wave = np.concatenate(waves)
        found = report(merged(clips))
        if len(wave) > self._samples(most):
            found = replace(found, warnings=("clip_excess", *found.warnings))
        wave = wave[: self._samples(most)]
        if fitted:
            names = [clip.name for clip in clips]
            found = found.told_apart(self._speakers(wave), tuple(names[place] for place in self._strangers(waves)))
        embedding = self._fitted(wave) if fitted else self._embed(wave)
        voice = Voice(embedding, found, self._voice_bundle, wave)
        return voice.named(name, consent) if name else voice

    def stretch_of(self, clip: Clip, seconds: float = BEST_SECONDS) -> Stretch:
        """The best stretch of a long clip to clone from, of one person alone where there are two."""
        found = windows(clip.wave)
        foreign = found.spans[parted(self.bundle.xvectors(found.waves))]
        return best_stretch(clip.wave, seconds, foreign)

    def _speakers(self, wave: Wave) -> int:
        """How many people are suspected in (samples,): 1, or 2 for more; 0 where it is too short to tell."""
        found = windows(wave)
        if len(found.waves) < LEAST_TO_TELL:
            return 0
        return 1 + int(parted(self.bundle.xvectors(found.waves)).any())

    def _strangers(self, waves: Sequence[Wave]) -> tuple[int, ...]:
        """Places of the waves, of several, that are of somebody else; those that are too short are nobody's."""
        places = [place for place, wave in enumerate(waves) if len(wave) >= self._samples(STRANGER[0][0])]
        if len(places) < 2:
            return ()
        shortest = min(len(waves[place]) for place in places) / self.bundle.spec.sample_rate
        xvectors = [self.bundle.xvectors(waves[place][None])[0] for place in places]
        return tuple(places[found] for found in strangers(xvectors, shortest))

    def emotion_of(self, clip: Clip) -> EmotionVector:
        """The emotion that is heard in a clip of anybody. `BundleError` where the bundle has no emotion encoder."""
        wave = level(trim(clip).wave)
        if len(wave) < self._samples(self.settings.min_reference_seconds):
            wave = level(clip.wave)
        wave = np.ascontiguousarray(wave[: self._samples(self.settings.max_reference_seconds)], np.float32)
        return EmotionVector.heard(dict(zip(HEARD, self.bundle.emotions(wave), strict=True)))

    def likeness(self, voice: Voice, wave: Wave) -> Likeness:
        """How alike the speakers of a voice's reference and of (samples,) that it said are heard."""
        rate = self.bundle.spec.sample_rate
        least = self._samples(SHORTEST_SECONDS)
        said = trim(Clip(wave, rate, 1, len(wave) / rate, rate / 2)).wave if len(wave) >= least else wave
        if len(said) < least:
            return Likeness(None)
        heard = torch.from_numpy(level(said[: self._samples(self.settings.max_reference_seconds)]))
        return Likeness(float(self.bundle.xvector(heard).cpu() @ self._embedding(voice).xvector))

    @property
    def edition(self) -> str:
        """Name and edition of the bundle: another one says the same request in another way."""
        return self._voice_bundle

    def time_range(self, request: SynthesisRequest) -> TimeRange:
        """How long a request lasts and which durations it may be given, whatever duration it has; nothing is said.

        Raises as `synthesize` does for a text that cannot be.
        """
        plan = self._plan(replace(request, duration=None))
        natural = sum(int(part.frames.sum()) for part in plan.parts)
        return TimeRange(*(frames / prosody.FRAMES_PER_SECOND for frames in (natural, *prosody.total_range(plan.line))))

    def synthesize(
        self,
        request: SynthesisRequest,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
        spoken: Spoken | None = None,
    ) -> Speech:
        """Say one text. `progress` gets the share that is done and the segment just said; `cancelled` is asked
        between segments, and answered by `InternalError` internal_cancelled; `spoken` hears each segment as soon as it
        is made: one after the other they are the wave of the result.
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
        plans: dict[int, Plan] = {}
        for index, request in enumerate(requests):
            _stop_if(cancelled)
            try:
                plans[index] = self._plan(request)
            except YinseError as error:
                outcomes[index] = error
        pieces: dict[int, dict[int, Piece]] = {index: {} for index in plans}
        work = self._work(plans)
        left = Counter(item.request for item in work)
        done = 0
        for batch in self._batches(work):
            _stop_if(cancelled)
            batch = [item for item in batch if item.request not in outcomes]
            if not batch:
                continue
            try:
                waves = self._render([item.part for item in batch])
                made = [self._piece(plans[item.request], item, wave) for item, wave in zip(batch, waves, strict=True)]
            except YinseError as error:
                outcomes |= dict.fromkeys({item.request for item in batch}, error)
                continue
            for item, piece in zip(batch, made, strict=True):
                done += 1
                left[item.request] -= 1
                pieces[item.request][item.segment] = piece
                if spoken and item.part is plans[item.request].parts[item.segment]:
                    spoken(piece.wave)
                if not left[item.request]:
                    outcomes[item.request] = self._finish(plans[item.request], pieces.pop(item.request))
                if progress:
                    progress(done / len(work), item.part.segment.text)
        return [outcomes[index] for index in range(len(requests))]

    def remake(self, request: SynthesisRequest, speech: Speech, cancelled: Cancelled | None = None) -> Speech:
        """`speech` with some segments said anew: those whose `segment_seeds` the request changes; all other samples
        stay. Otherwise the request has to be the one that made the speech. `cancelled` is as that of `synthesize`.

        ValueError for a request of another text.
        """
        plan = self._plan(replace(request, seed=speech.seed))
        if [part.segment.text for part in plan.parts] != [segment.text for segment in speech.segments]:
            raise ValueError("the speech is not of this text")
        borders = np.cumsum([ends[-1] for ends in speech.pieces])[:-1]
        waves = np.split(speech.wave, borders)
        pieces = {
            at: Piece(wave, np.array(ends)) for at, (wave, ends) in enumerate(zip(waves, speech.pieces, strict=True))
        }
        for at, part in enumerate(plan.parts):
            if speech.segment_seeds.get(at) != request.segment_seeds.get(at):
                _stop_if(cancelled)
                (wave,) = self._render([part])
                pieces[at] = self._piece(plan, _Item(0, at, part), wave)
        return self._finish(plan, pieces)

    def _samples(self, seconds: float) -> int:
        return samples_of(seconds, self.bundle.spec)

    def _embed(self, wave: Wave) -> ReferenceEmbedding:
        return self.bundle.embed(torch.from_numpy(np.ascontiguousarray(wave, dtype=np.float32)))

    def _fitted(self, wave: Wave) -> ReferenceEmbedding:
        embedding = self._embed(wave)
        return self.bundle.fitted(embedding, self._probes, probes.moved(embedding, self._manner))

    @cached_property
    def _probes(self) -> list[TokenIds]:
        """What a voice says while it is fitted."""
        return probes.texts(self._reader, self.bundle.languages)

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

    def _plan(self, request: SynthesisRequest) -> Plan:
        return self._planner.plan(request, self._embedding(request.voice))

    def _work(self, plans: Mapping[int, Plan]) -> list[_Item]:
        """What is to be rendered, in order; of a segment that comes twice the later one holds."""
        work = []
        for index, plan in plans.items():
            first = [_Item(index, at, part) for at, part in enumerate(plan.first)]
            parts = [_Item(index, at, part) for at, part in enumerate(plan.parts)]
            if plan.parts is plan.first or _BATCH_SEGMENTS[self.device] == 1:
                work += parts
            else:
                # In a batch the last bits of a row hang on its company, so the others are computed in the same one.
                work += first + [item for item in parts if item.segment in plan.request.segment_seeds]
        return work

    def _batches(self, work: Iterable[_Item]) -> Iterator[list[_Item]]:
        """Neighbouring segments, as many as one call of the network may hold."""
        segments, frames = _BATCH_SEGMENTS[self.device], _BATCH_FRAMES[self.device]
        batch: list[_Item] = []
        rows = longest = 0
        for item in work:
            own, length = len(item.part.conditions), int(item.part.frames.sum())
            rows, longest = rows + own, max(longest, length)
            if batch and (rows > segments or longest * rows > frames):
                yield batch
                batch, rows, longest = [], own, length
            batch.append(item)
        if batch:
            yield batch

    def _render(self, parts: Sequence[SegmentPlan]) -> list[Wave]:
        """What the network says of each segment, as long as its rendered frames."""
        try:
            return self.bundle.render([part.utterance() for part in parts])
        except torch.OutOfMemoryError:
            raise DeviceError("device_memory", device=self.device) from None

    def _piece(self, plan: Plan, item: _Item, wave: Wave) -> Piece:
        """A rendered segment as it stands in the output, whatever its neighbours."""
        spec, part, last = self.bundle.spec, item.part, len(plan.parts) - 1
        if plan.request.duration is None or not part.exact:
            piece = silence.settled(wave, part, spec)
        else:
            samples = int(part.frames.sum()) * spec.hop
            if item.segment == last:
                samples += self._samples(plan.request.duration) % spec.hop
            piece = silence.fitted(part, samples, lambda again: self._render([again])[0], wave, spec)
        return replace(piece, wave=finish.piece(piece.wave, opens=item.segment == 0, closes=item.segment == last))

    def _finish(self, plan: Plan, pieces: Mapping[int, Piece]) -> Speech:
        rate, request = self.bundle.spec.sample_rate, plan.request
        ends = tuple(tuple(pieces[at].ends.tolist()) for at in range(len(plan.parts)))
        timings = plan.timings(ends, rate)
        warnings = []
        if request.duration is not None and request.speed != 1.0:
            warnings.append("speed_ignored")
        if plan.reading.unsayable:
            warnings.append("text_left_out")
        return Speech(
            wave=np.concatenate([pieces[at].wave for at in range(len(plan.parts))]),
            sample_rate=rate,
            seed=plan.seed,
            language=plan.reading.language,
            segments=timings.segments,
            words=timings.words,
            phones=timings.phones,
            pieces=ends,
            segment_seeds=request.segment_seeds,
            warnings=tuple(warnings),
            left_out=plan.reading.unsayable,
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
