"""Subtitles: two lines of what can be read at a glance, cut at words, at marks where there are some, nothing lost."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tts.cues import LINE_WIDTH, LINES, cues, width
from tts.timings import SegmentTiming, Timings, WordTiming


def timed(*texts: str) -> Timings:
    """Words of .3 s each, Han in pairs, with a pause of a second between segments."""
    segments, words, now = [], [], 0.0
    for index, text in enumerate(texts):
        start = now
        for word in re.findall(r"[A-Za-z']+|[一-鿿]{1,2}", text):
            words.append(WordTiming(word, round(now, 2), round(now + 0.28, 2), index))
            now += 0.3
        segments.append(SegmentTiming(text, start, now))
        now += 1
    return Timings(tuple(segments), tuple(words), now)


LONG_ZH = (
    "今天天气很好，我们去河边走走，看见了很多人在放风筝，孩子们跑来跑去，"
    "非常热闹，大家都说“这样的日子真好”，一直玩到太阳下山才回家。"
)
LONG_EN = (
    "When she opened the old door, the wind came in at once; nobody had been here for years, and the dust lay on the "
    "chairs, on the table, and on the piano that once belonged to her mother."
)


@pytest.mark.parametrize("text", [LONG_ZH, LONG_EN])
def test_a_long_segment_becomes_cues_of_two_lines_that_hold_all_of_it(text: str) -> None:
    found = cues(timed(text))
    assert len(found) > 1
    assert all(len(cue.lines) <= LINES and max(map(width, cue.lines)) <= LINE_WIDTH for cue in found)
    joined = "".join(line for cue in found for line in cue.lines)
    assert joined.replace(" ", "") == text.replace(" ", "")
    assert all(left.end <= right.start for left, right in pairwise(found))


def test_lines_end_at_marks_where_they_can() -> None:
    lines = [line for cue in cues(timed(LONG_ZH)) for line in cue.lines]
    assert all(line[-1] in "，。”" for line in lines)
    assert not any(line[0] in "，。”" for line in lines)


def test_twenty_characters_fill_a_line() -> None:
    assert [len(cue.lines) for cue in cues(timed("好" * 20, "好" * 22))] == [1, 2]


def test_a_short_segment_is_one_cue_of_its_own_with_time_to_see_it() -> None:
    first, second = cues(timed("Yes.", "No."))
    assert (first.lines, first.segment, second.segment) == (("Yes.",), 0, 1)
    assert (first.start, first.end) == (0.0, 0.8)


WORDS = ["go", "home,", "extraordinarily", "“well”", "今天", "很好。", "走", "x" * 50]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
@settings(max_examples=150, deadline=None)
def test_whatever_the_words_no_line_is_too_wide_but_for_one_word(parts: list[str]) -> None:
    found = cues(timed(" ".join(parts)))
    for cue in found:
        assert 1 <= len(cue.lines) <= LINES
        assert all(width(line) <= LINE_WIDTH or "x" * 50 in line for line in cue.lines)
    assert [bit for cue in found for line in cue.lines for bit in line.split()] == parts
