"""The line that says what the models run on."""

import os

import torch


def device_line(device: str) -> str:
    """`cuda` -> `CUDA · NVIDIA H100`, `cpu` -> `CPU · 8 @[device.cores]`, with a mark for the word."""
    if torch.device(device).type == "cuda":
        return f"CUDA · {torch.cuda.get_device_name(device)}"
    return f"CPU · {usable_cores()} @[device.cores]"


def usable_cores() -> int:
    """Cores that this process may use, which in a container is less than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
