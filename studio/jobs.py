"""One worker that owns the device, behind a queue of bounded length."""

import queue
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

from tts.errors import BusyError, InternalError, YinseError
from tts.log import current_request, get_logger, request_context

Outcome = TypeVar("Outcome")
log = get_logger(__name__)


class State(Enum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        return self in (State.DONE, State.FAILED, State.CANCELLED)


@dataclass(frozen=True)
class Step:
    """How far a job is: so many of its pieces are done, and which was the last."""

    done: int
    total: int
    last: str


@dataclass(eq=False)
class Job(Generic[Outcome]):
    """One piece of work and what is known of it. Only the worker writes to it, but for the wish to cancel."""

    owner: str
    work: "Callable[[Job[Outcome]], Outcome]"
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    state: State = State.WAITING
    share: float = 0.0
    step: Step | None = None
    ended: float = 0.0
    outcome: Outcome | None = None
    error: YinseError | None = None
    _cancel: threading.Event = field(default_factory=threading.Event)

    def report(self, share: float, step: Step | None = None) -> None:
        """What the work calls as it goes on: how much of it is done (0 to 1), and how many of its pieces."""
        self.share = min(1.0, max(self.share, share))
        self.step = step

    def cancel(self) -> None:
        self._cancel.set()

    def cancelled(self) -> bool:
        """What the work asks between two segments."""
        return self._cancel.is_set()


class JobQueue(Generic[Outcome]):
    """Jobs in the order they came. An owner has one job at a time and the last one is remembered for `find`."""

    def __init__(self, *, longest: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._waiting: queue.Queue[Job[Outcome] | None] = queue.Queue()
        self._longest = longest
        self._clock = clock
        self._jobs: dict[str, Job[Outcome]] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self, prepare: Callable[[], None] = lambda: None) -> None:
        """Begin to work; `prepare` runs first, on the worker's own thread."""
        self._thread = threading.Thread(target=self._run, args=(prepare,), name="device-worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Cancel everything, and wait for the worker to lay down what it is at."""
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            job.cancel()
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join(timeout=10)

    def submit(self, owner: str, work: Callable[[Job[Outcome]], Outcome]) -> Job[Outcome]:
        """Queue the work; `BusyError` when the queue is full or this owner's last job has not ended."""
        job = Job(owner, work)
        with self._lock:
            own = self._jobs.get(owner)
            if own is not None and not own.state.ended:
                raise BusyError("busy_own_job")
            if sum(not other.state.ended for other in self._jobs.values()) >= self._longest:
                raise BusyError("busy_queue", limit=self._longest)
            self._jobs[owner] = job
        self._waiting.put(job)
        return job

    def find(self, owner: str) -> Job[Outcome] | None:
        """The owner's last job, ended or not."""
        with self._lock:
            return self._jobs.get(owner)

    def ahead(self, job: Job[Outcome]) -> int:
        """How many jobs will be done before this one."""
        with self._lock:
            jobs = list(self._jobs.values())
        return sum(not other.state.ended for other in jobs[: jobs.index(job)]) if job in jobs else 0

    def forget(self, older_than: float) -> None:
        """Drop the jobs that ended more than so many seconds ago."""
        oldest = self._clock() - older_than
        with self._lock:
            self._jobs = {owner: job for owner, job in self._jobs.items() if not job.state.ended or job.ended >= oldest}

    def _run(self, prepare: Callable[[], None]) -> None:
        try:
            prepare()
        except Exception:
            # Whoever gave `prepare` was told there; without it no job could be done.
            log.exception("worker_not_prepared")
            return
        while (job := self._waiting.get()) is not None:
            with request_context(job.id[:12]):
                self._do(job)

    def _do(self, job: Job[Outcome]) -> None:
        began = self._clock()
        job.state = State.RUNNING
        end = State.DONE
        try:
            if job.cancelled():
                raise InternalError("internal_cancelled")
            job.outcome = job.work(job)
        except YinseError as error:
            end = State.CANCELLED if error.code == "internal_cancelled" else State.FAILED
            job.error = error
        except Exception:
            log.exception("job_failed")
            end = State.FAILED
            job.error = InternalError("internal_fault", request=current_request())
        job.ended = self._clock()
        # The work holds the clip and the text; the job is remembered for longer than these are needed.
        job.work = _nothing
        job.state = end
        log.info("job_ended", state=end.value, code=job.error and job.error.code, took=round(job.ended - began, 3))


def _nothing(job: Job[Outcome]) -> Outcome:
    raise RuntimeError("this job has ended")
