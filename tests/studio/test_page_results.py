"""What can be done with a result, in the page: takes picked, similarity read, exported; readings kept in a glossary."""

import io
import re
from pathlib import Path

import soundfile
from pages import MARKS, TAKE, Open, fetched, generate, give, open_tab, ready, write

pytestmark = MARKS
TEXT = "他们重新排了一行字，银行的行长很高兴。\n今天天气不错，我们出去走走吧。"
PANEL = f"{TAKE} .yn-export"


def test_a_reading_used_everywhere_takes_picked_similarity_and_export(visit: Open, clip_file: Path) -> None:
    page = visit("en-GB")
    give(page, clip_file)
    write(page, TEXT)
    # Chosen for this place, and offered for all others.
    page.locator("#yn-said .yn-choice:has-text('行')").first.click()
    page.locator(".yn-popover:popover-open .yn-other").first.click()
    page.click("#yn-preview .yn-told .yn-everywhere")
    assert len(page.input_value("#yn-term [name=term]")) > 1
    page.click("[data-entry=leave]")
    write(page, "")
    write(page, TEXT)
    page.locator("#yn-said .yn-choice:has-text('行')").first.click()
    offered = page.locator(".yn-popover:popover-open .yn-everywhere").last
    reading = offered.get_attribute("data-reading") or ""
    offered.click()
    term = page.input_value("#yn-term [name=term]")
    assert "行" in term and len(term) > 1 and len(reading.split()) == len(term)
    assert page.input_value("#yn-term [name=reading]") == reading
    page.click("#yn-term [type=submit]")
    page.wait_for_selector(f"#yn-preview .yn-told >> text={term} = {reading}")
    page.click("#yn-terms > summary")
    assert page.inner_text("#yn-terms-rows th[scope=row]") == term and reading in page.inner_text("#yn-terms-rows")

    page.select_option("#yn-takes", "2")
    first = generate(page)
    page.wait_for_selector(f"{TAKE} .yn-likeness dd b")
    assert re.search(r"-?[01]\.\d\d\s+one person recorded twice: 0\.50", page.inner_text(".yn-likeness dd"))
    assert f"{term} {reading}" in " ".join(page.inner_text(f"{TAKE} .yn-facts").split())
    page.wait_for_function(
        "[...document.querySelectorAll('.yn-choose li')].every(row => /Similarity/.test(row.innerText))"
    )
    page.click(f"{TAKE} [data-pick]:not([disabled])")
    page.wait_for_selector(f"{TAKE}:not([data-take='{first}'])")
    second = page.get_attribute(TAKE, "data-take")
    page.reload()
    ready(page)
    page.wait_for_selector(f"{TAKE}[data-take='{second}'] [data-pick='{second}'][disabled]")

    plain, name = fetched(page)
    assert re.fullmatch(r"yinse-\d+\.wav", name)
    page.click(f"{PANEL} > summary")
    page.wait_for_selector(f"{PANEL} form[data-filled]")
    page.fill(f"{PANEL} [name=template]", "{voice}-{wrong}")
    page.click(f"{PANEL} [type=submit]")
    page.wait_for_selector(f"{PANEL} .yn-error >> text={{wrong}}")
    page.select_option(f"{PANEL} [name=rate]", "48000")
    page.select_option(f"{PANEL} [name=bits]", "24")
    page.fill(f"{PANEL} [name=loudness]", "-23")
    page.fill(f"{PANEL} [name=template]", "{voice}-{language}-{n}")
    content, name = fetched(page, f"{PANEL} [type=submit]")
    info = soundfile.info(io.BytesIO(content))
    assert name == "someone-zh-001.wav" and (info.samplerate, info.subtype) == (48000, "PCM_24")
    assert info.frames == 2 * soundfile.info(io.BytesIO(plain)).frames
    page.wait_for_selector(f"{PANEL} .yn-export-state >> text=LUFS")
    told = re.search(r"(-\d+\.\d) LUFS", page.inner_text(f"{PANEL} .yn-export-state"))
    assert told and abs(float(told[1]) + 23) <= 0.5
    # The quick download is named so too; what was chosen is there after a reload, and in the history.
    assert fetched(page)[1] == "someone-zh-001.wav"
    open_tab(page, "history")
    page.wait_for_selector(f"#yn-history-rows > li:first-child >> text={term} = {reading}")
    page.click("#yn-history .yn-export > summary")
    page.wait_for_function("document.querySelector('#yn-history .yn-export [name=template]').value !== ''")
    assert page.input_value("#yn-history .yn-export [name=bits]") == "24"


