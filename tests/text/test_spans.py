"""The language of every stretch of a text, which decides who reads its Han and says its numbers."""

import pytest

from tts.text.frontend import read
from tts.text.spans import spans


def cut(text: str, language: str = "auto") -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.language) for span in spans(text, language)]


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("今日は晴れ、明日は雨", [("今日は晴れ、明日は雨", "ja")]),
        ("東京。今日は晴れ。", [("東京。今日は晴れ。", "ja")]),
        ("我喜欢ラーメン。", [("我喜欢", "zh"), ("ラーメン。", "ja")]),
        ("他说さようなら就走了", [("他说", "zh"), ("さようなら", "ja"), ("就走了", "zh")]),
        ("값은 3개", [("값은 3개", "ko")]),
        ("我买了3個、りんごを3つ", [("我买了3個、", "zh"), ("りんごを3つ", "ja")]),
        ("I paid $5. 我付了5元。", [("I paid $5.", "en"), (" 我付了5元。", "zh")]),
        ("他说it cost 5 dollars就走", [("他说", "zh"), ("it cost 5 dollars", "en"), ("就走", "zh")]),
        ("我的iPhone 15很好", [("我的iPhone 15很好", "zh")]),
        ("𠮟られた", [("𠮟られた", "ja")]),
    ],
)
def test_a_text_is_cut_where_its_language_changes(text: str, stretches: list[tuple[str, str]]) -> None:
    assert cut(text) == stretches


@pytest.mark.parametrize(("language", "said"), [("zh", "三"), ("en", "three"), ("ja", "三"), ("ko", "삼")])
def test_the_language_asked_for_says_what_no_letter_tells(language: str, said: str) -> None:
    assert read("3", language).normalized == said


def test_every_character_is_in_a_span() -> None:
    text = "你好, hello! 3 ありがとう?? 값\n\n… 。 5"
    assert "".join(part for part, _ in cut(text)) == text


def test_numbers_take_the_language_they_stand_in() -> None:
    normalized = read("我买了3个，りんごを3つ、사과 3개, and I paid for 3 of them.").normalized
    assert normalized == "我买了三个，りんごを三つ、사과 세 개, and I paid for three of them."
