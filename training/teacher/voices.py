"""Blended teacher voices: any number of speakers inside the space of the published ones."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.teacher.network import STYLE_ROWS, TIMBRE_DIMENSIONS

#: First letter of a voice's file -> the language it was made for; second letter: f or m.
#: (none speaks Korean: the Japanese are nearest to its rhythm).
_LANGUAGE_LETTERS = {"zh": "z", "en": "ab", "ja": "j", "ko": "j"}
#: Speaks in whispers, and so would half of each blend with it.
_WHISPERING = {"af_nicole"}


@dataclass(frozen=True)
class Voices:
    """names (V,), styles (V, 510, 256): one row for each number of tokens."""

    names: tuple[str, ...]
    styles: np.ndarray

    @classmethod
    def load(cls, path: Path) -> "Voices":
        """From the folder of `*.bin` in the npm package kokoro-js, or an `.npz` packed from it."""
        if path.suffix == ".npz":
            with np.load(path) as arrays:
                return cls(tuple(arrays["names"]), arrays["styles"].astype(np.float32))
        files = sorted(path.glob("*.bin"))
        styles = [np.fromfile(file, np.float32).reshape(STYLE_ROWS, 2 * TIMBRE_DIMENSIONS) for file in files]
        return cls(tuple(file.stem for file in files), np.stack(styles))

    def pack(self, path: Path) -> None:
        np.savez_compressed(path, names=np.array(self.names), styles=self.styles.astype(np.float16))

    def blend(self, seed: int) -> "Blend":
        """Speaker number `seed`: timbre of two or three voices near one of them, prosody chosen apart by language.

        Weights follow Beta(.7, .7), since the middle of all voices sounds alike.
        """
        rng = np.random.default_rng(seed)
        gender = "fm"[int(rng.random() < 0.5)]
        pool = [i for i, name in enumerate(self.names) if name not in _WHISPERING]
        same = [i for i in pool if self.names[i][1] == gender]
        pool = same if rng.random() < 0.9 else pool
        timbre = self._weights(rng, pool)
        prosody = {}
        for language, letters in _LANGUAGE_LETTERS.items():
            native = [i for i in same if self.names[i][0] in letters]
            prosody[language] = self._weights(rng, native if native and rng.random() < 0.8 else pool)
        return Blend(f"blend_{seed:05d}", gender, timbre, prosody)

    def _weights(self, rng: np.random.Generator, pool: list[int]) -> np.ndarray:
        weights = np.zeros(len(self.names), np.float32)
        count = min(len(pool), 2 + int(rng.random() < 0.3))
        chosen = rng.choice(pool, count, replace=False)
        share = rng.beta(0.7, 0.7)
        weights[chosen[0]] = share
        if count > 1:
            rest = rng.dirichlet(np.ones(count - 1))
            weights[chosen[1:]] = (1 - share) * rest
        return weights / weights.sum()

    def style(self, blend: "Blend", language: str, count: int) -> np.ndarray:
        """(1, 256) style of a blend for a text of `count` teacher tokens."""
        row = self.styles[:, min(count, STYLE_ROWS) - 1]
        timbre = blend.timbre @ row[:, :TIMBRE_DIMENSIONS]
        prosody = blend.prosody[language] @ row[:, TIMBRE_DIMENSIONS:]
        return np.concatenate([timbre, prosody])[None].astype(np.float32)


@dataclass(frozen=True)
class Blend:
    """One made speaker: weights over the published voices, (V,) each."""

    name: str
    gender: str
    timbre: np.ndarray
    prosody: dict[str, np.ndarray]
