"""What results become when they are taken along: names that are safe everywhere, choices of their own browser."""

import io
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from studio.exports import Choices
from studio.file_names import PLACEHOLDERS, check_template, distinct, file_name, safe
from studio.visitor import COOKIE
from studio.workshop import Workshop
from tts.audio.spec import AudioSpec
from tts.errors import OptionError
from tts.settings import ROOT
from tts.speech import Speech
from tts.timings import SegmentTiming

Browser = Callable[[], TestClient]
SETTINGS = {"text": "你好，世界。", "source": {"kind": "example", "name": "Rowan.flac"}, "speed": 1.0}
anything = st.text(max_size=150)
values = st.fixed_dictionaries(dict.fromkeys(PLACEHOLDERS, anything))
pieces = st.sampled_from([f"{{{name}}}" for name in PLACEHOLDERS]) | st.text(st.characters(exclude_characters="{}"))
templates = st.lists(pieces, max_size=5).map("".join).filter(lambda text: len(text.strip()) <= 120)


@given(template=templates, values=values)
def test_any_template_and_any_text_make_the_name_of_one_file(template: str, values: dict[str, str]) -> None:
    name = file_name(check_template(template), values)
    assert name and not set('<>:"/\\|?*') & set(name) and name == name.strip(" .")
    assert all(unicodedata.category(sign)[0] != "C" for sign in name)
    assert len(name) <= 101 and len(name.encode()) <= 201
    assert Path(name).name == name and name not in (".", "..")
    assert safe(name) == name


@given(st.lists(st.sampled_from(["a", "A", "a (2)", "b"]), max_size=8))
def test_no_two_names_are_alike(names: list[str]) -> None:
    found = list(distinct(names))
    assert len({name.casefold() for name in found}) == len(names)
    assert all(made.startswith(name) for made, name in zip(found, names, strict=True))


@pytest.mark.parametrize("name", ["CON", "nul.x", "com1", "Lpt9.tar"])
def test_no_name_is_a_device(name: str) -> None:
    assert safe(name) == f"_{name}"


@given(st.text(st.characters(exclude_characters="{}"), max_size=12).filter(lambda name: name not in PLACEHOLDERS))
def test_any_other_placeholder_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(OptionError) as refused:
        check_template(f"a-{{{name}}}")
    assert refused.value.code == "option_template"
    assert all(f"{{{known}}}" in refused.value.advice("en") for known in PLACEHOLDERS)


@pytest.mark.parametrize("template", ["{", "}", "{{seed}}", "{seed", "a" * 121])
def test_braces_that_do_not_match_and_what_is_too_long_are_refused(template: str) -> None:
    with pytest.raises(OptionError):
        check_template(template)


@pytest.mark.parametrize(
    "wrong",
    [{"ending": "exe"}, {"rate": 22050}, {"bits": 8}, {"loudness": "loud"}, {"loudness": 3}, {"template": "{x}"}],
)
def test_choices_that_are_not_offered_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(OptionError):
        Choices.of(wrong)
    assert Choices.of(Choices().to_dict()) == Choices()


def made(workshop: Workshop, client: TestClient) -> str:
    """A take of the browser, of a real voice."""
    client.get("/")
    wave = np.asarray(soundfile.read(ROOT / "assets/voices/rowan.flac", dtype="float32")[0])
    segments = (SegmentTiming("你好，世界。", 0.1, 0.9),)
    speech = Speech(wave, 24000, 7, "zh", segments, (), (), ((len(wave),),), {})
    spec = AudioSpec()
    owner = client.cookies[COOKIE]
    identity = f"take-{owner[:6]}"
    workshop.takes.keep(owner, identity, speech, SETTINGS, device="CPU", took=0.2, spec=spec, edition="m#1")
    return identity


def test_a_result_is_exported_as_chosen_and_the_choice_is_remembered_for_its_browser(
    browser: Browser, workshop: Workshop
) -> None:
    anna, bert = browser(), browser()
    take = made(workshop, anna)
    bert.get("/")
    wanted = {"ending": "wav", "rate": 48000, "bits": 24, "loudness": -20, "template": "{voice} – {text}/{seed}"}
    assert anna.put("/studio/export", json=wanted).status_code == 200
    assert anna.get("/studio/export").json() == wanted
    assert bert.get("/studio/export").json() == Choices().to_dict()
    assert "-20.0 LUFS" in anna.get(f"/studio/takes/{take}/export/told").json()["html"]
    file = anna.get(f"/studio/takes/{take}/export")
    info = soundfile.info(io.BytesIO(file.content))
    assert (info.samplerate, info.subtype) == (48000, "PCM_24")
    assert info.frames == soundfile.info(ROOT / "assets/voices/rowan.flac").frames * 2
    from urllib.parse import unquote

    assert unquote(file.headers["content-disposition"]).endswith("Rowan – 你好-世界-7.wav")
    assert bert.get(f"/studio/takes/{take}/export").status_code == 404
    assert bert.get(f"/studio/takes/{take}/export/told").status_code == 404
    with zipfile.ZipFile(io.BytesIO(anna.post("/studio/takes/export", data={"ids": ""}).content)) as zipped:
        assert "Rowan – 你好-世界-7.wav" in zipped.namelist()
        assert zipped.read("Rowan – 你好-世界-7.wav") == file.content


def test_what_would_be_squashed_is_told(browser: Browser, workshop: Workshop) -> None:
    client = browser()
    take = made(workshop, client)
    client.put("/studio/export", json={"loudness": -6})
    assert "squashed" in client.get(f"/studio/takes/{take}/export/told").json()["html"]


@pytest.mark.parametrize(("language", "part"), [("en", "placeholders are"), ("zh", "占位符"), ("ja", "差し込み")])
def test_a_wrong_template_is_told_in_the_language_of_the_page(browser: Browser, language: str, part: str) -> None:
    answer = browser().put("/studio/export", json={"template": "{oops}"}, headers={"accept-language": language})
    assert answer.status_code == 422 and "{oops}" in answer.json()["problem"] and part in answer.json()["advice"]
    assert "{voice}" in answer.json()["advice"]
