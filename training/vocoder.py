"""Train the vocoder: mel loss first, then against the wave discriminators.

    python -m training.vocoder --config configs/training/vocoder.yaml --store DIR --out runs/vocoder

With `predicted=FILE.npz` part of each batch starts from mels that the acoustic model predicted for the same waves.
"""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training.discriminators import WaveDiscriminator, fool, tell_apart
from training.loop import (
    Averaged,
    Run,
    average_gradients,
    cosine_rate,
    decayed,
    load_config,
    same_start,
    start_distributed,
)
from training.resident import ResidentStore
from training.store import SOURCES, Store
from tts.audio.features import log_mel, normalise
from tts.audio.spec import AudioSpec
from tts.models.vocoder import Vocos


def mel_distance(made: Tensor, real: Tensor, spec: AudioSpec) -> Tensor:
    """Mean absolute difference of log mels at our resolution and at a coarser and a finer one."""
    specs = (spec, AudioSpec(n_fft=2048, n_mels=100), AudioSpec(n_fft=512, n_mels=64, hop=spec.hop // 2))
    return torch.stack([F.l1_loss(log_mel(made, s), log_mel(real, s)) for s in specs]).mean()


class PredictedMels:
    """What `training.predict` wrote: mels (N, n_mels, frames) and the waves (N, frames * hop) they were made for."""

    def __init__(self, path: Path, device: str, hop: int) -> None:
        self.hop = hop
        with np.load(path) as arrays:
            self.mels = torch.from_numpy(arrays["mels"]).to(device)
            self.waves = torch.from_numpy(arrays["waves"]).to(device)

    def draw(self, count: int, frames: int) -> tuple[Tensor, Tensor]:
        """-> waves (count, frames * hop), predicted normalised mels (count, n_mels, frames)."""
        device = self.mels.device
        row = torch.randint(0, len(self.mels), (count,), device=device)
        offset = torch.randint(0, self.mels.shape[2] - frames + 1, (count,), device=device)
        place = (offset[:, None] + torch.arange(frames, device=device))[:, None].expand(-1, self.mels.shape[1], -1)
        samples = offset[:, None] * self.hop + torch.arange(frames * self.hop, device=device)
        return self.waves[row].gather(1, samples).float() / 32768, self.mels[row].float().gather(2, place)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.vocoder", description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights of an earlier run (vocoder.pt) to start from")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("overrides", nargs="*")
    options = parser.parse_args()
    config = load_config(options.config, options.overrides)
    rank, world, device = start_distributed(options.device)
    torch.manual_seed(config["seed"] + rank)
    torch.backends.cudnn.benchmark = True  # every batch has the same shape
    spec = AudioSpec()
    shards = sorted(options.store.glob("teacher_*.npz"))[rank::world]
    store = ResidentStore(Store.load(shards + sorted(options.store.glob("raw_*.npz"))), spec, device)
    weights = store.speaker_weights() * (store.frames >= config["segment_frames"])
    teacher = store.sources == SOURCES.index("teacher")
    wide = store.bandwidths >= config["lowest_bandwidth_hz"]
    share = config["teacher_share"]
    weights = weights.double()
    for chosen, part in ((teacher, share), (~teacher & wide, 1 - share), (~teacher & ~wide, 0.0)):
        weights[chosen] *= part / weights[chosen].sum().clamp(min=1e-9)
    model, judge = Vocos().to(device), WaveDiscriminator().to(device)
    optimisers = [torch.optim.AdamW(decayed(m, 0.01), lr=1e-4, betas=(0.8, 0.99)) for m in (model, judge)]
    averaged = Averaged(model, 0.999)
    run = Run(options.out, config["steps"], config["seconds"], rank)
    state = run.resume(device)
    if state:
        model.load_state_dict(state["model"])
        judge.load_state_dict(state["judge"])
        for optimiser, saved in zip(optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(saved)
        averaged.weights, averaged.steps = state["averaged"], run.step
    elif options.start:
        started: dict[str, Any] = torch.load(options.start, map_location=device, weights_only=True)
        model.load_state_dict({k: v.float() for k, v in started["model"].items()})
        judge.load_state_dict({k: v.float() for k, v in started["judge"].items()})
        averaged = Averaged(model, 0.999)
    for module in (model, judge):
        same_start(module)
    predicted: PredictedMels | None = None
    per_process = config["batch"] // world
    from_start = options.start is not None
    while (progress := run.shared_progress()) < 1:
        if predicted is None and config["predicted"] and Path(config["predicted"]).exists():
            predicted = PredictedMels(Path(config["predicted"]), device, spec.hop)
        rate = cosine_rate(progress, config["rate"], 1e-5, 0.02)
        for optimiser in optimisers:
            for group in optimiser.param_groups:
                group["lr"] = rate
        frames = config["segment_frames"]
        made_from = int(per_process * config["predicted_share"]) if predicted else 0
        drawn = torch.multinomial(weights, per_process - made_from, replacement=True)
        real = store.crops(drawn, frames * spec.hop)
        real = real * (0.4 + 0.8 * torch.rand(len(real), 1, device=device))
        mel = normalise(log_mel(real, spec), spec)
        if predicted:
            more, heard = predicted.draw(made_from, frames)
            real, mel = torch.cat([real, more]), torch.cat([mel, heard])
        fast = torch.autocast(device.split(":")[0], torch.bfloat16, enabled=device.startswith("cuda"))
        with fast:
            made = model(mel)
        figures = {}
        against = from_start or run.step >= config["mel_only_steps"]
        if against:
            with fast:
                wrong = tell_apart(judge, real, made)
            optimisers[1].zero_grad(set_to_none=True)
            wrong.backward()
            average_gradients(judge.parameters())
            torch.nn.utils.clip_grad_norm_(judge.parameters(), 10.0)
            optimisers[1].step()
            figures["judge"] = wrong
        distance = mel_distance(made, real, spec)
        loss = config["mel_weight"] * distance
        if against:
            with fast:
                fooled, matched = fool(judge, real, made)
            loss = loss + fooled + config["matching_weight"] * matched
            figures |= {"fool": fooled, "match": matched}
        optimisers[0].zero_grad(set_to_none=True)
        loss.backward()
        average_gradients(model.parameters())
        figures["gradient"] = torch.nn.utils.clip_grad_norm_(model.parameters(), 10.0 * config["mel_weight"])
        optimisers[0].step()
        averaged.update(model)
        run.step += 1
        run.note(config["note_every"], {"mel": distance, **figures})
        if run.step % config["save_every"] == 0:
            _save(run, model, judge, averaged, optimisers)
    _save(run, model, judge, averaged, optimisers)


def _save(run: Run, model: Vocos, judge: WaveDiscriminator, averaged: Averaged, optimisers: list[Any]) -> None:
    run.save(
        {
            "model": model.state_dict(),
            "judge": judge.state_dict(),
            "averaged": averaged.weights,
            "optimisers": [optimiser.state_dict() for optimiser in optimisers],
        }
    )
    if run.rank == 0:
        half = {name: value.half() if value.is_floating_point() else value for name, value in averaged.weights.items()}
        judged = {name: value.half() for name, value in judge.state_dict().items()}
        run.put("vocoder.pt", {"model": half, "judge": judged})


if __name__ == "__main__":
    main()
