"""What a person has here, in the page: history, library, presets; across reloads, restarts and browsers."""

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import soundfile
from pages import MARKS, TAKE, Open, Studio, fetched, generate, give, open_tab, ready, write

from studio.page import TABS

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROWS = "#yn-history-rows > li"
VOICES = "#yn-voices-rows > li"

pytestmark = MARKS


def play(page: "Page", player: str) -> None:
    page.wait_for_function("!yinse.liveIsOn()")
    page.click(f"{player} .yn-play")
    page.wait_for_function(f"document.querySelector('{player} audio').currentTime > 0.1")


def answer(page: "Page", text: str | None = None) -> None:
    """Say yes, or give the line of text that is asked for; then the page is free again."""
    if text is not None:
        page.fill("#yn-ask-text", text)
    page.click("#yn-ask [type=submit]")
    page.wait_for_selector("#yn-ask", state="hidden")


def test_the_history_finds_stars_notes_uses_again_exports_and_deletes(visit: Open, clip_file: Path) -> None:
    page = visit("zh-CN")
    give(page, clip_file)
    page.fill("#yn-seed input", "4")
    page.fill("#yn-emotion-happy", "0.4")
    write(page, "第一句话，慢慢说。")
    first = generate(page)
    page.fill("#yn-seed input", "")
    write(page, "另外一句。")
    generate(page)
    open_tab(page, "history")
    page.wait_for_selector(f"{ROWS}:nth-child(2)")
    assert "高兴 0.4" in page.inner_text(f"{ROWS}[data-take='{first}']")
    play(page, f'{ROWS}[data-take="{first}"]')

    page.fill("#yn-history-search", "慢慢")
    page.wait_for_function(f"document.querySelectorAll('{ROWS}').length === 1")
    page.click(f"{ROWS} [data-do=star]")
    page.wait_for_selector(f"{ROWS} [data-do=star][aria-pressed=true]")
    with page.expect_response("**/studio/takes/*"):
        page.fill(f"{ROWS} .yn-note-field", "很好")
        page.locator(f"{ROWS} .yn-note-field").press("Tab")
    page.reload()
    ready(page)
    page.wait_for_selector(f"{ROWS}:nth-child(2)")
    page.check("#yn-history-starred")
    page.wait_for_function(f"document.querySelectorAll('{ROWS}').length === 1")
    assert page.input_value(f"{ROWS} .yn-note-field") == "很好"

    page.click(f"{ROWS} [data-do=again]")
    page.wait_for_function("document.querySelector('#yn-text textarea').value === '第一句话，慢慢说。'")
    assert page.input_value("#yn-seed input") == "4" and page.input_value("#yn-emotion-happy") == "0.4"
    page.wait_for_selector("#yn-reference-state >> text=someone.wav")
    assert generate(page) != first

    open_tab(page, "history")
    page.uncheck("#yn-history-starred")
    page.wait_for_selector(f"{ROWS}:nth-child(3)")
    content, name = fetched(page, "[data-history=export]")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        told = json.loads(file.read("takes.json"))
        assert name == "yinse.zip" and len(told) == 3 and {take["note"] for take in told} == {"", "很好"}
        assert (
            told[-1]["settings"]["seed"] == 4 and soundfile.info(io.BytesIO(file.read(told[-1]["file"]))).duration > 0.5
        )
    page.check("#yn-history-all")
    page.click("[data-history=delete]")
    answer(page)
    page.wait_for_selector("#yn-history-none >> text=还没有生成过语音。")


def test_a_result_is_fetched_in_every_format_and_its_words_lead_through_it(visit: Open, clip_file: Path) -> None:
    page = visit()
    give(page, clip_file)
    write(page, "Hello there, how are you today? I am well.")
    generate(page)
    for ending, form in (("mp3", "MP3"), ("flac", "FLAC"), ("opus", "OGG")):
        page.click(f"{TAKE} .yn-menu summary")
        content, name = fetched(page, f"{TAKE} .yn-menu a >> text={ending.upper()}")
        assert name.endswith(f".{ending}") and soundfile.info(io.BytesIO(content)).format == form
    for ending, start in (("SRT", b"1\n00:00"), ("VTT", b"WEBVTT"), ("TextGrid", b"File type"), ("JSON", b"{")):
        page.click(f"{TAKE} .yn-menu summary")
        content, name = fetched(page, f"{TAKE} .yn-menu a >> text={ending}")
        assert content.startswith(start) and name.endswith(ending if ending == "TextGrid" else ending.lower())
    word = f"{TAKE} .yn-wordline button >> text=today"
    starts = float(page.get_attribute(word, "data-seek") or 0)
    page.click(word)
    page.wait_for_function(f"document.querySelector('{TAKE} audio').currentTime >= {starts}")
    page.wait_for_selector(f"{TAKE} .yn-wordline button.yn-now")


