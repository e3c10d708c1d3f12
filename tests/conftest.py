"""What every test stands on: settings of no one's environment, a data folder of its own, a small bundle."""

import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No `YINSE_*` of this machine reaches a test, and nothing that lasts is written outside its own folder."""
    for name in [name for name in os.environ if name.startswith("YINSE_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("GRADIO_AUTH", raising=False)
    monkeypatch.setenv("YINSE_DATA_DIR", str(tmp_path_factory.mktemp("data", numbered=True)))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def bundle_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small untrained bundle: it makes noise of the right length."""
    from tts.models.folder import create_untrained

    path = tmp_path_factory.mktemp("cache") / "small"
    create_untrained(path, small=True)
    return path
