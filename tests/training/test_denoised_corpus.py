"""A corpus loses its noise: only recordings that are noisy and trained on, and nothing else changes."""

import csv
import io
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyopenjtalk
import pytest
import soundfile
from scipy.signal import resample

from training import denoise

RATE = 24000
Run = Callable[..., str]
COLUMNS = ("utt", "set", "shard", "split", "snr_db", "text")
ROWS = (
    ("noisy", "crowd", "crowd.0.tar", "train", "10.0", 'He said: "No."'),
    ("clean", "crowd", "crowd.0.tar", "train", "50.0", "今天"),
    ("held", "crowd", "crowd.0.tar", "dev", "10.0", '"Yes."'),
    ("elsewhere", "absent", "absent.0.tar", "train", "10.0", ""),
)


def noisy_voice() -> bytes:
    """Someone who speaks over hiss, for a second and a half."""
    spoken, rate = pyopenjtalk.tts("今日はいい天気ですね。")
    wave = resample(spoken / 32768, round(len(spoken) * RATE / rate))[: int(1.5 * RATE)]
    wave = wave + 0.02 * np.random.default_rng(1).standard_normal(len(wave))
    file = io.BytesIO()
    soundfile.write(file, wave.clip(-1, 1), RATE, format="OGG", subtype="OPUS")
    return file.getvalue()


def contents(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        return {member.name: archive.extractfile(member).read() for member in archive}  # type: ignore[union-attr]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    lines = ["\t".join(row) for row in (COLUMNS, *ROWS)]
    (folder / "metadata.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with tarfile.open(folder / "crowd.0.tar", "w") as archive:
        for name in ("noisy", "clean", "held"):
            content = noisy_voice()
            entry = tarfile.TarInfo(f"crowd/{name}.opus")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return folder


@pytest.fixture
def run(corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*options: str) -> str:
        command = ["denoise", "--corpus", str(corpus), "--out", str(corpus.parent / "out"), "--processes", "1"]
        monkeypatch.setattr(sys, "argv", [*command, *options])
        denoise.main()
        return capsys.readouterr().out

    return run


def test_only_noisy_recordings_that_are_trained_on_change_and_only_once(corpus: Path, run: Run) -> None:
    assert "crowd.0.tar: 1 of 3 denoised, 0 left as they were" in run()
    out = corpus.parent / "out"
    before, after = contents(corpus / "crowd.0.tar"), contents(out / "crowd.0.tar")
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == {"crowd/noisy.opus"}
    waves = [soundfile.read(io.BytesIO(content["crowd/noisy.opus"]))[0] for content in (before, after)]
    assert len(waves[0]) == len(waves[1])
    quiet = [np.quantile(wave.reshape(-1, RATE // 100).std(1), 0.05) for wave in waves]
    assert quiet[1] < 0.6 * quiet[0]

    tables = [(folder / "metadata.tsv").read_text(encoding="utf-8").splitlines() for folder in (corpus, out)]
    assert tables[0][0] == tables[1][0] and tables[0][2:] == tables[1][2:]
    with (out / "metadata.tsv").open(encoding="utf-8") as file:
        assert float(next(csv.DictReader(file, delimiter="\t"))["snr_db"]) > 20
    assert {path.name for path in out.iterdir()} == {"crowd.0.tar", "metadata.tsv"}

    assert "crowd.0.tar: done before" in run() and contents(out / "crowd.0.tar") == after


def test_a_lower_threshold_leaves_all_as_it_was(corpus: Path, run: Run) -> None:
    assert "0 of 3 denoised" in run("--below-snr", "5")
    assert contents(corpus.parent / "out/crowd.0.tar") == contents(corpus / "crowd.0.tar")


def test_a_folder_that_is_no_corpus_or_its_own_goal_is_told(corpus: Path, run: Run, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        run("--out", str(corpus))
    with pytest.raises(SystemExit):
        run("--corpus", str(tmp_path))