def test_speech_is_heard_before_it_is_finished(visit: Open, clip_file: Path) -> None:
    page = visit()
    give(page, clip_file)
    write(page, "这是一句不长也不短的话，说完了。" * 400)
    page.click("#yn-generate")
    page.wait_for_selector("#yn-live-now:not([hidden])")
    marks = page.evaluate("performance.getEntriesByType('mark').map(mark => mark.name)")
    assert {"yinse-click", "yinse-sound"} <= set(marks) and page.locator(TAKE).count() == 0
    page.click("#yn-cancel")
    page.wait_for_selector("#yn-live-now", state="hidden")
    page.wait_for_selector("#yn-error >> text=Cancelled")
    write(page, "好。")
    generate(page)
    page.wait_for_function("performance.getEntriesByName('yinse-sound').length === 2")
    page.uncheck("#yn-live-wanted")
    generate(page)
    assert not page.evaluate("yinse.liveIsOn()")


def test_what_a_browser_has_outlasts_a_restart_and_no_other_browser_finds_it(
    visit: Open, studio: Studio, clip_file: Path
) -> None:
    mine, other = visit("zh-CN", at=studio.address), visit("en-GB", at=studio.address)
    give(mine, clip_file)
    mine.click("#yn-clip-keep")
    mine.fill("#yn-keep [name=name]", "小明")
    mine.fill("#yn-keep [name=tags]", "旁白，温柔")
    mine.click("#yn-keep [type=submit]")
    mine.wait_for_selector("#yn-keep-state >> text=没有写明这是谁的声音")
    mine.fill("#yn-keep [name=whose]", "我自己")
    mine.click("#yn-keep [type=submit]")
    mine.wait_for_selector("#yn-keep-state >> text=没有确认说话人的同意")
    mine.check("#yn-keep [name=may]")
    mine.click("#yn-keep [type=submit]")
    mine.wait_for_selector(f"{VOICES} >> text=小明")
    voice = mine.get_attribute(VOICES, "data-voice")
    open_tab(mine, "clone")
    write(mine, "你好，世界。")
    take = generate(mine)
    mine.fill("#yn-speed [type=number]", "1.4")
    mine.locator("#yn-speed [type=number]").press("Tab")
    mine.click("[data-preset=keep]")
    answer(mine, "快一点")
    mine.wait_for_selector("#yn-presets option >> text=快一点", state="attached")
    preset = mine.input_value("#yn-presets")

    studio.stop()
    studio.start()
    mine.reload()
    ready(mine)
    assert mine.get_attribute(TAKE, "data-take") == take
    mine.fill("#yn-speed [type=number]", "0.8")
    mine.locator("#yn-speed [type=number]").press("Tab")
    mine.select_option("#yn-presets", preset)
    mine.wait_for_function("document.querySelector('#yn-speed [type=number]').value === '1.4'")
    mine.click("[data-chosen-voice] >> text=小明")
    mine.wait_for_selector("#yn-reference-state .yn-facts")
    assert generate(mine) != take
    open_tab(mine, "history")
    mine.wait_for_selector(f"{ROWS}:nth-child(2)")
    mine.click(f"{ROWS}[data-take='{take}'] [data-do=open]")
    mine.wait_for_selector("#yn-sheet .yn-spoken >> text=shì")

    addresses = [
        *(f"takes/{take}{end}" for end in ("", "/audio", "/mel", "/audio/mp3", "/timings/json")),
        *(f"voices/{voice}/{end}" for end in ("file", "audio")),
        f"presets/{preset}/file",
    ]
    for end in addresses:
        assert mine.request.get(f"{studio.address}studio/{end}").status == 200, end
        assert other.request.get(f"{studio.address}studio/{end}").status == 404, end
    asked = {"data": {"kind": "voice", "id": voice}}
    assert other.request.post(f"{studio.address}studio/clips/chosen", **asked).status == 404
    other.request.post(f"{studio.address}studio/takes/delete", data={"ids": [take]})
    assert other.request.delete(f"{studio.address}studio/voices/{voice}").status == 404
    assert other.request.patch(f"{studio.address}studio/takes/{take}", data={"note": "mine"}).status == 404
    for tab, none in (("history", "Nothing has been generated yet."), ("voices", "No voice is kept yet.")):
        open_tab(other, tab)
        other.wait_for_selector(f"#yn-{tab}-none >> text={none}")
    assert mine.request.get(f"{studio.address}studio/takes/{take}/audio").status == 200


