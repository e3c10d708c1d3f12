"""What a bundle is asked to say, and in whose voice."""

from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from tts.text.reading import TokenIds


@dataclass(frozen=True)
class ReferenceEmbedding:
    """What the models keep of a reference: xvector (192,), prompt (n_mels, frames <= 600) normalised mel, the median
    and deviation of its log F0 (natural log of Hz), and of a voice that was fitted the corrections (C,) of what the
    decoder is told, else (0,): one always, one more in the share that an emotion has."""

    xvector: Tensor
    prompt: Tensor
    f0_median_log: float
    f0_std_log: float
    correction: Tensor = field(default_factory=lambda: torch.zeros(0))
    moved_correction: Tensor = field(default_factory=lambda: torch.zeros(0))


@dataclass(frozen=True)
class Condition:
    """A voice and its manner: emotion (8,); pitch moved by semitones, its range widened, a slope over the text and
    a tremor in semitones; energy and treble over bass in dB; `breath`, the share of voicing that is lost."""

    embedding: ReferenceEmbedding
    emotion: Tensor
    pitch_shift_semitones: float = 0.0
    pitch_range: float = 1.0
    energy_db: float = 0.0
    pitch_slope: float = 0.0
    tremor: float = 0.0
    breath: float = 0.0
    tilt_db: float = 0.0


@dataclass(frozen=True, eq=False)
class Utterance:
    """One text as it is to be said: durations (L,) in frames of its tokens, T in all, and a condition for each of its
    spans of manner.

    `natural` (L,): the frames at which the melody is found, before it is drawn out or pressed together to `durations`;
    `shares` (spans, T): how much each condition counts in a frame, 1 in all; `shift` (T,) semitones over the pitch, and
    `stretch` (T,) a factor on its movements.
    """

    tokens: TokenIds
    durations: np.ndarray
    natural: np.ndarray
    conditions: tuple[Condition, ...]
    shares: np.ndarray
    shift: np.ndarray
    stretch: np.ndarray

    @classmethod
    def plain(cls, tokens: TokenIds, durations: np.ndarray, condition: Condition) -> "Utterance":
        """One manner throughout, nothing moved."""
        frames = int(durations.sum())
        return cls(tokens, durations, durations, (condition,), np.ones((1, frames)), np.zeros(frames), np.ones(frames))

    @property
    def frames(self) -> int:
        return int(self.durations.sum())


@dataclass(frozen=True, eq=False)
class Lengths:
    """What the network expects of each token's length, (L,) each: a log-normal over 1 + frames, by its middle and its
    deviation in the natural log, stretched by `scale`."""

    middle: np.ndarray
    deviation: np.ndarray
    scale: float = 1.0

    def frames(self, deviates: np.ndarray | float = 0.0) -> np.ndarray:
        """(L,) frames, not rounded, so many deviations off the middle."""
        logs = self.middle + np.asarray(deviates) * self.deviation
        lengths: np.ndarray = self.scale * (np.exp(logs) - 1).clip(min=0)
        return lengths
