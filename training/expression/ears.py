"""Frozen networks that hear what is said, and that an expression is learned from or measured by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.aligner import centred
from training.augment import add_noise, mask_stripes, reverberate
from training.listeners import Listener
from training.recogniser import Recogniser, misheard, steps_of
from tts.audio.features import equalise, log_mel, normalise
from tts.models.bundle import Bundle
from tts.models.emotion_encoder import EmotionEncoder
from tts.models.speaker_encoder import SpeakerEncoder, speaker_mel
from tts.models.utterance import ReferenceEmbedding


@dataclass(frozen=True)
class Heard:
    """What there is to hear of waves: speaker mel (B, 80, T'), normalised mel (B, n_mels, T) without its mean."""

    speaker: Tensor
    mel: Tensor


class Ears:
    """Emotion encoders and other listeners, speaker encoders, a recogniser: they hear what comes out of the vocoder."""

    def __init__(
        self,
        bundle: Bundle,
        listeners: Sequence[EmotionEncoder | Listener],
        others: Sequence[SpeakerEncoder],
        recogniser: Recogniser,
    ) -> None:
        self.spec, self.device, self.vocoder = bundle.spec, bundle.device, bundle.vocoder
        self.listeners, self.recogniser = listeners, recogniser
        self.speakers = (bundle.speaker, *others)
        self._references: dict[int, Tensor] = {}
        # cuDNN goes back through a recurrent layer in this mode only; these have no dropout.
        for network in (recogniser, *listeners):
            for part in network.modules():
                if isinstance(part, nn.RNNBase):
                    part.train()

    def hear(self, wave: Tensor, config: dict[str, Any] | None = None) -> Heard:
        """Waves (B, samples); with a config through rooms, noises, microphones, and with gaps."""
        if config is None:
            return self._through(wave, 0.0)
        wave = add_noise(reverberate(wave, config["room_chance"]), *config["noise_db"], config["noise_chance"])
        heard = self._through(wave, config["microphone"])
        return Heard(*(mask_stripes(part, *config["stripes"]) for part in (heard.speaker, heard.mel)))

    def _through(self, wave: Tensor, colour: float) -> Heard:
        mel = normalise(log_mel(wave, self.spec), self.spec)
        parts = (speaker_mel(wave, self.spec.sample_rate), centred(mel))
        return Heard(*(equalise(part, colour) for part in parts))

    def emotions(self, heard: Heard) -> Tensor:
        """-> log-probabilities (listeners, B, 8)."""
        return torch.stack(
            [
                listener(heard.speaker if isinstance(listener, EmotionEncoder) else heard.mel)
                for listener in self.listeners
            ]
        )

    def alike(self, heard: Heard, voices: Sequence[ReferenceEmbedding]) -> Tensor:
        """Cosines (speakers, B) of what the speaker encoders hear to what they hear in the references."""
        wanted = torch.stack([self._reference(voice) for voice in voices], 1)
        return torch.stack(
            [
                F.cosine_similarity(speaker(heard.speaker), own, dim=1)
                for speaker, own in zip(self.speakers, wanted, strict=True)
            ]
        )

    def _reference(self, voice: ReferenceEmbedding) -> Tensor:
        """(speakers, 192)."""
        if id(voice) not in self._references:
            with torch.no_grad():
                heard = self.hear(self.vocoder(voice.prompt[None].to(self.device)))
                others = [speaker(heard.speaker)[0] for speaker in self.speakers[1:]]
            self._references[id(voice)] = torch.stack([voice.xvector.to(self.device), *others])
        return self._references[id(voice)]

    def unclear(self, heard: Heard, frames: Tensor, wanted: Tensor) -> Tensor:
        """How far what the recogniser hears of whole clips is from their units (B, L), see `misheard`; frames (B,)."""
        told = self.recogniser(heard.mel)
        return misheard(told, steps_of(frames).clamp(max=told.shape[1]), wanted).mean()
