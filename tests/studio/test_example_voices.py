"""The example voices of the studio: complete, safe to put anywhere in the page, and given like an upload."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import soundfile
import yaml
from fastapi.testclient import TestClient

from studio.examples import CATALOGUE, FOLDER, descriptions, example_row, read_examples
from studio.words import fill
from tts.sentences import LANGUAGES, Language
from tts.text.frontend import read

Browsers = Callable[[], TestClient]
EXAMPLES = read_examples()


def test_six_voices_lie_there_each_with_its_clip_and_nothing_else() -> None:
    files = {path.name for path in FOLDER.iterdir()}
    assert len(EXAMPLES) == 6
    assert files == {CATALOGUE, *(f"{example.id}.flac" for example in EXAMPLES)}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_a_clip_is_short_whole_and_neither_clipped_nor_empty(example) -> None:  # type: ignore[no-untyped-def]
    path = FOLDER / f"{example.id}.flac"
    wave, rate = soundfile.read(path)
    assert (rate, wave.ndim) == (24000, 1) and path.stat().st_size < 400_000
    assert 5 <= len(wave) / rate <= 10
    assert 0.05 < abs(wave).max() < 0.95 and wave.std() > 0.01


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_a_sample_is_heard_as_the_language_of_its_voice(example) -> None:  # type: ignore[no-untyped-def]
    assert read(example.sample).language == example.language


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_row_is_filled_in_every_language_and_needs_no_escaping(language: Language) -> None:
    told = descriptions(EXAMPLES, language)
    assert len(told) == len(EXAMPLES) and all(told.values())
    row = fill(example_row(EXAMPLES), language, told)
    assert "@[" not in row and all(text in row for text in told.values())
    spoken = [*told.values(), *(example.name + example.sample for example in EXAMPLES)]
    assert [text for text in spoken if re.search(r'[<>&"\\`$]|@\[', text)] == []


def test_no_catalogue_or_no_clip_means_no_button(tmp_path: Path) -> None:
    assert read_examples(tmp_path / "nowhere") == () and example_row(()) == ""
    rows = yaml.safe_load((FOLDER / CATALOGUE).read_text(encoding="utf-8"))["voices"]
    (tmp_path / CATALOGUE).write_text(yaml.safe_dump({"voices": rows}), encoding="utf-8")
    (tmp_path / f"{rows[1]['id']}.flac").write_bytes((FOLDER / f"{rows[1]['id']}.flac").read_bytes())
    assert [example.id for example in read_examples(tmp_path)] == [rows[1]["id"]]


def test_an_example_is_chosen_and_belongs_to_who_chose_it(browser: Browsers) -> None:
    client, other = browser(), browser()
    told = client.post("/studio/clips/chosen", json={"kind": "example", "id": EXAMPLES[0].id}).json()
    digest = told["source"].pop("digest")  # tells whether the same clip was given again
    assert len(digest) == 16 and told["source"] == {
        "kind": "example", "id": EXAMPLES[0].id, "name": f"{EXAMPLES[0].name}.flac",
    }  # fmt: skip
    assert client.get(f"/studio/clips/{told['id']}").status_code == 200
    assert other.get(f"/studio/clips/{told['id']}").status_code == 404
    assert (
        client.post("/studio/clips/chosen", json={"kind": "example", "id": "../voices"}).json()["code"] == "clip_gone"
    )
