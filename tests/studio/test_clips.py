"""Reference clips: what comes back for a good one and for each bad one, and who may hear it."""

import io
from collections.abc import Callable
from urllib.parse import quote

import pytest
import soundfile
from fastapi.testclient import TestClient

from studio.workshop import Workshop

Browsers = Callable[[], TestClient]


def give(client: TestClient, content: bytes, name: str = "someone.wav", language: str = "en") -> dict[str, str]:
    answer = client.post(
        "/studio/clips", content=content, headers={"x-clip-name": quote(name), "accept-language": language}
    )
    assert answer.status_code in (200, 422)
    told: dict[str, str] = answer.json()
    return told


def test_a_good_clip_is_reported_and_can_be_heard(browser: Browsers, clip: bytes) -> None:
    client = browser()
    told = give(client, clip)
    assert "3.0 s" in told["html"] and "kHz" in told["html"] and "someone.wav" in told["html"]
    heard = client.get(f"/studio/clips/{told['id']}/audio")
    wave, rate = soundfile.read(io.BytesIO(heard.content))
    assert (rate, len(wave)) == (24000, 72000)


def test_players_may_ask_for_a_part(browser: Browsers, clip: bytes) -> None:
    client = browser()
    address = f"/studio/clips/{give(client, clip)['id']}/audio"
    whole = client.get(address).content
    for asked, expected in (("bytes=10-19", whole[10:20]), ("bytes=100-", whole[100:]), ("bytes=-7", whole[-7:])):
        part = client.get(address, headers={"range": asked})
        assert part.status_code == 206 and part.content == expected
    assert client.get(address, headers={"range": "bytes=999999999-"}).status_code == 416
    for nonsense in ("nonsense", f"bytes={'9' * 5000}-"):
        assert client.get(address, headers={"range": nonsense}).content == whole


@pytest.mark.parametrize(
    ("content", "code"), [(b"hello there" * 1000, "clip_not_audio"), (b"", "clip_empty"), (b"RIFF", "clip_damaged")]
)
def test_what_is_no_audio_is_refused_with_a_sentence(browser: Browsers, content: bytes, code: str) -> None:
    told = give(browser(), content, "notes.txt")
    assert told["code"] == code and "notes.txt" in told["problem"] and told["advice"]


def test_a_silent_clip_is_refused_in_the_language_of_the_page(browser: Browsers, silent_clip: bytes) -> None:
    assert give(browser(), silent_clip, "空.wav", "zh-CN")["problem"] == "“空.wav”里没有声音。"
    assert give(browser(), silent_clip, "空.wav", "ja")["problem"] == "「空.wav」は無音です。"


def test_too_many_bytes_are_refused_while_they_come(browser: Browsers, workshop: Workshop) -> None:
    told = give(browser(), b"x" * (workshop.settings.max_upload_bytes + 1))
    assert told["code"] == "clip_too_large"


def test_a_name_is_never_taken_for_html(browser: Browsers, clip: bytes) -> None:
    assert "<img" not in give(browser(), clip, '"><img src=x>.wav')["html"]


def test_another_browser_finds_nothing_by_the_address(browser: Browsers, clip: bytes) -> None:
    owner, other = browser(), browser()
    address = f"/studio/clips/{give(owner, clip)['id']}"
    assert other.get(f"{address}/audio").status_code == 404 and other.get(address).status_code == 404
    other.delete(address)
    assert owner.get(address).status_code == 200
    owner.delete(address)
    assert owner.get(address).json()["code"] == "clip_gone"


def test_a_report_can_be_had_again_in_another_language(browser: Browsers, clip: bytes) -> None:
    client = browser()
    name = give(client, clip)["id"]
    assert "长度" in client.get(f"/studio/clips/{name}", headers={"accept-language": "zh"}).json()["html"]
