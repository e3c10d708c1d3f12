"""Align the decoded corpus with a trained aligner and cut its edges; what fits badly keeps no durations.

    python -m training.align --aligner runs/aligner/checkpoint.pt --store DIR

What the aligner finds is written to `labels.npz` in the store; with `--labels` such a file takes its place, as for the
same recordings on another machine, or without their noise.
"""

import argparse
import json
from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.pool import Pool
from pathlib import Path

import numpy as np
import torch

from training.aligner import Aligner, align, centred
from training.labels import Label, load_labels, save_labels
from training.loop import earlier_weights
from training.resident import ResidentStore
from training.store import Store, Utterance
from training.teacher.speech import EDGE_FRAMES, frame_levels
from tts.audio.features import log_mel, normalise
from tts.audio.spec import AudioSpec
from tts.text.phones import BREAKS, PHONE_IDS

_WORST_SHARE = 0.04
_LONGEST_PHONE = 120
_PAUSE_BELOW_SPEECH_DB, _PAUSE_ABOVE_EDGES_DB = -20.0, 8.0


def _align(job: tuple[np.ndarray, np.ndarray]) -> Label | None:
    found = align(*job) if job[1].shape[1] > 2 else None
    return Label(*found) if found else None


def cut_edges(utterance: Utterance, hop: int) -> Utterance:
    """Leave `EDGE_FRAMES` of the silences in front and behind."""
    front = max(0, int(utterance.durations[0]) - EDGE_FRAMES)
    back = max(0, int(utterance.durations[-1]) - EDGE_FRAMES)
    end = len(utterance.f0) - back
    utterance.wave, utterance.f0 = utterance.wave[front * hop : end * hop], utterance.f0[front:end]
    utterance.durations[0] -= front
    utterance.durations[-1] -= back
    return utterance


def without_loud_pauses(utterance: Utterance, hop: int) -> Utterance:
    """Take out found pauses that are as loud as speech (reverberant rooms, hissing): their frames go to both sides."""
    levels = frame_levels(utterance.wave / 32768, hop)
    levels = levels - np.percentile(levels, 95)
    ends = np.cumsum(utterance.durations)
    front, back = levels[: ends[0]], levels[ends[-2] :]
    edges = np.concatenate([front, back])
    limit = max(_PAUSE_BELOW_SPEECH_DB, (float(edges.mean()) if len(edges) else -99.0) + _PAUSE_ABOVE_EDGES_DB)
    kept = np.ones(len(ends), bool)
    tokens, durations = utterance.tokens.copy(), utterance.durations.copy()
    for index in np.flatnonzero(tokens[0] == PHONE_IDS["pause"]):
        stretch = levels[ends[index] - durations[index] : ends[index]]
        if 0 < index < len(ends) - 1 and len(stretch) and stretch.mean() > limit:
            kept[index] = False
            half = durations[index] // 2
            durations[index - 1] += half
            durations[index + 1] += durations[index] - half
            tokens[3, index - 1] = BREAKS.index("word")
    utterance.tokens, utterance.durations = tokens[:, kept], durations[kept]
    return utterance


@torch.no_grad()
def find(raw: Store, model: Aligner, device: str, pool: Pool) -> dict[str, Label]:
    """Labels of the recordings by key, but of those that are too short for their text."""
    spec = AudioSpec()
    store = ResidentStore(raw, spec, device)
    jobs: list[tuple[np.ndarray, np.ndarray]] = [(np.zeros((0, 0)), np.zeros((4, 0)))] * len(raw)
    for part in store.frames.argsort().split(48):
        batch = store.batch(part)
        found = model(centred(normalise(log_mel(batch.wave, spec), spec))).half().cpu().numpy()
        for row, index in enumerate(part.tolist()):
            tokens = raw.tokens[:, raw.token_starts[index] : raw.token_starts[index + 1]]
            jobs[index] = (found[row, : int(batch.frames[row])].astype(np.float32), tokens)
    labels = pool.map(_align, jobs, chunksize=32)
    return {str(key): label for key, label in zip(raw.keys, labels, strict=True) if label}


def labelled(raw: Store, labels: Mapping[str, Label]) -> tuple[Store, dict[str, float]]:
    """The recordings with their labels, edges cut, and figures; the worst of them stay without."""
    hop = AudioSpec().hop
    known = [labels.get(str(key)) for key in raw.keys]
    scores = np.array([label.score for label in known if label])
    floor = float(np.quantile(scores, _WORST_SHARE)) if len(scores) else 0.0
    utterances, kept = [], 0
    for index, label in enumerate(known):
        start, end = raw.wave_starts[index], raw.wave_starts[index + 1]
        utterance = Utterance(
            raw.wave[start:end], raw.f0[start // hop : end // hop],
            raw.tokens[:, raw.token_starts[index] : raw.token_starts[index + 1]],
            raw.durations[raw.token_starts[index] : raw.token_starts[index + 1]],
            str(raw.speakers[index]), str(raw.keys[index]), int(raw.languages[index]), int(raw.sources[index]),
            float(raw.bandwidths[index]), float(raw.snrs[index]), raw.emotions[index],
        )  # fmt: skip
        if label and label.score >= floor and label.durations[1:-1].max() <= _LONGEST_PHONE:
            utterance.tokens, utterance.durations = label.tokens, label.durations.copy()
            utterance = cut_edges(without_loud_pauses(utterance, hop), hop)
            kept += 1
        utterances.append(utterance)
    return Store.collect(utterances), {"aligned": kept, "of": len(raw), "log_posterior_floor": floor}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.align", description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--aligner", type=Path)
    source.add_argument("--labels", type=Path, help="labels.npz of an earlier alignment, instead")
    parser.add_argument("--store", type=Path, required=True, help="folder of raw_*.npz; corpus_*.npz are written there")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    model, kept = None, options.labels or options.store / "labels.npz"
    labels = load_labels(kept) if options.labels or kept.exists() else {}
    if options.aligner:
        model = Aligner().to(options.device).eval()
        model.load_state_dict(earlier_weights(options.aligner, options.device)["model"])
    with get_context("forkserver").Pool(options.processes if model else 1) as pool:
        for path in sorted(options.store.glob("raw_*.npz")):
            target = path.with_name(path.name.replace("raw_", "corpus_"))
            if target.exists():
                continue
            raw = Store.load([path])
            if model:
                labels |= find(raw, model, options.device, pool)
                save_labels(kept, labels)
            store, figures = labelled(raw, labels)
            store.save(target)
            with (options.store / "align.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps({"shard": path.name, **figures}) + "\n")


if __name__ == "__main__":
    main()
