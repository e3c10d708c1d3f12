"""Marks of manner reach the tokens between them, and change nothing of how a text is read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tts.emotion import EMOTIONS
from tts.errors import TextError
from tts.text.frontend import read
from tts.text.manners import EMOTION_NAMES, KNOWN, PLAIN, USUAL_VALUE, Style
from tts.text.phones import PAUSES


def styled(text: str) -> list[tuple[str, Style]]:
    """Each word that is said, and its style; every token of a word has the same."""
    found = []
    for segment in read(text).segments:
        for number, word in enumerate(segment.words):
            styles = {token.style for token in segment.tokens if token.word == number and token.phone not in PAUSES}
            assert len(styles) <= 1
            found += [(word.text, style) for style in styles]
    return found


def happy(value: float = USUAL_VALUE, speed: float = 1.0) -> Style:
    return Style((("happy", value),), speed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我[[happy 0.6]]很好[[/]]，你", [("我", PLAIN), ("很", happy(0.6)), ("好", happy(0.6)), ("你", PLAIN)]),
        ("go [[happy]]home[[/]] now", [("go", PLAIN), ("home", happy()), ("now", PLAIN)]),
        ("今日は[[喜び]]とても[[/]]寒い", [("今日は", PLAIN), ("とても", happy()), ("寒い", PLAIN)]),
        ("오늘은 [[기쁨 50%]]날씨가[[/]] 좋다", [("오늘은", PLAIN), ("날씨가", happy(0.5)), ("좋다", PLAIN)]),
        ("a [[speed 1.5]]b", [("a", PLAIN), ("b", Style(None, 1.5))]),
        ("a [[语速：0.8]]b", [("a", PLAIN), ("b", Style(None, 0.8))]),
        ("[[开心，语速 1.2]]好", [("好", happy(speed=1.2))]),
        ("[[sad 0.3, happy=0.4]]a", [("a", Style((("sad", 0.3), ("happy", 0.4))))]),
        ("[[HAPPY]]a", [("a", happy())]),
        ("［［高兴０．５］］好［［／］］", [("好", happy(0.5))]),
        ("[[neutral]]a", [("a", Style(()))]),
        ("[[happy 0]]a", [("a", happy(0.0))]),
    ],
)  # fmt: skip
def test_a_mark_sets_the_manner_of_what_follows(text: str, expected: list[tuple[str, Style]]) -> None:
    assert styled(text) == expected


def test_an_end_ends_the_innermost_and_what_a_mark_does_not_name_goes_on() -> None:
    text = "a [[happy]]b [[speed 2]]c [[sad]]d[[/]] e[[/speed]] f[[/happy]] g"
    sad = Style((("sad", USUAL_VALUE),), 2.0)
    assert [style for _, style in styled(text)] == [
        PLAIN, happy(), happy(speed=2.0), sad, happy(speed=2.0), happy(), PLAIN,
    ]  # fmt: skip


def test_a_manner_goes_over_the_borders_of_segments_until_it_ends() -> None:
    segments = read("[[happy]]你好。\n世界大。[[/]]好。").segments
    assert [{token.style for token in segment.tokens} for segment in segments] == [{happy()}, {happy()}, {PLAIN}]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("我[[happy]]很好。", "我很好。"),
        ("[[sad]]今天[[/]]很冷，[[happy]]我们去[[/]]河边。", "今天很冷，我们去河边。"),
        ("The [[happy]]old man[[/]], he said, left.", "The old man, he said, left."),
        ("今日は[[喜び]]とても[[/]]寒いです。", "今日はとても寒いです。"),
        ("오늘은 [[기쁨]]날씨가[[/]] 좋습니다.", "오늘은 날씨가 좋습니다."),
        ("他买了[[happy]]3个苹果[[/]]和2.5升水。", "他买了3个苹果和2.5升水。"),
    ],
)
def test_marks_between_words_change_nothing_of_the_reading(marked: str, plain: str) -> None:
    one, other = read(marked), read(plain)
    assert one.normalized == other.normalized
    assert [segment.ids() for segment in one.segments] == [segment.ids() for segment in other.segments]


def test_every_emotion_has_names_in_all_languages() -> None:
    assert set(EMOTION_NAMES.values()) == set(EMOTIONS)
    assert all(name in KNOWN for name in EMOTIONS)
    for emotion in EMOTIONS:
        names = [name for name, meaning in EMOTION_NAMES.items() if meaning == emotion]
        assert any("\u4e00" <= name[0] <= "\u9fff" for name in names)


def test_an_error_says_what_there_is_and_where() -> None:
    with pytest.raises(TextError) as caught:
        read("一行\n好[[angyr]]啊")
    message = caught.value.message("zh")
    assert "angyr" in message and "angry" in message and "第 2 行第 2 个字符" in message
    with pytest.raises(TextError, match=r"0\.5 to 2"):
        read("[[speed 3]]fast")


PARTS = ["好", "[[happy]]", "[[speed 2]]", "[[/]]", "[[0.5s]]", "，", "。", "abc "]


@given(st.lists(st.sampled_from(PARTS), max_size=12))
@settings(max_examples=200, deadline=None)
def test_any_row_of_marks_is_read_or_refused(parts: list[str]) -> None:
    try:
        reading = read("".join(parts))
    except TextError as error:
        assert error.code in ("text_empty", "text_unsayable", "text_manner_end", "text_pause")
        return
    assert parts.count("好") == reading.normalized.count("好")
