"""An expression moves the sound of an emotion in proportion, and nothing where there is none."""

from pathlib import Path

import numpy as np
import pytest
import torch

from tts.models.bundle import Bundle
from tts.models.expression import Expression
from tts.models.folder import load_bundle
from tts.models.utterance import Condition, Utterance
from tts.text.reading import TokenIds
from tts.voice import Voice

SAD = torch.nn.functional.one_hot(torch.tensor(2), 8).float()


@pytest.fixture
def bundle(bundle_path: Path) -> Bundle:
    made = load_bundle(bundle_path)
    torch.manual_seed(3)
    expression = Expression(len(made.acoustic.decoder), made.acoustic.condition_size)
    expression.offsets.data[2].normal_()
    # An untrained decoder does not listen to what it is told.
    for block in made.acoustic.decoder:
        torch.nn.init.normal_(block.modulate.weight, std=0.1)
    return made.with_expression(expression)


def mel(bundle: Bundle, voice: Voice, emotion: torch.Tensor) -> torch.Tensor:
    ids = TokenIds(*(tuple([index] * 20) for index in (20, 1, 1, 0)))
    utterance = Utterance.plain(ids, np.full(20, 5), Condition(voice.embedding, emotion))
    return bundle.mels([utterance])[0]


def test_without_an_emotion_nothing_is_moved(bundle: Bundle, voice: Voice) -> None:
    bare = bundle.with_expression(Expression(len(bundle.acoustic.decoder), bundle.acoustic.condition_size))
    assert torch.equal(mel(bundle, voice, torch.zeros(8)), mel(bare, voice, torch.zeros(8)))


def test_another_emotions_offsets_are_not_used(bundle: Bundle, voice: Voice) -> None:
    bare = bundle.with_expression(Expression(len(bundle.acoustic.decoder), bundle.acoustic.condition_size))
    happy = SAD.roll(-2)
    assert torch.equal(mel(bundle, voice, happy), mel(bare, voice, happy))
    assert not torch.equal(mel(bundle, voice, SAD), mel(bare, voice, SAD))


def test_more_of_an_emotion_moves_more(bundle: Bundle, voice: Voice) -> None:
    bare = bundle.with_expression(Expression(len(bundle.acoustic.decoder), bundle.acoustic.condition_size))
    moved = [float((mel(bundle, voice, w * SAD) - mel(bare, voice, w * SAD)).abs().mean()) for w in (0.25, 0.5, 1.0)]
    assert moved == sorted(moved) and moved[0] > 0
