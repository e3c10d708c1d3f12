"""Train the emotion encoder on acted speech, over the frozen layers of a bundle's speaker encoder.

    python -m training.emotion --config configs/training/emotion.yaml --corpus CORPUS --bundle cache_hub/yinse-3
    --out DIR

Actors of the corpus's `dev` split are heard by nothing but the last measurement; what there is to choose is chosen by
leaving out a part of the training actors at a time. Writes `emotion.safetensors`, a bundle's part, and `figures.json`.
"""

import argparse
import csv
import io
import json
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import torch
import torchaudio
from safetensors.torch import save
from torch import Tensor
from torch.nn import functional as F
from tqdm import tqdm

from training.augment import add_noise, narrow, reverberate
from training.loop import Averaged, cosine_rate, load_config
from tts.audio.delivery import contour_figures
from tts.audio.features import equalise
from tts.audio.pitch import track
from tts.audio.spec import AudioSpec
from tts.models.emotion_encoder import HEARD, EmotionEncoder
from tts.models.folder import load_bundle
from tts.models.speaker_encoder import SpeakerEncoder, speaker_mel
from tts.models.storage import pack, unpack

_SETS = ("ravdess", "crema")
_MICROPHONE = 0.5  # deviation of its colour, in the natural log


@dataclass(frozen=True)
class Clips:
    """features (views, clips, inputs); emotion (clips,) by `HEARD`; speaker, set and split of each clip."""

    features: Tensor
    emotion: Tensor
    speaker: list[str]
    set_name: list[str]
    split: list[str]

    def where(self, wanted: Sequence[bool]) -> Tensor:
        return torch.nonzero(torch.tensor(wanted))[:, 0]


