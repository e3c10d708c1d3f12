"""ConvNeXt blocks in few kernels, for training on GPUs: the same values from the same weights.

A depthwise convolution is a sum of shifted copies, each scaled by channel; written so, the compiler fuses it with what
stands before and behind it, where the library's kernels, their gradients above all, are far from what memory allows.
"""

from collections.abc import Callable
from functools import cache, partial

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from tts.models.convnext import ConvNeXtBlock

Core = Callable[..., Tensor]


def fuse(model: nn.Module, compiled: bool = True) -> int:
    """Let every ConvNeXt block of the model run so; -> how many there are. Their weights and names stay as they are."""
    blocks = [module for module in model.modules() if isinstance(module, ConvNeXtBlock)]
    for block in blocks:
        block.forward = partial(_forward, block, _compiled() if compiled else _core)  # type: ignore[method-assign]
    return len(blocks)


#: The blocks of one model differ in precision, mask, condition and size, each of which is compiled for itself; past
#: this many, what is left would run uncompiled, slower than the plain blocks.
_VARIANTS = 64


@cache
def _compiled() -> Core:
    torch._dynamo.config.recompile_limit = _VARIANTS
    return torch.compile(_core, dynamic=True)


def _forward(
    block: ConvNeXtBlock, core: Core, x: Tensor, mask: Tensor | None = None, condition: Tensor | None = None
) -> Tensor:
    shift = grow = more = None
    if block.modulate is not None and condition is not None:
        shift, grow, more = block.modulate(condition).unsqueeze(1).chunk(3, -1)
    # Weights as arguments: one compiled function serves all blocks.
    weights = (
        block.depthwise.weight, block.depthwise.bias, block.norm.weight, block.norm.bias, block.widen.weight,
        block.widen.bias, block.narrow.weight, block.narrow.bias, block.gamma,
    )  # fmt: skip
    return core(x, mask, weights, shift, grow, more)


def _core(
    x: Tensor,
    mask: Tensor | None,
    weights: tuple[Tensor, ...],
    shift: Tensor | None,
    grow: Tensor | None,
    more: Tensor | None,
) -> Tensor:
    kernel, bias, norm, norm_bias, widen, widen_bias, narrow, narrow_bias, gamma = weights
    size, frames = kernel.shape[2], x.shape[2]
    padded = F.pad(x if mask is None else x * mask, (size // 2, size // 2)).transpose(1, 2)
    y = bias + sum(padded[:, place : place + frames] * kernel[:, 0, place] for place in range(size))
    y = F.layer_norm(y, (y.shape[2],), norm, norm_bias, 1e-6)
    gate = gamma
    if shift is not None and grow is not None and more is not None:
        y = y * (1 + grow) + shift
        gate = gamma * (1 + more)
    y = F.linear(F.gelu(F.linear(y, widen, widen_bias)), narrow, narrow_bias)
    out = x + (gate * y).transpose(1, 2)
    return out if mask is None else out * mask
