"""References of several clips, cut and cleaned; kept by their content, for their owner, for a while."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from fastapi.testclient import TestClient
from recordings import RATE, speech, wav
from work import settled

from studio.reference import MOST_CLIPS, Reference
from studio.references import References
from studio.server import create_app
from studio.store import Store
from studio.visitor import COOKIE
from studio.workshop import Workshop
from tts.audio.read import Clip

Browsers = Callable[[], TestClient]


def give(client: TestClient, content: bytes, name: str = "a.wav", to: str = "") -> dict[str, Any]:
    answer = client.post(
        "/studio/clips", params={"to": to} if to else {}, content=content, headers={"x-clip-name": name}
    )
    told: dict[str, Any] = answer.json()
    return told


def change(client: TestClient, identity: str, **wanted: Any) -> dict[str, Any]:
    told: dict[str, Any] = client.post(f"/studio/clips/{identity}/changed", json=wanted).json()
    return told


def heard(client: TestClient, identity: str, **which: Any) -> np.ndarray:
    answer = client.get(f"/studio/clips/{identity}/audio", params=which)
    assert answer.status_code == 200
    wave: np.ndarray = soundfile.read(io.BytesIO(answer.content), dtype="float32")[0]
    return wave


def listened(client: TestClient, identity: str) -> dict[str, Any]:
    """The answer when the model has heard the reference."""
    return settled(client, f"/studio/clips/{identity}", "pending")


def kept(folder: Path, ending: str = "") -> set[str]:
    return {path.name for path in (folder / "studio" / "clips").glob(f"*{ending}")}


@pytest.fixture
def longer() -> bytes:
    return wav(speech(4.0))


def test_clips_are_listed_added_and_taken_away(browser: Browsers, clip: bytes, longer: bytes) -> None:
    client = browser()
    both = give(client, longer, "b.wav", to=give(client, clip)["id"])
    assert "a.wav" in both["html"] and "b.wav" in both["html"] and "4.0 s" in both["html"]
    assert [len(heard(client, both["id"], part=part)) for part in (0, 1)] == [3 * RATE, 4 * RATE]
    assert client.get(f"/studio/clips/{both['id']}/audio", params={"part": 2}).status_code == 404
    alone = change(client, both["id"], without=0)
    assert alone["source"]["name"] == "b.wav" and len(heard(client, alone["id"])) == 4 * RATE
    assert change(client, alone["id"], without=0)["source"]["name"] == "b.wav"


def test_nobody_listens_before_the_last_clip_is_there(browser: Browsers, clip: bytes, workshop: Workshop) -> None:
    client = browser()
    told = client.post("/studio/clips", params={"more": True}, content=clip, headers={"x-clip-name": "a.wav"}).json()
    owner = client.cookies[COOKIE]
    first = workshop.references.get(owner, told["id"])
    assert first is not None and first.job is None and told["pending"]
    both = workshop.references.get(owner, give(client, clip, to=told["id"])["id"])
    assert both is not None and both.job is not None and first.job is None


def test_a_bad_file_does_not_lose_the_good_ones(browser: Browsers, clip: bytes) -> None:
    client = browser()
    good = give(client, clip)
    assert give(client, b"Dear reader, " * 99, "b.wav", to=good["id"])["code"] == "clip_not_audio"
    assert "a.wav" in client.get(f"/studio/clips/{good['id']}").json()["html"]


def test_there_is_an_end_to_clips_and_what_is_no_upload_takes_none(browser: Browsers, clip: bytes) -> None:
    client = browser()
    told = give(client, clip)
    for _ in range(MOST_CLIPS - 1):
        told = give(client, clip, to=told["id"])
    assert give(client, clip, to=told["id"])["code"] == "clip_many"
    example = client.post("/studio/clips/chosen", json={"kind": "example", "id": "hazel"}).json()
    assert give(client, clip, to=example["id"])["code"] == "clip_many"
    assert "yn-tune" not in example["html"] and change(client, example["id"], denoise=True)["source"]["id"] == "hazel"


def test_a_clip_is_cut_to_the_hundredth_and_can_be_whole_again(browser: Browsers, clip: bytes) -> None:
    client = browser()
    told = give(client, clip)
    whole = heard(client, told["id"])
    cut = change(client, told["id"], cuts=[{"part": 0, "start": 0.5, "end": 2.25}])
    assert np.array_equal(heard(client, cut["id"]), whole[int(0.5 * RATE) : int(2.25 * RATE)])
    assert "1.8 s" in cut["heard"] and cut["source"]["digest"] != told["source"]["digest"]
    again = change(client, cut["id"], cuts=[{"part": 0, "start": 0, "end": None}])
    assert np.array_equal(heard(client, again["id"]), whole) and again["source"]["digest"] == told["source"]["digest"]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"cuts": [{"part": 0, "start": 1, "end": 1.2}]}, "clip_too_short"),
        ({"cuts": [{"part": 0, "start": 2, "end": 1}]}, "clip_too_short"),
        ({"cuts": [{"part": 0, "start": "x", "end": 2}]}, "option_value"),
        ({"cuts": [{"part": 7, "start": 0, "end": 1}]}, None),
        ({"cuts": "0", "without": "0", "denoise": "yes"}, None),
        ({"cuts": [7, {"part": "0"}], "without": -1}, None),
        ({"cuts": [{"part": 0, "start": -5, "end": 99}]}, None),
    ],
)
def test_whatever_a_browser_sends_is_answered(browser: Browsers, clip: bytes, wanted: Any, code: str | None) -> None:
    client = browser()
    told = change(client, give(client, clip)["id"], **wanted)
    assert told.get("code") == code
    assert code or len(heard(client, told["id"])) == 3 * RATE


def test_noise_is_taken_out_and_both_sides_can_be_heard(browser: Browsers, root: Path) -> None:
    spoken, _ = soundfile.read(root / "assets" / "voices" / "hazel.flac", dtype="float32", frames=4 * RATE)
    client = browser()
    told = give(client, wav(spoken + 0.01 * np.random.default_rng(0).standard_normal(len(spoken))))
    clean = change(client, told["id"], denoise=True)
    before, after = (heard(client, clean["id"], clean=side) for side in ("0", "1"))
    assert np.array_equal(before, heard(client, told["id"])) and np.array_equal(after, heard(client, clean["id"]))
    assert np.abs(after - before).max() > 0.001
    assert "Before" in clean["html"] and "After" in clean["html"] and 'id="yn-denoise" checked' in clean["html"]
    assert clean["source"]["digest"] != told["source"]["digest"]


def test_a_recording_may_be_longer_than_a_reference_and_its_best_stretch_is_taken(browser: Browsers) -> None:
    silence = np.random.default_rng(0).standard_normal(70 * RATE).astype(np.float32) * 1e-4
    client = browser()
    content = wav(np.concatenate([silence, speech(14.0)]))
    told = give(client, content)
    assert 6 < len(heard(client, told["id"])) / RATE <= 12.01
    best = listened(client, told["id"])["stretches"]
    assert len(best) == 1
    whole = change(client, told["id"], cuts=[{"part": 0, "start": 0, "end": None}])
    assert 'data-stretch="0"' in listened(client, whole["id"])["stretches"][0]
    # Somebody else, for whom the voice is there already, is told as well.
    other = browser()
    cut = change(other, give(other, content)["id"], cuts=[{"part": 0, "start": 0, "end": None}])
    assert 'data-stretch="0"' in listened(other, cut["id"])["stretches"][0]


def test_the_same_clip_lies_on_the_disk_once_and_is_encoded_once(
    browser: Browsers, clip: bytes, workshop: Workshop, tmp_path: Path
) -> None:
    anna, bert = browser(), browser()
    first = give(anna, clip)
    listened(anna, first["id"])
    assert len(kept(tmp_path, ".flac")) == 1 and len(kept(tmp_path, ".safetensors")) == 1
    second = give(bert, clip, "other name.wav")
    assert not second["pending"] and second["id"] != first["id"]
    assert len(kept(tmp_path)) == 2
    assert bert.get(f"/studio/clips/{first['id']}").status_code == 404
    assert bert.get(f"/studio/clips/{first['id']}/audio").status_code == 404
    assert bert.post(f"/studio/clips/{first['id']}/changed", json={"denoise": True}).json()["code"] == "clip_gone"
    assert give(bert, clip, to=first["id"])["code"] == "clip_gone"

    anna.delete(f"/studio/clips/{first['id']}")
    assert len(kept(tmp_path)) == 2 and bert.get(f"/studio/clips/{second['id']}").status_code == 200
    bert.delete(f"/studio/clips/{second['id']}")
    assert kept(tmp_path) == set()


def test_to_remove_a_clip_removes_what_was_cut_from_it(browser: Browsers, clip: bytes, tmp_path: Path) -> None:
    client = browser()
    told = give(client, clip)
    cut = change(client, told["id"], cuts=[{"part": 0, "start": 0.5, "end": 2}])
    client.delete(f"/studio/clips/{cut['id']}")
    assert client.get(f"/studio/clips/{told['id']}").status_code == 404 and kept(tmp_path) == set()


def test_a_reference_and_its_voice_are_there_after_a_restart(again: Callable[[], Workshop], clip: bytes) -> None:
    with TestClient(create_app(again(), bundle="small")) as client:
        told = change(client, give(client, clip)["id"], cuts=[{"part": 0, "start": 0.5, "end": 2.5}])
        listened(client, told["id"])
        cookie, wave = client.cookies[COOKIE], heard(client, told["id"])
        example = client.post("/studio/clips/chosen", json={"kind": "example", "id": "hazel"}).json()
    with TestClient(create_app(again(), bundle="small"), cookies={COOKIE: cookie}) as client:
        back = client.get(f"/studio/clips/{told['id']}").json()
        assert not back["pending"] and back["source"] == told["source"] and "2.0 s" in back["heard"]
        assert np.array_equal(heard(client, told["id"]), wave)
        assert client.get(f"/studio/clips/{example['id']}").json()["source"]["id"] == "hazel"


def test_what_nobody_uses_goes_with_its_files(tmp_path: Path) -> None:
    clock = Clock()
    store = Store(tmp_path / "studio.sqlite", clock)
    references = References(store, tmp_path / "studio" / "clips", 24, again)
    references.open()
    old, used = (references.put("anna", reference(seed)) for seed in (1, 2))
    (tmp_path / "studio" / "clips" / "stray.flac").write_bytes(b"left by a killed process")
    clock.now += 20 * 3600
    assert references.get("anna", used) is not None and references.get("bert", used) is None
    clock.now += 10 * 3600
    references.sweep()
    assert references.get("anna", old) is None and references.get("anna", used) is not None
    assert len(kept(tmp_path)) == 1
    clock.now += 30 * 3600
    references.sweep()
    assert kept(tmp_path) == set()


def test_the_oldest_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    references = References(Store(tmp_path / "studio.sqlite"), tmp_path / "studio" / "clips", 24, again)
    references.open()
    other = references.put("bert", reference(0))
    (size,) = (path.stat().st_size for path in (tmp_path / "studio" / "clips").iterdir())
    monkeypatch.setattr("studio.references._OWN_BYTES", int(2.5 * size))
    given = [references.put("anna", reference(seed)) for seed in range(1, 5)]
    assert [references.get("anna", identity) is not None for identity in given] == [False, False, True, True]
    assert references.get("bert", other) is not None and len(kept(tmp_path)) == 3


def test_a_lost_file_is_no_reference_any_more(tmp_path: Path) -> None:
    store = Store(tmp_path / "studio.sqlite")
    folder = tmp_path / "studio" / "clips"
    first = References(store, folder, 24, again)
    first.open()
    identity = first.put("anna", reference(1))
    for path in folder.iterdir():
        path.write_bytes(b"damaged")
    second = References(store, folder, 24, again)
    assert second.get("anna", identity) is None


class Clock:
    now = 1e6

    def __call__(self) -> float:
        return self.now


def again(owner: str, source: object) -> Reference:
    raise AssertionError("nothing was chosen")


def reference(seed: int) -> Reference:
    wave = 0.1 * np.random.default_rng(seed).standard_normal(2 * RATE).astype(np.float32)
    return Reference.of(Clip(wave, RATE, 1, 2.0, 12000.0), "a.wav", {"kind": "clip"})
