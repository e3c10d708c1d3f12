"""Texts read into token ids once, on the machine that has the text front end; trainers see arrays only."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tts.text.phones import BREAKS, LANGUAGES, PAUSES, PHONE_IDS, TONE_IDS
from tts.text.reading import Reading


@dataclass(frozen=True)
class Readings:
    """keys (N,) names of the texts; tokens (4, T) uint8: phones, tones, languages, breaks; starts (N + 1,) into T."""

    keys: np.ndarray
    tokens: np.ndarray
    starts: np.ndarray

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, index: int) -> np.ndarray:
        """(4, L) of text `index`."""
        return self.tokens[:, self.starts[index] : self.starts[index + 1]]

    def save(self, path: Path) -> None:
        np.savez_compressed(path, keys=self.keys, tokens=self.tokens, starts=self.starts)

    @classmethod
    def load(cls, path: Path) -> "Readings":
        with np.load(path) as arrays:
            return cls(arrays["keys"], arrays["tokens"], arrays["starts"])

    @classmethod
    def collect(cls, rows: Iterable[tuple[str, np.ndarray]]) -> "Readings":
        """From (key, (4, L)) pairs."""
        keys, parts = zip(*rows, strict=True)
        starts = np.concatenate([[0], np.cumsum([part.shape[1] for part in parts])])
        return cls(np.array(keys), np.concatenate(parts, 1).astype(np.uint8), starts.astype(np.int64))


def token_array(reading: Reading) -> np.ndarray:
    """A reading as one (4, L): its segments joined, with one `edge` in front and the last mark at the end."""
    rows = []
    for index, segment in enumerate(reading.segments):
        for token in segment.tokens[1 if index else 0 :]:
            rows.append(
                (
                    PHONE_IDS[token.phone],
                    TONE_IDS[token.tone],
                    LANGUAGES.index(token.language),
                    BREAKS.index(token.break_after),
                )
            )
    return np.array(rows, np.uint8).T


def is_pause(phones: np.ndarray) -> np.ndarray:
    """Which phone ids are silences."""
    return phones < len(PAUSES)
