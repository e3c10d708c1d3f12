"""A store loses its noise where it stands: only recordings that are noisy, once, and nothing else changes."""

import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import numpy as np
import pyopenjtalk
import pytest
from scipy.signal import resample

from training import denoise
from training.store import SOURCES, Store, Utterance

FRAMES, RATE = 150, 24000
Run = Callable[..., str]


def noisy_voice() -> np.ndarray:
    """(samples,) someone who speaks, over hiss."""
    spoken, rate = pyopenjtalk.tts("今日はいい天気ですね。")
    wave = resample(spoken / 32768, round(len(spoken) * RATE / rate))[: FRAMES * 240]
    return wave + 0.02 * np.random.default_rng(1).standard_normal(len(wave))


def utterance(key: str, source: str, snr_db: float) -> Utterance:
    wave = (noisy_voice().clip(-1, 1) * 32767).astype(np.int16)
    return Utterance(
        wave=wave, f0=np.zeros(FRAMES), tokens=np.full((4, 3), 2, np.uint8), durations=np.full(3, FRAMES // 3),
        speaker="anna", key=key, language=0, source=SOURCES.index(source),
        bandwidth_hz=9000.0, snr_db=snr_db, emotion=np.zeros(8, np.float32),
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    rows = [("noisy", "recording", 10.0), ("clean", "recording", 50.0), ("teacher", "teacher", 10.0)]
    Store.collect([utterance(*row) for row in rows]).save(tmp_path / "raw_000.npz")
    return tmp_path / "raw_000.npz"


@pytest.fixture
def run(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*options: str) -> str:
        monkeypatch.setattr(sys, "argv", ["denoise", "--store", str(path.parent), "--processes", "1", *options])
        denoise.main()
        return capsys.readouterr().out

    return run


def test_only_noisy_recordings_are_rewritten_and_only_once(path: Path, run: Run) -> None:
    before = Store.load([path])
    assert "raw_000.npz: 1 of 3 denoised" in run()
    after = Store.load([path])
    end = FRAMES * 240
    assert not np.array_equal(after.wave[:end], before.wave[:end])
    assert np.array_equal(after.wave[end:], before.wave[end:])
    assert after.snrs[0] > 20 and list(after.snrs[1:]) == [50.0, 10.0]
    assert after.f0[:FRAMES].any() and not after.f0[FRAMES:].any()
    for field in fields(Store):
        if field.name not in ("wave", "f0", "snrs"):
            assert np.array_equal(getattr(after, field.name), getattr(before, field.name))
    assert {field.name for field in path.parent.iterdir()} == {"raw_000.npz"}

    content = path.read_bytes()
    assert "done before" in run() and path.read_bytes() == content


def test_a_lower_threshold_leaves_all_as_it_was(path: Path, run: Run) -> None:
    before = Store.load([path])
    assert "0 of 3 denoised" in run("--below-snr", "5")
    assert np.array_equal(Store.load([path]).wave, before.wave)


def test_a_folder_without_shards_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["denoise", "--store", str(tmp_path)])
    with pytest.raises(SystemExit):
        denoise.main()
