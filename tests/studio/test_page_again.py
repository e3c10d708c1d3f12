"""One segment of a result said anew, in the page; takes heard side by side."""

import io
from pathlib import Path

import numpy as np
import soundfile
from pages import MARKS, TAKE, Open, Studio, fetched, generate, give, open_tab, ready, write

from studio.examples import read_examples

pytestmark = MARKS


def samples(content: bytes) -> np.ndarray:
    return np.asarray(soundfile.read(io.BytesIO(content), dtype="int16")[0])


def test_a_segment_is_said_again_and_nothing_else_changes_even_after_a_restart(visit: Open, studio: Studio) -> None:
    page = visit("zh-CN", at=studio.address)
    page.click(f".yn-example >> text={read_examples()[0].name}")
    page.wait_for_selector("#yn-reference-state .yn-facts")
    write(page, "第一句话在这里。\n第二句话也在这里。\n第三句话说完了。")
    first = generate(page)
    before, _ = fetched(page)
    starts = [float(row.get_attribute("data-start") or 0) for row in page.query_selector_all(f"{TAKE} .yn-spoken li")]
    assert len(starts) == 3
    page.click(f"{TAKE} [data-again='1']")
    page.wait_for_selector(f"{TAKE}:not([data-take='{first}'])")
    page.wait_for_function(f"document.querySelector('{TAKE} .yn-large audio').currentTime > {starts[1]}")
    second = page.get_attribute(TAKE, "data-take")
    after, _ = fetched(page)
    same(before, after, starts)

    studio.stop()
    studio.start()
    page.reload()
    ready(page)
    page.wait_for_selector(f"{TAKE}[data-take='{second}'] [data-again='1'].yn-strong")
    page.click(f"{TAKE} [data-again='2']")
    page.wait_for_selector(f"{TAKE}:not([data-take='{second}']), #yn-error .yn-error")
    third, _ = fetched(page)
    start = round(starts[1] * 24000)
    assert (samples(third)[:start] == samples(after)[:start]).all() and third != after
    open_tab(page, "history")
    page.wait_for_selector("#yn-history-rows > li:nth-child(3)")
    assert "第 2, 3 段重说" in page.inner_text("#yn-history-rows > li:first-child")


def same(before: bytes, after: bytes, starts: list[float]) -> None:
    """Of three segments only the middle one differs."""
    one, two = samples(before), samples(after)
    start, rest = round(starts[1] * 24000) - 2400, len(one) - round(starts[2] * 24000)
    assert (one[:start] == two[:start]).all() and (one[-rest:] == two[-rest:]).all()
    assert len(one) != len(two) or (one != two).any()


def test_a_voice_that_is_gone_is_told_and_the_same_clip_brings_it_back(visit: Open, clip_file: Path) -> None:
    page = visit()
    give(page, clip_file)
    write(page, "Hello there. How are you?")
    first = generate(page)
    page.click("#yn-clip-remove")
    page.wait_for_selector("#yn-reference-state", state="hidden")
    page.click(f"{TAKE} [data-again='0']")
    page.wait_for_selector("#yn-error >> text=no longer here")
    give(page, clip_file)
    page.click(f"{TAKE} [data-again='0']")
    page.wait_for_selector(f"{TAKE}:not([data-take='{first}'])")


def test_two_takes_are_heard_side_by_side_at_the_same_place(visit: Open, clip_file: Path) -> None:
    page = visit()
    give(page, clip_file)
    write(page, "Hello there. How are you today? I am well.")
    generate(page)
    page.fill("#yn-speed [type=number]", "0.6")
    page.locator("#yn-speed [type=number]").press("Tab")
    generate(page)
    page.click(f"{TAKE} [data-compare]")
    page.wait_for_selector(".yn-compare")
    table = page.inner_text(".yn-differ")
    assert "Speed" in table and "0.6" in table and "Pauses" not in table
    page.click(".yn-compared:first-child .yn-play")
    page.wait_for_function("document.querySelector('.yn-compared:first-child audio').currentTime > 0.5")
    page.click("[data-compare-switch]")
    page.wait_for_function("document.querySelector('.yn-compared:last-child audio').currentTime > 0.6")
    assert page.evaluate("document.querySelector('.yn-compared:first-child audio').paused")
    page.click(".yn-close")
    open_tab(page, "history")
    page.wait_for_selector("#yn-history-rows > li:nth-child(2)")
    page.check("#yn-history-rows > li:nth-child(1) .yn-pick input")
    assert page.is_disabled("[data-history=compare]")
    page.check("#yn-history-rows > li:nth-child(2) .yn-pick input")
    page.click("[data-history=compare]")
    page.wait_for_selector(".yn-compare")
