"""Expression: what an emotion does to the sound beside pitch, loudness and pace, as far as it can be learned."""

from typing import Final

import torch
from torch import Tensor, nn

_EMOTIONS: Final = 8


class Expression(nn.Module):
    """What each block of the decoder is told beside the voice: `offsets` (8, blocks, condition) of its condition, for
    each emotion at full strength."""

    def __init__(self, blocks: int = 14, condition: int = 256) -> None:
        super().__init__()
        self.offsets = nn.Parameter(torch.zeros(_EMOTIONS, blocks, condition))

    def forward(self, emotions: Tensor) -> Tensor:
        """(R, 8) -> (R, blocks, condition): the emotions add up in their shares."""
        return torch.einsum("re,ebc->rbc", emotions, self.offsets)
