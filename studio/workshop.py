"""What all handlers share: the engine, and what every browser keeps here."""

import asyncio
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

from studio.ear import Ear, kind_of
from studio.examples import FOLDER, read_examples
from studio.exports import Exports
from studio.glossaries import Glossaries
from studio.manner import Manner
from studio.presets import Presets
from studio.reference import Reference
from studio.references import References
from studio.store import DAY, Store
from studio.takes import Take, Takes
from studio.voices import Voices
from studio.wishes import MOST_TAKES, SEEDS, Wish
from tts.audio.read import Clip, Limits, read_clip
from tts.audio.spec import AudioSpec
from tts.engine.engine import Engine, speak
from tts.engine.jobs import Job, JobQueue, State, Step
from tts.errors import (
    AudioWriteError,
    BusyError,
    InternalError,
    OptionError,
    ReferenceClipError,
    TextError,
    VoiceError,
    YinseError,
)
from tts.log import get_logger
from tts.settings import Settings
from tts.speech import Speech
from tts.synthesizer import Synthesizer
from tts.text.reader import Reader
from tts.text.reading import Reading
from tts.voice import read_reference

log = get_logger(__name__)

# Longer waits are worse than being told to come back.
LONGEST_QUEUE: Final = 8
JOB_SECONDS: Final = DAY
# Making a voice takes about as long as saying this many segments, which tells its share in the progress of a job.
VOICE_SEGMENTS: Final = 10
_LOOK_SECONDS: Final = 0.05
# What is noted of a job that has not ended.
_END: Final[Mapping[str, str]] = {"ended": "", "code": ""}

Found = TypeVar("Found")


