"""`batch`: one clone for each line of a job file; what fails is listed, the rest is done."""

import json
import time
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tts.cli.console import Console
from tts.cli.job import Job, read_text
from tts.cli.speaking import Source, make_folder, store
from tts.errors import InputError, OptionError, YinseError
from tts.settings import Settings
from tts.speech import Speech, SynthesisRequest
from tts.voice import Voice

if TYPE_CHECKING:
    from tts.synthesizer import Synthesizer

#: Jobs that are planned and batched together: their waves are in memory until they are written.
GROUP: Final = 16


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the job file: its number from 1, and its job, or why there is none."""

    number: int
    job: Job | YinseError


@dataclass(slots=True)
class Work:
    """The synthesizer, the voices made for earlier lines, and what became of each line."""

    synthesizer: "Synthesizer"
    settings: Settings
    console: Console
    voices: dict[tuple[str, tuple[str, ...], bool], Voice] = field(default_factory=dict)
    done: list[dict[str, Any]] = field(default_factory=list)
    failed: list[dict[str, Any]] = field(default_factory=list)
    bad_input_only: bool = True

    def do(self, lines: Sequence[Line]) -> None:
        """Say the jobs of `lines` in one batch."""
        requests: list[SynthesisRequest] = []
        owners: list[tuple[int, Job, int]] = []
        for line in lines:
            if isinstance(line.job, YinseError):
                self._fail(line.number, line.job)
                continue
            try:
                asked = self._requests(line.job)
            except YinseError as error:
                self._fail(line.number, error)
                continue
            requests += asked
            owners += [(line.number, line.job, take) for take in range(len(asked))]
        outcomes = self.synthesizer.synthesize_batch(requests, self.console.progress)
        for (number, job, take), outcome in zip(owners, outcomes, strict=True):
            try:
                self.done.append({"line": number} | _store(job, take, outcome))
            except YinseError as error:
                self._fail(number, error)

    def _requests(self, job: Job) -> list[SynthesisRequest]:
        key = (job.voice, job.clips, job.denoise)
        source = Source.of(job, self.settings) if key not in self.voices or job.emotion_clip else None
        if source and key not in self.voices:
            self.voices[key] = source.voice(self.synthesizer)
        return job.requests(self.voices[key], source.emotion(self.synthesizer) if source else None)

    def _fail(self, number: int, error: YinseError) -> None:
        self.bad_input_only &= isinstance(error, InputError)
        self.failed.append({"line": number, "code": error.code, "message": error.message(self.console.language)})
        self.console.error(error, where=f"line {number}: ")


def run(options: Namespace, settings: Settings, console: Console) -> int:
    lines = read_jobs(options.jobs, options.output_dir)
    make_folder(options.output_dir)

    from tts.synthesizer import Synthesizer

    work = Work(Synthesizer.open(settings, options.device), settings, console)
    started = time.perf_counter()
    for start in range(0, len(lines), GROUP):
        work.do(lines[start : start + GROUP])
    seconds, spoken = time.perf_counter() - started, sum(result["seconds"] for result in work.done)
    content = {
        "done": work.done,
        "failed": work.failed,
        "seconds": round(spoken, 3),
        "rtf": round(seconds / spoken, 4) if spoken else None,
        "device": work.synthesizer.device,
    }
    console.result(content, f"{len(work.done)} done, {len(work.failed)} failed, {spoken:.1f} s of speech")
    if not work.failed:
        return 0
    return InputError.exit_code if work.bad_input_only else YinseError.exit_code


def read_jobs(path: Path, folder: Path) -> list[Line]:
    """The jobs of a file, outputs placed in `folder`; blank lines are left out, and a wrong one has its error."""
    rows = [(number, row) for number, row in enumerate(read_text(path).split("\n"), 1) if row.strip()]
    if not rows:
        raise OptionError("option_jobs", path=str(path), line=1)
    lines: list[Line] = []
    taken: set[Path] = set()
    for number, row in rows:
        try:
            job = _job(row, number, path, folder)
            outputs = {job.path_of(take, job.output) for take in range(job.takes)}
            if outputs & taken:
                raise OptionError("option_conflict", first=f"--output {job.output}", second=f"--output {job.output}")
            taken |= outputs
            lines.append(Line(number, job))
        except YinseError as error:
            lines.append(Line(number, error))
    return lines


def _job(row: str, number: int, path: Path, folder: Path) -> Job:
    try:
        content = json.loads(row)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise OptionError("option_jobs", path=str(path), line=number)
    job = Job.of({"output": f"{number:04d}.wav"} | content)
    timings = _inside(folder, job.timings) if job.timings else None
    clips = tuple(_found(clip, path.parent) for clip in job.clips)
    emotion_clip = _found(job.emotion_clip, path.parent) if job.emotion_clip else ""
    output = _inside(folder, job.output)
    return replace(job, output=output, timings=timings, clips=clips, emotion_clip=emotion_clip)


def _inside(folder: Path, written: Path) -> Path:
    """A job writes nowhere but in the folder that the person named."""
    if not (folder / written).resolve().is_relative_to(folder.resolve()):
        raise OptionError("option_value", option="--output", value=written, expected=f"{folder}/…")
    return folder / written


def _found(clip: str, beside: Path) -> str:
    """A clip's path is meant from here, or else from where the job file lies."""
    return clip if Path(clip).expanduser().exists() or not (beside / clip).exists() else str(beside / clip)


def _store(job: Job, take: int, outcome: Speech | YinseError) -> dict[str, Any]:
    if isinstance(outcome, YinseError):
        raise outcome
    for written in (job.output, job.timings):
        if written:
            make_folder(written.parent)
    return store(job, take, outcome)