def read(corpus: Path) -> list[tuple[dict[str, str], np.ndarray]]:
    """Rows of the acted sets and their waves at 24 kHz."""
    with (corpus / "metadata.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["set"] in _SETS]
    wanted = {f"{row['set']}/{row['utt']}.opus": row for row in rows}
    found = []
    for shard in sorted({row["shard"] for row in rows}):
        with tarfile.open(corpus / shard) as archive:
            for member in archive:
                row, file_object = wanted.get(member.name.removeprefix("./")), archive.extractfile(member)
                if row and file_object:
                    found.append((row, soundfile.read(io.BytesIO(file_object.read()), dtype="float32")[0]))
    return found


@torch.inference_mode()
def heard(encoder: SpeakerEncoder, wave: np.ndarray, f0: np.ndarray, config: dict[str, Any] | None) -> Tensor:
    """(samples,) and its pitch -> (inputs,), through a drawn room, microphone, noise and rate if there is a config."""
    sound, pitch = torch.from_numpy(wave)[None], f0
    if config:
        rate = config["rates"][int(torch.randint(0, len(config["rates"]), ()))]
        if rate != 1:
            sound = torchaudio.functional.resample(sound, round(240 * rate), 240)
            frames = sound.shape[1] // AudioSpec.hop
            pitch = f0[np.linspace(0, len(f0) - 1, frames).round().astype(int)] * np.float32(rate)
        sound = add_noise(reverberate(sound, config["room_chance"]), *config["noise_db"], config["noise_chance"])
    mel = speaker_mel(sound, AudioSpec.sample_rate)
    if config:
        mel = narrow(equalise(mel, _MICROPHONE), 0.5, 0.3)
        mel = mel - mel.mean(2, keepdim=True)
    figures = torch.from_numpy(contour_figures(sound[0].numpy(), pitch))
    return torch.cat([encoder.layers(mel)[0], figures])


def collect(corpus: Path, encoder: SpeakerEncoder, config: dict[str, Any]) -> Clips:
    """Every clip heard once as it is, and `views - 1` times otherwise."""
    found = read(corpus)
    pitches = [track(wave, AudioSpec()).f0_hz for _, wave in tqdm(found, unit="clip", desc="pitch")]
    views = []
    for view in range(config["views"]):
        rows = tqdm(zip(found, pitches, strict=True), total=len(found), unit="clip", desc=f"view {view}")
        views.append(torch.stack([heard(encoder, wave, f0, config if view else None) for (_, wave), f0 in rows]))
    rows = [row for row, _ in found]
    emotion = torch.tensor([HEARD.index(row["emotion"].rstrip("+")) for row in rows])
    speaker, set_name, split = ([row[key] for row in rows] for key in ("speaker", "set", "split"))
    return Clips(torch.stack(views), emotion, speaker, set_name, split)


def learn(clips: Clips, index: Tensor, channels: int, config: dict[str, Any]) -> EmotionEncoder:
    """An encoder that has heard the clips of `index`."""
    torch.manual_seed(config["seed"])
    sizes = {name: config[name] for name in ("components", "hidden", "members", "dropout")}
    model = EmotionEncoder(channels, **sizes)
    _find_components(model, clips.features[0, index])
    with torch.no_grad():
        heard = model.components(clips.features.flatten(0, 1)).unflatten(0, clips.features.shape[:2])
    deviation = heard[0, index].std(0)
    weights = _weights(clips, index, config["crema_weight"])
    targets = F.one_hot(clips.emotion, len(HEARD)) * (1 - config["smoothing"]) + config["smoothing"] / len(HEARD)
    mixture = torch.distributions.Beta(config["mixup"], config["mixup"])
    for member in model.members:
        optimiser = torch.optim.AdamW(member.parameters(), lr=config["rate"], weight_decay=config["decay"])
        averaged = Averaged(member, config["average"])
        member.train()
        for step in range(config["steps"]):
            for group in optimiser.param_groups:
                group["lr"] = cosine_rate(step / config["steps"], config["rate"], 0.0, 0.05)
            drawn = index[torch.multinomial(weights, config["batch"], replacement=True)]
            x = heard[torch.randint(0, len(heard), (config["batch"],)), drawn]
            x = x + config["noise"] * deviation * torch.randn_like(x)
            share, other = mixture.sample((config["batch"], 1)), torch.randperm(config["batch"])
            x, y = (share * part + (1 - share) * part[other] for part in (x, targets[drawn]))
            loss = -(y * member(x).log_softmax(1)).sum(1).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            averaged.update()
        member.load_state_dict(averaged.weights)
    return model.eval()


@torch.no_grad()
def _find_components(model: EmotionEncoder, rows: Tensor) -> None:
    """Principal components of (clips, inputs), each scaled by the root of its deviation: neither raw nor white."""
    model.mean.copy_(rows.mean(0))
    model.deviation.copy_(rows.std(0) + 1e-3)
    standard = ((rows - model.mean) / model.deviation).clamp(-6, 6)
    _, _, axes = torch.pca_lowrank(standard, q=model.project.out_features, niter=2)
    model.project.weight.copy_((axes / (standard @ axes).std(0).sqrt()).T)


def _weights(clips: Clips, index: Tensor, crema: float) -> Tensor:
    """How often each clip is drawn: each emotion the same, and within it crema less."""
    weights = torch.tensor([crema if name == "crema" else 1.0 for name in clips.set_name]).double()[index]
    emotion = clips.emotion[index]
    for number in range(len(HEARD)):
        weights[emotion == number] /= weights[emotion == number].sum()
    return weights


@torch.inference_mode()
def told(model: EmotionEncoder, clips: Clips, index: Tensor) -> Tensor:
    """Log-probabilities of clips as they are."""
    rows = clips.features[0, index]
    split = rows.shape[1] - 22
    result: Tensor = model(rows[:, :split], rows[:, split:])
    return result


def accuracy(model: EmotionEncoder, clips: Clips, index: Tensor) -> float:
    return float((told(model, clips, index).argmax(1) == clips.emotion[index]).float().mean())


def left_out(clips: Clips, channels: int, config: dict[str, Any]) -> list[float]:
    """Accuracy on each part of the training actors, by an encoder that has not heard them."""
    train = [split == "train" for split in clips.split]
    actors = sorted({n for n, s, t in zip(clips.speaker, clips.set_name, train, strict=True) if s == "ravdess" and t})
    found = []
    for fold in range(config["folds"]):
        out = set(actors[fold :: config["folds"]])
        known = clips.where([t and name not in out for t, name in zip(train, clips.speaker, strict=True)])
        unknown = clips.where([name in out for name in clips.speaker])
        found.append(accuracy(learn(clips, known, channels, config), clips, unknown))
    return found


def measure(model: EmotionEncoder, clips: Clips) -> dict[str, Any]:
    """What the encoder tells of the `dev` actors: of ravdess among eight, of crema happy against sad."""
    acted = clips.where([n == "ravdess" and s == "dev" for n, s in zip(clips.set_name, clips.split, strict=True)])
    other = clips.where([n == "crema" and s == "dev" for n, s in zip(clips.set_name, clips.split, strict=True)])
    guess, truth = told(model, clips, acted).argmax(1), clips.emotion[acted]
    two = [HEARD.index("happy"), HEARD.index("sad")]
    pairs = told(model, clips, other)[:, two].argmax(1)
    return {
        "ravdess": round(float((guess == truth).float().mean()), 4),
        "ravdess_clips": len(truth),
        "recall": {
            name: round(float((guess[truth == number] == number).float().mean()), 3)
            for number, name in enumerate(HEARD)
        },
        "confusion": [[int(((truth == a) & (guess == b)).sum()) for b in range(len(HEARD))] for a in range(len(HEARD))],
        "crema_happy_sad": round(float((torch.tensor(two)[pairs] == clips.emotion[other]).float().mean()), 4),
        "crema_clips": len(other),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.emotion", description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--bundle", type=Path, required=True, help="whose speaker encoder listens")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--choose", action="store_true", help="only tell the accuracy on left-out training actors")
    parser.add_argument("overrides", nargs="*")
    options = parser.parse_args()
    config = load_config(options.config, options.overrides)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config["seed"])
    encoder = load_bundle(options.bundle).speaker
    channels = encoder.channels
    cache = options.out / "features.pt"
    if cache.exists():
        clips = Clips(**torch.load(cache, weights_only=True))
    else:
        clips = collect(options.corpus, encoder, config)
        torch.save(vars(clips), cache)
    if options.choose:
        folds = left_out(clips, channels, config)
        print(json.dumps({"left_out": [round(value, 4) for value in folds], "mean": round(float(np.mean(folds)), 4)}))
        return
    model = learn(clips, clips.where([split == "train" for split in clips.split]), channels, config)
    weights = pack(model.state_dict())
    model.load_state_dict(unpack(weights))
    figures = measure(model, clips)
    (options.out / "emotion.safetensors").write_bytes(save(weights))
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
