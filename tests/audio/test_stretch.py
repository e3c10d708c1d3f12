"""The best stretch of a long recording: full of speech, free of noise, distortion and other people."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tts.audio.quality import active_frames, frame_powers
from tts.audio.stretch import BEST_SECONDS, best_stretch

Floats = NDArray[np.float32]
RATE = 24000


def joined(*pieces: Floats) -> Floats:
    return np.concatenate(pieces)


def quiet(seconds: float) -> Floats:
    return (1e-4 * np.random.default_rng(7).standard_normal(int(seconds * RATE))).astype(np.float32)


def hiss(wave: Floats, size: float) -> Floats:
    return wave + size * np.random.default_rng(8).standard_normal(len(wave)).astype(np.float32)


def test_a_short_recording_is_taken_whole(voice: Callable[..., Floats]) -> None:
    found = best_stretch(voice(8.0))
    assert (found.start, found.end) == (0.0, 8.0)


def test_it_lies_where_somebody_speaks(voice: Callable[..., Floats]) -> None:
    found = best_stretch(joined(quiet(60), voice(14.0), quiet(100)))
    assert found.start > 59 and found.end < 75 and 9 < found.seconds <= BEST_SECONDS


def test_noise_is_kept_out_even_where_it_is_louder_than_elsewhere_the_words(voice: Callable[..., Floats]) -> None:
    wave = joined(*(piece for _ in range(8) for piece in (voice(7.0), quiet(1.0))))
    wave[: 24 * RATE] = hiss(wave[: 24 * RATE], 0.05)
    wave[44 * RATE :] = hiss(wave[44 * RATE :], 0.05)
    found = best_stretch(wave)
    assert found.start > 23.5 and found.end < 44.5


def test_distortion_is_kept_out(voice: Callable[..., Floats]) -> None:
    wave = joined(voice(20.0), quiet(1.0), np.clip(6 * voice(20.0), -0.9, 0.9).astype(np.float32))
    assert best_stretch(wave).end <= 21.5
    assert best_stretch(wave[::-1].copy()).start >= 19.5


def test_other_people_are_kept_out(voice: Callable[..., Floats]) -> None:
    wave = joined(voice(20.0), quiet(0.5), voice(20.0, hertz=220))
    for foreign, low, high in (((0.0, 20.5), 20.0, 40.5), ((20.5, 40.5), 0.0, 20.6)):
        found = best_stretch(wave, foreign=np.array([foreign]))
        assert low <= found.start and found.end <= high


def test_it_begins_and_ends_in_pauses(voice: Callable[..., Floats]) -> None:
    wave = joined(*(piece for _ in range(10) for piece in (quiet(0.8), voice(5.0))), quiet(0.8))
    found = best_stretch(wave)
    powers = frame_powers(wave)
    edges = [powers[max(frame - 2, 0) : frame + 2].mean() for frame in (int(found.start * 100), int(found.end * 100))]
    assert max(edges) < 0.02 * powers[active_frames(wave)].mean()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.001, 0.05, 0.9, 2.0]), min_size=1, max_size=9), st.floats(1, 15))
def test_whatever_the_sound_it_lies_inside_and_is_not_longer_than_asked(sizes: list[float], seconds: float) -> None:
    noise = np.random.default_rng(0).standard_normal(5 * RATE).astype(np.float32)
    wave = np.clip(joined(*(size * noise for size in sizes)), -1, 1)
    found = best_stretch(wave, seconds)
    assert 0 <= found.start < found.end <= len(wave) / RATE + 1e-9
    assert found.seconds <= max(seconds, 0) + 1e-9 or found.seconds == pytest.approx(len(wave) / RATE)
