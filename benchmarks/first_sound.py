"""How long a person waits for the first sound: from the click in the page to the first sample that can be heard.

`python -m benchmarks.first_sound` starts the studio as it is set up, opens the page in headless Chromium, chooses an
example voice, waits until it is fitted, and presses the button again and again. It needs what the tests need.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tts.settings import ROOT

SENTENCES = {
    "zh": "今天的天气非常好，我们一起去公园里散步，然后回家做晚饭吃吧。",
    "en": "It is a lovely day to go out.",
}
# The page measures itself: a mark at the click, before the framework hears of it, and one at the time at which the
# first sample over -48 dBFS leaves for the loudspeaker, latency of the sound card included.
WAITED = """() => {
  const at = name => performance.getEntriesByName(name).at(-1).startTime;
  return at('yinse-sound') - at('yinse-click');
}"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_sound", description=__doc__)
    parser.add_argument("--runs", type=int, default=10, help="clicks a sentence (10)")
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address, server = start(Path(folder))
        try:
            measured = measure(address, options.runs)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
    if options.json:
        print(json.dumps(measured, ensure_ascii=False))
        return
    for language, seconds in measured.items():
        text = SENTENCES[language]
        print(
            f"{language}, {len(text)} characters: median {statistics.median(seconds):.2f} s, "
            f"slowest of {len(seconds)} {max(seconds):.2f} s"
        )


def start(folder: Path) -> tuple[str, subprocess.Popen[bytes]]:
    """A studio with empty data, and its address, when the model is loaded."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"YINSE_HOST": "127.0.0.1", "YINSE_PORT": str(port), "YINSE_DATA_DIR": str(folder)}
    own |= {"YINSE_LOG_LEVEL": "warning"}
    server = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=os.environ | own)
    address = f"http://127.0.0.1:{port}/"
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{address}ready", timeout=2):
                return address, server
        except OSError:
            time.sleep(0.2)
    server.kill()
    raise SystemExit("the studio does not start")


def measure(address: str, runs: int) -> dict[str, list[float]]:
    """Seconds from click to sound, by language."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    switches = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=switches)
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("#yn-generate:not([disabled])")
        page.click("[data-example=qinglan]")
        page.wait_for_selector("#yn-reference-state .yn-facts")
        found = {}
        for language, text in SENTENCES.items():
            page.fill("#yn-text textarea", text)
            page.wait_for_selector("#yn-said .yn-segments > li")
            # The first two fit the voice, and warm up what only runs once.
            found[language] = [round(click(page), 3) for _ in range(runs + 2)][2:]
        browser.close()
    return found


def click(page: Page) -> float:
    """Generate once and hear it out; returns how long the first sound took, in seconds."""
    page.evaluate("performance.clearMarks()")
    page.click("#yn-generate")
    page.wait_for_function("performance.getEntriesByName('yinse-sound').length")
    waited = float(page.evaluate(WAITED)) / 1000
    page.wait_for_selector("#yn-generate:not([disabled])")
    page.wait_for_function("!yinse.liveIsOn()")
    # A person listens, and writes something else.
    page.wait_for_timeout(500)
    return waited


if __name__ == "__main__":
    main()
