"""The bundle that lies in the repository: whole, small, honest about what it learned from, and it speaks."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile

from tts.cache import verify
from tts.settings import ROOT

BUNDLE = ROOT / "cache_hub" / "yinse-3"
LARGEST_BYTES = 60_000_000

#: What the weights learned from, as the model card calls it -> its licence, on the same line.
SOURCES = {
    "Common Voice": "CC0",
    "AISHELL-1": "Apache-2.0",
    "HSK words": "CC BY-SA",
    "syllables": "CC BY-SA",
    "LibriSpeech": "CC BY 4.0",
    "kathleen": "CC0",
    "LJ ?Speech": "public domain",
    "speechocean": "CC BY 4.0",
    "CREMA-D": "ODbL",
    "Japanese words": "CC BY-SA 4.0",
    "Kokoro-82M": "Apache-2.0",
}


@pytest.fixture(scope="module")
def card() -> str:
    return (BUNDLE / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_it_is_whole_and_holds_nothing_that_its_manifest_does_not_list() -> None:
    checked = verify(BUNDLE)
    assert checked.ok, [problem.message() for problem in checked.problems]
    assert len([file for file in BUNDLE.rglob("*") if file.is_file()]) == checked.files + 1
    assert {file.suffix for file in BUNDLE.rglob("*") if file.is_file()} <= {".safetensors", ".yaml", ".json", ".md"}


def test_it_is_small_enough_for_a_repository() -> None:
    assert sum(file.stat().st_size for file in BUNDLE.rglob("*") if file.is_file()) <= LARGEST_BYTES


def test_git_has_every_file_of_it() -> None:
    listed = subprocess.run(["git", "ls-files", str(BUNDLE)], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git repository")
    assert {ROOT / name for name in listed.stdout.splitlines()} == {
        file for file in BUNDLE.rglob("*") if file.is_file()
    }


@pytest.mark.parametrize("source", SOURCES)
def test_the_card_names_every_source_with_its_licence(card: str, source: str) -> None:
    lines = [line for line in card.splitlines() if re.search(source, line, re.IGNORECASE)]
    assert lines, f"{source} is not named"
    assert any(SOURCES[source].lower() in line.lower() for line in lines), f"{source} without {SOURCES[source]}"


def test_the_card_names_the_licence_of_the_weights(card: str) -> None:
    assert re.search(r"CC BY-SA 4\.0|CC-BY-SA-4\.0", card)
    assert "CC-BY-SA-4.0" in (BUNDLE / "bundle.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("text", "language"), [("今天天气很好，我们去公园走走。", "zh"), ("The river is cold.", "en")])
def test_a_clone_with_it_is_as_long_as_it_says(clip_path: Path, tmp_path: Path, text: str, language: str) -> None:
    output = tmp_path / "out.wav"
    told = cloned("--text", text, "--reference", clip_path, "--output", output, "--seed", 1)
    info = soundfile.info(output)
    assert (info.samplerate, info.channels, told["language"]) == (24000, 1, language)
    assert info.frames / 24000 == pytest.approx(told["seconds"], abs=1e-6)
    assert 0.15 < told["seconds"] / len(re.findall(r"[一-鿿]|[a-z]{2,}", text)) < 0.8, "a syllable takes as long as one"
    assert told["segments"][-1]["end"] <= told["seconds"] - 0.04 + 1e-6


def test_a_clone_meets_its_duration_to_the_sample(clip_path: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.wav"
    given = ("--text", "今天天气很好，我们去公园走走。", "--reference", clip_path, "--output", output)
    cloned(*given, "--seed", 1, "--duration", 4.00013)
    assert soundfile.info(output).frames == 96003


def cloned(*arguments: object) -> dict:  # type: ignore[type-arg]
    """What `python -m tts clone` tells, with the settings that everybody gets."""
    command = [sys.executable, "-m", "tts", "clone", "--json", "--device", "cpu", *map(str, arguments)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)  # type: ignore[no-any-return]
