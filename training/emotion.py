"""Train the emotion encoder, whose weights are an optional part of a bundle with a licence of their own.

    python -m training.emotion --config configs/training/emotion.yaml --corpus CORPUS
        --speaker cache_hub/X/speaker.safetensors --out DIR [--choose]
    … --config configs/training/listener.yaml --aligner aligner.pt --out DIR --choose 0 -- kind=phonetic

The second trains a network of another kind (`training.listeners`), which is no part of a bundle.

Learns on the acted recordings (ravdess: eight emotions, crema: happy and sad), speaker-independent: `dev` actors are
only for the last measurement; what there is to choose is chosen by leaving out a part of the training actors at a time
(`--choose`, which keeps each part's network). Writes `emotion.safetensors`, a bundle's part, and `figures.json`.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save
from torch import Tensor, nn
from torch.nn import functional as F

from training.aligner import centred
from training.augment import add_noise, mask_stripes, narrow, reverberate
from training.listeners import Listener, create
from training.loop import Averaged, cosine_rate, decayed, earlier_weights, load_config
from training.recordings import ACTED, read_rows, read_waves
from tts.audio.features import equalise, log_mel, normalise
from tts.audio.spec import AudioSpec
from tts.models.emotion_encoder import HEARD, EmotionEncoder, EmotionMember
from tts.models.speaker_encoder import speaker_mel
from tts.models.storage import pack, unpack

_PCM = 32767


@dataclass(frozen=True)
class Clips:
    """All clips in one row: wave (samples,) int16 at 24 kHz, starts and lengths (N,) in it; emotion (N,) by `HEARD`;
    speaker, set and split of each."""

    wave: Tensor
    starts: Tensor
    lengths: Tensor
    emotion: Tensor
    speaker: list[str]
    set_name: list[str]
    split: list[str]

    @classmethod
    def read(cls, corpus: Path, device: str) -> "Clips":
        found = list(read_waves(corpus, [row for row in read_rows(corpus) if row["set"] in ACTED]))
        rows, waves = [row for row, _ in found], [(wave * _PCM).round().astype(np.int16) for _, wave in found]
        lengths = torch.tensor([len(wave) for wave in waves])
        emotion = torch.tensor([HEARD.index(row["emotion"].rstrip("+")) for row in rows])
        places = (torch.from_numpy(np.concatenate(waves)), lengths.cumsum(0) - lengths, lengths, emotion)
        names = ([row[key] for row in rows] for key in ("speaker", "set", "split"))
        return cls(*(part.to(device) for part in places), *names)

    def where(self, wanted: Sequence[bool]) -> Tensor:
        return torch.nonzero(torch.tensor(wanted))[:, 0].to(self.wave.device)

    def whole(self, index: Tensor) -> Iterator[Tensor]:
        """Waves (1, samples), one after the other."""
        for number in index.tolist():
            start = int(self.starts[number])
            yield self.wave[start : start + int(self.lengths[number])][None].float() / _PCM

    def crops(self, index: Tensor, samples: int) -> Tensor:
        """(B, samples): a stretch of each, a shorter one again and again."""
        lengths = self.lengths[index, None]
        first = (torch.rand(len(index), 1, device=index.device) * (lengths - samples).clamp(min=0)).long()
        places = (first + torch.arange(samples, device=index.device)) % lengths
        return self.wave[self.starts[index, None] + places].float() / _PCM


Front = Callable[[Tensor], Tensor]


def for_encoder(wave: Tensor) -> Tensor:
    """(B, samples) -> speaker mel (B, 80, frames)."""
    return speaker_mel(wave, AudioSpec.sample_rate)


def for_listener(wave: Tensor) -> Tensor:
    """(B, samples) -> normalised mel (B, 100, frames), each bin's mean taken away."""
    return centred(normalise(log_mel(wave, AudioSpec()), AudioSpec()))


def heard(found: Clips, index: Tensor, config: dict[str, Any], front: Front) -> Tensor:
    """-> (B, bins, frames): a stretch of each clip through a drawn room, microphone, noise and rate."""
    samples, rates = int(config["crop_seconds"] * AudioSpec.sample_rate), config["rates"]
    rate = rates[int(torch.randint(0, len(rates), ()))]
    wave = found.crops(index, round(samples * rate))
    wave = F.interpolate(wave.unsqueeze(1), samples, mode="linear").squeeze(1)
    wave = add_noise(reverberate(wave, config["room_chance"]), *config["noise_db"], config["noise_chance"])
    mel = equalise(narrow(front(wave), 0.5, 0.3), config["microphone"])
    return mask_stripes(mel - mel.mean(2, keepdim=True), *config["stripes"])


Network = EmotionEncoder | Listener


def learn(found: Clips, index: Tensor, start: Path | None, config: dict[str, Any]) -> Network:
    """A network that has heard the clips of `index`; an emotion encoder from the weights of a speaker encoder on."""
    device = str(found.wave.device)
    torch.manual_seed(config["seed"])
    if config["kind"] != "encoder":
        listener = create(config["kind"], config["dropout"], start).to(device)
        teach(listener, listener.body, listener.head, found, index, config, for_listener)
        return listener.eval()
    model = EmotionEncoder(**{name: config[name] for name in ("channels", "hidden", "members", "dropout")}).to(device)
    for member in model.members:
        assert isinstance(member, EmotionMember)
        if start:
            member.body.load_state_dict(earlier_weights(start, device)["model"])
        teach(member, member.body, member.head, found, index, config, for_encoder)
    return model.eval()


