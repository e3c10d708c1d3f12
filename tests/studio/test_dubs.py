"""Subtitles and scripts in the studio: read, cast, planned, made, stopped, gone on with, by their owner alone."""

import io
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import soundfile
from fastapi.testclient import TestClient
from work import finished, voice_of

from studio.workshop import Workshop

Browser = Callable[[], TestClient]
SUBTITLES = """1
00:00:00,500 --> 00:00:02,500
[Anna] Hello there.

2
00:00:03,000 --> 00:00:05,000
[小明] 你好。

3
00:00:05,000 --> 00:00:05,100
This is far too long to be said in a tenth of a second, whoever tries to say it.

4
00:00:05,200 --> 00:00:07,000
Bye.
"""


def test_a_text_is_read_before_anything_is_planned(browser: Browser) -> None:
    anna = browser()
    told = anna.post("/studio/dub/read", json={"text": SUBTITLES + "\n5\n00:00:08,000 -> oops\nx\n"}).json()
    assert told["names"] == ["Anna", "小明"] and len(told["rows"]) == 4
    assert "0:03.000–0:05.000 · 小明" in told["rows"][1][1] and "in line 18" in told["told"]
    script = anna.post("/studio/dub/read", json={"text": "甲：你好。\n乙：再见。"}).json()
    assert script["names"] == ["甲", "乙"]
    assert anna.post("/studio/dub/read", json={"text": " "}).json()["rows"] == []
    bert = browser()
    assert bert.post("/studio/dub/read", json={"text": " "}).json()["code"] == "text_empty"
    assert bert.get("/studio/dub").json() == {"id": None}


def test_a_text_that_cannot_be_read_is_told_whenever_it_is_looked_at(browser: Browser) -> None:
    anna = browser()
    refused = anna.post("/studio/dub/read", json={"text": "WEBVTT\n\nhello"}).json()
    assert refused["code"].startswith("text_") and refused["problem"] in anna.get("/studio/dub").json()["told"]
    assert anna.post("/studio/dub/read", json={"text": " "}).json()["told"] == ""


def test_the_text_of_a_dub_of_an_earlier_version_is_there(browser: Browser, workshop: Workshop) -> None:
    anna = browser()
    anna.get("/")
    asked = {
        "text": "甲：你好。",
        "name": "a.txt",
        "voice": "example:x",
        "cast": {"甲": ""},
        "language": "zh",
        "speed": 1.1,
    }
    workshop.store.put(anna.cookies["yinse_visitor"], "dub", "a.txt", {"asked": asked, "made": True, "lines": []})
    told = anna.get("/studio/dub").json()
    assert told["asked"].items() >= asked.items() and len(told["rows"]) == 1 and told["result"] == ""


@pytest.mark.parametrize(
    ("more", "code"), [({"voice": ""}, "clip_none"), ({"stretch": 3}, "option_value"), ({"gap": "x"}, "option_value")]
)
def test_what_is_wrong_is_told_before_the_worker_is_asked(
    browser: Browser, clip: bytes, more: dict[str, Any], code: str
) -> None:
    anna = browser()
    answer = anna.post("/studio/dub/plan", json={"text": SUBTITLES, "voice": voice_of(anna, clip)} | more)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_dub_is_planned_made_and_taken_along_by_its_owner_alone(browser: Browser, clip: bytes) -> None:
    anna, bert = browser(), browser()
    voice = voice_of(anna, clip)
    asked = {"text": SUBTITLES, "name": "film.srt", "voice": voice, "cast": {"Anna": voice}, "tail": 1}
    anna.post("/studio/dub/plan", json=asked)
    plan = finished(anna, "dub")
    assert plan["result"] == "" and 'data-state="left_out"' in plan["rows"][2][1] and "Line 10 " in plan["told"]
    anna.post("/studio/dub", json=asked)
    made = finished(anna, "dub")
    assert made["asked"]["name"] == "film.srt" and "pieces made: 3, kept from before: 0" in made["result"]
    track = soundfile.info(io.BytesIO(anna.get("/studio/dub/file/wav").content))
    assert (track.frames, track.samplerate) == (8 * 24000, 24000)
    for ending, start in (("srt", b"1\n00:00"), ("vtt", b"WEBVTT"), ("TextGrid", b"File type"), ("json", b"{")):
        assert anna.get(f"/studio/dub/file/{ending}").content.startswith(start)
    report = anna.get("/studio/dub/report").json()
    assert [line["state"] for line in report["lines"]][2] == "left_out" and report["failed"][0]["code"] == "text_unfit"
    assert anna.get("/studio/dub/file/exe").status_code == 404

    changed = asked | {"text": SUBTITLES.replace("Bye.", "Good night.")}
    anna.post("/studio/dub", json=changed)
    assert "pieces made: 1, kept from before: 2" in finished(anna, "dub")["result"]
    assert bert.get("/studio/dub").json() == {"id": None}
    assert {bert.get(f"/studio/dub/{path}").status_code for path in ("audio", "file/wav", "report")} == {404}
    assert anna.delete("/studio/dub").status_code == 204
    assert anna.get("/studio/dub/audio").status_code == 404


def test_a_stopped_dub_goes_on_after_a_restart(again: "Callable[[], Workshop]", clip: bytes, tmp_path: Path) -> None:
    from studio.server import create_app

    script = "\n".join(f"第 {number} 句话，说得慢一点，再慢一点。" * 3 for number in range(40))
    with TestClient(create_app(again(), bundle="small")) as anna:
        anna.post("/studio/dub", json={"text": script, "voice": voice_of(anna, clip)})
        parts = tmp_path / "studio" / "dubs"
        while len(list(parts.rglob("track.wav.parts/*.wav"))) < 8:
            assert anna.get("/studio/dub").json()["going"]
            time.sleep(0.02)
        anna.post("/studio/dub/stop")
        assert "Stopped" in finished(anna, "dub")["progress"]
    with TestClient(create_app(again(), bundle="small"), cookies=dict(anna.cookies)) as later:
        kept = later.get("/studio/dub").json()
        assert kept["asked"]["text"] == script and kept["rows"] and not kept["going"]
        later.post("/studio/dub", json=kept["asked"] | {"voice": voice_of(later, clip)})
        result = finished(later, "dub")["result"]
        before = re.search(r"kept from before: (\d+)", result)
        assert before and int(before[1]) >= 8


def test_a_dub_reads_by_the_glossary_of_its_browser(browser: Browser, clip: bytes) -> None:
    anna = browser()
    asked = {"text": "甲：我们在重庆见面。", "voice": voice_of(anna, clip)}

    def track() -> bytes:
        anna.post("/studio/dub", json=asked)
        assert finished(anna, "dub")["result"]
        return anna.get("/studio/dub/audio").content

    first = track()
    assert track() == first
    anna.post("/studio/glossary", json={"term": "重庆", "reading": "chao1 shi4", "language": "zh"})
    assert track() != first
