"""Log lines: structured, on stderr only, with the id of their request."""

import json
from collections.abc import Iterator

import pytest

from tts.log import configure_logging, current_request, get_logger, request_context


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    configure_logging()


def test_a_line_is_json_on_stderr_with_the_request(capsys: pytest.CaptureFixture[str]) -> None:
    log = get_logger("tts.test")
    configure_logging("info", "json")
    with request_context("abc") as request:
        assert request == current_request() == "abc"
        log.info("clip_read", seconds=1.5, name="录音")
    log.info("later")
    out, err = capsys.readouterr()
    first, second = map(json.loads, err.splitlines())
    assert out == ""
    assert (first["event"], first["seconds"], first["request"], first["module"]) == (
        "clip_read",
        1.5,
        "abc",
        "tts.test",
    )
    assert "录音" in err
    assert "request" not in second
    assert current_request() == ""


def test_the_level_is_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    log = get_logger("tts.test")
    configure_logging("warning", "json")
    log.info("quiet")
    log.warning("loud")
    assert [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()] == ["loud"]


def test_a_fault_is_logged_with_where_it_happened(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", "json")
    try:
        raise ValueError("broken")
    except ValueError:
        get_logger("tts.test").exception("failed")
    line = json.loads(capsys.readouterr().err)
    assert line["exception"][0]["exc_type"] == "ValueError"


def test_people_get_readable_lines(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", "console")
    get_logger("tts.test").info("clip_read", seconds=1.5)
    assert "clip_read" in (line := capsys.readouterr().err)
    assert not line.startswith("{")


def test_every_request_gets_its_own_id() -> None:
    with request_context() as first, request_context() as second:
        assert first != second
        assert len(first) >= 12
