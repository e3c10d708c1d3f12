"""What is recorded as a CUDA graph takes nothing from the processor and asks the device for no number."""

import traceback
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from training.acoustic import Steps, Target, _Stage, open_store
from training.aligner import Aligner
from training.discriminators import MelJudges
from training.loop import Run, load_config
from training.rivals import Rivals
from training.store import Store, Utterance
from tts.audio.features import log_mel
from tts.models.acoustic import AcousticModel
from tts.models.speaker_encoder import SpeakerEncoder

CONFIG = Path(__file__).parents[2] / "configs/training/acoustic.yaml"
FRAMES, TOKENS = 160, 20


class OnProcessor(TorchDispatchMode):
    """Notes what is computed on the processor; asking a `meta` tensor for a number raises by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        tensors = [leaf for leaf in tree_leaves((args, kwargs, result)) if isinstance(leaf, Tensor)]
        if any(tensor.device.type == "cpu" for tensor in tensors):
            self.found.append(f"{func}: {''.join(traceback.format_stack(limit=4)[:2])}")
        return result


def utterance(number: int, source: int) -> Utterance:
    draws = np.random.default_rng(number)
    return Utterance(
        wave=draws.normal(0, 2000, FRAMES * 240).astype(np.int16), f0=np.full(FRAMES, 150, np.float32),
        tokens=np.ones((4, TOKENS), np.uint8), durations=np.full(TOKENS, FRAMES // TOKENS), speaker=f"{number % 2}",
        key=f"{source}_{number}", language=0, source=source, bandwidth_hz=12000.0, snr_db=40.0,
        emotion=np.zeros(8, np.float32),
    )  # fmt: skip


def on_meta(part: Any) -> Any:
    values = {field.name: getattr(part, field.name) for field in fields(part)}
    return replace(part, **{name: value.to("meta") for name, value in values.items() if isinstance(value, Tensor)})


@pytest.mark.parametrize("stage", [_Stage(False, False, False), _Stage(True, False, True), _Stage(True, True, True)])
def test_gradients_need_nothing_of_the_processor(stage: _Stage, tmp_path: Path) -> None:
    for source, prefix in enumerate(("teacher", "corpus")):
        Store.collect([utterance(number, source) for number in range(4)]).save(tmp_path / f"{prefix}_000.npz")
    config = load_config(CONFIG, ["batch_frames=640"])
    store, sampler = open_store(tmp_path, config, "cpu")
    model, judge, speaker = AcousticModel(), MelJudges(width=4), SpeakerEncoder(32).eval().requires_grad_(False)
    aligner = Aligner(channels=32, blocks=1)
    rivals = Rivals(Run(tmp_path / "run", 9, None), model, judge, ((0.9, 0.98), (0.8, 0.99)), "cpu", None)
    steps = Steps(config, store, sampler, speaker, aligner, rivals)
    batch = store.batch(sampler.draw())
    voice, target = steps.references.voices(batch), Target(log_mel(batch.wave, store.spec))
    for module in (model, judge, speaker, aligner):
        module.to("meta")
    given = [on_meta(part) for part in (batch, voice, target)]
    steps._gradients(stage, *given)  # tables are made once
    with OnProcessor() as watch:
        steps._gradients(stage, *given)
    assert not watch.found, watch.found[0]
