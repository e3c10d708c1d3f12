"""Speed, duration, pauses and timings of the trained bundle, by what is heard."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tts.audio.pitch import track
from tts.audio.read import Limits, read_clip
from tts.audio.spec import AudioSpec
from tts.settings import load_settings
from tts.speech import Speech, SynthesisRequest
from tts.synthesizer import Synthesizer
from tts.voice import Voice

TEXTS = {
    "zh": "今天的天气真不错[[0.6s]]我们去公园，好吗？",
    "en": "She put the book[[0.6s]]on the shelf, and left.",
    "ja": "今日はいい天気なので[[0.6s]]散歩に行きませんか。",
}


@pytest.fixture(scope="module")
def trained(root: Path) -> Synthesizer:
    return Synthesizer.open(load_settings(cache_dir=root / "cache_hub", device="cpu"))


@pytest.fixture(scope="module")
def hazel(trained: Synthesizer, root: Path) -> Voice:
    clip = read_clip(root / "assets" / "voices" / "hazel.flac", limits=Limits.of(trained.settings))
    return trained.voice_from([clip], fitted=False)


@pytest.fixture(scope="module", params=sorted(TEXTS))
def request_(hazel: Voice, request: pytest.FixtureRequest) -> Iterator[SynthesisRequest]:
    yield SynthesisRequest(TEXTS[request.param], hazel, language=request.param, seed=1)


def level(speech: Speech) -> np.ndarray:
    """dB of 10 ms around each ms, against the loud parts."""
    power = np.convolve(speech.wave.astype(np.float64) ** 2, np.ones(240) / 240, "same")[::24]
    return np.asarray(10 * np.log10(power / np.quantile(power, 0.95) + 1e-10))


def heard(speech: Speech) -> np.ndarray:
    return np.flatnonzero(level(speech) > -40) / 1000


def written_pause(speech: Speech) -> tuple[float, float]:
    """When the written pause starts and ends, as the timings have it."""
    return next((a.end, b.start) for a, b in pairwise(speech.words) if abs(b.start - a.end - 0.6) < 0.001)


def semitones(speech: Speech) -> np.ndarray:
    """The pitch of each phone, NaN where it has none."""
    f0 = track(speech.wave, AudioSpec()).f0_hz
    found = []
    for phone in speech.phones:
        own = f0[round(phone.start * 100) : round(phone.end * 100)]
        found.append(12 * np.log2(np.median(own[own > 0])) if (own > 0).sum() > 2 else np.nan)
    return np.array(found)


def test_pitch_and_written_pauses_stay_at_any_speed(trained: Synthesizer, request_: SynthesisRequest) -> None:
    usual = trained.synthesize(request_)
    for speed in (0.5, 2.0):
        speech = trained.synthesize(replace(request_, speed=speed))
        moved = np.nanmedian(semitones(speech) - semitones(usual))
        assert abs(2 ** (moved / 12) - 1) < 0.02
        start, end = written_pause(speech)
        sound, middle = heard(speech), (start + end) / 2
        assert sound[sound > middle][0] - sound[sound < middle][-1] == pytest.approx(0.6, abs=0.012)


@pytest.mark.parametrize(("language", "text", "speed"), [("ko", "네", 0.5), ("ko", "네", 2.0), ("en", "Yes", 2.0)])
def test_a_single_syllable_keeps_its_pitch_at_any_speed(
    trained: Synthesizer, hazel: Voice, language: str, text: str, speed: float
) -> None:
    request = SynthesisRequest(text, hazel, language=language, seed=1)
    usual, speech = trained.synthesize(request), trained.synthesize(replace(request, speed=speed))
    before, after = (track(one.wave, AudioSpec()).f0_hz for one in (usual, speech))
    # At the same place of the same phone: a median over all counts what is voiced, which is another share of it.
    borders = [[one.phones[0].start, *(phone.end for phone in one.phones)] for one in (usual, speech)]
    places = np.interp((np.arange(len(before)) + 0.5) / 100, *borders)
    there = after[(100 * places).astype(int)]
    both = (before > 0) & (there > 0)
    assert both.sum() >= 5 and abs(np.median(there[both] / before[both]) - 1) < 0.02


@pytest.mark.parametrize("place", [0.1, 0.5, 0.97])
def test_speech_fills_an_exact_duration(trained: Synthesizer, request_: SynthesisRequest, place: float) -> None:
    possible = trained.time_range(request_)
    seconds = possible.least + place * (possible.most - possible.least)
    speech = trained.synthesize(replace(request_, duration=seconds))
    assert len(speech.wave) == int(seconds * 24000 + 0.5)
    assert 0.038 <= speech.seconds - heard(speech)[-1] <= 0.062
    start, end = written_pause(speech)
    assert (level(speech)[int(start * 1000) + 15 : int(end * 1000) - 15] < -60).all()


def test_words_are_where_the_sound_is(trained: Synthesizer, request_: SynthesisRequest) -> None:
    speech = trained.synthesize(request_)
    loud, sound = level(speech), heard(speech)
    for word in speech.words:
        assert loud[int(word.start * 1000) : int(word.end * 1000)].max() > -20
    start, end = written_pause(speech)
    assert np.median(loud[int(start * 1000) : int(end * 1000)]) < -60
    assert sound[sound > (start + end) / 2][0] == pytest.approx(end, abs=0.015)
    assert sound[sound < (start + end) / 2][-1] == pytest.approx(start, abs=0.015)


def test_phones_make_up_their_words(trained: Synthesizer, request_: SynthesisRequest) -> None:
    speech = trained.synthesize(request_)
    for number, word in enumerate(speech.words):
        own = [phone for phone in speech.phones if phone.word == number]
        assert (own[0].start, own[-1].end) == (word.start, word.end)
        assert all(left.end == right.start for left, right in pairwise(own))
    assert {phone.tone.split("_")[0][:2] for phone in speech.phones} <= {"zh", "en", "ja", "no"}


def test_seeds_are_heard_as_far_as_the_setting_goes(trained: Synthesizer, request_: SynthesisRequest) -> None:
    def spread(amount: float) -> tuple[float, float]:
        takes = [trained.synthesize(replace(request_, seed=seed, variation=amount)) for seed in range(3)]
        lengths = np.std([np.log(take.seconds) for take in takes])
        return float(lengths), float(np.nanmean(np.std([semitones(take) for take in takes], axis=0)))

    still, some, all_of_it = spread(0.0), spread(0.4), spread(1.0)
    assert still == pytest.approx((0, 0), abs=1e-9)
    assert 0 < some[0] < all_of_it[0] < 0.12
    assert 0.1 < some[1] < all_of_it[1] < 2.5
