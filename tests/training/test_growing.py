"""A grown model says at first what the smaller one said, and then learns with all it has."""

import pytest
import torch

from training.growing import load_grown
from tts.models.acoustic import AcousticModel, PhoneBatch
from tts.models.acoustic.batch import Contours, VoiceBatch

SMALL = {"channels": 32, "inner": 32, "layers": 2, "heads": 2, "decoder_channels": 24, "decoder_inner": 24}
SMALL |= {"decoder_blocks": 2, "condition": 16}


def said(model: AcousticModel) -> torch.Tensor:
    draws = torch.Generator().manual_seed(1)
    voice = VoiceBatch(
        xvectors=torch.randn(2, 192, generator=draws), prompts=torch.randn(2, 100, 40, generator=draws),
        prompt_lengths=torch.tensor([40, 24]), emotions=torch.zeros(2, 8), snr_db=torch.tensor([30.0, 60]),
        bandwidth_hz=torch.tensor([8000.0, 12000]), pitch_median=torch.tensor([5.0, 5.3]),
    )  # fmt: skip
    phones = PhoneBatch.pad([([5, 6, 7], [1, 2, 3], [1, 1, 1], [1, 1, 1])] * 2, torch.device("cpu"))
    condition, memory, heard = model.voice(voice)
    encoded = model.encode(phones, condition, memory, heard)
    mean, _ = model.durations(encoded, phones.lengths, condition)
    spread = model.spread(encoded, torch.full((2, 3), 5), 15)
    mask = torch.ones(2, 1, 15)
    found = model.contours(spread, mask, condition)
    contours = Contours(found.pitch, found.voiced.sigmoid(), found.energy)
    return torch.cat([model.decode(spread, mask, contours, voice, condition).flatten(), mean.flatten()])


def test_a_grown_model_says_the_same_and_learns_everywhere() -> None:
    torch.manual_seed(0)
    small = AcousticModel(**SMALL).eval()
    for parameter in small.parameters():
        parameter.data += 0.05 * torch.randn_like(parameter)
    grown = AcousticModel(**SMALL | {"decoder_blocks": 5, "condition": 24}).eval()
    new = load_grown(grown, small.state_dict())
    assert "decoder.2.gamma" in new and "decoder.0.modulate.weight" in new and "head.weight" not in new
    assert torch.allclose(said(grown), said(small), atol=1e-5)

    optimiser = torch.optim.SGD(grown.parameters(), 0.1)
    for _ in range(2):
        optimiser.zero_grad()
        said(grown).square().sum().backward()
        optimiser.step()
    idle = [name for name in new if float(grown.get_parameter(name).grad.abs().max()) == 0]
    assert idle == []


def test_weights_that_do_not_fit_are_named() -> None:
    small, other = AcousticModel(**SMALL), AcousticModel(**SMALL | {"condition": 8})
    with pytest.raises(ValueError, match=r"mix\.0\.weight is \(8, \d+\) here and \(16, \d+\)"):
        load_grown(other, small.state_dict())
    with pytest.raises(ValueError, match="no thing"):
        load_grown(small, {"thing": torch.zeros(1)})
