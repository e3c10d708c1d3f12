"""Every module can be imported and every program says what it does, with nothing installed but what tests need."""

import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATHS = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for room in ("tts", "studio", "service", "training", "benchmarks")
    for path in sorted((ROOT / room).rglob("*.py"))
}
PROGRAMS = [
    name
    for name, path in PATHS.items()
    if name.startswith(("training", "benchmarks")) and "\ndef main(" in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("module", ["app", *PATHS])
def test_every_module_can_be_imported(module: str) -> None:
    importlib.import_module(module)


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_program_tells_its_options(
    program: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [program, "--help"])
    with pytest.raises(SystemExit) as ended:
        importlib.import_module(program).main()
    assert ended.value.code == 0
    assert f"usage: python -m {program.removesuffix('.__main__')} " in capsys.readouterr().out


def test_the_speaker_encoder_leaves_no_module_that_fails_when_it_is_looked_at() -> None:
    from tts.models.speaker_encoder import SpeakerEncoder

    SpeakerEncoder(channels=64)
    assert not [name for name, module in list(sys.modules.items()) if type(module).__module__.startswith("speechbrain")]
    for module in list(sys.modules.values()):
        getattr(module, "__file__", None)
