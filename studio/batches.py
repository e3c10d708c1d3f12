"""Batches: many lines in one voice, said one after the other as a job that gives way to others after each.

What is said is in the history like all else; the batch remembers which line became which take, across restarts.
"""

import secrets
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from studio.feeling import Feeling
from studio.lines import Line, job_of
from studio.reference import Reference
from studio.store import DAY, Thing
from studio.workshop import Workshop
from tts.cli.job import Job as LineJob
from tts.dubbing.dub import TOGETHER
from tts.engine.jobs import Job
from tts.errors import AudioWriteError, BusyError, YinseError
from tts.log import get_logger
from tts.speech import Speech, SynthesisRequest
from tts.synthesizer import Synthesizer

log = get_logger(__name__)


@dataclass
class Row:
    """A line and what became of it: waiting, speaking, done or failed; `details` fill the sentences of `code`.

    One that is `wrong` was never tried.
    """

    number: int
    text: str
    given: Mapping[str, Any]
    state: str = "waiting"
    take: str = ""
    seconds: float = 0.0
    code: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    stamp: int = 0
    wrong: bool = False

    @property
    def error(self) -> YinseError | None:
        return YinseError(self.code, **self.details) if self.code else None

    @classmethod
    def of(cls, line: Line) -> "Row":
        row = cls(line.number, line.text, line.given)
        if line.error:
            row.fail(line.error)
            row.wrong = True
        return row

    def fail(self, error: YinseError) -> None:
        self.state, self.code = "failed", error.code
        # What is kept must be JSON.
        self.details = {
            key: value if isinstance(value, int | float | str) else str(value) for key, value in error.details.items()
        }


@dataclass(eq=False)
class Batch:
    """Rows, what all of them share, and the job that says them, if there is one in this life of the process."""

    id: str
    owner: str
    voice: str
    shared: Mapping[str, Any]
    rows: list[Row]
    job: Job[str] | None = None
    stamp: int = 0

    @property
    def going(self) -> bool:
        return self.job is not None and not self.job.state.ended

    @property
    def left(self) -> list[Row]:
        """What can still be said: lines that a stop left, and those that failed while they were said."""
        return [] if self.going else [row for row in self.rows if row.state != "done" and not row.wrong]

    def state_of(self, row: Row) -> str:
        """The row's state, or `stopped` for what will not be said any more."""
        return "stopped" if not self.going and row.state in ("waiting", "speaking") else row.state

    def mark(self, rows: Sequence[Row], state: str = "") -> None:
        """Note that the rows have changed."""
        self.stamp += 1
        for row in rows:
            row.state, row.stamp = state or row.state, self.stamp


