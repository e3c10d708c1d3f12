"""How like its speaker a made mel is, to the ear of our own frozen speaker encoder: a loss (as in YourTTS, Casanova et
al. 2022), through the mel alone, so that no wave has to be made."""

import torch
from torch import Tensor
from torch.nn import functional as F

from tts.audio.features import denormalise, equalise
from tts.audio.spec import AudioSpec
from tts.models.speaker_encoder import SpeakerEncoder, speaker_mel_of


class Likeness:
    """The encoder's ear for mels of `spec`."""

    def __init__(self, speaker: SpeakerEncoder, spec: AudioSpec) -> None:
        self.speaker, self.spec = speaker, spec

    def distance(self, made: Tensor, real: Tensor) -> Tensor:
        """Normalised mels (B, n_mels, T) of the same stretches -> mean of 1 - cosine of their x-vectors.

        Both are coloured by the same random curve, so that no narrow pattern in the mel can please the encoder alone.
        """
        heard = speaker_mel_of(denormalise(torch.cat([real, made]), self.spec), self.spec)
        coloured = equalise(heard[: len(real)], 0.4)
        curve = coloured - heard[: len(real)]
        heard = heard + curve.repeat(2, 1, 1)
        with torch.no_grad():
            wanted = self.speaker(heard[: len(real)])
        found = self.speaker(heard[len(real) :])
        return 1 - F.cosine_similarity(found, wanted, dim=1).mean()
