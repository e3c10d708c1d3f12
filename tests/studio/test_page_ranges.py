"""The range of durations as it is told in the page, and marks put into the text."""

import re
from pathlib import Path

from pages import MARKS, Open, generate, give, write

pytestmark = MARKS


def test_the_range_follows_the_text_and_its_ends_can_be_made(visit: Open, clip_file: Path) -> None:
    page = visit()
    page.wait_for_selector("#yn-range >> text=With a voice and a text")
    give(page, clip_file)
    write(page, "Hello there, how are you today?")
    page.wait_for_selector("#yn-range >> text=/Can be about [\\d.]+ to [\\d.]+ s/")
    page.fill("#yn-seed input", "7")
    page.wait_for_selector("#yn-range >> text=/Can be [\\d.]+ to [\\d.]+ s/")
    told = page.inner_text("#yn-range")
    least, most, natural = (float(number) for number in re.findall(r"\d+\.\d+", told))
    assert least < natural < most
    page.fill("#yn-duration input", str(most + 1))
    page.wait_for_selector("#yn-range.yn-outside")
    page.fill("#yn-duration input", str(least))
    page.wait_for_selector("#yn-range:not(.yn-outside)")
    generate(page)

    page.focus("#yn-text textarea")
    page.keyboard.press("Control+A")
    page.click("[data-mark='[[speed 0.8]]']")
    assert page.input_value("#yn-text textarea") == "[[speed 0.8]]Hello there, how are you today?[[/]]"
    page.keyboard.press("End")
    page.click("[data-mark='[[0.6s]]']")
    page.click(".yn-marks summary")
    page.click(".yn-marks .yn-menu-list >> text=Happy")
    assert page.input_value("#yn-text textarea").endswith("[[/]][[0.6s]][[happy 0.8]]")
    page.wait_for_function(f"document.querySelector('#yn-range').textContent !== {told!r}")
    page.wait_for_selector("#yn-range >> text=/Can be/")
    assert float(re.findall(r"\d+\.\d+", page.inner_text("#yn-range"))[2]) > natural
