"""The page as a person uses it: a real server, a real browser, real files up and down."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import soundfile
from pages import MARKS, TAKE, Open, fetched, give, ready, write

from studio.examples import read_examples

if TYPE_CHECKING:
    from playwright.sync_api import Route

LONG = "这是一句不长也不短的话，说完了。" * 1200

pytestmark = MARKS


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
    page.wait_for_function("!yinse.liveIsOn()")
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
    page.wait_for_selector("#yn-said .yn-segments > li")
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
    with page.expect_request("**/gradio_api/queue/join*"):
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
    sources = mine.evaluate("[...document.querySelectorAll('audio, .yn-take img')].map(shown => shown.src)")
    take = mine.get_attribute(TAKE, "data-take")
    assert len(sources) == 3
    for source in [*sources, f"{address}studio/jobs/{take}/pcm", f"{address}studio/takes/{take}/timings/srt"]:
        assert mine.request.get(source).status == 200 and other.request.get(source).status == 404
    other.reload()
    ready(other)
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
