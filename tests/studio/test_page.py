"""The page as a person uses it: a real server, a real browser, real files up and down."""

import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import soundfile

from studio.examples import read_examples
from studio.said import said
from tts.text.frontend import read
from tts.text.reading import Choice

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ROOT = Path(__file__).parents[2]
# Chromium itself must ask no other host either: this test says that no request leaves the machine.
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
)  # fmt: skip
LONG = "这是一句不长也不短的话，说完了。" * 1200
TAKE = "#yn-result .yn-take"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: apt-get install chromium"),
]

Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def address(bundle_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A studio of its own process, as `python app.py` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("studio")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YINSE_")}
    environment |= {
        "YINSE_HOST": "127.0.0.1", "YINSE_PORT": str(port), "YINSE_DATA_DIR": str(folder / "data"),
        "YINSE_CACHE_DIR": str(bundle_path.parent), "YINSE_BUNDLE": bundle_path.name, "YINSE_DEVICE": "cpu",
        "TMPDIR": str(folder / "tmp"),
    }  # fmt: skip
    (folder / "tmp").mkdir()
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stderr=log)
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/ready", server, folder / "log")
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)
    assert '"level": "error"' not in (folder / "log").read_text()
    # jieba keeps its dictionary there, which holds nothing of anybody's.
    left = [path for place in ("data", "tmp") for path in (folder / place).rglob("*") if path.is_file()]
    assert [path for path in left if path.name != "jieba.cache"] == []


def _wait_until_ready(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: "Browser", address: str) -> Iterator[Open]:
    """Opens the page as a person of that language with that screen; at the end nothing may have gone wrong in it."""
    contexts, faults = [], []

    def open_page(language: str = "en-GB", width: int = 1280, dark: bool = False) -> "Page":
        context = chromium.new_context(
            locale=language, viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request",
            lambda asked: None if asked.url.startswith((address, "data:", "blob:")) else faults.append(asked.url),
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        page.wait_for_selector("#yn-generate:not([disabled])")
        page.wait_for_function("document.querySelector('#yn-seed input')?.value === ''")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="module")
