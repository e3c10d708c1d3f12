"""Single lines of a dub: moved, reworded, cast, heard alone, said again, picked, heard beside the original; kept."""

import io
import re
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import soundfile
from fastapi.testclient import TestClient
from work import finished, voice_of

from studio.server import create_app
from studio.visitor import COOKIE
from studio.wishes import Wish
from studio.workshop import Workshop
from tts.engine.jobs import State

Browser = Callable[[], TestClient]
SUBTITLES = """1
00:00:00,500 --> 00:00:02,500
[Anna] Hello there.

2
00:00:03,000 --> 00:00:05,000
你好，世界。

3
00:00:05,200 --> 00:00:07,000
Bye.
"""


def asked(client: TestClient, clip: bytes, **more: Any) -> dict[str, Any]:
    """The page's fields, read by the studio."""
    fields = {"text": SUBTITLES, "name": "film.srt", "voice": voice_of(client, clip), "tail": 1, **more}
    assert client.post("/studio/dub/read", json=fields).status_code == 200
    return fields


def change(client: TestClient, place: int, **what: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.post(f"/studio/dub/line/{place}", json=what).json()
    return answer


def heard(client: TestClient, place: int, again: bool = False) -> np.ndarray:
    """The samples of a line that is said alone."""
    assert client.post(f"/studio/dub/line/{place}/hear", json={"again": again}).status_code == 200
    finished(client, "dub")
    panel = client.get(f"/studio/dub/line/{place}").json()["panel"]
    (address,) = re.findall(r'src="\./(studio/dub/heard/\w+)"', panel)
    return samples(client.get(f"/{address}").content)


def made(client: TestClient) -> np.ndarray:
    """The samples of the track, made of the draft as it is."""
    fields = client.get("/studio/dub").json()["asked"]
    assert client.post("/studio/dub", json=fields).status_code == 200
    finished(client, "dub")
    return samples(client.get("/studio/dub/file/wav").content)


def samples(content: bytes) -> np.ndarray:
    return np.asarray(soundfile.read(io.BytesIO(content), dtype="int16")[0])


def test_a_line_is_changed_and_found_again_after_a_restart(again: "Callable[[], Workshop]", clip: bytes) -> None:
    with TestClient(create_app(again(), bundle="small")) as anna:
        voice = asked(anna, clip)["voice"]
        assert "00:00:00,450 --> 00:00:02,500" in change(anna, 0, nudge="start:-50")["asked"]["text"]
        assert "0:03.000–0:05.100" in change(anna, 1, end="0:05.1")["rows"][1][1]
        assert change(anna, 2, words="Good night.")["asked"]["text"].endswith("Good night.\n")
        change(anna, 1, emotion="happy", strength="0.5")
        change(anna, 2, voice=voice)
    with TestClient(create_app(again(), bundle="small"), cookies=dict(anna.cookies)) as later:
        kept = later.get("/studio/dub").json()
        assert kept["asked"]["name"] == "film.srt" and "Good night." in kept["asked"]["text"]
        assert "Happy" in kept["rows"][1][1]
        panel = later.get("/studio/dub/line/1").json()["panel"]
        assert 'value="happy" selected' in panel and 'value="0.5"' in panel and 'value="0:05.100"' in panel
        assert f'data-wanted="{voice}"' in later.get("/studio/dub/line/2").json()["panel"]
        for ending, start in (("srt", "1\n00:00:00,450 -->"), ("vtt", "WEBVTT\n\n1\n00:00:00.450 -->")):
            answer = later.get(f"/studio/dub/subtitles/{ending}")
            assert answer.text.startswith(start) and f"film.{ending}" in answer.headers["content-disposition"]


def test_what_a_line_has_of_its_own_stays_with_it_when_the_text_is_written_on(browser: Browser, clip: bytes) -> None:
    anna = browser()
    fields = asked(anna, clip)
    change(anna, 1, emotion="sad")
    text = SUBTITLES.replace("[Anna] Hello there.", "[Anna] Hi.") + "\n4\n00:00:08,000 --> 00:00:09,000\nMore.\n"
    anna.post("/studio/dub/read", json=fields | {"text": text.replace("[Anna] Hi.", "[Anna] Hello there.")})
    rows = anna.post("/studio/dub/read", json=fields | {"text": text}).json()["rows"]
    assert ["Sad" in row for _, row in rows] == [False, True, False, False]
    rows = anna.post("/studio/dub/read", json=fields | {"text": text, "name": "other.srt"}).json()["rows"]
    assert not any("Sad" in row for _, row in rows)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"start": "soon"}, "text_window_value"),
        ({"start": "0:05"}, "text_window_order"),
        ({"end": "0:05.3"}, "text_window_overlap"),
        ({"nudge": "end:x"}, "option_value"),
        ({"words": " "}, "text_line_empty"),
        ({"emotion": "merry"}, "option_emotion"),
        ({"emotion": "sad", "strength": 2}, "option_value"),
        ({"take": 3}, "option_value"),
        ({"take": "x"}, "option_value"),
        ({"voice": "voice:none"}, "voice_gone"),
    ],
)
def test_what_a_line_cannot_be_changes_nothing(browser: Browser, clip: bytes, what: dict[str, Any], code: str) -> None:
    anna = browser()
    asked(anna, clip)
    before = anna.get("/studio/dub").json()
    assert change(anna, 1, **what)["code"] == code
    assert anna.get("/studio/dub").json() == before
    assert change(anna, 7, emotion="sad")["code"] == "text_line_gone"


