"""A word or two are as high at every speed as at speed 1, by what is heard, and no sound of them is moved by 2 %."""

import numpy as np
import pytest

from tts.audio.spec import AudioSpec
from tts.emotion import manner
from tts.height import Wave, held
from tts.plan import Planner, SegmentPlan
from tts.speech import SynthesisRequest
from tts.synthesizer import Synthesizer
from tts.text.reader import Reader
from tts.voice import Voice

SPEC = AudioSpec()


@pytest.fixture(scope="module")
def planner(synthesizer: Synthesizer) -> Planner:
    return Planner(synthesizer.bundle, Reader.of(synthesizer.settings), manner, 1000)


def planned(planner: Planner, voice: Voice, text: str, speed: float) -> SegmentPlan:
    request = SynthesisRequest(text, voice, language="en", seed=1, speed=speed)
    return planner.plan(request, voice.embedding).parts[0]


class Humming:
    """Says everything as a hum of 200 Hz; at another speed than 1 it is so many semitones off."""

    def __init__(self, off: float) -> None:
        self.off = off
        self.times = 0

    def __call__(self, part: SegmentPlan) -> Wave:
        self.times += 1
        usual = np.array_equal(part.frames, part.at_usual_speed().frames)
        # What the network is told, which is what it would say.
        semitones = part.utterance().shift.mean() + (0 if usual else self.off)
        phase = np.arange(24000) * 2 * np.pi * 200 * 2 ** (semitones / 12) / SPEC.sample_rate
        return (0.2 * np.sin(phase) + 0.1 * np.sin(2 * phase)).astype(np.float32)


def semitones(wave: Wave) -> float:
    """Over 200 Hz, by the zeros of a whole second."""
    rising = np.flatnonzero((wave[:-1] < 0) & (wave[1:] >= 0))
    return 12 * float(np.log2((len(rising) - 1) * SPEC.sample_rate / (rising[-1] - rising[0]) / 200))


@pytest.mark.parametrize(("off", "left"), [(0.05, 0.05), (0.22, 0.0), (-0.22, 0.0), (1.0, 0.74), (-1.0, -0.74)])
def test_a_short_text_is_moved_to_its_usual_height_by_less_than_two_percent(
    planner: Planner, voice: Voice, off: float, left: float
) -> None:
    hum = Humming(off)
    part = planned(planner, voice, "Stop!", 2.0)
    assert semitones(held(part, hum(part), hum, SPEC)) == pytest.approx(left, abs=0.03)
    assert hum.times <= 5


def test_another_octave_is_an_error_of_the_tracker_not_of_the_voice(planner: Planner, voice: Voice) -> None:
    hum = Humming(12)
    part = planned(planner, voice, "Stop!", 2.0)
    assert semitones(held(part, hum(part), hum, SPEC)) == pytest.approx(12, abs=0.03)


@pytest.mark.parametrize(("text", "speed"), [("Stop!", 1.0), ("She put the old book back.", 2.0)])
def test_what_holds_anyway_is_said_once(planner: Planner, voice: Voice, text: str, speed: float) -> None:
    hum = Humming(0.5)
    part = planned(planner, voice, text, speed)
    wave = hum(part)
    assert held(part, wave, hum, SPEC) is wave
    assert hum.times == 1


def test_what_has_no_pitch_stays(planner: Planner, voice: Voice) -> None:
    part = planned(planner, voice, "Stop!", 2.0)
    silence = np.zeros(24000, np.float32)
    assert held(part, silence, lambda _: silence, SPEC) is silence
