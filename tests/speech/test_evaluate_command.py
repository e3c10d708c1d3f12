"""`evaluate`: what is told of each wave of a manifest and of all, and what is said of a manifest that cannot be."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tts.audio.artefacts import MEASURES
from tts.audio.write import write_wav
from tts.cli.evaluate import COLUMNS, summary
from tts.cli.main import main
from tts.text.phones import PAUSES
from tts.text.reader import read

RATE = 24000


class Ran:
    """What a command answered."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> dict:  # type: ignore[type-arg]
        return json.loads(self.out)  # type: ignore[no-any-return]


Evaluate = Callable[..., Ran]


def speaker(hertz: float, seconds: float = 2.0) -> np.ndarray:
    """Syllables at a pitch, with a quarter of a second of silence before and after."""
    time = np.arange(round(seconds * RATE)) / RATE
    phase = 2 * np.pi * np.cumsum(hertz * 2 ** (0.1 * np.sin(2 * np.pi * time))) / RATE
    buzz = sum(np.sin(order * phase) / order for order in range(1, int(9000 / hertz)))
    wave = 0.1 * buzz * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * time)) + 1e-4 * np.random.default_rng(0).normal(
        size=len(time)
    )
    return np.pad(wave, RATE // 4).astype(np.float32)


@pytest.fixture(scope="module")
def waves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the manifests, with three speakers in it."""
    folder = tmp_path_factory.mktemp("waves")
    for name, hertz in (("low", 110), ("lower", 104), ("high", 220)):
        write_wav(folder / f"{name}.wav", speaker(hertz))
    return folder


@pytest.fixture
def evaluate(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, bundle_path: Path, waves: Path
) -> Evaluate:
    """`evaluate(table, …)` measures a manifest that lies in `waves`."""
    monkeypatch.setenv("YINSE_CACHE_DIR", str(bundle_path.parent))
    monkeypatch.setenv("YINSE_LANGUAGE", "en")
    monkeypatch.setenv("YINSE_DEVICE", "cpu")

    def evaluate(table: str | bytes, *arguments: object) -> Ran:
        (waves / "m.tsv").write_bytes(table if isinstance(table, bytes) else table.encode())
        given = ["evaluate", "--manifest", waves / "m.tsv", *arguments]
        code = main([str(argument) for argument in given])
        return Ran(code, *capsys.readouterr())

    return evaluate


def test_each_wave_and_all_of_them_are_told(evaluate: Evaluate) -> None:
    ran = evaluate("wave\nlow.wav\nhigh.wav\n", "--json")
    told = ran.json
    assert (ran.code, ran.err, ran.out.count("\n")) == (0, "", 1)
    assert [row["wave"] for row in told["rows"]] == ["low.wav", "high.wav"]
    assert all(set(COLUMNS) < set(row) for row in told["rows"])
    low, high = told["rows"]
    assert low["seconds"] == pytest.approx(2.5)
    assert (low["pitch_hz"], high["pitch_hz"]) == (pytest.approx(110, rel=0.03), pytest.approx(220, rel=0.03))
    assert low["pitch_range_semitones"] == pytest.approx(2.4, abs=0.3)
    assert told["summary"]["pitch_hz"]["mean"] == pytest.approx((low["pitch_hz"] + high["pitch_hz"]) / 2, rel=1e-3)
    assert told["summary"]["hnr_db"]["count"] == 2
    assert (told["bundle"], told["references"], told["failed"]) == (None, 0, [])
    assert {row["cosine"] for row in told["rows"]} == {row["phones_per_second"] for row in told["rows"]} == {None}


def test_likeness_rank_and_pitch_are_against_the_reference(evaluate: Evaluate, bundle_path: Path) -> None:
    table = "wave\treference\nlow.wav\tlow.wav\nlower.wav\t./low.wav\nlower.wav\thigh.wav\nhigh.wav\t\n"
    told = evaluate(table, "--json").json
    same, near, far, alone = told["rows"]
    assert (told["bundle"], told["references"]) == (bundle_path.name, 2)
    assert (same["cosine"], same["rank"]) == (pytest.approx(1.0, abs=1e-3), 1)
    assert same["pitch_difference_semitones"] == pytest.approx(0.0, abs=0.01)
    assert near["pitch_difference_semitones"] == pytest.approx(12 * np.log2(104 / 110), abs=0.15)
    assert far["pitch_difference_semitones"] == pytest.approx(12 * np.log2(104 / 220), abs=0.15)
    # One wave and two references: whichever is nearer, the places are 1 and 2.
    assert {near["rank"], far["rank"]} == {1, 2}
    assert (near["cosine"] > far["cosine"]) == (near["rank"] == 1)
    assert alone["cosine"] is None and alone["rank"] is None
    assert told["summary"]["rank"]["count"] == 3
    assert told["summary"]["rank"]["first"] == pytest.approx(2 / 3, abs=1e-3)


def test_a_text_gives_the_pace(evaluate: Evaluate) -> None:
    text = "你好，世界。"
    rows = evaluate(f"wave\ttext\tlang\nlow.wav\t{text}\tzh\nlow.wav\t{text}{text}\tzh\n", "--json").json["rows"]
    phones = sum(token.phone not in PAUSES for part in read(text, "zh").segments for token in part.tokens)
    # Two seconds are spoken; the silence around them does not count.
    assert rows[0]["phones_per_second"] == pytest.approx(phones / 2.0, rel=0.05)
    assert rows[1]["phones_per_second"] == pytest.approx(2 * rows[0]["phones_per_second"], rel=1e-3)


def test_the_plain_result_is_a_table_of_the_measures(evaluate: Evaluate) -> None:
    ran = evaluate("wave\treference\nlow.wav\tlow.wav\nhigh.wav\tlow.wav\n")
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert lines[0].split() == ["unit", "mean", "median", "worst", "of"]
    names = {line.split()[0] for line in lines[1:]}
    assert {"seconds", "cosine", *(row.name for row in MEASURES)} - names <= {"phones_per_second"}
    assert "phones_per_second" not in names
    assert lines[-1] == "2 measured, 0 failed"
    assert next(line for line in lines if line.startswith("cosine")).endswith("high.wav")


def test_the_result_goes_to_a_file_too(evaluate: Evaluate, tmp_path: Path) -> None:
    ran = evaluate("wave\nlow.wav\n", "--json", "--out", tmp_path / "found.json")
    assert json.loads((tmp_path / "found.json").read_text(encoding="utf-8")) == ran.json
    ran = evaluate("wave\nlow.wav\n", "--out", tmp_path / "none" / "found.json")
    assert (ran.code, "error[output_folder]" in ran.err, ran.out) == (1, True, "")


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("", "option_manifest_column"),
        ("text\tlang\nhello\ten\n", "option_manifest_column"),
        ("wave\ttext\n", "option_manifest_empty"),
        ("wave\n\n\n", "option_manifest_empty"),
        ("wave\ttext\nlow.wav\n", "option_manifest_line"),
        ("wave\nlow.wav\textra\n", "option_manifest_line"),
        ("wave\ttext\n\thello\n", "option_manifest_line"),
        (b"wave\n\xff\xfe.wav\n", "text_file"),
        ("wave\nlow\x00.wav\n", "option_manifest_line"),
        ("wave\nlow.wav\n" + "x" * 200000, "option_manifest_line"),
    ],
)
def test_a_bad_manifest_is_told_and_nothing_measured(evaluate: Evaluate, table: str | bytes, code: str) -> None:
    ran = evaluate(table, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error[{code}]: ") and ran.err.count("\n") == 1


def test_a_manifest_that_is_not_there_is_told(evaluate: Evaluate, tmp_path: Path) -> None:
    ran = evaluate("wave\nlow.wav\n", "--manifest", tmp_path / "none.tsv")
    assert (ran.code, "error[text_file]" in ran.err) == (2, True)


def test_what_cannot_be_measured_is_listed_and_the_rest_is_done(evaluate: Evaluate, waves: Path) -> None:
    (waves / "text.wav").write_text("no sound", encoding="utf-8")
    write_wav(waves / "silent.wav", np.zeros(RATE, np.float32))
    write_wav(waves / "brief.wav", speaker(110)[:1000])
    table = "wave\ttext\tlang\treference\n" + "".join(
        f"{line}\n"
        for line in (
            "none.wav\t\t\t",
            "text.wav\t\t\t",
            "silent.wav\t\t\t",
            "brief.wav\t\t\t",
            "low.wav\t\t\tnone.wav",
            "low.wav\t！？\tzh\t",
            "low.wav\thello\tfr\t",
            "low.wav\thello\ten\tlow.wav",
        )
    )
    ran = evaluate(table, "--json")
    codes = {failure["line"]: failure["code"] for failure in ran.json["failed"]}
    assert ran.code == 2
    assert codes == {
        2: "clip_missing", 3: "clip_not_audio", 4: "clip_silent", 5: "clip_too_short", 6: "clip_missing",
        7: "text_unsayable", 8: "text_language",
    }  # fmt: skip
    assert all(f"line {line}: error[{code}]: " in ran.err for line, code in codes.items())
    assert [row["line"] for row in ran.json["rows"]] == [6, 7, 8, 9]
    assert [row["rank"] for row in ran.json["rows"]] == [None, None, None, 1]


def test_a_wave_too_short_for_a_voice_has_no_likeness(evaluate: Evaluate, waves: Path) -> None:
    write_wav(waves / "word.wav", speaker(110)[: RATE * 3 // 4])
    told = evaluate("wave\treference\nword.wav\tlow.wav\nlow.wav\tword.wav\n", "--json").json
    assert [row["cosine"] for row in told["rows"]] == [None, None]
    assert all(row["hnr_db"] is not None for row in told["rows"])


def test_the_worst_is_the_one_to_listen_to() -> None:
    def row(wave: str, **values: float) -> dict[str, object]:
        return {**dict.fromkeys(COLUMNS), "wave": wave, **values}

    found = summary(
        [
            row("a", cosine=0.9, rank=1, hnr_db=10.0, pitch_difference_semitones=3.0),
            row("b", cosine=0.2, rank=4, hnr_db=12.0, pitch_difference_semitones=2.0),
            row("c", cosine=0.5, rank=2, hnr_db=30.0, pitch_difference_semitones=-4.0),
            row("d"),
        ]
    )
    worst = {name: values["worst"] and values["worst"]["wave"] for name, values in found.items()}
    assert (worst["cosine"], worst["rank"], worst["hnr_db"]) == ("b", "b", "c")
    assert worst["pitch_difference_semitones"] == "c"
    assert worst["jitter_cents"] is None and found["jitter_cents"]["mean"] is None
    assert (found["rank"]["count"], found["rank"]["mean"], found["rank"]["median"]) == (
        3,
        pytest.approx(7 / 3, abs=1e-3),
        2,
    )
