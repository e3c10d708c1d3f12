"""One worker behind a bounded queue: order, limits, cancelling, and errors that stay errors of one job."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tts.engine.jobs import Job, JobQueue, State, Step
from tts.errors import BusyError, InternalError, TextError


@pytest.fixture
def jobs() -> Iterator[JobQueue[str]]:
    queue: JobQueue[str] = JobQueue(longest=3)
    queue.start()
    yield queue
    queue.stop()


def ended(job: Job[str], seconds: float = 5.0) -> Job[str]:
    until = time.monotonic() + seconds
    while not job.state.ended:
        assert time.monotonic() < until, "the job does not end"
        time.sleep(0.005)
    return job


def held(gate: threading.Event) -> Callable[[Job[str]], str]:
    """Work of endless segments that asks between them whether to stop, and ends when the gate opens."""

    def work(job: Job[str]) -> str:
        while not gate.wait(0.01):
            if job.cancelled():
                raise InternalError("internal_cancelled")
        return "done"

    return work


def test_a_job_hands_over_its_outcome_and_forgets_its_work(jobs: JobQueue[str]) -> None:
    job = ended(jobs.submit("anna", lambda job: "speech"))
    assert (job.state, job.outcome, job.error) == (State.DONE, "speech", None)
    with pytest.raises(RuntimeError):
        job.work(job)


def test_progress_never_goes_back() -> None:
    job: Job[str] = Job("anna", lambda job: "")
    for share in (0.2, 0.1, 1.7):
        job.report(share, Step(1, 2, "a"))
    assert job.share == 1.0 and job.step == Step(1, 2, "a")


def test_the_queue_has_an_end_and_an_owner_one_job(jobs: JobQueue[str]) -> None:
    gate = threading.Event()
    running = [jobs.submit(owner, held(gate)) for owner in ("anna", "bert", "cleo")]
    assert [jobs.ahead(job) for job in running] == [0, 1, 2]
    with pytest.raises(BusyError) as own:
        jobs.submit("anna", held(gate))
    with pytest.raises(BusyError) as full:
        jobs.submit("dora", held(gate))
    assert (own.value.code, full.value.code) == ("busy_own_job", "busy_queue")
    gate.set()
    assert [ended(job).outcome for job in running] == ["done"] * 3
    assert ended(jobs.submit("dora", held(gate))).outcome == "done"


def test_cancelling_stops_the_work_and_the_next_job_goes_on(jobs: JobQueue[str]) -> None:
    never, gate = threading.Event(), threading.Event()
    running, waiting, last = (jobs.submit(o, held(g)) for o, g in (("anna", never), ("bert", never), ("cleo", gate)))
    waiting.cancel()
    running.cancel()
    assert ended(running).state is State.CANCELLED and ended(waiting).state is State.CANCELLED
    gate.set()
    assert ended(last).state is State.DONE


def test_errors_of_ours_stay_and_others_become_a_fault_with_a_number(jobs: JobQueue[str]) -> None:
    def refuse(job: Job[str]) -> str:
        raise TextError("text_empty")

    def break_down(job: Job[str]) -> str:
        raise ZeroDivisionError

    refused, broken = ended(jobs.submit("anna", refuse)), ended(jobs.submit("bert", break_down))
    assert refused.state is State.FAILED and refused.error is not None and refused.error.code == "text_empty"
    assert (
        broken.error is not None and broken.error.code == "internal_fault" and "ZeroDivision" not in str(broken.error)
    )
    assert ended(jobs.submit("cleo", lambda job: "fine")).outcome == "fine"


def test_the_last_job_is_found_again_until_it_is_old(jobs: JobQueue[str]) -> None:
    job = ended(jobs.submit("anna", lambda job: "speech"))
    jobs.forget(older_than=60)
    assert jobs.find("anna") is job and jobs.find("bert") is None
    time.sleep(0.02)
    jobs.forget(older_than=0.01)
    assert jobs.find("anna") is None


def test_preparing_that_fails_leaves_no_worker() -> None:
    queue: JobQueue[str] = JobQueue(longest=3)

    def fail() -> None:
        raise RuntimeError

    queue.start(fail)
    queue.stop()


def test_the_rest_of_long_work_comes_after_all_else_and_in_turn(jobs: JobQueue[str]) -> None:
    gate, said = threading.Event(), list[str]()

    def long(job: Job[str]) -> str:
        gate.wait(5)
        said.append(job.owner)
        if said == ["anna"]:
            jobs.submit("bert", brief)
            jobs.submit("cleo", brief, aside=True)
        if said.count(job.owner) < 3:
            job.give_way()
        return job.owner

    def brief(job: Job[str]) -> str:
        said.append(job.owner)
        return job.owner

    first, second = jobs.submit("anna", long), jobs.submit("dora", long)
    gate.set()
    assert (ended(first).outcome, ended(second).outcome) == ("anna", "dora")
    assert said == ["anna", "dora", "bert", "cleo", "anna", "dora", "anna", "dora"]


def test_long_work_that_is_cancelled_while_it_waits_is_called_no_more(jobs: JobQueue[str]) -> None:
    said = list[str]()

    def long(job: Job[str]) -> str:
        said.append("long")
        job.give_way()
        job.cancel()
        return "half"

    assert ended(jobs.submit("anna", long)).state is State.CANCELLED
    assert said == ["long"]


def test_work_that_gives_way_goes_on_after_what_waited(jobs: JobQueue[str]) -> None:
    gate, said = threading.Event(), list[str]()

    def long(job: Job[str]) -> str:
        gate.wait(5)
        said.append("long")
        if said.count("long") < 2:
            job.give_way()
        return "whole"

    def short(job: Job[str]) -> str:
        said.append("short")
        return "short"

    one, two = jobs.submit("anna", long), jobs.submit("bert", short)
    gate.set()
    assert (ended(one).outcome, ended(two).outcome) == ("whole", "short")
    assert said == ["long", "short", "long"]
