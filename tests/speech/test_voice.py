"""A voice is one file that comes back as it was; a library keeps names apart and asks for consent."""

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from tts.errors import AudioWriteError, VoiceError
from tts.voice import Consent, Voice, VoiceLibrary, check_name, file_name, read_card

CONSENT = Consent.at(datetime(2026, 5, 4, 12, tzinfo=UTC))


@pytest.fixture
def library(tmp_path: Path) -> VoiceLibrary:
    return VoiceLibrary(tmp_path / "data" / "voices")


def code_of(error: pytest.ExceptionInfo[VoiceError]) -> str:
    return error.value.code


def test_a_voice_comes_back_from_its_file_as_it_was(voice: Voice, tmp_path: Path) -> None:
    path = tmp_path / "小明.safetensors"
    voice.named("小明", CONSENT).save(path)
    back = Voice.load(path)
    assert back.card == voice.named("小明", CONSENT).card
    assert np.array_equal(back.embedding.xvector.numpy(), voice.embedding.xvector.cpu().numpy())
    assert np.array_equal(back.embedding.prompt.numpy(), voice.embedding.prompt.cpu().numpy())
    assert back.embedding.f0_median_log == pytest.approx(voice.embedding.f0_median_log)
    assert np.abs(back.reference - voice.reference).max() < 1e-4


def test_a_card_needs_no_tensors(voice: Voice, tmp_path: Path) -> None:
    voice.named("Anna", CONSENT).save(tmp_path / "a.safetensors")
    card = read_card(tmp_path / "a.safetensors")
    assert (card.name, card.consent, card.bundle) == ("Anna", CONSENT, voice.bundle)
    assert json.loads(json.dumps(card.to_dict()))["consent"]["given_at"] == "2026-05-04T12:00:00+00:00"


def test_a_library_stores_lists_gives_and_forgets(voice: Voice, library: VoiceLibrary) -> None:
    assert library.cards() == ()
    for name in ("Zoë", "小明"):
        library.add(voice.named(name, CONSENT))
    assert [card.name for card in library.cards()] == ["Zoë", "小明"]
    assert library.get("小明").name == "小明"
    library.remove("Zoë")
    assert [card.name for card in library.cards()] == ["小明"]
    assert len(list(library.folder.iterdir())) == 1


def test_no_voice_is_stored_without_consent(voice: Voice, library: VoiceLibrary) -> None:
    with pytest.raises(VoiceError) as caught:
        library.add(voice.named("Anna"))
    assert code_of(caught) == "voice_consent"
    assert not library.folder.exists()


@pytest.mark.parametrize("again", ["Anna", "anna", "  Anna ", "ＡＮＮＡ"])
def test_a_name_is_taken_however_it_is_written(voice: Voice, library: VoiceLibrary, again: str) -> None:
    library.add(voice.named("Anna", CONSENT))
    with pytest.raises(VoiceError) as caught:
        library.add(voice.named(again, CONSENT))
    assert code_of(caught) == "voice_exists"


def test_an_unknown_voice_names_the_known_ones(voice: Voice, library: VoiceLibrary) -> None:
    library.add(voice.named("Anna", CONSENT))
    with pytest.raises(VoiceError, match="Anna") as caught:
        library.get("Bob")
    assert code_of(caught) == "voice_unknown"


def test_export_and_import_keep_voice_and_consent(voice: Voice, library: VoiceLibrary, tmp_path: Path) -> None:
    library.add(voice.named("Anna", CONSENT))
    library.export("Anna", tmp_path / "anna.safetensors")
    other = VoiceLibrary(tmp_path / "other")
    assert other.take_in(tmp_path / "anna.safetensors") == library.card("Anna")
    assert other.take_in(tmp_path / "anna.safetensors", name="Bea").name == "Bea"


