"""How a text will be said, as the page asks for it: what is shown of it, where, and what goes wrong."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from studio.places import Places
from studio.said import MOST_SEGMENTS, facts, said
from tts.text.frontend import read
from tts.text.reading import Choice, Reading

Browsers = Callable[[], TestClient]


def ask(client: TestClient, text: str, page: str = "en", **over: object) -> dict[str, str]:
    question = json.dumps({"text": text, **over})
    answer = client.post("/studio/preview", content=question, headers={"accept-language": page})
    assert answer.status_code == 200
    told: dict[str, str] = answer.json()
    return told


def bare(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def chosen(text: str, character: str, sureness: float = 0.6, others: tuple[str, ...] = ("xing2",)) -> Reading:
    """The reading of a text in which each `character` was a choice."""
    reading = read(text)
    segments = tuple(
        replace(
            segment,
            choices=tuple(
                Choice(number, place, character, (word.pinyin or ())[place], sureness, others)
                for number, word in enumerate(segment.words)
                for place, letter in enumerate(word.text)
                if letter == character
            ),
        )
        for segment in reading.segments
    )
    return replace(reading, segments=segments)


def test_every_word_is_shown_with_its_language_and_its_sounds(browser: Browsers) -> None:
    client = browser()
    told = ask(client, "我用 video。값이")
    html = told["html"]
    assert "<ruby>我<rt>wǒ</rt></ruby>" in html and "V IH1 D IY0 OW0" in html and "갑씨" in html
    assert '<i class="yn-high">シ</i>' in ask(client, "橋", language="ja")["html"]
    for tag, name in (("zh", "Chinese"), ("en", "English"), ("ko", "Korean")):
        assert f'<abbr title="{name}">{tag}</abbr>' in html
    assert "Segments <b>2</b>" in told["facts"]


def test_a_written_pause_shows_its_length(browser: Browsers) -> None:
    assert "Pause 0.6 s" in ask(browser(), "你好[[0.6s]]世界")["html"]


def test_what_cannot_be_said_is_listed(browser: Browsers) -> None:
    html = ask(browser(), "你好 ไทย", page="zh")["html"]
    assert "无法朗读" in html and "<code>ไทย</code>" in html


def test_a_wrong_reading_is_a_sentence_that_marks_its_place(browser: Browsers) -> None:
    told = ask(browser(), "去[重庆]{chong2 qing9}吧", page="zh")
    assert "<mark>qing9</mark>" in told["html"] and 'data-column="14" data-length="5"' in told["html"]
    assert told["facts"] == "" and told["glossary"] == ""


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"language": "xx"}, "text_language"),
        ({"longest": 3}, "option_value"),
        ({"emoji": ["<b>"]}, "option_value"),
        ({"text": "好" * 20001}, "text_too_long"),
        ({"text": "！？"}, "text_unsayable"),
        ({"text": "\ud800"}, "text_unsayable"),
    ],
)
def test_what_cannot_work_is_a_sentence(browser: Browsers, over: dict[str, object], code: str) -> None:
    assert f'data-code="{code}"' in ask(browser(), **({"text": "好"} | over))["html"]  # type: ignore[arg-type]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100000])
def test_what_is_no_question_is_refused(browser: Browsers, body: bytes) -> None:
    assert browser().post("/studio/preview", content=body).status_code == 400


def test_no_text_is_no_mistake_but_a_wrong_glossary_is(browser: Browsers) -> None:
    client = browser()
    assert ask(client, " ") == {"html": "", "facts": "", "glossary": ""}
    assert "text_glossary_line" in ask(client, " ", glossary="重庆")["glossary"]


def test_the_settings_of_the_text_hold(browser: Browsers) -> None:
    client = browser()
    long = "今天天气很好我们去公园走走然后回家吃饭再看一会儿电视"
    assert "Segments <b>1</b>" in ask(client, long, longest=60)["facts"]
    assert "Segments <b>1</b>" not in ask(client, long, longest=10)["facts"]
    assert "kuò" not in ask(client, "囧")["html"] and "kuò" in ask(client, "囧", glossary="囧 = kuo4")["html"]
    assert "😀" in bare(ask(client, "好😀")["html"])
    spoken = bare(ask(client, "好😀", emoji="speak")["html"])
    assert "😀" not in spoken and "嘿" in spoken


def test_text_is_never_taken_for_html(browser: Browsers) -> None:
    client = browser()
    for text in ("<img src=x onerror=alert(1)>好", "[<b>]{", "[<b>x</b>]{chong9}", "<minute|<img src=x>>"):
        told = ask(client, text, glossary="<b> = <img src=x>")
        assert "<img" not in told["html"] + told["glossary"] and "<b>x" not in told["html"]


def test_a_long_text_is_shown_to_a_limit_and_counted_whole() -> None:
    text = "你好。" * (MOST_SEGMENTS + 7)
    reading = read(text)
    html = said(text, reading, "en")
    assert html.count("<li>") == MOST_SEGMENTS and "Segments not shown: 7." in html
    assert f"<b>{2 * len(reading.segments)}</b>" in facts(reading, "en")


def test_a_choice_can_be_seen_and_changed() -> None:
    text = "他在银行排队。"
    html = said(text, chosen(text, "行"), "en")
    assert "行 is read háng, 60 % sure" in html and "yn-unsure" in html
    assert 'data-override="[行]{xing2}" data-at="3"' in html and "<b>xíng</b>" in html
    sure = chosen(text, "行", 0.997)
    assert "yn-unsure" not in said(text, sure, "en") and "99 % sure" in said(text, sure, "en")
    assert "Unsure readings <b>1</b>" in facts(chosen(text, "行"), "en") and "Unsure" not in facts(sure, "en")


@pytest.mark.parametrize(
    ("text", "character", "expected"),
    [
        ("银行，行长。", "行", [1, 3]),
        ("[银行]{yin2 hang2}的银行", "行", [None, 18]),
        ("花了 1000 元，千万别说", "千", [None, 10]),
        ("2 百米，百米", "百", [2, 5]),
        ("😀银行", "行", [2]),
    ],
)
def test_a_character_is_found_where_it_was_typed(text: str, character: str, expected: list[int | None]) -> None:
    reading = read(text)
    places = Places(text, reading)
    found = [
        places.of((place, number, letter))
        for place, segment in enumerate(reading.segments)
        for number, word in enumerate(segment.words)
        for letter, sign in enumerate(word.text)
        if sign == character
    ]
    assert found == expected
    assert all(text[place] == character for place in found if place is not None)
