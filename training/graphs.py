"""Steps recorded as CUDA graphs, one for each shape of a batch: the processor starts one thing a step, not thousands.

A model as small as ours keeps a GPU waiting for the processor that starts its kernels. Recorded, they follow each other
at once (https://docs.pytorch.org/docs/stable/notes/cuda.html#cuda-graphs). What is recorded must not ask the GPU for a
number and must keep its tensors where they are; random draws go on, each replay with new ones.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import fields, replace
from typing import Any, NamedTuple

import torch
from torch import Tensor

Figures = dict[str, Tensor]


def own_stream(device: str) -> AbstractContextManager[object]:
    """A stream that steps may be recorded on; on a processor nothing."""
    if not device.startswith("cuda"):
        return nullcontext()
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    return torch.cuda.stream(stream)


class _Recorded(NamedTuple):
    graph: torch.cuda.CUDAGraph
    given: list[Tensor]
    figures: Figures


class Graphs:
    """Calls `call(kind, *items)`, whose items are dataclasses of tensors: the first time of each kind and shape as it
    is, then from a recording. To be used under a stream of its own.
    """

    def __init__(self, call: Callable[..., Figures]) -> None:
        self._call = call
        self._seen: set[object] = set()
        self._recorded: dict[object, _Recorded] = {}
        self._pool: Any = None

    def __call__(self, kind: object, *items: Any) -> Figures:
        given = _tensors(items)
        key = (kind, tuple((tensor.shape, tensor.dtype) for tensor in given))
        if key not in self._seen:
            self._seen.add(key)
            return self._call(kind, *items)
        if key not in self._recorded:
            self._recorded[key] = self._record(kind, items, given)
        recorded = self._recorded[key]
        for held, tensor in zip(recorded.given, given, strict=True):
            held.copy_(tensor)
        recorded.graph.replay()
        return recorded.figures

    def _record(self, kind: object, items: tuple[Any, ...], given: list[Tensor]) -> _Recorded:
        held = [tensor.clone() for tensor in given]
        copies = _with_tensors(items, held)
        graph = torch.cuda.CUDAGraph()
        torch.cuda.synchronize()
        # The group's transfers are watched by a thread of their own, which may go on asking the GPU meanwhile.
        stream, mode = torch.cuda.current_stream(), "thread_local"
        with torch.cuda.graph(graph, pool=self._pool, stream=stream, capture_error_mode=mode):
            figures = self._call(kind, *copies)
        self._pool = graph.pool()
        return _Recorded(graph, held, figures)


def _tensors(items: tuple[Any, ...]) -> list[Tensor]:
    values = (getattr(item, field.name) for item in items for field in fields(item))
    return [value for value in values if isinstance(value, Tensor)]


def _with_tensors(items: tuple[Any, ...], tensors: list[Tensor]) -> tuple[Any, ...]:
    """The items with their tensors, in the order of `_tensors`, replaced."""
    left = iter(tensors)
    return tuple(
        replace(
            item,
            **{field.name: next(left) for field in fields(item) if isinstance(getattr(item, field.name), Tensor)},
        )
        for item in items
    )
