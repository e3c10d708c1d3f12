"""What all handlers share: the model, the queue before it, and what every browser keeps here."""

import os
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studio import plots
from studio.jobs import Job, JobQueue, Step
from studio.manner import Manner
from studio.shelf import Shelf
from tts.audio.quality import ClipReport
from tts.audio.read import Clip
from tts.audio.write import write_wav
from tts.errors import TextError
from tts.log import get_logger
from tts.settings import Settings
from tts.speech import Speech, SynthesisRequest
from tts.synthesizer import Synthesizer
from tts.text.reader import Reader
from tts.text.reading import Reading
from tts.voice import Voice

log = get_logger(__name__)

# Longer waits are worse than being told to come back.
LONGEST_QUEUE: Final = 8
REFERENCE_SECONDS: Final = 2 * 3600.0
TAKE_SECONDS: Final = 24 * 3600.0
# Making a voice takes about as long as saying this many segments, which tells its share in the progress of a job.
VOICE_SEGMENTS: Final = 10


@dataclass(eq=False)
class Reference:
    """An uploaded clip, in memory only. The worker makes `voice` at its first use and keeps it here."""

    name: str
    clip: Clip
    report: ClipReport
    waveform: str
    voice: Voice | None = None


@dataclass(frozen=True, eq=False)
class Wish:
    """What a person asks for with the button; `request` makes the request of the reference's voice."""

    reference: Reference
    reading: Reading
    request: Callable[[Voice], SynthesisRequest]


@dataclass(frozen=True, eq=False)
class Take:
    """One finished speech; its samples lie in the file at `path`. `waveform` and `mel` are its pictures."""

    path: Path
    speech: Speech
    reading: Reading
    took_seconds: float
    waveform: str
    mel: bytes


class Workshop:
    """Owns the worker, the shelves and the folder of finished speech; `open` and `close` frame its life.

    `load` makes the synthesizer, on the worker's thread, which alone may use it; `on_failure` is called if it cannot.
    """

    def __init__(
        self,
        settings: Settings,
        load: Callable[[], Synthesizer],
        on_failure: Callable[[Exception], None] = lambda error: None,
    ) -> None:
        self.settings = settings
        self.jobs: JobQueue[str] = JobQueue(longest=LONGEST_QUEUE)
        self.references: Shelf[Reference] = Shelf(keep_seconds=REFERENCE_SECONDS, per_owner=3, total=48)
        self.takes: Shelf[Take] = Shelf(keep_seconds=TAKE_SECONDS, per_owner=20, total=400, discard=_remove_file)
        self._reader = Reader.of(settings)
        self._load = load
        self._on_failure = on_failure
        self._synthesizer: Synthesizer | None = None
        self._ready = threading.Event()
        self._folder = settings.data_dir / "studio" / f"takes-{os.getpid()}"

    @property
    def ready(self) -> bool:
        """Whether the model is loaded."""
        return self._ready.is_set()

    def open(self) -> None:
        """Make the folder, clear away what a killed process left, and begin to load the model."""
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        for left in self._folder.parent.glob("takes-*"):
            if left == self._folder or not _is_running(left.name.removeprefix("takes-")):
                shutil.rmtree(left, ignore_errors=True)
        self._folder.mkdir()
        self.jobs.start(self._prepare)

    def close(self) -> None:
        """Stop the work and leave no file behind."""
        self.jobs.stop()
        self.references.clear()
        self.takes.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def sweep(self) -> None:
        """Let go what nobody used for long."""
        self.references.sweep()
        self.takes.sweep()
        self.jobs.forget(TAKE_SECONDS)

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

    def submit(self, owner: str, wish: Wish) -> Job[str]:
        """Queue a wish; the outcome of the job is the id of the take."""
        return self.jobs.submit(owner, lambda job: self._speak(owner, wish, job))

    def _prepare(self) -> None:
        try:
            self._synthesizer = self._load()
        except Exception as error:
            self._on_failure(error)
            raise
        self._ready.set()

    def _speak(self, owner: str, wish: Wish, job: Job[str]) -> str:
        synthesizer, began = self._synthesizer, time.monotonic()
        assert synthesizer is not None
        reference, total, heard = wish.reference, len(wish.reading.segments), 0.0
        if reference.voice is None:
            reference.voice = synthesizer.voice_from([reference.clip])
            heard = VOICE_SEGMENTS / (VOICE_SEGMENTS + total)
        job.report(heard)

        def report(share: float, segment: str) -> None:
            job.report(heard + (1 - heard) * share, Step(round(share * total), total, segment))

        speech = synthesizer.synthesize(wish.request(reference.voice), report, job.cancelled)
        took = time.monotonic() - began
        path = self._folder / f"{job.id}.wav"
        write_wav(path, speech.wave, speech.sample_rate)
        spec = synthesizer.bundle.spec
        pictures = plots.waveform_path(speech.wave), plots.mel_png(speech.wave, spec)
        log.info("take_made", seconds=round(speech.seconds, 2), took=round(took, 2), language=speech.language)
        return self.takes.put(owner, Take(path, speech, wish.reading, took, *pictures))


def _remove_file(take: Take) -> None:
    take.path.unlink(missing_ok=True)


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
