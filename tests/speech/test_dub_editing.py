"""A line of a file changed: its window or its words, and nothing else of the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.dubbing.document import Window
from tts.dubbing.editing import Source, milliseconds_of, subtitles_of, with_window, with_words, words_of
from tts.errors import TextError

SRT = """1
00:00:00,500 --> 00:00:02,500 X1:10
<i>[Anna] Hello there.</i>

2
00:00:03,000 --> 00:00:05,000
- 你好。
- 再见。

3
00:00:05,000 --> 00:00:06,000
(door slams)
"""
VTT = "WEBVTT\n\nNOTE mine\n\nfirst\n00:01.000 --> 00:02.000 align:start\n<v Anna>Hello &amp; bye.\n"


def test_a_window_moves_and_the_rest_of_the_file_stays() -> None:
    text = with_window(Source(SRT), 2, Window(450, 2400))
    assert text == SRT.replace("00:00:00,500 --> 00:00:02,500", "00:00:00,450 --> 00:00:02,400")
    moved = with_window(Source(VTT), 6, Window(0, 3_600_000))
    assert moved == VTT.replace("00:01.000 --> 00:02.000", "00:00:00.000 --> 01:00:00.000")


def test_words_change_and_the_rest_of_the_file_stays() -> None:
    assert words_of(Source(SRT)) == {
        2: "<i>[Anna] Hello there.</i>", 6: "- 你好。\n- 再见。", 11: "(door slams)",
    }  # fmt: skip
    assert with_words(Source(SRT), 6, "早。\n\n") == SRT.replace("- 你好。\n- 再见。", "早。")
    assert with_words(Source(SRT), 2, "One\nTwo") == SRT.replace("<i>[Anna] Hello there.</i>", "One\nTwo")
    script = "甲：你好。\n\n乙：很好。\n"
    assert words_of(Source(script)) == {1: "甲：你好。", 3: "乙：很好。"}
    assert with_words(Source(script), 3, "乙：再\n见。") == "甲：你好。\n\n乙：再 见。\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [(" \n", "text_line_empty"), ("Hi\n00:00:02,600 --> 00:00:02,700\nHo", "text_line_broken")],
)
def test_words_that_would_break_the_file_are_refused(words: str, code: str) -> None:
    with pytest.raises(TextError) as refused:
        with_words(Source(SRT), 2, words)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("window", "code"),
    [
        (Window(500, 500), "text_window_order"),
        (Window(500, 3001), "text_window_overlap"),
        (Window(9000, 25 * 3_600_000), "text_window_late"),
    ],
)
def test_windows_that_cannot_be_are_refused(window: Window, code: str) -> None:
    with pytest.raises(TextError) as refused:
        with_window(Source(SRT), 2, window)
    assert refused.value.code == code


def test_lines_that_overlap_already_may_be_moved_on() -> None:
    both = SRT.replace("00:00:02,500", "00:00:03,500")
    assert "00:00:03,400" in with_window(Source(both), 2, Window(500, 3400))
    # What nobody says is in nobody's way.
    assert "00:00:05,500" in with_window(Source(SRT), 6, Window(3000, 5500))


@pytest.mark.parametrize(
    ("written", "expected"),
    [("0:01.5", 1500), ("00:00:01,500", 1500), ("62.25", 62250), ("１：０２", 62000), ("1:00:00", 3_600_000)],
)
def test_a_time_is_read_as_people_write_it(written: str, expected: int) -> None:
    assert milliseconds_of(written) == expected


@pytest.mark.parametrize("written", ["", "soon", "-1", "0:61", "1:2:3:4", "1e3"])
def test_what_is_no_time_is_told(written: str) -> None:
    with pytest.raises(TextError) as refused:
        milliseconds_of(written)
    assert refused.value.code == "text_window_value"


@pytest.mark.parametrize("source", [SRT, VTT])
@pytest.mark.parametrize("ending", ["srt", "vtt"])
def test_subtitles_are_taken_along_in_both_forms(source: str, ending: str) -> None:
    before = Source(source).document()
    after = Source(subtitles_of(Source(source), ending)).document()
    assert [line.window for line in after.lines] == [line.window for line in before.lines]
    assert [line.turns for line in after.lines] == [line.turns for line in before.lines]


@given(st.integers(0, 2400), st.integers(1, 500))
def test_a_moved_window_is_the_one_that_is_read(start: int, length: int) -> None:
    text = with_window(Source(SRT), 2, Window(start, start + length))
    assert Source(text).document().lines[0].window == Window(start, start + length)
