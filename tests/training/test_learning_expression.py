"""What an expression learns from: ears that hear enough leave it alone, and those that do not move it."""

from dataclasses import fields
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save

from training.attach import attach
from training.expression.ears import Ears
from training.expression.learn import learn, short_of
from training.expression.measure import measure
from training.expression.prepare import manners_of
from training.expression.stage import Stage
from training.listeners import BODIES, Listener, create
from training.recogniser import Recogniser
from tts.emotion import EMOTIONS
from tts.models.bundle import Bundle
from tts.models.emotion_encoder import HEARD, EmotionEncoder
from tts.models.expression import Expression
from tts.models.folder import create_untrained, load_bundle
from tts.models.speaker_encoder import SpeakerEncoder
from tts.models.storage import pack
from tts.models.utterance import ReferenceEmbedding

SMALL = {"channels": 64, "hidden": 16, "members": 1}
LEARNED = [name for name in HEARD if name != "neutral"]
CONFIG = {
    "steps": 2, "emotions": LEARNED, "each": 1, "rate": 0.01, "margin": 2.0, "likeness": dict.fromkeys(LEARNED, 1.0),
    "clarity": 0.1, "size": 0.001, "harmonics": 1.0, "level": 1.0, "room_chance": 0.5,
    "noise_db": [20, 30], "noise_chance": 0.5, "microphone": 0.3, "stripes": [4, 8], "note_every": 10,
    "strength": {"happy": 0.5},
}  # fmt: skip


VOICE = ReferenceEmbedding(torch.eye(192)[0], torch.sin(torch.arange(20000.0)).reshape(100, 200), 5.0, 0.2)


@pytest.fixture
def bundle(bundle_path: Path) -> Bundle:
    made = load_bundle(bundle_path)
    # An untrained decoder does not listen to what it is told.
    for block in made.acoustic.decoder:
        torch.nn.init.normal_(block.modulate.weight, std=0.1)
    return made.with_expression(Expression(len(made.acoustic.decoder), made.acoustic.condition_size))


@pytest.fixture
def stage(bundle: Bundle) -> Stage:
    torch.manual_seed(0)
    voices = [{field.name: getattr(VOICE, field.name) for field in fields(VOICE)}] * 2
    row = tuple(tuple([index] * 40) for index in (20, 1, 1, 0))
    ways, rates = manners_of(VOICE)
    return Stage({"voices": voices, "texts": [row, row], "ways": ways, "rates": rates}, bundle, seed=0)


def ears(bundle: Bundle) -> Ears:
    torch.manual_seed(1)
    listeners = [EmotionEncoder(**SMALL), *map(Listener, BODIES)]
    other = SpeakerEncoder(64).eval().requires_grad_(False)
    return Ears(
        bundle,
        [part.eval().requires_grad_(False) for part in listeners],
        [other],
        Recogniser("recurrent", channels=16).eval().requires_grad_(False),
    )


def test_an_emotion_that_leads_by_the_margin_costs_nothing() -> None:
    told = torch.tensor([[[0.7, 0.1, 0.2], [0.4, 0.35, 0.25]]]).log()
    assert short_of(told[:, :1], torch.tensor([0]), 1.0) == 0
    assert short_of(told[:, 1:], torch.tensor([0]), 1.0) > 0
    assert short_of(told, torch.tensor([1, 1]), 1.0) > short_of(told, torch.tensor([0, 0]), 1.0)


def test_learning_moves_each_emotion_and_lays_melancholic_between_sad_and_calm(stage: Stage, bundle: Bundle) -> None:
    assert bundle.expression is not None
    learn(stage, ears(bundle), bundle.expression, CONFIG)
    offsets = dict(zip(EMOTIONS, bundle.expression.offsets, strict=True))
    assert all(float(rows.abs().sum()) > 0 for rows in offsets.values())
    assert torch.allclose(offsets["melancholic"], (offsets["sad"] + offsets["calm"]) / 2)


def test_every_emotion_is_measured_on_unseen_voices(stage: Stage, bundle: Bundle) -> None:
    found = measure(stage, ears(bundle), ("sad", "calm"), rounds=1, each=1)
    assert set(found) == {"sad", "calm"}
    for row in found.values():
        assert len(row["one_by_one"]) == sum(row["instead"].values()) == 1 + len(BODIES)
        assert 0 <= row["gains_most"] <= 1 and abs(row["alike_to_others"]) <= 2


@pytest.mark.parametrize("kind", BODIES)
def test_a_listener_tells_the_emotions_of_clips_of_any_length(kind: str) -> None:
    torch.manual_seed(0)
    listener = Listener(kind).eval()
    for size in (100, 157):
        told = listener(torch.randn(2, 100, size))
        assert told.shape == (2, len(HEARD)) and torch.allclose(told.exp().sum(1), torch.ones(2), atol=1e-5)


def test_encoders_trained_apart_become_the_members_of_one_and_expressions_add_up(tmp_path: Path) -> None:
    create_untrained(tmp_path / "small")
    torch.manual_seed(2)
    parts = [EmotionEncoder(**SMALL).eval() for _ in range(3)]
    files = [tmp_path / f"{number}.safetensors" for number in range(3)]
    for part, file in zip(parts, files, strict=True):
        file.write_bytes(save(pack(part.state_dict())))
    expressions = [tmp_path / f"expression-{number}.safetensors" for number in range(2)]
    offsets = torch.randn(2, 8, 2, 128)
    for path, part in zip(expressions, offsets, strict=True):
        path.write_bytes(save(pack({"offsets": part})))
    attach(tmp_path / "small", files, expressions)
    bundle = load_bundle(tmp_path / "small")
    assert bundle.expression is not None
    assert torch.allclose(bundle.expression.offsets, offsets.sum(0), atol=0.1)
    joined = bundle._parts["emotion"]
    mel = torch.randn(1, 80, 200)
    with torch.no_grad():
        alone = torch.stack([part(mel) for part in parts]).mean(0).log_softmax(1)
        assert torch.allclose(joined(mel), alone, atol=0.02)
    assert len(load_file(tmp_path / "small" / "emotion.safetensors")) == 3 * len(load_file(files[0]))


def test_a_kind_that_there_is_not_is_told_with_those_there_are() -> None:
    with pytest.raises(SystemExit, match=r"recurent.*recurrent"):
        create("recurent", 0.5, None)
