"""The catalogue is complete in every language, and every raise in the code fits it."""

import ast
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from tts import errors
from tts.errors import InputError, OptionError, ReferenceClipError, TextError, YinseError, detail_names
from tts.sentences import CATALOGUE, LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {
    "text": errors.TextError,
    "clip": errors.ReferenceClipError,
    "option": errors.OptionError,
    "voice": errors.VoiceError,
    "bundle": errors.BundleError,
    "device": errors.DeviceError,
    "output": errors.AudioWriteError,
    "busy": errors.BusyError,
    "internal": errors.InternalError,
}
ENDS = {"zh": "。", "en": ".", "ja": "。"}


def room_of(code: str) -> type[YinseError]:
    return ROOMS[code.split("_")[0]]


class Anything(float):
    """A detail that fits a place for text as well as one for a number."""

    def __str__(self) -> str:
        return "1"


def filled(code: str) -> YinseError:
    return room_of(code)(code, **dict.fromkeys(detail_names(code), Anything(1)))


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_code_says_what_was_wrong_and_what_to_do_in_every_language(code: str) -> None:
    assert set(CATALOGUE[code]) == set(LANGUAGES)
    for language in LANGUAGES:
        problem, advice = filled(code).problem(language), filled(code).advice(language)
        assert problem.endswith(ENDS[language]) and advice.endswith(ENDS[language])
        assert len(advice) >= 6 and problem != advice
        assert filled(code).message(language).startswith(problem)


@pytest.mark.parametrize("code", CATALOGUE)
def test_all_languages_of_a_code_give_the_same_details(code: str) -> None:
    from string import Formatter

    def named(language: str) -> set[str]:
        sentences = CATALOGUE[code][language]  # type: ignore[index]
        return {name for text in sentences for _, name, _, _ in Formatter().parse(text) if name}

    assert named("zh") == named("en") == named("ja")


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_language_is_written_in_its_own_script(code: str) -> None:
    assert all(ord(letter) < 0x2E80 for part in CATALOGUE[code]["en"] for letter in part)
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in part) for part in CATALOGUE[code]["zh"])
    assert all(any("\u3040" <= letter <= "\u30ff" for letter in part) for part in CATALOGUE[code]["ja"])


def raises() -> Iterator[tuple[str, str, ast.Call]]:
    """(where, class name, call) of every error of ours that the code makes."""
    for file in (path for room in ("tts", "studio", "service") for path in sorted((ROOT / room).rglob("*.py"))):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if isinstance(kind := getattr(errors, name, None), type) and issubclass(kind, YinseError):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", name, node


def test_every_raise_names_a_code_of_its_room_and_all_details() -> None:
    wrong = []
    for where, name, call in raises():
        if not call.args or not isinstance(call.args[0], ast.Constant):
            continue
        code = str(call.args[0].value)
        given = {word.arg for word in call.keywords}
        if code not in CATALOGUE or room_of(code).__name__ != name:
            wrong.append(f"{where}: {name} has no code {code}")
        elif None not in given and detail_names(code) - given:
            wrong.append(f"{where}: {code} lacks {detail_names(code) - given}")
    assert not wrong, "\n".join(wrong)


def test_input_errors_exit_2_and_failures_exit_1() -> None:
    assert {room.exit_code for room in ROOMS.values() if issubclass(room, InputError)} == {2}
    assert {room.exit_code for room in ROOMS.values() if not issubclass(room, InputError)} == {1}


@pytest.mark.parametrize(
    ("tag", "start"),
    [("zh", "没有"), ("zh_CN.UTF-8", "没有"), ("ja-JP", "テキスト"), ("en", "There"), ("ko", "There"), ("", "There")],
)
def test_the_language_tag_of_a_browser_or_a_shell_chooses_the_sentence(tag: str, start: str) -> None:
    assert TextError("text_empty").message(tag).startswith(start)


def test_details_with_braces_and_newlines_stay_on_one_line_as_written() -> None:
    message = OptionError("option_value", option="--seed", value="{x}\nY", expected="a number").message("en")
    assert message == "--seed cannot be “{x} Y”. Give a number."


def test_an_error_without_its_details_is_a_fault_of_the_caller() -> None:
    with pytest.raises(TypeError, match="seconds"):
        ReferenceClipError("clip_too_short", name="a.wav", least=1)


def test_an_error_survives_a_worker_process() -> None:
    error = ReferenceClipError("clip_silent", name="a.wav")
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is ReferenceClipError and back.message("ja") == error.message("ja")
