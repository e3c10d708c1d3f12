"""Predict mels for stretches of the store's waves, with their real durations and contours, to fine-tune the vocoder on.

    python -m training.predict --config configs/training/acoustic.yaml --acoustic acoustic.pt --speaker speaker.pt \\
        --store DIR --out predicted.npz
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from training.acoustic import References, open_store, phone_batch, real_contours, window
from training.loop import load_config
from tts.audio.features import log_mel
from tts.audio.spec import AudioSpec
from tts.models.acoustic import AcousticModel
from tts.models.convnext import length_mask
from tts.models.speaker_encoder import SpeakerEncoder


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.predict", description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--acoustic", type=Path, required=True)
    parser.add_argument("--speaker", type=Path, required=True)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=12000)
    parser.add_argument("--frames", type=int, default=128)
    parser.add_argument("--lowest-bandwidth-hz", type=float, default=10500)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    config = load_config(options.config)
    spec, device = AudioSpec(), options.device
    store, sampler = open_store(options.store, config, device)
    speaker = SpeakerEncoder().to(device).eval()
    speaker.load_state_dict(torch.load(options.speaker, map_location=device, weights_only=True))
    model = AcousticModel().to(device).eval()
    weights = torch.load(options.acoustic, map_location=device, weights_only=True)["model"]
    model.load_state_dict({name: value.float() for name, value in weights.items()})
    references = References(store, speaker, {**config, "noisy_reference": 0.0})
    waves: list[torch.Tensor] = []
    mels: list[torch.Tensor] = []
    fast = torch.autocast(device, torch.bfloat16, enabled=device == "cuda")
    while sum(map(len, mels)) < options.count:
        index = sampler.draw()
        fits = (store.frames[index] > options.frames) & (store.bandwidths[index] >= options.lowest_bandwidth_hz)
        index = index[fits].unique()
        if not len(index):
            continue
        batch = store.batch(index)
        with torch.no_grad(), fast:
            voice = references.voices(batch)
            real = log_mel(batch.wave, spec)
            mask = length_mask(batch.frames, real.shape[2]).unsqueeze(1).float()
            condition, memory, heard = model.voice(voice)
            encoded = model.encode(phone_batch(batch), condition, memory, heard)
            spread = model.spread(encoded, batch.durations, real.shape[2])
            made = model.decode(spread, mask, real_contours(batch, real, voice), voice, condition).float()
        tiles = batch.wave[:, : real.shape[2] * spec.hop].reshape(len(index), -1, spec.hop).transpose(1, 2)
        both = window([torch.cat([made, tiles], 1)], batch.frames, options.frames)[0]
        mels.append(both[:, : spec.n_mels].half().cpu())
        waves.append((both[:, spec.n_mels :].transpose(1, 2).flatten(1).clamp(-1, 1) * 32767).to(torch.int16).cpu())
    np.savez(options.out.with_suffix(".tmp.npz"), waves=torch.cat(waves).numpy(), mels=torch.cat(mels).numpy())
    options.out.with_suffix(".tmp.npz").rename(options.out)


if __name__ == "__main__":
    main()
