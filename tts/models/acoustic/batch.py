"""What goes into the acoustic model, padded to a batch."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

#: Recordings say how noisy and how wide they are; speech is asked for at the clean, wide end. Teacher speech has this
#: SNR, above what most clean recordings reach, so that silence is learned to be silent.
CLEAN_SNR_DB = 70.0
FULL_BANDWIDTH_HZ = 12000.0


@dataclass(frozen=True)
class PhoneBatch:
    """phones, tones, languages, breaks: (B, L) int64, 0 where padded; lengths (B,) int64."""

    phones: Tensor
    tones: Tensor
    languages: Tensor
    breaks: Tensor
    lengths: Tensor

    @classmethod
    def pad(cls, rows: Sequence[tuple[Sequence[int], ...]], device: torch.device | str = "cpu") -> "PhoneBatch":
        """rows: (phones, tones, languages, breaks) of each text."""
        lengths = [len(row[0]) for row in rows]
        padded = torch.zeros(4, len(rows), max(lengths), dtype=torch.int64)
        for index, row in enumerate(rows):
            for kind in range(4):
                padded[kind, index, : lengths[index]] = torch.as_tensor(row[kind])
        padded = padded.to(device)
        return cls(padded[0], padded[1], padded[2], padded[3], torch.tensor(lengths, device=device))


@dataclass(frozen=True)
class VoiceBatch:
    """Whose voice, and how: xvectors (B, 192); prompts (B, n_mels, P) normalised mel; prompt_lengths (B,);
    emotions (B, 8); snr_db, bandwidth_hz (B,); pitch_median (B,) natural log of Hz."""

    xvectors: Tensor
    prompts: Tensor
    prompt_lengths: Tensor
    emotions: Tensor
    snr_db: Tensor
    bandwidth_hz: Tensor
    pitch_median: Tensor


@dataclass(frozen=True)
class Contours:
    """pitch (B, frames): log F0 above the speaker's median; voiced (B, frames) in [0, 1]; energy (B, frames): log."""

    pitch: Tensor
    voiced: Tensor
    energy: Tensor
