"""Dubs: subtitles or a script as one track, planned and made as a job; a stop loses nothing that was made.

A browser has one dub at a time, in a folder of its own: the track, its timings, and the lines that are made so far.
"""

import shutil
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile

from studio import plots
from studio.reference import Reference
from studio.store import Thing
from studio.workshop import Workshop
from tts.dubbing.cast import Cast
from tts.dubbing.document import Document, Fault
from tts.dubbing.dub import dub as make_dub
from tts.dubbing.pieces import Pieces
from tts.dubbing.plan import DubOptions, Plan, make_plan
from tts.engine.jobs import Job, Step
from tts.errors import AudioWriteError, BusyError, YinseError
from tts.speech import SynthesisRequest
from tts.synthesizer import Synthesizer
from tts.text.glossary import Glossary
from tts.timings import write_timings
from tts.voice import Voice

#: Endings of what comes of a dub, each a file beside the track.
TIMINGS: Final = ("srt", "vtt", "TextGrid", "json")
_DAY: Final = 24 * 3600.0


@dataclass(frozen=True)
class Wish:
    """A checked dub: `asked` are the page's fields, for the next visit."""

    asked: Mapping[str, Any]
    document: Document
    main: Reference | None
    cast: Mapping[str, Reference]

    def references(self) -> list[Reference]:
        return [*([self.main] if self.main else ()), *self.cast.values()]


@dataclass(eq=False)
class Dub:
    """What is known of a dub: `told` is JSON and lasts, the job belongs to this life of the process."""

    id: str
    owner: str
    folder: Path
    told: dict[str, Any] = field(default_factory=dict)
    job: Job[str] | None = None
    making: bool = False
    stamp: int = 0

    @property
    def track(self) -> Path:
        return self.folder / "track.wav"

    @property
    def going(self) -> bool:
        return self.job is not None and not self.job.state.ended

    @property
    def made(self) -> bool:
        return bool(self.told.get("made")) and self.track.is_file()

    def file(self, ending: str) -> Path:
        """The track or its timings; `AudioWriteError` output_gone where there are none."""
        path = self.track.with_suffix(f".{ending}")
        if ending not in ("wav", *TIMINGS) or not self.made or not path.is_file():
            raise AudioWriteError("output_gone")
        return path

    def note(self, **told: Any) -> None:
        # Another thread may be reading the older one.
        self.told = {**self.told, **told}
        self.stamp += 1


