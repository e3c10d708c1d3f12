"""Batches and dubs in the page: a file up, a voice chosen, the work watched, heard, taken along, found again."""

import io
import zipfile
from pathlib import Path

import soundfile
from pages import MARKS, Open, fetched, give, open_tab, ready

ROWS = "#yn-batch-rows > li"
LINES = "#yn-dub-rows > li"
SUBTITLES = """1
00:00:00,500 --> 00:00:02,500
[Anna] Hello there.

2
00:00:03,000 --> 00:00:05,000
你好。
"""

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


def test_subtitles_become_a_track_and_are_there_after_a_reload(visit: Open, clip_file: Path, tmp_path: Path) -> None:
    film = tmp_path / "film.srt"
    film.write_text(SUBTITLES)
    page = visit(width=390, dark=True)
    give(page, clip_file)
    open_tab(page, "dub")
    page.set_input_files("#yn-dub-file", film)
    page.wait_for_selector("#yn-dub-cast select[data-name=Anna] option >> text=someone.wav", state="attached")
    page.select_option("#yn-dub-cast select", label="someone.wav")
    page.click("#yn-dub-plan")
    page.wait_for_selector(f"{LINES}:is([data-state=fits], [data-state=squeezed])")
    page.click("#yn-dub-make:not([disabled])")
    page.wait_for_selector("#yn-dub-result .yn-player")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.click("#yn-dub-result .yn-play")
    page.wait_for_function("document.querySelector('#yn-dub-result audio').currentTime > 0.1")
    content, name = fetched(page, "#yn-dub-result .yn-primary")
    assert name == "yinse-dub.wav" and soundfile.info(io.BytesIO(content)).frames == 5.5 * 24000
    page.reload()
    ready(page)
    page.wait_for_selector("#yn-dub-result .yn-player")
    assert page.input_value("#yn-dub-text") == SUBTITLES and page.inner_text("#yn-dub-name") == "film.srt"
    page.click("#yn-dub-delete")
    page.click("#yn-ask [type=submit]")
    page.wait_for_selector("#yn-dub-none:visible")
