"""An emotion in what is said: the voice stays who it is, and a bundle without the emotion encoder speaks all the
same."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from tts.audio.delivery import measure
from tts.audio.read import Clip
from tts.audio.spec import AudioSpec
from tts.cache import verify, write_manifest
from tts.emotion import EMOTIONS, EmotionVector, manner
from tts.errors import BundleError
from tts.models.colour import coloured, sloped, trembling
from tts.models.emotion_encoder import HEARD
from tts.models.utterance import Condition
from tts.settings import load_settings
from tts.speech import SynthesisRequest
from tts.synthesizer import Synthesizer
from tts.voice import Voice

SPEC = AudioSpec()
RATE = SPEC.sample_rate


def buzz(hertz: float, seconds: float = 2.0, rise: float = 0.0, tremor: float = 0.0) -> np.ndarray:
    """A voice-like tone whose pitch runs from `hertz` up by `rise` semitones, with a tremor of 6 Hz."""
    time = np.arange(int(seconds * RATE)) / RATE
    semitones = rise * (time / seconds - 0.5) + tremor * np.sin(2 * np.pi * 6 * time)
    phase = 2 * np.pi * np.cumsum(hertz * 2 ** (semitones / 12)) / RATE
    return (0.1 * sum(np.sin(n * phase) / n for n in range(1, 20))).astype(np.float32)


def test_a_delivery_is_measured_as_it_was_made() -> None:
    low, high = measure(buzz(120)), measure(buzz(180, rise=4))
    assert low and high
    assert high.pitch - low.pitch == pytest.approx(12 * np.log2(1.5), abs=0.3)
    assert (low.pitch_slope, high.pitch_slope) == pytest.approx((0, 4), abs=0.4)
    assert low.harmonics > 15 and low.seconds == pytest.approx(2, abs=0.1)
    shaken = measure(buzz(120, tremor=1.0))
    assert shaken and shaken.tremor == pytest.approx(1 / 2**0.5, abs=0.2) and low.tremor < 0.1
    noise = np.random.default_rng(0).normal(0, 0.1, 2 * RATE).astype(np.float32)
    rough, loud = measure(buzz(120) + noise), measure(2 * buzz(120))
    assert rough and loud
    assert rough.harmonics < low.harmonics - 5 and rough.tilt > low.tilt
    assert loud.energy - low.energy == pytest.approx(6.02, abs=0.1)
    assert measure(np.zeros(RATE, np.float32)) is None


def test_a_tilt_turns_the_spectrum_and_keeps_the_level() -> None:
    mel, mask = torch.randn(2, 100, 30), torch.ones(2, 1, 30)
    turned = coloured(mel, mask, torch.tensor([[6.0, 0.0], [0.0, 0.0]]), SPEC)
    difference = (turned - mel)[0].mean(1)
    assert difference[80] > difference[20] > difference[5]
    torch.testing.assert_close(turned[1], mel[1], atol=1e-5, rtol=0)
    power = [torch.logsumexp(2 * part * SPEC.mel_std, 0) for part in (mel[0], turned[0])]
    torch.testing.assert_close(power[0], power[1], atol=1e-3, rtol=0)


def test_energy_raises_every_band_alike_and_padding_stays_silent() -> None:
    mel, mask = torch.randn(1, 100, 30), (torch.arange(30) < 20).float().view(1, 1, 30)
    louder = coloured(mel, mask, torch.tensor([[0.0, 4.0]]), SPEC) - mel * mask
    assert louder[..., :20].min() == pytest.approx(float(louder[..., :20].max()), abs=1e-5) and louder.min() >= 0
    assert not louder[..., 20:].any()


def test_a_slope_ends_where_it_should_and_a_tremor_has_its_depth() -> None:
    mask = (torch.arange(400) < 300).float().view(1, 1, 400)
    slope = sloped(mask, torch.tensor([2.0]))[0]
    assert float(slope[299] - slope[0]) == pytest.approx(2, abs=0.02) and not slope[300:].any()
    assert float(slope[:300].mean()) == pytest.approx(0, abs=1e-4)
    assert float(trembling(mask, torch.tensor([0.5]), SPEC)[0, :300].std()) == pytest.approx(0.5, abs=0.05)


def test_without_an_emotion_nothing_changes(synthesizer: Synthesizer, voice: Voice) -> None:
    plain = synthesizer.synthesize(SynthesisRequest("Hello there.", voice, seed=1))
    weightless = EmotionVector.of({"angry": 1})
    zero = synthesizer.synthesize(SynthesisRequest("Hello there.", voice, seed=1, emotion=weightless, emotion_weight=0))
    np.testing.assert_array_equal(plain.wave, zero.wave)


@pytest.mark.parametrize("name", EMOTIONS)
def test_every_emotion_speaks(synthesizer: Synthesizer, voice: Voice, name: str) -> None:
    speech = synthesizer.synthesize(
        SynthesisRequest("你好。Hello.", voice, seed=1, emotion=EmotionVector.of({name: 1}))
    )
    assert np.isfinite(speech.wave).all() and speech.seconds > 0.3


def test_a_slider_moves_pace_monotonically(synthesizer: Synthesizer, voice: Voice) -> None:
    def seconds(name: str, weight: float) -> float:
        emotion = EmotionVector.of({name: 1})
        request = SynthesisRequest("Hello there, my friend.", voice, seed=1, emotion=emotion, emotion_weight=weight)
        return synthesizer.synthesize(request).seconds

    for name in EMOTIONS:
        lengths = [seconds(name, weight) for weight in (0, 0.5, 1)]
        rising = manner(EmotionVector.of({name: 1})).rate < 1
        assert lengths == sorted(lengths, reverse=not rising), name


def test_an_emotion_of_anothers_clip_moves_the_manner_and_never_the_timbre(
    synthesizer: Synthesizer, voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Condition] = []
    plan = synthesizer.bundle.plan_durations

    def spy(tokens, conditions, *rest):  # type: ignore[no-untyped-def]
        seen.extend(conditions)
        return plan(tokens, conditions, *rest)

    monkeypatch.setattr(synthesizer.bundle, "plan_durations", spy)
    other = Clip(buzz(210, 3.0, rise=5), RATE, 1, 3.0, 12000.0)
    heard = synthesizer.emotion_of(other)
    assert 0 < sum(heard.values) <= 1
    for emotion in (EmotionVector(), heard):
        synthesizer.synthesize(SynthesisRequest("Hello.", voice, seed=1, emotion=emotion))
    plain, moved = seen
    assert plain.embedding is moved.embedding is voice.embedding
    assert torch.equal(plain.embedding.xvector, moved.embedding.xvector)
    assert not torch.equal(plain.emotion, moved.emotion)


def test_the_encoder_tells_probabilities(synthesizer: Synthesizer) -> None:
    values = synthesizer.bundle.emotions(buzz(150, 3.0))
    assert len(values) == len(HEARD) and sum(values) == pytest.approx(1, abs=1e-4) and min(values) >= 0


def test_a_bundle_without_the_encoder_speaks_and_says_what_is_missing(
    bundle_path: Path, tmp_path: Path, clip: Clip
) -> None:
    path = tmp_path / "bare"
    shutil.copytree(bundle_path, path)
    (path / "emotion.safetensors").unlink()
    (path / "expression.safetensors").unlink()
    assert verify(path).ok
    bare = Synthesizer.open(load_settings(cache_dir=tmp_path, bundle="bare", device="cpu"))
    spoken = bare.synthesize(
        SynthesisRequest("Hello.", bare.voice_from([clip], fitted=False), emotion=EmotionVector.of({"sad": 1}))
    )
    assert spoken.seconds > 0.2
    with pytest.raises(BundleError, match="emotion") as caught:
        bare.emotion_of(clip)
    assert caught.value.code == "bundle_part"


def test_an_optional_part_may_be_missing_but_not_changed(bundle_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "changed"
    shutil.copytree(bundle_path, path)
    (path / "emotion.safetensors").write_bytes(b"something else")
    assert [problem.code for problem in verify(path).problems] == ["bundle_file_damaged"]
    write_manifest(path)
    assert verify(path).ok
    (path / "speaker.safetensors").unlink()
    assert [problem.code for problem in verify(path).problems] == ["bundle_file_missing"]
