"""An expression moves against the gradient of what frozen ears hear."""

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from training.expression.ears import Ears
from training.expression.stage import Stage
from training.loop import cosine_rate
from training.resident import window
from tts.audio.features import denormalise, frame_energy
from tts.emotion import EMOTIONS
from tts.models.emotion_encoder import HEARD
from tts.models.expression import Expression

_MELANCHOLIC = ("sad", "calm")
#: Bins that an envelope is smoothed over: more than two harmonics, where these are apart.
_ENVELOPE = 9


def learn(stage: Stage, ears: Ears, expression: Expression, config: dict[str, Any]) -> None:
    """Move the expression of the stage's bundle in its place, as `configs/training/expression.yaml` explains."""
    device = stage.bundle.device
    optimiser = torch.optim.Adam(expression.requires_grad_(True).parameters())
    names = config["emotions"] * config["each"]
    classes = torch.tensor([HEARD.index(name) for name in names], device=device)
    likeness = torch.tensor([config["likeness"][name] for name in names], device=device)
    for step in range(config["steps"]):
        for group in optimiser.param_groups:
            group["lr"] = cosine_rate(step / config["steps"], config["rate"], 0.0, 0.05)
        voices, texts = stage.draw(len(names), unseen=False)
        with torch.no_grad():
            bare, _, _ = stage.say(voices, texts, names, bare=True)
        mel, frames, spoken = stage.say(voices, texts, names)
        whole = ears.hear(ears.vocoder(mel))
        mel, bare = window([mel, bare], frames, int(frames.min()))
        wave = ears.vocoder(mel)
        clean = ears.hear(wave)
        levels = [frame_energy(denormalise(row, stage.bundle.spec)).mean(1) for row in (mel, bare)]
        parts = {
            "emotion": short_of(ears.emotions(ears.hear(wave, config)), classes, config["margin"]),
            "unlike": (likeness * (1 - ears.alike(clean, voices))).mean(),
            "unclear": config["clarity"] * ears.unclear(whole, frames, spoken),
            "size": config["size"] * expression.offsets.square().sum((1, 2)).mean(),
            "rough": config["harmonics"] * (harmonics(mel) - harmonics(bare)).abs().mean(),
            "louder": config["level"] * (levels[0] - levels[1]).abs().mean(),
        }
        optimiser.zero_grad(set_to_none=True)
        torch.stack(list(parts.values())).sum().backward()
        optimiser.step()
        if step % config["note_every"] == 0:
            print(step, {name: round(float(value.detach()), 3) for name, value in parts.items()}, flush=True)
    with torch.no_grad():
        for name, strength in config["strength"].items():
            expression.offsets[EMOTIONS.index(name)] *= strength
        between = [expression.offsets[EMOTIONS.index(name)] for name in _MELANCHOLIC]
        expression.offsets[EMOTIONS.index("melancholic")] = torch.stack(between).mean(0)
    expression.requires_grad_(False)


def harmonics(mel: Tensor) -> Tensor:
    """(B, n_mels, T) -> what stands out of its envelope: pitch and clearness of the voice, which manners set."""
    padded = F.pad(mel.transpose(1, 2), (_ENVELOPE // 2, _ENVELOPE // 2), mode="replicate")
    return mel - F.avg_pool1d(padded, _ENVELOPE, 1).transpose(1, 2)


def short_of(told: Tensor, classes: Tensor, margin: float) -> Tensor:
    """log-probabilities (listeners, B, 8), classes (B,) -> by how much the wanted class fails to lead by the margin.

    What is heard well enough is left as it is, so that the voice pays for no more than is needed.
    """
    index = classes.expand(len(told), -1).unsqueeze(2)
    wanted = told.gather(2, index).squeeze(2)
    other = told.scatter(2, index, -torch.inf).amax(2)
    return F.relu(margin - wanted + other).mean()
