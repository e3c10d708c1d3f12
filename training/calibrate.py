"""Measure what the acoustic model's predictions lack against the recordings it learned from.

    python -m training.calibrate --config configs/training/acoustic.yaml --acoustic acoustic.pt --speaker speaker.pt \\
        --store DIR --out calibration.json

Lengths: their logs are predicted with a deviation, and the sum of the medians is too short, that of the means too long.
Mels and pitch: what is uncertain comes out near its mean, so their spread over time is too small (Toda and Tokuda
2007). Only recordings count, since people speak less evenly than the teacher; the languages weigh the same.
`--length-scale` and `--asked-snr-db` are not measured here: people whom the model has not met come out at the teacher's
pace, those of the training at their own, and how clean speech is to be asked for is a matter of what one wants.
"""

import argparse
import json
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from training.acoustic import band_mask, phone_batch, real_contours
from training.store import SOURCES
from training.trained import Trained, add_arguments
from tts.audio.features import log_mel, normalise
from tts.models.acoustic import Contours
from tts.models.acoustic.batch import CLEAN_SNR_DB
from tts.models.calibration import Calibration
from tts.models.convnext import length_mask
from tts.text.phones import LANGUAGES

#: Of the missing pitch, since some of a recording's spread may be the tracker's errors; how much was not measured.
_PITCH_SHARE = 0.5
_ROWS_A_BATCH = 12


@dataclass(frozen=True)
class Ratios:
    """Predicted over real, of one utterance: its length by medians and by means, spread of its bands and its pitch."""

    medians: float
    means: float
    mel: float
    pitch: float


@torch.no_grad()
def ratios(trained: Trained, index: Tensor) -> list[Ratios]:
    """Utterances by their index into the store -> what is predicted for each, over what is real."""
    model, spec = trained.model, trained.store.spec
    batch = trained.store.batch(index)
    voice = trained.references.voices(batch)
    real_log = log_mel(batch.wave, spec)
    real = normalise(real_log, spec)
    mask = length_mask(batch.frames, real.shape[2]).unsqueeze(1).float()
    condition, memory, heard = model.voice(voice)
    encoded = model.encode(phone_batch(batch), condition, memory, heard)
    mean, deviation = model.durations(encoded, batch.lengths, condition)
    spread = model.spread(encoded, batch.durations, real.shape[2])
    found = model.contours(spread, mask, condition)
    wanted = real_contours(batch, real_log, voice)
    made = model.decode(spread, mask, Contours(found.pitch, (found.voiced > 0).float(), found.energy), voice, condition)
    bands = band_mask(batch, spec)[:, :, 0] > 0
    rows = []
    for row in range(len(index)):
        frames, inner = int(batch.frames[row]), slice(1, int(batch.lengths[row]) - 1)
        voiced = wanted.voiced[row, :frames] > 0
        length = batch.durations[row, inner].sum()
        logs, variance = mean[row, inner], deviation[row, inner].exp().square()
        made_spread, real_spread = (mel[row, bands[row], :frames].std(1).mean() for mel in (made, real))
        found_pitch, real_pitch = (curve.pitch[row, :frames][voiced].std() for curve in (found, wanted))
        rows.append(
            Ratios(
                float((logs.exp() - 1).sum() / length),
                float(((logs + variance / 2).exp() - 1).sum() / length),
                float(made_spread / real_spread),
                float(found_pitch / real_pitch),
            )
        )
    return rows


def calibration(rows: dict[str, list[Ratios]]) -> Calibration:
    """From utterances by language; medians of each, languages alike."""

    def middle(name: str) -> float:
        return float(np.mean([np.nanmedian([getattr(row, name) for row in found]) for found in rows.values()]))

    short, long = middle("medians"), middle("means")
    skew = 0.5 * (1 - short) / max(long - short, 1e-3)
    return Calibration(
        length_skew=round(min(0.5, max(0.0, skew)), 3),
        mel_spread=round(1 / middle("mel"), 3),
        pitch_spread=round(1 + _PITCH_SHARE * (1 / middle("pitch") - 1), 3),
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.calibrate", description=__doc__)
    add_arguments(parser)
    parser.add_argument("--count", type=int, default=240, help="utterances a language")
    parser.add_argument("--length-scale", type=float, default=1.0, help="by how much lengths are to be stretched")
    parser.add_argument("--asked-snr-db", type=float, default=CLEAN_SNR_DB, help="how clean speech is to be asked for")
    parser.add_argument("--longest", type=int, default=800, help="frames of the longest utterance that counts")
    options = parser.parse_args()
    trained = Trained.load(options, teacher_share=0.0)
    store = trained.store
    aligned = torch.cat(trained.sampler.members).to(store.device)
    recorded = aligned[store.sources[aligned] == SOURCES.index("recording")]
    recorded = recorded[store.frames[recorded] <= options.longest]
    rows: dict[str, list[Ratios]] = {}
    for number, language in enumerate(LANGUAGES):
        members = recorded[store.languages[recorded] == number]
        chosen = members[torch.randperm(len(members), device=members.device)[: options.count]]
        if len(chosen):
            rows[language] = [row for part in chosen.split(_ROWS_A_BATCH) for row in ratios(trained, part)]
    if not rows:
        raise SystemExit(f"no aligned recording in {options.store}: run training.align first")
    found = replace(calibration(rows), length_scale=options.length_scale, asked_snr_db=options.asked_snr_db)
    options.out.write_text(json.dumps(vars(found), indent=2) + "\n", encoding="utf-8")
    print(options.out.read_text(encoding="utf-8"), end="")


if __name__ == "__main__":
    main()
