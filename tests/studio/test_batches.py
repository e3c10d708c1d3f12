"""Many lines at once: read in every form, checked before anything is said, said one by one, taken along."""

import csv
import io
import json
import re
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import soundfile
from fastapi.testclient import TestClient
from work import finished, voice_of

from studio.lines import MOST_LINES, job_of, read_lines
from studio.server import create_app
from studio.wishes import Wish
from studio.workshop import Workshop
from tts.errors import YinseError

Browser = Callable[[], TestClient]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("一。\n\n 二。 \n", "", [(1, {"text": "一。"}), (3, {"text": "二。"})]),
        ('\n{"text": "a", "seed": 7}\n', "", [(2, {"text": "a", "seed": 7})]),
        (
            "text,speed,seed\n你好,1.5,7\n\n再见,,\n",
            "",
            [(2, {"text": "你好", "speed": 1.5, "seed": 7}), (4, {"text": "再见"})],
        ),
        ('\ufeffTEXT;emotion\n"a; b";happy=0.5\n', "x.csv", [(2, {"text": "a; b", "emotion": "happy=0.5"})]),
        ("Hello, world\nBye", "x.txt", [(1, {"text": "Hello, world"}), (2, {"text": "Bye"})]),
    ],
)
def test_lines_tables_and_json_are_told_apart(text: str, name: str, expected: list[Any]) -> None:
    assert [(line.number, line.given) for line in read_lines(text, name)] == expected


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        (" \n", "", "option_lines"),
        ("a,b\n1,2", "x.csv", "option_column"),
        ("a\n" * (MOST_LINES + 1), "", "option_many"),
    ],
)
def test_what_cannot_be_read_at_all_is_told(text: str, name: str, code: str) -> None:
    with pytest.raises(YinseError) as told:
        read_lines(text, name)
    assert told.value.code == code


def test_wrong_lines_are_told_with_their_number_before_anything_starts(browser: Browser, clip: bytes) -> None:
    anna = browser()
    rows = [
        '{"text": "你好。"}', "{broken", '{"text": "a", "speed": 9}', '{"text": "a", "text_file": "/etc/passwd"}',
        '{"text": "[重]{zzz9}"}', '{"seed": 1}',
    ]  # fmt: skip
    told = anna.post("/studio/batch/check", json={"text": "\n".join(rows)}).json()
    assert told["good"] == 1
    assert all(f"ine {number}" in told["html"] for number in range(2, 7)) and "Line 1:" not in told["html"]
    refused = anna.post("/studio/batch", json={"text": rows[1], "voice": voice_of(anna, clip)})
    assert (refused.status_code, refused.json()["code"]) == (422, "option_jobs")
    assert anna.post("/studio/batch", json={"text": "a"}).json()["code"] == "clip_none"
    assert anna.get("/studio/batch").json() == {"id": None}


def test_a_file_in_any_encoding_becomes_text(browser: Browser) -> None:
    headers = {"x-file-name": "lines.txt"}
    text = "今天天气很好，我们一起去公园散步吧。\n明天再说。"
    answer = browser().post("/studio/batch/text", content=text.encode("gb18030"), headers=headers).json()
    assert answer["text"] == text