def test_a_line_tells_how_it_fits_and_is_heard_before_the_track_is_made(browser: Browser, clip: bytes) -> None:
    anna, bert = browser(), browser()
    asked(anna, clip)
    row = anna.post("/studio/dub/line/1/fit").json()["rows"][1][1]
    assert re.search(r"\d\.\d\d s at its own pace, window 2.00 s", row) and "yn-state" in row
    wave = heard(anna, 1)
    change(anna, 1, end="0:03.5")
    assert "yn-state" not in anna.get("/studio/dub").json()["rows"][1][1]
    shorter = heard(anna, 1)
    assert len(shorter) <= 12000 < len(wave)
    track = made(anna)
    assert "pieces made: 2, kept from before: 1" in anna.get("/studio/dub").json()["result"]
    assert np.array_equal(track[3 * 24000 : 3 * 24000 + len(shorter)], shorter)
    panel = anna.get("/studio/dub/line/1").json()["panel"]
    (sign,) = re.findall(r"studio/dub/heard/(\w+)", panel)
    assert bert.get(f"/studio/dub/heard/{sign}").status_code == 404
    assert {bert.get(f"/studio/dub/line/{place}").status_code for place in range(3)} == {404}
    assert bert.post("/studio/dub/line/1/hear", json={}).status_code == 404


def test_one_line_is_said_again_and_its_neighbours_stay_to_the_sample(browser: Browser, clip: bytes) -> None:
    anna = browser()
    asked(anna, clip)
    first = made(anna)
    heard(anna, 1, again=True)
    told = anna.get("/studio/dub").json()
    assert "changed since" in told["result"] and "take 2" in told["rows"][1][1]
    second = made(anna)
    assert "pieces made: 0" in (result := anna.get("/studio/dub").json()["result"]) and "changed since" not in result
    start, end = 3 * 24000, 5 * 24000
    assert np.array_equal(first[:start], second[:start]) and np.array_equal(first[end:], second[end:])
    assert not np.array_equal(first[start:end], second[start:end])
    # The take that was there before is still there, to be heard and to be picked.
    panel = change(anna, 1, take=0)["panel"]
    assert 'value="0" checked' in panel and "studio/dub/heard/" in panel
    assert np.array_equal(made(anna), first)
    change(anna, 1, take=1)
    assert np.array_equal(made(anna), second)


def test_there_is_an_end_to_the_takes_of_a_line(browser: Browser, clip: bytes) -> None:
    anna = browser()
    asked(anna, clip)
    for _ in range(8):
        heard(anna, 2, again=True)
    assert anna.post("/studio/dub/line/2/hear", json={"again": True}).json()["code"] == "option_takes"