class Workshop:
    """Owns the engine and the things of all browsers; `open` and `close` frame its life.

    `load` makes the synthesizer, on the worker's thread, which alone may use it; `on_failure` is called if it cannot.
    `device` is the line that names it, with marks for its words.
    """

    def __init__(
        self,
        settings: Settings,
        load: Callable[[], Synthesizer],
        on_failure: Callable[[Exception], None] = lambda error: None,
        device: str = "",
    ) -> None:
        folder = settings.data_dir / "studio"
        self.settings = settings
        self.device = device
        self.engine: Engine[str] = Engine(load, longest=LONGEST_QUEUE, on_failure=on_failure, on_end=self._note_end)
        self.store = Store(folder / "studio.sqlite")
        self.takes = Takes(self.store, folder / "takes", settings)
        self.ear = Ear(self.engine, self.takes)
        self.presets = Presets(self.store)
        self.glossaries = Glossaries(self.store, settings.max_text_characters)
        self.exports = Exports(self.store)
        self.voices = Voices(self.store, folder / "voices")
        self.references = References(self.store, folder / "clips", settings.reference_hours, self._chosen_again)
        #: What else is to be done at every sweep.
        self.sweepers: list[Callable[[], None]] = []
        self._examples: dict[str, Reference] = {}
        self._reader = Reader.of(settings)
        self._closing = threading.Event()

    @property
    def jobs(self) -> JobQueue[str]:
        return self.engine.jobs

    @property
    def ready(self) -> bool:
        """Whether the model is loaded."""
        return self.engine.ready

    def open(self) -> None:
        """Say how the jobs of a killed process ended, and begin to load the model."""
        self._end_unfinished()
        self.takes.open()
        self.voices.open()
        self.references.open()
        self.engine.open()

    def close(self) -> None:
        """Stop the work; what was finished stays."""
        self._closing.set()
        self.engine.close()
        self._end_unfinished()
        self.store.close()

    def sweep(self) -> None:
        """Let go what nobody used for long, and what is older than the settings allow."""
        self.references.sweep()
        self.takes.sweep()
        self.engine.jobs.forget(JOB_SECONDS)
        self.store.drop(self.store.overdue("job", JOB_SECONDS))
        for sweeper in self.sweepers:
            sweeper()

    def read(self, text: str, manner: Manner) -> Reading:
        """The text as it will be said, on any thread. Raises what the reader raises, and text_too_long."""
        limit = self.settings.max_text_characters
        if len(text) > limit:
            raise TextError("text_too_long", characters=len(text), limit=limit)
        return self._reader.read(text, **manner.options())

    def warm(self) -> None:
        """Load the dictionaries of every language, which takes seconds, before the first text comes."""
        try:
            self.read("你好，hello、こんにちは。안녕하세요.", Manner())
        except Exception:
            # The first text will meet it again, and tell the person.
            log.exception("warming_failed")

    def prepare(self, owner: str, reference: Reference) -> Job[str] | None:
        """Make the voice of a reference while the person is writing, aside from what is waited for.

        None where it is made, or the queue is full.
        """
        if reference.complete:
            return None
        if reference.job is not None and reference.job.state is not State.CANCELLED and not reference.job.cancelled():
            return reference.job

        def make(synthesizer: Synthesizer, job: Job[str]) -> str:
            for part in reference.unheard:
                reference.best[part.digest] = synthesizer.stretch_of(part.clip)
            if job.cancelled():
                raise InternalError("internal_cancelled")
            reference.spoken_by(synthesizer)
            self.references.keep_voice(reference)
            return ""

        try:
            reference.job = self.engine.submit(owner, make, aside=True)
        except BusyError:
            # The speech that needs it will make it.
            return None
        return reference.job

    async def aside(self, owner: str, kind: str, work: Callable[[Synthesizer], Found]) -> Found:
        """What the worker finds out beside the speech that is waited for; raises what the work raises.

        A newer question of one kind goes over an older one of the same owner, which ends as internal_cancelled.
        """
        found: list[Found] = []

        def find(synthesizer: Synthesizer, job: Job[str]) -> str:
            found.append(work(synthesizer))
            return ""

        job = self.engine.submit(f"{owner}/{kind}", find, aside=True)
        try:
            while not (job.state.ended or self._closing.is_set()):
                await asyncio.sleep(_LOOK_SECONDS)
        finally:
            # Whoever asked may be gone.
            job.cancel()
        if job.error is not None:
            raise job.error
        if not found:
            raise InternalError("internal_cancelled")
        return found[0]

    def example(self, identity: str) -> Reference:
        """An example voice, the same for everybody; it is read and fitted once."""
        if identity not in self._examples:
            found = next((example for example in read_examples() if example.id == identity), None)
            if found is None:
                raise ReferenceClipError("clip_gone")
            name = f"{found.name}.flac"
            clip = read_clip((FOLDER / f"{found.id}.flac").read_bytes(), limits=Limits.of(self.settings), name=name)
            self._examples[identity] = Reference.of(clip, name, {"kind": "example", "id": found.id})
        return self._examples[identity]

    def of_library(self, owner: str, identity: str) -> Reference:
        """A voice that the owner keeps; raises as `Voices.get`."""
        kept = self.voices.get(owner, identity)
        wave, rate = read_reference(kept.path), AudioSpec.sample_rate
        clip = Clip(wave, rate, 1, len(wave) / rate, kept.card.report.bandwidth_hz, kept.name)
        return Reference.of(clip, kept.name, {"kind": "voice", "id": identity}, self.voices.voice(owner, identity))

    def reference_of(self, owner: str, take: Take) -> Reference:
        """Whose voice a take is, if that is still here or the same clip was given again.

        `AudioWriteError` output_voice_gone where it is not.
        """
        source = take.settings.get("source", {})
        try:
            same = self.references.find(owner, str(source.get("digest")))
            return same or self._chosen_again(owner, source)
        except (ReferenceClipError, VoiceError):
            raise AudioWriteError("output_voice_gone", name=str(source.get("name", ""))) from None

    def _chosen_again(self, owner: str, source: Mapping[str, str]) -> Reference:
        """What was chosen, by its source; `ReferenceClipError` or `VoiceError` where it is gone."""
        if source.get("kind") == "example":
            return self.example(str(source["id"]))
        if source.get("kind") == "voice":
            return self.of_library(owner, str(source["id"]))
        raise ReferenceClipError("clip_gone")

    async def likened(self, owner: str, take: Take) -> Take:
        """The take with its likeness to its reference, which is measured now if it is not yet.

        `AudioWriteError` output_voice_gone where the reference is not there any more.
        """
        if take.likeness is None:
            reference = await asyncio.to_thread(self.reference_of, owner, take)
            compare = partial(self.ear.compare, owner, [take.id], reference.spoken_by)
            await self.aside(owner, kind_of(take.id), compare)
            take = self.takes.get(owner, take.id)
        return take

    def remake(self, owner: str, identity: str, segment: int, takes: int = 1) -> Job[str]:
        """Say one segment of a take anew, by seeds of its own, in so many ways; each is a new take, the last one the
        outcome, and the old one stays among those to choose of.

        `AudioWriteError` where the take or its voice is gone, or another model made it; `OptionError` for too many.
        """
        if not 1 <= takes <= MOST_TAKES:
            raise OptionError("option_value", option="--takes", value=takes, expected=f"1 .. {MOST_TAKES}")
        take = self.takes.get(owner, identity)
        if not take.pieces or not 0 <= segment < len(take.segments):
            raise AudioWriteError("output_not_remade")
        reference = self.reference_of(owner, take)
        wish = replace(Wish.of(take.settings.get("emotion"), take.settings), settings=take.settings)
        self.takes.make_room(owner)
        job = self.engine.submit(owner, partial(self._remake, owner, reference, wish, take, segment, takes))
        self.store.put(owner, "job", "", _END, identity=f"job-{job.id}", over=False)
        return job

    def submit(self, owner: str, reference: Reference, wishes: Sequence[Wish]) -> Job[str]:
        """Queue wishes for one text, takes of it to choose among; the first will have the id of the job, which is the
        outcome too.

        Errors of the text come at once, without waiting for the worker.
        """
        segments = len(self.read(wishes[0].text, wishes[0].manner).segments)
        self.takes.make_room(owner)
        job = self.engine.submit(owner, partial(self._speak, owner, reference, wishes, segments))
        # It may have ended already.
        self.store.put(owner, "job", "", _END, identity=f"job-{job.id}", over=False)
        return job

    def last_end(self, owner: str) -> tuple[Take | None, YinseError | None]:
        """What came of the owner's last job, if that was in an earlier life of this process."""
        jobs = self.store.all(owner, "job", limit=1)
        if not jobs:
            return None, None
        if jobs[0].content["code"] == "internal_restarted":
            return None, InternalError("internal_restarted")
        try:
            return self.takes.shown(owner, jobs[0].id.removeprefix("job-")), None
        except YinseError:
            return None, None

    def _speak(
        self,
        owner: str,
        reference: Reference,
        wishes: Sequence[Wish],
        segments: int,
        synthesizer: Synthesizer,
        job: Job[str],
    ) -> str:
        began = time.monotonic()
        heard = 0.0 if reference.voice else VOICE_SEGMENTS / (VOICE_SEGMENTS + segments * len(wishes))
        voice = reference.spoken_by(synthesizer)
        job.report(heard)
        share = (1 - heard) / len(wishes)
        speeches = []
        for number, wish in enumerate(wishes):
            before = heard + number * share
            speeches.append(
                speak(
                    synthesizer, wish.request(voice), job, segments=segments, before=before, until=before + share,
                    aloud=not number,
                )
            )  # fmt: skip
            # What follows is no sound any more.
            job.sound.end()
        names = [job.id, *(secrets.token_urlsafe(16) for _ in wishes[1:])]
        took = (time.monotonic() - began) / len(wishes)
        made = dict(zip(names, zip(speeches, wishes, strict=True), strict=True))
        self._keep(owner, made, reference, took, synthesizer, names if len(names) > 1 else ())
        return job.id

    def _remake(
        self,
        owner: str,
        reference: Reference,
        wish: Wish,
        take: Take,
        segment: int,
        takes: int,
        synthesizer: Synthesizer,
        job: Job[str],
    ) -> str:
        if synthesizer.edition != take.edition:
            raise AudioWriteError("output_not_remade")
        request, before = wish.request(reference.spoken_by(synthesizer)), take.speech()
        names = [*(secrets.token_urlsafe(16) for _ in range(takes - 1)), job.id]
        speeches, began = [], time.monotonic()
        for number in range(takes):
            job.report((number + 0.5) / takes, Step(segment + 1, len(take.segments), take.segments[segment].text))
            seeds = {**take.segment_seeds, segment: secrets.randbelow(SEEDS)}
            try:
                said = synthesizer.remake(replace(request, segment_seeds=seeds), before, job.cancelled)
            except ValueError:
                # Its text is read in another way by now: by settings or rules that have changed.
                raise AudioWriteError("output_not_remade") from None
            speeches.append(said)
        took = (time.monotonic() - began) / takes
        made = {name: (speech, wish) for name, speech in zip(names, speeches, strict=True)}
        self._keep(owner, made, reference, took, synthesizer, [take.id, *names], segment)
        self.takes.note_siblings(owner, take.id, [take.id, *names], segment)
        return job.id

    def _keep(
        self,
        owner: str,
        made: Mapping[str, tuple[Speech, Wish]],
        reference: Reference,
        took: float,
        synthesizer: Synthesizer,
        siblings: Sequence[str],
        varied: int | None = None,
    ) -> None:
        """Keep takes under their names, each of which `took` so many seconds, and let their likeness be heard."""
        for name, (speech, wish) in made.items():
            take = self.takes.keep(
                owner, name, speech, wish.settings, device=self.device, took=took, spec=synthesizer.bundle.spec,
                edition=synthesizer.edition, siblings=siblings, varied=varied,
            )  # fmt: skip
            log.info("take_made", seconds=round(take.seconds, 2), took=round(took, 2), language=take.language)
        self.ear.listen(owner, list(made), reference.spoken_by)

    def _note_end(self, job: Job[str], end: State) -> None:
        if job.aside or (self._closing.is_set() and end is State.CANCELLED):
            return
        code = job.error.code if job.error else ""
        self.store.put(job.owner, "job", "", {"ended": end.value, "code": code}, identity=f"job-{job.id}")

    def _end_unfinished(self) -> None:
        self.store.end_unfinished({"ended": State.FAILED.value, "code": "internal_restarted"})
