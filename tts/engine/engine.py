"""The synthesizer behind its queue: loaded by the worker, used by the worker alone."""

import threading
import time
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from tts.dubbing.steps import Steps
from tts.engine.jobs import Job, JobQueue, State, Step
from tts.speech import Speech, SynthesisRequest
from tts.synthesizer import Synthesizer

Outcome = TypeVar("Outcome")

#: So long work goes on without a look at who waits, unless one step of it takes longer.
_STEP_SECONDS: Final = 0.2


class Engine(Generic[Outcome]):
    """`open` and `close` frame its life; `load` makes the synthesizer, on the worker's thread.

    `on_failure` is called with what kept it from being loaded, `on_end` as by `JobQueue`.
    """

    def __init__(
        self,
        load: Callable[[], Synthesizer],
        *,
        longest: int,
        on_failure: Callable[[Exception], None] = lambda error: None,
        on_end: Callable[[Job[Outcome], State], None] = lambda job, end: None,
    ) -> None:
        self.jobs: JobQueue[Outcome] = JobQueue(longest=longest, on_end=on_end)
        self._load = load
        self._on_failure = on_failure
        self._synthesizer: Synthesizer | None = None
        self._ready = threading.Event()

    @property
    def ready(self) -> bool:
        """Whether the model is loaded."""
        return self._ready.is_set()

    def open(self) -> None:
        """Begin to load the model."""
        self.jobs.start(self._prepare)

    def close(self) -> None:
        """Cancel all jobs, and wait for the worker."""
        self.jobs.stop()

    def submit(
        self, owner: str, work: Callable[[Synthesizer, Job[Outcome]], Outcome | None], *, aside: bool = False
    ) -> Job[Outcome]:
        """Queue work for the synthesizer; `JobQueue.submit` tells what stands in its way."""

        def run(job: Job[Outcome]) -> Outcome | None:
            assert self._synthesizer is not None
            return work(self._synthesizer, job)

        return self.jobs.submit(owner, run, aside=aside)

    def _prepare(self) -> None:
        try:
            self._synthesizer = self._load()
        except Exception as error:
            self._on_failure(error)
            raise
        self._ready.set()


def in_steps(
    steps: Callable[[Synthesizer, Job[Outcome]], Steps[Outcome]],
) -> Callable[[Synthesizer, Job[Outcome]], Outcome | None]:
    """Work that goes on step by step, and gives way to others every moment; None while it is not at its end."""
    going: list[Steps[Outcome]] = []

    def work(synthesizer: Synthesizer, job: Job[Outcome]) -> Outcome | None:
        if not going:
            going.append(steps(synthesizer, job))
        until = time.monotonic() + _STEP_SECONDS
        try:
            while True:
                next(going[0])
                if time.monotonic() > until:
                    job.give_way()
                    return None
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome

    return work


def speak(
    synthesizer: Synthesizer,
    request: SynthesisRequest,
    job: Job[Outcome],
    *,
    segments: int,
    before: float = 0.0,
    until: float = 1.0,
    aloud: bool = True,
) -> Speech:
    """Say a text as the part of a job from the share `before` to `until`; `aloud` its segments are heard at once."""

    def report(share: float, segment: str) -> None:
        job.report(before + (until - before) * share, Step(round(share * segments), segments, segment))

    return synthesizer.synthesize(request, report, job.cancelled, job.sound.add if aloud else None)
