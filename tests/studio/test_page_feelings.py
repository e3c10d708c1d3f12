"""Where the emotion comes from, in the page: words, another clip, chance, sliders."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pages import MARKS, Open, generate, give, open_tab, ready, write

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = MARKS


def choose(page: "Page", source: str) -> None:
    page.click(f".yn-source-pill:has([value={source}])")


def settings(page: "Page", take: str) -> dict[str, Any]:
    answer = page.evaluate(f"fetch('./studio/takes/{take}').then(answer => answer.text())")
    found: dict[str, Any] = json.loads(answer)["settings"]
    return found


def value(page: "Page", name: str) -> float:
    return float(page.inner_text(f"output[for=yn-emotion-{name}]"))


def test_words_are_understood_while_they_are_written_and_wrong_ones_told(visit: Open, clip_file: Path) -> None:
    page = visit("zh-CN")
    give(page, clip_file)
    write(page, "你好，世界。")
    choose(page, "words")
    page.fill("#yn-emotion-words", "非常高兴")
    page.wait_for_selector("#yn-emotion-state >> text=/理解为：高兴 \\d/")
    assert value(page, "happy") > 0.3 and page.locator(".yn-radar circle").count() >= 1
    felt = settings(page, generate(page))
    assert felt["feeling"]["words"] == "非常高兴" and felt["emotion"][0] == pytest.approx(
        value(page, "happy"), abs=0.006
    )
    page.fill("#yn-emotion-words", "桌子")
    page.wait_for_selector("#yn-emotion-state .yn-error >> text=没有表示情感的词")
    assert value(page, "happy") == 0
    page.click("#yn-generate")
    page.wait_for_selector("#yn-error >> text=没有表示情感的词")

    open_tab(page, "history")
    page.click("#yn-history-rows [data-do=again]")
    page.wait_for_selector("#yn-emotion-state >> text=/理解为：高兴/")
    assert page.input_value("#yn-emotion-words") == "非常高兴"


def test_a_second_clip_gives_its_emotion_and_a_slider_goes_on_from_it(visit: Open, clip_file: Path) -> None:
    page = visit()
    choose(page, "clip")
    page.set_input_files("#yn-emotion-file", {"name": "x.wav", "mimeType": "audio/wav", "buffer": b"Dear reader " * 99})
    page.wait_for_selector("#yn-emotion-state .yn-error")
    page.set_input_files("#yn-emotion-file", clip_file)
    page.wait_for_selector("#yn-emotion-state >> text=/Heard in someone.wav: \\w/")
    heard = page.evaluate("window.yinse.emotion()")
    assert heard["source"] == "clip" and 0 < sum(heard["values"]) <= 1.000001
    page.fill("#yn-emotion-sad", "1")
    after = page.evaluate("window.yinse.emotion()")
    assert after["source"] == "sliders" and after["values"][2] == 1 and after["values"][0] == heard["values"][0]
    assert page.is_checked("[name=yn-source][value=sliders]")


def test_chance_varies_what_was_set_by_the_seed(visit: Open, clip_file: Path) -> None:
    page = visit()
    give(page, clip_file)
    write(page, "Hello there.")
    page.fill("#yn-emotion-happy", "0.5")
    choose(page, "random")
    page.fill("#yn-seed input", "4")
    first = settings(page, generate(page))["emotion"]
    again = settings(page, generate(page))["emotion"]
    page.fill("#yn-seed input", "5")
    other = settings(page, generate(page))["emotion"]
    assert first == again != other and max(first) == first[0] != 0.5
    page.fill("#yn-seed input", "")
    page.reload()
    ready(page)
    assert page.is_checked("[name=yn-source][value=random]") and value(page, "happy") == 0.5
