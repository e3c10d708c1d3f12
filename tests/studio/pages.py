"""A studio of its own process and the page in a browser, for the tests that use it as a person does."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ROOT = Path(__file__).parents[2]
# Chromium itself must ask no other host either: these tests say that no request leaves the machine.
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
)  # fmt: skip
TAKE = "#yn-result .yn-take"
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: apt-get install chromium"),
]

Open = Callable[..., "Page"]


class Studio:
    """`python app.py` on a bundle, with its data in `folder`; the port stays the same when it is started again."""

    def __init__(self, bundle: Path, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/"
        self.folder = folder
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("YINSE_")} | {
            "YINSE_HOST": "127.0.0.1", "YINSE_PORT": str(port), "YINSE_DATA_DIR": str(folder / "data"),
            "YINSE_CACHE_DIR": str(bundle.parent), "YINSE_BUNDLE": bundle.name, "YINSE_DEVICE": "cpu",
            "TMPDIR": str(folder / "tmp"),
        }  # fmt: skip
        (folder / "tmp").mkdir()

    def start(self) -> None:
        with self._log.open("a") as log:
            self._process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=self._environment, stderr=log)
        until = time.monotonic() + 90
        while time.monotonic() < until:
            assert self._process.poll() is None, self._log.read_text()
            try:
                with urllib.request.urlopen(f"{self.address}ready", timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        raise AssertionError(self._log.read_text())

    def stop(self) -> None:
        """End it as a system does; nothing may have gone wrong in it, and no passing file may lie about."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=20)
        assert '"level": "error"' not in self._log.read_text()
        # jieba keeps its dictionary there, which holds nothing of anybody's.
        left = [path for path in (self.folder / "tmp").rglob("*") if path.is_file() and path.name != "jieba.cache"]
        data = self.folder / "data" / "studio"
        left += [path for path in data.rglob("*") if path.is_file() and path.suffix in (".part", ".zip")]
        left += [path for path in (data / "gradio").rglob("*") if path.is_file()]
        assert left == []

    @property
    def _log(self) -> Path:
        return self.folder / "log"


def ready(page: "Page") -> None:
    """Wait until the page listens."""
    page.wait_for_selector("#yn-generate:not([disabled])", state="attached")
    page.wait_for_function("document.querySelector('#yn-seed input')?.value === ''")


def give(page: "Page", clip: Path) -> None:
    page.set_input_files("#yn-file", clip)
    page.wait_for_selector("#yn-reference-state .yn-facts")


def write(page: "Page", text: str) -> None:
    page.fill("#yn-text textarea", text)


def generate(page: "Page") -> str:
    """Press the button and wait for the speech; returns its id."""
    before = page.get_attribute(TAKE, "data-take") if page.locator(TAKE).count() else ""
    page.click("#yn-generate")
    page.wait_for_selector(f"{TAKE}:not([data-take='{before}']), #yn-error .yn-error")
    assert not page.locator("#yn-error .yn-error").count(), page.inner_text("#yn-error")
    return page.get_attribute(TAKE, "data-take") or ""


def open_tab(page: "Page", name: str) -> None:
    page.click(f"#yn-tab-{name}")


def fetched(page: "Page", press: str = f"{TAKE} .yn-downloads > a") -> tuple[bytes, str]:
    """The file that comes when something is pressed, and its name."""
    with page.expect_download() as waiting:
        page.click(press)
    return Path(waiting.value.path()).read_bytes(), waiting.value.suggested_filename
