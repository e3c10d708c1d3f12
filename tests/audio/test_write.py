"""A wav is written whole or not at all."""

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tts.audio import write
from tts.audio.write import write_wav
from tts.errors import AudioWriteError

WAVE = (0.5 * np.sin(np.arange(24000) / 20)).astype(np.float32)


@pytest.mark.parametrize(("subtype", "error"), [("PCM_16", 2**-15), ("PCM_24", 2**-23), ("FLOAT", 0.0)])
def test_what_is_written_is_read_back(tmp_path: Path, subtype: str, error: float) -> None:
    path = tmp_path / "中文 name.wav"
    write_wav(path, WAVE, subtype=subtype)  # type: ignore[arg-type]
    back, rate = soundfile.read(path, dtype="float32")
    assert rate == 24000
    assert soundfile.info(path).subtype == subtype
    assert np.abs(back - WAVE).max() <= error
    assert os.listdir(tmp_path) == ["中文 name.wav"]


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"old")
    write_wav(path, WAVE)
    assert soundfile.info(path).frames == len(WAVE)


def test_what_is_too_loud_is_held_at_full_scale(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", np.array([3.0, -3.0], np.float32))
    assert np.allclose(soundfile.read(tmp_path / "a.wav")[0], [1.0, -1.0], atol=1e-4)


def code_of(path: Path, wave: np.ndarray = WAVE) -> str:
    with pytest.raises(AudioWriteError) as caught:
        write_wav(path, wave)
    return caught.value.code


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none" / "a.wav") == "output_folder"


def test_folders_and_devices_are_not_replaced(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "output_write"
    os.mkfifo(tmp_path / "pipe")
    assert code_of(tmp_path / "pipe") == "output_write"


def test_samples_that_are_no_numbers_are_not_written(tmp_path: Path) -> None:
    assert code_of(tmp_path / "a.wav", np.array([np.nan], np.float32)) == "output_write"
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), soundfile.SoundFileRuntimeError("broken")])
def test_a_failure_leaves_the_older_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"old")

    def fail(stream: object, *_: object, **__: object) -> None:
        stream.write(b"half")  # type: ignore[attr-defined]
        raise failure

    monkeypatch.setattr(write.soundfile, "write", fail)
    assert code_of(path) == "output_write"
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.wav"]


def test_a_full_disk_and_a_closed_folder_say_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(AudioWriteError, match="Permission denied"):
        write_wav(tmp_path / "a.wav", WAVE)
    assert not os.listdir(tmp_path)


def test_a_very_long_name_is_an_error_of_ours(tmp_path: Path) -> None:
    assert code_of(tmp_path / ("a" * 300 + ".wav")) == "output_write"
