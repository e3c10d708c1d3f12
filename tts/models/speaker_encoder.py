"""Speaker encoder: SpeechBrain's ECAPA-TDNN over the 80 mel bins below 7.6 kHz (Desplanques et al. 2020)."""

import sys
from functools import lru_cache
from typing import Any

import torch
import torchaudio
from torch import Tensor, nn
from torch.nn import functional as F

from tts.audio.features import filterbank
from tts.audio.spec import AudioSpec

_FRAME_RATE = 100
_WINDOW_SECONDS = 0.025
_F_MIN, _F_MAX, _BINS = 20.0, 7600.0, 80
_FLOOR = 1e-6
# A shorter window adds up less: by its length where there is a tone, by the root of it where there is noise.
_NARROWER = 0.7


@lru_cache(maxsize=8)
def _filterbank(rate: int, device: str) -> tuple[Tensor, Tensor]:
    # Tables made while something is said must serve a training that follows.
    with torch.inference_mode(False):
        bank = torchaudio.functional.melscale_fbanks(513, _F_MIN, _F_MAX, _BINS, rate)
        return bank.to(device), torch.hann_window(int(rate * _WINDOW_SECONDS), device=device)


def speaker_mel(wave: Tensor, rate: int) -> Tensor:
    """(B, samples) -> (B, 80, frames) log mel at 100 frames a second, each bin's mean over the clip taken away.

    The bins end at 7.6 kHz whatever the rate, so a 24 kHz wave needs no resampling to look like a 16 kHz one.
    """
    bank, window = _filterbank(rate, str(wave.device))
    spectrum = torch.stft(
        wave.float(), 1024, rate // _FRAME_RATE, len(window), window=window, center=True, return_complex=True
    )
    mel = torch.matmul(spectrum.abs().square().transpose(1, 2), bank).transpose(1, 2)
    mel = (mel + _FLOOR).log()
    return mel - mel.mean(2, keepdim=True)


@lru_cache(maxsize=8)
def _spectrum_of_mel(spec: AudioSpec, device: str) -> Tensor:
    """(n_fft // 2 + 1, n_mels): from mel amplitudes to the spectrum's, between two bins in proportion."""
    with torch.inference_mode(False):
        bank, _ = filterbank(spec, device)
        return _NARROWER * bank / bank.sum(1, keepdim=True).clamp(min=1e-9) / bank.sum(0)


def speaker_mel_of(mel: Tensor, spec: AudioSpec) -> Tensor:
    """Natural log mel of `spec` (B, n_mels, T) -> about the `speaker_mel` of its wave (B, 80, T), without a wave.

    It explains .989 of the variance of the real one, of recordings. Neighbouring frames of `speaker_mel` have their
    middles half a frame before and after the frame here.
    """
    spectrum = torch.matmul(_spectrum_of_mel(spec, str(mel.device)), mel.float().exp())
    bank, _ = _filterbank(spec.sample_rate, str(mel.device))
    heard = (torch.matmul(bank.T, spectrum.square()) + _FLOOR).log()
    return heard - heard.mean(2, keepdim=True)


def _ecapa() -> type[nn.Module]:
    """SpeechBrain's class, imported where it is used: the import takes seconds.

    It comes with placeholders of modules that need what is not installed; whoever then looks at all modules, as
    `inspect` and hypothesis do, would fail on them.
    """
    from speechbrain.lobes.models.ECAPA_TDNN import ECAPA_TDNN
    from speechbrain.utils.importutils import LazyModule

    for name in [name for name, module in sys.modules.items() if isinstance(module, LazyModule)]:
        del sys.modules[name]
    kind: type[nn.Module] = ECAPA_TDNN
    return kind


class SpeakerEncoder(nn.Module):
    """Speaker mel (B, 80, frames >= 100) -> x-vector (B, dimensions) of unit length."""

    def __init__(self, channels: int = 448, dimensions: int = 192) -> None:
        super().__init__()
        self.channels, self.dimensions = channels, dimensions
        self.ecapa: Any = _ecapa()(
            _BINS, lin_neurons=dimensions, channels=[channels] * 4 + [3 * channels], kernel_sizes=[5, 3, 3, 3, 1],
            dilations=[1, 2, 3, 4, 1], attention_channels=128, res2net_scale=8, se_channels=128,
        )  # fmt: skip

    def forward(self, mel: Tensor) -> Tensor:
        return F.normalize(self.ecapa(mel.transpose(1, 2)).squeeze(1).float(), dim=-1)

    @property
    def layers_size(self) -> int:
        return 14 * self.channels + self.dimensions

    def layers(self, mel: Tensor) -> Tensor:
        """(B, 80, frames >= 100) -> (B, layers_size): what the last layers hold beside the speaker.

        Means and deviations over time of the last block and of the layer over all blocks, its attentive statistics, and
        the x-vector before it is scaled.
        """
        x, outputs = mel, []
        for block in self.ecapa.blocks:
            x = block(x)
            outputs.append(x)
        joined = self.ecapa.mfa(torch.cat(outputs[1:], 1))
        pooled = self.ecapa.asp_bn(self.ecapa.asp(joined))
        spread = [part(rows, 2) for rows in (outputs[-1], joined) for part in (torch.mean, torch.std)]
        return torch.cat([*spread, pooled.squeeze(2), self.ecapa.fc(pooled).squeeze(2)], 1).float()
