"""Train the speaker encoder: additive angular margin over real speakers, teacher blends and their warped copies.

python -m training.speaker --config configs/training/speaker.yaml --store DIR --out runs/speaker
"""

import argparse
import math
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.augment import add_noise, mask_stripes, narrow, reverberate
from training.loop import Averaged, Run, cosine_rate, decayed, earlier_weights, load_config
from training.resident import WARPS, ResidentStore
from training.store import SOURCES, Store
from tts.audio.features import equalise
from tts.audio.spec import AudioSpec
from tts.models.speaker_encoder import SpeakerEncoder, speaker_mel

_MEL_DEVIATION = 0.4


class AngularMargin(nn.Module):
    """ArcFace (Deng et al. 2019): cross-entropy of scaled cosines, the own class's angle widened by the margin."""

    def __init__(self, dimensions: int, classes: int, scale: float) -> None:
        super().__init__()
        self.centres = nn.Parameter(torch.randn(classes, dimensions) * 0.1)
        self.scale = scale

    def forward(self, vectors: Tensor, classes: Tensor, margin: float) -> tuple[Tensor, Tensor]:
        """(B, dimensions) of unit length, (B,) -> loss, share recognised."""
        cosines = F.linear(vectors, F.normalize(self.centres, dim=1)).clamp(-0.9999, 0.9999)
        own = cosines.gather(1, classes[:, None])
        angle = own.acos()
        widened = torch.where(angle + margin < math.pi, (angle + margin).cos(), own - margin * 0.1)
        loss = F.cross_entropy(
            self.scale * cosines.scatter(1, classes[:, None], widened), classes, label_smoothing=0.02
        )
        return loss, (cosines.argmax(1) == classes).float().mean()


def equal_error(vectors: Tensor, speakers: Tensor) -> float:
    """Equal error rate of all pairs of (N, dimensions) unit vectors."""
    cosines = vectors @ vectors.T
    upper = torch.triu(torch.ones_like(cosines, dtype=torch.bool), 1)
    same = (speakers[:, None] == speakers[None])[upper]
    same = same[cosines[upper].argsort(descending=True)]
    missed = 1 - same.cumsum(0) / same.sum()
    false = (~same).cumsum(0) / (~same).sum()
    place = int((missed - false).abs().argmin())
    return float((missed[place] + false[place]) / 2)


@torch.no_grad()
def embed_all(model: SpeakerEncoder, store: ResidentStore, index: Tensor, seconds: float = 4.0) -> Tensor:
    """x-vectors (N, dimensions) of a stretch of each utterance."""
    rate = store.spec.sample_rate
    parts = [model(speaker_mel(store.crops(part, int(seconds * rate)), rate)) for part in index.split(128)]
    return torch.cat(parts)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.speaker", description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--store", type=Path, required=True, help="folder of teacher_*, raw_* and dev_*.npz")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights to start from: a speaker.pt, or a bundle's part")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("overrides", nargs="*")
    options = parser.parse_args()
    config = load_config(options.config, options.overrides)
    torch.manual_seed(config["seed"])
    spec, device = AudioSpec(), options.device
    shards = sorted(options.store.glob("teacher_*.npz")) + sorted(options.store.glob("raw_*.npz"))
    store = ResidentStore(Store.load(shards), spec, device)
    heard = [not key.startswith(tuple(config["excluded_sets"])) for key in store.keys.tolist()]
    allowed = torch.tensor(np.array(heard), device=device)
    weights = store.speaker_weights() * allowed * (store.frames >= 60)
    teacher = store.sources == SOURCES.index("teacher")
    pools = []
    for chosen in (teacher, ~teacher):
        members = torch.nonzero(chosen & (weights > 0))[:, 0]
        pools.append((members, weights[members].double()))
    counts = [int(config["batch"] * config["teacher_share"])]
    counts.append(config["batch"] - counts[0])
    model = SpeakerEncoder().to(device)
    margin = AngularMargin(192, len(store.speaker_names) * len(WARPS), config["scale"]).to(device)
    if options.start:
        model.load_state_dict(earlier_weights(options.start, device)["model"])
    parameters = nn.ModuleList([model, margin])
    optimiser = torch.optim.AdamW(decayed(parameters, 0.02), lr=1e-3)
    averaged = Averaged(model, 0.999)
    run = Run(options.out, config["steps"], config["seconds"])
    state = run.resume(device)
    if state:
        parameters.load_state_dict(state["parameters"])
        optimiser.load_state_dict(state["optimiser"])
        averaged.weights, averaged.steps = state["averaged"], run.step
    parameters.train()
    samples = int(config["crop_seconds"] * spec.sample_rate)
    while run.progress < 1:
        for group in optimiser.param_groups:
            group["lr"] = cosine_rate(run.progress, config["rate"], 1e-5, 0.05)
        drawn = [pool[torch.multinomial(w, n, replacement=True)] for (pool, w), n in zip(pools, counts, strict=True)]
        index = torch.cat(drawn)[torch.randperm(config["batch"], device=device)]
        kind = int(torch.randint(0, 2 * len(WARPS), (1,)))
        kind = kind if kind < len(WARPS) else 0  # half of the batches as they are
        up, down = WARPS[kind]
        wave = store.crops(index, samples * up // down)
        if kind:
            wave = F.interpolate(wave.unsqueeze(1), samples, mode="linear").squeeze(1)
        wave = add_noise(reverberate(wave, 0.4), 0, 25, 0.6)
        mel = equalise(narrow(speaker_mel(wave, spec.sample_rate), 0.45, 0.25), 0.8)
        mel = mask_stripes(mel - mel.mean(2, keepdim=True), 10, 20)
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            vectors = model(mel)
        ramp = config["margin"] * min(1.0, run.progress / 0.2)
        loss, right = margin(vectors.float(), store.speakers[index] * len(WARPS) + kind, ramp)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(parameters.parameters(), 5.0)
        optimiser.step()
        averaged.update()
        run.step += 1
        run.note(config["note_every"], {"loss": loss, "recognised": right})
        if run.step % config["save_every"] == 0:
            run.save(
                {
                    "parameters": parameters.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "averaged": averaged.weights,
                }
            )
    run.save({"parameters": parameters.state_dict(), "optimiser": optimiser.state_dict(), "averaged": averaged.weights})
    model.load_state_dict(averaged.weights)
    model.eval()
    torch.save(averaged.weights, options.out / "speaker.pt")
    unseen = sorted(options.store.glob("dev_*.npz"))
    if unseen:
        dev = ResidentStore(Store.load(unseen), spec, device)
        index = torch.nonzero(dev.frames >= 150)[:, 0]
        run.write({"dev_equal_error": equal_error(embed_all(model, dev, index), dev.speakers[index])})


if __name__ == "__main__":
    main()