def teach(
    network: nn.Module,
    body: nn.Module,
    head: nn.Module,
    found: Clips,
    index: Tensor,
    config: dict[str, Any],
    front: Front,
) -> None:
    """A network of body and head hears the clips of `index` through `front`."""
    device = found.wave.device.type
    weights = _weights(found, index, config["crema_weight"])
    targets = F.one_hot(found.emotion, len(HEARD)) * (1 - config["smoothing"]) + config["smoothing"] / len(HEARD)
    groups = [
        group | {"rate": rate}
        for part, rate in ((body, config["rate"]), (head, config["head_rate"]))
        for group in decayed(part, config["decay"])
    ]
    optimiser, averaged = torch.optim.AdamW(groups), Averaged(network, config["average"])
    mixture = torch.distributions.Beta(config["mixup"], config["mixup"])
    network.train()
    for step in range(config["steps"]):
        for group in optimiser.param_groups:
            group["lr"] = cosine_rate(step / config["steps"], group["rate"], 0.0, 0.05)
        drawn = index[torch.multinomial(weights, config["batch"], replacement=True)]
        x, y = heard(found, drawn, config, front), targets[drawn]
        other = torch.randperm(len(drawn), device=device)
        share = mixture.sample((len(drawn), 1)).to(device)
        x = share.unsqueeze(2) * x + (1 - share.unsqueeze(2)) * x[other]
        y = share * y + (1 - share) * y[other]
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            logits = network(x)
        loss = -(y * logits.float().log_softmax(1)).sum(1).mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        averaged.update()
    network.load_state_dict(averaged.weights)


def _weights(found: Clips, index: Tensor, crema: float) -> Tensor:
    """How often each clip is drawn: each emotion the same, and within it crema less."""
    every = torch.tensor([crema if name == "crema" else 1.0 for name in found.set_name]).double().to(index.device)
    weights, emotion = every[index], found.emotion[index]
    for number in range(len(HEARD)):
        own = emotion == number
        weights[own] /= weights[own].sum().clamp(min=1e-9)
    return weights


@torch.inference_mode()
def told(model: Network, found: Clips, index: Tensor) -> Tensor:
    """Log-probabilities (N, 8) of clips as they are."""
    front = for_encoder if isinstance(model, EmotionEncoder) else for_listener
    return torch.cat([model(front(wave)) for wave in found.whole(index)])


def left_out(found: Clips, start: Path | None, config: dict[str, Any], out: Path, folds: Sequence[int]) -> list[float]:
    """Accuracy on each part of the training actors, by an encoder that has not heard them, which is kept."""
    train = [split == "train" for split in found.split]
    acted = [name == "ravdess" for name in found.set_name]
    actors = sorted({name for name, a, t in zip(found.speaker, acted, train, strict=True) if a and t})
    shares = []
    for fold in folds:
        gone = set(actors[fold :: config["folds"]])
        known = found.where([t and name not in gone for t, name in zip(train, found.speaker, strict=True)])
        unknown = found.where([name in gone for name in found.speaker])
        model = learn(found, known, start, config)
        (out / f"fold{fold}.safetensors").write_bytes(save(pack(model.state_dict())))
        guess = told(model, found, unknown)
        torch.save({"index": unknown.cpu(), "told": guess.cpu()}, out / f"fold{fold}.pt")
        shares.append(float((guess.argmax(1) == found.emotion[unknown]).float().mean()))
    return shares


def measure(model: Network, found: Clips) -> dict[str, Any]:
    """What the encoder tells of the `dev` actors: of ravdess among eight, of crema happy against sad."""
    places = list(zip(found.set_name, found.split, strict=True))
    acted, other = (found.where([place == (name, "dev") for place in places]) for name in ("ravdess", "crema"))
    guess, truth = told(model, found, acted).argmax(1), found.emotion[acted]
    two = torch.tensor([HEARD.index("happy"), HEARD.index("sad")], device=guess.device)
    pairs = told(model, found, other)[:, two].argmax(1)
    return {
        "ravdess": round(float((guess == truth).float().mean()), 4),
        "ravdess_clips": len(truth),
        "recall": {
            name: round(float((guess[truth == number] == number).float().mean()), 3)
            for number, name in enumerate(HEARD)
        },
        "confusion": [[int(((truth == a) & (guess == b)).sum()) for b in range(len(HEARD))] for a in range(len(HEARD))],
        "crema_happy_sad": round(float((two[pairs] == found.emotion[other]).float().mean()), 4),
        "crema_clips": len(other),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.emotion", description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    begin = parser.add_mutually_exclusive_group()
    begin.add_argument("--speaker", type=Path, help="weights of a speaker encoder for an emotion encoder to start from")
    begin.add_argument("--aligner", type=Path, help="weights of an aligner for a phonetic listener to start from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--choose", type=int, nargs="*", help="only tell the accuracy on left-out parts (all if none)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("overrides", nargs="*")
    options = parser.parse_args()
    config = load_config(options.config, options.overrides)
    options.out.mkdir(parents=True, exist_ok=True)
    start = options.speaker or options.aligner
    found = Clips.read(options.corpus, options.device)
    if options.choose is not None:
        folds = options.choose or range(config["folds"])
        shares = left_out(found, start, config, options.out, folds)
        print(json.dumps({"left_out": [round(share, 4) for share in shares], "mean": round(float(np.mean(shares)), 4)}))
        return
    model = learn(found, found.where([split == "train" for split in found.split]), start, config)
    weights = pack(model.state_dict())
    model.load_state_dict(unpack(weights))
    figures = measure(model, found)
    (options.out / "emotion.safetensors").write_bytes(save(weights))
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
