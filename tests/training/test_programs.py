"""Every training program on the CPU and a few utterances: it runs, resumes, and the parts become a bundle."""

import importlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
import yaml

from training.aligner import Aligner
from training.store import Store, Utterance
from tts.cache import verify
from tts.models.speaker_encoder import SpeakerEncoder
from tts.text.frontend import read

ROOT = Path(__file__).parents[2]
RATE, HOP = 24000, 240
TEXTS = (("zh", "你好，世界。"), ("en", "The river is cold."), ("zh", "今天很好。"), ("en", "Wait for me!"))

Run = Callable[..., list[dict[str, float]]]


def utterance(number: int, source: int) -> Utterance:
    """A buzz as long as its text, each phone a fifth of a second."""
    language, text = TEXTS[number % len(TEXTS)]
    ids = read(text, language).segments[0].ids()
    tokens = np.array([ids.phones, ids.tones, ids.languages, ids.breaks], np.uint8)
    durations = np.full(tokens.shape[1], 20)
    frames = int(durations.sum())
    pitch = 100.0 + 20 * (number % 3)
    phase = 2 * np.pi * pitch * np.arange(frames * HOP) / RATE
    noise = np.random.default_rng(number).normal(0, 0.01, frames * HOP)
    wave = sum(np.sin(k * phase) / k for k in range(1, 20)) * 0.1 + noise
    return Utterance(
        wave=(wave * 32767).astype(np.int16), f0=np.full(frames, pitch, np.float32), tokens=tokens, durations=durations,
        speaker=f"speaker_{source}_{number % 3}", key=f"utt_{source}_{number}", language=["zh", "en"].index(language),
        source=source, bandwidth_hz=12000.0, snr_db=40.0, emotion=np.zeros(8, np.float32),
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store of teacher speech, recordings to hear, aligned ones to learn from, and held-out ones."""
    folder = tmp_path_factory.mktemp("runs")
    (folder / "store").mkdir()
    for name, source, count in (("teacher_000", 0, 12), ("raw_000", 1, 9), ("corpus_000", 1, 9), ("dev_000", 1, 9)):
        Store.collect([utterance(number, source) for number in range(count)]).save(folder / "store" / f"{name}.npz")
    yield folder
    shutil.rmtree(folder)  # checkpoints are large


@pytest.fixture
def train(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    def train(program: str, steps: int, *options: object, **overrides: object) -> list[dict[str, float]]:
        settings = {"steps": steps, "seconds": "null", "note_every": 1} | overrides
        command = [
            "--config",
            f"configs/training/{program}.yaml",
            "--store",
            folder / "store",
            "--out",
            folder / program,
        ]
        command += ["--device", "cpu", *options, *(f"{name}={value}" for name, value in settings.items())]
        monkeypatch.chdir(ROOT)
        monkeypatch.setattr(sys, "argv", [program, *map(str, command)])
        importlib.import_module(f"training.{program}").main()
        rows = (folder / program / "log.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(row) for row in rows]

    return train


def steps_of(rows: list[dict[str, float]]) -> list[float]:
    return [row["step"] for row in rows if "step" in row]


def finite(rows: list[dict[str, float]]) -> bool:
    return all(np.isfinite(value) for row in rows for value in row.values())


def test_the_aligner_runs_and_resumes(train: Run) -> None:
    train("aligner", 1, batch_frames=600, held_out=2)
    rows = train("aligner", 2, batch_frames=600, held_out=2)
    assert steps_of(rows) == [1, 2] and finite(rows)


def test_the_recogniser_runs_and_tells_what_it_mishears(train: Run, folder: Path) -> None:
    rows = train("recogniser", 2, batch_frames=600, held_out=2)
    assert steps_of(rows) == [1, 2] and finite(rows) and {"teacher", "dev_zh", "dev_en"} == set(rows[-1])
    assert (folder / "recogniser" / "convolved.safetensors").exists()


def test_recordings_are_aligned_and_teach_a_second_aligner(
    train: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(0)
    torch.save({"model": Aligner().state_dict()}, tmp_path / "aligner.pt")
    for name in ("found", "laid"):
        (tmp_path / name).mkdir()
        shutil.copy(folder / "store" / "raw_000.npz", tmp_path / name)

    def align(*given: object) -> Store:
        monkeypatch.setattr(sys, "argv", ["align", "--device", "cpu", *map(str, given)])
        importlib.import_module("training.align").main()
        return Store.load([Path(given[-1]) / "corpus_000.npz"])

    found = align("--aligner", tmp_path / "aligner.pt", "--store", tmp_path / "found")
    laid = align("--labels", tmp_path / "found" / "labels.npz", "--store", tmp_path / "laid")
    assert found.durations.sum() > 0 and np.array_equal(found.durations, laid.durations)
    assert np.array_equal(found.wave, laid.wave) and np.array_equal(found.tokens, laid.tokens)

    given = ("--start", tmp_path / "aligner.pt", "--out", tmp_path / "second")
    train("aligner", 1, *given, batch_frames=600, held_out=2, recorded_share=0.8, rate=0.0)
    first, second = (
        torch.load(path, weights_only=True)["model"]
        for path in (tmp_path / "aligner.pt", tmp_path / "second" / "checkpoint.pt")
    )
    assert all(torch.allclose(value, second[name], atol=1e-4) for name, value in first.items())


def test_speaker_acoustic_model_and_vocoder_run_resume_and_become_a_bundle(
    train: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = {"batch": 6, "crop_seconds": 1.0}
    train("speaker", 1, **small)
    rows = train("speaker", 2, **small)
    assert steps_of(rows) == [1, 2] and finite(rows) and "dev_equal_error" in rows[-1]
    speaker = folder / "speaker" / "speaker.pt"

    sharpened = {
        "batch_frames": 600,
        "judge_from": -1,
        "adversarial_from": -1,
        "stranger_frames": 60,
        "reference_seconds": [1.0],
    }
    sharpened |= {"window_frames": 48}
    sharpened |= {"warp_chance": 0.0}
    torch.save({"model": Aligner().state_dict()}, folder / "aligner.pt")
    frozen = ("--speaker", speaker, "--aligner", folder / "aligner.pt")
    train("acoustic", 1, *frozen, **sharpened)
    rows = train("acoustic", 2, *frozen, **sharpened)
    assert steps_of(rows) == [1, 2] and finite(rows)
    assert {"mel", "duration", "pitch", "voicing", "energy", "judge", "fool", "match"} <= set(rows[-1])
    assert {"unlike", "unclear", "clean_judge", "unclean"} <= set(rows[-1])

    judged = {"batch": 2, "segment_frames": 32, "mel_only_steps": 0}
    train("vocoder", 1, **judged)
    rows = train("vocoder", 2, **judged)
    assert steps_of(rows) == [1, 2] and finite(rows) and {"mel", "lines", "judge", "fool", "match"} <= set(rows[-1])

    (folder / "card.md").write_text("# Card\n", encoding="utf-8")
    parts = [
        item for part in ("speaker", "acoustic", "vocoder") for item in (f"--{part}", folder / part / f"{part}.pt")
    ]
    out = folder / "cache" / "made"
    given = ["--config", ROOT / "configs/training/acoustic.yaml", *parts[:4], "--store", folder / "store"]
    given += ["--out", folder / "calibration.json", "--count", 3, "--device", "cpu"]
    given += ["--length-scale", 1.1, "--asked-snr-db", 57]
    monkeypatch.setattr(sys, "argv", ["calibrate", *map(str, given)])
    importlib.import_module("training.calibrate").main()
    measured = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    assert 0 <= measured["length_skew"] <= 0.5 and measured["mel_spread"] > 0 and measured["pitch_spread"] > 0
    assert (measured["length_scale"], measured["asked_snr_db"]) == (1.1, 57)

    parts += ["--config", ROOT / "configs/training/acoustic.yaml", "--calibration", folder / "calibration.json"]
    parts += ["--card", folder / "card.md", "--out", out]
    monkeypatch.setattr(sys, "argv", ["export", *map(str, parts)])
    importlib.import_module("training.export").main()
    assert verify(out).ok and (out / "MODEL_CARD.md").read_text(encoding="utf-8") == "# Card\n"

    from tts.models.folder import load_bundle

    bundle = load_bundle(out)
    assert vars(bundle.calibration) == measured
    heard = bundle.embed(torch.from_numpy(utterance(0, 1).wave.astype(np.float32) / 32768))
    assert heard.xvector.norm().item() == pytest.approx(1, abs=1e-4)


def test_a_plan_runs_a_group_that_ends_as_one(folder: Path, tmp_path: Path) -> None:
    torch.save(SpeakerEncoder().state_dict(), tmp_path / "speaker.pt")
    torch.save(Aligner().state_dict(), tmp_path / "aligner.pt")
    settings = "steps=1 seconds=null batch_frames=600 teacher_share=0.5 reference_seconds=[1.0] stranger_frames=60"
    line = (
        "group: acoustic --config configs/training/acoustic.yaml --store {store} --speaker {out}/speaker.pt "
        f"--aligner {{out}}/aligner.pt --out {{out}}/acoustic --device cpu {settings} {{more}}"
    )
    plan = tmp_path / "plan.yaml"
    values = {"out": str(tmp_path), "store": str(folder / "store"), "more": []}
    plan.write_text(yaml.safe_dump({"values": values, "stages": [[{"acoustic": line}]]}), encoding="utf-8")
    command = [sys.executable, "-m", "training", str(plan), "--gpus", "2"]
    failed = subprocess.run([*command, "more=[no=1]"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert failed.returncode == 1 and "no setting 'no'" in failed.stderr and "'acoustic' failed" in failed.stderr
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert torch.load(tmp_path / "acoustic" / "checkpoint.pt", weights_only=True)["step"] == 1
