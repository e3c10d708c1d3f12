"""A manner inside a sentence changes its own words and leaves one melody, one wave and no gap."""

from itertools import pairwise

import numpy as np
import pytest

from tts.emotion import EmotionVector, manner
from tts.models.utterance import Utterance
from tts.plan import Plan, Planner
from tts.speech import SynthesisRequest
from tts.synthesizer import Synthesizer
from tts.text.reader import Reader
from tts.voice import Voice

SENTENCE = "The {}old man opened{} the window, and looked at the sea."


@pytest.fixture(scope="module")
def planner(synthesizer: Synthesizer) -> Planner:
    return Planner(synthesizer.bundle, Reader.of(synthesizer.settings), manner, 10000)


def planned(planner: Planner, voice: Voice, text: str, **options: object) -> Plan:
    request = SynthesisRequest(text, voice, language="en", seed=1, **options)  # type: ignore[arg-type]
    return planner.plan(request, voice.embedding)


def test_a_manner_that_holds_anyway_changes_nothing(synthesizer: Synthesizer, voice: Voice) -> None:
    plain, marked = (
        synthesizer.synthesize(SynthesisRequest(SENTENCE.format(*marks), voice, language="en", seed=1))
        for marks in (("", ""), ("[[neutral]]", "[[/]]"))
    )
    assert plain.words == marked.words
    assert np.allclose(plain.wave, marked.wave, atol=1e-3)


def test_a_span_is_one_segment_whose_shares_go_over_smoothly(planner: Planner, voice: Voice) -> None:
    (part,) = planned(planner, voice, SENTENCE.format("[[happy]]", "[[/]]")).parts
    utterance = part.utterance()
    assert len(utterance.conditions) == 2
    assert utterance.shares.shape == (2, utterance.frames)
    assert np.allclose(utterance.shares.sum(0), 1)
    assert np.abs(np.diff(utterance.shares)).max() < 0.25
    ends = np.cumsum(part.rendered)
    for at, token in enumerate(part.segment.tokens):
        middle = int(ends[at] - part.rendered[at] / 2)
        if token.style.emotions and token.break_after == "inside":
            assert utterance.shares[1, middle] > 0.4
    assert utterance.shares[0, [0, -1]] == pytest.approx(1)


def test_manners_that_meet_at_a_pause_change_inside_it(planner: Planner, voice: Voice) -> None:
    (part,) = planned(planner, voice, "[[happy]]The old man went[[/]][[0.4s]]home.").parts
    shares = part.utterance().shares
    ends = np.cumsum(part.rendered)
    pause = next(at for at, token in enumerate(part.segment.tokens) if token.phone == "pause")
    assert shares[0, ends[pause - 1] - 1] == shares[1, ends[pause]] == pytest.approx(1)


@pytest.mark.parametrize(("mark", "factor"), [("[[speed 2]]", 2.0), ("[[speed 0.5]]", 0.5)])
def test_a_speed_moves_its_own_words_alone(planner: Planner, voice: Voice, mark: str, factor: float) -> None:
    (plain,), (marked,) = (
        planned(planner, voice, SENTENCE.format(*marks)).parts for marks in (("", ""), (mark, "[[/]]"))
    )
    own = np.array([token.style.speed != 1 for token in marked.segment.tokens])
    assert plain.frames[own].sum() / marked.frames[own].sum() == pytest.approx(factor, rel=0.05)
    assert abs(plain.frames[~own].sum() - marked.frames[~own].sum()) <= 2


def test_an_emotion_bends_pitch_and_pace_of_its_span(synthesizer: Synthesizer, planner: Planner, voice: Voice) -> None:
    (part,) = planned(planner, voice, SENTENCE.format("[[sad 1]]", "[[/]]")).parts
    (plain,) = planned(planner, voice, SENTENCE.format("", "")).parts
    own = np.array([token.style.emotions is not None for token in part.segment.tokens])
    assert part.frames[own].sum() > plain.frames[own].sum() * 1.08
    sad = manner(EmotionVector.of({"sad": 1}))
    assert [condition.pitch_shift_semitones for condition in part.conditions] == [0, pytest.approx(sad.pitch_shift)]
    assert [condition.breath for condition in part.conditions] == [0, pytest.approx(sad.breath)]
    assert [condition.emotion.sum().item() for condition in part.conditions] == [0, 1]


def test_a_weight_scales_marks_as_it_scales_the_request(planner: Planner, voice: Voice) -> None:
    (part,) = planned(planner, voice, SENTENCE.format("[[sad 1]]", "[[/]]"), emotion_weight=0.5).parts
    assert part.conditions[1].emotion.sum().item() == pytest.approx(0.5)


def test_the_pitch_of_blended_rows_has_no_step(synthesizer: Synthesizer, planner: Planner, voice: Voice) -> None:
    (part,) = planned(planner, voice, SENTENCE.format("[[surprised 1]]", "[[/]]")).parts
    said = synthesizer.bundle._say([part.utterance()])
    assert said.contours.pitch[0].tolist() == said.contours.pitch[1].tolist()
    first, second = part.conditions
    alone = [
        synthesizer.bundle._say([Utterance.plain(part.segment.ids(), part.rendered, one)]).contours.pitch[0].numpy()
        for one in (first, second)
    ]
    blended = said.contours.pitch[0].numpy()
    assert np.allclose(blended[:5], alone[0][:5], atol=1e-4)
    usual = max(np.abs(np.diff(row)).max() for row in alone)
    step = np.abs(alone[0] - alone[1]).max() * 0.25
    assert np.abs(np.diff(blended)).max() <= usual + step


def test_segments_with_and_without_spans_are_rendered_together(
    synthesizer: Synthesizer, planner: Planner, voice: Voice
) -> None:
    text = "Good morning. [[happy]]How are[[/]] you? [[sad]]It rains.[[/]]"
    parts = planned(planner, voice, text).parts
    utterances = [part.utterance() for part in parts]
    assert [len(utterance.conditions) for utterance in utterances] == [1, 2, 1]
    waves = synthesizer.bundle.render(utterances)
    alone = [synthesizer.bundle.render([utterance])[0] for utterance in utterances]
    # The last frames hear what pads a batch; they are silence.
    assert all(np.allclose(one[:-2400], other[:-2400], atol=1e-3) for one, other in zip(waves, alone, strict=True))


def test_words_of_a_span_follow_one_another_without_a_gap(synthesizer: Synthesizer, voice: Voice) -> None:
    text = "The [[happy]]old man[[/]] opened [[speed 1.5]]the window[[/]] slowly."
    speech = synthesizer.synthesize(SynthesisRequest(text, voice, language="en", seed=1))
    assert len(speech.segments) == 1
    assert all(left.end == right.start for left, right in pairwise(speech.words))
