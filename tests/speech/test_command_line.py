"""The command line: exit codes, clean output, and results that programs read."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyopenjtalk
import pytest
import soundfile

from tts.audio.write import write_wav
from tts.cli.main import main

ROOT = Path(__file__).resolve().parents[2]


class Ran:
    """What a command answered."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> dict:  # type: ignore[type-arg]
        return json.loads(self.out)  # type: ignore[no-any-return]

    @property
    def error(self) -> str:
        """Code of the error that was told."""
        return self.err.partition("error[")[2].partition("]")[0]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, bundle_path: Path, tmp_path: Path):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("YINSE_CACHE_DIR", str(bundle_path.parent))
    monkeypatch.setenv("YINSE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("YINSE_LANGUAGE", "en")
    monkeypatch.setenv("YINSE_DEVICE", "cpu")

    def run(*arguments: object) -> Ran:
        code = main([str(argument) for argument in arguments])
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def clone(run, clip_path: Path, tmp_path: Path):  # type: ignore[no-untyped-def]
    def clone(*arguments: object, text: str = "你好，世界。", output: str = "out.wav") -> Ran:
        return run("clone", "--text", text, "--reference", clip_path, "--output", tmp_path / output, *arguments)

    return clone


def test_a_clone_is_a_wave_and_one_line_of_json(clone, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ran = clone("--seed", 5, "--json")
    told = ran.json
    assert ran.code == 0
    assert all(line.startswith("warning[clip_") for line in ran.err.splitlines())
    wave, rate = soundfile.read(tmp_path / "out.wav")
    assert (rate, len(wave) / rate) == (told["sample_rate"], pytest.approx(told["seconds"]))
    assert told["output"] == str(tmp_path / "out.wav")
    assert (told["seed"], told["language"], told["device"]) == (5, "zh", "cpu")
    assert told["rtf"] > 0
    assert set(told["segments"][0]) == {"text", "start", "end"}
    assert ran.out.count("\n") == 1


def test_a_clone_is_written_at_the_rate_depth_and_loudness_that_are_asked_for(clone, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    plain = clone("--seed", 5, "--json").json
    told = clone("--seed", 5, "--json", "--sample-rate", 44100, "--bits", 24, "--loudness", -30).json
    info = soundfile.info(tmp_path / "out.wav")
    assert (info.samplerate, info.subtype) == (44100, "PCM_24") == (told["sample_rate"], f"PCM_{told['bits']}")
    assert info.frames == round(plain["seconds"] * 44100) and told["seconds"] == plain["seconds"]
    assert told["loudness"] == pytest.approx(-30, abs=0.5)
    for wrong in (("--sample-rate", 22050), ("--bits", 8), ("--loudness", 3), ("--loudness", "x")):
        refused = clone(*wrong)
        assert refused.code == 2 and refused.error in ("option_usage", "option_value")


def test_an_exact_duration_is_in_the_file(clone, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    seconds = clone("--json", "--seed", 5).json["seconds"] * 1.2 + 0.00013
    ran = clone("--duration", seconds, "--speed", 1.5, "--seed", 5)
    assert ran.code == 0
    assert "warning[speed_ignored]" in ran.err
    assert soundfile.info(tmp_path / "out.wav").frames == int(seconds * 24000 + 0.5)


def test_takes_have_numbers_seeds_and_timings_of_their_own(clone, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ran = clone("--takes", 2, "--seed", 9, "--timings", tmp_path / "out.srt", "--json")
    assert [take["seed"] for take in ran.json["takes"]] == [9, 10]
    names = sorted(path.name for path in tmp_path.glob("out*"))
    assert names == ["out.1.srt", "out.1.wav", "out.2.srt", "out.2.wav"]
    assert (tmp_path / "out.1.wav").read_bytes() != (tmp_path / "out.2.wav").read_bytes()


@pytest.mark.parametrize("ending", ["json", "srt", "vtt", "TextGrid"])
def test_timings_are_written(clone, tmp_path: Path, ending: str) -> None:  # type: ignore[no-untyped-def]
    assert clone("--timings", tmp_path / f"out.{ending}").code == 0
    assert "你好" in (tmp_path / f"out.{ending}").read_text(encoding="utf-8")


def test_a_reference_is_denoised_where_that_is_asked_for(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    spoken, rate = pyopenjtalk.tts("今日はいい天気ですね。")
    noise = np.random.default_rng(0).standard_normal(len(spoken))
    write_wav(tmp_path / "noisy.wav", (spoken / 32768 + 0.02 * noise).astype(np.float32), rate)
    job = {"text": "你好。", "reference": "noisy.wav", "seed": 1}
    jobs = [job | {"output": "as_it_is.wav"}, job | {"output": "denoised.wav", "denoise": True}]
    (tmp_path / "jobs.jsonl").write_text("\n".join(map(json.dumps, jobs)), encoding="utf-8")
    assert run("batch", tmp_path / "jobs.jsonl", "--output-dir", tmp_path).code == 0
    given = [
        "--text",
        "你好。",
        "--reference",
        tmp_path / "noisy.wav",
        "--seed",
        1,
        "--output",
        tmp_path / "cloned.wav",
    ]
    assert run("clone", *given, "--denoise").code == 0
    as_it_is, denoised, cloned = (soundfile.read(tmp_path / f"{n}.wav")[0] for n in ("as_it_is", "denoised", "cloned"))
    assert len(as_it_is) != len(denoised) or np.abs(as_it_is - denoised).max() > 1e-3
    assert np.allclose(cloned, denoised, atol=1e-3)


def test_a_stored_voice_cannot_be_denoised(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ran = run("clone", "--text", "好", "--voice", "Anna", "--denoise", "--output", tmp_path / "a.wav")
    assert (ran.code, ran.error) == (2, "option_conflict")


def test_a_text_file_and_emotions_work(run, clip_path: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "text.txt").write_text("\ufeffHello.", encoding="utf-8")
    given = ["--text-file", tmp_path / "text.txt", "--reference", clip_path, "--output", tmp_path / "a.wav"]
    for emotion in (["--emotion", "happy=0.8,sad=0.1"], ["--emotion-random"]):
        assert run("clone", *given, *emotion, "--emotion-weight", "0.5").code == 0


def test_an_emotion_comes_from_words_from_a_clip_and_varies_by_seed(clone, clip_path: Path) -> None:  # type: ignore[no-untyped-def]
    said = clone("--emotion-text", "whisper, terrified", "--json").json["emotion"]
    assert max(said, key=said.get) == "afraid"
    heard = clone("--emotion-audio", clip_path, "--seed", 1, "--json").json["emotion"]
    assert 0 < sum(heard.values()) <= 1
    told = clone("--emotion", "happy=0.6", "--emotion-random", "--seed", 1, "--takes", 2, "--json").json["takes"]
    shades = [take["emotion"] for take in told]
    assert shades[0] != shades[1] and all(max(shade, key=shade.get) == "happy" for shade in shades)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--speed", "3"], "option_value"),
        (["--speed", "x"], "option_value"),
        (["--seed", "1.5"], "option_value"),
        (["--takes", "0"], "option_value"),
        (["--duration", "600"], "option_duration"),
        (["--emotion", "glad=1"], "option_emotion"),
        (["--emotion", "happy=1", "--emotion-text", "joyful"], "option_conflict"),
        (["--emotion", "happy=1", "--emotion-audio", "a.wav"], "option_conflict"),
        (["--emotion-text", "sad", "--emotion-audio", "a.wav"], "option_conflict"),
        (["--emotion-text", "table and chair"], "option_emotion_words"),
        (["--emotion-audio", "none.wav"], "clip_missing"),
        (["--text-file", "a.txt"], "option_conflict"),
        (["--voice", "Anna"], "option_conflict"),
        (["--timings", "a.doc"], "option_value"),
        (["--glossary", "none.tsv"], "text_file"),
        (["--language", "fr"], "option_usage"),
        (["--spee", "1"], "option_usage"),
        (["--reference", "none.wav"], "clip_missing"),
    ],
)
def test_bad_input_exits_2_and_writes_nothing(clone, tmp_path: Path, arguments: list[str], code: str) -> None:  # type: ignore[no-untyped-def]
    ran = clone(*arguments)
    assert (ran.code, ran.error, ran.out) == (2, code, "")
    assert ran.err.count("\n") == 1
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize(("text", "code"), [("", "text_empty"), ("  \n", "text_empty"), ("！？", "text_unsayable")])
def test_a_text_that_says_nothing_is_bad_input(clone, text: str, code: str) -> None:  # type: ignore[no-untyped-def]
    ran = clone(text=text)
    assert (ran.code, ran.error) == (2, code)


def test_outputs_that_cannot_be_are_told_before_the_work(run, clone, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert clone(output="out.mp3").error == "option_value"
    ran = clone(output="missing/out.wav")
    assert (ran.code, ran.error) == (1, "output_folder")
    assert run("clone", "--text", "好", "--output", tmp_path / "a.wav").error == "clip_none"
    assert run("clone", "--text", "好", "--voice", "Anna", "--output", tmp_path / "a.wav").error == "voice_unknown"


def test_errors_speak_the_language_of_the_person(clone, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("YINSE_LANGUAGE", "zh")
    assert "没有文字" in clone(text="").err
    assert "命令行" in clone("--nothing").err


def test_a_glossary_is_read(tmp_path: Path) -> None:
    from tts.errors import TextError
    from tts.text.glossary_file import load_glossary

    path = tmp_path / "terms.tsv"
    path.write_text("# terms\n重庆\tchong2 qing4\n\nYinse\tY IH1 N S AH0\n", encoding="utf-8")
    assert load_glossary(path).for_language("zh") == {"重庆": "chong2 qing4", "Yinse": "Y IH1 N S AH0"}
    path.write_text("重庆 chong2", encoding="utf-8")
    with pytest.raises(TextError, match="Line 1"):
        load_glossary(path)


def test_phones_tells_what_will_be_said(run) -> None:  # type: ignore[no-untyped-def]
    ran = run("phones", "--text", "重庆，OK。", "--json")
    assert (ran.code, ran.json["language"]) == (0, "zh")
    words = ran.json["segments"][0]["words"]
    assert words[0]["pinyin"] == ["chong2", "qing4"]
    assert any(word["language"] == "en" for word in words)


def test_phones_of_lines_answers_each_line_in_its_place(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "lines.txt").write_text("你好。\n\n！！\nHello\u2028there.\r\n", encoding="utf-8")
    ran = run("phones", "--lines", tmp_path / "lines.txt", "--json")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [answer.get("language", answer.get("error", {}).get("code")) for answer in answers] == [
        "zh", "text_empty", "text_unsayable", "en",
    ]  # fmt: skip
    assert answers[1]["error"]["message"]


@pytest.mark.parametrize("arguments", [[], ["--text", "a", "--lines", "b"]])
def test_phones_needs_one_source(run, arguments: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert run("phones", *arguments).code == 2


def test_voices_are_stored_used_and_removed(run, clip_path: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    refused = run("voices", "add", "小明", clip_path)
    assert (refused.code, refused.error) == (2, "voice_consent")
    added = run("voices", "add", "小明", clip_path, clip_path, "--consent", "--json")
    assert added.json["name"] == "小明" and added.json["consent"]["given_at"]
    assert run("voices", "add", "小明", clip_path, "--consent").error == "voice_exists"
    assert [voice["name"] for voice in run("voices", "list", "--json").json["voices"]] == ["小明"]
    assert run("clone", "--text", "好", "--voice", "小明", "--output", tmp_path / "a.wav").code == 0
    assert run("voices", "export", "小明", tmp_path / "v.safetensors").code == 0
    assert run("voices", "import", tmp_path / "v.safetensors").error == "voice_exists"
    assert run("voices", "import", tmp_path / "v.safetensors", "--name", "Ming", "--json").json["name"] == "Ming"
    assert "speech_share" in run("voices", "show", "Ming").out
    assert run("voices", "remove", "小明").code == 0
    assert run("voices", "show", "小明").error == "voice_unknown"
    assert run("voices", "list").out.split()[0] == "Ming"


def test_a_batch_does_what_it_can_and_lists_what_it_cannot(run, clip_path: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    reference = str(clip_path)
    jobs = [
        {"text": "你好。", "reference": reference, "output": "a/one.wav", "seed": 1, "timings": "a/one.vtt"},
        {
            "text": "Hello.",
            "reference": [reference],
            "emotion_text": "happy",
            "emotion_weight": 0.5,
            "emotion_random": True,
        },
        {"text": "", "reference": reference, "output": "empty.wav"},
        {"text": "好", "reference": "none.wav"},
        {"text": "好", "reference": reference, "output": "../out.wav"},
        {"text": "好", "reference": reference, "output": "a/one.wav"},
        {"text": "好", "reference": reference, "sped": 1},
        {"text": "好", "reference": reference, "speed": "fast"},
        {"text": "好", "voice": "Anna"},
        {"text": "好", "reference": reference, "seed": True},
    ]
    (tmp_path / "jobs.jsonl").write_text("\n".join(map(json.dumps, jobs)) + "\n\nnot json\n[]\n", encoding="utf-8")
    ran = run("batch", tmp_path / "jobs.jsonl", "--output-dir", tmp_path / "made", "--json")
    assert ran.code == 2
    assert [(done["line"], Path(done["output"]).name) for done in ran.json["done"]] == [(1, "one.wav"), (2, "0002.wav")]
    assert {failure["line"]: failure["code"] for failure in ran.json["failed"]} == {
        3: "text_empty", 4: "clip_missing", 5: "option_value", 6: "option_conflict", 7: "option_value",
        8: "option_value", 9: "voice_unknown", 10: "option_value", 12: "option_jobs", 13: "option_jobs",
    }  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "made").rglob("*.*")) == ["0002.wav", "one.vtt", "one.wav"]
    assert not (tmp_path / "out.wav").exists()


def test_a_batch_without_failures_exits_0(run, clip_path: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "jobs.jsonl").write_text(json.dumps({"text": "好", "reference": clip_path.name}), encoding="utf-8")
    (tmp_path / clip_path.name).write_bytes(clip_path.read_bytes())
    ran = run("batch", tmp_path / "jobs.jsonl", "--output-dir", tmp_path / "made")
    assert (ran.code, ran.out.split(",")[0]) == (0, "1 done")


def test_the_cache_is_listed_and_verified(
    run, bundle_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    assert [bundle["name"] for bundle in run("cache", "list", "--json").json["bundles"]] == [bundle_path.name]
    assert run("cache", "verify", "--json").json["ok"] is True
    assert run("cache", "verify", "other").error == "bundle_unknown"
    monkeypatch.setenv("YINSE_CACHE_DIR", str(tmp_path))
    assert (run("cache", "verify").code, run("cache", "list").error) == (1, "bundle_missing")


def test_a_benchmark_tells_speed_and_memory(run, clip_path: Path) -> None:  # type: ignore[no-untyped-def]
    told = run("benchmark", "--runs", 1, "--json", "--reference", clip_path).json
    assert told["rtf"] > 0 and told["memory_mb"] > 0
    assert [row["batch"] for row in told["throughput"]] == [1, 4, 16]


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "YINSE_LANGUAGE": "en", "LC_ALL": "C"}
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=environment, check=False)


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from tts.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    ran = python("-c", code + "sys.exit(sum(name in sys.modules for name in ('torch', 'scipy', 'numpy', 'jieba')))")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "phones" in ran.stdout and "sing" not in ran.stdout.split()


def test_light_commands_load_no_network() -> None:
    command = "main(['phones', '--text', '你好'])"
    code = f"import sys; from tts.cli.main import main; {command}; sys.exit('torch' in sys.modules)"
    ran = python("-c", code)
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""


def test_a_command_that_is_not_there_is_bad_input() -> None:
    ran = python("-m", "tts", "sing")
    assert ran.returncode == 2
    assert ran.stderr.startswith("error[option_usage]: ")


def test_the_public_names_are_there() -> None:
    import tts

    assert all(getattr(tts, name) is not None for name in tts.__all__)
    with pytest.raises(AttributeError):
        _ = tts.nothing
