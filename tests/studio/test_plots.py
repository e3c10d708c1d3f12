"""Pictures of sound: the right size, the right way up, for the shortest and the longest."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from studio.plots import COLUMNS, clock, frequency_ticks, mel_png, pitch_path, time_ticks, waveform_path
from tts.audio.spec import AudioSpec

RATE = AudioSpec().sample_rate


def tone(hertz: float, seconds: float) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE)).astype(np.float32)


def picture(wave: np.ndarray) -> Image.Image:
    return Image.open(io.BytesIO(mel_png(wave, AudioSpec())))


def test_a_waveform_is_taller_where_it_is_louder() -> None:
    wave = np.concatenate([tone(200, 1) * 0.1, tone(200, 1)])
    bars = waveform_path(wave).split("M")[1:]
    assert len(bars) == COLUMNS
    heights = [float(bar.split("V")[1]) - 50 for bar in bars]
    assert max(heights[: COLUMNS // 2 - 1]) < min(heights[COLUMNS // 2 + 1 :]) <= 50


@pytest.mark.parametrize("samples", [0, 1, 100, RATE])
def test_silence_and_next_to_nothing_can_be_drawn(samples: int) -> None:
    wave = np.zeros(samples, np.float32)
    assert waveform_path(wave).startswith("M")
    assert picture(wave).height == 100


def test_high_tones_stand_above_low_ones() -> None:
    low, high = (np.asarray(picture(tone(hertz, 1)).convert("L"), float).mean(1).argmax() for hertz in (300, 5000))
    assert high < 30 < 70 < low


def test_a_long_speech_has_a_picture_of_bounded_width() -> None:
    assert picture(np.zeros(120 * RATE, np.float32)).width <= 1400


def test_ticks_are_inside_and_in_order() -> None:
    places = [place for _, place in frequency_ticks(AudioSpec())]
    assert places == sorted(places) and places[0] > 0 and places[-1] < 1
    for seconds in (0.3, 2.0, 61.0, 1700.0):
        ticks = time_ticks(seconds)
        assert 2 <= len(ticks) <= 9 and ticks[0][1] == 0 and all(0 <= place <= 1 for _, place in ticks)


def test_clock_reads_as_people_do() -> None:
    assert [clock(3.42), clock(12, 1), clock(65), clock(3600)] == ["3.4", "12", "1:05", "60:00"]


def test_a_melody_is_drawn_where_there_is_a_voice() -> None:
    f0 = np.zeros(300, np.float32)
    f0[20:120] = np.linspace(100, 200, 100)
    f0[200:260] = 150
    path = pitch_path(f0)
    heights = [float(point.split()[1]) for point in re.split("[ML]", path)[1:]]
    assert path.startswith("M") and path.count("M") == 2
    assert heights[0] > heights[80] and all(0 <= height <= 100 for height in heights)
    assert pitch_path(np.zeros(300, np.float32)) == "" and pitch_path(np.zeros(0, np.float32)) == ""
