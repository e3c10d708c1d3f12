"""Plans of training: what they say, and that programs run, fail and go on as a plan says."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from training.__main__ import Runner
from training.plan import Plan, Program

ROOT = Path(__file__).parents[2]
PLANS = ROOT / "configs/training"


def written(folder: Path, stages: object, **values: object) -> Path:
    path = folder / "plan.yaml"
    path.write_text(yaml.safe_dump({"values": values, "stages": stages}, sort_keys=False), encoding="utf-8")
    return path


def test_values_fill_the_lines_and_lists_become_words(tmp_path: Path) -> None:
    stages = [
        [{"first": "texts --out {store}/a {more}"}, {"second": "gpu -1: read --texts '{out}/a b'"}],
        [{"third": "group: acoustic {none} x{number}", "fourth": "group -1: vocoder"}],
    ]
    values = {"out": None, "store": "{out}/store", "more": ["--count", 3], "none": [], "number": 1}
    plan = Plan.load(written(tmp_path, stages, **values), ["out=/r", "number=2"])
    first = Program("first", ("texts", "--out", "/r/store/a", "--count", "3"))
    second = Program("second", ("read", "--texts", "/r/a b"), gpu=-1)
    third = Program("third", ("acoustic", "x2"), group=True)
    fourth = Program("fourth", ("vocoder",), group=True, spared=1)
    assert plan == Plan(Path("/r"), (((first,), (second,)), ((third, fourth),)))


@pytest.mark.parametrize("name", ["run.yaml", "rented.yaml"])
def test_our_plans_are_whole_and_name_only_programs_that_there_are(name: str) -> None:
    values = yaml.safe_load((PLANS / name).read_text(encoding="utf-8"))["values"]
    plan = Plan.load(PLANS / name, [f"{key}=/given" for key, value in values.items() if value is None])
    programs = [program for stage in plan.stages for lane in stage for program in lane]
    modules = {program.arguments[0] for program in programs}
    assert {"teacher", "align", "acoustic", "vocoder", "export"} <= modules
    for module in modules:
        assert (ROOT / f"training/{module}.py").exists() or (ROOT / f"training/{module}/__main__.py").exists()
    # Nothing that a plan asks for is left over or unknown.
    text = (PLANS / name).read_text(encoding="utf-8")
    unused = {key for key in values if f"{{{key}}}" not in text}
    assert unused == ({"seconds"} if "{left:" in text else set())


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "needs a value: out"),
        (["out=/r", "sped=1"], "no value 'sped'; it has: out"),
        (["/r"], "'/r' is not name=value"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, given: list[str], told: str) -> None:
    with pytest.raises(SystemExit, match=told):
        Plan.load(written(tmp_path, [[{"texts": "texts --out {out}"}]], out=None), given)


def test_a_program_is_told_what_is_left_of_the_time(tmp_path: Path) -> None:
    stages = [[{"first": "texts --count {left:20} {more}"}]]
    plan = Plan.load(written(tmp_path, stages, out="/r", seconds=None, more="x{left:5}"), ["seconds=60"])
    first = plan.stages[0][0][0]
    assert plan.seconds == 60
    assert first.at(50.4) == ["texts", "--count", "30", "x45"]
    assert first.at(4.0) == ["texts", "--count", "1", "x1"]
    with pytest.raises(SystemExit, match="needs a value: seconds="):
        Plan.load(written(tmp_path, stages, out="/r", more=""), [])


def test_a_run_counts_its_time_from_its_start(tmp_path: Path) -> None:
    made = "texts --count {left:100} --languages zh=1 --out {out}/texts.tsv"
    plan = Plan.load(written(tmp_path, [[{"texts": made}]], out=str(tmp_path), seconds=105), [])
    Runner(tmp_path, 0).run(plan)
    assert len((tmp_path / "texts.tsv").read_text(encoding="utf-8").splitlines()) == 5


def test_two_programs_of_one_name_and_one_without_a_command_are_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="two programs of one name: read"):
        Plan.load(written(tmp_path, [[{"read": "read"}], [{"read": "read"}]], out="/r"), [])
    with pytest.raises(SystemExit, match="no command for 'read'"):
        Plan.load(written(tmp_path, [[{"read": None}]], out="/r"), [])


def test_a_run_goes_on_after_what_is_done_and_says_what_failed(tmp_path: Path) -> None:
    read = "read --texts {{out}}/{0}.tsv --out {{out}}/{0}.npz"
    stages = [[{"given": read.format("given")}, {"own": read.format("own")}], [{"last": read.format("given-last")}]]
    plan = written(tmp_path, stages, out=str(tmp_path))
    for name in ("given", "given-last"):
        (tmp_path / f"{name}.tsv").write_text("zh\t今天很好。\n", encoding="utf-8")

    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "training", str(plan), "--gpus", "0"]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    failed = run()
    assert failed.returncode == 1 and "'own' failed" in failed.stderr and "No such file" in failed.stderr
    assert (tmp_path / "given.npz").exists() and not (tmp_path / "given-last.npz").exists()
    (tmp_path / "own.tsv").write_text("en\tThe river is cold.\n", encoding="utf-8")
    ended = run()
    assert ended.returncode == 0, ended.stderr
    assert "given: done before" in ended.stdout and "last: ended after" in ended.stdout
    assert (tmp_path / "own.npz").exists() and (tmp_path / "given-last.npz").exists()
