"""Emotions: what a person may write, what it holds, and the manner that it makes."""

import math
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.emotion import EMOTIONS, EXPRESSED, MANNERS, EmotionVector, Manner, manner, read_manners
from tts.errors import BundleError, OptionError

VECTORS = st.tuples(*[st.floats(0, 1)] * len(EMOTIONS)).map(EmotionVector)


def test_the_order_of_emotions_is_that_of_the_bundle() -> None:
    assert EMOTIONS == ("happy", "angry", "sad", "afraid", "disgusted", "melancholic", "surprised", "calm")


def test_a_written_vector_is_read() -> None:
    assert EmotionVector.parse("happy=0.8,sad=0.1").values == (0.8, 0, 0.1, 0, 0, 0, 0, 0)
    assert EmotionVector.parse(" calm = .5 ， ").to_dict() == {"calm": 0.5}
    assert EmotionVector.parse("").is_zero


@pytest.mark.parametrize("written", ["happy", "happy=", "happy=x", "happy=2", "sad=-.1", "sad=nan", "sad=.1,sad=.2"])
def test_a_vector_that_is_not_right_is_refused(written: str) -> None:
    with pytest.raises(OptionError, match=r"0\.8|0 \.\. 1"):
        EmotionVector.parse(written)


def test_an_unknown_emotion_names_the_known_ones() -> None:
    with pytest.raises(OptionError, match="melancholic") as caught:
        EmotionVector.parse("neutral=1")
    assert caught.value.code == "option_emotion"


@given(VECTORS)
def test_the_sum_is_held_to_one_and_shares_are_kept(vector: EmotionVector) -> None:
    assert math.fsum(vector.values) <= 1 + 1e-9
    assert all(0 <= value <= 1 for value in vector.values)


def test_shares_are_kept_when_the_sum_is_too_large() -> None:
    assert EmotionVector.of({"happy": 1, "sad": 1}).to_dict() == {"happy": 0.5, "sad": 0.5}


@given(VECTORS)
def test_weight_zero_is_the_own_manner_and_weight_one_changes_nothing(vector: EmotionVector) -> None:
    assert vector.weighted(0.0).is_zero
    assert vector.weighted(1.0).values == pytest.approx(vector.values)
    assert manner(vector.weighted(0.0)) == Manner()


@given(st.integers(0, 2**31))
def test_a_random_emotion_is_that_of_its_seed(seed: int) -> None:
    vector = EmotionVector.random(seed)
    assert vector == EmotionVector.random(seed)
    assert max(vector.values) >= 0.5 and sum(vector.values) <= 1


@given(VECTORS.filter(lambda vector: max(vector.values) > 0.01), st.integers(0, 2**31))
def test_chance_varies_within_the_emotion_by_seed(vector: EmotionVector, seed: int) -> None:
    varied = vector.varied(seed)
    assert varied == vector.varied(seed)
    ours, before = varied.to_dict(), vector.to_dict()
    assert set(before) <= set(ours) and len(ours) <= len(before) + 1
    assert all(0.5 * before[name] <= ours[name] <= 1.2 * before[name] for name in before)


def test_chance_gives_another_shade_with_another_seed_and_the_leading_emotion_leads_on() -> None:
    happy = EmotionVector.of({"happy": 0.8})
    shades = [happy.varied(seed) for seed in range(50)]
    assert len(set(shades)) > 45
    assert all(max(shade.to_dict().items(), key=lambda item: item[1])[0] == "happy" for shade in shades)


def test_without_an_emotion_chance_picks_one() -> None:
    assert EmotionVector().varied(3) == EmotionVector.random(3)


def test_what_is_heard_becomes_a_vector_and_neutral_the_own_manner() -> None:
    assert EmotionVector.heard({"neutral": 1.0}).is_zero
    assert EmotionVector.heard({"neutral": 0.2, "angry": 0.8}).to_dict() == {"angry": 0.8}


def test_melancholic_is_what_lies_between_sad_and_calm() -> None:
    heard = EmotionVector.heard({"neutral": 0.1, "sad": 0.5, "calm": 0.4}).to_dict()
    assert heard == pytest.approx({"sad": 0.1, "melancholic": 0.8})


@pytest.mark.parametrize("path", [MANNERS, EXPRESSED])
@pytest.mark.parametrize("name", EMOTIONS)
def test_a_full_emotion_has_its_configured_manner(name: str, path: Path) -> None:
    known = read_manners(path)
    full, expected = manner(EmotionVector.of({name: 1}), known), known[name]
    for field in fields(Manner):
        assert getattr(full, field.name) == pytest.approx(getattr(expected, field.name))


@given(VECTORS)
def test_a_mixture_stays_between_its_parts(vector: EmotionVector) -> None:
    mixed, parts = manner(vector), [Manner(), *read_manners(MANNERS).values()]
    for field in fields(Manner):
        values = [getattr(part, field.name) for part in parts]
        assert min(values) - 1e-9 <= getattr(mixed, field.name) <= max(values) + 1e-9


@pytest.mark.parametrize("name", EMOTIONS)
def test_a_weight_moves_every_figure_of_a_manner_monotonically(name: str) -> None:
    ways = [manner(EmotionVector.of({name: 1}).weighted(weight / 10)) for weight in range(11)]
    for field in fields(Manner):
        steps = [getattr(after, field.name) - getattr(before, field.name) for before, after in pairwise(ways)]
        assert all(step >= 0 for step in steps) or all(step <= 0 for step in steps)


@pytest.mark.parametrize("content", ["", "[]", "happy: {}", "happy: {pitch_shift: x}", "\x00"])
def test_damaged_manners_name_the_file(tmp_path: Path, content: str) -> None:
    path = tmp_path / "emotion.yaml"
    path.write_text(content)
    with pytest.raises(BundleError, match=r"emotion\.yaml"):
        read_manners(path)


def test_missing_manners_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(BundleError) as caught:
        read_manners(tmp_path / "emotion.yaml")
    assert caught.value.code == "bundle_file_missing"
