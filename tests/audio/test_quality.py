"""The report on a reference clip tells a good one from a poor one, and why."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from tts.audio.quality import ClipReport, active_frames, level, report, trim
from tts.audio.read import Clip, Limits, read_clip
from tts.sentences import LANGUAGES, WARNINGS

Floats = NDArray[np.float32]
LIMITS = Limits(max_bytes=10_000_000, min_seconds=1.0, max_seconds=60.0)


def clip_of(wave: Floats, rate: int = 24000) -> Clip:
    return read_clip((rate, wave), limits=LIMITS)


def with_pauses(wave: Floats, before: float, after: float, rate: int = 24000) -> Floats:
    noise = 1e-4 * np.random.default_rng(2).standard_normal(int((before + after) * rate)).astype(np.float32)
    return np.concatenate([noise[: int(before * rate)], wave, noise[int(before * rate) :]])


def test_a_good_clip_has_no_warnings(voice: Callable[..., Floats]) -> None:
    found = report(clip_of(voice(8.0, hertz=180)))
    assert found.warnings == ()
    assert found.seconds == pytest.approx(8.0)
    assert 160 < found.f0_median_hz < 200
    assert found.f0_low < found.f0_median_hz < found.f0_high
    assert found.snr_db > 25
    assert found.clipping == 0
    assert found.peak_dbfs == pytest.approx(-6.0, abs=1.0)


def worst(make: Callable[[Callable[..., Floats]], tuple[Floats, int]], voice: Callable[..., Floats]) -> ClipReport:
    wave, rate = make(voice)
    return report(clip_of(wave, rate))


@pytest.mark.parametrize(
    ("warning", "make"),
    [
        ("clip_brief", lambda voice: (voice(1.5), 24000)),
        ("clip_noisy", lambda voice: (voice(8.0, noise_db=-24), 24000)),
        ("clip_clipped", lambda voice: (np.clip(4 * voice(8.0), -0.9, 0.9), 24000)),
        ("clip_narrow", lambda voice: (voice(8.0, 8000), 8000)),
        ("clip_quiet", lambda voice: (0.02 * voice(8.0), 24000)),
        ("clip_pauses", lambda voice: (with_pauses(voice(4.0), 5.0, 5.0), 24000)),
        ("clip_no_voice", lambda _: (0.1 * np.random.default_rng(0).standard_normal(120000).astype(np.float32), 24000)),
    ],
)
def test_each_fault_has_its_warning(
    voice: Callable[..., Floats], warning: str, make: Callable[[Callable[..., Floats]], tuple[Floats, int]]
) -> None:
    assert warning in worst(make, voice).warnings


def test_a_damaged_end_is_told() -> None:
    wave = np.random.default_rng(0).standard_normal(48000).astype(np.float32)
    assert "clip_cut" in report(Clip(wave, 24000, 1, 2.0, 12000.0, whole=False)).warnings


def test_every_warning_of_a_clip_has_a_sentence_in_every_language() -> None:
    codes = {"no_voice", "cut", "brief", "noisy", "clipped", "narrow", "quiet", "pauses"}
    assert {f"clip_{code}" for code in codes} <= WARNINGS.keys()
    assert all(set(sentences) == set(LANGUAGES) for sentences in WARNINGS.values())


def test_noise_is_measured_within_a_few_decibels(voice: Callable[..., Floats]) -> None:
    speech = voice(8.0, noise_db=-120)
    power = float(np.mean(np.square(speech[np.repeat(active_frames(speech), 240)], dtype=np.float64)))
    for wanted in (10, 20, 30):
        noise = np.sqrt(power) * 10 ** (-wanted / 20) * np.random.default_rng(3).standard_normal(len(speech))
        assert report(clip_of((speech + noise).astype(np.float32))).snr_db == pytest.approx(wanted, abs=4)


def test_trim_leaves_a_tenth_of_a_second_around_the_speech(voice: Callable[..., Floats]) -> None:
    clip = clip_of(with_pauses(voice(4.0), 2.0, 3.0))
    trimmed = trim(clip)
    assert 3.5 < trimmed.seconds < 4.5
    assert trimmed.source_seconds == clip.source_seconds
    assert trim(trimmed).seconds == pytest.approx(trimmed.seconds, abs=0.25)


def test_trim_keeps_what_has_no_pauses() -> None:
    clip = clip_of(0.1 * np.random.default_rng(0).standard_normal(48000).astype(np.float32))
    assert len(trim(clip).wave) == len(clip.wave)


@pytest.mark.parametrize("gain", [0.01, 0.3, 1.5])
def test_level_brings_every_clip_to_one_loudness(voice: Callable[..., Floats], gain: float) -> None:
    wave = level(gain * voice(4.0))
    speech = wave[np.repeat(active_frames(wave), 240)]
    assert 10 * np.log10(np.mean(np.square(speech))) == pytest.approx(-23.0, abs=0.3)
    assert np.abs(wave).max() <= 10 ** (-1 / 20) + 1e-6


def test_level_of_silence_is_silence() -> None:
    assert not level(np.zeros(24000, np.float32)).any()
    assert level(np.zeros(0, np.float32)).shape == (0,)
