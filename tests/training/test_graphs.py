"""What a recorded step is given: its tensors found, and put back in their places."""

from dataclasses import dataclass

import torch
from torch import Tensor

from training.graphs import Graphs, _tensors, _with_tensors


@dataclass(frozen=True)
class Part:
    first: Tensor
    name: str
    second: Tensor


ONE, OTHER = Part(torch.zeros(2), "one", torch.ones(3)), Part(torch.zeros(1), "other", torch.ones(4))


def test_tensors_come_out_in_order_and_go_back_to_their_places() -> None:
    found = _tensors((ONE, OTHER))
    assert [len(tensor) for tensor in found] == [2, 3, 1, 4]
    moved = _with_tensors((ONE, OTHER), [tensor + 1 for tensor in found])
    assert [part.name for part in moved] == ["one", "other"]
    assert all(torch.equal(after, before + 1) for after, before in zip(_tensors(moved), found, strict=True)), (
        "each where it was"
    )


def test_the_first_of_a_kind_or_shape_is_called_as_it_is() -> None:
    calls = []

    def call(kind: str, part: Part) -> dict[str, Tensor]:
        calls.append((kind, part))
        return {"sum": part.first.sum()}

    graphs = Graphs(call)
    for kind, part in (("a", ONE), ("b", ONE), ("a", OTHER)):
        assert graphs(kind, part) == {"sum": torch.tensor(0.0)}
    assert calls == [("a", ONE), ("b", ONE), ("a", OTHER)]
