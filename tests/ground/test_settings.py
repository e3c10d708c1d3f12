"""Settings: the file, over it the operator's file, over both the environment; a wrong one is named."""

from pathlib import Path

import pytest
import yaml

from tts.errors import OptionError
from tts.settings import DEFAULTS, ROOT, Settings, environment_language, load_settings


def test_the_shipped_file_holds_every_setting() -> None:
    assert set(yaml.safe_load(DEFAULTS.read_text(encoding="utf-8"))) == set(Settings.model_fields)


def test_the_order_of_sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("port: 8001\nthreads: 3\n")
    assert load_settings().port == 7860
    monkeypatch.setenv("YINSE_CONFIG", str(own))
    assert (load_settings().port, load_settings().threads) == (8001, 3)
    monkeypatch.setenv("YINSE_PORT", "8002")
    assert (load_settings().port, load_settings().threads) == (8002, 3)
    assert load_settings(port=8003).port == 8003


def test_paths_start_at_the_repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert load_settings().cache_dir == ROOT / "cache_hub"
    monkeypatch.setenv("YINSE_CACHE_DIR", str(tmp_path))
    assert load_settings().cache_dir == tmp_path


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "70000"), ("port", "eight"), ("device", "tpu"), ("max_upload_bytes", "0"), ("max_upload_bytes", "-1"),
        ("min_reference_seconds", "100"), ("log_level", "loud"), ("host", ""),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_with_its_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"YINSE_{name.upper()}", value)
    with pytest.raises(OptionError) as caught:
        load_settings()
    assert caught.value.code == "option_setting"
    assert f"YINSE_{name.upper()}" in caught.value.message("en")


@pytest.mark.parametrize("content", ["prot: 1\n", "- a\n", "port: [", "port: {}\n"])
def test_a_wrong_file_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(content)
    monkeypatch.setenv("YINSE_CONFIG", str(own))
    with pytest.raises(OptionError):
        load_settings()


def test_a_missing_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YINSE_CONFIG", str(tmp_path / "none.yaml"))
    with pytest.raises(OptionError, match="none"):
        load_settings()


def test_an_empty_file_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("# nothing yet\n")
    monkeypatch.setenv("YINSE_CONFIG", str(tmp_path / "own.yaml"))
    assert load_settings().port == 7860


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().port = 1  # type: ignore[misc]


def test_the_language_of_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert load_settings().sentence_language == "en"
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert load_settings().sentence_language == "zh"
    monkeypatch.setenv("YINSE_LANGUAGE", "ja")
    assert load_settings().sentence_language == "ja"
    assert environment_language({"LANG": "C.UTF-8"}) == "C.UTF-8"
    assert environment_language({}) == "en"
