"""Utterances said anew in other voices of the batch, and the ears that judge them."""

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from training.acoustic import References
from training.discriminators import MelJudges, persuade, tell_apart
from training.likeness import Likeness
from training.resident import Batch, ResidentStore
from training.store import Store, Utterance
from training.strangers import Said, Strangers
from tts.audio.spec import AudioSpec
from tts.models.acoustic import AcousticModel, Contours
from tts.models.acoustic.batch import VoiceBatch
from tts.models.speaker_encoder import SpeakerEncoder
from tts.text.phones import PHONE_ROWS

SPEC, FRAMES, TOKENS, ROWS = AudioSpec(), 160, 8, 6


class Noting(AcousticModel):
    """Keeps what it was asked for."""

    def __init__(self) -> None:
        super().__init__(channels=32, inner=32, layers=2, decoder_channels=32, decoder_inner=32, decoder_blocks=1)
        self.asked: list[VoiceBatch] = []
        self.heard: list[Contours] = []

    def voice(self, voice: VoiceBatch) -> tuple[Tensor, Tensor, Tensor]:
        self.asked.append(voice)
        return super().voice(voice)

    def decode(self, spread: Tensor, mask: Tensor, contours: Contours, voice: VoiceBatch, condition: Tensor) -> Tensor:
        self.heard.append(contours)
        return super().decode(spread, mask, contours, voice, condition)


class Reader(nn.Module):
    """Finds in every frame the phone whose number is its loudest bin."""

    def forward(self, mel: Tensor) -> Tensor:
        return (20 * mel.transpose(1, 2)[:, :, :PHONE_ROWS]).log_softmax(-1)


def utterance(number: int) -> Utterance:
    draws = np.random.default_rng(number)
    return Utterance(
        wave=draws.normal(0, 2000, FRAMES * SPEC.hop).astype(np.int16), f0=np.full(FRAMES, 100 + 20 * number),
        tokens=np.full((4, TOKENS), 10 + number, np.uint8) * np.array([[1], [0], [0], [0]], np.uint8),
        durations=np.full(TOKENS, FRAMES // TOKENS), speaker=f"speaker_{number}", key=f"utt_{number}", language=0,
        source=1, bandwidth_hz=5000.0, snr_db=20.0, emotion=np.ones(8, np.float32),
    )  # fmt: skip


@pytest.fixture(scope="module")
def given() -> tuple[Batch, VoiceBatch]:
    torch.manual_seed(0)
    store = ResidentStore(Store.collect([utterance(number) for number in range(ROWS)]), SPEC, "cpu")
    config = {"reference_seconds": [1.0], "wet_reference": 0.0, "noisy_reference": 0.0}
    batch = store.batch(torch.arange(ROWS))
    return batch, References(store, SpeakerEncoder(32).eval(), config).voices(batch)


def strangers(count: int, size: int, lowest_snr: float = 70.0) -> Strangers:
    likeness = Likeness(SpeakerEncoder(32).eval().requires_grad_(False), SPEC)
    return Strangers(likeness, Reader(), count, size, lowest_snr)  # type: ignore[arg-type]


def test_others_say_it_clean_in_full_band_and_without_emotion(given: tuple[Batch, VoiceBatch]) -> None:
    batch, voice = given
    model = Noting()
    said = strangers(4, 100).say(model, batch, voice, torch.randn(ROWS, SPEC.n_mels, 200), torch.ones(ROWS, 100, 1))
    asked = model.asked[0]
    assert (asked.snr_db == 70).all() and (asked.bandwidth_hz == 12000).all() and not asked.emotions.any()
    owners = [int((voice.xvectors == row).all(1).nonzero()[0]) for row in asked.xvectors]
    assert len(set(owners)) == 4 and torch.equal(asked.pitch_median, voice.pitch_median[owners])
    assert said.mel.shape == said.real.shape == (4, SPEC.n_mels, 100) and said.frames.tolist() == [100] * 4
    texts = said.phones[:, 0].tolist()
    assert len(set(texts)) == 4 and (said.phones == said.phones[:, :1]).all() and set(texts) <= set(range(10, 16))
    assert set(torch.unique(model.heard[0].voiced).tolist()) <= {0.0, 1.0}  # predicted, and decided


def test_they_are_asked_for_at_every_quality_down_to_the_lowest(given: tuple[Batch, VoiceBatch]) -> None:
    model = Noting()
    strangers(ROWS, 20, 40.0).say(model, *given, torch.randn(ROWS, SPEC.n_mels, 200), torch.ones(ROWS, 100, 1))
    asked = model.asked[0].snr_db
    assert (asked >= 40).all() and (asked <= 70).all() and len(asked.unique()) == ROWS


def test_its_gradient_reaches_the_voice_and_the_phones_but_no_frozen_ear(given: tuple[Batch, VoiceBatch]) -> None:
    batch, voice = given
    model, ears = Noting(), strangers(4, 100)
    said = ears.say(model, batch, voice, torch.randn(ROWS, SPEC.n_mels, 200), torch.ones(ROWS, 100, 1))
    (ears.unlike(said) + ears.unclear(said)).backward()
    for part in (model.mix, model.encoder, model.head):
        assert any(p.grad is not None and p.grad.abs().sum() > 0 for p in part.parameters())
    assert all(p.grad is None for p in ears.likeness.speaker.parameters())


def test_what_says_its_phones_is_clear() -> None:
    ears = strangers(2, 100)
    phones = torch.randint(1, 50, (2, 100))
    phones[1, 60:] = -1  # past the end nothing is asked for
    right = torch.zeros(2, SPEC.n_mels, 100)
    right.scatter_(1, phones.clamp(min=0).unsqueeze(1), 10.0)
    wrong = right.roll(1, 1)
    nothing = torch.zeros(2, 1, 1)
    torch.manual_seed(0)
    clear, unclear = (
        float(ears.unclear(Said(mel, torch.tensor([100, 60]), phones, mel, nothing))) for mel in (right, wrong)
    )
    assert clear < 0.2 * unclear


def test_only_clean_rows_teach_the_judge_what_is_clean() -> None:
    torch.manual_seed(0)
    judge = MelJudges(width=4).clean
    real, made = torch.randn(4, 100, 48), torch.randn(3, 100, 48)
    rows = torch.tensor([1.0, 0.0, 1.0, 0.0])
    other = real.clone()
    other[[1, 3]] = torch.randn(2, 100, 48)
    assert float(tell_apart(judge, real, made, rows)) == pytest.approx(float(tell_apart(judge, other, made, rows)))
    assert float(tell_apart(judge, real, made)) != pytest.approx(float(tell_apart(judge, other, made)))
    alone = tell_apart(judge, real[[0, 2]], made)
    assert float(tell_apart(judge, real, made, rows)) == pytest.approx(float(alone), rel=1e-5)


def test_a_maker_that_follows_the_judge_persuades_it_and_leaves_it_as_it_was() -> None:
    torch.manual_seed(0)
    judge = MelJudges(width=4).clean
    made = torch.randn(2, 100, 48, requires_grad=True)
    loss = persuade(judge, made)
    loss.backward()
    assert made.grad is not None and all(p.grad is None and p.requires_grad for p in judge.parameters())
    assert float(persuade(judge, (made - 1e-2 * made.grad / made.grad.norm()).detach())) < float(loss)
