"""Emotion encoder: how a clip is said, heard by networks that were speaker encoders and have learned on."""

from typing import Final

import torch
from torch import Tensor, nn

from tts.models.speaker_encoder import SpeakerEncoder

#: What the encoder tells apart: the emotions that have recordings, and none of them. Melancholic has no recordings.
HEARD: Final = ("neutral", "happy", "angry", "sad", "afraid", "disgusted", "surprised", "calm")


class EmotionMember(nn.Module):
    """Speaker mel (B, 80, frames >= 100) -> logits (B, 8) of `HEARD`."""

    def __init__(self, channels: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.body = SpeakerEncoder(channels)
        size = self.body.layers_size
        self.head = nn.Sequential(
            nn.BatchNorm1d(size), nn.Dropout(dropout), nn.Linear(size, hidden), nn.GELU(), nn.Dropout(dropout),
            nn.Linear(hidden, len(HEARD)),
        )  # fmt: skip

    def forward(self, mel: Tensor) -> Tensor:
        logits: Tensor = self.head(self.body.layers(mel))
        return logits


class EmotionEncoder(nn.Module):
    """Speaker mel (B, 80, frames >= 100) -> log-probabilities (B, 8) of `HEARD`: the mean of several networks that
    learned apart, since the recordings are few."""

    def __init__(self, channels: int = 448, hidden: int = 128, members: int = 2, dropout: float = 0.4) -> None:
        super().__init__()
        self.members = nn.ModuleList(EmotionMember(channels, hidden, dropout) for _ in range(members))

    def forward(self, mel: Tensor) -> Tensor:
        return torch.stack([member(mel).log_softmax(1) for member in self.members]).mean(0).log_softmax(1)
