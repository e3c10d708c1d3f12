"""Durations: sums are exact, what is fixed stays, and vowels give more than plosives."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tts.prosody import (
    EDGE_FRAMES,
    USUAL_PAUSE,
    Timeline,
    at_rate,
    frames_at_speed,
    frames_for_total,
    timeline,
    total_range,
    with_pauses,
)
from tts.text.phones import VOWELS
from tts.text.reading import Token

SPOKEN = ["bp", "a", "s", "iang", "m", "k", "schwa", "uo"]
MARKS = ["comma", "list", "colon"]
ENDS = ["stop", "question", "ellipsis"]


def token(phone: str, seconds: float | None = None) -> Token:
    return Token(phone, "none", "zh", "inside", 0, seconds)


@st.composite
def lines(draw: st.DrawFn) -> Timeline:
    """Timelines of 1 to 3 segments of phones, marks and written pauses with any natural durations."""
    segments, durations = [], []
    for _ in range(draw(st.integers(1, 3))):
        tokens = [token("edge"), token(draw(st.sampled_from(SPOKEN)))]
        for _ in range(draw(st.integers(0, 8))):
            kind = draw(st.integers(0, 5))
            if kind == 0:
                tokens.append(token("pause", draw(st.floats(0.01, 3))))
            elif kind == 1:
                tokens.append(token(draw(st.sampled_from(MARKS))))
            tokens.append(token(draw(st.sampled_from(SPOKEN))))
        tokens.append(token(draw(st.sampled_from(ENDS))))
        segments.append(tokens)
        durations.append(np.array(draw(st.lists(st.floats(0, 40), min_size=len(tokens), max_size=len(tokens)))))
    return timeline(segments, durations)


@given(lines(), st.floats(0, 1))
@settings(max_examples=150, deadline=None)
def test_an_exact_total_is_met_to_the_frame_and_written_pauses_keep_their_length(line: Timeline, place: float) -> None:
    least, most = total_range(line)
    total = least + round(place * (most - least))
    frames = frames_for_total(line, total)
    fixed = line.elasticity == 0
    assert frames.sum() == total
    assert frames.min() >= 1
    assert (frames[fixed] == np.round(line.length[fixed])).all()


@given(lines(), st.floats(0.5, 2), st.floats(0, 3))
@settings(max_examples=150, deadline=None)
def test_at_any_speed_the_sum_is_the_rounded_sum_of_the_lengths(line: Timeline, speed: float, scale: float) -> None:
    line = with_pauses(line, scale)
    frames = frames_at_speed(line, speed)
    assert frames.min() >= 1
    assert abs(frames.sum() - at_rate(line, speed).length.sum()) <= 0.5
    assert frames[0] == frames[-1] == EDGE_FRAMES


@given(lines(), st.floats(0.5, 1.9))
@settings(max_examples=60, deadline=None)
def test_faster_is_never_longer(line: Timeline, speed: float) -> None:
    assert frames_at_speed(line, speed + 0.1).sum() <= frames_at_speed(line, speed).sum()


@given(lines())
@settings(max_examples=60, deadline=None)
def test_no_border_moves_by_more_than_a_frame_when_made_whole(line: Timeline) -> None:
    real, whole = np.cumsum(line.length), np.cumsum(frames_at_speed(line, 1.0))
    assert np.abs(real - whole).max() <= 1.0 + 1e-6


def one_segment() -> Timeline:
    tokens = [token(name) for name in ("edge", "bp", "a", "comma", "s", "uo")]
    tokens += [token("pause", 0.6), token("a"), token("stop")]
    return timeline([tokens], [np.array([4, 10, 10, 10, 10, 10, 10, 10, 9.0])])


def test_vowels_and_pauses_stretch_more_than_fricatives_and_those_more_than_plosives() -> None:
    _, plosive, vowel, pause, fricative, *_ = at_rate(one_segment(), 0.6).length
    assert vowel == pytest.approx(pause)
    assert vowel > fricative > plosive > 10


def test_a_speed_of_two_halves_all_that_may_move() -> None:
    line = one_segment()
    moving = line.elasticity > 0
    assert frames_at_speed(line, 2.0)[moving].sum() == pytest.approx(line.length[moving].sum() / 2, abs=0.5)


def test_a_written_pause_is_exact_whatever_else_is_asked() -> None:
    line = with_pauses(one_segment(), 3.0)
    assert {int(frames_at_speed(line, speed)[6]) for speed in (0.5, 1.0, 2.0)} == {60}
    assert all(frames_for_total(line, total)[6] == 60 for total in total_range(line))


def test_the_pause_scale_touches_only_natural_pauses() -> None:
    line = one_segment()
    assert (with_pauses(line, 3.0).length - line.length).nonzero()[0].tolist() == [3]
    assert with_pauses(line, 0.0).length[3] == 1


def test_a_total_outside_the_possible_range_is_refused() -> None:
    least, most = total_range(one_segment())
    for total in (least - 1, most + 1):
        with pytest.raises(ValueError):
            frames_for_total(one_segment(), total)


def test_the_possible_range_is_half_to_twice_the_natural_length_beside_written_pauses() -> None:
    natural = one_segment().length.sum()
    least, most = total_range(one_segment())
    assert least == np.ceil(60 + (natural - 60) / 2)
    assert most == np.floor(60 + (natural - 60) * 2)


def test_segments_open_with_an_edge_and_are_parted_by_the_pause_of_their_mark() -> None:
    segment = [token("edge"), token("a"), token("question")]
    line = timeline([segment, segment], [np.array([30, 12, 2.0])] * 2)
    assert line.length.tolist() == [EDGE_FRAMES, 12, USUAL_PAUSE["question"], EDGE_FRAMES, 12, EDGE_FRAMES]
    assert with_pauses(line, 0.0).length[2] == EDGE_FRAMES


def test_a_pause_written_at_the_end_is_kept_and_never_under_the_silent_edge() -> None:
    def last(seconds: float) -> float:
        line = timeline([[token("edge"), token("a"), token("pause", seconds)]], [np.ones(3)])
        return float(line.length[-1])

    assert (last(1.0), last(0.02)) == (100, EDGE_FRAMES)


def test_a_pause_written_between_segments_counts_the_edge_of_the_next_one() -> None:
    first = [token("edge"), token("a"), token("stop", 0.6)]
    line = timeline([first, [token("edge"), token("a"), token("stop")]], [np.ones(3)] * 2)
    assert line.length[2] + line.length[3] == 60


def test_a_pause_written_at_the_start_holds_the_edge() -> None:
    line = timeline([[token("edge", 0.5), token("a"), token("stop")]], [np.ones(3)])
    assert (line.length[0], line.elasticity[0]) == (50, 0)


def test_no_vowel_gets_shorter_than_two_frames() -> None:
    phones = ["edge", *SPOKEN * 3, "stop"]
    line = timeline([[token(name) for name in phones]], [np.full(len(phones), 2.5)])
    frames = at_rate(line, 2.0).length
    assert min(frames[index] for index, name in enumerate(phones) if name in VOWELS) >= 2
