"""Windows are met to the sample, and nothing runs into what comes next."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.dubbing.schedule import Extent, fit, rooms

SECOND = 24000


def extent(frames: int, least: float = 0.5, most: float = 2.0) -> Extent:
    return Extent(frames * 240, int(frames * least) * 240, int(frames * most) * 240)


def test_a_line_keeps_its_pace_where_it_can() -> None:
    line = extent(100)
    for window, state, length, pace in (
        (SECOND, "fits", SECOND, 1.0),
        (int(1.1 * SECOND), "fits", int(1.1 * SECOND), 1 / 1.1),
        (int(1.2 * SECOND), "fits", int(1.2 * SECOND), 1 / 1.2),
        (int(1.21 * SECOND), "fits", SECOND, 1.0),
        (10 * SECOND, "fits", SECOND, 1.0),
        (int(0.8 * SECOND), "squeezed", int(0.8 * SECOND), 1.25),
        (SECOND // 2, "squeezed", SECOND // 2, 2.0),
    ):
        found = fit([line], window, window)
        assert (found.state, found.lengths, found.pace) == (state, (length,), pytest.approx(pace))


def test_a_line_that_does_not_fit_runs_on_only_where_it_is_free() -> None:
    assert fit([extent(300)], SECOND, 2 * SECOND).state == "ran_on"
    assert fit([extent(300)], SECOND, 2 * SECOND).lengths == (int(1.5 * SECOND),)
    assert fit([extent(300)], SECOND, SECOND).state == "left_out"
    assert fit([], SECOND, SECOND).state == "silent"


def test_how_far_a_line_is_slowed_can_be_said() -> None:
    assert fit([extent(100)], 2 * SECOND, 2 * SECOND, stretch=1.0).lengths == (SECOND,)
    assert fit([extent(100)], 2 * SECOND, 2 * SECOND, stretch=2.0).lengths == (2 * SECOND,)


EXTENTS = st.builds(
    lambda frames, least, most: extent(frames, least, most), st.integers(10, 2000), st.floats(0.5, 1), st.floats(1, 2)
)


@given(st.lists(EXTENTS, min_size=1, max_size=4), st.integers(0, 60 * SECOND), st.integers(0, 9), st.floats(1, 2))
def test_turns_fill_their_window_within_what_each_may_last(
    turns: list[Extent], window: int, more: int, stretch: float
) -> None:
    found = fit(turns, window, window + more * SECOND, stretch)
    total = sum(found.lengths)
    for length, turn in zip(found.lengths, turns, strict=True):
        assert turn.least <= length <= max(turn.most, turn.natural)
        assert length <= max(turn.natural * stretch, turn.natural)
    if found.state in ("fits", "squeezed"):
        assert total <= window
        assert total == window or (found.pace == 1 and found.state == "fits")
    else:
        assert total == sum(turn.least for turn in turns) > window
        assert (found.state == "ran_on") == (total <= window + more * SECOND)
    assert found.pace == pytest.approx(sum(turn.natural for turn in turns) / total)


WINDOWS = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 30)), min_size=1, max_size=12)


@given(WINDOWS, st.integers(0, 20))
def test_the_room_after_a_line_is_what_nobody_else_has(spans: list[tuple[int, int]], tail: int) -> None:
    windows = sorted((start, start + length) for start, length in spans)
    total = max(end for _, end in windows) + tail
    for place, ((start, end), room) in enumerate(zip(windows, rooms(windows, total), strict=True)):
        assert end - start <= room <= total - start
        others = np.zeros(total + 1, bool)
        for other, (low, high) in enumerate(windows):
            others[low:high] |= other != place
        free = 0
        while end + free < total and not others[end + free]:
            free += 1
        assert room - (end - start) <= free
        if not others[start:end].any():
            assert room - (end - start) == free


def test_a_window_without_length_has_the_room_up_to_the_next_line() -> None:
    assert rooms([(5, 5)], 9) == [4]
    assert rooms([(5, 5), (7, 9)], 9) == [2, 2]
    assert rooms([(5, 5), (5, 9)], 9) == [0, 4]
    assert rooms([(0, 9), (5, 5)], 9) == [9, 0]
