"""Training that goes on from weights: of an earlier run, with its judge, or of a bundle, without."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from training.loop import Run, earlier_weights
from training.rivals import Rivals

BETAS = ((0.9, 0.99), (0.9, 0.99))


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, Path]:
    """A run's weights and a bundle's part, both in half precision as they are kept."""
    model, judge = nn.Linear(2, 2).half().state_dict(), nn.Linear(3, 3).half().state_dict()
    torch.save({"model": model, "judge": judge}, tmp_path / "part.pt")
    save_file(model, tmp_path / "part.safetensors")
    return tmp_path / "part.pt", tmp_path / "part.safetensors"


def test_weights_come_with_their_judge_or_without(saved: tuple[Path, Path], tmp_path: Path) -> None:
    for path, new in zip(saved, (False, True), strict=True):
        model, judge = nn.Linear(2, 2), nn.Linear(3, 3)
        rivals = Rivals(Run(tmp_path / path.suffix, 1, None), model, judge, BETAS, "cpu", path)
        wanted = earlier_weights(saved[0], "cpu")
        assert rivals.judge_is_new == new
        assert torch.equal(model.weight, wanted["model"]["weight"]) and model.weight.dtype == torch.float32
        assert torch.equal(judge.weight, wanted["judge"]["weight"]) != new


def test_a_run_that_goes_on_keeps_its_judge(saved: tuple[Path, Path], tmp_path: Path) -> None:
    rivals = Rivals(Run(tmp_path / "run", 1, None), nn.Linear(2, 2), nn.Linear(3, 3), BETAS, "cpu", saved[1])
    rivals.save("part.pt")
    again = Rivals(Run(tmp_path / "run", 1, None), nn.Linear(2, 2), nn.Linear(3, 3), BETAS, "cpu", saved[1])
    assert not again.judge_is_new
    assert torch.equal(again.judge.get_parameter("weight"), rivals.judge.get_parameter("weight"))


def test_a_speaker_encoders_weights_stand_alone(tmp_path: Path) -> None:
    torch.save(nn.Linear(2, 2).state_dict(), tmp_path / "speaker.pt")
    assert set(earlier_weights(tmp_path / "speaker.pt", "cpu")) == {"model"}
