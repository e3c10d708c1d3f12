"""How the house is built: rooms import only downwards, files stay small, names say something, nobody prints."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# From the roof to the ground; a module belongs to the first floor that names it or a package it lies in.
FLOORS = (
    ("app",),
    ("studio",),
    ("service",),
    ("tts.__main__", "tts.cli"),
    ("tts.engine",),
    ("tts.synthesizer", "tts.dubbing"),
    ("tts.silence",),
    ("tts.plan",),
    (
        "tts.voice",
        "tts.emotion",
        "tts.wording",
        "tts.prosody",
        "tts.variation",
        "tts.speech",
        "tts.timings",
        "tts.cues",
        "tts.likeness",
    ),
    ("tts.models", "tts.speakers"),
    ("tts.text",),
    ("tts.audio",),
    ("tts.cache", "tts.settings", "tts.errors", "tts.sentences", "tts.files", "tts.log"),
)
BESIDE = ("training", "benchmarks", "deploy", "docs", "tests")
WEB = ("gradio", "fastapi", "starlette", "uvicorn", "httpx", "requests", "aiohttp", "flask", "http")
LONGEST_FILE = 400
EMPTY_NAMES = re.compile(r"(utils?|helpers?|common|misc|manager|stuff|base2)")


def python_files(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py")) + (
        [ROOT / "app.py"] if "app.py" in rooms else []
    )


HOUSE = python_files("tts", "studio", "service", "app.py")
EVERYTHING = HOUSE + python_files("training", "benchmarks", "tests")


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file; names imported from a package count as its modules."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            assert node.module is not None
            yield from (f"{node.module}.{name.name}" for name in node.names)


def floor_of(module: str) -> int | None:
    for height, rooms in enumerate(FLOORS):
        if any(module == room or module.startswith(room + ".") for room in rooms):
            return height
    return None


@pytest.mark.parametrize("path", HOUSE, ids=module_of)
def test_a_room_imports_only_downwards(path: Path) -> None:
    own = floor_of(module_of(path))
    if module_of(path) == "tts":
        own = floor_of("tts.synthesizer")
    assert own is not None, f"{module_of(path)} is on no floor: give it one in FLOORS"
    for module in imports_of(path):
        other = floor_of(module)
        assert other is None or other >= own, f"{module_of(path)} imports {module}, which lies above it"


@pytest.mark.parametrize("path", HOUSE, ids=module_of)
def test_nothing_imports_what_stands_beside_the_house(path: Path) -> None:
    for module in imports_of(path):
        assert module.split(".")[0] not in BESIDE, f"{module_of(path)} imports {module}"


@pytest.mark.parametrize("path", python_files("tts"), ids=module_of)
def test_the_core_knows_no_web(path: Path) -> None:
    for module in imports_of(path):
        assert module.split(".")[0] not in WEB, f"{module_of(path)} imports {module}"


@pytest.mark.parametrize("path", python_files("service"), ids=module_of)
def test_the_service_knows_no_gradio(path: Path) -> None:
    assert not [module for module in imports_of(path) if module.split(".")[0] == "gradio"]


def test_only_the_command_line_prints() -> None:
    printing = []
    for path in HOUSE:
        if module_of(path).startswith("tts.cli") or path.name == "__main__.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        printing += [
            f"{module_of(path)}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        ]
    assert not printing


def test_files_are_rooms_not_halls() -> None:
    lines = {module_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in EVERYTHING}
    assert not {module: count for module, count in lines.items() if count > LONGEST_FILE}


def test_names_say_what_a_file_holds() -> None:
    assert not [module_of(path) for path in EVERYTHING if any(map(EMPTY_NAMES.fullmatch, path.with_suffix("").parts))]


def test_every_requirement_has_an_exact_version() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-training.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.lstrip().startswith(("#", "-r ")):
                assert re.match(r"[a-z0-9._-]+==[\w.+]+( ;.*)?$", line), f"{name}: {line}"


@pytest.mark.parametrize(
    ("rooms", "requirements"),
    [
        (("tts", "studio", "service", "benchmarks", "app.py"), "requirements.txt"),
        (("training",), "requirements-training.txt"),
        (("tests",), "requirements-dev.txt"),
    ],
)
def test_every_package_that_is_imported_is_required(rooms: tuple[str, ...], requirements: str) -> None:
    lines = (ROOT / requirements).read_text(encoding="utf-8").splitlines()
    required = {line.partition("==")[0] for line in lines}
    own = {"tts", "studio", "service", "app", *BESIDE, *sys.stdlib_module_names}
    own |= {path.stem for path in python_files(*rooms)}
    providers = packages_distributions()
    missing = set()
    for path in python_files(*rooms):
        # Run in an environment of its own, and in that of the tests.
        if module_of(path) in ("benchmarks.peers", "benchmarks.first_sound"):
            continue
        for package in {module.split(".")[0] for module in imports_of(path)} - own:
            names = {re.sub(r"[-_.]+", "-", name).lower() for name in providers.get(package, [package])}
            if not names & required:
                missing.add(f"{module_of(path)}: {package}")
    assert not missing
