"""The acoustic model: phones and a voice -> durations, contours, mel. Non-autoregressive, one decoder pass."""

import torch
from torch import Tensor, nn

from tts.models.acoustic.batch import CLEAN_SNR_DB, FULL_BANDWIDTH_HZ, Contours, PhoneBatch, VoiceBatch
from tts.models.acoustic.encoder import PhoneEncoder, PromptEncoder
from tts.models.acoustic.predictors import (
    ENERGY_DEVIATION,
    ENERGY_MEAN,
    ContourPredictor,
    DurationPredictor,
    frame_owners,
    pitch_features,
    place_in_phone,
    smooth_energy,
)
from tts.models.convnext import ConvNeXtBlock, length_mask

_PLACE, _PITCH, _ENERGY = 3, 12, 1


class AcousticModel(nn.Module):
    """FastSpeech 2 (Ren et al. 2021) in outline, with ConvNeXt blocks modulated by the voice.

    The way: `voice` -> `encode` -> `durations` -> `spread` -> `contours` -> `decode`.
    """

    def __init__(
        self,
        n_mels: int = 100,
        xvector: int = 192,
        channels: int = 256,
        layers: int = 4,
        heads: int = 4,
        inner: int = 768,
        kernel: int = 3,
        dropout: float = 0.1,
        condition: int = 128,
        decoder_channels: int = 384,
        decoder_inner: int = 1024,
        decoder_blocks: int = 8,
    ) -> None:
        super().__init__()
        self.condition_size = condition
        self.prompt = PromptEncoder(n_mels, channels)
        self.mix = nn.Sequential(
            nn.Linear(xvector + channels + 8 + 2, condition), nn.SiLU(), nn.Linear(condition, condition)
        )
        self.encoder = PhoneEncoder(channels, layers, heads, inner, kernel, dropout, condition)
        self.duration = DurationPredictor(channels, condition, dropout=dropout)
        self.to_contours = nn.Conv1d(channels + _PLACE, channels, 1)
        self.contour = ContourPredictor(channels, condition, dropout=dropout)
        self.to_decoder = nn.Conv1d(channels + _PLACE + _PITCH + _ENERGY, decoder_channels, 3, padding=1)
        self.decoder = nn.ModuleList(
            ConvNeXtBlock(decoder_channels, decoder_inner, condition=condition, scale=1 / decoder_blocks)
            for _ in range(decoder_blocks)
        )
        self.norm = nn.LayerNorm(decoder_channels)
        self.head = nn.Linear(decoder_channels, n_mels)

    def voice(self, voice: VoiceBatch) -> tuple[Tensor, Tensor, Tensor]:
        """-> condition (B, C), memory of the reference (B, M, channels), its mask (B, M)."""
        memory, mask, summary = self.prompt(voice.prompts, voice.prompt_lengths)
        quality = torch.stack(
            [
                voice.snr_db.clamp(0, CLEAN_SNR_DB) / CLEAN_SNR_DB,
                voice.bandwidth_hz.clamp(max=FULL_BANDWIDTH_HZ) / FULL_BANDWIDTH_HZ,
            ],
            1,
        )
        xvectors = voice.xvectors * voice.xvectors.shape[1] ** 0.5
        condition: Tensor = self.mix(torch.cat([xvectors, summary.float(), voice.emotions, quality], 1))
        return condition, memory, mask

    def encode(self, batch: PhoneBatch, condition: Tensor, memory: Tensor, heard: Tensor) -> Tensor:
        """-> phone features (B, L, channels)."""
        parts = (batch.phones, batch.tones, batch.languages, batch.breaks)
        mask = length_mask(batch.lengths, batch.phones.shape[1])
        encoded: Tensor = self.encoder(parts, mask, condition, memory, heard)
        return encoded

    def durations(self, encoded: Tensor, lengths: Tensor, condition: Tensor) -> tuple[Tensor, Tensor]:
        """-> mean and log deviation of log(1 + frames), (B, L) each."""
        mask = length_mask(lengths, encoded.shape[1]).unsqueeze(1).to(encoded.dtype)
        mean, deviation = self.duration(encoded, mask, condition)
        return mean, deviation

    def spread(self, encoded: Tensor, durations: Tensor, frames: int) -> Tensor:
        """Phone features over their frames: durations (B, L) int64 -> (B, channels + 3, frames)."""
        owners = frame_owners(durations, frames)
        spread = encoded.gather(1, owners.unsqueeze(2).expand(-1, -1, encoded.shape[2]))
        return torch.cat([spread.transpose(1, 2), place_in_phone(durations, owners).to(encoded.dtype)], 1)

    def contours(self, spread: Tensor, mask: Tensor, condition: Tensor) -> Contours:
        """mask (B, 1, frames) -> predicted contours, voicing as logits."""
        contours: Contours = self.contour(self.to_contours(spread), mask, condition)
        return contours

    def decode(self, spread: Tensor, mask: Tensor, contours: Contours, voice: VoiceBatch, condition: Tensor) -> Tensor:
        """-> normalised mel (B, n_mels, frames); voicing in [0, 1]; condition (B, C), or (B, blocks, C)."""
        log_f0 = contours.pitch + voice.pitch_median.unsqueeze(1)
        energy = (smooth_energy(contours.energy) - ENERGY_MEAN) / ENERGY_DEVIATION
        features = torch.cat([pitch_features(log_f0, contours.voiced), energy.unsqueeze(1)], 1)
        x = self.to_decoder(torch.cat([spread, features.to(spread.dtype)], 1))
        for number, block in enumerate(self.decoder):
            x = block(x, mask, condition if condition.ndim == 2 else condition[:, number])
        mel: Tensor = self.head(self.norm(x.transpose(1, 2))).transpose(1, 2)
        return mel * mask
