"""A larger model that begins as a smaller one: the same outputs at first, and room to learn more (Net2Net, Chen et al.
2016; blocks that begin as nothing as in ReZero, Bachlechner et al. 2021)."""

import torch
from torch import Tensor, nn

from tts.models.convnext import ConvNeXtBlock


@torch.no_grad()
def load_grown(model: nn.Module, state: dict[str, Tensor]) -> list[str]:
    """Load weights of a model that was narrower in some layer or had fewer ConvNeXt blocks -> names of what is new.

    What a wider layer newly hears counts for nothing at first, what it newly says is as drawn, and a new block adds
    nothing. That keeps the outputs where every layer that hears something new was given weights. Raises ValueError for
    weights of what the model has not, or that are larger than its own.
    """
    own = model.state_dict()
    unknown = sorted(set(state) - set(own))
    if unknown:
        raise ValueError(f"the model has no {unknown[0]}")
    new = []
    for name, value in own.items():
        given = state.get(name)
        if given is None:
            new.append(name)
        elif given.shape == value.shape:
            value.copy_(given)
        elif given.ndim != value.ndim or any(few > many for few, many in zip(given.shape, value.shape, strict=True)):
            raise ValueError(f"{name} is {tuple(value.shape)} here and {tuple(given.shape)} in the weights")
        else:
            new.append(name)
            value[: len(given)] = 0
            value[tuple(slice(size) for size in given.shape)] = given
    for name, module in model.named_modules():
        if isinstance(module, ConvNeXtBlock) and f"{name}.gamma" not in state:
            module.gamma.zero_()
    return new
