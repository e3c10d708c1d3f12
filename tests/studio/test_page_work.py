"""Batches in the page: a file up, a voice chosen, the work watched, heard, taken along, found again."""

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from pages import MARKS, Open, fetched, give, open_tab, ready

from studio.words import say

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROWS = "#yn-batch-rows > li"

pytestmark = MARKS


def test_a_table_becomes_takes_and_a_zip_and_is_there_after_a_reload(
    visit: Open, clip_file: Path, tmp_path: Path
) -> None:
    table = tmp_path / "句子.csv"
    table.write_bytes("text,speed\n今天天气很好，我们一起去公园散步吧。,2\n错了,9\n再见。,2\n".encode("gb18030"))
    page = visit("zh-CN")
    give(page, clip_file)
    open_tab(page, "batch")
    page.wait_for_selector("#yn-batch-voice option >> text=someone.wav", state="attached")
    page.set_input_files("#yn-batch-file", table)
    page.wait_for_selector("#yn-batch-told .yn-wrong >> text=语速")
    assert "第 3 行" in page.inner_text("#yn-batch-told")
    page.click("#yn-batch-start")
    page.wait_for_selector(f"{ROWS}[data-row='4'][data-state=done]")
    page.click(f"{ROWS}[data-row='2'] .yn-play")
    page.wait_for_function(f"document.querySelector(`{ROWS}[data-row='2'] audio`).currentTime > 0.1")
    content, name = fetched(page, "#yn-batch-zip")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert name == "yinse-batch.zip" and "0004-再见.wav" in file.namelist()
    page.reload()
    ready(page)
    page.wait_for_selector(f"{ROWS}[data-row='3'][data-state=failed]")
    other = visit()
    open_tab(other, "batch")
    other.wait_for_selector("#yn-batch-voice option", state="attached")
    assert other.locator(ROWS).count() == 0
    other.fill("#yn-batch-text", "Hello.")
    other.locator("#yn-batch-voice").evaluate("select => select.replaceChildren()")
    other.click("#yn-batch-start")
    other.wait_for_selector("#yn-batch-error .yn-error")


def test_a_voice_goes_along_with_its_reference_until_it_is_chosen(visit: Open, clip_file: Path) -> None:
    page = visit()
    give(page, clip_file)
    open_tab(page, "batch")
    page.wait_for_selector("#yn-batch-voice option >> text=someone.wav", state="attached")
    first = page.input_value("#yn-batch-voice")
    second = cut_anew(page)
    assert second != first and page.input_value("#yn-batch-voice") == second
    page.select_option("#yn-batch-voice", second)
    assert cut_anew(page) != second
    page.wait_for_selector(f"#yn-batch-voice option >> text={say('en', 'js.voice_earlier')}", state="attached")
    assert page.input_value("#yn-batch-voice") == second


def cut_anew(page: "Page") -> str:
    """A second less of the reference, and back to the batch; the reference that it is now."""
    before = page.evaluate("yinse.clip()")
    open_tab(page, "clone")
    if not page.is_visible("[data-trim=start]"):
        page.click("#yn-tune summary")
    page.focus("[data-trim=start]")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("before => yinse.clip() && yinse.clip() !== before", arg=before)
    open_tab(page, "batch")
    now: str = f"clip:{page.evaluate('yinse.clip()')}"
    page.wait_for_selector(f"#yn-batch-voice option[value='{now}']", state="attached")
    return now
