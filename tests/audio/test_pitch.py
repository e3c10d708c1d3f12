"""The pitch tracker on sounds whose pitch is known."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tts.audio.pitch import track
from tts.audio.spec import AudioSpec

Floats = NDArray[np.float32]
SPEC = AudioSpec()


def harmonics(hertz: Floats | float, seconds: float = 1.0) -> Floats:
    time = np.arange(round(seconds * SPEC.sample_rate)) / SPEC.sample_rate
    phase = 2 * np.pi * np.cumsum(np.broadcast_to(hertz, time.shape)) / SPEC.sample_rate
    return (0.3 * sum(np.sin(k * phase) / k for k in range(1, 9))).astype(np.float32)


@settings(max_examples=15, deadline=None)
@given(st.floats(65, 550))
def test_a_steady_tone_has_its_pitch_in_every_frame(hertz: float) -> None:
    found = track(harmonics(hertz), SPEC).f0_hz
    assert np.all(np.abs(12 * np.log2(found[5:-5] / hertz)) < 0.3)


def test_a_glide_is_followed_at_the_centre_of_each_frame() -> None:
    glide = np.linspace(100, 220, 2 * SPEC.sample_rate).astype(np.float32)
    found = track(harmonics(glide, 2.0), SPEC).f0_hz
    wanted = glide[SPEC.hop // 2 :: SPEC.hop]
    assert np.abs(12 * np.log2(found[10:-10] / wanted[10:-10])).max() < 0.2


@pytest.mark.parametrize("hertz", [90.0, 140.0, 220.0, 330.0])
def test_a_voice_in_noise_keeps_its_octave(voice: Callable[..., Floats], hertz: float) -> None:
    found = track(voice(3.0, hertz=hertz, noise_db=-40), SPEC).voiced
    assert len(found) > 100
    assert np.mean(np.abs(12 * np.log2(found / hertz)) > 4) < 0.02


def test_noise_and_silence_have_no_pitch() -> None:
    noise = 0.1 * np.random.default_rng(0).standard_normal(48000).astype(np.float32)
    assert np.mean(track(noise, SPEC).f0_hz > 0) < 0.05
    assert not track(np.zeros(24000, np.float32), SPEC).f0_hz.any()


@given(st.integers(0, 3000))
@settings(max_examples=40, deadline=None)
def test_there_is_one_frame_for_each_whole_hop(samples: int) -> None:
    found = track(np.full(samples, 0.1, np.float32), SPEC).f0_hz
    assert found.shape == (samples // SPEC.hop,)
    assert found.dtype == np.float32


def test_a_click_does_not_silence_the_voice() -> None:
    wave = 0.1 * harmonics(150.0, 2.0)
    wave[100] = 1.0
    assert np.mean(track(wave, SPEC).f0_hz[20:] > 0) > 0.95
