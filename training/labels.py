"""What the aligner found in recordings: phones and their lengths by key, to be used again on any copy of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Label:
    """tokens (4, L), durations (L,) in frames of the whole clip, the mean log posterior of the phones."""

    tokens: np.ndarray
    durations: np.ndarray
    score: float


def save_labels(path: Path, labels: Mapping[str, Label]) -> None:
    """Written beside and renamed, so that a stopped run leaves no half file."""
    rows = list(labels.values())
    half = path.with_suffix(".tmp.npz")
    np.savez_compressed(
        half,
        keys=np.array(list(labels)),
        lengths=np.array([len(row.durations) for row in rows], np.int64),
        tokens=np.concatenate([np.zeros((4, 0), np.uint8), *(row.tokens for row in rows)], 1).astype(np.uint8),
        durations=np.concatenate([np.zeros(0), *(row.durations for row in rows)]).astype(np.int16),
        scores=np.array([row.score for row in rows], np.float32),
    )
    half.rename(path)


def load_labels(path: Path) -> dict[str, Label]:
    """Key of the recording -> its label."""
    with np.load(path) as arrays:
        ends = np.cumsum(arrays["lengths"])
        tokens, durations = (np.split(arrays[name], ends, -1)[:-1] for name in ("tokens", "durations"))
        parts = zip(arrays["keys"].tolist(), tokens, durations, arrays["scores"].tolist(), strict=True)
        return {key: Label(phones, lengths.astype(np.int64), score) for key, phones, lengths, score in parts}