class Batches:
    """The batches of all browsers: each has its last one."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._batches: dict[str, Batch] = {}
        self._lock = threading.Lock()
        workshop.sweepers.append(self.sweep)

    def find(self, owner: str) -> Batch | None:
        """The owner's last batch, also one of an earlier life of the process."""
        with self._lock:
            if owner not in self._batches:
                kept = self._workshop.store.all(owner, "batch", limit=1)
                if not kept:
                    return None
                self._batches[owner] = _kept_batch(owner, kept[0])
            return self._batches[owner]

    def get(self, owner: str) -> Batch:
        """As `find`; `AudioWriteError` output_gone where there is none."""
        batch = self.find(owner)
        if batch is None:
            raise AudioWriteError("output_gone")
        return batch

    def start(self, owner: str, lines: Sequence[Line], shared: Mapping[str, Any], reference: Reference) -> Batch:
        """Queue the lines; those with an error are told and left out. `BusyError` while an earlier batch goes on."""
        batch = Batch(secrets.token_urlsafe(16), owner, reference.name, shared, [Row.of(line) for line in lines])
        self._submit(batch, reference)
        return batch

    def rest(self, owner: str, reference: Reference) -> Batch:
        """Say what is not done: the lines that failed while they were said, and those that a stop left."""
        batch = self.get(owner)
        if batch.going:
            raise BusyError("busy_own_job")
        again = batch.left
        for row in again:
            row.code, row.details = "", {}
        batch.mark(again, "waiting")
        self._submit(batch, reference)
        return batch

    def stop(self, owner: str) -> None:
        batch = self.find(owner)
        if batch and batch.job:
            batch.job.cancel()

    def sweep(self) -> None:
        """Let go what nobody touched for as long as the history lasts."""
        days = self._workshop.settings.history_days
        for identity in self._workshop.store.overdue("batch", days * DAY) if days else ():
            with self._lock:
                mine = next((batch for batch in self._batches.values() if batch.id == identity), None)
                if mine and mine.going:
                    continue
                if mine:
                    del self._batches[mine.owner]
            self._workshop.store.drop([identity])

    def _submit(self, batch: Batch, reference: Reference) -> None:
        batch.mark(batch.rows)
        # A batch is a job beside the one of the first tab, whose queue it shares.
        batch.job = self._workshop.engine.submit(
            f"{batch.owner} batch", lambda synthesizer, job: self._say(batch, reference, synthesizer, job)
        )
        with self._lock:
            self._batches[batch.owner] = batch
        for thing in self._workshop.store.all(batch.owner, "batch"):
            self._workshop.store.remove(batch.owner, "batch", thing.id)
        self._keep(batch)

    def _say(self, batch: Batch, reference: Reference, synthesizer: Synthesizer, job: Job[str]) -> str:
        """The next lines; the job comes again for those after them."""
        group = [row for row in batch.rows if row.state in ("waiting", "speaking")][: TOGETHER[synthesizer.device]]
        batch.mark(group, "speaking")
        done = sum(row.state in ("done", "failed") for row in batch.rows)

        def report(share: float, text: str) -> None:
            job.report((done + share * len(group)) / len(batch.rows))

        requests: list[SynthesisRequest] = []
        said: list[tuple[Row, LineJob]] = []
        began = time.monotonic()
        for row in group:
            try:
                asked = job_of(row.given, batch.shared)
                requests += asked.requests(reference.spoken_by(synthesizer))
                said.append((row, asked))
            except YinseError as error:
                row.fail(error)
        own = self._workshop.glossaries.of(batch.owner)
        requests = [replace(request, glossary=own) for request in requests]
        outcomes = synthesizer.synthesize_batch(requests, report, job.cancelled)
        took = (time.monotonic() - began) / max(1, len(group))
        for (row, _), request, outcome in zip(said, requests, outcomes, strict=True):
            self._note(batch, row, request, outcome, reference, took, synthesizer)
        batch.mark(group)
        self._keep(batch)
        if any(row.state == "waiting" for row in batch.rows):
            job.give_way()
        return batch.id

    def _note(
        self,
        batch: Batch,
        row: Row,
        request: SynthesisRequest,
        outcome: Speech | YinseError,
        reference: Reference,
        took: float,
        synthesizer: Synthesizer,
    ) -> None:
        try:
            if isinstance(outcome, YinseError):
                raise outcome
            settings = _settings(request, reference)
            used = self._workshop.glossaries.used(batch.owner, settings)
            take = self._workshop.takes.keep(
                batch.owner, secrets.token_urlsafe(16), outcome, {**settings, "terms": used},
                device=self._workshop.device, took=took, spec=synthesizer.bundle.spec,
                edition=synthesizer.edition,
            )  # fmt: skip
            self._workshop.takes.note_likeness(batch.owner, take.id, synthesizer.likeness(request.voice, outcome.wave))
            row.state, row.take, row.seconds = "done", take.id, take.seconds
        except YinseError as error:
            row.fail(error)

    def _keep(self, batch: Batch) -> None:
        with self._lock:
            content = {"shared": dict(batch.shared), "rows": [asdict(row) for row in batch.rows]}
            self._workshop.store.put(batch.owner, "batch", batch.voice, content, identity=batch.id)


def _kept_batch(owner: str, thing: Thing) -> Batch:
    rows = [Row(**row) for row in thing.content["rows"]]
    return Batch(thing.id, owner, thing.name, thing.content["shared"], rows, stamp=max(row.stamp for row in rows))


def _settings(request: SynthesisRequest, reference: Reference) -> dict[str, Any]:
    """The fields of the first tab that say the line again."""
    return {
        "source": dict(reference.source),
        "emotion": list(request.emotion.values),
        "feeling": Feeling("sliders", request.emotion.values).to_dict(),
        "weight": request.emotion_weight,
        "text": request.text,
        "speed": request.speed,
        "duration": request.duration,
        "pauses": request.pause_scale,
        "variation": request.variation,
        "language": request.language,
        "longest": request.longest,
        "emoji": request.emoji,
        "glossary": "",
    }
