"""Judges of realness while training: periods and resolutions of a wave, patches of a mel."""

from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import weight_norm

Verdict = tuple[Tensor, list[Tensor]]

_SLOPE = 0.1


def _layer(*sizes: Any, **options: Any) -> nn.Module:
    """A convolution whose first weights keep the level of what goes through (He et al. 2015). As torch draws them, each
    layer lowers it, and after five the verdict says the same of everything for a long time.
    """
    conv = nn.Conv2d(*sizes, **options)
    nn.init.kaiming_normal_(conv.weight, _SLOPE)
    nn.init.zeros_(conv.bias)
    return weight_norm(conv)


class PeriodDiscriminator(nn.Module):
    """HiFi-GAN's (Kong et al. 2020), at half its width: the wave folded by a period."""

    def __init__(self, period: int, width: int = 32) -> None:
        super().__init__()
        self.period = period
        sizes = [1, width, 2 * width, 4 * width, 8 * width, 8 * width]
        strides = [3, 3, 3, 3, 1]
        self.layers = nn.ModuleList(
            _layer(narrow, wide, (5, 1), (stride, 1), (2, 0))
            for narrow, wide, stride in zip(sizes, sizes[1:], strides, strict=False)
        )
        self.last = _layer(sizes[-1], 1, (3, 1), 1, (1, 0))

    def forward(self, wave: Tensor) -> Verdict:
        """(B, samples) -> scores, features of each layer."""
        x = F.pad(wave, (0, -wave.shape[1] % self.period), mode="reflect")
        x = x.view(len(x), 1, -1, self.period).to(memory_format=torch.channels_last)
        features = []
        for layer in self.layers:
            x = F.leaky_relu(layer(x), _SLOPE)
            features.append(x)
        return self.last(x).flatten(1), features


class ResolutionDiscriminator(nn.Module):
    """Vocos's multi-band one in short: convolutions over the complex STFT of one window."""

    def __init__(self, n_fft: int, width: int = 32) -> None:
        super().__init__()
        self.n_fft = n_fft
        self.register_buffer("window", torch.hann_window(n_fft), persistent=False)
        strides = [(1, 1), (1, 2), (1, 2), (1, 2), (1, 1)]
        self.layers = nn.ModuleList(
            _layer(2 if index == 0 else width, width, (3, 9) if index < 4 else (3, 3), stride,
                                  (1, 4) if index < 4 else (1, 1))
            for index, stride in enumerate(strides)
        )  # fmt: skip
        self.last = _layer(width, 1, 3, padding=1)

    def forward(self, wave: Tensor) -> Verdict:
        x = torch.stft(
            wave.float(), self.n_fft, self.n_fft // 4, window=self.window, return_complex=True, normalized=True
        )
        x = torch.view_as_real(x).permute(0, 3, 2, 1).contiguous(memory_format=torch.channels_last)
        features = []
        for layer in self.layers:
            x = F.leaky_relu(layer(x), _SLOPE)
            features.append(x)
        return self.last(x).flatten(1), features


class WaveDiscriminator(nn.Module):
    """Five periods and three resolutions."""

    def __init__(self) -> None:
        super().__init__()
        self.parts = nn.ModuleList(
            [PeriodDiscriminator(period) for period in (2, 3, 5, 7, 11)]
            + [ResolutionDiscriminator(size) for size in (2048, 1024, 512)]
        )

    def forward(self, wave: Tensor) -> list[Verdict]:
        return [part(wave) for part in self.parts]


class MelDiscriminator(nn.Module):
    """Patches of a mel at three widths of band: all of it, its lower and its upper half, each with its own network."""

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        self.bands = ((0.0, 1.0), (0.0, 0.5), (0.4, 1.0))
        self.parts = nn.ModuleList()
        for _ in self.bands:
            sizes = [1, width, 2 * width, 2 * width, 2 * width]
            layers = [
                _layer(narrow, wide, (5, 3), (2, 1) if index < 3 else (1, 2), (2, 1))
                for index, (narrow, wide) in enumerate(pairwise(sizes))
            ]
            self.parts.append(nn.ModuleList([*layers, _layer(sizes[-1], 1, 3, padding=1)]))

    def forward(self, mel: Tensor) -> list[Verdict]:
        """(B, n_mels, frames) -> a verdict for each band."""
        verdicts = []
        for (low, high), layers in zip(self.bands, self.parts, strict=True):
            bins = mel.shape[1]
            x = mel[:, int(low * bins) : int(high * bins)].unsqueeze(1)
            features = []
            assert isinstance(layers, nn.ModuleList)
            for layer in layers[:-1]:
                x = F.leaky_relu(layer(x), _SLOPE)
                features.append(x)
            verdicts.append((layers[-1](x).flatten(1), features))
        return verdicts


class MelJudges(nn.Module):
    """`pairs` tells a made mel from the real one of the same utterance; `clean` knows clean speech, and judges voices
    that were never recorded so."""

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        self.pairs, self.clean = MelDiscriminator(width), MelDiscriminator(width)


def tell_apart(judge: nn.Module, real: Tensor, made: Tensor, rows: Tensor | None = None) -> Tensor:
    """The judge's own loss, summed over its parts: least squares, real towards 1, made towards 0.

    Both go through in one pass; the maker gets no gradient. Of the real ones those count that have a 1 in `rows` (B,).
    """
    count = len(real)
    weights = torch.ones(count, device=real.device) if rows is None else rows
    weights = weights / weights.sum().clamp(min=1)
    verdicts: list[Verdict] = judge(torch.cat([real, made.detach()]))
    losses = [
        ((1 - scores[:count]).square().mean(1) * weights).sum() + scores[count:].square().mean()
        for scores, _ in verdicts
    ]
    return torch.stack(losses).sum()


def persuade(judge: nn.Module, made: Tensor) -> Tensor:
    """What the maker loses by the verdicts alone, summed over the parts, where there is no real one to match."""
    return _wished(_verdicts(judge, made))


def fool(judge: nn.Module, real: Tensor, made: Tensor) -> tuple[Tensor, Tensor]:
    """-> (adversarial, summed over the parts; feature matching, the mean over parts and layers) for the maker."""
    with torch.no_grad():
        truth: list[Verdict] = judge(real)
    verdicts = _verdicts(judge, made)
    matching = [
        F.l1_loss(made_layer, real_layer) / real_layer.abs().mean().clamp(min=1e-4)
        for (_, real_layers), (_, made_layers) in zip(truth, verdicts, strict=True)
        for real_layer, made_layer in zip(real_layers, made_layers, strict=True)
    ]
    return _wished(verdicts), torch.stack(matching).mean()


def _verdicts(judge: nn.Module, made: Tensor) -> list[Verdict]:
    """The judge's weights get no gradient of them."""
    judge.requires_grad_(False)
    verdicts: list[Verdict] = judge(made)
    judge.requires_grad_(True)
    return verdicts


def _wished(verdicts: list[Verdict]) -> Tensor:
    return torch.stack([(1 - scores).square().mean() for scores, _ in verdicts]).sum()
