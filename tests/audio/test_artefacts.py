"""Each measure of an artefact on sounds whose fault is known, and on all that is hardly a sound."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.signal import butter, sosfiltfilt

from tts.audio.artefacts import FLOOR_DB, MEASURES, measure

Floats = NDArray[np.float32]
RATE, HOP = 24000, 240


def noise(seconds: float, seed: int = 0) -> Floats:
    return 0.1 * np.random.default_rng(seed).standard_normal(round(seconds * RATE)).astype(np.float32)


def pulses(hertz: float | Floats = 130.0, seconds: float = 2.0) -> Floats:
    """(samples,) all harmonics of `hertz` (one value, or one a sample) under 11 kHz."""
    f0 = np.broadcast_to(np.asarray(hertz, np.float64), round(seconds * RATE))
    phase = 2 * np.pi * np.cumsum(f0) / RATE
    orders = range(1, int(11000 / f0.max()) + 1)
    return np.asarray(0.02 * sum(np.cos(order * phase) for order in orders), np.float32)


def band(wave: Floats, low: float, high: float) -> Floats:
    return np.asarray(sosfiltfilt(butter(6, (low, high), "bandpass", fs=RATE, output="sos"), wave), np.float32)


def lively(seconds: float = 2.0, hertz: float = 130.0) -> Floats:
    """(samples,) a pitch that moves like one of speech."""
    time = np.arange(round(seconds * RATE)) / RATE
    return (hertz * 2 ** (0.2 * np.sin(2 * np.pi * 0.7 * time))).astype(np.float32)


def value(wave: Floats, name: str) -> float:
    found = measure(np.asarray(wave, np.float32))[name]
    assert found is not None
    return found


def rises(values: list[float], least: float) -> bool:
    return bool(np.all(np.diff(values) > least))


@pytest.mark.parametrize("wanted", [5.0, 10.0, 15.0])
def test_harmonics_over_noise_are_told_in_decibels(wanted: float) -> None:
    buzzing = band(pulses(lively()), 50, 8000)
    hiss = band(noise(2.0), 50, 8000)
    hiss *= np.sqrt(np.mean(buzzing**2) / np.mean(hiss**2)) * 10 ** (-wanted / 20)
    assert value(buzzing + hiss, "hnr_db") == pytest.approx(wanted, abs=2.0)


def test_a_band_of_noise_is_a_voice_and_a_band_of_pulses_buzzes() -> None:
    low, high = band(pulses(lively()), 50, 4000), band(pulses(lively()), 4000, 8000)
    hiss = band(noise(2.0), 4000, 8000)
    hiss *= np.sqrt(np.mean(high**2) / np.mean(hiss**2))
    found = [value(low + part * high + (1 - part) * hiss, "buzz") for part in (0.0, 0.5, 0.75, 1.0)]
    assert found[0] < 0.2 and found[-1] > 0.9
    assert rises(found, 0.05)


@pytest.mark.parametrize("wanted", [-30.0, -20.0, -10.0])
def test_breath_is_told_in_decibels_under_the_voice(wanted: float) -> None:
    low, breath = band(pulses(lively()), 50, 2000), band(noise(2.0), 2500, 7500)
    breath *= np.sqrt(np.mean(low**2) / np.mean(breath**2)) * 10 ** (wanted / 20)
    assert value(low + breath, "aperiodic_db") == pytest.approx(wanted, abs=3.0)


def test_white_noise_has_its_bands_and_no_voice() -> None:
    found = measure(noise(3.0))
    assert found["band_4_8_db"] == pytest.approx(0.0, abs=0.3)
    assert found["band_8_12_db"] == pytest.approx(0.0, abs=0.3)
    assert found["hnr_db"] is None or found["hnr_db"] < 3


@pytest.mark.parametrize("loss", [6.0, 20.0, 40.0])
@pytest.mark.parametrize(("name", "low", "high"), [("band_4_8_db", 4000, 8000), ("band_8_12_db", 8000, 11999)])
def test_a_muffled_band_is_told_in_decibels(name: str, low: float, high: float, loss: float) -> None:
    spectrum = np.fft.rfft(noise(3.0))
    hertz = np.fft.rfftfreq(3 * RATE, 1 / RATE)
    spectrum[(hertz >= low) & (hertz <= high + 1)] *= 10 ** (-loss / 20)
    assert value(np.fft.irfft(spectrum), name) == pytest.approx(-loss, abs=1.5)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_inserted_clicks_are_counted(count: int) -> None:
    tone = (0.3 * np.sin(2 * np.pi * 220 * np.arange(2 * RATE) / RATE)).astype(np.float32)
    for wave in (tone, noise(2.0) + tone, pulses(lively())):
        clicked = wave.copy()
        clicked[(np.linspace(0.2, 1.8, count) * RATE).astype(int)] += 5 * np.abs(wave).max()
        assert value(wave, "clicks_per_second") == 0
        assert value(clicked, "clicks_per_second") * 2.0 == pytest.approx(count, abs=0.05)


def test_a_break_of_phase_is_a_click_and_a_burst_of_noise_is_none() -> None:
    time = np.arange(RATE) / RATE
    tone = (0.3 * np.sin(2 * np.pi * 200 * time)).astype(np.float32)
    broken = np.concatenate([tone[:12010], -tone[12010:]])
    burst = tone.copy()
    burst[12000:12480] += 2 * noise(0.02) * np.exp(-np.arange(480) / 200).astype(np.float32)
    assert value(broken, "clicks_per_second") == pytest.approx(1.0)
    assert value(burst, "clicks_per_second") == 0


@pytest.mark.parametrize("count", [0, 1, 4])
def test_drop_outs_in_a_voice_are_counted(count: int) -> None:
    wave = pulses(lively(3.0), 3.0) + 0.001 * noise(3.0)
    for place in (np.linspace(0.5, 2.5, count) * 100).astype(int) * HOP:
        wave[place : place + 2 * HOP] *= 0.1
    assert value(wave, "dropouts_per_second") * 3.0 == pytest.approx(count, rel=0.1)


def test_a_standing_line_is_told_by_its_height(voice: Callable[..., Floats]) -> None:
    wave = voice(4.0, noise_db=-50)
    whistle = np.sin(2 * np.pi * 5230 * np.arange(len(wave)) / RATE)
    found = [value(wave + gain * whistle, "lines_db") for gain in (0.0, 0.001, 0.01, 0.1)]
    assert found[0] < 6
    assert rises(found, 3.0)
    assert found[-1] > 40


def test_lines_at_the_frame_rate_are_told_from_others() -> None:
    wave = pulses(lively(4.0), 4.0) + 0.1 * noise(4.0)
    time = np.arange(len(wave)) / RATE
    at_frames, between = (
        0.005 * sum(np.cos(2 * np.pi * hertz * time) for hertz in range(1000 + by, 11000, 100)) for by in (0, 50)
    )
    plain = value(wave, "frame_lines_db")
    assert abs(plain) < 0.5
    assert value(wave + at_frames, "frame_lines_db") > plain + 3
    assert value(wave + between, "frame_lines_db") < plain - 3


def test_a_still_pitch_is_more_of_a_line_than_a_moving_one() -> None:
    hiss = 0.1 * noise(3.0)
    still, moving = (value(pulses(hertz, 3.0) + hiss, "lines_db") for hertz in (140.0, lively(3.0, 140.0)))
    assert still > 2 * moving


def test_jitter_is_told_in_cents() -> None:
    steady = value(pulses(lively()), "jitter_cents")
    assert steady < 3
    found = []
    for cents in (10.0, 30.0, 60.0):
        # One draw a period, as throats do it.
        draws = np.random.default_rng(1).standard_normal(400) * cents
        steps = np.repeat(draws, RATE // 130)[: 2 * RATE]
        found.append(value(pulses((lively() * 2 ** (steps / 1200)).astype(np.float32)), "jitter_cents"))
    assert rises([steady, *found], 1.0)


def test_haze_is_the_level_of_the_pauses() -> None:
    speech, hush = pulses(lively(1.0), 1.0), 0.1 * noise(1.0)
    for wanted in (-60.0, -40.0, -25.0):
        haze = hush * np.sqrt(np.mean(speech**2) / np.mean(hush**2)) * 10 ** (wanted / 20)
        assert value(np.concatenate([speech, haze, speech]), "pause_db") == pytest.approx(wanted, abs=1.0)
    for offset in (0.0, 1e-4):
        empty = np.full(RATE, offset, np.float32)
        assert value(np.concatenate([speech, empty, speech]), "pause_db") == FLOOR_DB
    assert measure(speech)["pause_db"] is None


def test_clipped_samples_are_counted() -> None:
    wave = np.sin(2 * np.pi * 100 * np.arange(RATE) / RATE)
    found = [value(np.clip(gain * wave, -0.9, 0.9), "clipped_share") for gain in (0.8, 1.0, 2.0)]
    assert found[0] < 0.1
    # |sin| is over .45 and .9 of its peak for the rest of the arc.
    assert found[1:] == [pytest.approx(1 - 2 / np.pi * np.arcsin(0.9 * 0.99 / gain), abs=0.02) for gain in (1.0, 2.0)]
    assert value(0.1 * wave, "clipped_share") == 0


def test_cut_ends_are_told(voice: Callable[..., Floats]) -> None:
    fade = np.minimum(np.arange(2 * RATE) / 4800, 1)
    wave = pulses(lively()) * fade * fade[::-1]
    assert value(wave, "start_db") < -20 and value(wave, "end_db") < -20
    assert value(wave[4800:], "start_db") > -6 and value(wave[4800:], "end_db") < -20
    assert value(wave[:-4800], "end_db") > -6
    padded = np.concatenate([np.zeros(960), wave[4800:], np.zeros(960)])
    for offset in (0.0, 1e-3):
        assert value(padded + offset, "start_db") == pytest.approx(value(wave[4800:], "start_db"), abs=0.5)


def test_silence_has_no_measures_but_no_clipping() -> None:
    for samples in (0, 1, 100, RATE):
        found = measure(np.zeros(samples, np.float32))
        assert found.pop("clipped_share") == 0.0
        assert set(found.values()) == {None}


@settings(max_examples=60, deadline=None)
@given(
    samples=st.integers(0, 9000),
    kind=st.sampled_from(["silence", "noise", "tone", "click", "offset", "square", "halves"]),
    gain=st.sampled_from([1e-6, 1e-3, 0.3, 1.0]),
)
def test_short_and_strange_waves_give_numbers_or_none(samples: int, kind: str, gain: float) -> None:
    time = np.arange(samples) / RATE
    wave = {
        "silence": np.zeros(samples),
        "noise": np.random.default_rng(0).uniform(-1, 1, samples),
        "tone": np.sin(2 * np.pi * 200 * time),
        "click": np.eye(1, samples, samples // 2)[0] if samples else np.zeros(0),
        "offset": np.ones(samples),
        "square": np.sign(np.sin(2 * np.pi * 150 * time)),
        "halves": np.where(time > samples / RATE / 2, np.sin(2 * np.pi * 180 * time), 0.0),
    }[kind]
    with np.errstate(all="raise", under="ignore"):
        found = measure((gain * wave).astype(np.float32))
    assert list(found) == [row.name for row in MEASURES]
    assert all(each is None or np.isfinite(each) for each in found.values())
    assert all(each is None or each >= FLOOR_DB for name, each in found.items() if name.endswith("_db"))


def test_a_long_wave_is_measured(voice: Callable[..., Floats]) -> None:
    assert None not in measure(np.concatenate([voice(19.0), np.zeros(RATE, np.float32)])).values()


@pytest.mark.parametrize("gain", [0.1, 0.5])
def test_a_level_changes_nothing_but_clipping(voice: Callable[..., Floats], gain: float) -> None:
    wave = np.concatenate([voice(3.0), 1e-2 * noise(1.0)])
    loud, quiet = measure(wave), measure(gain * wave)
    for name in set(loud) - {"clipped_share"}:
        assert quiet[name] == pytest.approx(loud[name], abs=0.05), name


def test_every_measure_says_what_it_is() -> None:
    assert len({row.name for row in MEASURES}) == len(MEASURES)
    for row in MEASURES:
        assert row.unit and row.meaning and len(row.meaning) < 130 and "\n" not in row.meaning
