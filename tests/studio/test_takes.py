"""Finished speech: kept within its limits, in every format, with what made it."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from studio.exports import KINDS, Choices, add_to_zip, content_of
from studio.rows import history_rows
from studio.store import Store
from studio.takes import TIMINGS, Takes, timings_text
from tts.audio.spec import AudioSpec
from tts.audio.write import write_wav
from tts.errors import AudioWriteError
from tts.settings import load_settings
from tts.speech import Speech
from tts.timings import PhoneTiming, SegmentTiming, WordTiming

SETTINGS = {"text": "你好。", "source": {"kind": "clip", "name": "a.wav"}, "speed": 1.0}


class Clock:
    now = 1e9

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def takes(tmp_path: Path, clock: Clock) -> Callable[..., Takes]:
    def make(**settings: float) -> Takes:
        store = Store(tmp_path / "studio.sqlite", clock)
        made = Takes(store, tmp_path / "takes", load_settings(data_dir=tmp_path, **settings))
        made.open()
        return made

    return make


def keep(takes: Takes, owner: str, name: str, seconds: float = 1.0, **settings: str) -> None:
    wave = np.sin(np.arange(int(seconds * 24000)) / 20).astype(np.float32) / 2
    segments, words = (SegmentTiming("你好。", 0.1, 0.9),), (WordTiming("你好", 0.1, 0.8, 0),)
    phones = (PhoneTiming("n", "zh3", 0.1, 0.2, 0), PhoneTiming("i3", "zh3", 0.2, 0.4, 0))
    speech = Speech(wave, 24000, 7, "zh", segments, words, phones, ((len(wave),),), {0: 5})
    takes.keep(owner, name, speech, SETTINGS | settings, device="CPU", took=0.2, spec=AudioSpec(), edition="m#1")


def test_a_long_text_is_cut_between_its_characters(takes: Callable[..., Takes]) -> None:
    keep(takes(), "anna", "t1", text="&" * 700)
    row = history_rows(takes().all("anna"), "en")
    assert f">{'&amp;' * 400}<" in row and f'"{"&amp;" * 600}"' in row


def test_a_take_comes_back_with_what_made_it(takes: Callable[..., Takes], tmp_path: Path) -> None:
    keep(takes(), "anna", "t1")
    take = takes().get("anna", "t1")
    assert (take.text, take.seed, take.settings["seed"], take.seconds) == ("你好。", 7, 7, 1.0)
    assert take.words == (WordTiming("你好", 0.1, 0.8, 0),) and len(take.timings.phones) == 2
    assert take.picture.read_bytes().startswith(b"\x89PNG")
    speech = take.speech()
    assert (take.edition, speech.pieces, speech.segment_seeds) == ("m#1", ((24000,),), {0: 5})
    write_wav(tmp_path / "again.wav", speech.wave)
    assert (tmp_path / "again.wav").read_bytes() == take.path.read_bytes()
    with pytest.raises(AudioWriteError, match="no longer here"):
        takes().get("bert", "t1")


@pytest.mark.parametrize("ending", KINDS)
def test_a_take_is_the_same_sound_in_every_format(takes: Callable[..., Takes], ending: str) -> None:
    keep(takes(), "anna", "t1", 2.0)
    wave, rate = soundfile.read(io.BytesIO(content_of(takes().get("anna", "t1"), Choices(ending))))
    assert rate == 24000 and len(wave) == pytest.approx(48000, abs=3000)
    assert np.sqrt(np.mean(wave[2400:-2400] ** 2)) == pytest.approx(0.354, rel=0.1)


@pytest.mark.parametrize("ending", TIMINGS)
def test_timings_come_in_every_format(takes: Callable[..., Takes], ending: str) -> None:
    keep(takes(), "anna", "t1")
    assert "你好" in timings_text(takes().get("anna", "t1"), ending)


def test_the_quota_of_a_browser_is_kept_by_letting_the_oldest_go(takes: Callable[..., Takes], clock: Clock) -> None:
    own = takes(quota_megabytes=10)
    keep(own, "bert", "other")
    for number in range(5):
        clock.now += 1
        keep(own, "anna", f"t{number}", 60.0)
    assert [take.id for take in own.all("anna")] == ["t4", "t3", "t2"]
    assert sorted(path.stem for path in own.folder.glob("*.wav")) == ["other", "t2", "t3", "t4"]
    for take in own.all("anna"):
        own.change("anna", take.id, starred=True)
    with pytest.raises(AudioWriteError) as full:
        keep(own, "anna", "t5", 60.0)
    assert full.value.code == "output_quota" and not list(own.folder.glob("t5*"))


def test_what_is_old_goes_unless_it_has_a_star_or_there_is_no_limit(takes: Callable[..., Takes], clock: Clock) -> None:
    own = takes(history_days=2)
    for name in ("old", "starred"):
        keep(own, "anna", name)
    own.change("anna", "starred", starred=True)
    clock.now += 3 * 24 * 3600
    keep(own, "anna", "new")
    assert takes(history_days=0).sweep() == 0 and own.sweep() == 1
    assert [take.id for take in own.all("anna")] == ["new", "starred"]
    assert not (own.folder / "old.wav").exists()


def test_only_ones_own_takes_are_removed(takes: Callable[..., Takes]) -> None:
    own = takes()
    keep(own, "anna", "t1")
    assert own.remove("bert", ["t1"]) == 0 and own.remove("anna", ["t1", "t1", "x"]) == 1
    assert list(own.folder.iterdir()) == []


def test_a_zip_holds_waves_and_timings_under_their_names(takes: Callable[..., Takes], tmp_path: Path) -> None:
    own = takes()
    for name in ("t1", "t2"):
        keep(own, "anna", name)
    found = own.all("anna")
    names = Choices().names(enumerate(found, 1), "{n}-yinse-{seed}")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        told = add_to_zip(file, found, names, Choices(), ("srt", "json"))
    with zipfile.ZipFile(tmp_path / "a.zip") as file:
        assert file.testzip() is None
        assert sorted(file.namelist()) == sorted(
            f"00{n}-yinse-7.{end}" for n in (1, 2) for end in ("wav", "srt", "json")
        )
        wave, _ = soundfile.read(io.BytesIO(file.read("001-yinse-7.wav")), dtype="int16")
    assert [row["file"] for row in told] == ["001-yinse-7.wav", "002-yinse-7.wav"]
    # As it was made, to the last bit.
    assert (wave == soundfile.read(found[0].path, dtype="int16")[0]).all()
