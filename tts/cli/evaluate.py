"""`evaluate`: our own measures of speech, for each wave of a manifest and over all of them."""

import csv
import io
import json
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tts.audio.artefacts import MEASURES, Sound
from tts.audio.read import Clip, Limits, read_clip
from tts.cli.console import Console
from tts.cli.job import read_text
from tts.cli.speaking import check_folder
from tts.errors import InputError, OptionError, YinseError
from tts.files import whole_file
from tts.settings import Settings
from tts.text.phones import PAUSES
from tts.text.reader import Reader

if TYPE_CHECKING:
    from tts.synthesizer import Synthesizer
    from tts.voice import Voice

SHORTEST_SECONDS: Final = 0.1
LONGEST_SECONDS: Final = 600.0
_WORST: Final[dict[str, Callable[[float, float], float]]] = {
    "higher": lambda value, _: value,
    "lower": lambda value, _: -value,
    "farther": lambda value, middle: abs(value - middle),
    "farther from 0": lambda value, _: abs(value),
}
#: Name -> unit and which value is the worst, in the order in which they are told.
COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "seconds": ("s", "farther"),
    "pitch_hz": ("Hz", "farther"),
    "pitch_range_semitones": ("semitones", "lower"),
    "phones_per_second": ("1/s", "farther"),
    "cosine": ("0-1", "lower"),
    "rank": ("place", "higher"),
    "pitch_difference_semitones": ("semitones", "farther from 0"),
    **{row.name: (row.unit, row.worse) for row in MEASURES},
}
_LEAST_VOICED: Final = 5  # frames
_RANGE: Final = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a manifest: its number, a wave, and what is known of it; `wave` is also kept as it was written."""

    line: int
    written: str
    wave: Path
    text: str
    language: str
    reference: Path | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A line of which something could not be measured, and why."""

    line: int
    error: YinseError


def run(options: Namespace, settings: Settings, console: Console) -> int:
    rows = read_manifest(options.manifest)
    if options.out:
        check_folder(options.out)
    found, failures = _measured(rows, settings, console)
    heard = [row for row in rows if row.line in found]
    bundle = None
    if any(row.reference for row in heard):
        from tts.synthesizer import Synthesizer

        synthesizer = Synthesizer.open(settings, options.device)
        bundle = synthesizer.bundle.name
        failures += _compared(heard, found, synthesizer, console)
    failures.sort(key=lambda failure: failure.line)
    for failure in failures:
        console.error(failure.error, where=f"line {failure.line}: ")
    told = [_told(row, found[row.line]) for row in heard]
    content = {
        "manifest": str(options.manifest),
        "bundle": bundle,
        "references": len({row.reference for row in heard if row.reference}),
        "rows": told,
        "summary": summary(told),
        "failed": [
            {"line": failure.line, "code": failure.error.code, "message": failure.error.message(console.language)}
            for failure in failures
        ],
    }
    if options.out:
        with whole_file(options.out) as stream:
            stream.write((json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
    console.result(content, _table(content))
    return InputError.exit_code if failures else 0


def read_manifest(path: Path) -> list[Row]:
    """The rows of a table with tabs between its columns: wave and, where known, text, lang and reference.

    Paths that are not absolute start where the manifest lies. Raises `TextError` text_file, or `OptionError`
    option_manifest_column, _line or _empty.
    """
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""), delimiter="\t")
    rows = []
    try:
        if "wave" not in (reader.fieldnames or ()):
            raise OptionError("option_manifest_column", path=str(path), column="wave")
        for fields in reader:
            row = _row(fields, reader.line_num, path)
            if row is None:
                raise OptionError("option_manifest_line", path=str(path), line=reader.line_num)
            rows.append(row)
    except csv.Error:
        raise OptionError("option_manifest_line", path=str(path), line=reader.line_num + 1) from None
    if not rows:
        raise OptionError("option_manifest_empty", path=str(path))
    return rows


def read_wave(path: Path, settings: Settings) -> Clip:
    """A wave to be measured: as `read_clip`, but from a tenth of a second to ten minutes long."""
    return read_clip(path, limits=Limits(settings.max_upload_bytes, SHORTEST_SECONDS, LONGEST_SECONDS))


