"""Marks become pauses, written pauses keep their length, and long texts are cut at the boundaries of their sense."""

import pytest

from tts.text.frontend import read
from tts.text.phones import PAUSES, VOWELS
from tts.text.reading import Segment


def pauses(text: str) -> list[list[str]]:
    """The pauses of each segment, edges left out; written ones with their length."""
    return [
        [
            token.phone if token.seconds is None else f"{token.phone}={token.seconds:g}"
            for token in segment.tokens
            if token.phone in PAUSES and token.phone != "edge"
        ]
        for segment in read(text).segments
    ]


def size(segment: Segment) -> int:
    return sum(token.phone in VOWELS and token.phone != "erhua" for token in segment.tokens)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("你好", [["stop"]]),
        ("你好。", [["stop"]]),
        ("你好？", [["question"]]),
        ("你好！", [["exclaim"]]),
        ("真的？！", [["question"]]),
        ("你好，世界；再见：完", [["comma", "semicolon", "colon", "stop"]]),
        ("苹果、梨", [["list", "stop"]]),
        ("我……不去", [["ellipsis", "stop"]]),
        ("等等...好", [["ellipsis", "stop"]]),
        ("你好——世界", [["comma", "stop"]]),
        ("yes - no -- maybe", [["comma", "comma", "stop"]]),
        ("well-known", [["stop"]]),
        ("他（小王）来了", [["comma", "comma", "stop"]]),
        ("《红楼梦》很好看", [["stop"]]),
        ("他说：“好。”走了。", [["colon", "stop"], ["stop"]]),
        ("一行\n两行", [["stop"], ["stop"]]),
        ("床前明月光，\n疑是地上霜。", [["comma", "stop"]]),
        ("this line\ngoes on", [["stop"]]),
        ("First.\n\nSecond", [["stop"], ["stop"]]),
        ("你好[[0.6s]]世界", [["pause=0.6", "stop"]]),
        ("你好，[[600ms]]世界", [["pause=0.6", "stop"]]),
        ("你好[[0.6s]]，世界", [["pause=0.6", "stop"]]),
        ("你好[[0.5s]][[0.5s]]世界", [["pause=1", "stop"]]),
        ("你好？[[1s]]再见", [["question=1"], ["stop"]]),
        ("你好[[1s]]？", [["question=1"]]),
        ("你好。\n[[1s]]\n再见", [["stop=1"], ["stop"]]),
        ("你好[[1s]]", [["stop=1"]]),
    ],
)  # fmt: skip
def test_marks_make_the_pauses_a_reader_makes(text: str, expected: list[list[str]]) -> None:
    assert pauses(text) == expected


def test_a_pause_before_the_first_word_lengthens_the_edge() -> None:
    tokens = read("[[1s]]你好").segments[0].tokens
    assert (tokens[0].phone, tokens[0].seconds) == ("edge", 1.0)
    assert tokens[1].phone not in PAUSES


def test_a_long_text_is_cut_into_even_segments() -> None:
    text = "今天天气很好，我们一起去公园散步，" * 40 + "晚上才回家。"
    sizes = [size(segment) for segment in read(text, longest=60).segments]
    assert max(sizes) <= 60 and min(sizes) >= 30


def test_without_marks_it_is_cut_between_words() -> None:
    reading = read("我们今天在学校里学习了很多新的知识" * 20, longest=40)
    assert all(size(segment) <= 44 for segment in reading.segments)
    assert "".join(segment.text for segment in reading.segments) == "我们今天在学校里学习了很多新的知识" * 20
    assert reading.segments[0].tokens[-1].phone == "comma"


def test_a_number_and_a_written_reading_are_never_cut() -> None:
    text = "总数是123456789012，" + "[重庆银行]{chong2 qing4 yin2 hang2}" * 12
    reading = read(text, longest=10)
    words = [word.text for segment in reading.segments for word in segment.words]
    assert "一千二百三十四亿五千六百七十八万九千零一十二" in words
    assert all(len(segment.tokens) > 2 for segment in reading.segments)


def test_a_single_character_and_two_thousand_are_read() -> None:
    assert len(read("好").segments) == 1
    assert sum(size(segment) for segment in read("我们都喜欢听好听的故事。" * 170).segments) == 170 * 11


def test_words_and_tokens_point_at_each_other() -> None:
    segment = read("我用ChatGPT，写邮件。").segments[0]
    said = {segment.words[token.word].text for token in segment.tokens if token.phone not in PAUSES}
    assert said == {word.text for word in segment.words if word.phones}
    comma = next(token for token in segment.tokens if token.phone == "comma")
    assert segment.words[comma.word].text == "，"
