"""A voice is fitted to its reference: heard as more like it, at the same length, the same each time."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file, save_file
from torch import Tensor
from torch.nn import functional as F

from tts.audio.features import equalise
from tts.audio.quality import level
from tts.audio.read import Clip, read_clip
from tts.cli.speaking import limits_of
from tts.emotion import EmotionVector
from tts.models.bundle import Bundle
from tts.models.fitting import FIRST_STEP, fit, nearest_language, unsteady
from tts.models.utterance import Condition, ReferenceEmbedding
from tts.settings import ROOT, load_settings
from tts.speech import SynthesisRequest
from tts.synthesizer import Synthesizer
from tts.text.reading import TokenIds
from tts.voice import Voice

EXAMPLES = ROOT / "assets" / "voices"
TEXT = "We will meet at the station at eight tomorrow morning."


@pytest.fixture(scope="module")
def ours() -> Synthesizer:
    """On the bundle that lies in the repository."""
    return Synthesizer.open(load_settings(device="cpu"))


def test_a_fit_comes_near_what_is_wanted_in_short_steps() -> None:
    draws = torch.Generator().manual_seed(5)
    way, condition = torch.randn(16, 12, generator=draws), torch.randn(12, generator=draws)
    wanted = F.normalize(torch.randn(16, generator=draws), dim=0)

    def distance(moved: Tensor) -> Tensor:
        return 1 - F.normalize(way @ (condition + moved), dim=0) @ wanted

    start, length = torch.zeros(12), FIRST_STEP * float(condition.norm())
    moved = fit(distance, start, length)
    assert float(distance(moved)) < float(distance(start)) - 0.1
    assert 0 < float(moved.norm()) < float(condition.norm())
    assert torch.equal(moved, fit(distance, start, length))


def test_what_has_no_slope_stays_where_it_is() -> None:
    assert torch.equal(fit(lambda moved: (0 * moved).sum(), torch.ones(4), 0.1), torch.ones(4))


def test_a_steady_change_is_one_of_timbre() -> None:
    mask = torch.ones(2, 1, 50)
    mask[1, :, 30:] = 0
    colour = torch.randn(2, 80, 1).expand(-1, -1, 50) * mask
    wave = torch.sin(torch.arange(50) / 3).expand(2, 80, -1) * mask
    assert float(unsteady(colour, mask)) < 1e-10
    assert float(unsteady(colour + wave, mask)) == pytest.approx(0.5, abs=0.1)


@pytest.fixture(scope="module")
def hazel(ours: Synthesizer) -> Voice:
    return ours.voice_from([read_clip(EXAMPLES / "hazel.flac", limits=limits_of(ours.settings))])


def test_a_fitted_voice_is_heard_as_more_like_its_reference(ours: Synthesizer, hazel: Voice) -> None:
    clip = read_clip(EXAMPLES / "hazel.flac", limits=limits_of(ours.settings))
    plain = ours.voice_from([clip], fitted=False)
    assert torch.equal(hazel.embedding.xvector, plain.embedding.xvector) and not len(plain.embedding.correction)
    likeness, lengths = [], []
    for voice in (plain, hazel):
        speech = ours.synthesize(SynthesisRequest(TEXT, voice, language="en", seed=1))
        heard = ours.bundle.embed(torch.from_numpy(level(speech.wave))).xvector
        likeness.append(float(heard @ plain.embedding.xvector))
        lengths.append(len(speech.wave))
    assert likeness[1] > likeness[0] + 0.05
    assert lengths[0] == lengths[1], "what the decoder is told moves no phone"


def test_a_voice_with_an_emotion_is_fitted_apart_from_its_own_manner(ours: Synthesizer, hazel: Voice) -> None:
    plain = replace(hazel, embedding=replace(hazel.embedding, moved_correction=torch.zeros(0)))
    likeness: dict[str, list[float]] = {"fitted": [], "plain": []}
    for emotion, weight in (("happy", 0.0), ("happy", 1.0), ("afraid", 1.0), ("surprised", 1.0)):
        vector = EmotionVector.of({emotion: 1.0})
        request = SynthesisRequest(TEXT, hazel, language="en", emotion=vector, emotion_weight=weight, seed=1)
        waves = [ours.synthesize(replace(request, voice=one)).wave for one in (hazel, plain)]
        assert len(waves[0]) == len(waves[1])
        if not weight:
            assert np.array_equal(*waves), "without an emotion nothing of it is told"
            continue
        for name, wave in zip(likeness, waves, strict=True):
            heard = ours.bundle.embed(torch.from_numpy(level(wave))).xvector
            likeness[name].append(float(heard @ hazel.embedding.xvector))
    assert np.mean(likeness["fitted"]) > np.mean(likeness["plain"]) + 0.01


def test_a_clip_is_fitted_alike_each_time_and_not_kept(synthesizer: Synthesizer, clip: Clip, voice: Voice) -> None:
    again = synthesizer.voice_from([clip]).embedding
    assert again is not voice.embedding and torch.equal(again.correction, voice.embedding.correction)
    assert len(again.correction) == synthesizer.bundle.acoustic.condition_size


def test_a_voice_of_another_bundle_is_fitted_once(
    synthesizer: Synthesizer, voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def fitted(
        embedding: ReferenceEmbedding, tokens: Sequence[TokenIds], moved: Sequence[Condition]
    ) -> ReferenceEmbedding:
        made.append(embedding)
        return Bundle.fitted(synthesizer.bundle, embedding, tokens, moved)

    monkeypatch.setattr(synthesizer.bundle, "fitted", fitted)
    foreign = replace(voice, bundle="older", reference=np.roll(voice.reference, 240))
    for seed in (1, 2):
        synthesizer.synthesize(SynthesisRequest(TEXT, foreign, language="en", seed=seed))
    assert len(made) == 1


@pytest.mark.parametrize("name", ["correction", "moved_correction"])
def test_corrections_are_stored_with_the_voice_and_old_files_have_none(voice: Voice, tmp_path: Path, name: str) -> None:
    path = tmp_path / "anna.safetensors"
    voice.named("Anna").save(path)
    own = getattr(voice.embedding, name)
    assert len(own) and torch.equal(getattr(Voice.load(path).embedding, name), own)
    tensors = load_file(path)
    del tensors[name]
    card = voice.named("Anna").to_bytes()
    header = int.from_bytes(card[:8], "little")

    save_file(tensors, path, json.loads(card[8 : 8 + header])["__metadata__"])
    old = Voice.load(path)
    assert not len(getattr(old.embedding, name)) and torch.equal(old.embedding.xvector, voice.embedding.xvector)


def test_voices_of_one_batch_keep_their_own_corrections(synthesizer: Synthesizer, voice: Voice) -> None:
    bare = replace(voice, embedding=replace(voice.embedding, correction=torch.zeros(0)))
    requests = [SynthesisRequest(TEXT, one, language="en", seed=3) for one in (voice, bare)]
    together = synthesizer.synthesize_batch(requests)
    for request, speech in zip(requests, together, strict=True):
        alone = synthesizer.synthesize(request)
        assert not isinstance(speech, Exception) and np.allclose(speech.wave, alone.wave, atol=1e-4)


def test_what_is_heard_while_fitting_is_coloured_alike_each_time() -> None:
    mel = torch.zeros(2, 80, 5)
    first, again = (equalise(mel, 0.3, torch.Generator().manual_seed(4)) for _ in range(2))
    assert torch.equal(first, again) and not torch.equal(first, equalise(mel, 0.3))
    assert torch.allclose(first, first[:, :, :1].expand_as(first)), "a microphone does not change within a clip"
    assert float(first.diff(dim=1).diff(dim=1).abs().max()) < 0.3 * float(first.abs().max()), "smooth over the bins"


def test_a_voice_is_fitted_in_the_language_in_which_it_is_nearest(
    synthesizer: Synthesizer, voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle, probes = synthesizer.bundle, synthesizer._probes
    zh, en = (probes[: len(probes) // 2], probes[len(probes) // 2 :])
    embedding = replace(voice.embedding, correction=torch.zeros(0))
    said: list[list[TokenIds]] = []
    probe = bundle._probe

    def noting(conditions: Sequence[Condition], tokens: Sequence[TokenIds]) -> object:
        said.append(list(tokens))
        return probe(conditions, tokens)

    monkeypatch.setattr(bundle, "_probe", noting)
    found = bundle.fitted(embedding, probes).correction
    every, chosen = said
    assert every == list(probes) and chosen in (zh, en)
    assert torch.equal(found, bundle.fitted(embedding, chosen).correction)
    alike = {True: [0.2, 0.3, 0.9, 0.1], False: [0.6, 0.5, 0.9, 0.1]}
    assert nearest_language(probes, alike[True]) == en and nearest_language(probes, alike[False]) == zh
