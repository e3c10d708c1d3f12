"""Variation is drawn by phrases and words: nothing at 0, more with the setting, and the pitch keeps its place."""

import numpy as np
import pytest

from tts.text.frontend import read
from tts.text.phones import PAUSES, VOWELS
from tts.text.reading import Token
from tts.variation import Draw, draw, over_frames

TOKENS = read("今天天气很好，我们一起去河边走走，你觉得怎么样？").segments[0].tokens
ROWS = ("phones", "tempo", "pitch", "range")


def rows(drawn: Draw) -> np.ndarray:
    return np.stack([getattr(drawn, name) for name in ROWS])


def test_without_variation_every_seed_is_the_likeliest_way() -> None:
    assert all(not rows(draw(TOKENS, seed, 0.0)).any() for seed in range(5))


def test_a_seed_means_one_way_and_the_setting_how_far_it_goes() -> None:
    full = rows(draw(TOKENS, 3, 1.0))
    assert np.array_equal(full, rows(draw(TOKENS, 3, 1.0)))
    assert np.allclose(rows(draw(TOKENS, 3, 0.25)), full / 4)
    assert not np.allclose(full, rows(draw(TOKENS, 4, 1.0)))


def test_phones_of_a_word_move_together() -> None:
    for seed in range(20):
        drawn = draw(TOKENS, seed, 1.0)
        for word in {token.word for token in TOKENS}:
            own = [at for at, token in enumerate(TOKENS) if token.word == word and token.phone not in PAUSES]
            if own:
                assert np.ptp(drawn.tempo[own]) == pytest.approx(0)


def test_words_move_apart_and_on_the_whole_the_pitch_stays() -> None:
    vowels = [at for at, token in enumerate(TOKENS) if token.phone in VOWELS]
    pitches = np.array([draw(TOKENS, seed, 1.0).pitch[vowels] for seed in range(200)])
    assert 1.0 < pitches.std(0).mean() < 2.8
    assert np.abs(pitches.mean(1)).max() <= 2 * 0.8 + 1e-9
    assert np.abs(pitches.mean(0)).max() < 0.45


def test_stress_moves_more_than_what_lies_between() -> None:
    tokens = read("A banana is tomorrow's potato.", "en").segments[0].tokens
    pitches = np.array([draw(tokens, seed, 1.0).pitch for seed in range(300)])
    spread = {tone: pitches[:, [t.tone == tone for t in tokens]].std() for tone in ("en1", "en0")}
    assert spread["en1"] > 1.15 * spread["en0"]


def test_a_row_over_frames_is_smooth_and_as_long_as_its_frames() -> None:
    row, frames = np.array([0.0, 1.0, -1.0, 0.5]), np.array([6, 20, 19, 20])
    curve = over_frames(row, frames)
    assert curve.shape == (65,)
    assert np.abs(np.diff(curve)).max() < 2 / 8
    assert (curve.min(), curve.max()) == pytest.approx((-1, 1), abs=0.2)
    assert over_frames(np.zeros(2), np.array([3, 4])).tolist() == [0.0] * 7


def test_a_lone_sound_varies_too() -> None:
    tokens = (Token("edge", "none", "zh", "inside", -1), Token("a", "zh1", "zh", "phrase", 0),
              Token("stop", "none", "zh", "inside", 0))  # fmt: skip
    assert np.std([draw(tokens, seed, 1.0).pitch[1] for seed in range(50)]) > 0.3
