"""One worker that owns the device, behind a queue of bounded length."""

import itertools
import queue
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

from tts.engine.sound import Sound
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
    """One piece of work and what is known of it. Only the worker writes to it, but for the wish to cancel.

    `aside` is work that nobody waits for; `sound` is what can be heard of it already; `gave_way` once, long work goes
    behind all else.
    """

    owner: str
    work: "Callable[[Job[Outcome]], Outcome | None]"
    aside: bool = False
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    state: State = State.WAITING
    share: float = 0.0
    step: Step | None = None
    ended: float = 0.0
    outcome: Outcome | None = None
    error: YinseError | None = None
    sound: Sound = field(default_factory=Sound)
    number: int = 0
    again: bool = False
    gave_way: bool = False
    _cancel: threading.Event = field(default_factory=threading.Event)

    def report(self, share: float, step: Step | None = None) -> None:
        """What the work calls as it goes on: how much of it is done (0 to 1), and how many of its pieces."""
        self.share = min(1.0, max(self.share, share))
        self.step = step

    def give_way(self) -> None:
        """What long work calls before it returns in the middle: it is called again when nothing shorter waits, in turn
        with other long work.
        """
        self.again = self.gave_way = True

    def cancel(self) -> None:
        self._cancel.set()

    def cancelled(self) -> bool:
        """What the work asks between two segments."""
        return self._cancel.is_set()

    @property
    def rank(self) -> tuple[int, int]:
        """Its place in the order of work: what somebody waits for comes first, what is long last."""
        return 2 if self.gave_way else int(self.aside), self.number


class JobQueue(Generic[Outcome]):
    """Jobs in the order they came, then those aside, then the rest of long ones.

    An owner has one job at a time, which is remembered for `find` when it has ended, and one aside, which a newer
    one replaces.
    """

    def __init__(
        self,
        *,
        longest: int,
        on_end: "Callable[[Job[Outcome], State], None]" = lambda job, end: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`on_end` is called on the worker's thread with every job that has ended, just before that can be seen."""
        self._waiting: queue.PriorityQueue[tuple[tuple[int, int], Job[Outcome] | None]] = queue.PriorityQueue()
        self._longest = longest
        self._on_end = on_end
        self._clock = clock
        self._jobs: dict[tuple[str, bool], Job[Outcome]] = {}
        self._numbers = itertools.count()
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
        # After all jobs, which by now end at once.
        self._waiting.put(((3, 0), None))
        if self._thread is not None:
            self._thread.join(timeout=10)

    def submit(
        self, owner: str, work: Callable[[Job[Outcome]], Outcome | None], *, aside: bool = False
    ) -> Job[Outcome]:
        """Queue the work; `BusyError` when the queue is full or this owner's last job has not ended.

        Work `aside` is cancelled by the owner's next work aside, and does not keep the owner from other work.
        """
        job = Job(owner, work, aside)
        with self._lock:
            own = self._jobs.get((owner, aside))
            if own is not None and not own.state.ended:
                if not aside:
                    raise BusyError("busy_own_job")
                own.cancel()
            if sum(other.aside == aside and not other.state.ended for other in self._jobs.values()) >= self._longest:
                raise BusyError("busy_queue", limit=self._longest)
            job.number = next(self._numbers)
            self._jobs[owner, aside] = job
        self._waiting.put((job.rank, job))
        return job

    def find(self, owner: str, identity: str | None = None) -> Job[Outcome] | None:
        """The owner's last job, ended or not; None where it is not the one of that id."""
        with self._lock:
            job = self._jobs.get((owner, False))
        return job if job is not None and identity in (None, job.id) else None

    def ahead(self, job: Job[Outcome]) -> int:
        """How many jobs will be done before this one."""
        with self._lock:
            jobs = list(self._jobs.values())
        return sum(
            other is not job
            and not other.state.ended
            and (other.state is State.RUNNING or (other.rank < job.rank and not other.cancelled()))
            for other in jobs
        )

    def counts(self) -> dict[State, int]:
        """How many jobs there are in each state, those aside included."""
        with self._lock:
            states = [job.state for job in self._jobs.values()]
        return {state: states.count(state) for state in State}

    def forget(self, older_than: float, sound_older_than: float = 60.0) -> None:
        """Drop the jobs that ended more than so many seconds ago, and sooner the sound, which is large."""
        now = self._clock()
        with self._lock:
            for job in self._jobs.values():
                if job.state.ended and job.ended < now - sound_older_than:
                    job.sound.clear()
            self._jobs = {
                key: job for key, job in self._jobs.items() if not job.state.ended or job.ended >= now - older_than
            }

    def _run(self, prepare: Callable[[], None]) -> None:
        try:
            prepare()
        except Exception:
            # Whoever gave `prepare` was told there; without it no job could be done.
            log.exception("worker_not_prepared")
            return
        while (job := self._waiting.get()[1]) is not None:
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
            if job.again:
                self._queue_again(job)
                return
        except YinseError as error:
            end = State.CANCELLED if error.code == "internal_cancelled" else State.FAILED
            job.error = error
        except Exception:
            log.exception("job_failed")
            end = State.FAILED
            job.error = InternalError("internal_fault", request=current_request())
        job.ended = self._clock()
        job.sound.end()
        # The work holds the clip and the text; the job is remembered for longer than these are needed.
        job.work = _nothing
        self._tell(job, end)
        job.state = end
        log.info("job_ended", state=end.value, code=job.error and job.error.code, took=round(job.ended - began, 3))

    def _queue_again(self, job: Job[Outcome]) -> None:
        with self._lock:
            job.again, job.state, job.number = False, State.WAITING, next(self._numbers)
        self._waiting.put((job.rank, job))

    def _tell(self, job: Job[Outcome], end: State) -> None:
        try:
            self._on_end(job, end)
        except Exception:
            # The next job must be done, whoever could not be told.
            log.exception("job_end_not_told")


def _nothing(job: Job[Outcome]) -> Outcome:
    raise RuntimeError("this job has ended")