class Dubs:
    """The dubs of all browsers."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._folder = workshop.settings.data_dir / "studio" / "dubs"
        self._dubs: dict[str, Dub] = {}
        self._lock = threading.Lock()
        workshop.sweepers.append(self.sweep)

    def find(self, owner: str) -> Dub | None:
        """The owner's dub, also one of an earlier life of the process."""
        with self._lock:
            if owner not in self._dubs:
                kept = self._workshop.store.all(owner, "dub", limit=1)
                if not kept:
                    return None
                self._dubs[owner] = self._of(owner, kept[0])
            return self._dubs[owner]

    def get(self, owner: str) -> Dub:
        """As `find`; `AudioWriteError` output_gone where there is none."""
        dub = self.find(owner)
        if dub is None:
            raise AudioWriteError("output_gone")
        return dub

    def start(self, owner: str, wish: Wish, *, dry: bool) -> Dub:
        """Queue a plan, or a whole dub; lines that were made before and are the same are not made again."""
        dub = self.find(owner)
        if dub and dub.going:
            raise BusyError("busy_own_job")
        self._workshop.takes.make_room(owner)
        if dub is None:
            dub = self._of(owner, self._workshop.store.put(owner, "dub", str(wish.asked.get("name", "")), {}))
            with self._lock:
                self._dubs[owner] = dub
        own = dub
        own.folder.mkdir(parents=True, exist_ok=True)
        own.making = not dry
        own.job = self._workshop.engine.submit(
            f"{owner} dub", lambda synthesizer, job: self._work(own, wish, dry, synthesizer, job)
        )
        return own

    def stop(self, owner: str) -> None:
        dub = self.find(owner)
        if dub and dub.job:
            dub.job.cancel()

    def remove(self, owner: str) -> None:
        """Let the dub go, with all that was made for it."""
        dub = self.get(owner)
        if dub.going:
            raise BusyError("busy_own_job")
        self._drop(dub.id)
        with self._lock:
            self._dubs.pop(owner, None)

    def sweep(self) -> None:
        """Let go what nobody touched for as long as the history lasts."""
        days = self._workshop.settings.history_days
        for identity in self._workshop.store.overdue("dub", days * _DAY) if days else ():
            with self._lock:
                mine = next((dub for dub in self._dubs.values() if dub.id == identity), None)
                if mine and mine.going:
                    continue
                if mine:
                    del self._dubs[mine.owner]
            self._drop(identity)

    def _drop(self, identity: str) -> None:
        self._workshop.store.drop([identity])
        shutil.rmtree(self._folder / identity, ignore_errors=True)

    def _of(self, owner: str, thing: Thing) -> Dub:
        return Dub(thing.id, owner, self._folder / thing.id, dict(thing.content))

    def _work(self, dub: Dub, wish: Wish, dry: bool, synthesizer: Synthesizer, job: Job[str]) -> str:
        if dub.told.get("asked") != wish.asked:
            # The track there is of another text, or of other voices.
            for ending in ("wav", *TIMINGS):
                dub.track.with_suffix(f".{ending}").unlink(missing_ok=True)
            dub.note(asked=dict(wish.asked), made=False, lines=[], faults=[], remarks=[])
            self._keep(dub)
        for reference in wish.references():
            reference.spoken_by(synthesizer)
        own = self._workshop.glossaries.of(dub.owner)
        cast, options = _cast(wish), _options(wish, own)

        def progress(share: float, text: str) -> None:
            job.report(share, Step(0, 0, text))

        def planned(plan: Plan) -> None:
            dub.note(**_told(plan))
            self._keep(dub)

        if dry:
            with Pieces.open(dub.track) as pieces:
                planned(make_plan(synthesizer, wish.document, cast, options, pieces, progress, job.cancelled))
            return dub.id
        dubbed = make_dub(
            synthesizer, wish.document, cast, dub.track, options, True, planned, progress, job.cancelled
        )  # fmt: skip
        for ending in TIMINGS:
            write_timings(dub.track.with_suffix(f".{ending}"), dubbed.timings)
        dub.note(
            faults=[_fault(fault) for fault in dubbed.faults],
            made=True,
            counts={"made": dubbed.made, "before": dubbed.from_before},
            left_out=list(dubbed.left_out),
            waveform=plots.waveform_path(_outline(dub.track)),
        )
        self._keep(dub)
        return dub.id

    def _keep(self, dub: Dub) -> None:
        size = sum(path.stat().st_size for path in dub.folder.rglob("*") if path.is_file())
        name = str(dub.told.get("asked", {}).get("name", ""))
        with self._lock:
            self._workshop.store.put(dub.owner, "dub", name, dub.told, identity=dub.id, size=size)


def _cast(wish: Wish) -> Cast:
    voices = {name: reference.voice for name, reference in wish.cast.items() if reference.voice}
    return Cast(wish.main.voice if wish.main else None, voices)


def _options(wish: Wish, own: Glossary) -> DubOptions:
    anybody: Voice | None = next((reference.voice for reference in wish.references()), None)
    assert anybody is not None  # who wishes was asked for a voice
    like = SynthesisRequest("-", anybody, language=wish.asked["language"], speed=wish.asked["speed"], glossary=own)
    return DubOptions(like, stretch=wish.asked["stretch"], gap=wish.asked["gap"], tail=wish.asked["tail"])


def _told(plan: Plan) -> dict[str, Any]:
    """The plan as JSON: the lines as a report has them, with what the page shows beside that."""
    lines = []
    for planned in plan.lines:
        speakers = dict.fromkeys(turn.speaker for turn in planned.line.turns if turn.speaker)
        text = planned.line.text or " ".join(planned.line.unspoken)
        more = {"text": text, "speaker": ", ".join(speakers)}
        lines.append(planned.to_dict() | more)
    remarks = [{"code": remark.code, "details": _plain(remark.details)} for remark in plan.remarks]
    return {
        "lines": lines,
        "faults": [_fault(fault) for fault in plan.faults],
        "remarks": remarks,
        "seconds": plan.seconds,
        "seed": plan.seed,
    }


def _fault(fault: Fault) -> dict[str, Any]:
    return {"line": fault.row, "code": fault.error.code, "details": _plain(fault.error.details)}


def error_of(fault: Mapping[str, Any]) -> YinseError:
    """The error of a fault as it is kept."""
    return YinseError(fault["code"], **fault["details"])


def _plain(details: Mapping[str, object]) -> dict[str, Any]:
    return {key: value if isinstance(value, int | float | str) else str(value) for key, value in details.items()}


def _outline(path: Path) -> np.ndarray[Any, np.dtype[np.float32]]:
    """(samples,) that look as the track does from afar, however long it is: the highest of every stretch."""
    step = max(1, soundfile.info(path).frames // (plots.COLUMNS * 4))
    return np.array([np.abs(block).max() for block in soundfile.blocks(path, blocksize=step, dtype="float32")])
