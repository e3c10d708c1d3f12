"""What a manner of speaking does to contours and mel beyond pitch, loudness and pace: slope, tremor, breath, tilt."""

from functools import lru_cache
from typing import Final

import torch
from torch import Tensor

from tts.audio.spec import AudioSpec

#: Physiological tremor of a frightened voice (Titze, Principles of Voice Production, 1994, chapter 10: 4 to 7 Hz).
_TREMOR_HZ: Final = 5.5
#: A tilt of some dB is that between the middles of the bands it is measured in, 100 Hz to 1 kHz and 1 to 4 kHz.
_LOW_HZ, _HIGH_HZ = 400.0, 2000.0
#: Below it the fundamental lies, whose level belongs to the voice; above it the slope of the glottis is lost in noise.
_LOWEST_HZ, _HIGHEST_HZ = 250.0, 5000.0
_NEPERS_A_DB: Final = 0.1151
#: Share of a change of energy that the decoder follows: 4 dB asked were 1.9 heard, up and down.
_FOLLOWED: Final = 0.47


@lru_cache(maxsize=8)
def _tilt(spec: AudioSpec) -> Tensor:
    """(n_mels,) dB of each band for a tilt of one, a straight line over octaves between the borders."""
    with torch.inference_mode(False):
        mel = torch.linspace(_mel(spec.f_min), _mel(spec.f_max), spec.n_mels + 2)[1:-1]
        hertz = 700 * (10 ** (mel / 2595) - 1)
        octaves = hertz.clamp(_LOWEST_HZ, _HIGHEST_HZ).log2()
        low, high = torch.tensor([_LOW_HZ, _HIGH_HZ]).log2()
        curve: Tensor = (octaves - low) / (high - low)
        return curve


def _mel(hertz: float) -> float:
    return float(2595 * torch.log10(torch.tensor(1 + hertz / 700)))


def coloured(mel: Tensor, mask: Tensor, colour: Tensor, spec: AudioSpec) -> Tensor:
    """Turn the spectrum of a normalised mel (B, n_mels, T) by the tilt, its level in each frame kept, and raise its
    level.

    `mask` (B, 1, T); `colour` (B, 2): tilt and energy in dB. A loud voice has a flatter spectrum, a soft one a
    steeper one (Sundberg and Nordenberg, JASA 120(1), 2006). Of the energy the decoder, which was asked for it,
    gives a part.
    """
    tilt, energy = (column[:, None, None] * _NEPERS_A_DB for column in colour.unbind(1))
    curve = _tilt(spec).to(mel.device)[None, :, None] * tilt
    logs = mel * spec.mel_std
    before = torch.logsumexp(2 * logs, 1, keepdim=True)
    after = torch.logsumexp(2 * (logs + curve), 1, keepdim=True)
    return (mel + (curve + (before - after) / 2 + energy * (1 - _FOLLOWED)) / spec.mel_std) * mask


def sloped(mask: Tensor, slope: Tensor) -> Tensor:
    """(B, 1, T), (B,) rise over a text -> (B, T), zero in the middle of each text."""
    place = mask.squeeze(1).cumsum(1) - 0.5
    return (place / mask.sum((1, 2))[:, None].clamp(min=1) - 0.5) * slope[:, None] * mask.squeeze(1)


def trembling(mask: Tensor, depth: Tensor, spec: AudioSpec) -> Tensor:
    """(B, 1, T), (B,) deviation -> (B, T): the wave of a tremor, whose rate wanders so that it is no vibrato."""
    time = torch.arange(mask.shape[2], device=mask.device) / spec.frames_per_second
    wander = 0.8 * torch.sin(2 * torch.pi * 0.7 * time) + 0.5 * torch.sin(2 * torch.pi * 1.3 * time + 1)
    wave = torch.sin(2 * torch.pi * _TREMOR_HZ * time + wander) * 2**0.5
    return wave[None] * depth[:, None] * mask.squeeze(1)


def spread_out(mel: Tensor, mask: Tensor, amount: float) -> Tensor:
    """Stretch each band's distance from its mean over time, (B, n_mels, T): variance as in Toda and Tokuda 2007."""
    mean = (mel * mask).sum(2, keepdim=True) / mask.sum(2, keepdim=True).clamp(min=1)
    return (mean + amount * (mel - mean)) * mask
