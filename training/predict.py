"""Predict mels for stretches of the store's waves, with their real durations and contours, to fine-tune the vocoder on.

    python -m training.predict --config configs/training/acoustic.yaml --acoustic acoustic.pt --speaker speaker.pt \\
        --store DIR --out predicted.npz
"""

import argparse

import numpy as np
import torch

from training.acoustic import phone_batch, real_contours
from training.resident import window
from training.trained import Trained, add_arguments
from tts.audio.features import log_mel
from tts.audio.spec import AudioSpec
from tts.models.convnext import length_mask


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.predict", description=__doc__)
    add_arguments(parser)
    parser.add_argument("--count", type=int, default=12000)
    parser.add_argument("--frames", type=int, default=128)
    parser.add_argument("--lowest-bandwidth-hz", type=float, default=10500)
    options = parser.parse_args()
    trained, spec, device = Trained.load(options), AudioSpec(), options.device
    model, references, store, sampler = trained.model, trained.references, trained.store, trained.sampler
    waves: list[torch.Tensor] = []
    mels: list[torch.Tensor] = []
    fast = torch.autocast(device, torch.bfloat16, enabled=device == "cuda")
    while sum(map(len, mels)) < options.count:
        index = sampler.draw().to(device)
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
