"""Sound while it is made: every listener hears all of it, in order, and what is heard is what the file will hold."""

import asyncio
import threading
import time

import numpy as np

from tts.engine.jobs import Job, JobQueue, State
from tts.engine.sound import Sound


def heard(sound: Sound) -> bytes:
    async def listen() -> bytes:
        return b"".join([piece async for piece in sound.listen()])

    return asyncio.run(listen())


def test_a_listener_hears_all_pieces_whenever_it_comes() -> None:
    sound = Sound()
    sound.add(np.array([0, 1, -1, 2], np.float32))

    def make() -> None:
        time.sleep(0.03)
        sound.add(np.array([0.5], np.float32))
        sound.end()

    worker = threading.Thread(target=make)
    worker.start()
    early = heard(sound)
    worker.join()
    assert np.frombuffer(early, "<i2").tolist() == [0, 32767, -32767, 32767, 16384]
    assert heard(sound) == early


def test_what_comes_after_the_end_is_not_heard_and_old_sound_is_forgotten() -> None:
    sound = Sound()
    sound.add(np.ones(2, np.float32))
    sound.end()
    sound.add(np.ones(2, np.float32))
    assert len(heard(sound)) == 4
    sound.clear()
    assert heard(sound) == b""


def test_work_aside_gives_way_and_only_the_newest_is_done() -> None:
    jobs: JobQueue[str] = JobQueue(longest=3)
    gate, done = threading.Event(), []

    def work(name: str, wait: bool = False) -> Job[str]:
        def run(job: Job[str]) -> str:
            if wait:
                gate.wait(5)
            done.append(name)
            return name

        return jobs.submit("bert" if wait else "anna", run, aside=name.startswith("aside"))

    jobs.start()
    work("first", wait=True)
    older, newer, waited_for = work("aside-old"), work("aside-new"), work("speech")
    assert jobs.ahead(waited_for) == 1 and jobs.ahead(newer) == 2
    gate.set()
    until = time.monotonic() + 5
    while not newer.state.ended and time.monotonic() < until:
        time.sleep(0.005)
    jobs.stop()
    assert done == ["first", "speech", "aside-new"] and older.state is State.CANCELLED


def test_the_end_of_every_job_is_told_once() -> None:
    told: list[tuple[str, State]] = []

    def tell(job: Job[str], end: State) -> None:
        told.append((job.owner, end))
        raise RuntimeError("nobody listens")

    jobs: JobQueue[str] = JobQueue(longest=3, on_end=tell)
    jobs.start()
    done = jobs.submit("anna", lambda job: "speech")
    failed = jobs.submit("bert", lambda job: str(1 / 0))
    until = time.monotonic() + 5
    while not failed.state.ended and time.monotonic() < until:
        time.sleep(0.005)
    jobs.stop()
    assert done.state is State.DONE and told == [("anna", State.DONE), ("bert", State.FAILED)]
