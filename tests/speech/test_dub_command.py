"""`dub` on the command line: files in and out, who speaks, what is told, and a run that is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tts.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
Dub = Callable[..., tuple[int, str, str]]

SUBTITLES = """1
00:00:00,500 --> 00:00:02,500
你好，
世界。

2
00:00:03,000 --> 00:00:05,000
[B] <i>Hello</i> there.

3
00:00:05,000 --> 00:00:06,000
(door slams)
"""


@pytest.fixture
def dub(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, bundle_path: Path, clip_path: Path,
    tmp_path: Path,
) -> Dub:  # fmt: skip
    monkeypatch.setenv("YINSE_CACHE_DIR", str(bundle_path.parent))
    monkeypatch.setenv("YINSE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("YINSE_LANGUAGE", "en")
    monkeypatch.setenv("YINSE_DEVICE", "cpu")

    def dub(content: str, *arguments: object, name: str = "a.srt", main_voice: bool = True) -> tuple[int, str, str]:
        (tmp_path / name).write_text(content, encoding="utf-8")
        given = ["--reference", clip_path] if main_voice else []
        given = ["dub", tmp_path / name, *given, "--output", tmp_path / "out.wav", *arguments]
        code = main([str(argument) for argument in given])
        return (code, *capsys.readouterr())

    return dub


def error_of(err: str) -> str:
    return err.partition("error[")[2].partition("]")[0]


def test_subtitles_become_a_track_with_a_report(dub: Dub, tmp_path: Path, clip_path: Path) -> None:
    code, out, _ = dub(
        SUBTITLES, "--cast", f"B={clip_path}", "--seed", 4, "--tail", 1, "--json", "--report", tmp_path / "r.json"
    )
    told = json.loads(out)
    assert code == 0 and out.count("\n") == 1
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8")) == told
    assert soundfile.info(tmp_path / "out.wav").frames == told["samples"] == 7 * 24000
    assert (told["seconds"], told["seed"], told["made"], told["failed"]) == (7.0, 4, 2, [])
    assert [(line["line"], line["start"], line["end"]) for line in told["lines"]] == [
        (2, 0.5, 2.5), (7, 3.0, 5.0), (11, 5.0, 6.0),
    ]  # fmt: skip
    assert told["lines"][1]["parts"][0]["speaker"] == "B"
    assert told["lines"][2] | {"state": "silent", "unspoken": ["(door slams)"]} == told["lines"][2]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.srt", "out.wav", "r.json"]


@pytest.mark.parametrize("ending", ["json", "srt", "vtt", "TextGrid"])
def test_the_timings_of_the_whole_track_are_written(dub: Dub, tmp_path: Path, ending: str) -> None:
    assert dub(SUBTITLES.replace("00:00:03", "00:00:01"), "--timings", tmp_path / f"t.{ending}")[0] == 0
    text = (tmp_path / f"t.{ending}").read_text(encoding="utf-8")
    if ending == "json":
        content = json.loads(text)
        assert content["seconds"] == 6.5 and content["speakers"] == ["", "B"]
        assert [round(segment["start"], 2) for segment in content["segments"]] == [0.56, 1.06]
        assert {word["segment"] for word in content["words"]} == {0, 1}
    elif ending == "TextGrid":
        assert [line.split('"')[1] for line in text.splitlines() if "name =" in line] == [
            "segments", "words", "phones", "B segments", "B words", "B phones",
        ]  # fmt: skip
        assert text.count("xmax = 6.500000") >= 5
    else:
        assert ("<v B>Hello" in text) == (ending == "vtt")
        assert text.count("-->") == 2


def test_a_script_is_a_dialogue(dub: Dub, tmp_path: Path, clip_path: Path) -> None:
    cast = ["--cast", f"甲={clip_path}", "--cast", f"乙={clip_path}", "--cast", f"乙={clip_path}"]
    code, out, err = dub("甲：你好。\n乙：Hello.\n", *cast, "--gap", 1, "--json", name="a.txt", main_voice=False)
    assert code == 0, err
    first, second = json.loads(out)["lines"]
    assert second["start"] == pytest.approx(first["end"] + 1 - 0.08)
    assert [line["parts"][0]["speaker"] for line in (first, second)] == ["甲", "乙"]


def test_stored_voices_speak_by_their_names(dub: Dub, clip_path: Path) -> None:
    assert main(["voices", "add", "Anna", str(clip_path), "--consent"]) == 0
    assert dub("[anna] Hello.\nB: Yes.\nB: No.", "--cast", "B＝anna", name="a.txt", main_voice=False)[0] == 0
    assert dub("Anna: Hello.", name="a.txt", main_voice=False)[0] == 0
    code, _, err = dub("Hello.", name="a.txt", main_voice=False)
    assert (code, error_of(err)) == (2, "clip_none")
    code, _, err = dub("[Anne] Hello.", "--cast", "B=Anna", name="a.txt", main_voice=False)
    assert (code, error_of(err)) == (2, "option_cast_missing")
    code, _, err = dub("[Anne] Hello.", name="a.txt")
    assert code == 0 and "warning[dub_no_voice]: “Anne” speaks in the main voice (lines 1)" in err


def test_what_cannot_be_said_is_told_and_the_rest_is_said(
    dub: Dub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = SUBTITLES.replace("00:00:03,000 -->", "00:00:0x,000 -->")
    text += "\n4\n00:00:06,000 --> 00:00:06,050\nToo long\n\n5\n00:00:06,100 --> 00:00:07,000\nEnd\n"
    code, out, err = dub(text, "--json")
    assert code == 2
    assert [(fault["line"], fault["code"]) for fault in json.loads(out)["failed"]] == [
        (7, "text_subtitle_stamp"), (15, "text_unfit"),
    ]  # fmt: skip
    assert "line 7: error[text_subtitle_stamp]: The time stamp “00:00:0x,000" in err
    assert soundfile.info(tmp_path / "out.wav").frames == 180000
    for language, said in (("zh", "没有放进音轨"), ("ja", "音声に入れていません")):
        monkeypatch.setenv("YINSE_LANGUAGE", language)
        assert said in dub(text)[2]


def test_a_squeezed_line_is_told_with_how_far(dub: Dub) -> None:
    (natural,) = json.loads(dub("今天天气很好。", "--json", "--seed", 1, name="a.txt")[1])["lines"]
    window = round((natural["end"] - natural["start"]) * 700)
    text = f"1\n00:00:00,000 --> 00:00:00,{window:03d}\n今天天气很好。\n"
    code, out, err = dub(text, "--json", "--seed", 1)
    (line,) = json.loads(out)["lines"]
    assert (code, line["state"], line["parts"][0]["end"]) == (0, "squeezed", window / 1000)
    assert line["pace"] == pytest.approx(1 / 0.7, abs=0.01)
    assert f"line 2 ({line['pace']:.2f} times)" in err
    assert f"{line['pace']:.2f}x  今天天气很好。" in dub(text, "--seed", 1)[1]


def test_a_dry_run_tells_the_same_and_makes_nothing(dub: Dub, tmp_path: Path) -> None:
    code, out, _ = dub(SUBTITLES, "--seed", 1, "--json", "--dry-run")
    assert code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.srt"]
    assert json.loads(out)["lines"] == json.loads(dub(SUBTITLES, "--seed", 1, "--json")[1])["lines"]


def test_progress_is_told_where_nobody_sees_a_line_change(dub: Dub) -> None:
    err = dub(SUBTITLES)[2]
    assert "100%\n" in err
    assert "100%" not in dub(SUBTITLES, "--json")[2]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--stretch", "3"], "option_value"),
        (["--gap", "-1"], "option_value"),
        (["--tail", "x"], "option_value"),
        (["--cast", "B"], "option_value"),
        (["--cast", "B=none.wav"], "option_cast"),
        (["--voice", "Anna"], "option_conflict"),
        (["--encoding", "klingon"], "option_value"),
        (["--emotion", "glad=1"], "option_emotion"),
        (["--timings", "a.doc"], "option_value"),
        (["--duration", "5"], "option_usage"),
        (["--output", "a.mp3"], "option_value"),
    ],
)
def test_bad_input_exits_2_and_writes_nothing(dub: Dub, tmp_path: Path, arguments: list[str], code: str) -> None:
    exit_code, out, err = dub(SUBTITLES, *arguments)
    assert (exit_code, error_of(err), out) == (2, code, "")
    assert err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.srt"]


def test_a_run_that_is_killed_goes_on(dub: Dub, clip_path: Path, tmp_path: Path) -> None:
    stamps = [f"00:00:{n:02d}" for n in range(40)]
    text = "\n".join(f"{n}\n{at},000 --> {at},950\n第{n}句话。\n" for n, at in enumerate(stamps))
    (tmp_path / "a.srt").write_text(text, encoding="utf-8")
    parts = tmp_path / "out.wav.parts"
    given = ["-m", "tts", "dub", "a.srt", "--reference", str(clip_path), "--output", "out.wav"]
    with subprocess.Popen(
        [sys.executable, *given], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL
    ) as run:
        while len(list(parts.glob("*.wav"))) < 9 and run.poll() is None:
            time.sleep(0.02)
        run.send_signal(signal.SIGKILL)
    assert run.returncode == -signal.SIGKILL and not (tmp_path / "out.wav").exists()
    code, out, err = dub(text, "--json")
    told = json.loads(out)
    assert code == 0, err
    assert told["from_before"] >= 8 and told["made"] + told["from_before"] == 40
    wave = np.asarray(soundfile.read(tmp_path / "out.wav", dtype="int16")[0])
    assert len(wave) == told["samples"] == round((39.95 + 0.5) * 24000)
    assert all(wave[n * 24000 : n * 24000 + 22800].any() for n in range(40))
    assert not parts.exists()
