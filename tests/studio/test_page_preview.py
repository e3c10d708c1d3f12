"""How the text will be said, in the page: while it is typed, and when a reading is chosen."""

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from pages import MARKS, Open, write

from studio.said import said
from tts.text.frontend import read
from tts.text.reading import Choice

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = MARKS

SAID = "#yn-said .yn-segments"


def test_the_reading_follows_what_is_typed_and_its_settings(visit: Open) -> None:
    page = visit("zh-CN")
    page.locator("#yn-text textarea").press_sequentially("重庆很好")
    page.wait_for_selector(f"{SAID} >> text=chóng")
    write(page, "去[重庆]{chong2 qing9}吧")
    page.wait_for_selector("#yn-said mark >> text=qing9")
    page.click("#yn-said [data-line]")
    assert page.evaluate("getSelection().toString()") == "qing9"
    page.click("#yn-reading button")
    page.fill("#yn-glossary textarea", "囧")
    page.wait_for_selector("#yn-glossary-problem .yn-error")
    page.fill("#yn-glossary textarea", "囧 = kuo4")
    page.fill("#yn-longest [type=number]", "10")
    page.locator("#yn-longest [type=number]").press("Tab")
    write(page, "他囧了，今天天气很好，我们去公园走走，然后回家吃饭。")
    page.wait_for_selector(f"{SAID} >> text=kuò")
    page.wait_for_selector(f"{SAID} > li:nth-child(2)")
    assert page.locator("#yn-glossary-problem .yn-error").count() == 0

    page.click("text=English")
    page.wait_for_selector("text=How it will be said")
    page.wait_for_selector(f"{SAID} >> text=kuò")
    page.wait_for_selector(f"{SAID} > li:nth-child(2)")
    page.click("#yn-reading button")
    page.wait_for_selector("#yn-glossary textarea")
    assert page.input_value("#yn-glossary textarea") == "囧 = kuo4"
    assert page.input_value("#yn-longest [type=number]") == "10"


def test_keys_in_quick_succession_are_asked_about_once(visit: Open) -> None:
    page = visit("zh-CN")
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(str(sent.post_data)) if sent.url.endswith("/preview") else None)
    page.evaluate("for (const text of ['重', '重庆', '重庆很好']) yinse.preview(text, 'auto', 200, 'drop', '')")
    page.wait_for_selector(f"{SAID} >> text=chóng")
    # The page itself asks about its empty field once, when it has come up.
    assert [text for question in asked if (text := json.loads(question)["text"])] == ["重庆很好"]


def test_a_late_answer_never_replaces_a_newer_one(visit: Open) -> None:
    page = visit()
    waiting: list[Route] = []
    page.route("**/studio/preview", lambda asked: waiting.append(asked))

    def wait_for(count: int) -> None:
        for _ in range(600):
            if len(waiting) == count:
                return
            page.wait_for_timeout(50)
        raise AssertionError(f"{len(waiting)} questions came, not {count}")

    write(page, "hello")
    wait_for(1)
    write(page, "goodbye")
    page.wait_for_timeout(700)
    assert len(waiting) == 1
    waiting[0].fulfill(json={"html": "OLD", "facts": "", "glossary": ""})
    wait_for(2)
    waiting[1].continue_()
    page.wait_for_selector(f"{SAID} >> text=goodbye")
    assert "OLD" not in page.inner_text("#yn-said")


def test_another_reading_of_a_character_is_chosen_with_the_keyboard(visit: Open) -> None:
    page = visit("zh-CN", 390)
    text = "😀他在银行排队。"
    reading = read(text)
    choice = Choice(2, 1, "行", "hang2", 0.62, ("xing2", "heng2"))
    shown = replace(reading, segments=(replace(reading.segments[0], choices=(choice,)),))
    answer = {"html": said(text, shown, "zh"), "facts": "", "glossary": ""}

    def unsure(route: "Route") -> None:
        # However often the page asks while the text is typed.
        if (route.request.post_data_json or {}).get("text") == text:
            route.fulfill(json=answer)
        else:
            route.continue_()

    page.route("**/studio/preview", unsure)
    write(page, text)
    page.focus(".yn-choice")
    page.keyboard.press("Enter")
    page.wait_for_selector(".yn-popover:popover-open >> text=62%")
    box = page.locator(".yn-popover:popover-open").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390
    page.keyboard.press("Escape")
    assert page.locator(".yn-popover:popover-open").count() == 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.input_value("#yn-text textarea") == "😀他在银[行]{xing2}排队。"
    page.wait_for_selector(f"{SAID} >> text=xíng")
    page.keyboard.press("Control+z")
    assert page.input_value("#yn-text textarea") == text
    page.wait_for_selector(f"{SAID} >> text=háng")
