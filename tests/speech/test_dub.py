"""Subtitles and scripts become tracks: every line in its window to the sample, whatever stops the work."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tts.audio.read import Clip
from tts.dubbing.cast import Cast
from tts.dubbing.document import Document, Line, Turn, Window
from tts.dubbing.dub import Dubbed, dub
from tts.dubbing.pieces import Pieces, context_of, key_of, voice_digest
from tts.dubbing.plan import DubOptions, LineOptions, Plan, make_plan, plan_line
from tts.dubbing.script import parse_script
from tts.dubbing.subtitles import parse_subtitles
from tts.emotion import EmotionVector
from tts.errors import AudioWriteError, BusyError, InternalError, OptionError, TextError
from tts.speech import SynthesisRequest
from tts.synthesizer import Synthesizer
from tts.voice import Voice

RATE = 24000
TEXTS = ("你好。", "Hello there.", "好", "今天天气很好，我们走吧。", "OK, 3 of them.", "…")


@pytest.fixture(scope="module")
def other_voice(synthesizer: Synthesizer, clip: Clip) -> Voice:
    """Somebody else, as far as the small bundle can tell."""
    return synthesizer.voice_from([replace(clip, wave=clip.wave[::-1].copy())])


@pytest.fixture
def way(voice: Voice) -> DubOptions:
    return DubOptions(SynthesisRequest("", voice, seed=1), tail=0.25)


def subtitles(*cues: tuple[int, int, str]) -> Document:
    """(start, end, text) in milliseconds -> the document."""
    lines = [Line(row, (Turn("", text),), Window(start, end)) for row, (start, end, text) in enumerate(cues, 1)]
    return Document(tuple(sorted(lines, key=lambda line: line.window.start)), max(end for _, end, _ in cues))  # type: ignore[union-attr]


def samples_of(path: Path) -> np.ndarray:  # type: ignore[type-arg]
    return np.asarray(soundfile.read(path, dtype="int16")[0])


def outside(plan: Plan) -> np.ndarray:  # type: ignore[type-arg]
    """Where nothing is said, (samples,) bool."""
    silent = np.ones(plan.samples, bool)
    for part in plan.parts:
        silent[part.start : part.start + part.samples] = False
    return silent


CUES = st.lists(
    st.tuples(st.integers(0, 8000), st.integers(0, 3000), st.sampled_from(TEXTS)).map(
        lambda cue: (cue[0], cue[0] + cue[1], cue[2])
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cues=CUES)
def test_a_track_is_exact_and_every_line_starts_at_its_sample(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, tmp_path: Path, cues: list[tuple[int, int, str]]
) -> None:
    document = subtitles(*cues)
    try:
        dubbed = dub(synthesizer, document, Cast(voice), tmp_path / "a.wav", way)
    except TextError as error:
        assert error.code in ("text_unfit", "text_empty")
        return
    plan, wave = dubbed.plan, samples_of(tmp_path / "a.wav")
    assert len(wave) == plan.samples == max(end for _, end, _ in cues) * 24 + 6000
    assert len(plan.lines) == len(cues)
    assert not wave[outside(plan)].any()
    for planned in plan.lines:
        window = planned.line.window
        assert window and (planned.start, planned.end) == (window.start * 24, window.end * 24)
        if planned.parts:
            (part,) = planned.parts
            assert part.start == planned.start
            assert planned.over == max(0, part.start + part.samples - planned.end)
            assert (planned.over > 0) == (planned.state == "ran_on")
    speaking = [planned for planned in plan.lines if planned.parts]
    for planned in (planned for planned in speaking if planned.over):
        later = [other.start for other in speaking if other.start >= planned.end and other is not planned]
        assert planned.end + planned.over <= min(later, default=plan.samples)
    told = {fault.row for fault in dubbed.faults}
    assert told == {planned.line.row for planned in plan.lines if planned.state == "left_out"}


def test_a_piece_is_what_the_synthesizer_says_in_that_time(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, tmp_path: Path
) -> None:
    natural = synthesizer.time_range(SynthesisRequest(TEXTS[3], voice, seed=1))
    window = round(natural.natural * 900)
    dub(synthesizer, subtitles((1000, 1000 + window, TEXTS[3])), Cast(voice), tmp_path / "a.wav", way)
    said = synthesizer.synthesize(SynthesisRequest(TEXTS[3], voice, seed=1, duration=window / 1000))
    wave = samples_of(tmp_path / "a.wav")[24000 : 24000 + window * 24]
    assert len(said.wave) == len(wave)
    assert np.abs(wave / 32767 - said.wave).max() < 1e-4


def test_what_a_request_may_last_is_what_it_can_be_given(synthesizer: Synthesizer, voice: Voice) -> None:
    request = SynthesisRequest(TEXTS[3], voice, seed=1, speed=1.3, duration=1e4)
    found = synthesizer.time_range(request)
    free = synthesizer.synthesize(replace(request, duration=None))
    assert found.natural == pytest.approx(free.seconds)
    for seconds in (found.least, found.most):
        assert synthesizer.synthesize(replace(request, duration=seconds)).seconds == pytest.approx(seconds)
    with pytest.raises(OptionError):
        synthesizer.synthesize(replace(request, duration=found.least - 0.011))


def test_lines_at_once_are_both_heard_and_never_clip(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, other_voice: Voice, tmp_path: Path
) -> None:
    text = "1\n00:00:00,000 --> 00:00:02,000\n你好，世界。\n\n2\n00:00:00,500 --> 00:00:02,000\n[B] Hello there.\n"
    document = parse_subtitles(text, "a.srt")
    dubbed = dub(synthesizer, document, Cast(voice, {"b": other_voice}), tmp_path / "a.wav", way, keep=True)
    wave = samples_of(tmp_path / "a.wav").astype(int)
    assert np.abs(wave).max() <= 10 ** (-1 / 20) * 32767 + 1
    first, second = dubbed.plan.parts
    pieces = [samples_of(tmp_path / "a.wav.parts" / f"{part.key}.wav").astype(int) for part in (first, second)]
    assert np.array_equal(wave[: second.start - 2400], pieces[0][: second.start - 2400])
    together = np.zeros(len(wave), int)
    for part, piece in zip((first, second), pieces, strict=True):
        together[part.start : part.start + part.samples] += piece
    quiet = np.abs(together) < 5000
    assert np.corrcoef(wave[quiet], together[quiet])[0, 1] > 0.95
    assert [remark.code for remark in dubbed.plan.remarks] == ["dub_overlap"]
    assert dubbed.timings.speakers[0] == "" and dubbed.timings.speakers[-1] == "B"


def test_two_who_share_a_cue_share_its_window(synthesizer: Synthesizer, way: DubOptions, voice: Voice) -> None:
    document = parse_subtitles("1\n00:00:01,000 --> 00:00:02,000\n- 你好吗？\n- 很好。\n", "a.srt")
    (planned,) = make_plan(synthesizer, document, Cast(voice), way).lines
    first, second = planned.parts
    assert first.start == 24000 and first.start + first.samples == second.start
    assert second.start + second.samples == 48000 or planned.pace < 1


def test_a_line_that_does_not_fit_is_told_with_what_it_takes(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, tmp_path: Path
) -> None:
    document = subtitles((0, 100, TEXTS[3]), (150, 5000, "好"), (6000, 6100, TEXTS[3]), (9000, 9500, "好"))
    dubbed = dub(synthesizer, document, Cast(voice), tmp_path / "a.wav", way)
    assert [planned.state for planned in dubbed.plan.lines] == ["left_out", "fits", "ran_on", "fits"]
    (fault,) = dubbed.faults
    assert (fault.row, fault.error.code, fault.error.details["room"]) == (1, "text_unfit", 0.15)
    (ran_on,) = (remark for remark in dubbed.plan.remarks if remark.code == "dub_ran_on")
    assert ran_on.details["row"] == 3 and ran_on.details["over"] == dubbed.plan.lines[2].over / RATE


def test_signs_that_nobody_says_are_silent_and_bad_mark_up_is_a_fault(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice
) -> None:
    document = subtitles((0, 900, "…"), (1000, 1900, "[重]{chong9}新"), (2000, 3000, "好"))
    plan = make_plan(synthesizer, document, Cast(voice), way)
    assert [planned.state for planned in plan.lines] == ["silent", "left_out", "fits"]
    assert [(fault.row, fault.error.code) for fault in plan.faults] == [(2, "text_reading")]
    with pytest.raises(TextError) as caught:
        make_plan(synthesizer, subtitles((0, 900, "…")), Cast(voice), way)
    assert caught.value.code == "text_empty"


def test_a_document_lends_its_language_to_lines_that_have_none(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice
) -> None:
    document = subtitles((0, 2000, "42"), (2000, 4000, "They were here, all of them."))
    assert {part.request.language for part in make_plan(synthesizer, document, Cast(voice), way).parts} == {"en"}


@pytest.mark.parametrize("gap", [0.0, 0.3, 1.25])
def test_a_script_has_set_gaps(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, other_voice: Voice, tmp_path: Path, gap: float
) -> None:
    document = parse_script("甲：你好吗？\n乙：很好。\n[[1.5s]]\n甲：Good.")
    cast = Cast(None, {"甲": voice, "乙": other_voice})
    dubbed = dub(synthesizer, document, cast, tmp_path / "a.wav", replace(way, gap=gap))
    wave, parts = samples_of(tmp_path / "a.wav"), dubbed.plan.parts
    assert [part.speaker for part in parts] == ["甲", "乙", "甲"]
    assert parts[0].start == 0 and len(wave) == parts[2].start + parts[2].samples + 6000
    # The silent edges of two lines, 40 ms each, are part of the gap.
    silences = [right.start - (left.start + left.samples) + 1920 for left, right in pairwise(parts)]
    assert silences == [round(gap * RATE), round((gap + 1.5) * RATE)]
    for left, silence in zip(parts, silences, strict=False):
        end = left.start + left.samples - 960
        assert not wave[end : end + silence].any()
    free = synthesizer.synthesize(replace(parts[1].request, duration=None))
    assert parts[1].samples == len(free.wave)


def test_the_same_words_in_the_same_time_are_made_once(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, tmp_path: Path
) -> None:
    document = subtitles((0, 2000, "好"), (2000, 4000, "好"), (4000, 6000, "你"))
    dubbed = dub(synthesizer, document, Cast(voice), tmp_path / "a.wav", way)
    wave = samples_of(tmp_path / "a.wav")
    assert dubbed.made == 2 and wave[:48000].any()
    assert np.array_equal(wave[:48000], wave[48000:96000])


def test_the_same_words_again_vary_where_speech_may_vary(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice
) -> None:
    lively = replace(way, like=replace(way.like, variation=0.5))
    plan = make_plan(
        synthesizer, subtitles((0, 2000, "好"), (2000, 4000, "好"), (4000, 6000, "你")), Cast(voice), lively
    )
    assert [part.request.seed for part in plan.parts] == [1, 2, 1]


def test_a_stopped_run_goes_on_and_gives_the_same_track(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, tmp_path: Path
) -> None:
    document = subtitles(*((n * 2000, n * 2000 + 1800, f"第{n}句话。") for n in range(20)))
    unseeded = replace(way, like=replace(way.like, seed=None))
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 20 + 20

    with pytest.raises(InternalError):
        dub(synthesizer, document, Cast(voice), tmp_path / "a.wav", unseeded, cancelled=stop)
    assert not (tmp_path / "a.wav").exists()
    (tmp_path / "a.wav.parts" / ".x.part").write_bytes(b"half")
    damaged = next((tmp_path / "a.wav.parts").glob("*.wav"))
    damaged.write_bytes(damaged.read_bytes()[:-10])
    dubbed = dub(synthesizer, document, Cast(voice), tmp_path / "a.wav", unseeded)
    assert dubbed.made + dubbed.from_before == 20 and 1 < dubbed.from_before < 19
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.wav"]
    dub(synthesizer, document, Cast(voice), tmp_path / "b.wav", unseeded)
    assert np.array_equal(samples_of(tmp_path / "a.wav"), samples_of(tmp_path / "b.wav"))


def test_a_kept_run_makes_only_what_has_changed(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, tmp_path: Path
) -> None:
    def made(text: str, **options: object) -> Dubbed:
        document = subtitles((0, 2000, "一"), (2000, 4000, text), (4000, 6000, "三"))
        return dub(synthesizer, document, Cast(voice), tmp_path / "a.wav", replace(way, **options), keep=True)  # type: ignore[arg-type]

    assert [made("二").made, made("二").made, made("四").made] == [3, 0, 1]
    assert made("四", tail=1.0).made == 0
    assert made("四", like=replace(way.like, pause_scale=2.0)).made == 3
    assert len(list((tmp_path / "a.wav.parts").glob("*.wav"))) == 3


def test_one_line_is_said_in_another_way_and_the_others_stay_to_the_sample(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, other_voice: Voice, tmp_path: Path
) -> None:
    document = subtitles((0, 2000, "你好，世界。"), (2000, 4000, "你好，世界。"), (4000, 6000, "你好，世界。"))

    def made(**own: object) -> np.ndarray:  # type: ignore[type-arg]
        options = replace(way, own={2: LineOptions(**own)} if own else {})  # type: ignore[arg-type]
        dub(synthesizer, document, Cast(voice), tmp_path / "a.wav", options, keep=True)
        return samples_of(tmp_path / "a.wav")

    first = made()
    others = [
        made(seed=5), made(seed=6), made(voice=other_voice), made(emotion=EmotionVector.of({"angry": 1.0})),
    ]  # fmt: skip
    for other in others:
        assert np.array_equal(first[:48000], other[:48000]) and np.array_equal(first[96000:], other[96000:])
    said = [first[48000:96000].tobytes(), *(other[48000:96000].tobytes() for other in others)]
    assert len(set(said)) == 5 and made(seed=5)[48000:96000].tobytes() == said[1]


@pytest.mark.parametrize("variation", [0.0, 0.5])
def test_a_line_alone_is_planned_as_it_is_among_the_others(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, variation: float
) -> None:
    lively = replace(way, like=replace(way.like, variation=variation), own={2: LineOptions(seed=9)})
    cues = (0, 2000, "好"), (2000, 2100, TEXTS[3]), (4000, 6000, "好"), (6000, 6100, TEXTS[3]), (6150, 6300, "你")
    for document in (subtitles(*cues), parse_script("好\n你好。\n好")):
        plan = make_plan(synthesizer, document, Cast(voice), lively)
        for whole in plan.lines:
            alone = plan_line(synthesizer, document, Cast(voice), lively, whole.line.row)
            assert [part.key for part in alone.parts] == [part.key for part in whole.parts]
            assert (alone.state, alone.pace, alone.natural) == (whole.state, whole.pace, whole.natural)


def test_a_piece_is_named_by_all_that_it_depends_on(synthesizer: Synthesizer, voice: Voice, other_voice: Voice) -> None:
    context = context_of(synthesizer.edition, synthesizer.settings)
    request = SynthesisRequest("好", voice, seed=1)
    others = [
        key_of(replace(request, text="坏"), voice_digest(voice), context),
        key_of(replace(request, duration=0.5), voice_digest(voice), context),
        key_of(request, voice_digest(other_voice), context),
        key_of(request, voice_digest(voice), context_of("another", synthesizer.settings)),
    ]
    assert key_of(request, voice_digest(voice), context) not in others and len(set(others)) == 4
    assert key_of(replace(request, voice=replace(voice, name="N")), voice_digest(voice), context) == key_of(
        request, voice_digest(voice), context
    )


def test_two_runs_cannot_make_one_track(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, tmp_path: Path
) -> None:
    with Pieces.open(tmp_path / "a.wav"), pytest.raises(BusyError):
        dub(synthesizer, subtitles((0, 2000, "好")), Cast(voice), tmp_path / "a.wav", way)


def test_what_others_put_into_the_folder_stays(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, tmp_path: Path
) -> None:
    (tmp_path / "a.wav.parts").mkdir()
    (tmp_path / "a.wav.parts" / "notes.txt").write_text("mine")
    (tmp_path / "a.wav.parts" / "song.wav").write_text("mine")
    dub(synthesizer, subtitles((0, 2000, "好")), Cast(voice), tmp_path / "a.wav", way)
    assert {path.name for path in (tmp_path / "a.wav.parts").iterdir()} - {"lock"} == {"notes.txt", "song.wav"}


def test_places_that_cannot_be_written_are_told(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, tmp_path: Path
) -> None:
    document = subtitles((0, 2000, "好"))
    for output in (tmp_path / "none" / "a.wav", Path("/dev/null"), tmp_path):
        with pytest.raises(AudioWriteError):
            dub(synthesizer, document, Cast(voice), output, way)


def test_bad_input_leaves_nothing_behind(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, tmp_path: Path
) -> None:
    with pytest.raises(TextError):
        dub(synthesizer, subtitles((0, 100, TEXTS[3]), (100, 200, TEXTS[3])), Cast(voice), tmp_path / "a.wav", way)
    assert not list(tmp_path.iterdir())


def test_progress_only_grows_and_ends_whole(
    synthesizer: Synthesizer, way: DubOptions, voice: Voice, tmp_path: Path
) -> None:
    shares: list[float] = []
    document = subtitles(*((n * 2000, n * 2000 + 1800, f"第{n}句。") for n in range(10)))
    dub(synthesizer, document, Cast(voice), tmp_path / "a.wav", way, progress=lambda share, _: shares.append(share))
    assert shares == sorted(shares) and shares[-1] == 1.0 and len(shares) > 20
