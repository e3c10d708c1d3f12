"""`dub`: subtitles or a script as one track."""

import re
import sys
import time
from argparse import Namespace
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tts.cli.console import Console, to_json
from tts.cli.job import KEYS, Job
from tts.cli.speaking import Source, check_folder, library_of, read_clips
from tts.dubbing.cast import Cast, check_cast
from tts.dubbing.document import Document, Fault, Remark, same_name
from tts.dubbing.source import read_document
from tts.errors import BusyError, InputError, OptionError, YinseError, sentence_language
from tts.files import whole_file
from tts.sentences import WARNINGS
from tts.settings import Settings
from tts.timings import write_timings

if TYPE_CHECKING:
    from tts.dubbing.plan import DubOptions, Plan
    from tts.voice import Voice

#: Lines of the terminal that one kind of news takes; all of it is in the report.
_SHOWN: Final = 20
_MILESTONES: Final = 10


@dataclass(slots=True)
class Milestones:
    """Progress on a terminal; where nobody sees a line change, a new line for every tenth of the way."""

    console: Console
    started: float = field(default_factory=time.monotonic)
    first: float | None = None
    passed: int = 0

    def progress(self, share: float, text: str) -> None:
        if self.first is None:
            # What was there from a run before took no time.
            self.first, self.passed = share, int(share * _MILESTONES)
        taken, gone = time.monotonic() - self.started, share - self.first
        left = f"-{_clock(taken / gone * (1 - share))} " if gone > 0.02 and share < 1 else ""
        if sys.stderr.isatty():
            self.console.progress(share, f"{left}{text}")
        elif not self.console.json and int(share * _MILESTONES) > self.passed:
            self.passed = int(share * _MILESTONES)
            self.console.note(f"{share:4.0%} {left}".rstrip())


def run(options: Namespace, settings: Settings, console: Console) -> int:
    """Tell what does not fit; make the track, its timings and the report."""
    job = _job(options)
    for path in (job.output, job.timings, options.report):
        if path:
            check_folder(path)
    document, main, sources = _read(options, job, settings)

    from tts.dubbing.dub import dub
    from tts.dubbing.plan import make_plan
    from tts.synthesizer import Synthesizer

    synthesizer = Synthesizer.open(settings, options.device)
    voice = main.voice(synthesizer) if main else None
    if voice and job.clips:
        for code in voice.report.warnings:
            console.warning(code, **voice.report.details)
    cast = Cast(voice, {name: source.voice(synthesizer) for name, source in sources.items()})
    way = _way(options, job, cast)
    progress = Milestones(console).progress
    if options.dry_run:
        plan = make_plan(synthesizer, document, cast, way, None, progress)
        _tell(console, plan)
        return _answer(console, options.report, plan, plan.faults, {"seconds": plan.seconds}, f"{plan.seconds:.2f} s")
    started = time.perf_counter()
    try:
        dubbed = dub(
            synthesizer, document, cast, job.output, way, options.keep, lambda plan: _tell(console, plan), progress
        )
    except BaseException as error:
        folder = job.output.with_name(f"{job.output.name}.parts")
        if folder.exists() and not isinstance(error, InputError | BusyError):
            console.warning("dub_kept", folder=folder)
        raise
    seconds, rate = time.perf_counter() - started, synthesizer.bundle.spec.sample_rate
    if job.timings:
        write_timings(job.timings, dubbed.timings)
    if dubbed.left_out:
        console.warning("text_left_out", left_out=" ".join(dubbed.left_out))
    content = {
        "output": str(job.output),
        "seconds": dubbed.plan.seconds,
        "samples": dubbed.plan.samples,
        "sample_rate": rate,
        "seed": dubbed.seed,
        "made": dubbed.made,
        "from_before": dubbed.from_before,
        "rtf": round(seconds * rate / dubbed.made_samples, 4) if dubbed.made_samples else None,
        "device": synthesizer.device,
        "left_out": list(dubbed.left_out),
    }
    told = f"{job.output}  {dubbed.plan.seconds:.2f} s  seed {dubbed.seed}  {dubbed.made} made"
    told += f", {dubbed.from_before} from before" if dubbed.from_before else ""
    return _answer(console, options.report, dubbed.plan, dubbed.faults, content, told)


def _job(options: Namespace) -> Job:
    """What a dub and a clone have in common, checked as a clone is; the texts and the cast come from elsewhere."""
    given = {key: getattr(options, key, None) for key in KEYS} | {"text": "-", "seed": options.seed or 0}
    if not options.reference and not options.voice:
        given["reference"] = "-"  # the cast may be all there is
    return Job.of(given)


