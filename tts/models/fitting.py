"""A voice fitted to its reference: what the decoder is told of it is moved until our speech is heard as that speaker.

In one pass the acoustic model follows an x-vector only part of the way, even that of a person it was trained on. So the
way from the condition to the ear, decoder, vocoder and speaker encoder, is gone back once a voice: the condition of a
few sentences is moved against the gradient of their distance from the reference, the weights stay as they are (as the
inversion of a generator does, Zhu et al. 2016). Only what the decoder hears is moved; phones, lengths and pitch stay
those of the condition as it was, which keeps the words clear. What emotions take of the likeness is fitted once more,
with them on. `docs/experiments.md` has what this gives.
"""

from collections.abc import Callable, Sequence
from statistics import fmean, mode
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F

from tts.text.reading import TokenIds

_STEPS: Final = 6
#: Length of the first step, as a share of the condition's own length; the steps shrink to nothing.
FIRST_STEP: Final = 0.06
#: The same for what is fitted while an emotion is on, and how much it counts there that phones and melody stay.
MOVED_STEP: Final = 0.03
HELD: Final = 4.0
_MOMENTUM: Final = 0.5


def fit(distance: Callable[[Tensor], Tensor], start: Tensor, length: float) -> Tensor:
    """-> (C,), on from `start` (C,) to where `distance` () is small; the first step is `length` long.

    `distance` is called, and gone back, six times. Steps have a length of their own, whatever the gradient's: a step
    that went by each gradient's size would move every dimension, also those that say nothing of the speaker, and blur
    the words.
    """
    with torch.inference_mode(False), torch.enable_grad():
        moved = start.detach().clone()
        momentum = torch.zeros_like(moved)
        for step in range(_STEPS):
            place = moved.clone().requires_grad_()
            (gradient,) = torch.autograd.grad(distance(place), place)
            momentum = _MOMENTUM * momentum + F.normalize(gradient, dim=0)
            moved = moved - length * (1 - step / _STEPS) * momentum
        return moved


def unsteady(change: Tensor, mask: Tensor) -> Tensor:
    """How mels (B, n_mels, T) changed but for what changed all the time: timbre may move so, phones and melody may not.
    mask (B, 1, T)."""
    frames = mask.sum(2, keepdim=True)
    mean = (change * mask).sum(2, keepdim=True) / frames
    return (((change - mean) * mask).square().sum(2, keepdim=True) / frames).mean()


def nearest_language(tokens: Sequence[TokenIds], alike: Sequence[float]) -> list[TokenIds]:
    """Those in the language that is most alike in the mean."""
    spoken = [mode(row.languages) for row in tokens]

    def likeness(language: int) -> float:
        return fmean(value for value, name in zip(alike, spoken, strict=True) if name == language)

    nearest = max(sorted(set(spoken)), key=likeness)
    return [row for row, language in zip(tokens, spoken, strict=True) if language == nearest]
