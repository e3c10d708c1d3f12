"""Every tab on every screen, in every language, light and dark (`make test-browser`): nothing runs over, nothing that a
person with weak sight or a keyboard would miss, no word of the framework. Pictures are left in `runs/browser/`.
"""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from pages import MARKS, ROOT, Open, generate, give, open_tab, write

from studio.page import TABS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [*MARKS, pytest.mark.matrix]

WIDTHS = (390, 768, 1920)
LANGUAGES = {"zh": "zh-CN", "en": "en-GB", "ja": "ja-JP"}
PICTURES = ROOT / "runs" / "browser"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
WORDS = re.compile(r"[A-Za-z]{3,}")
TEXT = "你好，朋友。Hello, friend."
SUBTITLES = f"1\n00:00:00,500 --> 00:00:02,500\n{TEXT}\n"


@pytest.fixture(params=product(WIDTHS, LANGUAGES, ("light", "dark")), ids=lambda given: "-".join(map(str, given)))
def page(request: pytest.FixtureRequest, visit: Open, clip_file: Path) -> Iterator[tuple["Page", str]]:
    width, language, theme = request.param
    page = visit(LANGUAGES[language], width, theme == "dark")
    give(page, clip_file)
    page.click("#yn-tune > summary")
    write(page, TEXT)
    generate(page)
    yield page, f"{width}-{language}-{theme}"


def test_every_tab_fits_and_can_be_used_by_everybody(page: tuple["Page", str]) -> None:
    shown, name = page
    language = name.split("-")[1]
    faults = []
    for tab in TABS:
        open_tab(shown, tab)
        shown.eval_on_selector_all("#yn-terms, .yn-export", "parts => parts.forEach(part => (part.open = true))")
        if tab == "dub":
            open_line(shown)
        shown.wait_for_timeout(300)  # what fades in has to be there before contrasts are measured
        PICTURES.mkdir(parents=True, exist_ok=True)
        shown.screenshot(path=PICTURES / f"{tab}-{name}.png", full_page=True)
        over = shown.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults += [f"{tab}: {over} px too wide"] if over > 0 else []
        for violation in Axe().run(shown, options=RULES).response["violations"]:
            places = [node["target"][0] for node in violation["nodes"]][:4]
            faults.append(f"{tab}: {violation['id']}: {violation['help']}: {places}")
        if language != "en":
            faults += [f"{tab}: not ours: {word}" for word in sorted(foreign(shown, language))]
    assert faults == []


def open_line(page: "Page") -> None:
    """The panel of a line that has an emotion, two takes and an original."""
    page.wait_for_selector("#yn-dub-voice option", state="attached")
    page.fill("#yn-dub-text", SUBTITLES)
    page.set_input_files("#yn-dub-original-file", ROOT / "assets" / "voices" / "hazel.flac")
    page.wait_for_selector("#yn-dub-original-remove:visible")
    page.click("#yn-dub-rows .yn-line-open")
    page.select_option("#yn-line-emotion", "happy")
    page.wait_for_selector("#yn-line-strength:visible")
    page.click("[data-line-do=again]:not([disabled])")
    page.wait_for_selector(".yn-takes")
    page.wait_for_selector(".yn-line-fields > .yn-player")


def foreign(page: "Page", language: str) -> set[str]:
    """English words that can be read or heard on the page, and that its catalogue and its contents do not have."""
    catalogue = yaml.safe_load((ROOT / "studio" / "words" / f"{language}.yaml").read_text(encoding="utf-8"))
    parts = "[data-take], .yn-example, .yn-house, #yn-preview, #yn-reference-state"
    content = page.eval_on_selector_all(parts, "parts => parts.map(part => part.innerText).join(' ')")
    ours = set(WORDS.findall(f"{catalogue} {content} {TEXT} someone wav yinse Python PyTorch Gradio"))
    seen = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(part => part.checkVisibility()).flatMap(part => [
            ...[...part.childNodes].filter(node => node.nodeType === 3).map(node => node.data),
            ...['aria-label', 'title', 'placeholder', 'alt'].map(name => part.getAttribute(name) || ''),
        ]).join(' | ')"""
    )
    return set(WORDS.findall(seen)) - ours