def summary(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """For each of `COLUMNS`: unit, count, mean, median, and the worst value with its wave; None where none has one."""
    found: dict[str, Any] = {}
    for name, (unit, worse) in COLUMNS.items():
        values = [(row[name], row["wave"]) for row in rows if row[name] is not None]
        numbers = [value for value, _ in values]
        middle = median(numbers) if numbers else 0.0
        worst = max(values, key=lambda pair: _WORST[worse](pair[0], middle), default=None)
        found[name] = {
            "unit": unit,
            "count": len(values),
            "mean": round(fmean(numbers), 4) if numbers else None,
            "median": round(middle, 4) if numbers else None,
            "worst": {"value": worst[0], "wave": worst[1]} if worst else None,
        }
        if name == "rank":
            found[name]["first"] = round(numbers.count(1) / len(numbers), 4) if numbers else None
    return found


def _row(fields: Mapping[str, str], line: int, manifest: Path) -> Row | None:
    """A line of a manifest as a row; None if it is none."""
    # A line that is too long has a list under None, one that is too short has None under a name.
    if None in fields or None in fields.values():
        return None
    wave, reference, text, language = (fields.get(name, "").strip() for name in ("wave", "reference", "text", "lang"))
    if not wave or "\0" in wave + reference:
        return None
    return Row(
        line,
        wave,
        _placed(wave, manifest),
        text,
        language or "auto",
        _placed(reference, manifest) if reference else None,
    )


def _placed(written: str, manifest: Path) -> Path:
    return (manifest.parent / written).resolve()


def _measured(
    rows: Sequence[Row], settings: Settings, console: Console
) -> tuple[dict[int, dict[str, float | None]], list[Failure]]:
    """Line -> what is measured without a reference; a wave that cannot be read has a failure instead."""
    reader = Reader.of(settings)
    found: dict[int, dict[str, float | None]] = {}
    failures = []
    for place, row in enumerate(rows):
        try:
            clip = read_wave(row.wave, settings)
        except YinseError as error:
            failures.append(Failure(row.line, error))
            continue
        sound = Sound.of(clip.wave)
        values = found[row.line] = dict.fromkeys(COLUMNS, None)
        values |= {"seconds": clip.seconds} | {each.name: each.of(sound) for each in MEASURES}
        voiced = sound.f0_hz[sound.f0_hz > 0].astype(np.float64)
        if len(voiced) >= _LEAST_VOICED:
            low, high = np.quantile(voiced, _RANGE)
            values |= {"pitch_hz": float(np.median(voiced)), "pitch_range_semitones": float(12 * np.log2(high / low))}
        if row.text and sound.speech_seconds:
            try:
                reading = reader.read(row.text, row.language)
                phones = [token for part in reading.segments for token in part.tokens if token.phone not in PAUSES]
                values["phones_per_second"] = len(phones) / sound.speech_seconds
            except YinseError as error:
                failures.append(Failure(row.line, error))
        console.progress((place + 1) / len(rows), row.written)
    return found, failures


def _compared(
    rows: Sequence[Row], found: Mapping[int, dict[str, float | None]], synthesizer: "Synthesizer", console: Console
) -> list[Failure]:
    """Fill in what is measured against the references; failures of references that cannot be read."""
    failures: list[Failure] = []
    voices: dict[Path, Voice | None] = {}
    for row in rows:
        if row.reference and row.reference not in voices:
            try:
                voices[row.reference] = _voice(row.reference, synthesizer)
            except YinseError as error:
                voices[row.reference] = None
                failures.append(Failure(row.line, error))
    known = {path: voice for path, voice in voices.items() if voice}
    for place, row in enumerate(rows):
        own = known.get(row.reference) if row.reference else None
        voice = _voice(row.wave, synthesizer) if own else None
        if own and voice:
            values = found[row.line]
            likeness = float(voice.embedding.xvector @ own.embedding.xvector)
            others = (voice.embedding.xvector @ other.embedding.xvector for other in known.values())
            values |= {"cosine": likeness, "rank": 1 + sum(float(other) > likeness for other in others)}
            pitch, level = values["pitch_hz"], own.report.f0_median_hz
            if pitch and level:
                values["pitch_difference_semitones"] = float(12 * np.log2(pitch / level))
        console.progress((place + 1) / len(rows), row.written)
    return failures


def _voice(path: Path, synthesizer: "Synthesizer") -> "Voice | None":
    """The voice of a wave, None where it is too short to have one."""
    clip = read_wave(path, synthesizer.settings)
    if clip.seconds < synthesizer.settings.min_reference_seconds:
        return None
    return synthesizer.voice_from([clip], fitted=False)


def _told(row: Row, values: Mapping[str, float | None]) -> dict[str, Any]:
    known = {"line": row.line, "wave": row.written, "reference": str(row.reference) if row.reference else None}
    return known | {name: None if value is None else round(value, 4) for name, value in values.items()}


def _table(content: Mapping[str, Any]) -> str:
    """The summary for people: a line a measure, those without a value left out."""
    lines = [("", "unit", "mean", "median", "worst", "of")]
    for name, row in content["summary"].items():
        if row["count"]:
            numbers = (f"{value:.3f}" for value in (row["mean"], row["median"], row["worst"]["value"]))
            lines.append((name, row["unit"], *numbers, row["worst"]["wave"]))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    table = [
        "  ".join(
            cell.rjust(width) if 2 <= place <= 4 else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    first = content["summary"]["rank"]["first"]
    if first is not None:
        table.append(f"the own reference is the nearest of {content['references']} for {first:.1%} of the waves")
    table.append(f"{len(content['rows'])} measured, {len(content['failed'])} failed")
    return "\n".join(table)