def test_a_segment_in_three_ways_is_heard_alone_and_picked(visit: Open, clip_file: Path) -> None:
    page = visit("zh-CN")
    give(page, clip_file)
    write(page, "第一句话在这里。\n第二句话也在这里。\n第三句话说完了。")
    first = generate(page)
    page.click(f"{TAKE} [data-several='1']")
    page.wait_for_selector(f"{TAKE}:not([data-take='{first}'])")
    assert "第 2 段的 4 种说法" in page.inner_text(".yn-choose h3")
    row = page.locator(".yn-choose li").nth(1)
    start, end = (float(row.get_attribute(name) or 0) for name in ("data-from", "data-until"))
    row.locator(".yn-play").click()
    page.wait_for_function(f"document.querySelector('.yn-choose li:nth-child(2) audio').currentTime > {start}")
    page.wait_for_function("document.querySelector('.yn-choose li:nth-child(2) audio').paused")
    assert start < page.evaluate("document.querySelector('.yn-choose li:nth-child(2) audio').currentTime") < end + 0.6
    page.click(f".yn-choose [data-pick='{first}']")
    page.wait_for_selector(f"{TAKE}[data-take='{first}']")


def test_the_glossary_is_edited_searched_and_carried_as_a_file(visit: Open, tmp_path: Path) -> None:
    page, stranger = visit("ja-JP", width=390), visit("ja-JP")
    page.click("#yn-terms > summary")
    page.wait_for_selector("#yn-terms-none:not([hidden])")
    page.click("[data-entry=add]")
    page.fill("#yn-term [name=term]", "行")
    page.fill("#yn-term [name=reading]", "xyz9")
    page.click("#yn-term [type=submit]")
    page.wait_for_selector("#yn-term .yn-error >> text=存在しません")
    page.fill("#yn-term [name=term]", "重庆")
    page.fill("#yn-term [name=reading]", "chong2 qing4")
    page.select_option("#yn-term [name=language]", "zh")
    page.click("#yn-term [type=submit]")
    page.wait_for_selector("#yn-terms-rows >> text=chong2 qing4")
    own = tmp_path / "mine.txt"
    own.write_text("上手 = じょうず\nだめ\n", encoding="utf-8")
    page.set_input_files("#yn-terms-import", own)
    page.wait_for_selector("#yn-terms-state .yn-wrong >> text=2 行目")
    page.wait_for_selector("#yn-terms-rows tr:nth-child(2)")
    page.click("tr[data-term=重庆] [data-entry=edit]")
    page.fill("#yn-term [name=reading]", "zhong4 qing4")
    page.click("#yn-term [type=submit]")
    page.wait_for_selector("#yn-terms-rows >> text=zhong4 qing4")
    content, name = fetched(page, "#yn-terms-export")
    assert name == "yinse-glossary.yaml" and "重庆: zhong4 qing4" in content.decode()
    page.fill("#yn-terms-search", "じょう")
    page.wait_for_function("document.querySelectorAll('#yn-terms-rows tbody tr').length === 1")
    page.click("[data-entry=delete]")
    page.click("#yn-ask [type=submit]")
    page.fill("#yn-terms-search", "")
    page.wait_for_function("document.querySelector('#yn-terms-count').textContent === '1'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert stranger.inner_text("#yn-terms-count") == ""
    assert stranger.locator("#yn-terms-rows tr").count() == 0
