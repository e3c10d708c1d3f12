"""A reference as a person makes it: several clips, a bad one among them; cut, cleaned, reported on, spoken with."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from pages import MARKS, Open, Studio, generate, open_tab, ready, write

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = MARKS
RATE = 24000


@pytest.fixture(scope="module")
def clips(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder: two clips of one voice, one of somebody else, a long one with noise, and one that is none."""
    folder = tmp_path_factory.mktemp("reference")
    hazel, yanzhou = (
        soundfile.read(root / "assets" / "voices" / f"{name}.flac", dtype="float32")[0] for name in ("hazel", "yanzhou")
    )
    noise = 0.01 * np.random.default_rng(0).standard_normal(40 * RATE).astype(np.float32)
    long = np.concatenate([hazel, 0 * hazel[:RATE], hazel, hazel]) + noise[: 3 * len(hazel) + RATE]
    waves = {"one": hazel[: 5 * RATE], "two": hazel[4 * RATE :], "him": yanzhou, "long": long}
    for name, wave in waves.items():
        soundfile.write(folder / f"{name}.wav", wave, RATE)
    (folder / "letter.wav").write_bytes(b"Dear reader, " * 99)
    return folder


@pytest.fixture(scope="module")
def trained(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """Only a trained encoder knows one voice from another."""
    bundle = next(path for path in sorted((root / "cache_hub").iterdir()) if path.is_dir())
    return Studio(bundle, tmp_path_factory.mktemp("trained"))


def heard(page: "Page") -> str:
    page.wait_for_selector("#yn-reference-state .yn-heard[aria-busy=false]")
    return page.inner_text("#yn-reference-state .yn-heard")


def length(page: "Page", part: int = 0) -> float:
    return float(page.get_attribute(f".yn-parts [data-part='{part}'] .yn-player", "data-seconds") or 0)


def test_a_reference_from_first_file_to_speech(visit: Open, trained: Studio, clips: Path) -> None:
    trained.start()
    try:
        page = visit(at=trained.address)
        # The simple case shows no more than a player and the report.
        page.set_input_files("#yn-file", clips / "one.wav")
        assert "Speakers" in heard(page) and not page.is_visible(".yn-trim") and not page.is_visible("#yn-denoise")

        page.set_input_files("#yn-clip-add", [clips / name for name in ("letter.wav", "two.wav", "him.wav")])
        page.wait_for_selector(".yn-error >> text=letter.wav was left out")
        page.wait_for_selector("text=This sounds like somebody else: him.wav")
        page.click("[data-without='2']")
        page.wait_for_selector(".yn-clip-name >> text=2 clips")
        assert "somebody else" not in heard(page)

        # Several at once, of which the first is none, take the place of what was there.
        page.set_input_files("#yn-file", [clips / "letter.wav", clips / "long.wav"])
        page.wait_for_selector(".yn-error >> text=letter.wav was left out")
        assert page.locator(".yn-parts > div").count() == 1
        page.click("#yn-tune > summary")
        page.click("[data-stretch]", timeout=60000)
        page.wait_for_selector("[data-whole-clip]")
        assert 6 < length(page) <= 12

        page.focus("[data-trim=start]")
        before, start = length(page), float(page.input_value("[data-trim=start]"))
        for _ in range(20):
            page.keyboard.press("ArrowRight")
        page.wait_for_function(
            "seconds => Math.abs(document.querySelector('.yn-parts .yn-player').dataset.seconds - seconds) < 0.08",
            arg=before - 1,
        )
        assert float(page.input_value("[data-trim=start]")) == pytest.approx(start + 1, abs=0.01)
        assert page.evaluate("document.activeElement.dataset.trim") == "start"
        page.click("[data-hear]")
        page.wait_for_function("document.querySelector('.yn-parts audio').currentTime > 0.2")

        page.check("#yn-denoise")
        page.wait_for_selector(".yn-before-after")
        figures = page.locator(".yn-before-after small").all_inner_texts()
        noise_before, noise_after = (int(figure.split()[0]) for figure in figures)
        assert noise_after > noise_before + 4
        page.click("[data-side=before] .yn-play")
        page.wait_for_function("document.querySelector('[data-side=before] audio').currentTime > 0.2")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

        heard(page)
        write(page, "Hello.")
        generate(page)
        page.reload()
        ready(page)
        page.wait_for_selector("#yn-denoise:checked", state="attached")
        assert "…" not in page.inner_text(".yn-heard")

        page.click("#yn-clip-keep")
        page.fill("#yn-keep [name=whose]", "nobody")
        page.check("#yn-keep [name=may]")
        page.click("#yn-keep [type=submit]")
        page.wait_for_selector("#yn-voices-rows >> text=long")
        open_tab(page, "clone")
        reference = f"{trained.address}studio/clips/{page.evaluate('yinse.clip()')}"
        assert page.request.get(reference).status == 200
        with page.expect_response(reference):
            page.click("#yn-clip-remove")
        page.wait_for_selector("#yn-reference-state:empty", state="attached")
        assert page.request.get(reference).status == 404
    finally:
        trained.stop()
