"""Phone encoder (a small transformer with rotary positions) and the encoder of the reference's mel."""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from tts.models.convnext import ConvNeXtBlock, length_mask
from tts.text.phones import BREAK_ROWS, LANGUAGE_ROWS, PHONE_ROWS, TONE_ROWS


def _rotate(x: Tensor) -> Tensor:
    """Rotary positions (Su et al. 2021) on (B, heads, L, d)."""
    size = x.shape[-1] // 2
    rates = 10000 ** (-torch.arange(size, device=x.device) / size)
    angles = torch.arange(x.shape[2], device=x.device)[:, None] * rates
    cos, sin = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
    left, right = x.chunk(2, -1)
    return torch.cat([left * cos - right * sin, left * sin + right * cos], -1)


class Attention(nn.Module):
    """Multi-head attention; over itself with rotary positions, or over a memory without."""

    def __init__(self, channels: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.query = nn.Linear(channels, channels)
        self.key_value = nn.Linear(channels, 2 * channels)
        self.out = nn.Linear(channels, channels)

    def forward(self, x: Tensor, mask: Tensor, memory: Tensor | None = None) -> Tensor:
        """x (B, L, C), memory (B, M, C), mask (B, L or M) of bool -> (B, L, C)."""
        source = x if memory is None else memory
        shape = (x.shape[0], -1, self.heads, x.shape[2] // self.heads)
        query = self.query(x).reshape(shape).transpose(1, 2)
        key, value = (part.reshape(shape).transpose(1, 2) for part in self.key_value(source).chunk(2, -1))
        if memory is None:
            query, key = _rotate(query), _rotate(key)
        mixed = F.scaled_dot_product_attention(
            query, key, value, attn_mask=mask[:, None, None], dropout_p=self.dropout if self.training else 0.0
        )
        out: Tensor = self.out(mixed.transpose(1, 2).reshape(x.shape))
        return out


class EncoderLayer(nn.Module):
    """Self-attention, attention over the reference where asked, and a convolutional feed-forward; pre-norm."""

    def __init__(self, channels: int, heads: int, inner: int, kernel: int, dropout: float, sees_prompt: bool) -> None:
        super().__init__()
        self.attend = Attention(channels, heads, dropout)
        self.listen = Attention(channels, heads, dropout) if sees_prompt else None
        self.widen = nn.Conv1d(channels, inner, kernel, padding=kernel // 2)
        self.narrow = nn.Conv1d(inner, channels, 1)
        self.norms = nn.ModuleList(nn.LayerNorm(channels) for _ in range(3))
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor, memory: Tensor, memory_mask: Tensor) -> Tensor:
        """x (B, L, C) -> (B, L, C)."""
        x = x + self.drop(self.attend(self.norms[0](x), mask))
        if self.listen is not None:
            x = x + self.drop(self.listen(self.norms[1](x), memory_mask, memory))
        y = (self.norms[2](x) * mask.unsqueeze(2)).transpose(1, 2)
        out: Tensor = x + self.drop(self.narrow(F.gelu(self.widen(y))).transpose(1, 2))
        return out


class PhoneEncoder(nn.Module):
    """Embeds phones with what stands beside them; -> (B, L, channels)."""

    def __init__(
        self, channels: int, layers: int, heads: int, inner: int, kernel: int, dropout: float, condition: int
    ) -> None:
        super().__init__()
        rows = (PHONE_ROWS, TONE_ROWS, LANGUAGE_ROWS, BREAK_ROWS)
        tables = [nn.Embedding(count, channels) for count in rows]
        for table in tables:
            nn.init.normal_(table.weight, std=0.5)
        self.tables = nn.ModuleList(tables)
        self.join = nn.Linear(condition, channels)
        self.layers = nn.ModuleList(
            EncoderLayer(channels, heads, inner, kernel, dropout, index >= layers // 2) for index in range(layers)
        )
        self.norm = nn.LayerNorm(channels)

    def forward(
        self, parts: tuple[Tensor, ...], mask: Tensor, condition: Tensor, memory: Tensor, heard: Tensor
    ) -> Tensor:
        """parts: four (B, L) int64; condition (B, condition); memory (B, M, C) with mask `heard` (B, M)."""
        x = torch.stack([table(part) for table, part in zip(self.tables, parts, strict=True)]).sum(0)
        x = x + self.join(condition).unsqueeze(1)
        for layer in self.layers:
            x = layer(x, mask, memory, heard)
        out: Tensor = self.norm(x) * mask.unsqueeze(2)
        return out


class PromptEncoder(nn.Module):
    """The reference's mel (B, n_mels, P) -> memory at an eighth of its rate, its mask, and one vector for all of it."""

    def __init__(self, n_mels: int, channels: int, blocks: int = 3) -> None:
        super().__init__()
        widths = [n_mels] + [channels] * blocks
        self.downs = nn.ModuleList(nn.Conv1d(narrow, wide, 4, stride=2, padding=1) for narrow, wide in pairwise(widths))
        self.blocks = nn.ModuleList(ConvNeXtBlock(channels, 2 * channels) for _ in range(blocks))
        self.weigh = nn.Linear(channels, 1)
        self.norm = nn.LayerNorm(channels)

    def forward(self, mel: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """-> memory (B, M, C), mask (B, M) of bool, summary (B, C)."""
        x = mel
        for down, block in zip(self.downs, self.blocks, strict=True):
            lengths = torch.div(lengths, 2, rounding_mode="floor").clamp(min=1)
            x = F.gelu(down(x))
            x = block(x, length_mask(lengths, x.shape[2]).unsqueeze(1).to(x.dtype))
        mask = length_mask(lengths, x.shape[2])
        memory = self.norm(x.transpose(1, 2))
        weights = self.weigh(memory).float().masked_fill(~mask.unsqueeze(2), -1e4).softmax(1)
        return memory, mask, (memory * weights.to(memory.dtype)).sum(1)
