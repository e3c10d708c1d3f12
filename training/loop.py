"""What every training loop shares: schedule, averaged weights, checkpoints, figures, several GPUs."""

import json
import math
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
import yaml
from safetensors.torch import load_file
from torch import Tensor, distributed, nn

from tts.models.storage import unpack


def load_config(path: Path, overrides: Iterable[str] = ()) -> dict[str, Any]:
    """A YAML file and `key=value` overrides of its top level."""
    config: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for override in overrides:
        key, _, value = override.partition("=")
        if key not in config:
            raise SystemExit(f"{path.name} has no setting '{key}'; it has: {', '.join(config)}")
        config[key] = yaml.safe_load(value)
    return config


def earlier_weights(path: Path, device: str) -> dict[str, dict[str, Tensor]]:
    """Weights to start from, in fp32: of a bundle's part (`.safetensors`) or what a run saved (`.pt`).

    -> `model` and, where it was kept, `judge`.
    """
    if path.suffix == ".safetensors":
        saved: dict[str, Any] = {"model": unpack(load_file(path, device))}
    else:
        saved = torch.load(path, map_location=device, weights_only=True)
        if "model" not in saved:
            saved = {"model": saved}
    return {
        part: {name: value.float() if value.is_floating_point() else value for name, value in state.items()}
        for part, state in saved.items()
        if part in ("model", "judge")
    }


def start_distributed(device: str) -> tuple[int, int, str]:
    """Join the group if we were started as one of it, by a plan or torchrun; -> rank, world size, our device."""
    world = int(os.environ.get("WORLD_SIZE", "1"))
    if world == 1:
        return 0, 1, device
    if device.startswith("cuda"):
        device = f"cuda:{os.environ['LOCAL_RANK']}"
        torch.cuda.set_device(device)
        distributed.init_process_group("cpu:gloo,cuda:nccl")
    else:
        distributed.init_process_group("gloo")
    return distributed.get_rank(), world, device


def end_distributed() -> None:
    """End a process of a group, once all of them are here and everything is saved; does nothing alone.

    At once, since threads that torch leaves behind abort a process of a group now and then in its last moments.
    """
    if distributed.is_initialized():
        # On the processor, where no GPU has to be named.
        distributed.all_reduce(torch.zeros(1))
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def average_gradients(parameters: Iterable[nn.Parameter]) -> None:
    """Mean of the gradients over the group, in one transfer; does nothing alone."""
    if not distributed.is_initialized():
        return
    gradients = [p.grad for p in parameters if p.grad is not None]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    parts = flat.split([gradient.numel() for gradient in gradients])
    torch._foreach_copy_(gradients, [part.view_as(gradient) for part, gradient in zip(parts, gradients, strict=True)])


def same_start(module: nn.Module) -> None:
    """Every process takes the first one's weights."""
    if distributed.is_initialized():
        for tensor in [*module.parameters(), *module.buffers()]:
            distributed.broadcast(tensor.data, 0)


def cosine_rate(progress: float, highest: float, lowest: float, warm_up: float) -> float:
    """Learning rate at `progress` in [0, 1]: a linear warm-up, then half a cosine."""
    if progress < warm_up:
        return highest * max(progress, 1e-3 * warm_up) / warm_up
    fraction = min(1.0, (progress - warm_up) / (1 - warm_up))
    return lowest + (highest - lowest) * 0.5 * (1 + math.cos(math.pi * fraction))


def decayed(module: nn.Module, decay: float) -> list[dict[str, Any]]:
    """Parameter groups: weight decay on matrices only."""
    matrices = [p for p in module.parameters() if p.ndim > 1 and p.requires_grad]
    rest = [p for p in module.parameters() if p.ndim <= 1 and p.requires_grad]
    return [{"params": matrices, "weight_decay": decay}, {"params": rest, "weight_decay": 0.0}]


class Averaged:
    """Exponential moving average of a module's weights, quick at first: it forgets the start."""

    def __init__(self, module: nn.Module, decay: float) -> None:
        self.decay, self.steps = decay, 0
        # A module's tensors stay where they are while it learns.
        self._live = module.state_dict()
        self.weights = {name: value.detach().clone() for name, value in self._live.items()}

    @torch.no_grad()
    def update(self) -> None:
        """After each step of the module."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        floats = [name for name, value in self.weights.items() if value.is_floating_point()]
        torch._foreach_lerp_([self.weights[n] for n in floats], [self._live[n] for n in floats], 1 - decay)
        for name, value in self.weights.items():
            if not value.is_floating_point():
                value.copy_(self._live[name])


class Run:
    """A run's folder: `checkpoint.pt` to resume from, `log.jsonl` of figures; knows how far the time allowed has gone.

    Progress is by steps or, where `seconds` is set, by the clock, whichever is further: a rented GPU goes back in time.
    """

    def __init__(self, folder: Path, steps: int, seconds: float | None, rank: int = 0) -> None:
        self.folder, self.steps, self.seconds, self.rank = folder, steps, seconds, rank
        folder.mkdir(parents=True, exist_ok=True)
        self.step, self.spent = 0, 0.0
        self._start = time.time()
        self._sums: dict[tuple[str, ...], tuple[Tensor, int]] = {}
        self._count = 0

    @property
    def elapsed(self) -> float:
        return self.spent + time.time() - self._start

    @property
    def progress(self) -> float:
        by_clock = self.elapsed / self.seconds if self.seconds else 0.0
        return min(1.0, max(self.step / self.steps, by_clock))

    def shared_progress(self) -> float:
        """Progress that all processes agree on; told between processors, so that no GPU is waited for."""
        if not distributed.is_initialized():
            return self.progress
        value = torch.tensor(self.progress)
        distributed.broadcast(value, 0)
        return float(value)

    def note(self, every: int, figures: dict[str, Tensor]) -> None:
        """Add a step's figures; their means are written each `every` steps."""
        names, values = tuple(figures), torch.stack([value.detach().float() for value in figures.values()])
        sums, count = self._sums.get(names, (torch.zeros_like(values), 0))
        self._sums[names] = (sums + values, count + 1)
        self._count += 1
        if self._count >= every:
            means = {
                name: round(value / count, 5)
                for names, (sums, count) in self._sums.items()
                for name, value in zip(names, sums.tolist(), strict=True)
            }
            self.write({"step": self.step, "seconds": round(self.elapsed, 1), **means})
            self._sums, self._count = {}, 0

    def write(self, figures: dict[str, Any]) -> None:
        if self.rank == 0:
            with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(figures) + "\n")

    def save(self, state: dict[str, Any]) -> None:
        if self.rank == 0:
            self.put("checkpoint.pt", {"step": self.step, "spent": self.elapsed, **state})

    def put(self, name: str, state: dict[str, Any]) -> None:
        """Save into the run's folder, whole or not at all."""
        half = self.folder / f"{name}.tmp"
        torch.save(state, half)
        half.rename(self.folder / name)

    def resume(self, device: str) -> dict[str, Any] | None:
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return None
        state: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
        self.step, self.spent = state["step"], state["spent"]
        return state
