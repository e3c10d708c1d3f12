"""The recogniser: it hears which phones and Mandarin tones a clip says, without being told what it should be.

    python -m training.recogniser --config configs/training/recogniser.yaml --store DIR --out runs/recogniser

Connectionist temporal classification (Graves et al. 2006) on teacher speech and recordings. The aligner is asked about
one text that it knows, frame by frame; what a recogniser mishears, people and other recognisers mishear, too. So it is
what an expression keeps the words by (`training.expression`): one kind to learn from, another to measure by. The folder
gets weights under the name of the kind (`convolved.safetensors`), packed, and figures in `log.jsonl`.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F
from torchaudio.functional import edit_distance

from training.aligner import centred, targets
from training.augment import add_noise, mask_stripes, narrow, reverberate
from training.loop import Averaged, Run, cosine_rate, decayed, load_config
from training.resident import WARPS, Batch, BucketSampler, ResidentStore
from training.store import SOURCES, Store
from tts.audio.features import equalise, log_mel, normalise
from tts.audio.spec import AudioSpec
from tts.models.convnext import ConvNeXtBlock
from tts.models.storage import pack
from tts.text.phones import PAUSES, PHONE_ROWS, TONES

#: Tones that are heard, with 0 for none: those of Mandarin. Stress and pitch accent make no other word of a clip.
_TONES: Final = 1 + sum(name.startswith("zh") for name in TONES)
#: What is told apart: a phone with its tone each; 0, padding without a tone, is the blank.
UNITS: Final = PHONE_ROWS * _TONES
#: Mel frames a step of what is heard.
STRIDE: Final = 2
#: Of each kind the kernels of its blocks, and its recurrent layers.
KINDS: Final = {"convolved": ((7, 11, 15, 19, 23, 27, 31) * 2, 0), "recurrent": ((11,) * 3, 3)}


class Recogniser(nn.Module):
    """Normalised mel (B, n_mels, T), each bin's mean taken away -> log-probabilities (B, ceil(T / 2), UNITS).

    SystemExit where there is no such kind.
    """

    def __init__(self, kind: str, n_mels: int = 100, channels: int = 384, dropout: float = 0.2) -> None:
        if kind not in KINDS:
            raise SystemExit(f"there is no recogniser '{kind}'; there are: {', '.join(KINDS)}")
        super().__init__()
        self.embed = nn.Conv1d(n_mels, channels, 5, padding=2, stride=STRIDE)
        kernels, layers = KINDS[kind]
        self.blocks = nn.ModuleList(ConvNeXtBlock(channels, 3 * channels, kernel=kernel) for kernel in kernels)
        self.recur = nn.ModuleList(
            nn.LSTM(channels, channels // 2, batch_first=True, bidirectional=True) for _ in range(layers)
        )
        self.norms = nn.ModuleList(nn.LayerNorm(channels) for _ in range(layers + 1))
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(channels, UNITS)
        #: Frame by frame, as an aligner: while it learns, so that it need not find out what stands where by itself.
        self.framed = nn.Linear(channels, PHONE_ROWS)

    def features(self, mel: Tensor) -> Tensor:
        """-> (B, T', channels)."""
        x = self.embed(mel)
        for block in self.blocks:
            x = block(x)
        x = x.transpose(1, 2)
        for layer, norm in zip(self.recur, self.norms, strict=False):
            x = x + self.dropout(layer(norm(x))[0])
        normed: Tensor = self.norms[-1](x)
        return self.dropout(normed)

    def forward(self, mel: Tensor) -> Tensor:
        return F.log_softmax(self.head(self.features(mel)).float(), -1)


def units(phones: Tensor, tones: Tensor) -> Tensor:
    """Phones and tones (…) -> what is to be heard of each, 0 where there is nothing to hear."""
    heard = torch.where(tones < _TONES, tones, torch.zeros_like(tones))
    return torch.where(phones < len(PAUSES), torch.zeros_like(phones), phones * _TONES + heard)


def misheard(told: Tensor, steps: Tensor, wanted: Tensor) -> Tensor:
    """How far what is heard (B, T', UNITS), `steps` (B,) of each, is from `units` (B, L): negative log-likelihood a
    unit, (B,)."""
    silent = wanted == 0
    spoken = wanted.gather(1, silent.byte().argsort(dim=1, stable=True))
    sizes = (~silent).sum(1)
    loss = F.ctc_loss(told.transpose(0, 1), spoken, steps, sizes, reduction="none", zero_infinity=True)
    return loss / sizes.clamp(min=1)


def heard_as(told: Tensor, steps: Tensor) -> list[list[int]]:
    """Log-probabilities (B, T', UNITS) -> the units heard in each row, the likeliest of every step."""
    best = told.argmax(2)
    return [
        [unit for unit in torch.unique_consecutive(row[:size]).tolist() if unit]
        for row, size in zip(best, steps.tolist(), strict=True)
    ]


def wrong(told: Tensor, steps: Tensor, wanted: Tensor) -> tuple[int, int]:
    """Edits between what is heard and `units` (B, L), and how many units there are."""
    pairs = list(zip(heard_as(told, steps), ([unit for unit in row if unit] for row in wanted.tolist()), strict=True))
    return sum(edit_distance(*pair) for pair in pairs), sum(len(row) for _, row in pairs)


def steps_of(frames: Tensor) -> Tensor:
    """Mel frames -> steps of what is heard."""
    return (frames + STRIDE - 1) // STRIDE


class _Learner:
    """One recogniser with its optimiser."""

    def __init__(self, config: dict[str, Any], store: ResidentStore) -> None:
        self.config, self.store = config, store
        self.model = Recogniser(config["kind"]).to(store.device)
        self.averaged = Averaged(self.model, config["ema"])
        self.optimiser = torch.optim.AdamW(decayed(self.model, 0.01), lr=config["rate"], betas=(0.9, 0.98))

    def step(self, batch: Batch, rate: float) -> dict[str, Tensor]:
        config = self.config
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        wave = add_noise(reverberate(batch.wave, 0.3), 3, 30, 0.6)
        mel = narrow(log_mel(wave, self.store.spec), 0.55, 0.4)
        mel = mask_stripes(centred(equalise(normalise(mel, self.store.spec), 0.5)), *config["stripes"])
        with torch.autocast(self.store.device, torch.bfloat16, enabled=self.store.device == "cuda"):
            features = self.model.features(mel)
            told, framed = self.model.head(features), self.model.framed(features)
        steps = steps_of(batch.frames).clamp(max=told.shape[1])
        wanted = units(batch.tokens[0], batch.tokens[1])
        parts = {"ctc": misheard(F.log_softmax(told.float(), -1), steps, wanted).mean()}
        spoken = targets(batch.tokens[0], batch.durations, mel.shape[2])[:, ::STRIDE]
        parts["frames"] = F.cross_entropy(framed.float().transpose(1, 2), spoken, ignore_index=-1)
        self.optimiser.zero_grad(set_to_none=True)
        (parts["ctc"] + config["framed"] * parts["frames"]).backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.averaged.update()
        return parts


@torch.no_grad()
def error_rate(model: Recogniser, store: ResidentStore, index: Tensor) -> float:
    """Share of units of these utterances that are heard otherwise."""
    total, size = 0, 0
    for batch in _in_order(store, index):
        told = model(centred(normalise(log_mel(batch.wave, store.spec), store.spec)))
        steps = steps_of(batch.frames).clamp(max=told.shape[1])
        edits, count = wrong(told, steps, units(batch.tokens[0], batch.tokens[1]))
        total, size = total + edits, size + count
    return total / max(1, size)


def _in_order(store: ResidentStore, index: Tensor) -> Iterator[Batch]:
    for part in index[store.frames[index].argsort()].split(16):
        yield store.batch(part)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.recogniser", description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--store", type=Path, required=True, help="folder of teacher_*.npz and corpus_*.npz, labelled")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("overrides", nargs="*")
    options = parser.parse_args()
    config = load_config(options.config, options.overrides)
    torch.manual_seed(config["seed"])
    spec = AudioSpec()
    shards = [path for name in ("teacher", "corpus") for path in sorted(options.store.glob(f"{name}_*.npz"))]
    store = ResidentStore(Store.load(shards), spec, options.device)
    total = int((store.sources == SOURCES.index("teacher")).sum())  # they stand in front
    held = torch.arange(total - min(config["held_out"], total // 10 + 1), total, device=options.device)
    weights = store.drawing_weights(config["teacher_share"])
    weights[held] = 0
    generator = torch.Generator().manual_seed(config["seed"])
    sampler = BucketSampler(store.frames, weights, config["batch_frames"], generator)
    learner = _Learner(config, store)
    run = Run(options.out, config["steps"], config["seconds"])
    while run.progress < 1:
        warp = WARPS[int(torch.randint(len(WARPS), (1,), generator=generator))]
        figures = learner.step(store.batch(sampler.draw(), warp), cosine_rate(run.progress, config["rate"], 1e-5, 0.05))
        run.step += 1
        run.note(config["note_every"], figures)
    model = learner.model.eval()
    model.load_state_dict(learner.averaged.weights)
    save_file(pack(model.state_dict()), options.out / f"{config['kind']}.safetensors")
    figures_now = {"teacher": round(error_rate(model, store, held), 4)}
    if dev := sorted(options.store.glob("dev_*.npz")):
        people = ResidentStore(Store.load(dev), spec, options.device)
        for place, language in enumerate(("zh", "en")):
            index = torch.nonzero(people.languages == place)[:, 0]
            figures_now[f"dev_{language}"] = round(error_rate(model, people, index), 4)
    run.write(figures_now)
    print(figures_now)


if __name__ == "__main__":
    main()
