"""ConvNeXt blocks over time, plain or modulated by a condition; the workhorse of decoder and vocoder."""

import torch
from torch import Tensor, nn


class ConvNeXtBlock(nn.Module):
    """Depthwise convolution, norm, two pointwise layers, residual (Liu et al. 2022, one-dimensional as in Vocos).

    With `condition` dimensions the norm's scale and shift, and a gate on the residual, come from a vector an
    utterance (AdaLN, Peebles and Xie 2023); they start as the identity.
    """

    def __init__(self, channels: int, inner: int, kernel: int = 7, condition: int = 0, scale: float = 0.1) -> None:
        super().__init__()
        self.depthwise = nn.Conv1d(channels, channels, kernel, padding=kernel // 2, groups=channels)
        self.norm = nn.LayerNorm(channels, eps=1e-6)
        self.widen = nn.Linear(channels, inner)
        self.narrow = nn.Linear(inner, channels)
        self.gamma = nn.Parameter(torch.full((channels,), scale))
        self.modulate: nn.Linear | None = None
        if condition:
            self.modulate = nn.Linear(condition, 3 * channels)
            nn.init.zeros_(self.modulate.weight)
            nn.init.zeros_(self.modulate.bias)

    def forward(self, x: Tensor, mask: Tensor | None = None, condition: Tensor | None = None) -> Tensor:
        """x (B, channels, frames), mask (B, 1, frames) of 0 and 1, condition (B, condition) -> like x."""
        y = self.depthwise(x if mask is None else x * mask).transpose(1, 2)
        y = self.norm(y)
        gate = self.gamma
        if self.modulate is not None and condition is not None:
            shift, grow, more = self.modulate(condition).unsqueeze(1).chunk(3, -1)
            y = y * (1 + grow) + shift
            gate = gate * (1 + more)
        y = self.narrow(nn.functional.gelu(self.widen(y)))
        out: Tensor = x + (gate * y).transpose(1, 2)
        return out if mask is None else out * mask


def length_mask(lengths: Tensor, size: int) -> Tensor:
    """(B,) -> (B, size) of bool: which places are inside."""
    return torch.arange(size, device=lengths.device)[None] < lengths[:, None]
