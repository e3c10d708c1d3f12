"""Dubs: a draft that is kept as it is written, lines heard alone, and the track that is made of them.

A browser has one dub at a time, in a folder of its own: the track, its timings, and the lines that are made so far. A
stop loses nothing that was made.
"""

import shutil
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile
from numpy.typing import NDArray

from studio import plots
from studio.drafts import Draft
from studio.dub_wishes import DubWish
from studio.store import DAY, Thing
from studio.workshop import Workshop
from tts.dubbing.document import Fault
from tts.dubbing.dub import Dubbed, dub_steps, say_parts
from tts.dubbing.pieces import Pieces
from tts.dubbing.plan import Plan, PlannedLine, plan_line, plan_steps
from tts.dubbing.steps import Steps
from tts.engine.engine import in_steps
from tts.engine.jobs import Job, Step
from tts.errors import AudioWriteError, BusyError, YinseError
from tts.synthesizer import Synthesizer
from tts.timings import write_timings

#: Endings of what comes of a dub, each a file beside the track.
TIMINGS: Final = ("srt", "vtt", "TextGrid", "json")


@dataclass(eq=False)
class Dub:
    """What is known of a dub: `told` is JSON and lasts, the job belongs to this life of the process.

    `told` has the `draft`, the `plan` and the `track` as they were made last, and under `fits` how each line stands in
    its window, by its sign. `making` is what the job does: plan, track, or line.
    """

    id: str
    owner: str
    folder: Path
    told: dict[str, Any] = field(default_factory=dict)
    job: Job[str] | None = None
    making: str = ""
    # Grows over restarts too: pages are open for longer.
    stamp: int = field(default_factory=lambda: int(time.time() * 1000))
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def path(self) -> Path:
        """Of the track."""
        return self.folder / "track.wav"

    @property
    def draft(self) -> Draft:
        if "draft" not in self.told and "asked" in self.told:
            # An earlier version noted only what its track was made of.
            return Draft().asking(self.told["asked"])
        return Draft.of(self.told.get("draft", {}))

    @property
    def track(self) -> Mapping[str, Any]:
        """What is known of the track; empty where there is none."""
        return self.told.get("track", {}) if self.path.is_file() else {}

    @property
    def going(self) -> bool:
        return self.job is not None and not self.job.state.ended

    def fit(self, sign: str) -> Mapping[str, Any] | None:
        """How the line of that sign stands in its window, if anybody has asked."""
        found: Mapping[str, Any] | None = self.told.get("fits", {}).get(sign)
        return found

    def file(self, ending: str) -> Path:
        """The track or its timings; `AudioWriteError` output_gone where there are none."""
        path = self.path.with_suffix(f".{ending}")
        if ending not in ("wav", *TIMINGS) or not self.track or not path.is_file():
            raise AudioWriteError("output_gone")
        return path

    def is_heard(self, sign: str) -> bool:
        """Whether the line of that sign has been said."""
        fit = self.fit(sign)
        return bool(fit and fit["keys"]) and all(path.is_file() for path in self._pieces(sign))

    def line(self, sign: str) -> tuple[NDArray[np.float32], int]:
        """(samples,) of the line of that sign, and their rate; `AudioWriteError` output_gone where it was not said."""
        if not self.is_heard(sign):
            raise AudioWriteError("output_gone")
        waves = [soundfile.read(path, dtype="float32") for path in self._pieces(sign)]
        return np.concatenate([wave for wave, _ in waves]), waves[0][1]

    def note(self, **told: Any) -> None:
        # Others may be reading the older one, or noting something else.
        with self._lock:
            self.told = {**self.told, **told}
            self.stamp += 1

    def note_fits(self, fits: Mapping[str, Any], but: Collection[str] | None = None) -> None:
        """Note how lines fit; of those that are known only the signs `but` stay, where they are given."""
        with self._lock:
            known = self.told.get("fits", {}).items()
            self.note(fits={**{sign: fit for sign, fit in known if but is None or sign in but}, **fits})

    def keys(self, signs: Collection[str]) -> set[str]:
        """The pieces of the lines of these signs."""
        return {key for sign in signs if (fit := self.fit(sign)) for key in fit["keys"]}

    def _pieces(self, sign: str) -> list[Path]:
        pieces = Pieces(self.path.with_name(f"{self.path.name}.parts"))
        fit = self.fit(sign)
        return [pieces.wave(key) for key in (fit["keys"] if fit else ())]


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

    def open(self, owner: str) -> Dub:
        """As `find`; a new one where there is none."""
        dub = self.find(owner)
        if dub is None:
            dub = self._of(owner, self._workshop.store.put(owner, "dub", "", {}))
            with self._lock:
                dub = self._dubs.setdefault(owner, dub)
        dub.folder.mkdir(parents=True, exist_ok=True)
        return dub

    def write(self, owner: str, draft: Draft) -> Dub:
        """Keep what the owner has written."""
        dub = self.open(owner)
        content = draft.to_dict()
        if dub.told.get("draft") != content:
            dub.note(draft=content)
            self.keep(dub)
        return dub

    def start(self, owner: str, wish: DubWish, *, dry: bool) -> Dub:
        """Queue a plan, or a whole dub; lines that were made before and are the same are not made again."""
        return self._submit(owner, "plan" if dry else "track", lambda dub: in_steps(
            lambda synthesizer, job: (self._plan if dry else self._make)(dub, wish, synthesizer, job)
        ))  # fmt: skip

    def hear(self, owner: str, wish: DubWish, place: int) -> Dub:
        """Queue the picked take of one line."""
        return self._submit(
            owner, "line", lambda dub: lambda synthesizer, job: self._hear(dub, wish, place, synthesizer, job)
        )

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
        for identity in self._workshop.store.overdue("dub", days * DAY) if days else ():
            with self._lock:
                mine = next((dub for dub in self._dubs.values() if dub.id == identity), None)
                if mine and mine.going:
                    continue
                if mine:
                    del self._dubs[mine.owner]
            self._drop(identity)

    def keep(self, dub: Dub) -> None:
        """Write down what is known of a dub."""
        size = sum(path.stat().st_size for path in dub.folder.rglob("*") if path.is_file())
        with self._lock:
            self._workshop.store.put(dub.owner, "dub", dub.draft.asked["name"], dub.told, identity=dub.id, size=size)

    def _submit(
        self, owner: str, making: str, work: Callable[[Dub], Callable[[Synthesizer, Job[str]], str | None]]
    ) -> Dub:
        dub = self.open(owner)
        if dub.going:
            raise BusyError("busy_own_job")
        self._workshop.takes.make_room(owner)
        dub.making = making
        dub.job = self._workshop.engine.submit(f"{owner} dub", work(dub))
        return dub

    def _drop(self, identity: str) -> None:
        self._workshop.store.drop([identity])
        shutil.rmtree(self._folder / identity, ignore_errors=True)

    def _of(self, owner: str, thing: Thing) -> Dub:
        return Dub(thing.id, owner, self._folder / thing.id, dict(thing.content))

    def _plan(self, dub: Dub, wish: DubWish, synthesizer: Synthesizer, job: Job[str]) -> Steps[str]:
        yield from _voices(wish, synthesizer)
        cast, options = wish.voices(synthesizer), wish.options(synthesizer)
        with Pieces.open(dub.path) as pieces:
            steps = plan_steps(synthesizer, wish.document, cast, options, pieces, _progress(job), job.cancelled)
            plan = yield from steps
        self._planned(dub, wish, plan)
        return dub.id

    def _make(self, dub: Dub, wish: DubWish, synthesizer: Synthesizer, job: Job[str]) -> Steps[str]:
        yield from _voices(wish, synthesizer)
        dubbed = yield from dub_steps(
            synthesizer, wish.document, wish.voices(synthesizer), dub.path, wish.options(synthesizer), True,
            dub.keys(wish.sheet.every_sign), lambda plan: self._planned(dub, wish, plan), _progress(job), job.cancelled,
        )  # fmt: skip
        for ending in TIMINGS:
            write_timings(dub.path.with_suffix(f".{ending}"), dubbed.timings)
        dub.note(track=_track(dubbed, wish, dub.told["plan"]))
        self.keep(dub)
        return dub.id

    def _hear(self, dub: Dub, wish: DubWish, place: int, synthesizer: Synthesizer, job: Job[str]) -> str:
        cast, options = wish.voices(synthesizer), wish.options(synthesizer)
        row = wish.sheet.line(place)[0].row
        planned = plan_line(synthesizer, wish.document, cast, options, row)
        fits, signs = {wish.sheet.signs[place]: fit_of(planned)}, wish.sheet.every_sign
        with Pieces.open(dub.path) as pieces:
            missing = [part for part in planned.parts if not pieces.has(part.key)]
            broken = say_parts(synthesizer, missing, pieces, _progress(job), job.cancelled) if missing else {}
            dub.note_fits(fits)
            # What no take of any line is made of any more.
            pieces.clear(dub.keys(signs))
        self.keep(dub)
        if error := planned.error or next(iter(broken.values()), None):
            raise error
        return dub.id

    def _planned(self, dub: Dub, wish: DubWish, plan: Plan) -> None:
        sheet = wish.sheet
        of_row = {line.row: sign for (line, _), sign in zip(sheet.lines, sheet.signs, strict=True)}
        dub.note_fits({of_row[planned.line.row]: fit_of(planned) for planned in plan.lines}, sheet.every_sign)
        remarks = [{"code": remark.code, "details": _plain(remark.details)} for remark in plan.remarks]
        lines = [planned.to_dict() | {"text": planned.line.text} for planned in plan.lines]
        faults = [fault_of(fault) for fault in plan.faults]
        told = {"of": sheet.print, "remarks": remarks, "lines": lines, "faults": faults}
        dub.note(plan={**told, "seconds": plan.seconds, "seed": plan.seed})
        self.keep(dub)


