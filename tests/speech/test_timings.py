"""Timings files are what other programs read."""

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tts.errors import AudioWriteError, OptionError
from tts.timings import (
    PhoneTiming,
    SegmentTiming,
    Timings,
    WordTiming,
    timings_format,
    to_json,
    to_textgrid,
    to_vtt,
    write_timings,
)

TIMINGS = Timings(
    segments=(SegmentTiming("你好，<世界>。", 0.04, 1.5), SegmentTiming('Say "hi"\n\nnow.', 1.94, 3661.0)),
    words=(WordTiming("你好", 0.04, 0.6, 0), WordTiming("世界", 0.7, 1.5, 0), WordTiming('"hi"', 2.0, 3661.0, 1)),
    seconds=3661.04,
    phones=(PhoneTiming("n", "zh3", 0.04, 0.1, 0), PhoneTiming("i3", "zh3", 0.1, 0.3, 0)),
)


def written(tmp_path: Path, name: str) -> str:
    write_timings(tmp_path / name, TIMINGS)
    return (tmp_path / name).read_text(encoding="utf-8")


def test_srt_numbers_its_cues_and_writes_commas(tmp_path: Path) -> None:
    assert written(tmp_path, "a.srt") == (
        '1\n00:00:00,040 --> 00:00:01,500\n你好，<世界>。\n\n2\n00:00:01,940 --> 01:01:01,000\nSay "hi" now.\n'
    )


def test_vtt_has_its_head_points_and_escapes(tmp_path: Path) -> None:
    text = written(tmp_path, "a.vtt")
    assert text.startswith("WEBVTT\n\n00:00:00.040 --> 00:00:01.500\n你好，&lt;世界&gt;。\n\n")


def test_json_has_segments_and_words(tmp_path: Path) -> None:
    content = json.loads(written(tmp_path, "a.json"))
    assert content["seconds"] == 3661.04
    assert content["words"][1] == {"text": "世界", "start": 0.7, "end": 1.5, "segment": 0}


def test_phones_carry_their_tone_and_their_word(tmp_path: Path) -> None:
    content = json.loads(written(tmp_path, "a.json"))
    assert content["phones"][1] == {"text": "i3", "tone": "zh3", "start": 0.1, "end": 0.3, "word": 0}
    textgrid = written(tmp_path, "a.TextGrid")
    assert re.findall(r'name = "(\w+)"', textgrid) == ["segments", "words", "phones"]
    assert textgrid.index('name = "phones"') < textgrid.index('text = "i3"')


def test_the_tiers_of_a_textgrid_have_no_gaps(tmp_path: Path) -> None:
    text = written(tmp_path, "a.TextGrid")
    for tier in text.split("item [")[2:]:
        edges = re.findall(r"intervals \[\d+\]:\s+xmin = ([\d.]+)\s+xmax = ([\d.]+)", tier)
        assert [end for _, end in edges[:-1]] == [start for start, _ in edges[1:]]
        assert (float(edges[0][0]), float(edges[-1][1])) == (0, 3661.04)
    assert 'text = """hi"""' in text


@pytest.mark.parametrize("name", ["a.txt", "a", "srt"])
def test_an_unknown_ending_is_told_before_any_work(name: str) -> None:
    with pytest.raises(OptionError, match="TextGrid"):
        timings_format(Path(name))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(AudioWriteError, match="missing"):
        write_timings(tmp_path / "missing" / "a.srt", TIMINGS)


def test_a_failure_leaves_the_older_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.srt").write_text("old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(AudioWriteError, match="No space left"):
        write_timings(tmp_path / "a.srt", TIMINGS)
    assert (tmp_path / "a.srt").read_text() == "old" and os.listdir(tmp_path) == ["a.srt"]


def test_speakers_have_tiers_of_their_own_and_what_overlaps_has_one_more() -> None:
    segments = (
        SegmentTiming("one", 0.0, 2.0),
        SegmentTiming("two", 1.0, 3.0),
        SegmentTiming("three", 1.5, 2.5),
        SegmentTiming("four", 3.0, 4.0),
    )
    words = tuple(WordTiming(part.text, part.start, part.end, place) for place, part in enumerate(segments))
    phones = (PhoneTiming("f", "none", 3.0, 3.2, 3),)
    text = to_textgrid(Timings(segments, words, 5.0, phones, ("A", "B", "A", "A")))
    tiers = text.split("    item [")[1:]
    said = {tier.split('name = "')[1].split('"')[0]: re.findall(r'text = "(\w+)"', tier) for tier in tiers}
    assert said == {
        "A segments": ["one", "four"], "A words": ["one", "four"], "A phones": ["f"], "B segments": ["two"],
        "B words": ["two"], "B phones": [], "A 2 segments": ["three"], "A 2 words": ["three"], "A 2 phones": [],
    }  # fmt: skip
    for tier in tiers:
        times = [float(time) for time in re.findall(r"            xm\w\w = ([\d.]+)", tier)]
        assert (times[0], times[-1]) == (0.0, 5.0) and times == sorted(times)


def test_a_voice_is_named_in_vtt_and_in_json() -> None:
    timings = Timings((SegmentTiming("Hi", 0.0, 1.0),), (), 1.0, speakers=("Anna <3",))
    assert "\n<v Anna &lt;3>Hi\n" in to_vtt(timings)
    assert json.loads(to_json(timings))["speakers"] == ["Anna <3"]
    assert "speakers" not in json.loads(to_json(replace(timings, speakers=())))
