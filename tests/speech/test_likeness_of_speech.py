"""How alike a result and its reference are heard."""

import numpy as np
import pytest

from tts.audio.read import Clip
from tts.likeness import OTHER, SAME, SHORTEST_SECONDS, Likeness
from tts.synthesizer import Synthesizer
from tts.voice import Voice


def test_a_recording_is_most_like_itself(synthesizer: Synthesizer, voice: Voice, clip: Clip) -> None:
    own = synthesizer.likeness(voice, clip.wave).cosine
    assert own == pytest.approx(1.0, abs=0.01)
    noise = np.random.default_rng(0).normal(0, 0.1, 3 * 24000).astype(np.float32)
    other = synthesizer.likeness(voice, noise).cosine
    assert other is not None and own is not None and other < own - 0.01


def test_loudness_does_not_count(synthesizer: Synthesizer, voice: Voice, clip: Clip) -> None:
    assert synthesizer.likeness(voice, clip.wave * 0.3).cosine == pytest.approx(1.0, abs=0.01)


def test_of_too_little_sound_nothing_is_said_whatever_silence_is_around_it(
    synthesizer: Synthesizer, voice: Voice, clip: Clip
) -> None:
    brief = clip.wave[: int((SHORTEST_SECONDS - 0.5) * 24000)]
    padded = np.concatenate([np.zeros(48000, np.float32), brief, np.zeros(48000, np.float32)])
    assert synthesizer.likeness(voice, brief) == synthesizer.likeness(voice, padded) == Likeness(None)
    assert synthesizer.likeness(voice, np.zeros(0, np.float32)).verdict == "short"


@pytest.mark.parametrize(
    ("cosine", "verdict"),
    [(1.0, "same"), (SAME, "same"), (SAME - 0.01, "near"), (OTHER, "near"), (OTHER - 0.01, "other"), (-1.0, "other")],
)
def test_the_verdict_follows_the_measured_scale(cosine: float, verdict: str) -> None:
    assert Likeness(cosine).verdict == verdict