def _read(options: Namespace, job: Job, settings: Settings) -> tuple[Document, Source | None, dict[str, Source]]:
    """The document, and where the main voice and that of each name come from. A stored voice needs no `--cast`."""
    library = library_of(settings)
    stored = {same_name(card.name): card.name for card in library.cards()}
    sources = _cast(options.cast or (), stored, options.denoise, settings)
    known = {*sources, *stored.values()}
    document = read_document(options.file, known, options.descriptions, options.encoding)
    cast = set(map(same_name, sources))
    for speaker in document.speakers:
        if (name := same_name(speaker)) in stored and name not in cast:
            sources[stored[name]] = Source((), False, library.get(stored[name]))
    main = Source.of(job, settings) if options.reference or options.voice else None
    check_cast(document, sources, main is not None)
    return document, main, sources


def _cast(given: Sequence[str], stored: Mapping[str, str], denoise: bool, settings: Settings) -> dict[str, Source]:
    """`NAME=CLIP` or `NAME=VOICE` of every `--cast`; several clips of one name make one voice."""
    values: dict[str, list[str]] = {}
    for text in given:
        name, *rest = (piece.strip() for piece in re.split("[=＝]", text, maxsplit=1))
        value = "".join(rest)
        if not name or not value:
            raise OptionError("option_value", option="--cast", value=text, expected="NAME=CLIP | NAME=VOICE")
        values.setdefault(name, []).append(value)
    sources = {}
    for name, own in values.items():
        if len(own) == 1 and not Path(own[0]).expanduser().is_file():
            if same_name(own[0]) not in stored:
                known = ", ".join(stored.values()) or "-"
                raise OptionError("option_cast", name=name, voice=own[0], known=known)
            sources[name] = Source((), False, library_of(settings).get(stored[same_name(own[0])]))
        else:
            sources[name] = Source(read_clips(own, settings), denoise, None)
    return sources


def _way(options: Namespace, job: Job, cast: Cast) -> "DubOptions":
    from tts.dubbing.plan import DubOptions

    anybody: Voice = cast.main or next(iter(cast.voices.values()))
    given = {key: getattr(options, key) for key in ("stretch", "gap", "tail") if getattr(options, key) is not None}
    return DubOptions(job.requests(anybody)[0], **given)


def _tell(console: Console, plan: "Plan") -> None:
    """What is to be known before the work, which the person may want to stop."""
    console.progress(1.0, "")  # clears its line
    for remark in plan.remarks:
        console.warning(remark.code, **remark.details)
    _tell_faults(console, plan.faults)


def _tell_faults(console: Console, faults: Sequence[Fault]) -> None:
    for fault in faults[:_SHOWN]:
        console.error(fault.error, where=f"line {fault.row}: ")
    if len(faults) > _SHOWN:
        console.note(f"… {len(faults) - _SHOWN} more")


def _answer(
    console: Console, report: Path | None, plan: "Plan", faults: Collection[Fault], content: dict[str, Any], told: str
) -> int:
    """Write the report, tell the result; the exit code says whether every line is in the track."""
    _tell_faults(console, [fault for fault in faults if fault not in plan.faults])
    content |= {
        "lines": [planned.to_dict() for planned in plan.lines],
        "failed": [
            {"line": fault.row, "code": fault.error.code, "message": fault.error.message(console.language)}
            for fault in faults
        ],
        "warnings": [{"code": remark.code, "message": _said(remark, console)} for remark in plan.remarks],
    }
    if report:
        with whole_file(report) as stream:
            stream.write(f"{to_json(content)}\n".encode())
    squeezed = sorted((line for line in plan.lines if line.pace > 1 and line.parts), key=lambda line: -line.pace)
    rows = [f"  {line.line.row:>6}  {line.state:8}  {line.pace:.2f}x  {line.line.text[:50]}" for line in squeezed
            if line.state in ("squeezed", "ran_on")]  # fmt: skip
    spoken = sum(bool(line.parts) for line in plan.lines)
    summary = f"{told}; {spoken} lines, {len(rows)} faster than natural, {len(faults)} failed"
    console.result(content, "\n".join([summary, *rows[:_SHOWN]]))
    if not faults:
        return 0
    bad_input = all(isinstance(fault.error, InputError) for fault in faults)
    return InputError.exit_code if bad_input else YinseError.exit_code


def _said(remark: Remark, console: Console) -> str:
    return WARNINGS[remark.code][sentence_language(console.language)].format(**remark.details)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
