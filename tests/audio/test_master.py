"""Speech as a file for elsewhere: exact length, exact loudness, no peak over the ceiling, in every rate and depth."""

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
import torchaudio
from hypothesis import given, settings
from hypothesis import strategies as st

from tts.audio.form import BITS, RATES, Form
from tts.audio.loudness import measure
from tts.audio.master import CEILING_DBTP, ENDINGS, encoded, master, pcm, write_master
from tts.errors import OptionError
from tts.settings import ROOT

VOICES = ROOT / "assets" / "voices"


def voice(name: str = "rowan") -> np.ndarray:
    """(samples,) of somebody speaking, at 24 kHz."""
    return np.asarray(soundfile.read(VOICES / f"{name}.flac", dtype="float32")[0])


def decoded(content: bytes) -> tuple[np.ndarray, int]:
    wave, rate = soundfile.read(io.BytesIO(content), dtype="float32")
    return wave, rate


def lufs(wave: np.ndarray, rate: int) -> float:
    """By another hand than ours: torchaudio's own BS.1770."""
    return float(torchaudio.functional.loudness(torch.from_numpy(wave)[None], rate))


@pytest.mark.parametrize("target", [-30.0, -23.0, -16.0])
@pytest.mark.parametrize("bits", BITS)
@pytest.mark.parametrize("rate", RATES)
def test_rate_depth_and_loudness_are_met(rate: int, bits: int, target: float) -> None:
    wave = voice()
    finished = master(wave, Form(rate, bits, target))
    content = encoded(finished, "wav")
    info = soundfile.info(io.BytesIO(content))
    assert (info.samplerate, info.subtype) == (rate, f"PCM_{bits}")
    heard, _ = decoded(content)
    assert len(heard) == round(len(wave) / 24000 * rate)
    assert lufs(heard, rate) == pytest.approx(target, abs=0.5)
    assert measure(heard, rate).peak_dbtp <= CEILING_DBTP
    assert not finished.falls_short


@pytest.mark.parametrize("name", ["doyun", "qinglan", "koharu"])
def test_no_peak_goes_over_the_ceiling_however_loud_it_is_wanted(name: str) -> None:
    finished = master(voice(name), Form(48000, 16, -6.0))
    assert finished.falls_short
    heard, rate = decoded(encoded(finished, "wav"))
    assert measure(heard, rate).peak_dbtp <= CEILING_DBTP
    assert lufs(heard, rate) > lufs(voice(name), 24000) + 5


@settings(max_examples=30, deadline=None)
@given(samples=st.integers(0, 3000), rate=st.sampled_from(RATES), bits=st.sampled_from(BITS))
def test_a_wave_of_any_length_has_exactly_its_samples(samples: int, rate: int, bits: int) -> None:
    wave = np.linspace(-0.5, 0.5, samples, dtype=np.float32)
    assert len(pcm(master(wave, Form(rate, bits)))) == round(samples / 24000 * rate)
    assert len(pcm(master(wave, Form(rate, bits, -20.0)))) == round(samples / 24000 * rate)


@pytest.mark.parametrize("rate", RATES)
def test_what_is_only_resampled_sounds_the_same(rate: int) -> None:
    wave = voice()
    heard, _ = decoded(encoded(master(wave, Form(rate, 24)), "wav"))
    assert lufs(heard, rate) == pytest.approx(lufs(wave, 24000), abs=0.1)
    spectrum = [np.abs(np.fft.rfft(row))[: int(10000 * len(wave) / 24000)] for row in (wave, heard)]
    assert np.corrcoef(spectrum[0], spectrum[1])[0, 1] > 0.9999


def test_silence_stays_silent_and_bits_are_dithered_only_where_they_are_few() -> None:
    silent = np.zeros(24000, np.float32)
    assert not pcm(master(silent, Form(48000, 16, -16.0))).any()
    quiet = (0.2 / 2**15 * np.sin(np.arange(24000) / 4)).astype(np.float32)
    steps = pcm(master(quiet, Form())).astype(float)
    # Below half a step: without dither nothing of it would be left.
    assert np.corrcoef(steps, quiet)[0, 1] > 0.1
    assert np.allclose(pcm(master(quiet, Form(bits=24))) / 2**31, quiet, atol=2**-24)


def test_what_has_sixteen_bits_already_keeps_every_one_of_them() -> None:
    wave = (np.round(voice() * 2**15) / 2**15).astype(np.float32)
    assert np.array_equal(pcm(master(wave, Form())), wave * 2**15)


def test_the_same_master_is_the_same_file(tmp_path: Path) -> None:
    form = Form(44100, 16, -19.0)
    write_master(tmp_path / "a.wav", master(voice(), form))
    assert (tmp_path / "a.wav").read_bytes() == encoded(master(voice(), form), "wav")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("rate", RATES)
def test_every_kind_of_file_comes_in_every_rate(ending: str, rate: int) -> None:
    heard, found = decoded(encoded(master(voice(), Form(rate, 24, -18.0)), ending))
    assert found == (48000 if ending == "opus" and rate == 44100 else rate)
    assert len(heard) / found == pytest.approx(len(voice()) / 24000, abs=0.1)
    assert lufs(heard, found) == pytest.approx(-18, abs=0.6)


@pytest.mark.parametrize("wrong", [{"rate": 22050}, {"bits": 8}, {"loudness": -5.0}, {"loudness": -80.0}])
def test_a_form_that_is_not_offered_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(OptionError) as refused:
        Form(**wrong)  # type: ignore[arg-type]
    assert refused.value.code == "option_value"


@pytest.mark.parametrize("rate", RATES)
def test_loudness_is_that_of_the_standard(rate: int) -> None:
    """EBU Tech 3341: a sine of 1 kHz at -23 dBFS has -23 LUFS on both channels, 3 less on one."""
    sine = (10 ** (-20 / 20) * np.sin(2 * np.pi * 1000 * np.arange(20 * rate) / rate)).astype(np.float32)
    found = measure(sine, rate)
    assert found.lufs == pytest.approx(-23.0, abs=0.1) and found.peak_dbtp == pytest.approx(-20, abs=0.1)


def test_moments_and_silence_have_a_loudness_or_none() -> None:
    assert measure(np.zeros(48000, np.float32), 24000).lufs is None
    assert measure(np.zeros(0, np.float32), 24000).lufs is None
    moment = voice()[24000:26400]
    assert measure(moment, 24000).lufs == pytest.approx(measure(np.tile(moment, 20), 24000).lufs, abs=0.5)