def clip_file(clip: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "someone.wav"
    path.write_bytes(clip)
    return path


def give(page: "Page", clip: Path) -> None:
    page.set_input_files("#yn-file", clip)
    page.wait_for_selector("#yn-reference-state .yn-facts")


def write(page: "Page", text: str) -> None:
    page.fill("#yn-text textarea", text)


def fetched(page: "Page") -> tuple[bytes, str]:
    with page.expect_download() as waiting:
        page.click(f"{TAKE} a[download]")
    return Path(waiting.value.path()).read_bytes(), waiting.value.suggested_filename


@pytest.mark.parametrize(
    ("language", "text", "button", "seen"),
    [
        ("zh-CN", "重庆的银行行长说：你好！", "生成语音", "chóng"),
        ("en-US", "Hello there, how are you today?", "Generate", "how"),
    ],
)
def test_a_clip_and_a_text_become_a_voice_to_hear_and_a_file(
    visit: Open, clip_file: Path, language: str, text: str, button: str, seen: str
) -> None:
    page = visit(language)
    give(page, clip_file)
    write(page, text)
    page.click(f"text={button}")
    page.wait_for_selector(TAKE)
    assert seen in page.inner_text(f"{TAKE} .yn-spoken")

    content, name = fetched(page)
    info = soundfile.info(io.BytesIO(content))
    assert (info.samplerate, info.channels, info.subtype) == (24000, 1, "PCM_16") and name.startswith("yinse-")
    page.click(f"{TAKE} .yn-play")
    page.wait_for_function(f"document.querySelector('{TAKE} audio').currentTime > 0.2")
    length = page.evaluate(f"document.querySelector('{TAKE} audio').duration")
    assert length == pytest.approx(info.frames / 24000, abs=0.01)


def test_an_example_voice_says_its_sample_and_leaves_a_text_of_ones_own(visit: Open) -> None:
    page = visit("zh-CN")
    first, second = (example.sample for example in read_examples()[:2])
    page.click(".yn-example >> text=砚舟")
    page.wait_for_selector("#yn-reference-state >> text=砚舟.flac")
    assert page.input_value("#yn-text textarea") == first
    page.wait_for_selector(f"{SAID} > li")
    page.click("#yn-generate")
    page.wait_for_selector(TAKE)
    content, _ = fetched(page)
    assert soundfile.info(io.BytesIO(content)).duration > 1

    page.click(".yn-example >> text=青岚")
    page.wait_for_selector("#yn-reference-state >> text=青岚.flac")
    assert page.input_value("#yn-text textarea") == second
    assert page.locator(".yn-example[aria-pressed=true]").count() == 1
    write(page, "我自己的话")
    page.click(".yn-example >> text=砚舟")
    page.wait_for_selector("#yn-reference-state >> text=砚舟.flac")
    assert page.input_value("#yn-text textarea") == "我自己的话"
    page.click("#yn-clip-remove")
    assert page.locator(".yn-example[aria-pressed=true]").count() == 0


def test_a_seed_can_be_used_again_and_a_duration_is_met(visit: Open, clip_file: Path) -> None:
    page = visit()
    give(page, clip_file)
    write(page, "今天天气很好，我们去公园走走。")
    page.click("#yn-generate")
    page.wait_for_selector(TAKE)
    seed = page.get_attribute(f"{TAKE} [data-seed]", "data-seed")
    length = float(page.get_attribute(f"{TAKE} .yn-player", "data-seconds") or 0)
    page.click(f"{TAKE} [data-seed]")
    page.wait_for_function(f"document.querySelector('#yn-seed input').value === '{seed}'")
    page.fill("#yn-duration input", str(round(length * 1.3, 2)))
    page.click("#yn-generate")
    page.wait_for_selector(f"{TAKE} [data-seconds='{round(length * 1.3, 2):.4f}']")
    content, name = fetched(page)
    assert name == f"yinse-{seed}.wav"
    assert soundfile.info(io.BytesIO(content)).frames == round(round(length * 1.3, 2) * 24000)


def test_every_mistake_is_a_sentence_where_it_happened(visit: Open, clip_file: Path, silent_clip: bytes) -> None:
    page = visit("zh-CN")
    page.click("#yn-generate")
    page.wait_for_selector("#yn-error >> text=没有参考音频")
    page.set_input_files("#yn-file", {"name": "静.wav", "mimeType": "audio/wav", "buffer": silent_clip})
    page.wait_for_selector("text=“静.wav”里没有声音。")
    page.set_input_files("#yn-file", {"name": "信.wav", "mimeType": "audio/wav", "buffer": b"Dear reader, " * 99})
    page.wait_for_selector("text=“信.wav”不是我们能读懂的音频。")
    give(page, clip_file)
    page.click("#yn-generate")
    page.wait_for_selector("#yn-error >> text=没有文字")
    write(page, "！？")
    page.click("#yn-generate")
    page.wait_for_selector("#yn-error >> text=没有可以朗读的内容")
    write(page, "你好")
    page.fill("#yn-duration input", "500")
    page.click("#yn-generate")
    page.wait_for_selector("#yn-error >> text=不能在 500 秒内")
    assert page.locator(".toast-body").count() == 0


def test_the_button_opens_when_the_page_listens(visit: Open) -> None:
    page = visit()
    held: list[Route] = []
    page.route("**/gradio_api/queue/join*", lambda asked: held.append(asked), times=1)
    page.reload()
    page.wait_for_function("document.querySelector('#yn-seed input')?.value === ''")
    page.wait_for_selector("#yn-generate[disabled]")
    held.pop().continue_()
    page.click("#yn-generate")
    page.wait_for_selector("#yn-error >> text=There is no reference clip")


def test_cancelling_stops_the_work_and_a_reload_finds_a_running_job(visit: Open, clip_file: Path) -> None:
    page = visit()
    give(page, clip_file)
    write(page, LONG)
    page.click("#yn-generate")
    page.wait_for_selector("#yn-progress >> text=/Segment \\d+ of 1200/")
    page.reload()
    page.wait_for_selector("#yn-progress [role=progressbar]")
    assert page.input_value("#yn-text textarea") == LONG
    page.wait_for_selector("#yn-reference-state .yn-facts")
    page.keyboard.press("Escape")
    page.wait_for_selector("#yn-error >> text=Cancelled")
    assert page.is_enabled("#yn-generate") and page.locator(TAKE).count() == 0


def test_a_recording_from_the_microphone_becomes_a_reference(visit: Open) -> None:
    page = visit()
    page.click("#yn-record")
    page.wait_for_selector("#yn-record >> text=Stop (2 s)")
    page.click("#yn-record")
    page.wait_for_selector("#yn-reference-state >> text=Recording")
    page.wait_for_selector("#yn-reference-state .yn-facts")


def test_two_browsers_never_see_each_others_files(visit: Open, clip_file: Path, address: str) -> None:
    mine, other = visit(), visit()
    give(mine, clip_file)
    write(mine, "你好")
    mine.keyboard.press("Control+Enter")
    mine.wait_for_selector(TAKE)
    sources = mine.evaluate("[...document.querySelectorAll('audio')].map(audio => audio.src)")
    assert len(sources) == 2
    for source in sources:
        assert mine.request.get(source).status == 200 and other.request.get(source).status == 404
    other.reload()
    other.wait_for_selector("#yn-generate:not([disabled])")
    assert other.locator("audio").count() == 0


def test_another_language_keeps_what_was_typed(visit: Open, clip_file: Path) -> None:
    page = visit("en-GB")
    give(page, clip_file)
    write(page, "草稿")
    page.fill("#yn-duration input", "7")
    page.fill("#yn-emotion-happy", "0.4")
    page.click("text=日本語")
    page.wait_for_selector("text=音声を生成")
    page.wait_for_function("document.querySelector('#yn-text textarea').value === '草稿'")
    page.wait_for_selector("#yn-reference-state >> text=発話の割合")
    assert page.input_value("#yn-duration input") == "7" and page.input_value("#yn-emotion-happy") == "0.4"
    assert page.get_attribute("html", "lang") == "ja"


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_the_page_fits_its_screen(visit: Open, clip_file: Path, width: int, dark: bool) -> None:
    page = visit("en-GB", width, dark)
    give(page, clip_file)
    write(page, "Hello there, how are you today? " * 3)
    page.click("#yn-generate")
    page.wait_for_selector(TAKE)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


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
