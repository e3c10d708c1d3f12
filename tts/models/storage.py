"""How weights are kept in a file: matrices as whole numbers of eight bits, a scale for each row; the rest in fp16."""

import torch
from torch import Tensor

_SCALE = ".scale"
_LARGEST = 127
#: Smaller ones would gain nothing.
_LEAST_NUMBERS = 4096


def pack(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """A module's state -> tensors to save; each weight of a matrix is off by half a step at most, 1/254 of the largest
    of its row."""
    packed = {}
    for name, value in state.items():
        value = value.detach().cpu()
        if value.is_floating_point() and value.ndim > 1 and value.numel() >= _LEAST_NUMBERS:
            rows = value.float().flatten(1)
            scale = (rows.abs().amax(1) / _LARGEST).clamp(min=1e-8)
            packed[name] = (rows / scale[:, None]).round().to(torch.int8).view(value.shape)
            packed[name + _SCALE] = scale
        else:
            packed[name] = (value.half() if value.is_floating_point() else value).contiguous()
    return packed


def unpack(saved: dict[str, Tensor]) -> dict[str, Tensor]:
    """What `pack` made -> the state, in fp32."""
    state = {}
    for name, value in saved.items():
        scale = saved.get(name + _SCALE)
        if scale is not None:
            state[name] = (value.float().flatten(1) * scale[:, None]).view(value.shape)
        elif not (name.endswith(_SCALE) and name.removesuffix(_SCALE) in saved):
            state[name] = value.float() if value.is_floating_point() else value
    return state