def fit_of(planned: PlannedLine) -> dict[str, Any]:
    """How a line stands in its window, as JSON, its times in seconds; `keys` name its sound."""
    told = planned.to_dict()
    fit = {name: told[name] for name in ("state", "pace", "over", "natural")}
    error = fault_of(Fault(planned.line.row, planned.error)) if planned.error else None
    return {**fit, "room": planned.room, "keys": [part.key for part in planned.parts], "fault": error}


def fault_of(fault: Fault) -> dict[str, Any]:
    return {"line": fault.row, "code": fault.error.code, "details": _plain(fault.error.details)}


def error_of(fault: Mapping[str, Any]) -> YinseError:
    """The error of a fault as it is kept."""
    return YinseError(fault["code"], **fault["details"])


def _track(dubbed: Dubbed, wish: DubWish, plan: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **plan,
        "of": wish.sheet.print,
        "made": int(time.time() * 1000),
        "faults": [fault_of(fault) for fault in dubbed.faults],
        "counts": {"made": dubbed.made, "before": dubbed.from_before},
        "left_out": list(dubbed.left_out),
        "waveform": plots.waveform_path(_outline(dubbed.output)),
    }


def _voices(wish: DubWish, synthesizer: Synthesizer) -> Steps[None]:
    for reference in wish.references():
        reference.spoken_by(synthesizer)
        yield


def _progress(job: Job[str]) -> Callable[[float, str], None]:
    return lambda share, text: job.report(share, Step(0, 0, text))


def _plain(details: Mapping[str, object]) -> dict[str, Any]:
    return {key: value if isinstance(value, int | float | str) else str(value) for key, value in details.items()}


def _outline(path: Path) -> NDArray[np.float32]:
    """(samples,) that look as the track does from afar, however long it is: the highest of every stretch."""
    step = max(1, soundfile.info(path).frames // (plots.COLUMNS * 4))
    return np.array([np.abs(block).max() for block in soundfile.blocks(path, blocksize=step, dtype="float32")])
