"""A whole training run in one command, as a plan says it (`training.plan`): from a corpus and a teacher to a bundle.

    python -m training configs/training/run.yaml corpus=CORPUS voices=VOICES card=CARD.md out=RUN bundle=cache_hub/mine

A program that is done leaves `RUN/done/NAME` and is not run again; one that was stopped goes on from its checkpoint.
What programs print is in `RUN/logs/NAME.log`.
"""

import argparse
import math
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import torch

from training.plan import Lane, Plan, Program

_TAIL = 2000


class Runner:
    """Runs programs in the run's folder `out`, over `gpus` GPUs (0: on the processor)."""

    def __init__(self, out: Path, gpus: int) -> None:
        self.done, self.logs, self.gpus = out / "done", out / "logs", gpus
        self._end = math.inf
        for folder in (self.done, self.logs):
            folder.mkdir(parents=True, exist_ok=True)

    def run(self, plan: Plan) -> None:
        """Every stage in order. SystemExit names the programs that failed, once the rest of their stage has ended."""
        if plan.seconds is not None:
            self._end = time.monotonic() + plan.seconds
        for stage in plan.stages:
            with ThreadPoolExecutor(len(stage)) as pool:
                failed = [name for name in pool.map(self._lane, stage) if name]
            if failed:
                for name in failed:
                    print((self.logs / f"{name}.log").read_text(encoding="utf-8")[-_TAIL:], file=sys.stderr)
                names = " and ".join(f"'{name}'" for name in failed)
                raise SystemExit(f"{names} failed (see {self.logs}); the same command goes on from there.")

    def _lane(self, lane: Lane) -> str | None:
        """The name of the program that failed, if one did."""
        return next((program.name for program in lane if not self._ended_well(program)), None)

    def _ended_well(self, program: Program) -> bool:
        if (self.done / program.name).exists():
            print(f"{program.name}: done before", flush=True)
            return True
        start = time.monotonic()
        arguments = program.at(self._end - start)
        print(f"{program.name}: {' '.join(arguments)}", flush=True)
        well = self._program(program, arguments)
        if well:
            print(f"{program.name}: ended after {time.monotonic() - start:.0f} s", flush=True)
            (self.done / program.name).touch()
        return well

    def _program(self, program: Program, arguments: list[str]) -> bool:
        command = [sys.executable, "-m", f"training.{arguments[0]}", *arguments[1:]]
        environments = [self._environment(program)]
        if program.group and self.gpus > 1:
            environments = self._group(max(1, self.gpus - program.spared))
        with (self.logs / f"{program.name}.log").open("ab") as log:
            processes = [
                subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
                for environment in environments
            ]
            return _all_ended_well(processes)

    def _environment(self, program: Program) -> dict[str, str]:
        environment = dict(os.environ)
        if program.gpu is not None and self.gpus:
            seen = os.environ.get("CUDA_VISIBLE_DEVICES", ",".join(map(str, range(self.gpus)))).split(",")
            environment["CUDA_VISIBLE_DEVICES"] = seen[max(program.gpu, -self.gpus) % self.gpus]
        return environment

    def _group(self, size: int) -> list[dict[str, str]]:
        """As torchrun would set it, which takes seconds to start; on the first `size` GPUs."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        meeting = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": str(size)}
        return [{**os.environ, **meeting, "RANK": str(rank), "LOCAL_RANK": str(rank)} for rank in range(size)]


def _all_ended_well(processes: list[subprocess.Popen[bytes]]) -> bool:
    """Waits; where one of a group fails, the others, which would wait for it for ever, are ended."""
    while any(process.poll() is None for process in processes):
        if any(process.poll() for process in processes):
            for process in processes:
                process.terminate()
        time.sleep(0.2)
    return not any(process.returncode for process in processes)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("plan", type=Path, help="such as configs/training/run.yaml")
    parser.add_argument("values", nargs="*", metavar="name=value", help="what the plan's {names} stand for")
    parser.add_argument("--gpus", type=int, help="how many (as many as there are)")
    options = parser.parse_intermixed_args()
    plan = Plan.load(options.plan, options.values)
    gpus = torch.cuda.device_count() if options.gpus is None else options.gpus
    Runner(plan.out, gpus).run(plan)


if __name__ == "__main__":
    main()
