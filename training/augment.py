"""Rooms, noises, lines and codecs a clip may have gone through, on whole batches."""

import torch
from torch import Tensor


def coloured_noise(shape: tuple[int, int], device: str) -> Tensor:
    """(B, samples) of unit level noise whose spectrum falls by a random power of frequency (white to brown)."""
    spectrum = torch.fft.rfft(torch.randn(shape, device=device))
    slope = torch.rand(shape[0], 1, device=device) * 1.1
    bins = torch.arange(1, spectrum.shape[1] + 1, device=device, dtype=torch.float32)[None]
    noise = torch.fft.irfft(spectrum * bins.pow(-slope), shape[1])
    return noise / noise.square().mean(1, keepdim=True).sqrt().clamp(min=1e-6)


def add_noise(wave: Tensor, low_db: float, high_db: float, chance: float) -> Tensor:
    """Coloured noise, or another clip of the batch as babble, at a random ratio; (B, samples)."""
    count, device = len(wave), str(wave.device)
    noise = coloured_noise((count, wave.shape[1]), device)
    other = wave.roll(1, 0)
    babble = other / other.square().mean(1, keepdim=True).sqrt().clamp(min=1e-4)
    pick = torch.rand(count, 1, device=device)
    noise = torch.where(pick < 0.25, babble, noise)
    ratio = low_db + (high_db - low_db) * torch.rand(count, 1, device=device)
    gain = wave.square().mean(1, keepdim=True).sqrt() * 10 ** (-ratio / 20)
    return wave + noise * gain * (torch.rand(count, 1, device=device) < chance)


def reverberate(wave: Tensor, chance: float) -> Tensor:
    """Convolve with exponentially decaying noise behind a direct sound: rooms of .1 to .6 s."""
    count, device, size = len(wave), wave.device, 9600
    time = torch.arange(size, device=device) / 24000
    decay = 0.1 + 0.5 * torch.rand(count, 1, device=device)
    tail = torch.randn(count, size, device=device) * torch.exp(-6.9 * time[None] / decay)
    tail = tail / tail.square().sum(1, keepdim=True).sqrt()
    wet = (0.1 + 0.7 * torch.rand(count, 1, device=device)) * (torch.rand(count, 1, device=device) < chance)
    tail = tail * wet
    tail[:, 0] += 1
    total = wave.shape[1] + size
    out = torch.fft.irfft(torch.fft.rfft(wave, total) * torch.fft.rfft(tail, total), total)
    return out[:, : wave.shape[1]]


def narrow(mel: Tensor, lowest: float, chance: float) -> Tensor:
    """Lose the bins above a random one (a fraction of all, from `lowest` up), as a low-pass line or codec does."""
    bins = mel.shape[1]
    cut = (lowest + (1 - lowest) * torch.rand(len(mel), 1, 1, device=mel.device)) * bins
    cut = torch.where(torch.rand(len(mel), 1, 1, device=mel.device) < chance, cut, torch.full_like(cut, bins))
    gone = torch.arange(bins, device=mel.device)[None, :, None] >= cut
    return torch.where(gone, mel.amin((1, 2), keepdim=True), mel)


def mask_stripes(mel: Tensor, bins: int, frames: int) -> Tensor:
    """SpecAugment (Park et al. 2019): one stripe of bins and one of frames set to the clip's mean."""
    mean = mel.mean((1, 2), keepdim=True)
    for axis, widest in ((1, bins), (2, frames)):
        size = mel.shape[axis]
        width = torch.randint(0, widest + 1, (len(mel), 1), device=mel.device)
        start = (torch.rand(len(mel), 1, device=mel.device) * (size - width)).long()
        place = torch.arange(size, device=mel.device)[None]
        gone = (place >= start) & (place < start + width)
        mel = torch.where(gone.unsqueeze(3 - axis), mean, mel)
    return mel
