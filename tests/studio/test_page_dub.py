"""A dub in the page, the whole way: subtitles up, a line moved, heard, said again, the track, all of it found again."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile
from pages import MARKS, Open, fetched, give, open_tab, ready

if TYPE_CHECKING:
    from playwright.sync_api import Page

LINES = "#yn-dub-rows > .yn-line"
PANEL = "#yn-dub-rows > .yn-line-panel"
SUBTITLES = """1
00:00:00,500 --> 00:00:02,500
[Anna] Hello there.

2
00:00:03,000 --> 00:00:05,000
你好。
"""

pytestmark = MARKS


def open_line(page: "Page", place: int) -> None:
    page.click(f"{LINES}[data-row='{place}'] .yn-line-open")
    page.wait_for_selector(f"{PANEL}[data-panel='{place}']")


def make(page: "Page") -> np.ndarray:
    """The samples of the track that is made now."""
    sound = page.locator("#yn-dub-result audio")
    before = sound.get_attribute("src") if sound.count() else ""
    page.click("#yn-dub-make:not([disabled])")
    page.wait_for_selector(f"#yn-dub-result audio:not([src='{before}'])", state="attached")
    page.wait_for_selector("#yn-dub-make:not([disabled])")
    content, name = fetched(page, "#yn-dub-result .yn-primary")
    assert name == "yinse-dub.wav"
    return np.asarray(soundfile.read(io.BytesIO(content), dtype="int16")[0])


def test_subtitles_are_edited_heard_and_become_a_track_that_is_there_after_a_reload(
    visit: Open, clip_file: Path, tmp_path: Path
) -> None:
    film = tmp_path / "film.srt"
    film.write_text(SUBTITLES)
    page = visit(width=390, dark=True)
    give(page, clip_file)
    open_tab(page, "dub")
    page.set_input_files("#yn-dub-file", film)
    page.wait_for_selector("#yn-dub-cast select[data-name=Anna] option >> text=someone.wav", state="attached")
    page.select_option("#yn-dub-cast select", label="someone.wav")

    # A line is moved by a button and by its time, and what cannot be is told and undone.
    open_line(page, 0)
    page.wait_for_selector(f"{LINES}[data-row='0']:not([data-state=''])")
    # Whoever came by the keyboard is where the row was.
    assert page.evaluate(f"document.activeElement.matches(\"{LINES}[data-row='0'] .yn-line-open\")")
    page.click("[data-nudge='end:-100']")
    page.wait_for_function("document.querySelector('#yn-dub-text').value.includes('00:00:02,400')")
    page.fill("#yn-line-end", "0:03.2")
    page.press("#yn-line-end", "Enter")
    page.wait_for_selector("#yn-line-error >> text=overlap")
    assert page.input_value("#yn-line-end") == "0:02.400"
    page.select_option("#yn-line-emotion", "happy")
    page.wait_for_selector("#yn-line-strength:visible")
    page.wait_for_selector(f"{LINES}[data-row='0']:not([data-state=''])")

    # It is heard before there is a track, as it is written by then: by a slow press of the button too.
    page.fill("#yn-line-words", "[Anna] Hello, you two.")
    page.hover("[data-line-do=hear]:not([disabled])")
    page.mouse.down()
    page.wait_for_timeout(300)
    page.mouse.up()
    page.wait_for_selector(f"{LINES}[data-row='0'] >> text=Hello, you two.")
    page.wait_for_function(f"document.querySelector('{PANEL} .yn-line-fields > .yn-player audio')?.currentTime > 0.1")
    assert page.evaluate("document.activeElement.matches('.yn-play')")
    page.set_input_files("#yn-dub-original-file", clip_file)
    page.wait_for_selector("#yn-dub-original-remove:visible")
    open_line(page, 1)
    page.click(f"{LINES}[data-row='0'] .yn-line-open")
    page.wait_for_selector(f"{PANEL} .yn-original")
    page.click(f"{PANEL} .yn-original .yn-play")
    page.wait_for_function(f"document.querySelector('{PANEL} .yn-original audio').currentTime > 0.1")
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    # One line said in another way leaves the other as it is.
    first = make(page)
    assert len(first) == 5.5 * 24000
    page.click("[data-line-do=again]:not([disabled])")
    page.wait_for_selector("[name=yn-line-take][value='1']:checked", state="attached")
    page.wait_for_selector("#yn-dub-result >> text=changed since")
    second = make(page)
    assert np.array_equal(first[3 * 24000 :], second[3 * 24000 :]) and not np.array_equal(first, second)

    page.reload()
    ready(page)
    page.wait_for_selector("#yn-dub-result .yn-player")
    assert "Hello, you two." in page.input_value("#yn-dub-text") and page.inner_text("#yn-dub-name") == "film.srt"
    assert "Happy · take 2" in page.inner_text(f"{LINES}[data-row='0']")
    open_line(page, 0)
    page.check("[name=yn-line-take][value='0']", force=True)
    page.wait_for_selector(f"{LINES}[data-row='0']:not(:has-text('take 2'))")
    assert np.array_equal(make(page), first)
    content, name = fetched(page, "#yn-dub-along a >> nth=0")
    assert name == "film.srt" and content.decode().startswith(
        "1\n00:00:00,500 --> 00:00:02,400\n[Anna] Hello, you two."
    )
    page.click("#yn-dub-delete")
    page.click("#yn-ask [type=submit]")
    page.wait_for_selector("#yn-ask", state="hidden")
    # What is written is there still, and its files; nothing of it is made.
    page.wait_for_selector(f"{LINES}[data-row='0'][data-state='']")
    assert page.inner_text("#yn-dub-result") == "" and page.is_hidden("#yn-dub-original-remove")
    assert fetched(page, "#yn-dub-along a >> nth=0")[0] == content
