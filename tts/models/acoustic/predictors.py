"""How long each phone lasts, and how pitch, voicing and energy run over its frames."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from tts.models.acoustic.batch import Contours
from tts.models.convnext import ConvNeXtBlock

ENERGY_MEAN, ENERGY_DEVIATION = -4.0, 2.0
PITCH_DEVIATION = 0.25


class DurationPredictor(nn.Module):
    """(B, L, channels) -> mean and log deviation of log(1 + frames), (B, L) each."""

    def __init__(self, channels: int, condition: int, blocks: int = 3, dropout: float = 0.1) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(
            ConvNeXtBlock(channels, 2 * channels, kernel=5, condition=condition) for _ in range(blocks)
        )
        self.drop = nn.Dropout(dropout)
        self.out = nn.Linear(channels, 2)
        nn.init.zeros_(self.out.weight)
        nn.init.constant_(self.out.bias[:1], 2.0)
        nn.init.constant_(self.out.bias[1:], -1.0)

    def forward(self, x: Tensor, mask: Tensor, condition: Tensor) -> tuple[Tensor, Tensor]:
        """mask (B, 1, L)."""
        y = x.transpose(1, 2)
        for block in self.blocks:
            y = self.drop(block(y, mask, condition))
        mean, deviation = self.out(y.transpose(1, 2)).float().unbind(-1)
        return mean, deviation.clamp(-4, 1)


class ContourPredictor(nn.Module):
    """Frame features (B, channels, frames) -> Contours; voicing as logits."""

    def __init__(self, channels: int, condition: int, blocks: int = 4, dropout: float = 0.1) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(
            ConvNeXtBlock(channels, 2 * channels, kernel=11, condition=condition) for _ in range(blocks)
        )
        self.drop = nn.Dropout(dropout)
        self.out = nn.Linear(channels, 3)

    def forward(self, x: Tensor, mask: Tensor, condition: Tensor) -> Contours:
        """mask (B, 1, frames)."""
        for block in self.blocks:
            x = self.drop(block(x, mask, condition))
        pitch, voiced, energy = self.out(x.transpose(1, 2)).float().unbind(-1)
        return Contours(pitch * PITCH_DEVIATION, voiced, energy * ENERGY_DEVIATION + ENERGY_MEAN)


def frame_owners(durations: Tensor, frames: int) -> Tensor:
    """durations (B, L) int64 -> (B, frames): which phone each frame belongs to (the last one past the end)."""
    ends = durations.cumsum(1)
    steps = torch.arange(frames, device=durations.device).expand(len(durations), -1).contiguous()
    return torch.searchsorted(ends, steps, right=True).clamp(max=durations.shape[1] - 1)


def place_in_phone(durations: Tensor, owners: Tensor) -> Tensor:
    """(B, 3, frames): how far into its phone a frame is, how far from its end, and the phone's log length."""
    starts = (durations.cumsum(1) - durations).gather(1, owners)
    size = durations.gather(1, owners).clamp(min=1)
    step = torch.arange(owners.shape[1], device=owners.device)[None] - starts + 0.5
    done = (step / size).clamp(0, 1)
    return torch.stack([done, 1 - done, size.float().log() / 2], 1)


def pitch_features(log_f0: Tensor, voiced: Tensor) -> Tensor:
    """log F0 (B, frames) and voicing -> (B, 12, frames): octave phases, so that harmonics can be placed in the mel."""
    octaves = (log_f0 - 5.0) / 0.6931
    phases = [f(2 * torch.pi * octaves * rate) for rate in (0.125, 0.5, 1, 2, 4) for f in (torch.sin, torch.cos)]
    return torch.stack([octaves, *phases, torch.ones_like(octaves)], 1) * voiced.unsqueeze(1)


def smooth_energy(energy: Tensor, width: int = 5) -> Tensor:
    """Moving average over frames, (B, frames): what the decoder sees, so that it does not lean on detail."""
    padded = F.pad(energy.unsqueeze(1), (width // 2, width // 2), mode="replicate")
    return F.avg_pool1d(padded, width, 1).squeeze(1)
