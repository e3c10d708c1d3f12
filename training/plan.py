"""A plan of training: which programs of this package run, in which order, on which GPUs.

A plan is a YAML file of `values` and `stages`. Stages follow each other; the lanes of a stage run side by side; the
programs of a lane, each with a name of its own, follow each other. A program is a line of a command:

    acoustic: "group: acoustic --store {store} --out {out}/acoustic {acoustic}"

What stands before the colon says where it runs: `group` (a process on every GPU, which share the work; `group -1`: on
all but the last), `gpu N` (on that one alone; -1 is the last), or nothing (all GPUs are seen). `{name}` stands for a
value; a list becomes several words. Against the clock, the value `seconds` is what the whole run may take, and
`{left:N}` what is left of it when the program starts, but for N seconds.
"""

import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import yaml

_LINE = re.compile(
    r"(?:(?:(?P<group>group)(?: -(?P<spared>\d+))?|gpu (?P<gpu>-?\d+))? *: *)?(?P<command>[^: ].*)", re.DOTALL
)
_LEFT = re.compile(r"\{left:(\d+)\}")
_VALUE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Program:
    """One program of the plan; `arguments` begin with its module's name. `gpu` is None where it sees all of them; a
    group leaves the last `spared` alone.
    """

    name: str
    arguments: tuple[str, ...]
    group: bool = False
    spared: int = 0
    gpu: int | None = None

    def at(self, left: float) -> list[str]:
        """Its arguments, `left` seconds before the run is to end; what it is told is never less than one second."""
        return [_LEFT.sub(lambda found: f"{max(1.0, left - int(found[1])):.0f}", word) for word in self.arguments]


Lane = tuple[Program, ...]


@dataclass(frozen=True)
class Plan:
    """Stages of lanes of programs, every value filled in, and the run's folder and time: the plan's values `out` and
    `seconds`.
    """

    out: Path
    stages: tuple[tuple[Lane, ...], ...]
    seconds: float | None = None

    @classmethod
    def load(cls, path: Path, given: Iterable[str]) -> Self:
        """The plan with its values, those of `given` (`name=value`) above its own. SystemExit says what is missing."""
        content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        values: dict[str, Any] = dict(content.get("values") or {})
        for item in given:
            name, mark, value = item.partition("=")
            if not mark:
                raise SystemExit(f"'{item}' is not name=value")
            if name not in values:
                raise SystemExit(f"{path.name} has no value '{name}'; it has: {', '.join(values)}")
            values[name] = yaml.safe_load(value)
        stages = tuple(
            tuple(tuple(_program(name, line, values) for name, line in lane.items()) for lane in stage)
            for stage in content["stages"]
        )
        names = [program.name for stage in stages for lane in stage for program in lane]
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            raise SystemExit(f"{path.name} has two programs of one name: {', '.join(doubled)}")
        seconds = values.get("seconds")
        if seconds is None and any(_LEFT.search(w) for s in stages for lane in s for p in lane for w in p.arguments):
            raise SystemExit("The plan needs a value: seconds=…")
        return cls(Path(_value("out", values)), stages, seconds)


def _program(name: str, line: str, values: Mapping[str, Any]) -> Program:
    found = _LINE.fullmatch(str(line or ""))
    if not found:
        raise SystemExit(f"The plan has no command for '{name}'")
    words: list[str] = []
    for word in shlex.split(found["command"]):
        whole = _VALUE.fullmatch(word)
        value = _value(whole[1], values) if whole else None
        if isinstance(value, list):
            words += map(str, value)
        else:
            words.append(_VALUE.sub(lambda part: str(_value(part[1], values)), word))
    gpu = int(found["gpu"]) if found["gpu"] else None
    return Program(name, tuple(words), bool(found["group"]), int(found["spared"] or 0), gpu)


def _value(name: str, values: Mapping[str, Any]) -> Any:
    if values.get(name) is None:
        raise SystemExit(f"The plan needs a value: {name}=…")
    value = values[name]
    # A value may stand on others: store: "{out}/store".
    return _VALUE.sub(lambda part: str(_value(part[1], values)), value) if isinstance(value, str) else value
