"""The text as spoken: tones over characters, spaces where they belong, and nothing of the text taken for HTML."""

import pytest

from studio.spoken import phone_lines, pinyin_of, spoken_line, spoken_rows, toned
from tts.text.reading import Reading, Segment, Word
from tts.timings import SegmentTiming


@pytest.mark.parametrize(
    ("syllable", "expected"),
    [
        ("zhong4", "zhòng"),
        ("lv3", "lǚ"),
        ("nve4", "nüè"),
        ("gui4", "guì"),
        ("liu2", "liú"),
        ("dou1", "dōu"),
        ("xiong2", "xióng"),
        ("ma5", "ma"),
        ("er2", "ér"),
        ("hm5", "hm"),
    ],
)
def test_tone_marks_stand_on_the_right_vowel(syllable: str, expected: str) -> None:
    assert toned(syllable) == expected


def test_tones_are_those_that_are_said() -> None:
    assert pinyin_of(Word("你好", "zh", ("ni3", "hao3"), ("n", "i2", "h", "ao3"))) == ("ní", "hǎo")


def test_erhua_is_an_r_over_its_character() -> None:
    assert pinyin_of(Word("花儿", "zh", ("hua1", "er5"), ("h", "ua1", "r1"))) == ("huā", "r")


def test_a_reading_that_does_not_fit_its_characters_is_left_out() -> None:
    assert pinyin_of(Word("〇一二", "zh", ("ling2",), ("l", "ing2"))) == ()
    assert pinyin_of(Word("hi", "en", None, ("HH", "AY1"))) == ()


def test_alphabets_have_spaces_and_characters_have_none() -> None:
    words = (
        Word("我", "zh", ("wo3",), ("uo3",)),
        Word("like", "en", None, ("L", "AY1", "K")),
        Word("it", "en", None, ("IH1", "T")),
        Word(",", None, None, ()),
        Word("really", "en", None, ("R", "IH1", "L", "IY0")),
        Word("好", "zh", ("hao3",), ("h", "ao3")),
        Word("吗", "zh", ("ma5",), ("m", "a5")),
    )
    line = spoken_line(Segment("", words, ()))
    assert line.count("</span> <span") == 4
    assert "like</span> <span" in line and "</ruby></span><span" in line and 'it</span><span class="yn-mark">,' in line


def test_text_is_never_taken_for_html() -> None:
    word = Word("<img src=x onerror=alert(1)>", "en", None, ("<b>",))
    reading = Reading("en", "", (Segment("", (word,), ()),), ())
    html = spoken_rows(reading, (SegmentTiming("", 0, 1),), "Play") + phone_lines(reading)
    assert "<img" not in html and "<b>" not in html and "&lt;img" in html


def test_every_segment_has_a_button_with_its_start() -> None:
    word = Word("好", "zh", ("hao3",), ("h", "ao3"))
    reading = Reading("zh", "", (Segment("", (word,), ()),) * 2, ())
    html = spoken_rows(reading, (SegmentTiming("", 0.04, 1), SegmentTiming("", 1.5, 2)), "Play")
    assert 'data-seek="0.040"' in html and 'data-seek="1.500"' in html
