"""Mel features: their shape, their silence, and gradients through them whoever used them before."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from tts.audio.features import log_mel
from tts.audio.spec import AudioSpec
from tts.models.speaker_encoder import speaker_mel

SPEC = AudioSpec(n_mels=77)  # no other test fills the tables of this one


def test_a_second_is_a_hundred_frames() -> None:
    assert log_mel(torch.zeros(2, 24000), AudioSpec()).shape == (2, 100, 100)


def test_silence_is_the_floor() -> None:
    mel = log_mel(torch.zeros(1, 24000), AudioSpec())
    assert torch.allclose(mel, torch.tensor(AudioSpec().floor).log())


@pytest.mark.parametrize("mel", [lambda wave: log_mel(wave, SPEC), lambda wave: speaker_mel(wave, 23000)])
def test_a_training_may_follow_what_was_said(mel: Callable[[Tensor], Tensor]) -> None:
    with torch.inference_mode():
        mel(torch.randn(1, 24000))
    wave = torch.randn(1, 24000, requires_grad=True)
    mel(wave).abs().sum().backward()
    assert wave.grad is not None and torch.isfinite(wave.grad).all()