def test_a_voice_is_renamed_tagged_compared_carried_in_a_file_and_deleted(
    visit: Open, clip_file: Path, tmp_path: Path
) -> None:
    page = visit("en-US")
    give(page, clip_file)
    for name in ("Anna", "Bert"):
        page.click("#yn-clip-keep") if page.is_visible("#yn-clip-keep") else None
        page.fill("#yn-keep [name=name]", name)
        page.fill("#yn-keep [name=whose]", "myself")
        page.check("#yn-keep [name=may]")
        page.click("#yn-keep [type=submit]")
        page.wait_for_selector(f"{VOICES} >> text={name}")
    page.wait_for_selector("#yn-likeness td >> text=1.00 >> nth=3")
    play(page, VOICES)
    page.click(f"{VOICES} >> nth=0 >> [data-do=rename]")
    page.fill("#yn-ask-text", "bert")
    page.click("#yn-ask button[type=submit]")
    page.wait_for_selector(".yn-ask-error >> text=exists already")
    answer(page, "Zoë")
    page.wait_for_selector(f"{VOICES} >> text=Zoë")
    page.click(f"{VOICES}[data-name='Zoë'] [data-do=tag]")
    answer(page, "calm, calm, narrator")
    page.wait_for_selector(f"{VOICES} .yn-tags >> text=narrator")
    page.fill("#yn-voices-search", "narr")
    page.wait_for_function(f"document.querySelectorAll('{VOICES}').length === 1")
    content, name = fetched(page, f"{VOICES} a[download]")
    assert name == "Zoë.safetensors"
    page.click(f"{VOICES} [data-do=delete]")
    answer(page)
    page.wait_for_selector("#yn-voices-none:not([hidden])")

    (tmp_path / name).write_bytes(content)
    stranger = visit("ja-JP")
    open_tab(stranger, "voices")
    stranger.set_input_files("#yn-voices-import", {"name": "a.safetensors", "mimeType": "", "buffer": b"nothing"})
    stranger.wait_for_selector("#yn-voices-state .yn-error >> text=a.safetensors")
    stranger.set_input_files("#yn-voices-import", tmp_path / name)
    stranger.wait_for_selector(f"{VOICES} >> text=narrator")
    assert "myself" in stranger.inner_text(VOICES)
    stranger.click(f"{VOICES} [data-do=use]")
    write(stranger, "Good evening.")
    stranger.wait_for_selector("#yn-reference-state >> text=Zoë")
    generate(stranger)


def test_presets_travel_as_files(visit: Open, tmp_path: Path) -> None:
    page = visit("en-GB")
    page.fill("#yn-emotion-calm", "0.75")
    page.fill("#yn-seed input", "12")
    page.click("[data-preset=keep]")
    answer(page, "Evening")
    page.wait_for_selector("#yn-preset-state >> text=Evening is kept.")
    content, name = fetched(page, "#yn-preset-file")
    page.click("[data-preset=delete]")
    answer(page)
    page.wait_for_function("document.querySelectorAll('#yn-presets option').length === 1")
    page.fill("#yn-emotion-calm", "0")
    page.set_input_files("#yn-preset-import", {"name": "b.json", "mimeType": "", "buffer": b"[]"})
    page.wait_for_selector("#yn-preset-state .yn-error >> text=b.json")
    (tmp_path / name).write_bytes(content)
    page.set_input_files("#yn-preset-import", tmp_path / name)
    page.wait_for_function("document.querySelector('#yn-emotion-calm').value === '0.75'")
    assert name == "Evening.yinse.json" and page.input_value("#yn-seed input") == "12"


def test_the_state_of_the_system_and_of_the_model_is_told(visit: Open) -> None:
    page = visit("zh-CN")
    open_tab(page, "system")
    page.wait_for_selector("#yn-system >> text=已就绪")
    page.click("#yn-verify")
    page.wait_for_selector("#yn-verified >> text=全部完好")


@pytest.mark.parametrize(("width", "dark"), [(1920, False), (390, True)])
def test_every_tab_fits_its_screen_and_is_reached_by_keys(visit: Open, clip_file: Path, width: int, dark: bool) -> None:
    page = visit("en-GB", width, dark)
    give(page, clip_file)
    write(page, "Hello there, how are you today? " * 3)
    generate(page)
    page.focus("#yn-tab-clone")
    for name in (*TABS[1:], TABS[0]):
        page.keyboard.press("ArrowRight")
        page.wait_for_selector(f"#yn-tab-{name}[aria-selected=true]")
        page.wait_for_selector(f"#yn-panel-{name}[role=tabpanel]")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        assert page.evaluate("location.hash") == f"#{name}"
