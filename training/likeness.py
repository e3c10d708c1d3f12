"""How like its speaker a made mel is, to the ear of our own frozen speaker encoder: a loss (as in YourTTS, Casanova et
al. 2022), through the mel alone, so that no wave has to be made."""

import torch
from torch import Tensor
from torch.nn import functional as F

from training.augment import equalise
from training.resident import ResidentStore
from tts.audio.features import denormalise, log_mel
from tts.audio.spec import AudioSpec
from tts.models.speaker_encoder import SpeakerEncoder, speaker_mel

#: What is quieter counts as silence, for the encoder's own mel has a floor as well; natural log of amplitude.
_FLOOR = -6.9
_FIT_CROPS, _FIT_SECONDS = 256, 3.0


def through_mel(mel: Tensor, to_bins: Tensor) -> Tensor:
    """Natural log mel (B, n_mels, T) -> about what `speaker_mel` would hear of its wave, (B, 80, T).

    `to_bins` (80, n_mels) is what `fit_bins` found; it explains .985 of the variance.
    """
    heard = torch.logaddexp(mel.float(), mel.new_tensor(_FLOOR, dtype=torch.float32))
    return to_bins @ (heard - heard.mean(2, keepdim=True))


@torch.no_grad()
def fit_bins(waves: Tensor, spec: AudioSpec) -> Tensor:
    """(B, samples) -> (80, n_mels): least squares from the spec's mel to the speaker encoder's."""
    wanted = speaker_mel(waves, spec.sample_rate)
    own = log_mel(waves, spec)
    # Frames of the one lie on the bounds of the other's.
    wanted = (wanted[:, :, :-1] + wanted[:, :, 1:])[:, :, : own.shape[2]] / 2
    heard = torch.logaddexp(own, own.new_tensor(_FLOOR))
    heard = (heard - heard.mean(2, keepdim=True))[:, :, : wanted.shape[2]]
    rows, targets = heard.transpose(1, 2).flatten(0, 1), wanted.transpose(1, 2).flatten(0, 1)
    # By the normal equations with a little ridge: bins above the encoder's band must not explain anything by chance.
    square = rows.T @ rows
    ridge = 1e-4 * square.diagonal().mean() * torch.eye(len(square), device=rows.device)
    return torch.linalg.solve(square + ridge, rows.T @ targets).T.contiguous()


class Likeness:
    """The encoder and the way to it from a mel."""

    def __init__(self, speaker: SpeakerEncoder, store: ResidentStore) -> None:
        self.speaker, self.spec = speaker, store.spec
        drawn = torch.multinomial(store.speaker_weights(), _FIT_CROPS, replacement=True)
        samples = int(_FIT_SECONDS * store.spec.sample_rate)
        self.to_bins = fit_bins(store.crops(drawn, samples), store.spec)

    def distance(self, made: Tensor, real: Tensor) -> Tensor:
        """Normalised mels (B, n_mels, T) of the same stretches -> mean of 1 - cosine of their x-vectors.

        Both are coloured by the same random curve, so that no narrow pattern in the mel can please the encoder alone.
        """
        heard = through_mel(denormalise(torch.cat([real, made]), self.spec), self.to_bins)
        coloured = equalise(heard[: len(real)], 0.4)
        curve = coloured - heard[: len(real)]
        heard = heard + curve.repeat(2, 1, 1)
        with torch.no_grad():
            wanted = self.speaker(heard[: len(real)])
        found = self.speaker(heard[len(real) :])
        return 1 - F.cosine_similarity(found, wanted, dim=1).mean()