def test_a_file_without_consent_needs_one(voice: Voice, library: VoiceLibrary, tmp_path: Path) -> None:
    voice.named("Anna").save(tmp_path / "a.safetensors")
    with pytest.raises(VoiceError) as caught:
        library.take_in(tmp_path / "a.safetensors")
    assert code_of(caught) == "voice_consent"
    assert library.take_in(tmp_path / "a.safetensors", CONSENT).consent == CONSENT


def test_a_damaged_file_is_told_and_hides_no_other(voice: Voice, library: VoiceLibrary) -> None:
    library.add(voice.named("Anna", CONSENT))
    library.add(voice.named("Bea", CONSENT))
    path = library.folder / file_name("Bea")
    path.write_bytes(path.read_bytes()[:500])
    assert [card.name for card in library.cards()] == ["Anna"]
    with pytest.raises(VoiceError) as caught:
        library.get("Bea")
    assert code_of(caught) == "voice_damaged"
    library.remove("Bea")


@pytest.mark.parametrize("spoil", ["not ours", "no card", "no prompt", "nan", "shape", "json", "deep", "report"])
def test_what_is_no_voice_is_refused(voice: Voice, tmp_path: Path, spoil: str) -> None:
    path = tmp_path / "a.safetensors"
    voice.named("Anna", CONSENT).save(path)
    tensors, card = load_file(path), json.dumps(voice.named("Anna").card.to_dict())
    metadata = {"format": "yinse-voice-1", "card": card}
    if spoil == "not ours":
        metadata["format"] = "pt"
    elif spoil == "no card":
        del metadata["card"]
    elif spoil == "json":
        metadata["card"] = "[1"
    elif spoil == "deep":
        metadata["card"] = "[" * 100_000
    elif spoil == "report":
        told = json.loads(card)
        metadata["card"] = json.dumps({**told, "report": {**told["report"], "f0_median_hz": "high"}})
    elif spoil == "no prompt":
        del tensors["prompt"]
    elif spoil == "nan":
        tensors["xvector"][0] = np.nan
    else:
        tensors["pitch"] = np.zeros((3, 2), np.float32)
    save_file(tensors, path, metadata)
    with pytest.raises(VoiceError) as caught:
        Voice.load(path)
    assert code_of(caught) == "voice_damaged"


def test_warnings_of_a_newer_version_are_passed_over(voice: Voice, tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    voice.named("Anna", CONSENT).save(path)
    told = voice.named("Anna", CONSENT).card.to_dict()
    told["report"]["warnings"] = ["clip_of_tomorrow", "clip_noisy"]
    save_file(load_file(path), path, {"format": "yinse-voice-1", "card": json.dumps(told)})
    assert read_card(path).report.warnings == ("clip_noisy",)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(VoiceError) as caught:
        Voice.load(tmp_path / "none.safetensors")
    assert code_of(caught) == "voice_file"


def test_a_failed_write_leaves_nothing(voice: Voice, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(AudioWriteError):
        voice.save(tmp_path / "taken")
    with pytest.raises(AudioWriteError, match="missing"):
        voice.save(tmp_path / "missing" / "a.safetensors")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize(
    "name", ["", "   ", "../x", "a/b", "a\\b", "a\x00b", ".hidden", "-x", "x" * 65, "a\u202eb", "a:b", "🙂"]
)
def test_names_that_could_do_harm_are_refused(name: str) -> None:
    with pytest.raises(VoiceError) as caught:
        check_name(name)
    assert code_of(caught) == "voice_name"


@pytest.mark.parametrize("name", ["小明", "Zoë", "さくら", "민준", "Anna 2", "a-b_c", "x" * 64, "Cafe\u0301"])
def test_names_of_people_are_taken(name: str) -> None:
    assert check_name(f" {name} ") == check_name(name)


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=64))
def test_file_names_are_safe_for_every_name(name: str) -> None:
    try:
        safe = file_name(check_name(name))
    except VoiceError:
        return
    assert safe.isascii() and len(safe) < 80 and "/" not in safe and not safe.startswith((".", "-"))
    assert safe == file_name(check_name(name).upper().casefold()) or not name.isascii()
