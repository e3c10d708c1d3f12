"""Weights in eight bits: what is lost is small, and nothing else changes."""

import torch
from torch import nn

from tts.models.storage import pack, unpack


def test_matrices_are_kept_in_eight_bits_and_the_rest_in_sixteen() -> None:
    torch.manual_seed(0)
    first = nn.Conv1d(64, 64, 5)
    first.weight.data[3] *= 1e-4  # a quiet row keeps its detail
    module = nn.Sequential(first, nn.BatchNorm1d(64), nn.Linear(8, 8))
    packed = pack(module.state_dict())
    assert packed["0.weight"].dtype == torch.int8 and packed["2.weight"].dtype == torch.float16
    found = unpack(packed)
    assert found.keys() == module.state_dict().keys()
    rows, wanted = found["0.weight"].flatten(1), first.weight.detach().flatten(1)
    assert bool(((rows - wanted).abs().amax(1) <= 0.502 / 127 * wanted.abs().amax(1)).all())
    assert found["0.weight"].dtype == torch.float32 and found["1.num_batches_tracked"].dtype == torch.int64
    module.load_state_dict(found)


def test_a_row_of_zeros_stays_one_and_a_weight_that_is_called_scale_is_none() -> None:
    state = {"weight": torch.zeros(64, 64), "norm.scale": torch.ones(3)}
    found = unpack(pack(state))
    assert torch.equal(found["weight"], state["weight"]) and torch.equal(found["norm.scale"], state["norm.scale"])


def test_weights_of_sixteen_bits_are_read_as_they_are() -> None:
    weight = torch.randn(64, 64).half()
    assert torch.equal(unpack({"weight": weight})["weight"], weight.float())
