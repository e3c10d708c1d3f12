"""What no recording shows and everybody asks for: new words in a stranger's voice, clean and in full band.

Utterances of a batch are said anew in the voices of other rows. There is no real mel to compare with, so frozen ears
judge: the speaker encoder, whether it is that speaker (as in YourTTS, Casanova et al. 2022); the aligner, whether the
phones are there, each in its time; and a discriminator that knows only clean speech, whether it is clean.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from training.aligner import Aligner, centred, targets
from training.augment import mask_stripes
from training.likeness import Likeness
from training.resident import Batch, window
from tts.audio.features import equalise
from tts.models.acoustic import AcousticModel, Contours, PhoneBatch
from tts.models.acoustic.batch import CLEAN_SNR_DB, FULL_BANDWIDTH_HZ, VoiceBatch
from tts.models.convnext import length_mask

_COLOUR = 0.4
_STRIPE = 8


@dataclass(frozen=True)
class Said:
    """What was said anew, (S, ...): normalised mel (S, n_mels, W) of a stretch; `frames` (S,) of it that are speech;
    `phones` (S, W) of its frames, -1 past the end; `real` (S, n_mels, W): another stretch of the voice's own utterance,
    0 in the bands that it does not have, and `bands` (S, n_mels, 1), where it has any.
    """

    mel: Tensor
    frames: Tensor
    phones: Tensor
    real: Tensor
    bands: Tensor


class Strangers:
    """`count` utterances of a batch a step, `size` frames of each, asked for at an SNR between `lowest_snr` and the
    teacher's: what is clear and clean only where the cleanest is asked for, is neither where likeness is best.
    """

    def __init__(
        self, likeness: Likeness, aligner: Aligner, count: int, size: int, lowest_snr: float = CLEAN_SNR_DB
    ) -> None:
        self.likeness, self.aligner, self.count, self.size = likeness, aligner, count, size
        self.lowest_snr = lowest_snr
        # It has neither dropout nor batch norm, and cuDNN goes back through a recurrent layer in this mode only.
        self.aligner.train().requires_grad_(False)

    def say(self, model: AcousticModel, batch: Batch, voice: VoiceBatch, real: Tensor, bands: Tensor) -> Said:
        """real (B, n_mels, T): the batch's own mels; bands (B, n_mels, 1): where each teaches."""
        device = batch.frames.device
        texts = torch.rand(len(batch.frames), device=device).argsort()[: self.count]
        people = torch.rand(len(batch.frames), device=device).argsort()[: self.count]
        swapped = VoiceBatch(
            voice.xvectors[people], voice.prompts[people], voice.prompt_lengths[people],
            torch.zeros_like(voice.emotions[people]),
            CLEAN_SNR_DB - (CLEAN_SNR_DB - self.lowest_snr) * torch.rand_like(voice.snr_db[people]),
            torch.full_like(voice.bandwidth_hz[people], FULL_BANDWIDTH_HZ), voice.pitch_median[people],
        )  # fmt: skip
        total = real.shape[2]
        mask = length_mask(batch.frames[texts], total).unsqueeze(1).float()
        condition, memory, heard = model.voice(swapped)
        tokens = batch.tokens[:, texts]
        phones = PhoneBatch(tokens[0], tokens[1], tokens[2], tokens[3], batch.lengths[texts])
        spread = model.spread(model.encode(phones, condition, memory, heard), batch.durations[texts], total)
        # As when something is said: predicted contours, voicing decided.
        found = model.contours(spread, mask, condition)
        contours = torch.stack([found.pitch, (found.voiced > 0).float(), found.energy], 1).detach()
        spoken = targets(batch.tokens[0], batch.durations, total)[texts].unsqueeze(1)
        parts = [spread, mask, contours, spoken]
        spread, mask, contours, spoken = window(parts, batch.frames[texts], self.size)
        curves = Contours(contours[:, 0], contours[:, 1], contours[:, 2])
        made = model.decode(spread, mask, curves, swapped, condition).float()
        own = window([real[people] * bands[people]], batch.frames[people], self.size)[0]
        return Said(made, batch.frames[texts].clamp(max=self.size), spoken[:, 0], own, bands[people])

    def unlike(self, said: Said) -> Tensor:
        """How far the speaker encoder finds them from the voices, in the bands that these have."""
        return self.likeness.distance(said.mel * said.bands, said.real)

    def unclear(self, said: Said) -> Tensor:
        """Cross entropy of the phones, heard through random microphones and with a gap."""
        heard = mask_stripes(centred(equalise(said.mel, _COLOUR)), _STRIPE, _STRIPE)
        return F.nll_loss(self.aligner(heard).transpose(1, 2), said.phones, ignore_index=-1)
