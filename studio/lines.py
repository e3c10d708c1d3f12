"""Many texts at once: a sentence a line, JSONL or a table, read and checked before anything is said."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.fields import legible
from tts.cli.job import Job
from tts.errors import OptionError, YinseError
from tts.speech import LIVELY, RANGES, check_range

#: What a line may set. Whatever names a file of the machine is not for people who only see its page.
KEYS: Final = (
    "text", "language", "speed", "duration", "pause_scale", "seed", "variation", "emotion", "emotion_text",
    "emotion_random", "emotion_weight", "longest", "emoji",
)  # fmt: skip
MOST_LINES: Final = 500
_NUMBERS: Final = {"speed", "duration", "pause_scale", "seed", "variation", "emotion_weight", "longest"}
_TABLES: Final = (".csv", ".tsv")


@dataclass(frozen=True)
class Line:
    """A line of the file, counted from 1: what it sets, its text among that; or why it cannot be said."""

    number: int
    text: str
    given: Mapping[str, Any]
    error: YinseError | None = None


def read_lines(text: str, name: str = "") -> list[Line]:
    """The lines of `text`, blank ones left out; `name` is that of the file, whose ending tells what it holds.

    Without a telling one, a first line in braces tells JSONL, and one that names a column `text` a table. A line that
    is not right has its error. `OptionError` option_lines, option_many, or option_column for a table without texts.
    """
    text = text.removeprefix("\ufeff")
    first = next((row.strip() for row in text.splitlines() if row.strip()), "")
    if name.lower().endswith(_TABLES) or "text" in _columns(first):
        lines = _of_table(text)
    elif name.lower().endswith((".jsonl", ".ndjson")) or first.startswith("{"):
        lines = [_of_json(number, row, name) for number, row in enumerate(text.split("\n"), 1) if row.strip()]
    else:
        lines = [
            Line(n, row.strip(), {"text": row.strip()}) for n, row in enumerate(text.split("\n"), 1) if row.strip()
        ]
    if not lines:
        raise OptionError("option_lines")
    if len(lines) > MOST_LINES:
        raise OptionError("option_many", count=len(lines), limit=MOST_LINES)
    return lines


def checked(line: Line, shared: Mapping[str, Any], check_text: Callable[[Job], None]) -> Line:
    """The line, with the error that saying it would meet; `check_text` raises what is wrong with the text."""
    if line.error:
        return line
    try:
        job = job_of(line.given, shared)
        for key, value in job.options.items():
            if (option := f"--{key.replace('_', '-')}") in RANGES:
                check_range(option, value)
        check_text(job)
    except YinseError as error:
        return Line(line.number, line.text, line.given, error)
    return line


def job_of(given: Mapping[str, Any], shared: Mapping[str, Any]) -> Job:
    """What a line sets goes over what all share. Raises as `Job.of` does."""
    if unknown := [key for key in given if key not in KEYS]:
        raise OptionError("option_value", option="job", value=unknown[0], expected=", ".join(KEYS))
    return Job.of({"voice": "-", "output": "-.wav", "variation": LIVELY, **shared, **given})


def _of_json(number: int, row: str, name: str) -> Line:
    try:
        content = legible(json.loads(row))
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        wrong = OptionError("option_jobs", path=name or "*.jsonl", line=number)
        return Line(number, row.strip()[:200], {}, wrong)
    return Line(number, str(content.get("text", "")), content)


def _of_table(text: str) -> list[Line]:
    first = text.lstrip().split("\n", 1)[0]
    rows = csv.reader(io.StringIO(text), delimiter=_delimiter(first))
    names: list[str] | None = None
    lines = []
    try:
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if names is None:
                names = [cell.strip().casefold() for cell in row]
                if "text" not in names:
                    raise OptionError("option_column")
                continue
            given = {key: _cell(key, cell) for key, cell in zip(names, row, strict=False) if cell.strip()}
            lines.append(Line(rows.line_num, str(given.get("text", "")), given))
    except csv.Error:
        raise OptionError("option_jobs", path="*.csv", line=rows.line_num) from None
    return lines


def _cell(key: str, cell: str) -> Any:
    """Numbers and truth as JSON has them; what is neither is told later, by its option."""
    cell = cell.strip()
    if key == "emotion_random":
        return cell.casefold() in ("1", "true", "yes")
    if key in _NUMBERS:
        for kind in (int, float):
            try:
                return kind(cell)
            except ValueError:
                continue
    return cell


def _columns(first: str) -> list[str]:
    return [cell.strip().strip('"').casefold() for cell in first.split(_delimiter(first))]


def _delimiter(first: str) -> str:
    return max(",;\t", key=first.count)
