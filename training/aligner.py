"""The aligner: a frame classifier that learns from the teacher's exact durations, and a Viterbi over the phones.

    python -m training.aligner --config configs/training/aligner.yaml --store DIR --out runs/aligner

Recordings that an earlier one has aligned can teach a second (Viterbi training), which knows their rooms and accents:

    … --start runs/aligner/checkpoint.pt --out runs/aligner-2 recorded_share=0.8 rate=3.0e-4
"""

import argparse
from pathlib import Path

import numba
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.augment import add_noise, mask_stripes, narrow, reverberate
from training.loop import Run, cosine_rate, decayed, earlier_weights, load_config
from training.resident import BucketSampler, ResidentStore
from training.store import SOURCES, Store
from tts.audio.features import equalise, log_mel, normalise
from tts.audio.spec import AudioSpec
from tts.models.acoustic.predictors import frame_owners
from tts.models.convnext import ConvNeXtBlock, length_mask
from tts.text.phones import BREAKS, PAUSES, PHONE_IDS, PHONE_ROWS

#: All silences look alike to the classifier.
SILENCE = PHONE_IDS["pause"]


class Aligner(nn.Module):
    """Normalised mel (B, n_mels, T) -> log posterior of each phone (B, T, PHONE_ROWS)."""

    def __init__(self, n_mels: int = 100, channels: int = 320, blocks: int = 6) -> None:
        super().__init__()
        self.embed = nn.Conv1d(n_mels, channels, 5, padding=2)
        self.blocks = nn.ModuleList(ConvNeXtBlock(channels, 2 * channels, kernel=9) for _ in range(blocks))
        self.recur = nn.LSTM(channels, channels // 2, batch_first=True, bidirectional=True)
        self.norm = nn.LayerNorm(channels)
        self.head = nn.Linear(channels, PHONE_ROWS)

    def features(self, mel: Tensor) -> Tensor:
        """-> (B, T, channels)."""
        x = self.embed(mel)
        for block in self.blocks:
            x = block(x)
        x = x.transpose(1, 2)
        normed: Tensor = self.norm(x + self.recur(x)[0])
        return normed

    def forward(self, mel: Tensor) -> Tensor:
        return F.log_softmax(self.head(self.features(mel)).float(), -1)


def centred(mel: Tensor) -> Tensor:
    """Each bin's mean over the clip taken away: the microphone's colour says nothing of the phone."""
    return mel - mel.mean(2, keepdim=True)


def targets(phones: Tensor, durations: Tensor, size: int) -> Tensor:
    """phones, durations (B, L) -> (B, size): the phone of each frame, silences merged, -1 past the end."""
    spoken = phones.gather(1, frame_owners(durations, size))
    spoken = torch.where(spoken < len(PAUSES), torch.full_like(spoken, SILENCE), spoken)
    return spoken.masked_fill(~length_mask(durations.sum(1), size), -1)


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def _best_path(scores: np.ndarray, optional: np.ndarray) -> np.ndarray:  # pragma: no cover - compiled
    """scores (T, S), optional (S,): the S states in order, optional ones skippable -> state of each frame (T,)."""
    frames, states = scores.shape
    best = np.full(states, -1e30, np.float64)
    step = np.zeros((frames, states), np.int8)
    best[0] = scores[0, 0]
    for t in range(1, frames):
        new = np.full(states, -1e30, np.float64)
        for s in range(min(states, 2 * t + 1)):
            value, how = best[s], 0
            if s > 0 and best[s - 1] > value:
                value, how = best[s - 1], 1
            if s > 1 and optional[s - 1] and best[s - 2] > value:
                value, how = best[s - 2], 2
            new[s] = value + scores[t, s]
            step[t, s] = how
        best = new
    path = np.zeros(frames, np.int64)
    state = states - 1
    for t in range(frames - 1, -1, -1):
        path[t] = state
        state -= step[t, state]
    return path


def align(posteriors: np.ndarray, tokens: np.ndarray) -> tuple[np.ndarray, np.ndarray, float] | None:
    """Log posteriors (T, PHONE_ROWS) and tokens (4, L) -> tokens (4, L'), durations (L',), mean log posterior.

    A silence may stand at every word break; a found one of five frames or more becomes a `pause` token, a shorter one
    goes to the phone before. Written marks may have no frames at all. None when the clip is too short for its text.
    """
    phones, breaks = tokens[0], tokens[3]
    states, origin, optional = [], [], []
    for index, phone in enumerate(phones):
        silent = phone < len(PAUSES)
        states.append(SILENCE if silent else int(phone))
        origin.append(index)
        optional.append(bool(silent and 0 < index < len(phones) - 1))
        if not silent and BREAKS[breaks[index]] == "word":
            states.append(SILENCE)
            origin.append(-index)
            optional.append(True)
    if len(posteriors) < len(states) - sum(optional):
        return None
    scores = np.ascontiguousarray(posteriors[:, states])
    path = _best_path(scores, np.array(optional))
    counts = np.bincount(path, minlength=len(states))
    kept, durations = [], []
    for state, count in enumerate(counts):
        if origin[state] >= 0 and not (state and origin[state] == 0):
            kept.append(tokens[:, origin[state]].copy())
            durations.append(int(count))
        elif count >= 5:
            pause = tokens[:, -origin[state]].copy()
            kept[-1][3] = BREAKS.index("phrase")
            pause[:2], pause[3] = (PHONE_IDS["pause"], 0), 0
            kept.append(pause)
            durations.append(int(count))
        else:
            durations[-1] += int(count)
    score = float(np.mean(scores[np.arange(len(path)), path]))
    return np.stack(kept, 1), np.array(durations), score


def boundary_errors(model: Aligner, store: ResidentStore, index: Tensor, noisy: bool) -> np.ndarray:
    """(N,) distances in ms between found and true phone ends of those teacher utterances that were aligned."""
    errors = []
    for part in index.split(32):
        batch = store.batch(part)
        wave = add_noise(reverberate(batch.wave, 0.5), 8, 30, 1.0) if noisy else batch.wave
        with torch.no_grad():
            found = model(centred(normalise(log_mel(wave, store.spec), store.spec))).cpu().numpy()
        for row in range(len(part)):
            length, frames = int(batch.lengths[row]), int(batch.frames[row])
            tokens = batch.tokens[:, row, :length].cpu().numpy()
            true = batch.durations[row, :length].cpu().numpy().cumsum()
            result = align(found[row, :frames], tokens)
            if result and result[0].shape[1] == length:
                errors.append(np.abs(result[1].cumsum() - true)[:-1] * 10.0)
    return np.concatenate([np.empty(0), *errors])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.aligner", description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument(
        "--store", type=Path, required=True, help="folder of teacher_*.npz and, if asked for, corpus_*.npz"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="an aligner's checkpoint.pt to go on from")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("overrides", nargs="*")
    options = parser.parse_args()
    config = load_config(options.config, options.overrides)
    torch.manual_seed(config["seed"])
    spec = AudioSpec()
    shards = sorted(options.store.glob("teacher_*.npz"))[: config["shards"]]
    if config["recorded_share"] > 0:
        shards += sorted(options.store.glob("corpus_*.npz"))
    store = ResidentStore(Store.load(shards), spec, options.device)
    total = int((store.sources == SOURCES.index("teacher")).sum())  # they stand in front
    held = torch.arange(total - min(config["held_out"], total // 10 + 1), total, device=options.device)
    weights = store.drawing_weights(1 - config["recorded_share"])
    weights[held] = 0
    generator = torch.Generator().manual_seed(config["seed"])
    sampler = BucketSampler(store.frames, weights, config["batch_frames"], generator)
    model = Aligner().to(options.device)
    optimiser = torch.optim.AdamW(decayed(model, 0.01), lr=1e-3)
    run = Run(options.out, config["steps"], config["seconds"])
    state = run.resume(options.device)
    if state:
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
    elif options.start:
        model.load_state_dict(earlier_weights(options.start, options.device)["model"])
    model.train()
    while run.progress < 1:
        for group in optimiser.param_groups:
            group["lr"] = cosine_rate(run.progress, config["rate"], 1e-5, 0.05)
        batch = store.batch(sampler.draw())
        wave = add_noise(reverberate(batch.wave, 0.4), 3, 30, 0.7)
        mel = narrow(log_mel(wave, spec), 0.55, 0.4)
        mel = mask_stripes(centred(equalise(normalise(mel, spec), 0.5)), 12, 12)
        with torch.autocast(options.device, torch.bfloat16, enabled=options.device == "cuda"):
            posteriors = model(mel)
        wanted = targets(batch.tokens[0], batch.durations, posteriors.shape[1])
        loss = F.nll_loss(posteriors.transpose(1, 2), wanted, ignore_index=-1)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        run.step += 1
        right = (posteriors.argmax(-1) == wanted)[wanted >= 0].float().mean()
        run.note(config["note_every"], {"loss": loss, "accuracy": right})
    model.eval()
    run.save({"model": model.state_dict(), "optimiser": optimiser.state_dict()})
    for noisy in (False, True):
        errors = boundary_errors(model, store, held, noisy)
        name = "noisy" if noisy else "clean"
        if len(errors):  # an aligner of a few steps may find nothing
            run.write(
                {f"{name}_median_ms": float(np.median(errors)), f"{name}_p90_ms": float(np.percentile(errors, 90))}
            )


if __name__ == "__main__":
    main()
