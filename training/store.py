"""Utterances as flat arrays: what the teacher and the corpus are turned into, and what the trainers keep on the GPU."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

SOURCES = ("teacher", "recording")


@dataclass
class Utterance:
    """wave (frames * hop,) int16 at 24 kHz; f0 (frames,) Hz, 0 unvoiced; tokens (4, L); durations (L,) frames.

    Durations of an utterance that is not aligned are all 0. `speaker` is a name; emotion is (8,).
    """

    wave: np.ndarray
    f0: np.ndarray
    tokens: np.ndarray
    durations: np.ndarray
    speaker: str
    key: str
    language: int
    source: int
    bandwidth_hz: float
    snr_db: float
    emotion: np.ndarray


@dataclass
class Store:
    """Many utterances end to end. `wave_starts`, `token_starts` are (N + 1,); the rest has a row an utterance."""

    wave: np.ndarray
    f0: np.ndarray
    tokens: np.ndarray
    durations: np.ndarray
    wave_starts: np.ndarray
    token_starts: np.ndarray
    speakers: np.ndarray
    keys: np.ndarray
    languages: np.ndarray
    sources: np.ndarray
    bandwidths: np.ndarray
    snrs: np.ndarray
    emotions: np.ndarray

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def seconds(self) -> float:
        return len(self.wave) / 24000

    @classmethod
    def collect(cls, utterances: Sequence[Utterance]) -> "Store":
        def starts(lengths: list[int]) -> np.ndarray:
            return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)

        return cls(
            wave=np.concatenate([u.wave for u in utterances]).astype(np.int16),
            f0=np.concatenate([u.f0 for u in utterances]).astype(np.float16),
            tokens=np.concatenate([u.tokens for u in utterances], 1).astype(np.uint8),
            durations=np.concatenate([u.durations for u in utterances]).astype(np.int16),
            wave_starts=starts([len(u.wave) for u in utterances]),
            token_starts=starts([u.tokens.shape[1] for u in utterances]),
            speakers=np.array([u.speaker for u in utterances]),
            keys=np.array([u.key for u in utterances]),
            languages=np.array([u.language for u in utterances], np.int64),
            sources=np.array([u.source for u in utterances], np.int64),
            bandwidths=np.array([u.bandwidth_hz for u in utterances], np.float32),
            snrs=np.array([u.snr_db for u in utterances], np.float32),
            emotions=np.stack([u.emotion for u in utterances]).astype(np.float32),
        )

    def save(self, path: Path) -> None:
        """Written beside and renamed, so that a stopped run leaves no half shard."""
        half = path.with_suffix(".tmp.npz")
        np.savez(half, **{field.name: getattr(self, field.name) for field in fields(self)})
        half.rename(path)

    @classmethod
    def load(cls, paths: Sequence[Path]) -> "Store":
        """Shards joined in the order given."""
        shards = []
        for path in paths:
            with np.load(path) as arrays:
                shards.append({field.name: arrays[field.name] for field in fields(cls)})
        joined = {}
        for field in fields(cls):
            parts = [shard[field.name] for shard in shards]
            if field.name.endswith("_starts"):
                ends = np.cumsum([0] + [part[-1] for part in parts])
                parts = [part[:-1] + end for part, end in zip(parts, ends, strict=False)] + [ends[-1:]]
            joined[field.name] = np.concatenate(parts, 1 if field.name == "tokens" else 0)
        return cls(**joined)
