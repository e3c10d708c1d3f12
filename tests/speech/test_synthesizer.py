"""A request becomes speech of the right length, the same every time, and says when what is said."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from tts.audio.read import Clip
from tts.emotion import EmotionVector
from tts.errors import InternalError, OptionError, ReferenceClipError, TextError, VoiceError
from tts.models.acoustic.batch import VoiceBatch
from tts.speech import Speech, SynthesisRequest
from tts.synthesizer import Synthesizer, choose_device
from tts.voice import Voice

SHORT = "你好，世界。"
LONG = "今天天气很好，我们去河边走走。The bridge is old. 你觉得怎么样？"


@pytest.fixture(scope="module")
def long_speech(synthesizer: Synthesizer, voice: Voice) -> Speech:
    return synthesizer.synthesize(SynthesisRequest(LONG, voice, seed=1))


@pytest.mark.parametrize("text", ["好", SHORT, "Hello.", LONG])
def test_a_text_becomes_a_finite_wave_with_silent_edges(synthesizer: Synthesizer, voice: Voice, text: str) -> None:
    speech = synthesizer.synthesize(SynthesisRequest(text, voice, seed=3))
    assert speech.wave.dtype == np.float32 and np.isfinite(speech.wave).all()
    assert 0 < np.abs(speech.wave).max() <= 1
    assert np.abs(speech.wave[:900]).max() == np.abs(speech.wave[-900:]).max() == 0
    assert len(speech.wave) % 240 == 0


@pytest.mark.parametrize("share", [0.55, 0.9, 1.3, 1.95])
def test_a_duration_is_met_to_the_sample(
    synthesizer: Synthesizer, voice: Voice, long_speech: Speech, share: float
) -> None:
    seconds = long_speech.seconds * share + 0.0001234
    speech = synthesizer.synthesize(SynthesisRequest(LONG, voice, duration=seconds, seed=1))
    assert len(speech.wave) == int(seconds * 24000 + 0.5)
    assert not speech.wave[-960:].any()
    assert speech.words[-1].end <= speech.seconds - 0.04


def test_a_duration_that_cannot_be_names_what_can(synthesizer: Synthesizer, voice: Voice) -> None:
    with pytest.raises(OptionError) as caught:
        synthesizer.synthesize(SynthesisRequest(SHORT, voice, duration=60.00003))
    least, most = (float(str(caught.value.details[name])) for name in ("least", "most"))
    for seconds in (least, most):
        assert synthesizer.synthesize(SynthesisRequest(SHORT, voice, duration=seconds)).seconds == pytest.approx(
            seconds
        )


def test_speed_shortens_and_is_ignored_with_a_duration(
    synthesizer: Synthesizer, voice: Voice, long_speech: Speech
) -> None:
    fast = synthesizer.synthesize(SynthesisRequest(LONG, voice, speed=1.6, seed=1))
    assert fast.seconds == pytest.approx(long_speech.seconds / 1.6, rel=0.12)
    both = synthesizer.synthesize(SynthesisRequest(SHORT, voice, speed=1.6, duration=fast.seconds / 3, seed=1))
    assert both.warnings == ("speed_ignored",)
    assert fast.warnings == ()


def test_the_same_seed_gives_the_same_speech_alone_or_in_a_batch(synthesizer: Synthesizer, voice: Voice) -> None:
    request = SynthesisRequest(SHORT, voice, seed=7, variation=0.8)
    alone = synthesizer.synthesize(request)
    among = synthesizer.synthesize_batch([SynthesisRequest(LONG, voice, seed=1), request])[1]
    assert isinstance(among, Speech)
    assert np.array_equal(alone.wave, synthesizer.synthesize(request).wave)
    assert alone.words == among.words
    assert np.allclose(alone.wave, among.wave, atol=1e-3)


def test_variation_makes_seeds_differ(synthesizer: Synthesizer, voice: Voice) -> None:
    first, second = (synthesizer.synthesize(SynthesisRequest(SHORT, voice, seed=s, variation=0.8)) for s in (1, 2))
    assert len(first.wave) != len(second.wave) or not np.array_equal(first.wave, second.wave)


def test_without_a_seed_one_is_drawn_and_told(synthesizer: Synthesizer, voice: Voice) -> None:
    speech = synthesizer.synthesize(SynthesisRequest(SHORT, voice))
    assert np.array_equal(speech.wave, synthesizer.synthesize(SynthesisRequest(SHORT, voice, seed=speech.seed)).wave)


def test_timings_follow_the_text(long_speech: Speech) -> None:
    segments, words = long_speech.segments, long_speech.words
    assert len(segments) >= 2
    assert segments[0].start == pytest.approx(0.06)
    for timings in (segments, words):
        assert all(0 <= mark.start < mark.end <= long_speech.seconds for mark in timings)
        assert all(left.end <= right.start for left, right in pairwise(timings))
    assert "".join(word.text for word in words).startswith("今天天气")
    assert all(segments[word.segment].start <= word.start for word in words)


@pytest.mark.parametrize("text", ["你好[[1.5s]]世界。", "你好。[[1.5s]]世界。"])
def test_a_written_pause_lasts_what_is_written(synthesizer: Synthesizer, voice: Voice, text: str) -> None:
    speech = synthesizer.synthesize(SynthesisRequest(text, voice, speed=2.0, seed=1))
    first, second = speech.words
    assert second.start - first.end == pytest.approx(1.5)
    middle = speech.wave[int((first.end + 0.4) * 24000) : int((second.start - 0.4) * 24000)]
    assert not middle.any()


def test_pauses_written_at_the_ends_are_silence(synthesizer: Synthesizer, voice: Voice) -> None:
    speech = synthesizer.synthesize(SynthesisRequest("[[1s]]你好[[2s]]", voice, seed=1))
    assert (speech.words[0].start, speech.seconds - speech.words[-1].end) == pytest.approx((1, 2))


def test_the_pause_scale_moves_only_pauses(synthesizer: Synthesizer, voice: Voice, long_speech: Speech) -> None:
    wide = synthesizer.synthesize(SynthesisRequest(LONG, voice, pause_scale=3.0, seed=1))
    assert wide.seconds > long_speech.seconds
    assert wide.words[0].end == long_speech.words[0].end


def test_an_emotion_changes_pace_and_sound_by_its_weight(synthesizer: Synthesizer, voice: Voice) -> None:
    def say(weight: float) -> Speech:
        emotion = EmotionVector.of({"sad": 1.0})
        return synthesizer.synthesize(
            SynthesisRequest(LONG, voice, emotion=emotion, emotion_weight=weight, duration=None, seed=1)
        )

    own, half, full = say(0.0), say(0.5), say(1.0)
    assert own.seconds < half.seconds < full.seconds


def test_progress_names_each_segment_and_ends_at_one(synthesizer: Synthesizer, voice: Voice) -> None:
    told: list[tuple[float, str]] = []
    speech = synthesizer.synthesize(SynthesisRequest(LONG, voice, seed=1), progress=lambda *it: told.append(it))
    assert [text for _, text in told] == [segment.text for segment in speech.segments]
    assert told[-1][0] == 1 and sorted(told) == told


def test_the_segments_that_are_heard_while_it_goes_on_are_the_whole(synthesizer: Synthesizer, voice: Voice) -> None:
    heard: list[NDArray[np.float32]] = []
    request = SynthesisRequest("One. [[0.4s]] Two, three! 你好。", voice, seed=1)
    speech = synthesizer.synthesize(request, spoken=heard.append)
    assert len(heard) == len(speech.segments) > 2
    assert np.array_equal(np.concatenate(heard), speech.wave)


def test_cancelling_stops_between_segments(synthesizer: Synthesizer, voice: Voice) -> None:
    told: list[float] = []
    with pytest.raises(InternalError) as caught:
        synthesizer.synthesize(
            SynthesisRequest(LONG, voice, seed=1),
            progress=lambda share, _: told.append(share),
            cancelled=lambda: len(told) == 1,
        )
    assert caught.value.code == "internal_cancelled"
    assert len(told) == 1


def test_in_a_batch_an_error_stands_in_its_own_place(synthesizer: Synthesizer, voice: Voice) -> None:
    texts = [SHORT, "", "好", "！？"]
    outcomes = synthesizer.synthesize_batch([SynthesisRequest(text, voice, seed=1) for text in texts])
    assert [type(outcome) for outcome in outcomes] == [Speech, TextError, Speech, TextError]


def test_a_text_over_the_limit_is_refused(synthesizer: Synthesizer, voice: Voice) -> None:
    with pytest.raises(TextError) as caught:
        synthesizer.synthesize(SynthesisRequest("好" * (synthesizer.settings.max_text_characters + 1), voice))
    assert caught.value.code == "text_too_long"


def test_two_thousand_characters_are_spoken(synthesizer: Synthesizer, voice: Voice) -> None:
    speech = synthesizer.synthesize(SynthesisRequest("今天天气很好，我们去河边，" * 154, voice, speed=2.0, seed=1))
    assert len(speech.segments) > 20
    assert speech.seconds > 60


@pytest.mark.parametrize(
    ("option", "value"),
    [("speed", 0.4), ("speed", 2.1), ("speed", float("nan")), ("pause_scale", -1), ("pause_scale", 3.5),
     ("variation", 1.5), ("emotion_weight", 2), ("duration", 0), ("duration", float("inf")), ("seed", -1)],
)  # fmt: skip
def test_an_option_outside_its_range_is_refused(voice: Voice, option: str, value: float) -> None:
    with pytest.raises(OptionError, match=r"\.\."):
        SynthesisRequest(SHORT, voice, **{option: value})  # type: ignore[arg-type]


def test_a_voice_of_several_clips_is_one_voice(synthesizer: Synthesizer, clip: Clip) -> None:
    voice = synthesizer.voice_from([clip, clip], name="Anna")
    assert voice.name == "Anna"
    assert voice.report.seconds == pytest.approx(2 * synthesizer.voice_from([clip]).report.seconds)
    assert float(torch.linalg.vector_norm(voice.embedding.xvector)) == pytest.approx(1, abs=1e-3)


def test_no_clip_is_no_voice(synthesizer: Synthesizer) -> None:
    with pytest.raises(ReferenceClipError) as caught:
        synthesizer.voice_from([])
    assert caught.value.code == "clip_none"


def test_a_voice_of_another_bundle_is_heard_again_from_its_recording(synthesizer: Synthesizer, voice: Voice) -> None:
    foreign = replace(voice, bundle="older", embedding=replace(voice.embedding, f0_median_log=0.0))
    speech = synthesizer.synthesize(SynthesisRequest(SHORT, foreign, seed=1))
    assert np.allclose(speech.wave, synthesizer.synthesize(SynthesisRequest(SHORT, voice, seed=1)).wave, atol=1e-4)
    silent = replace(foreign, reference=np.zeros(0, np.float32))
    with pytest.raises(VoiceError) as caught:
        synthesizer.synthesize(SynthesisRequest(SHORT, silent))
    assert caught.value.code == "voice_bundle"


def test_the_processor_is_always_there() -> None:
    assert choose_device("cpu").type == "cpu"
    assert choose_device("auto").type in {"cpu", "cuda"}


def test_the_length_scale_stretches_all_speech_alike(
    synthesizer: Synthesizer, voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = SynthesisRequest("The river is cold and wide.", voice, language="en", seed=1)
    usual = synthesizer.synthesize(request)
    usual_calibration = synthesizer.bundle.calibration
    stretched = replace(usual_calibration, length_scale=1.25 * usual_calibration.length_scale)
    monkeypatch.setattr(synthesizer.bundle, "calibration", stretched)
    slow = synthesizer.synthesize(request)
    assert slow.seconds / usual.seconds == pytest.approx(1.25, rel=0.06)
    exact = synthesizer.synthesize(replace(request, duration=usual.seconds))
    assert len(exact.wave) == len(usual.wave)


def test_speech_is_asked_for_as_clean_as_the_bundle_says(
    synthesizer: Synthesizer, voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = SynthesisRequest("The river is cold.", voice, language="en", seed=1, duration=1.5)
    asked = []
    listen = synthesizer.bundle.acoustic.voice

    def noting(batch: VoiceBatch) -> tuple[Tensor, Tensor, Tensor]:
        asked.extend(batch.snr_db.tolist())
        return listen(batch)

    monkeypatch.setattr(synthesizer.bundle.acoustic, "voice", noting)
    waves = []
    for snr in (70.0, 20.0):
        calibration = replace(synthesizer.bundle.calibration, asked_snr_db=snr)
        monkeypatch.setattr(synthesizer.bundle, "calibration", calibration)
        waves.append(synthesizer.synthesize(request).wave)
        assert set(asked) == {snr}
        asked.clear()
    assert not np.allclose(waves[0], waves[1])
