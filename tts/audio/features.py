"""Waves to mels and energies; the only mel of the project."""

from functools import lru_cache

import torch
import torchaudio
from torch import Tensor
from torch.nn import functional as F

from tts.audio.spec import AudioSpec


@lru_cache(maxsize=8)
def filterbank(spec: AudioSpec, device: str) -> tuple[Tensor, Tensor]:
    """-> (n_fft // 2 + 1, n_mels) triangles over the spectrum's bins, and the window (n_fft,)."""
    # Tables made while something is said must serve a training that follows.
    with torch.inference_mode(False):
        bank = torchaudio.functional.melscale_fbanks(
            spec.n_fft // 2 + 1, spec.f_min, spec.f_max, spec.n_mels, spec.sample_rate, norm=None, mel_scale="htk"
        )
        return bank.to(device), torch.hann_window(spec.n_fft, device=device)


def log_mel(wave: Tensor, spec: AudioSpec) -> Tensor:
    """(B, samples) in [-1, 1] -> (B, n_mels, samples // hop), natural log of mel amplitudes, not normalised.

    Frame i is centred on sample (i + .5) * hop, so frames tile the wave without an extra one at the end.
    """
    bank, window = filterbank(spec, str(wave.device))
    frames = wave.shape[-1] // spec.hop
    side = (spec.n_fft - spec.hop) // 2
    padded = F.pad(wave[:, : frames * spec.hop].float().unsqueeze(1), (side, side), mode="reflect").squeeze(1)
    spectrum = torch.stft(padded, spec.n_fft, spec.hop, window=window, center=False, return_complex=True).abs()
    return torch.matmul(spectrum.transpose(1, 2), bank).transpose(1, 2).clamp(min=spec.floor).log()


def normalise(mel: Tensor, spec: AudioSpec) -> Tensor:
    """Log mel -> what the networks see: zero mean, unit deviation over the training recordings."""
    return (mel - spec.mel_mean) / spec.mel_std


def denormalise(mel: Tensor, spec: AudioSpec) -> Tensor:
    """Inverse of `normalise`."""
    return mel * spec.mel_std + spec.mel_mean


def frame_energy(mel: Tensor) -> Tensor:
    """(B, n_mels, frames) log mel -> (B, frames) log of the mean mel amplitude: the energy that the models predict."""
    return mel.exp().mean(1).clamp(min=1e-5).log()


def equalise(mel: Tensor, deviation: float, generator: torch.Generator | None = None) -> Tensor:
    """Add a smooth random curve over the bins of a log mel (B, bins, frames): a microphone's colour."""
    drawn_on = generator.device if generator else mel.device
    knots = torch.randn(len(mel), 1, 6, device=drawn_on, generator=generator).to(mel.device) * deviation
    curve = F.interpolate(knots, mel.shape[1], mode="linear", align_corners=True)
    return mel + curve.transpose(1, 2)
