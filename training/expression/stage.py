"""Prepared voices and texts, said on a bundle so that the expression can be gone back to."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from training.recogniser import units
from tts.emotion import EMOTIONS
from tts.models.bundle import Bundle
from tts.models.expression import Expression
from tts.models.utterance import Condition, ReferenceEmbedding, Utterance
from tts.text.reading import TokenIds


def embedding_of(saved: Mapping[str, Any]) -> ReferenceEmbedding:
    """A voice as `prepare` has written it."""
    return ReferenceEmbedding(**{**saved, "prompt": saved["prompt"].float()})


class Stage:
    """Voices and texts of `prepare`, and what they say."""

    def __init__(self, saved: Mapping[str, Any], bundle: Bundle, seed: int) -> None:
        self.bundle, self.ways, self.rates = bundle, saved["ways"], saved["rates"]
        self.bare = bundle.with_expression(Expression(len(bundle.acoustic.decoder), bundle.acoustic.condition_size))
        self.voices = [embedding_of(row) for row in saved["voices"]]
        texts = sorted((TokenIds(*row) for row in saved["texts"]), key=lambda ids: len(ids.phones))
        self.texts = [text for text in texts if len(text.phones) >= 10]
        self.dice = random.Random(seed)

    def draw(self, count: int, unseen: bool) -> tuple[list[ReferenceEmbedding], list[TokenIds]]:
        """Voices, and texts of about one length; every eighth of both is only for measuring."""
        voices, texts = (
            [row for at, row in enumerate(rows) if (at % 8 == 0) == unseen] for rows in (self.voices, self.texts)
        )
        first = self.dice.randrange(max(1, len(texts) - count))
        near = texts[first : first + max(count, 1)]
        return [self.dice.choice(voices) for _ in range(count)], [self.dice.choice(near) for _ in range(count)]

    def say(
        self,
        voices: Sequence[ReferenceEmbedding],
        texts: Sequence[TokenIds],
        emotions: Sequence[str | None],
        bare: bool = False,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """-> normalised mels (B, n_mels, T), frames (B,), the units that a recogniser should hear (B, L); `bare`:
        without the expression."""
        conditions = [self._condition(*pair) for pair in zip(voices, emotions, strict=True)]
        lengths = self.bundle.plan_durations(texts, conditions)
        durations = [
            np.maximum((row.frames() / (self.rates[name] if name else 1.0)).round(), 1)
            for row, name in zip(lengths, emotions, strict=True)
        ]
        rows = zip(texts, durations, conditions, strict=True)
        mel, frames = (self.bare if bare else self.bundle).mels([Utterance.plain(*row) for row in rows])
        rows_of_units = [units(torch.tensor(text.phones), torch.tensor(text.tones)) for text in texts]
        spoken = nn.utils.rnn.pad_sequence(rows_of_units, batch_first=True)
        return mel, torch.tensor(frames, device=mel.device), spoken.to(mel.device)

    def _condition(self, voice: ReferenceEmbedding, emotion: str | None) -> Condition:
        vector = torch.zeros(len(EMOTIONS))
        if emotion is None:
            return Condition(voice, vector)
        vector[EMOTIONS.index(emotion)] = 1.0
        return Condition(voice, vector, **self.ways[emotion])