def test_a_batch_is_said_listed_and_taken_along_by_its_owner_alone(browser: Browser, clip: bytes) -> None:
    anna, bert = browser(), browser()
    voice = voice_of(anna, clip)
    table = "text,speed,seed\n好。,2,7\n错。,9,\nGo/../away!,2,\n"
    started = anna.post("/studio/batch", json={"text": table, "voice": voice, "speed": 1, "weight": 1}).json()
    assert started["going"] and [number for number, _ in started["rows"]] == [2, 3, 4]
    assert anna.post("/studio/batch", json={"text": "a", "voice": voice}).json()["code"] == "busy_own_job"
    told = finished(anna, "batch")
    assert (told["done"], told["left"]) == (2, 0)
    answer = anna.get("/studio/batch/zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert sorted(file.namelist()) == ["0002-好.wav", "0004-Go-away.wav", "results.csv", "results.json"]
        assert soundfile.info(io.BytesIO(file.read("0002-好.wav"))).duration > 0.1
        results = json.loads(file.read("results.json"))
        assert [(row["line"], row["state"]) for row in results] == [(2, "done"), (3, "failed"), (4, "done")]
        assert results[0]["seed"] == 7 and "0.5 .. 2" in results[1]["error"]
        rows = list(csv.DictReader(io.StringIO(file.read("results.csv").decode("utf-8-sig"))))
        assert [row["text"] for row in rows] == ["好。", "错。", "Go/../away!"]
    anna.put("/studio/export", json={"ending": "flac", "rate": 48000, "loudness": -24, "template": "{n}"})
    with zipfile.ZipFile(io.BytesIO(anna.get("/studio/batch/zip").content)) as file:
        assert sorted(file.namelist())[:2] == ["0002.flac", "0004.flac"]
        assert soundfile.info(io.BytesIO(file.read("0002.flac"))).samplerate == 48000
        assert abs(json.loads(file.read("results.json"))[0]["loudness"] + 24) < 0.5
    assert bert.get("/studio/batch").json() == {"id": None}
    again = bert.post("/studio/batch/rest", json={"voice": voice_of(bert, clip)})
    assert bert.get("/studio/batch/zip").status_code == again.status_code == 404


def test_the_settings_of_a_take_say_its_line_again(browser: Browser, clip: bytes) -> None:
    anna = browser()
    shared = {"language": "auto", "speed": 1.5, "emotion_weight": 0.7}
    given: dict[str, Any] = {
        "text": "好。", "seed": 7, "pause_scale": 2, "variation": 0, "longest": 20, "emoji": "speak",
        "emotion": "happy=0.4,calm=0.2", "emotion_random": True,
    }  # fmt: skip
    asked = {"text": json.dumps(given), "voice": voice_of(anna, clip), "speed": 1.5, "weight": 0.7}
    anna.post("/studio/batch", json=asked)
    ((_, row),) = finished(anna, "batch")["rows"]
    (take,) = re.findall(r"/studio/takes/([\w-]+)/audio", row)
    settings = anna.get(f"/studio/takes/{take}").json()["settings"]
    voice: Any = object()
    (request,) = job_of(given, shared).requests(voice)
    assert Wish.of(settings["feeling"], settings).request(voice) == request


def test_a_batch_goes_with_the_history(again: "Callable[[], Workshop]", clip: bytes) -> None:
    workshop = again()
    with TestClient(create_app(workshop, bundle="small")) as anna:
        anna.post("/studio/batch", json={"text": "好。", "voice": voice_of(anna, clip), "speed": 2})
        finished(anna, "batch")
        workshop.sweep()
        assert anna.get("/studio/batch").json()["done"] == 1
        kept = workshop.settings
        workshop.settings = kept.model_copy(update={"history_days": 1e-9})
        workshop.sweep()
        assert anna.get("/studio/batch").json() == {"id": None}


def test_a_stopped_batch_outlasts_a_restart_and_goes_on(again: "Callable[[], Workshop]", clip: bytes) -> None:
    with TestClient(create_app(again(), bundle="small")) as anna:
        text = "\n".join(["好。"] + ["这是一句不长也不短的话，说完了。" * 20] * 3)
        anna.post("/studio/batch", json={"text": text, "voice": voice_of(anna, clip), "speed": 2})
        while not anna.get("/studio/batch").json()["done"]:
            time.sleep(0.02)
        anna.post("/studio/batch/stop")
        told = finished(anna, "batch")
        assert told["done"] >= 1 and told["left"] >= 1
    with TestClient(create_app(again(), bundle="small"), cookies=dict(anna.cookies)) as later:
        kept = later.get("/studio/batch").json()
        assert (kept["done"], kept["left"], kept["going"]) == (told["done"], told["left"], False)
        assert 'data-state="stopped"' in "".join(html for _, html in kept["rows"])
        later.post("/studio/batch/rest", json={"voice": voice_of(later, clip)})
        assert finished(later, "batch")["left"] == 0
