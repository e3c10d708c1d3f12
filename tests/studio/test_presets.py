"""Presets behind their routes: the page's settings and nothing else, one of a name, refused with a sentence."""

import json
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

Browsers = Callable[[], TestClient]
SETTINGS = {"emotion": [0.5, 0, 0, 0, 0, 0, 0, 0], "speed": 1.2, "language": "zh", "glossary": "重庆 = chong2 qing4"}


def names(client: TestClient) -> list[str]:
    return [preset["name"] for preset in client.get("/studio/presets").json()["presets"]]


def test_a_preset_is_kept_replaced_by_its_name_carried_and_removed(browser: Browsers) -> None:
    client, other = browser(), browser()
    client.post("/studio/presets", json={"name": "夜", "settings": SETTINGS})
    kept = client.post(
        "/studio/presets", json={"name": " 夜 ", "settings": SETTINGS | {"speed": 0.8, "more": 1}}
    ).json()
    (found,) = client.get("/studio/presets").json()["presets"]
    assert found["settings"]["speed"] == 0.8 and "more" not in found["settings"]
    file = client.get(f"/studio/presets/{kept['id']}/file").content
    assert other.get(f"/studio/presets/{kept['id']}/file").status_code == 404 and names(other) == []
    assert other.delete(f"/studio/presets/{kept['id']}").status_code == 404
    assert other.post("/studio/presets/file", content=file).status_code == 201 and names(other) == ["夜"]
    assert client.delete(f"/studio/presets/{kept['id']}").status_code == 204 and names(client) == []


@pytest.mark.parametrize(
    ("name", "over", "code"),
    [
        ("", {}, "option_preset_name"),
        ("x" * 65, {}, "option_preset_name"),
        ("a", {"speed": 9}, "option_value"),
        ("a", {"seed": 0.5}, "option_value"),
        ("a", {"duration": "soon"}, "option_value"),
        ("a", {"emoji": "sing"}, "option_value"),
        ("a", {"glossary": "重庆"}, "text_glossary_line"),
    ],
)
def test_what_the_page_could_not_use_is_not_kept(
    browser: Browsers, name: str, over: dict[str, object], code: str
) -> None:
    client = browser()
    assert client.post("/studio/presets", json={"name": name, "settings": SETTINGS | over}).json()["code"] == code
    assert names(client) == []


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 100000, json.dumps({"format": "x"}).encode()])
def test_another_file_is_refused_by_its_name(browser: Browsers, content: bytes) -> None:
    told = browser().post("/studio/presets/file", content=content, headers={"x-file-name": "notes.json"})
    assert told.status_code == 422 and told.json()["code"] == "option_preset" and "notes.json" in told.json()["problem"]


def test_the_system_is_told_and_its_model_checked(browser: Browsers) -> None:
    client = browser()
    assert "CPU" in client.get("/studio/system").json()["html"]
    told = client.post("/studio/system/verify").json()
    assert told["ok"] and "small" in told["html"]
