"""Networks that name the emotion of a clip and are built otherwise than the emotion encoder.

They are for an expression to learn from and to be measured by (`training.expression`): what pleases networks of one
kind only is no emotion. `python -m training.emotion` trains them, too, where the config names their kind.
"""

from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.aligner import Aligner
from training.loop import earlier_weights
from tts.models.emotion_encoder import HEARD

_N_MELS: Final = 100


class Listener(nn.Module):
    """Normalised mel (B, 100, T), each bin's mean taken away -> log-probabilities (B, 8) of `HEARD`.

    Means and deviations over time of what the `body` makes of it, (B, size, T'), and one layer.
    """

    def __init__(self, kind: str, dropout: float = 0.5) -> None:
        super().__init__()
        self.body = BODIES[kind]()
        self.head = nn.Sequential(
            nn.BatchNorm1d(2 * self.body.size), nn.Dropout(dropout), nn.Linear(2 * self.body.size, len(HEARD))
        )

    def forward(self, mel: Tensor) -> Tensor:
        found = self.body(mel).float()
        # A deviation of nothing has no gradient.
        deviation = (found.var(2, correction=0) + 1e-5).sqrt()
        logits: Tensor = self.head(torch.cat([found.mean(2), deviation], 1))
        return logits.float().log_softmax(1)


class Convolved(nn.Module):
    """Two-dimensional: what is near in frequency and in time."""

    def __init__(self, channels: tuple[int, ...] = (32, 64, 96, 128)) -> None:
        super().__init__()
        stages: list[nn.Module] = []
        for before, after in zip((1, *channels), channels, strict=False):
            stages += [
                nn.Conv2d(before, after, 3, stride=2, padding=1),
                nn.BatchNorm2d(after),
                nn.GELU(),
                Residual(after),
            ]
        self.stages = nn.Sequential(*stages)
        self.size = channels[-1] * -(-_N_MELS // 2 ** len(channels))

    def forward(self, mel: Tensor) -> Tensor:
        found: Tensor = self.stages(mel.unsqueeze(1))
        return found.flatten(1, 2)


class Residual(nn.Module):
    """Two convolutions beside what they are of."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1), nn.BatchNorm2d(channels), nn.GELU(),
            nn.Conv2d(channels, channels, 3, padding=1), nn.BatchNorm2d(channels),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        return F.gelu(x + self.layers(x))


class Recurrent(nn.Module):
    """How it goes on in time."""

    def __init__(self, channels: int = 192, states: int = 128) -> None:
        super().__init__()
        self.embed = nn.Sequential(
            nn.Conv1d(_N_MELS, channels, 5, padding=2), nn.BatchNorm1d(channels), nn.GELU(),
            nn.Conv1d(channels, channels, 5, stride=2, padding=2), nn.BatchNorm1d(channels), nn.GELU(),
        )  # fmt: skip
        self.recur = nn.GRU(channels, states, 2, batch_first=True, bidirectional=True)
        self.size = 2 * states

    def forward(self, mel: Tensor) -> Tensor:
        found: Tensor = self.recur(self.embed(mel).transpose(1, 2))[0]
        return found.transpose(1, 2)


class Phonetic(nn.Module):
    """The body of an aligner, which has heard thousands of speakers say what they say."""

    def __init__(self) -> None:
        super().__init__()
        self.aligner = Aligner()
        self.size: int = self.aligner.norm.normalized_shape[0]

    def forward(self, mel: Tensor) -> Tensor:
        found: Tensor = self.aligner.features(mel)
        return found.transpose(1, 2)


BODIES: Final = {"convolved": Convolved, "recurrent": Recurrent, "phonetic": Phonetic}


def create(kind: str, dropout: float, start: Path | None) -> Listener:
    """A listener; the body of a phonetic one from an aligner's weights. SystemExit where there is no such kind."""
    if kind not in BODIES:
        raise SystemExit(f"There is no kind '{kind}'; there are: encoder, {', '.join(BODIES)}.")
    listener = Listener(kind, dropout)
    if start and isinstance(listener.body, Phonetic):
        listener.body.aligner.load_state_dict(earlier_weights(start, "cpu")["model"])
    return listener
