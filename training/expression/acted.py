"""What actors' recordings show of an emotion.

They are said again in the actor's own neutral voice, with the recording's durations, pitch, voicing and energy, so that
nothing is left for the expression to explain but how it sounds.
"""

from collections.abc import Mapping
from dataclasses import replace

import torch
from torch import Tensor

from training.acoustic import masked_mean, phone_batch, real_contours
from training.resident import BucketSampler, ResidentStore
from tts.audio.features import log_mel, normalise
from tts.emotion import EMOTIONS
from tts.models.bundle import Bundle, Condition, ReferenceEmbedding
from tts.models.convnext import length_mask
from tts.models.expression import Expression


class Actors:
    """Aligned recordings of actors in `store`, whose emotions are (8,) by their strength, and the actors' voices."""

    def __init__(
        self, store: ResidentStore, voices: Mapping[str, ReferenceEmbedding], bundle: Bundle, frames: int, seed: int
    ) -> None:
        self.store, self.voices, self.bundle = store, voices, bundle
        model = bundle.acoustic
        # What all of a set's recordings have in common, neutral ones too, is no emotion.
        self.common = torch.nn.Parameter(torch.zeros(len(model.decoder), model.condition_size, device=bundle.device))
        generator = torch.Generator().manual_seed(seed)
        self.sampler = BucketSampler(store.frames, self._weights(), frames, generator)

    def _weights(self) -> Tensor:
        """(N,): every emotion as often as another."""
        weights = self.store.drawing_weights(0.0)
        kinds = torch.cat([1e-3 + 0 * self.store.emotions[:, :1], self.store.emotions], 1).argmax(1)
        for kind in range(1 + len(EMOTIONS)):
            own = kinds == kind
            weights[own] /= weights[own].sum().clamp(min=1e-9)
        return weights

    def unlike(self, expression: Expression) -> Tensor:
        """Mean absolute difference of a batch's normalised mels to what is said with the expression."""
        index = self.sampler.draw().to(self.bundle.device)
        batch, model, spec = self.store.batch(index), self.bundle.acoustic, self.bundle.spec
        names = [self.store.speaker_names[number] for number in self.store.speakers[index].tolist()]
        voices = [self.voices[name] for name in names]
        with torch.no_grad():
            told = self.bundle.voices([Condition(voice, torch.zeros(len(EMOTIONS))) for voice in voices])
            told = replace(told, snr_db=batch.snr, bandwidth_hz=batch.bandwidth)
            real = log_mel(batch.wave, spec)
            mask = length_mask(batch.frames, real.shape[2]).unsqueeze(1).float()
            condition, memory, heard = model.voice(told)
            encoded = model.encode(phone_batch(batch), condition, memory, heard)
            spread = model.spread(encoded, batch.durations, real.shape[2])
            contours = real_contours(batch, real, told)
            own = condition + self.bundle.corrections(voices)
        offsets = self.common + expression(batch.emotions)
        made = model.decode(spread, mask, contours, told, own.unsqueeze(1) + offsets)
        return masked_mean((made - normalise(real, spec)).abs(), mask)
