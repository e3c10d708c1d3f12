"""A studio on the small bundle, and clips to give it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from pages import CHROMIUM, SWITCHES, Open, Studio, ready
from recordings import RATE, speech, wav

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from playwright.sync_api import Browser, BrowserContext, Page

    from studio.workshop import Workshop

DEVICE = "CPU · 2 @[device.cores]"


@pytest.fixture
def workshop(again: "Callable[[], Workshop]") -> "Workshop":
    """Not yet open: the application, or the test, opens it."""
    return again()


@pytest.fixture
def again(bundle_path: Path, tmp_path: Path) -> "Callable[[], Workshop]":
    """Makes the studio anew on the same data, as a restart does."""
    from studio.workshop import Workshop
    from tts.settings import load_settings
    from tts.synthesizer import Synthesizer

    settings = load_settings(
        cache_dir=bundle_path.parent, bundle=bundle_path.name, data_dir=tmp_path, device="cpu", threads=1, language="en"
    )
    return lambda: Workshop(settings, lambda: Synthesizer.open(settings), device=DEVICE)


@pytest.fixture
def browser(workshop: "Workshop") -> Iterator[Callable[[], "TestClient"]]:
    """Makes browsers, each with cookies of its own, of one running studio."""
    from fastapi.testclient import TestClient

    from studio.server import create_app

    app = create_app(workshop, bundle="small")
    with TestClient(app):
        yield lambda: TestClient(app)


@pytest.fixture(scope="session")
def clip() -> bytes:
    return wav(speech())


@pytest.fixture(scope="session")
def silent_clip() -> bytes:
    return wav(np.zeros(2 * RATE, np.float32))


@pytest.fixture(scope="session")
def address(bundle_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The one studio that all tests of the page visit."""
    studio = Studio(bundle_path, tmp_path_factory.mktemp("studio"))
    studio.start()
    yield studio.address
    studio.stop()


@pytest.fixture(scope="module")
def studio(bundle_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio that may be started anew."""
    running = Studio(bundle_path, tmp_path_factory.mktemp("studio"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: "Browser", request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens the page as a person of that language with that screen; at the end nothing may have gone wrong in it.

    Without an address it is that of the one studio.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(language: str = "en-GB", width: int = 1280, dark: bool = False, at: str = "") -> "Page":
        address = at or request.getfixturevalue("address")
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
        ready(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def clip_file(clip: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "someone.wav"
    path.write_bytes(clip)
    return path
