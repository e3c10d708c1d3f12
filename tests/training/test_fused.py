"""ConvNeXt blocks in few kernels: the same numbers and the same gradients as the plain ones."""

from copy import deepcopy

import pytest
import torch

from training.fused import fuse
from tts.models.convnext import ConvNeXtBlock, length_mask


@pytest.mark.parametrize(("kernel", "condition"), [(7, 0), (5, 16), (11, 16)])
def test_fused_blocks_are_the_plain_ones(kernel: int, condition: int) -> None:
    torch.manual_seed(kernel)
    plain = ConvNeXtBlock(24, 48, kernel, condition)
    if plain.modulate is not None:
        torch.nn.init.normal_(plain.modulate.weight, 0, 0.3)
    fused = deepcopy(plain)
    assert fuse(fused, compiled=False) == 1
    assert fused.state_dict().keys() == plain.state_dict().keys()
    x = torch.randn(3, 24, 40)
    mask = length_mask(torch.tensor([40, 17, 3]), 40).unsqueeze(1).float() if condition else None
    voice = torch.randn(3, condition) if condition else None
    outs = [block(x, mask, voice) for block in (plain, fused)]
    assert torch.allclose(*outs, atol=1e-5)
    for out in outs:
        out.square().sum().backward()
    for (name, wanted), found in zip(plain.named_parameters(), fused.parameters(), strict=True):
        assert wanted.grad is not None and found.grad is not None
        assert torch.allclose(found.grad, wanted.grad, rtol=1e-3, atol=1e-4), name
