"""Silence is as long as promised by what is heard: pauses of the text, and the end of an exact duration."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tts.audio.spec import AudioSpec
from tts.emotion import manner
from tts.plan import Planner, SegmentPlan
from tts.silence import Wave, fitted, settled
from tts.speech import SynthesisRequest
from tts.synthesizer import Synthesizer
from tts.text.phones import PAUSES
from tts.text.reader import Reader
from tts.voice import Voice

SPEC = AudioSpec()
RATE = SPEC.sample_rate


@pytest.fixture(scope="module")
def part(synthesizer: Synthesizer, voice: Voice) -> SegmentPlan:
    planner = Planner(synthesizer.bundle, Reader.of(synthesizer.settings), manner, 1000)
    request = SynthesisRequest("We saw a man[[0.6s]]on a moor, by a low sea.", voice, language="en", seed=1)
    return planner.plan(request, voice.embedding).parts[0]


def buzzing(part: SegmentPlan, dying: float, late: float, spilling: float = 0.0) -> Wave:
    """A hum where phones are and nothing where pauses are; it dies `dying` s before a pause, starts `late` s after one
    and goes on for `spilling` s into it."""
    frames = part.rendered
    ends = np.cumsum(frames) * SPEC.hop
    sounds = np.zeros(int(ends[-1]), np.float32)
    tokens = part.segment.tokens
    for at, token in enumerate(tokens):
        if token.phone in PAUSES:
            continue
        start, end = int(ends[at] - frames[at] * SPEC.hop), int(ends[at])
        if tokens[at - 1].phone in PAUSES:
            start += int(late * RATE)
        if tokens[at + 1].phone in PAUSES:
            end += int((spilling - dying) * RATE)
        sounds[start:end] = 1
    hum = 0.3 * np.sin(np.arange(len(sounds)) * 2 * np.pi * 200 / RATE) + 0.0005
    return (sounds * hum).astype(np.float32)


def heard(wave: Wave) -> np.ndarray:
    return np.flatnonzero(np.abs(wave) > 0.01) / RATE


@given(st.floats(0, 0.03), st.floats(0, 0.02), st.floats(0, 0.1))
@settings(max_examples=25, deadline=None)
def check_pause(part: SegmentPlan, dying: float, late: float, spilling: float) -> None:
    piece = settled(buzzing(part, dying, late, spilling), part, SPEC)
    place = next(at for at, token in enumerate(part.segment.tokens) if token.phone == "pause")
    start, end = piece.ends[place - 1] / RATE, piece.ends[place] / RATE
    assert end - start == pytest.approx(0.6, abs=1e-4)
    sound, middle = heard(piece.wave), (start + end) / 2
    assert sound[sound > middle][0] - sound[sound < middle][-1] == pytest.approx(0.6, abs=0.012)
    assert not piece.wave[int((start + 0.02) * RATE) : int((end - 0.02) * RATE)].any()
    assert piece.ends[-1] == len(piece.wave)
    assert (np.diff(piece.ends) >= 0).all()


def test_a_written_pause_lasts_from_what_is_heard_last_to_what_is_heard_next(part: SegmentPlan) -> None:
    check_pause(part)


def test_where_nothing_is_promised_nothing_is_moved(part: SegmentPlan) -> None:
    free = replace(part, exact={})
    wave = buzzing(part, 0.02, 0.02)
    piece = settled(wave, free, SPEC)
    assert piece.ends.tolist() == (np.cumsum(part.frames) * SPEC.hop).tolist()


@pytest.mark.parametrize(("spilling", "late"), [(0.0, -0.05), (0.04, 0.0), (0.03, -0.04)])
def test_times_at_a_pause_take_in_what_is_heard_of_the_words_beside_it(
    part: SegmentPlan, spilling: float, late: float
) -> None:
    comma = next(at for at, token in enumerate(part.segment.tokens) if token.phone == "comma")
    frames = np.where(np.arange(len(part.frames)) == comma, 18, part.frames)
    free = replace(part, exact={}, frames=frames)
    wave = buzzing(free, 0.0, late, spilling)
    piece = settled(wave, free, SPEC)
    planned = np.cumsum(frames) * SPEC.hop
    # A window of 5 ms hears a little more than there is.
    assert piece.ends[comma] / RATE == pytest.approx(planned[comma] / RATE + late, abs=0.006)
    assert piece.ends[comma - 1] / RATE == pytest.approx(planned[comma - 1] / RATE + spilling, abs=0.006)
    assert len(piece.wave) == planned[-1]
    assert (np.diff(piece.ends) >= 0).all()


@pytest.mark.parametrize("dying", [0.0, 0.05, 0.2])
@pytest.mark.parametrize("share", [0.8, 1.0, 1.5])
def test_speech_that_dies_away_early_is_drawn_out_to_the_end(part: SegmentPlan, dying: float, share: float) -> None:
    closing = replace(part, exact={**part.exact, len(part.frames) - 1: 0.05})
    samples = int(part.frames.sum() * share) * SPEC.hop + 77
    times = []

    def render(again: SegmentPlan) -> Wave:
        times.append(int(again.frames.sum()))
        return _dying_at_the_end(again, dying)

    first = closing.lasting(samples // SPEC.hop)
    piece = fitted(first, samples, render, _dying_at_the_end(first, dying), SPEC)
    assert len(piece.wave) == samples
    assert 0.04 <= len(piece.wave) / RATE - heard(piece.wave)[-1] <= 0.062
    assert len(times) <= 7
    if dying:
        assert times


@pytest.mark.parametrize(("level", "kept"), [(0.0, False), (0.005, False), (0.013, True)])
def test_a_last_consonant_stays_unless_nobody_could_hear_it(
    synthesizer: Synthesizer, voice: Voice, level: float, kept: bool
) -> None:
    planner = Planner(synthesizer.bundle, Reader.of(synthesizer.settings), manner, 1000)
    planned = planner.plan(SynthesisRequest("We saw a boat", voice, language="en", seed=1), voice.embedding).parts[0]
    last = len(planned.frames) - 1
    frames = np.where(np.arange(last + 1) == last - 1, 8, planned.frames)
    closing = replace(planned, exact={last: 0.05}, frames=frames)
    wave = buzzing(closing, 0.0, 0.0)
    end = int(closing.rendered[:-1].sum()) * SPEC.hop
    start = end - 8 * SPEC.hop
    wave[start:end] *= level
    piece = settled(wave, closing, SPEC)
    said = len(piece.wave) / RATE - 0.05
    assert said == pytest.approx((start + 0.01 * RATE if kept else start) / RATE, abs=0.004)


@pytest.mark.parametrize("level", [0.006, 0.01, 0.1])
def test_a_faint_last_consonant_is_heard_to_the_end_of_an_exact_duration(
    synthesizer: Synthesizer, voice: Voice, level: float
) -> None:
    planner = Planner(synthesizer.bundle, Reader.of(synthesizer.settings), manner, 1000)
    planned = planner.plan(SynthesisRequest("We saw a moose", voice, language="en", seed=1), voice.embedding).parts[0]
    last = len(planned.frames) - 1
    frames = np.where(np.arange(last + 1) == last - 1, 10, planned.frames)
    closing = replace(planned, exact={last: 0.05}, frames=frames)
    end = int(closing.rendered[:-1].sum()) * SPEC.hop
    start = end - 10 * SPEC.hop
    wave = buzzing(closing, 0.0, 0.0)
    wave[start:end] *= level
    # A moment of it is just loud enough to be heard in a short window, and in no longer one.
    wave[end - int(0.005 * RATE) : end] *= max(1.0, 0.016 / level)
    plain = settled(wave, closing, SPEC).wave
    samples = len(plain)
    piece = fitted(closing, samples, lambda again: wave, wave, SPEC)
    assert len(piece.wave) == samples
    loud = 20 * np.log10(0.3 / np.sqrt(2))
    ends = {below: (samples - np.flatnonzero(powers(piece.wave) > loud - below)[-1]) / RATE for below in (37, 45)}
    assert 0.04 <= ends[45] <= ends[37] <= 0.06
    said = np.abs(plain) > 1e-4
    gain = piece.wave[said] / plain[said]
    assert gain[: -int(0.05 * RATE)] == pytest.approx(1, abs=1e-3)
    assert gain.max() <= 10 ** (10 / 20) + 1e-3
    assert (np.diff(gain) > -1e-3).all()
    assert np.diff(gain).max() < 0.05


def powers(wave: Wave) -> np.ndarray:
    """dB of 10 ms around each sample."""
    return np.asarray(10 * np.log10(np.convolve(wave.astype(np.float64) ** 2, np.ones(240) / 240, "same") + 1e-12))


def test_speech_whose_end_jumps_past_the_wanted_one_still_ends_there(part: SegmentPlan) -> None:
    closing = replace(part, exact={**part.exact, len(part.frames) - 1: 0.05})
    samples = int(part.frames.sum() * 1.2) * SPEC.hop

    def render(again: SegmentPlan) -> Wave:
        # A frame more, and a last sound that was too soft is heard.
        return _dying_at_the_end(again, 0.1 if again.frames.sum() * SPEC.hop < samples + 0.072 * RATE else 0.02)

    first = closing.lasting(samples // SPEC.hop)
    piece = fitted(first, samples, render, render(first), SPEC)
    assert len(piece.wave) == samples == piece.ends[-1]
    assert 0.04 <= len(piece.wave) / RATE - heard(piece.wave)[-1] <= 0.06
    assert heard(piece.wave)[0] >= 0.04


def _dying_at_the_end(part: SegmentPlan, seconds: float) -> Wave:
    wave = buzzing(part, 0.0, 0.0)
    end = int((part.rendered.sum() - part.rendered[-1]) * SPEC.hop - seconds * RATE)
    wave[end:] = 0
    return wave


@given(st.floats(0, 1), st.integers(0, 2**20))
@settings(max_examples=10, deadline=None)
def check_duration(synthesizer: Synthesizer, voice: Voice, place: float, seed: int) -> None:
    request = SynthesisRequest("你好，今天[[0.3s]]很冷。再见！", voice, seed=seed, variation=0.7)
    possible = synthesizer.time_range(request)
    seconds = possible.least + place * (possible.most - possible.least)
    speech = synthesizer.synthesize(replace(request, duration=seconds))
    assert len(speech.wave) == int(seconds * RATE + 0.5)
    assert not speech.wave[-960:].any()
    assert speech.words[-1].end == pytest.approx(speech.seconds - 0.05, abs=0.011)


def test_any_possible_duration_is_met_to_the_sample_and_filled(synthesizer: Synthesizer, voice: Voice) -> None:
    check_duration(synthesizer, voice)
