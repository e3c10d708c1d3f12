"""One segment said again: its neighbours stay the same to the sample, and an exact duration stays exact."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tts.cli.main import main
from tts.errors import InternalError, OptionError
from tts.speech import Speech, SynthesisRequest
from tts.synthesizer import Synthesizer
from tts.voice import Voice

TEXT = "今天天气很好。我们去河边走走。[[0.8s]]The bridge is old. 你觉得怎么样？"


def pieces(speech: Speech) -> list[np.ndarray]:
    return np.split(speech.wave, np.cumsum([ends[-1] for ends in speech.pieces])[:-1])


@pytest.mark.parametrize(
    "options", [{}, {"variation": 0.6}, {"speed": 1.7}, {"duration": 7.00007}, {"duration": 4.5, "variation": 1.0}]
)
@pytest.mark.parametrize("segment", [0, 1, 3])
def test_the_neighbours_of_a_remade_segment_stay_to_the_sample(
    synthesizer: Synthesizer, voice: Voice, options: dict[str, float], segment: int
) -> None:
    request = SynthesisRequest(TEXT, voice, seed=5, **options)  # type: ignore[arg-type]
    first = synthesizer.synthesize(request)
    second = synthesizer.synthesize(replace(request, segment_seeds={segment: 77}))
    for at, (before, after) in enumerate(zip(pieces(first), pieces(second), strict=True)):
        assert np.array_equal(before, after) == (at != segment)
    if "duration" in options:
        assert len(first.wave) == len(second.wave) == int(options["duration"] * 24000 + 0.5)


def test_remaking_alone_is_as_saying_all_again_and_can_be_taken_back(synthesizer: Synthesizer, voice: Voice) -> None:
    request = SynthesisRequest(TEXT, voice, variation=0.5)
    first = synthesizer.synthesize(request)
    again = replace(request, segment_seeds={1: 77})
    alone, whole = synthesizer.remake(again, first), synthesizer.synthesize(replace(again, seed=first.seed))
    assert np.array_equal(alone.wave, whole.wave)
    assert alone.timings == whole.timings
    third = synthesizer.remake(replace(request, segment_seeds={1: 77, 2: 5}), alone)
    assert np.array_equal(pieces(third)[1], pieces(alone)[1])
    back = synthesizer.remake(request, third)
    assert np.array_equal(back.wave, first.wave)
    assert back.timings == first.timings


def test_remaking_can_be_cancelled(synthesizer: Synthesizer, voice: Voice) -> None:
    request = SynthesisRequest(TEXT, voice)
    first = synthesizer.synthesize(request)
    with pytest.raises(InternalError) as stopped:
        synthesizer.remake(replace(request, segment_seeds={1: 77}), first, lambda: True)
    assert stopped.value.code == "internal_cancelled"


def test_a_segment_that_is_not_there_is_named_from_one(synthesizer: Synthesizer, voice: Voice) -> None:
    with pytest.raises(OptionError, match="no segment 9; the text has 4"):
        synthesizer.synthesize(SynthesisRequest(TEXT, voice, segment_seeds={8: 1}))


def test_a_speech_of_another_text_cannot_be_remade(synthesizer: Synthesizer, voice: Voice) -> None:
    speech = synthesizer.synthesize(SynthesisRequest("Hello.", voice, seed=1))
    with pytest.raises(ValueError, match="not of this text"):
        synthesizer.remake(SynthesisRequest("Goodbye.", voice, seed=1), speech)


def test_the_command_line_remakes_a_segment_of_the_same_command(
    bundle_path: Path, clip_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YINSE_CACHE_DIR", str(bundle_path.parent))
    monkeypatch.setenv("YINSE_BUNDLE", bundle_path.name)
    monkeypatch.setenv("YINSE_DEVICE", "cpu")
    command = ["clone", "--text", "你好。今天天气很好。再见。", "--reference", str(clip_path), "--seed", "3"]
    assert main([*command, "--output", str(tmp_path / "a.wav")]) == 0
    assert main([*command, "--remake", "2=9", "--output", str(tmp_path / "b.wav")]) == 0
    before, after = (soundfile.read(tmp_path / name, dtype="int16")[0] for name in ("a.wav", "b.wav"))
    start = next(at for at in range(len(before)) if before[at] != after[at])
    end = next(at for at in range(1, len(before)) if before[-at] != after[-at])
    assert start > 0.3 * 24000 and end > 0.3 * 24000
    assert main([*command, "--remake", "second=9", "--output", str(tmp_path / "c.wav")]) == 2
    assert not (tmp_path / "c.wav").exists()
