"""What an expression learns from: ears that hear enough leave it alone, and those that do not move it."""

from dataclasses import fields
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save

from training.aligner import Aligner
from training.attach import attach
from training.expression import Ears, Stage, learn, measure, short_of
from tts.emotion import EMOTIONS, EmotionVector, manner
from tts.models.bundle import Bundle, ReferenceEmbedding
from tts.models.emotion_encoder import HEARD, EmotionEncoder
from tts.models.expression import Expression
from tts.models.folder import create_untrained, load_bundle
from tts.models.speaker_encoder import SpeakerEncoder
from tts.models.storage import pack
from tts.plan import condition_of

SMALL = {"channels": 64, "hidden": 16, "members": 1}
CONFIG = {
    "steps": 2, "each": 1, "rate": 0.01, "margin": 2.0, "likeness": dict.fromkeys(HEARD, 1.0),
    "clarity": 0.1, "size": 0.001, "harmonics": 1.0, "level": 1.0,
    "microphone": 0.3, "stripes": [4, 8], "note_every": 10,
}  # fmt: skip


@pytest.fixture
def bundle(bundle_path: Path) -> Bundle:
    made = load_bundle(bundle_path)
    # An untrained decoder does not listen to what it is told.
    for block in made.acoustic.decoder:
        torch.nn.init.normal_(block.modulate.weight, std=0.1)
    return made.with_expression(Expression(len(made.acoustic.decoder), made.acoustic.condition_size))


@pytest.fixture
def stage(bundle: Bundle, tmp_path: Path) -> Stage:
    torch.manual_seed(0)
    voice = ReferenceEmbedding(torch.nn.functional.normalize(torch.randn(192), dim=0), torch.randn(100, 200), 5.0, 0.2)
    ways, rates = {}, {}
    for name in (name for name in HEARD if name != "neutral"):
        vector = EmotionVector.of({name: 1.0})
        way = manner(vector)
        condition = condition_of(vector, way, voice)
        values = {field.name: getattr(condition, field.name) for field in fields(condition)}
        ways[name], rates[name] = {key: value for key, value in values.items() if isinstance(value, float)}, way.rate
    row = tuple(tuple([index] * 40) for index in (20, 1, 1, 0))
    voices = [{field.name: getattr(voice, field.name) for field in fields(voice)}] * 2
    torch.save({"voices": voices, "texts": [row, row], "ways": ways, "rates": rates}, tmp_path / "said.pt")
    return Stage(tmp_path / "said.pt", bundle, seed=0)


def ears(bundle: Bundle) -> Ears:
    torch.manual_seed(1)
    listener = EmotionEncoder(**SMALL).eval().requires_grad_(False)
    other = SpeakerEncoder(64).eval().requires_grad_(False)
    return Ears(bundle, [listener], [other], Aligner(channels=32, blocks=1).requires_grad_(False))


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
    found = measure(stage, ears(bundle), rounds=1, each=1)
    assert set(found) == set(HEARD) - {"neutral"}
    assert all(0 <= row["gains_most"] <= 1 and abs(row["alike_to_others"]) <= 2 for row in found.values())


def test_encoders_trained_apart_become_the_members_of_one(tmp_path: Path) -> None:
    create_untrained(tmp_path / "small")
    torch.manual_seed(2)
    parts = [EmotionEncoder(**SMALL).eval() for _ in range(3)]
    files = [tmp_path / f"{number}.safetensors" for number in range(3)]
    for part, file in zip(parts, files, strict=True):
        file.write_bytes(save(pack(part.state_dict())))
    expression = tmp_path / "expression.safetensors"
    expression.write_bytes(save(pack(Expression(2, 128).state_dict())))
    attach(tmp_path / "small", files, expression)
    joined = load_bundle(tmp_path / "small")._parts["emotion"]
    mel = torch.randn(1, 80, 200)
    with torch.no_grad():
        alone = torch.stack([part(mel) for part in parts]).mean(0).log_softmax(1)
        assert torch.allclose(joined(mel), alone, atol=0.02)
    assert len(load_file(tmp_path / "small" / "emotion.safetensors")) == 3 * len(load_file(files[0]))
