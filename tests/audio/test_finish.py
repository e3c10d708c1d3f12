"""Finished speech: exact length, silent edges, no clicks, no peak over the ceiling."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from tts.audio.finish import CEILING_DBFS, loudness, piece

Floats = NDArray[np.float32]
EDGE = 960
CEILING = 10 ** (CEILING_DBFS / 20)

waves = st.builds(
    lambda size, seed, gain: (gain * np.random.default_rng(seed).standard_normal(size)).astype(np.float32),
    st.integers(0, 30000),
    st.integers(0, 2**16),
    st.sampled_from([1e-4, 0.1, 3.0]),
)


@settings(max_examples=60, deadline=None)
@given(waves, st.booleans(), st.booleans())
def test_a_piece_keeps_every_sample_of_time_and_is_silent_where_the_output_ends(
    wave: Floats, opens: bool, closes: bool
) -> None:
    finished = piece(wave, opens=opens, closes=closes)
    assert finished.shape == wave.shape
    assert finished.dtype == np.float32
    assert not (opens and finished[:EDGE].any())
    assert not (closes and finished[-EDGE:].any())
    assert np.abs(finished).max(initial=0.0) <= CEILING + 1e-6


@settings(max_examples=60, deadline=None)
@given(arrays(np.float32, st.integers(0, 4000), elements=st.floats(-20, 20, width=32)))
def test_no_peak_is_over_the_ceiling(wave: Floats) -> None:
    limited = loudness(wave)
    assert limited.shape == wave.shape
    assert np.abs(limited).max(initial=0.0) <= CEILING + 1e-6


def test_what_is_under_the_ceiling_is_not_touched() -> None:
    wave = (0.5 * np.sin(np.arange(24000) / 20)).astype(np.float32)
    assert np.array_equal(loudness(wave), wave)


def test_a_peak_is_turned_down_smoothly_and_alone() -> None:
    wave = (0.5 * np.sin(np.arange(48000) / 20)).astype(np.float32)
    wave[23000:23600] *= 4
    limited = loudness(wave)
    assert np.array_equal(limited[:22000], wave[:22000])
    assert np.array_equal(limited[24600:], wave[24600:])
    loud = np.abs(wave) > 0.05
    gain = limited[loud] / wave[loud]
    assert np.abs(np.diff(gain)).max() < 0.02


def test_pieces_of_different_noise_join_without_a_click() -> None:
    # A step, such as an offset makes, is the worst that two pieces can do to each other.
    pieces = [np.full(24000, offset, np.float32) for offset in (0.01, -0.02, 0.015)]
    joined = np.concatenate([piece(wave, opens=at == 0, closes=at == 2) for at, wave in enumerate(pieces)])
    assert np.abs(np.diff(joined)).max() < 0.0005


@pytest.mark.parametrize("samples", [0, 1, 100, 959, 960, 961, 1920, 1921, 2400])
def test_very_short_waves_have_edges_too(samples: int) -> None:
    wave = piece(np.ones(samples, np.float32), opens=True, closes=True)
    assert wave.shape == (samples,)
    assert not wave[:EDGE].any()
    assert not wave[-EDGE:].any()


def test_what_is_given_is_not_changed() -> None:
    wave = np.full(24000, 2.0, np.float32)
    for finish in (lambda: piece(wave, opens=True, closes=True), lambda: loudness(wave)):
        finish()
        assert np.all(wave == 2.0)
