"""Emotion encoder: how a clip is said, out of what the speaker encoder hears in it and of its pitch and energy."""

from typing import Final

import torch
from torch import Tensor, nn

#: What the encoder tells apart: the emotions that have recordings, and none of them. Melancholic has no recordings.
HEARD: Final = ("neutral", "happy", "angry", "sad", "afraid", "disgusted", "surprised", "calm")
#: Figures of pitch and energy, as `tts.audio.delivery.contour_figures` gives them.
FIGURES: Final = 22
_XVECTOR: Final = 192


class _Member(nn.Sequential):
    def __init__(self, inputs: int, hidden: int, dropout: float) -> None:
        super().__init__(
            nn.Dropout(dropout / 2), nn.Linear(inputs, hidden), nn.LayerNorm(hidden), nn.GELU(), nn.Dropout(dropout),
            nn.Linear(hidden, len(HEARD)),
        )  # fmt: skip


class EmotionEncoder(nn.Module):
    """Layers of a speaker encoder of `channels` and figures of a clip -> log-probabilities (B, 8) of `HEARD`.

    Their principal components, and several small networks over these that learned apart, and their mean: the recordings
    are few. The speaker encoder is that of the bundle and stays as it is.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(
        self, channels: int = 448, components: int = 512, hidden: int = 256, members: int = 4, dropout: float = 0.4
    ) -> None:
        super().__init__()
        inputs = 14 * channels + _XVECTOR + FIGURES
        self.register_buffer("mean", torch.zeros(inputs))
        self.register_buffer("deviation", torch.ones(inputs))
        self.project = nn.Linear(inputs, components, bias=False)
        self.members = nn.ModuleList(_Member(components, hidden, dropout) for _ in range(members))

    def forward(self, layers: Tensor, figures: Tensor) -> Tensor:
        """layers (B, 14 * channels + 192), figures (B, 22)."""
        x = self.components(torch.cat([layers, figures], 1))
        return torch.stack([member(x).log_softmax(1) for member in self.members]).mean(0).log_softmax(1)

    def components(self, x: Tensor) -> Tensor:
        """(B, inputs) -> (B, components); what lies six deviations off is held there."""
        result: Tensor = self.project(((x - self.mean) / self.deviation).clamp(-6, 6))
        return result
