"""What an expression does, heard by ears that it has not learned from."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from training.expression.ears import Ears
from training.expression.stage import Stage
from tts.models.emotion_encoder import HEARD
from tts.models.utterance import ReferenceEmbedding
from tts.text.reading import TokenIds


@torch.no_grad()
def measure(stage: Stage, ears: Ears, emotions: Sequence[str], rounds: int, each: int) -> dict[str, dict[str, object]]:
    """Emotion -> over unseen voices and texts the share in which it gains most of all classes, for the listeners
    together and one by one, and what gains most instead; its mean gain; the change of the cosine to the reference by
    the bundle's speaker encoder and by the others, and of how far what the recogniser hears is from the words
    (`misheard`)."""
    winners: dict[str, list[Tensor]] = {name: [] for name in emotions}
    found: dict[str, list[list[float]]] = {name: [] for name in emotions}
    for _ in range(rounds):
        voices, texts = stage.draw(each, unseen=True)
        own, own_alike, own_unclear = _hear(stage, ears, voices, texts, None)
        for name in emotions:
            now, alike, unclear = _hear(stage, ears, voices, texts, name)
            gains, nearer = now - own, alike - own_alike
            together = gains.mean(0, keepdim=True)
            winners[name].append(torch.cat([together, gains]).argmax(2))
            row = [together[0, :, HEARD.index(name)].mean(), nearer[0], nearer[1:].mean(), unclear - own_unclear]
            found[name].append([float(value) for value in row])
    told: dict[str, dict[str, object]] = {}
    for name in emotions:
        most = torch.cat(winners[name], 1)
        shares = [round(float(share), 2) for share in (most == HEARD.index(name)).float().mean(1)]
        counts = torch.bincount(most[1:].flatten(), minlength=len(HEARD)).tolist()
        figures = [round(float(value), 3) for value in np.mean(found[name], 0)]
        told[name] = {
            "gains_most": shares[0],
            "one_by_one": shares[1:],
            "instead": dict(zip(HEARD, counts, strict=True)),
        }
        told[name] |= dict(zip(("gain", "alike", "alike_to_others", "unclear"), figures, strict=True))
    return told


def _hear(
    stage: Stage, ears: Ears, voices: Sequence[ReferenceEmbedding], texts: Sequence[TokenIds], emotion: str | None
) -> tuple[Tensor, Tensor, Tensor]:
    """-> probabilities (listeners, B, 8), mean cosine to the references by each speaker encoder, how far the
    recogniser is from the words."""
    mel, frames, spoken = stage.say(voices, texts, [emotion] * len(voices))
    waves = ears.vocoder(mel)
    told, alike, unclear = [], [], []
    for row, count in enumerate(frames.tolist()):
        heard = ears.hear(waves[row : row + 1, : count * ears.spec.hop])
        told.append(ears.emotions(heard).exp())
        alike.append(ears.alike(heard, [voices[row]])[:, 0])
        unclear.append(ears.unclear(heard, frames[row : row + 1], spoken[row : row + 1]))
    return torch.cat(told, 1), torch.stack(alike, 1).mean(1), torch.stack(unclear).mean()