def test_the_original_is_heard_beside_a_line(browser: Browser, clip: bytes) -> None:
    anna, bert = browser(), browser()
    asked(anna, clip)
    wave = 0.2 * np.sin(np.arange(6 * 16000) ** 1.4 / 500)
    stream = io.BytesIO()
    soundfile.write(stream, wave, 16000, format="FLAC")
    headers = {"x-file-name": "film.wav"}
    refused = anna.post("/studio/dub/original", content=b"no sound" * 100, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "clip_original")
    assert anna.post("/studio/dub/original", content=stream.getvalue(), headers=headers).json()["seconds"] == 6.0
    panel = anna.get("/studio/dub/line/1").json()["panel"]
    (address,) = re.findall(r'src="\./(studio/dub/original[^"]+)"', panel)
    content = anna.get(f"/{address.replace('&amp;', '&')}").content
    assert np.abs(samples(content) / 32768 - wave[3 * 16000 : 5 * 16000]).max() < 1e-3
    assert len(samples(anna.get("/studio/dub/original?start=5500&end=7000").content)) == 8000
    assert anna.get("/studio/dub/original?start=7000&end=9000").status_code == 200
    assert anna.get("/studio/dub/original?start=2&end=1").json()["code"] == "option_value"
    assert bert.get("/studio/dub/original?start=0&end=1").status_code == 404
    assert anna.delete("/studio/dub/original").status_code == 204
    assert "yn-original" not in anna.get("/studio/dub/line/1").json()["panel"]


@pytest.mark.parametrize("room", ["dub", "batch"])
def test_a_sentence_of_somebody_else_comes_between_the_lines(
    browser: Browser, workshop: Workshop, clip: bytes, room: str
) -> None:
    anna = browser()
    lines = "\n".join(f"第 {number} 句话，说得慢一点，再慢一点。" * 3 for number in range(60))
    anna.post(f"/studio/{room}", json={"text": lines, "voice": voice_of(anna, clip)})
    long = workshop.jobs.find(f"{anna.cookies[COOKIE]} {room}")
    assert long is not None
    while long.share < 0.02:
        time.sleep(0.01)
    reference = workshop.example("hazel")
    sentence = workshop.submit("bert", reference, [Wish.of(None, {"text": "Hello."})])
    while not sentence.state.ended:
        time.sleep(0.01)
    assert sentence.state is State.DONE and not long.state.ended
    anna.post(f"/studio/{room}/stop")
    finished(anna, room)


def test_a_dub_that_is_stopped_while_it_waits_can_be_made_again(browser: Browser, clip: bytes) -> None:
    anna = browser()
    fields = asked(anna, clip, text="\n".join(f"第 {number} 句话。" * 9 for number in range(60)), name="")
    for _ in range(3):
        assert anna.post("/studio/dub", json=fields).json()["going"]
        time.sleep(0.3)
        anna.post("/studio/dub/stop")
        assert "Stopped" in finished(anna, "dub")["progress"]


def test_a_line_follows_the_glossary_of_its_browser_and_others_stay(browser: Browser, clip: bytes) -> None:
    anna = browser()
    asked(anna, clip, text="甲：我们在重庆见面。\n乙：好。", name="")
    first, other = heard(anna, 0), heard(anna, 1)
    entry = {"term": "重庆", "reading": "chao1 shi4", "language": "zh"}
    assert anna.post("/studio/glossary", json=entry).status_code == 201
    panels = [anna.get(f"/studio/dub/line/{place}").json()["panel"] for place in (0, 1)]
    assert ["/heard/" in panel for panel in panels] == [False, True]
    assert not np.array_equal(heard(anna, 0), first) and np.array_equal(heard(anna, 1), other)
    made(anna)
    assert "pieces made: 0, kept from before: 2" in anna.get("/studio/dub").json()["result"]
    anna.post("/studio/glossary", json=entry | {"term": "上海"})
    assert "changed" not in anna.get("/studio/dub").json()["result"]
    anna.post("/studio/glossary/delete", json=entry)
    now = anna.get("/studio/dub").json()
    assert now["rows"][0][1].count('data-state=""') == 1 and "have changed" in now["result"]
    made(anna)
    assert np.array_equal(heard(anna, 0), first)
