"""Vocos (Siuzdak 2023): a ConvNeXt backbone at frame rate and an inverse STFT, no upsampling by layers."""

import torch
from torch import Tensor, nn

from tts.models.convnext import ConvNeXtBlock

_LOUDEST = 1e2


class ISTFT(nn.Module):
    """Inverse STFT whose frames tile the wave: (B, bins, frames) complex -> (B, frames * hop).

    `torch.istft` wants a centred transform, which gives one frame too many; this overlaps and adds by itself.
    """

    window: Tensor

    def __init__(self, n_fft: int, hop: int) -> None:
        super().__init__()
        self.n_fft, self.hop = n_fft, hop
        self.register_buffer("window", torch.hann_window(n_fft), persistent=False)

    def forward(self, spectrum: Tensor) -> Tensor:
        frames = spectrum.shape[-1]
        pieces = torch.fft.irfft(spectrum, self.n_fft, dim=1) * self.window[None, :, None]
        size = (frames - 1) * self.hop + self.n_fft
        fold = nn.Fold((1, size), (1, self.n_fft), stride=(1, self.hop))
        squares = (self.window**2)[None, :, None].expand(1, -1, frames)
        wave, norm = fold(pieces)[:, 0, 0], fold(squares)[:, 0, 0]
        side = (self.n_fft - self.hop) // 2
        inside = slice(side, side + frames * self.hop)
        out: Tensor = wave[:, inside] / norm[:, inside].clamp(min=1e-8)
        return out


class Vocos(nn.Module):
    """Normalised mel (B, n_mels, frames) -> wave (B, frames * hop) in about [-1, 1]."""

    def __init__(
        self,
        n_mels: int = 100,
        channels: int = 384,
        inner: int = 1152,
        blocks: int = 8,
        n_fft: int = 1024,
        hop: int = 240,
    ) -> None:
        super().__init__()
        self.embed = nn.Conv1d(n_mels, channels, 7, padding=3)
        self.norm = nn.LayerNorm(channels, eps=1e-6)
        self.blocks = nn.ModuleList(ConvNeXtBlock(channels, inner, scale=1 / blocks) for _ in range(blocks))
        self.last_norm = nn.LayerNorm(channels, eps=1e-6)
        self.head = nn.Linear(channels, n_fft + 2)
        self.istft = ISTFT(n_fft, hop)
        for module in self.modules():
            if isinstance(module, nn.Linear | nn.Conv1d):
                nn.init.trunc_normal_(module.weight, std=0.02)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)

    def forward(self, mel: Tensor) -> Tensor:
        x = self.norm(self.embed(mel).transpose(1, 2)).transpose(1, 2)
        for block in self.blocks:
            x = block(x)
        magnitude, phase = self.head(self.last_norm(x.transpose(1, 2))).transpose(1, 2).float().chunk(2, 1)
        magnitude = magnitude.exp().clamp(max=_LOUDEST)
        wave: Tensor = self.istft(torch.complex(magnitude * phase.cos(), magnitude * phase.sin()))
        return wave
