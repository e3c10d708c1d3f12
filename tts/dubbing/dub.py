"""A plan becomes a track: its pieces are made, kept until all are there, and laid in their places."""

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tts.audio.spec import AudioSpec
from tts.dubbing.cast import Cast
from tts.dubbing.document import Document, Fault
from tts.dubbing.pieces import TRACK, Pieces
from tts.dubbing.plan import Cancelled, DubOptions, Part, Plan, Progress, plan_steps
from tts.dubbing.steps import Steps, finished
from tts.dubbing.track import Placed, write_track
from tts.errors import AudioWriteError, InputError, InternalError, YinseError
from tts.files import unwritten, whole_file
from tts.timings import PhoneTiming, SegmentTiming, Timings, WordTiming

if TYPE_CHECKING:
    from tts.synthesizer import Synthesizer

#: Pieces that are made together, by the device: what a stop loses, and what others wait for. A graphics card gains by
#: many, a processor does not.
TOGETHER: Final = {"cpu": 1, "cuda": 16}
#: Share of the work that is planning, and of the rest the share that is speaking.
_PLANNING: Final = 0.1
_SPEAKING: Final = 0.95


@dataclass(frozen=True, slots=True)
class Dubbed:
    """A track that is written: what of the plan is in it, when what is said, and what failed while it was made.

    `made` pieces were said now, the others were there from a run before.
    """

    output: Path
    plan: Plan
    timings: Timings
    faults: tuple[Fault, ...]
    left_out: tuple[str, ...]
    seed: int
    made: int
    made_samples: int
    from_before: int


