"""What a step of the acoustic model's training costs, and on what: `python -m benchmarks.training_step [--device cpu]`.

Whole steps on made-up utterances, plain and recorded as graphs; then where the time of such a step goes, by part and by
kernel. In ms, the mean of steps that follow each other without waiting, as in a training.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch.profiler import ProfilerActivity, profile

from training.acoustic import Steps, open_store
from training.aligner import Aligner
from training.discriminators import MelJudges
from training.graphs import own_stream
from training.loop import Run, load_config
from training.rivals import Rivals
from training.store import Store, Utterance
from tts.audio.spec import AudioSpec
from tts.models.acoustic import AcousticModel
from tts.models.speaker_encoder import SpeakerEncoder

CONFIG = Path(__file__).parents[1] / "configs/training/acoustic.yaml"


def made_up(number: int, source: int, spec: AudioSpec) -> Utterance:
    """Noise of two to seven seconds, as long as phones that are drawn."""
    draws = np.random.default_rng(1000 * source + number)
    durations = draws.integers(3, 13, draws.integers(25, 85))
    frames, count = int(durations.sum()), len(durations)
    tokens = np.stack([draws.integers(1, high, count) for high in (60, 5, 3, 3)]).astype(np.uint8)
    return Utterance(
        wave=draws.normal(0, 2000, frames * spec.hop).astype(np.int16), f0=np.full(frames, 150, np.float32),
        tokens=tokens, durations=durations, speaker=f"{source}_{number % 40}", key=f"{source}_{number}", language=0,
        source=source, bandwidth_hz=12000.0, snr_db=40.0, emotion=np.zeros(8, np.float32),
    )  # fmt: skip


class Clock:
    """Milliseconds of a call, everything it started on the device ended."""

    def __init__(self, device: str, repeats: int) -> None:
        self.device, self.repeats = device, repeats

    def mean_of_many(self, call: Callable[[], object]) -> float:
        """Of calls that follow each other without waiting."""
        call()
        self.wait()
        start = time.perf_counter()
        for _ in range(self.repeats):
            call()
        self.wait()
        return 1000 * (time.perf_counter() - start) / self.repeats

    def wait(self) -> None:
        if self.device == "cuda":
            torch.cuda.synchronize()


def steps(folder: Path, device: str, frames: int, kind: str) -> Callable[[], object]:
    """-> a call that trains for one step, the judges and strangers taking part; `kind` is plain or graphs."""
    config = load_config(CONFIG, [f"batch_frames={frames}", f"graphs={str(kind == 'graphs').lower()}"])
    store, sampler = open_store(folder, config, device)
    model, judge = AcousticModel(**config["model"]).to(device), MelJudges().to(device)
    rivals = Rivals(Run(folder / f"run_{kind}", 10**9, None), model, judge, ((0.9, 0.98), (0.8, 0.99)), device, None)
    speaker = SpeakerEncoder().to(device).eval().requires_grad_(False)
    training = Steps(config, store, sampler, speaker, Aligner().to(device), rivals)
    return lambda: training.step(0.5)


def where(call: Callable[[], object], clock: Clock, rows: int = 30) -> str:
    """Tables of a few steps: parts and operators by time on the processor, kernels by time on the device."""
    activities = [ProfilerActivity.CPU] + [ProfilerActivity.CUDA] * (clock.device == "cuda")
    with profile(activities=activities) as profiled:
        for _ in range(5):
            call()
        clock.wait()
    averages = profiled.key_averages()
    tables = [averages.table(sort_by="cpu_time_total", row_limit=rows, max_name_column_width=60)]
    if clock.device == "cuda":
        tables.append(averages.table(sort_by="self_device_time_total", row_limit=rows, max_name_column_width=90))
    return "\n".join(tables)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training_step", description=__doc__)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--frames", type=int, default=36000, help="of a batch")
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--utterances", type=int, default=1200)
    parser.add_argument("--profile", type=Path, help="file to write the tables to")
    options = parser.parse_args()
    device, clock = options.device, Clock(options.device, options.repeats)
    torch.backends.cuda.enable_cudnn_sdp(False)  # as the training does
    with tempfile.TemporaryDirectory() as name:
        folder, spec = Path(name), AudioSpec()
        for source, prefix in enumerate(("teacher", "corpus")):
            made = [made_up(number, source, spec) for number in range(options.utterances // 2)]
            Store.collect(made).save(folder / f"{prefix}_000.npz")
        for kind in ("plain", "graphs") if device == "cuda" else ("plain",):
            call = steps(folder, device, options.frames, kind)
            with own_stream(device):
                # Rounds before: most shapes have come by, and what is planned for one is not of the step.
                for _ in range(3):
                    clock.mean_of_many(call)
                print(f"a step, {kind}: {clock.mean_of_many(call):.1f} ms", flush=True)
                if options.profile:
                    options.profile.with_suffix(f".{kind}.txt").write_text(where(call, clock), encoding="utf-8")


if __name__ == "__main__":
    main()
