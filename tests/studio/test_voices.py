"""The library of voices behind its routes: consent first, one name once, one file to carry a voice."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

Browsers = Callable[[], TestClient]
ANSWERS = {"name": "小明", "whose": "我自己", "may": True, "tags": ["旁白", " 旁白 ", "", "温柔"]}


def reference(client: TestClient, clip: bytes) -> str:
    return str(client.post("/studio/clips", content=clip, headers={"x-clip-name": "a.wav"}).json()["id"])


def keep(client: TestClient, content: bytes, **over: object) -> dict[str, str]:
    asked = {"clip": reference(client, content), **ANSWERS, **over}
    told: dict[str, str] = client.post("/studio/voices", json=asked).json()
    return told


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"may": False}, "voice_consent"),
        ({"may": "yes"}, "voice_consent"),
        ({"whose": " "}, "voice_whose"),
        ({"name": ""}, "voice_name"),
        ({"name": "../etc"}, "voice_name"),
        ({"clip": "guess"}, "clip_gone"),
        ({"clip": None}, "clip_gone"),
    ],
)
def test_no_voice_is_kept_without_a_name_and_both_answers(
    browser: Browsers, clip: bytes, over: dict[str, object], code: str
) -> None:
    client = browser()
    assert keep(client, clip, **over)["code"] == code
    assert client.get("/studio/voices").json()["names"] == []


def test_a_voice_is_kept_with_its_answers_and_travels_in_one_file(browser: Browsers, clip: bytes) -> None:
    client, other = browser(), browser()
    voice = keep(client, clip)["id"]
    row = client.get("/studio/voices").json()["html"]
    assert (
        all(word in row for word in ("小明", "我自己", "旁白", "温柔", "consent confirmed on"))
        and row.count("旁白") == 2
    )
    assert keep(client, clip)["code"] == "voice_exists"

    content = client.get(f"/studio/voices/{voice}/file").content
    assert keep(other, clip)["name"] == "小明"
    headers = {"x-file-name": quote("小明.safetensors")}
    told = other.post("/studio/voices/file", content=content, headers=headers)
    assert told.status_code == 201 and told.json()["name"] == "小明 2"
    assert "我自己" in other.get("/studio/voices", params={"search": "小明 2"}).json()["html"]
    refused = other.post("/studio/voices/file", content=content[:5000], headers=headers)
    assert (
        refused.status_code == 422 and refused.json()["code"] == "voice_damaged" and "小明.safetensors" in refused.text
    )
    assert "1.00" in other.get("/studio/voices/likeness").json()["html"]


def test_a_voice_keeps_its_consent_through_a_new_name_and_new_tags(browser: Browsers, clip: bytes) -> None:
    client = browser()
    voice = keep(client, clip)["id"]
    keep(client, clip, name="Anna")
    assert client.patch(f"/studio/voices/{voice}", json={"name": "anna"}).json()["code"] == "voice_exists"
    assert client.patch(f"/studio/voices/{voice}", json={"name": "阿明", "tags": ["新"]}).status_code == 204
    row = client.get("/studio/voices", params={"search": "新"}).json()["html"]
    assert "阿明" in row and "我自己" in row and "旁白" not in row


def test_a_kept_voice_is_a_reference_and_only_its_owners(browser: Browsers, clip: bytes) -> None:
    client, other = browser(), browser()
    voice = keep(client, clip)["id"]
    asked = {"kind": "voice", "id": voice}
    told = client.post("/studio/clips/chosen", json=asked).json()
    assert told["source"].items() >= {"kind": "voice", "id": voice, "name": "小明"}.items()
    assert client.get(f"/studio/clips/{told['id']}/audio").headers["content-type"] == "audio/wav"
    refused = other.post("/studio/clips/chosen", json=asked, headers={"accept-language": "zh"})
    assert refused.status_code == 404 and refused.json()["problem"] == "这个声音已经不在了。"
    for method, end in (("get", "/file"), ("get", "/audio"), ("delete", ""), ("patch", "")):
        assert other.request(method, f"/studio/voices/{voice}{end}").status_code == 404
    assert client.delete(f"/studio/voices/{voice}").status_code == 204
    assert client.get(f"/studio/voices/{voice}/audio").status_code == 404