def dub(
    synthesizer: "Synthesizer",
    document: Document,
    cast: Cast,
    output: Path,
    options: DubOptions,
    keep: bool = False,
    planned: Callable[[Plan], None] | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Dubbed:
    """Plan a document, tell `planned` what will not fit, and write the track to the wav `output`.

    The lines that are made lie in the folder `OUTPUT.parts` until the track is whole, and then too with `keep`: the
    next run makes only what is not there. A piece whose text cannot be said after all is among the faults and silent in
    the track. Raises what `make_plan` does, `AudioWriteError`, `DeviceError` when the others are made, `BusyError`
    busy_track, and `InternalError` internal_cancelled.
    """
    return finished(dub_steps(synthesizer, document, cast, output, options, keep, (), planned, progress, cancelled))


def dub_steps(
    synthesizer: "Synthesizer",
    document: Document,
    cast: Cast,
    output: Path,
    options: DubOptions,
    keep: bool = False,
    also: Collection[str] = (),
    planned: Callable[[Plan], None] | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Steps[Dubbed]:
    """`dub`, a line or a few a step. With `keep` the pieces of the keys `also` stay too.

    Nobody else can make this track until the steps end, or are closed.
    """
    if not output.parent.is_dir():
        raise AudioWriteError("output_folder", folder=str(output.parent))
    if output.exists() and not output.is_file():
        raise AudioWriteError("output_write", path=str(output), reason="not a file")
    with Pieces.open(output) as pieces:
        try:
            told = _within(progress, 0.0, _PLANNING)
            plan = yield from plan_steps(synthesizer, document, cast, options, pieces, told, cancelled)
        except InputError:
            pieces.clear()
            raise
        if planned:
            planned(plan)
        made = yield from _write_steps(synthesizer, plan, output, pieces, _within(progress, _PLANNING, 1.0), cancelled)
        pieces.clear({*also, *(part.key for part in plan.parts)} if keep else ())
        return made


def say_parts(
    synthesizer: "Synthesizer",
    parts: Sequence[Part],
    pieces: Pieces,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> dict[str, YinseError]:
    """Make the pieces of some parts; returns why some could not be, by their keys."""
    outcomes = synthesizer.synthesize_batch([part.request for part in parts], progress, cancelled)
    broken = {}
    for part, outcome in zip(parts, outcomes, strict=True):
        if isinstance(outcome, YinseError):
            broken[part.key] = outcome
        else:
            pieces.put(part.key, outcome)
    return broken


def _write_steps(
    synthesizer: "Synthesizer",
    plan: Plan,
    output: Path,
    pieces: Pieces,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> Steps[Dubbed]:
    """Say what of `plan` is not among the `pieces` yet, and write the track to `output`, whole or not at all."""
    parts = plan.parts
    different = {part.key: part for part in parts}
    missing = [part for part in different.values() if not pieces.has(part.key)]
    wanted = sum(part.samples for part in different.values())
    done = wanted - sum(part.samples for part in missing)
    broken: dict[str, YinseError] = {}
    together = TOGETHER[synthesizer.device]
    for start in range(0, len(missing), together):
        group = missing[start : start + together]
        share = sum(part.samples for part in group)
        told = _within(progress, done / wanted * _SPEAKING, (done + share) / wanted * _SPEAKING)
        broken |= say_parts(synthesizer, group, pieces, told, cancelled)
        done += share
        yield
    if failed := [error for error in broken.values() if not isinstance(error, InputError)]:
        raise failed[0]
    placed = [Placed(part.start, part.samples, pieces.wave(part.key)) for part in parts if part.key not in broken]
    _write(output, plan, placed, pieces, _within(progress, _SPEAKING, 1.0), cancelled)
    timings, left_out = _timings(plan, pieces, broken)
    faults = [
        Fault(planned.line.row, broken[part.key])
        for planned in plan.lines
        for part in planned.parts
        if part.key in broken
    ]
    made = [part for part in missing if part.key not in broken]
    ordered = tuple(sorted([*plan.faults, *faults], key=lambda fault: fault.row))
    samples, before = sum(part.samples for part in made), len(different) - len(missing)
    return Dubbed(output, plan, timings, ordered, left_out, plan.seed, len(made), samples, before)


def _write(
    output: Path,
    plan: Plan,
    placed: Sequence[Placed],
    pieces: Pieces,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> None:
    """The track is written among the pieces, so that a stop leaves nothing beside them."""
    unfinished = pieces.folder / TRACK

    def told(share: float) -> None:
        if cancelled and cancelled():
            raise InternalError("internal_cancelled")
        if progress:
            progress(share, "")

    with whole_file(unfinished) as stream:
        write_track(stream, placed, plan.samples, told)
    try:
        os.replace(unfinished, output)
    except OSError as error:
        raise unwritten(output, error) from None


def _timings(plan: Plan, pieces: Pieces, broken: dict[str, YinseError]) -> tuple[Timings, tuple[str, ...]]:
    """When every segment, word and phone is said in the whole track, and all that was left out of its texts."""
    segments: list[SegmentTiming] = []
    words: list[WordTiming] = []
    phones: list[PhoneTiming] = []
    speakers: list[str] = []
    left_out: list[str] = []
    for part in plan.parts:
        if part.key in broken:
            continue
        spoken, begin = pieces.read(part.key), part.start / AudioSpec.sample_rate
        before, said = len(segments), len(words)
        for mark in spoken.segments:
            segments.append(replace(mark, start=_at(mark.start, begin), end=_at(mark.end, begin)))
        for word in spoken.words:
            start, end = _at(word.start, begin), _at(word.end, begin)
            words.append(replace(word, start=start, end=end, segment=word.segment + before))
        for phone in spoken.phones:
            start, end = _at(phone.start, begin), _at(phone.end, begin)
            phones.append(replace(phone, start=start, end=end, word=phone.word + said))
        speakers += [part.speaker] * len(spoken.segments)
        left_out += spoken.left_out
    named = tuple(speakers) if any(speakers) else ()
    timings = Timings(tuple(segments), tuple(words), plan.seconds, tuple(phones), named)
    return timings, tuple(dict.fromkeys(left_out))


def _at(seconds: float, begin: float) -> float:
    return round(seconds + begin, 4)


def _within(progress: Progress | None, low: float, high: float) -> Progress | None:
    """`progress` that goes from `low` to `high`."""
    if progress is None:
        return None
    told: Callable[[float, str], None] = progress
    return lambda share, text: told(low + (high - low) * share, text)
