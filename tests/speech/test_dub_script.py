"""A script is read as its lines, each with who says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.dubbing.cast import check_cast
from tts.dubbing.script import parse_script
from tts.errors import OptionError, ReferenceClipError, TextError


def lines(text: str, **options: object) -> list[tuple[str, str]]:
    document = parse_script(text, **options)  # type: ignore[arg-type]
    return [(turn.speaker, turn.text) for line in document.lines for turn in line.turns]


def test_every_row_is_a_line_and_a_row_without_a_name_is_the_last_speakers() -> None:
    text = "甲：你好。\n乙: 是吗？\n\n还有谁？\n[甲] 没有了。\r\nDr. Smith: Yes: of course."
    assert lines(text) == [
        ("甲", "你好。"), ("乙", "是吗？"), ("乙", "还有谁？"), ("甲", "没有了。"), ("Dr. Smith", "Yes: of course."),
    ]  # fmt: skip


def test_a_story_has_no_speakers_in_front_of_its_colons() -> None:
    text = "It was late.\nNote: nobody came.\n10:30 had passed.\nhttp://a.b/c\nThe end.\nAt last, he said: go."
    assert [speaker for speaker, _ in lines(text)] == [""] * 6
    assert lines(text)[1][1] == "Note: nobody came."


def test_a_name_that_comes_again_or_is_known_is_a_speaker() -> None:
    text = "It was late.\nAnna: Go.\nHe went.\nAnd came.\nAnd saw.\n"
    assert {speaker for speaker, _ in lines(text)} == {""}
    assert [speaker for speaker, _ in lines(text, known=["ANNA"])] == ["", "Anna", "Anna", "Anna", "Anna"]
    assert lines(f"{text}Anna: Now.")[1] == ("Anna", "Go.")


def test_directions_are_not_spoken_and_pauses_are_kept() -> None:
    document = parse_script(
        "甲：（笑）走吧。\n（关门声）\n[[1.5s]]\n乙：好。\n甲：[[500ms]]\n甲：[重]{chong2}来。\n[[2s]]"
    )
    assert [(line.text, line.unspoken, line.pause) for line in document.lines] == [
        ("走吧。", ("（笑）",), 0), ("", ("（关门声）",), 0), ("好。", (), 1.5), ("[重]{chong2}来。", (), 0.5),
        ("", (), 2.0),
    ]  # fmt: skip
    assert lines("甲：（笑）走吧。", descriptions="speak") == [("甲", "（笑）走吧。")]


@pytest.mark.parametrize("text", ["", " \n\n", "（关门声）", "甲：\n乙："])
def test_a_script_that_says_nothing_is_told(text: str) -> None:
    with pytest.raises(TextError) as caught:
        parse_script(text)
    assert caught.value.code == "text_empty"


def test_who_has_no_voice_is_told_before_the_work() -> None:
    document = parse_script("甲：一\n乙：二\n甲：三")
    assert [(remark.code, remark.details) for remark in check_cast(document, {"乙": 0}, True)] == [
        ("dub_no_voice", {"name": "甲", "rows": "1, 3"})
    ]
    assert not check_cast(document, {"甲": 0, "乙": 0}, False)
    with pytest.raises(OptionError, match=r"甲.*1, 3") as caught:
        check_cast(document, {"乙": 0}, False)
    assert caught.value.code == "option_cast_missing"
    with pytest.raises(ReferenceClipError):
        check_cast(parse_script("一"), {"乙": 0}, False)


@given(st.text(alphabet="甲A:： \n[]{}()（）。.【】<>|-0s♪", max_size=60))
def test_no_script_is_too_broken_to_be_answered(text: str) -> None:
    try:
        document = parse_script(text)
    except TextError:
        return
    assert all(turn.text.strip() for line in document.lines for turn in line.turns)
