"""The network that hears which reading of a polyphone a sentence wants, in numpy: a sentence in, scores out.

Two recurrent readers over the characters. The wide one (two bidirectional GRU layers) starts from the encoder of LAC,
a model of words and their classes (Jiao, Sun and Sun, "Chinese Lexical Analysis with Deep Bi-GRU-CRF Network", 2018);
the narrow one (a bidirectional LSTM) is that of g2pM (Park and Lee, Interspeech 2020). `training/polyphones` makes the
weights, and docs/polyphones.md says how well they read.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from safetensors import safe_open

Array = npt.NDArray[np.float32]

#: Characters to each side of the one that is read, whose embeddings the wide reader sees directly.
REACH: Final = 2
#: What stands before and after the sentence for the narrow reader, as g2pM has it.
_START, _END, _UNKNOWN = "\ufdd0", "\ufdd1", "\ufdd2"


class Network:
    """Reads its weights once; is the same for every sentence."""

    def __init__(self, tensors: Mapping[str, npt.NDArray[Any]], candidates: Mapping[str, tuple[str, ...]]) -> None:
        """`tensors` as `training.polyphones.export` writes them; `candidates`: the readings of each polyphone, in
        the order of the rows of `readings.weight`."""
        self.candidates = candidates
        self.weights: Array = tensors["weights"]
        self._tensors = {name: tensor.astype(np.float32) for name, tensor in tensors.items()}
        self._wide_ids, self._narrow_ids = (
            dict(zip(map(chr, tensors[f"{reader}.characters"]), tensors[f"{reader}.rows"].tolist(), strict=True))
            for reader in ("wide", "narrow")
        )
        ends = np.cumsum([0, *map(len, candidates.values())])
        self._rows = {character: slice(*ends) for character, ends in zip(candidates, pairwise(ends), strict=True)}

    @classmethod
    def from_pretrained(cls, path: Path) -> "Network":
        """Raises OSError where the file is missing."""
        with safe_open(path, "numpy") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            candidates = (row.split("=") for row in file.metadata()["candidates"].split(" "))
        return cls(tensors, {character: tuple(readings.split(",")) for character, readings in candidates})

    def scores(self, text: str, places: Sequence[int]) -> Iterator[tuple[Array, Array]]:
        """Log probabilities of the candidates at each of `places`, by the wide and by the narrow reader, (C,) each."""
        wide, narrow = self._wide(text, places), self._narrow(text, places)
        for place, seen, heard in zip(places, wide, narrow, strict=True):
            rows = self._rows[text[place]]
            first = self._tensors["readings.weight"][rows] @ seen + self._tensors["readings.bias"][rows]
            second = self._tensors["syllables.weight"][rows] @ heard + self._tensors["syllables.bias"][rows]
            yield _log_softmax(first), _log_softmax(second)

    def _wide(self, text: str, places: Sequence[int]) -> Array:
        """(places, H)"""
        net = self._tensors
        ids = [self._wide_ids.get(letter, 0) for letter in text]
        embedded = net["wide.embedding"][ids]
        heard = _gru(_gru(embedded, net, "wide.0"), net, "wide.1")
        padded = np.pad(embedded, ((REACH, REACH), (0, 0)))
        around = [padded[np.array(places) + shift] for shift in range(2 * REACH + 1)]
        joined = np.concatenate([heard[list(places)], *around], axis=1)
        hidden: Array = np.tanh(_rows(joined, net["wide.hidden.weight"]) + net["wide.hidden.bias"])
        return hidden

    def _narrow(self, text: str, places: Sequence[int]) -> Array:
        """(places, H)"""
        net = self._tensors
        known = self._narrow_ids
        ids = [known.get(letter, known[_UNKNOWN]) for letter in (_START, *text, _END)]
        heard = _lstm(net["narrow.embedding"][ids], net, "narrow.0")[[place + 1 for place in places]]
        hidden: Array = np.maximum(_rows(heard, net["narrow.hidden.weight"]) + net["narrow.hidden.bias"], 0)
        return hidden


def _gates(inputs: Array, net: Mapping[str, Array], name: str) -> Array:
    """(L, 2, 1, gates): what the inputs (L, D) ask of both directions, the second in reverse."""
    forth, back = net[f"{name}.inputs"]
    bias = net[f"{name}.bias"]
    return np.stack([_rows(inputs, forth) + bias[0], (_rows(inputs, back) + bias[1])[::-1]], axis=1)[:, :, None]


def _rows(inputs: Array, weight: Array) -> Array:
    """(L, D) @ (D, H), row by row: so small a product of matrices is done sooner than BLAS has woken its threads, and
    where all cores are busy it waits for them many times as long."""
    product: Array = (inputs[:, None] @ weight)[:, 0]
    return product


def _gru(inputs: Array, net: Mapping[str, Array], name: str) -> Array:
    """(L, D) -> (L, 2H). Gates in the order reset, update, new, as PyTorch has them."""
    hidden, bias = net[f"{name}.hidden"], net[f"{name}.hidden_bias"][:, None]
    size = hidden.shape[1]
    state = np.zeros((2, 1, size), np.float32)
    states = []
    for gates in _gates(inputs, net, name):
        own = state @ hidden + bias
        both = _sigmoid(gates[..., : 2 * size] + own[..., : 2 * size])
        new = np.tanh(gates[..., 2 * size :] + both[..., :size] * own[..., 2 * size :])
        state = new + both[..., size:] * (state - new)
        states.append(state[:, 0])
    return _both_ways(states)


def _lstm(inputs: Array, net: Mapping[str, Array], name: str) -> Array:
    """(L, D) -> (L, 2H). Gates in the order input, forget, cell, output, as PyTorch has them."""
    hidden = net[f"{name}.hidden"]
    size = hidden.shape[1]
    state, cell = np.zeros((2, 1, size), np.float32), np.zeros((2, 1, size), np.float32)
    states = []
    for gates in _gates(inputs, net, name):
        asked = gates + state @ hidden
        opened = _sigmoid(asked)
        cell = opened[..., size : 2 * size] * cell + opened[..., :size] * np.tanh(asked[..., 2 * size : 3 * size])
        state = opened[..., 3 * size :] * np.tanh(cell)
        states.append(state[:, 0])
    return _both_ways(states)


def _both_ways(states: Sequence[Array]) -> Array:
    rows = np.stack(states)
    return np.concatenate([rows[:, 0], rows[::-1, 1]], axis=1)


def _sigmoid(values: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-values)), np.float32)


def _log_softmax(values: Array) -> Array:
    shifted = values - values.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), np.float32)
