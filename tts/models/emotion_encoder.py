"""Emotion encoder: how a clip is said, out of what the speaker encoder hears in it and of its pitch and energy."""

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F

#: What the encoder tells apart: the emotions that have recordings, and none of them. Melancholic has no recordings.
HEARD: Final = ("neutral", "happy", "angry", "sad", "afraid", "disgusted", "surprised", "calm")
#: Figures of pitch and energy, as `tts.audio.delivery.contour_figures` gives them.
FIGURES: Final = 22
_XVECTOR: Final = 192


class _Member(nn.Module):
    def __init__(self, inputs: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.drop_in, self.drop = nn.Dropout(dropout * 0.6), nn.Dropout(dropout)
        self.widen = nn.Linear(inputs, hidden)
        self.norm = nn.LayerNorm(hidden)
        self.out = nn.Linear(hidden, len(HEARD))

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.out(self.drop(F.gelu(self.norm(self.widen(self.drop_in(x))))))
        return logits


class EmotionEncoder(nn.Module):
    """Layers of a speaker encoder of `channels` and figures of a clip -> log-probabilities (B, 8) of `HEARD`.

    Several small networks that learned apart, and their mean: the recordings are few. The speaker encoder is that
    of the bundle and stays as it is.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(self, channels: int = 448, hidden: int = 128, members: int = 4, dropout: float = 0.5) -> None:
        super().__init__()
        inputs = 14 * channels + _XVECTOR + FIGURES
        self.members = nn.ModuleList(_Member(inputs, hidden, dropout) for _ in range(members))
        self.register_buffer("mean", torch.zeros(inputs))
        self.register_buffer("deviation", torch.ones(inputs))

    def forward(self, layers: Tensor, figures: Tensor) -> Tensor:
        """layers (B, 14 * channels + 192), figures (B, 22)."""
        x = self.standardised(layers, figures)
        return torch.stack([member(x).log_softmax(1) for member in self.members]).mean(0).log_softmax(1)

    def standardised(self, layers: Tensor, figures: Tensor) -> Tensor:
        """(B, inputs) of zero mean and unit deviation over the training clips."""
        return (torch.cat([layers, figures], 1) - self.mean) / self.deviation
