"""Train the vocoder: mel loss first, then against the wave discriminators.

    python -m training.vocoder --config configs/training/vocoder.yaml --store DIR --out runs/vocoder

With `predicted=FILE.npz` part of each batch starts from mels that the acoustic model predicted for the same waves.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training.discriminators import WaveDiscriminator, fool, tell_apart
from training.loop import Run, cosine_rate, end_distributed, load_config, start_distributed
from training.resident import ResidentStore
from training.rivals import Rivals
from training.store import SOURCES, Store
from tts.audio.features import log_mel, normalise
from tts.audio.spec import AudioSpec
from tts.models.vocoder import Vocos


def mel_distance(made: Tensor, real: Tensor, spec: AudioSpec) -> Tensor:
    """Mean absolute difference of log mels at our resolution and at a coarser and a finer one."""
    specs = (spec, AudioSpec(n_fft=2048, n_mels=100), AudioSpec(n_fft=512, n_mels=64, hop=spec.hop // 2))
    return torch.stack([F.l1_loss(log_mel(made, s), log_mel(real, s)) for s in specs]).mean()


def line_distance(made: Tensor, real: Tensor, n_fft: int = 4096) -> Tensor:
    """Mean square difference of the mean log spectra of two batches (B, samples >= n_fft), bin by bin of 6 Hz.

    A network that works frame by frame leaves lines at multiples of the frame rate, whatever is said: too faint in one
    segment for any other loss, they stand out in the mean of a batch.
    """
    window = torch.hann_window(n_fft, device=made.device)
    spectra = [
        torch.stft(wave.float(), n_fft, n_fft // 4, window=window, center=False, return_complex=True).abs()
        for wave in (made, real)
    ]
    found, wanted = (spectrum.clamp(min=1e-3).log().mean((0, 2)) for spectrum in spectra)
    return F.mse_loss(found, wanted)


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
    parser.add_argument("--start", type=Path, help="weights to start from: a vocoder.pt, or a bundle's part")
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
    run = Run(options.out, config["steps"], config["seconds"], rank)
    model, judge = Vocos().to(device), WaveDiscriminator().to(device)
    rivals = Rivals(run, model, judge, ((0.8, 0.99), (0.8, 0.99)), device, options.start)
    predicted: PredictedMels | None = None
    per_process = config["batch"] // world
    alone = config["mel_only_steps"]
    if options.start:
        alone = config["judge_first"] if rivals.judge_is_new else 0
    while (progress := run.shared_progress()) < 1:
        if predicted is None and config["predicted"] and Path(config["predicted"]).exists():
            predicted = PredictedMels(Path(config["predicted"]), device, spec.hop)
        rate = cosine_rate(progress, config["rate"], 1e-5, 0.02)
        rivals.set_rates(rate, rate)
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
        against = run.step >= alone
        if against or options.start:
            with fast:
                wrong = tell_apart(judge, real, made)
            rivals.step_judge(wrong, 10.0)
            figures["judge"] = wrong
        if options.start and not against:
            run.step += 1
            continue
        distance = mel_distance(made, real, spec)
        lines = line_distance(made, real)
        loss = config["mel_weight"] * distance + config["line_weight"] * lines
        if against:
            with fast:
                fooled, matched = fool(judge, real, made)
            loss = loss + fooled + config["matching_weight"] * matched
            figures |= {"fool": fooled, "match": matched}
        figures["gradient"] = rivals.step_model(loss, 10.0 * config["mel_weight"])
        run.step += 1
        run.note(config["note_every"], {"mel": distance, "lines": lines, **figures})
        if run.step % config["save_every"] == 0:
            rivals.save("vocoder.pt")
    rivals.save("vocoder.pt")
    end_distributed()


if __name__ == "__main__":
    main()
