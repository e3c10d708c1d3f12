"""What a recogniser is to hear, how what it hears is counted, and that it learns to."""

import pytest
import torch
from torch.nn import functional as F

from training.recogniser import KINDS, UNITS, Recogniser, heard_as, misheard, steps_of, units, wrong
from tts.text.phones import PHONE_IDS, TONE_IDS

WANTED = torch.tensor([[7, 0, 7, 9], [5, 6, 0, 0]])


def told_of(*rows: list[int]) -> torch.Tensor:
    """Log-probabilities of a recogniser that is nearly sure of one unit a step."""
    return F.log_softmax(20 * F.one_hot(torch.tensor(rows), UNITS).float(), -1)


def test_mandarin_tones_are_heard_and_neither_stress_nor_pauses() -> None:
    def unit(phone: str, tone: str) -> int:
        return int(units(torch.tensor(PHONE_IDS[phone]), torch.tensor(TONE_IDS[tone])))

    assert len({unit("a", f"zh{tone}") for tone in range(1, 6)}) == 5
    assert unit("ah", "en0") == unit("ah", "en1") == unit("ah", "none") > 0
    assert unit("a", "zh1") != unit("ai", "zh1") and unit("a", "zh1") != unit("a", "none")
    assert unit("comma", "none") == unit("edge", "none") == 0


def test_a_unit_is_heard_once_unless_there_is_a_gap_in_it() -> None:
    assert heard_as(told_of([7, 7, 0, 7, 9, 9], [5, 0, 0, 6, 6, 8]), torch.tensor([6, 5])) == [[7, 7, 9], [5, 6]]


def test_what_is_wrong_is_counted_in_edits() -> None:
    right = told_of([7, 0, 7, 9], [5, 5, 6, 6])
    steps = torch.tensor([4, 4])
    assert wrong(right, steps, WANTED) == (0, 5)
    assert wrong(told_of([7, 0, 0, 9], [5, 4, 6, 6]), steps, WANTED) == (2, 5)


def test_what_is_misheard_is_unlikely_wherever_the_pauses_stand() -> None:
    steps = torch.tensor([4, 4])
    right, other = (
        misheard(told_of([7, 0, 7, 9], [5, 5, 6, 6]), steps, WANTED),
        misheard(told_of([7, 0, 9, 9], [5, 5, 5, 5]), steps, WANTED),
    )
    assert (right < 0.01).all() and (other > 1).all()
    padded = torch.tensor([[0, 7, 7, 9, 0], [5, 0, 6, 0, 0]])
    assert torch.allclose(misheard(told_of([7, 0, 7, 9], [5, 5, 6, 6]), steps, padded), right)


def test_each_kind_learns_to_tell_two_sounds() -> None:
    for kind in KINDS:
        torch.manual_seed(0)
        model = Recogniser(kind, channels=32, dropout=0.0)
        mel = torch.zeros(2, 100, 41)
        mel[0, :50, 5:20], mel[0, 50:, 20:35] = 2.0, 2.0
        mel[1, 50:, 5:20], mel[1, :50, 20:35] = 2.0, 2.0
        wanted, frames = torch.tensor([[11, 12], [12, 11]]), torch.tensor([41, 41])
        optimiser = torch.optim.Adam(model.parameters(), 3e-3)
        for _ in range(60):
            told = model(mel)
            loss = misheard(told, steps_of(frames), wanted).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        assert told.shape == (2, 21, UNITS)
        assert wrong(model(mel), steps_of(frames), wanted) == (0, 4)


def test_a_kind_that_there_is_not_is_told_with_those_there_are() -> None:
    with pytest.raises(SystemExit, match=r"recurent.*recurrent"):
        Recogniser("recurent")
