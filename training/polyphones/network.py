"""The network of `tts.text.zh_network` as PyTorch trains it, and the way from one to the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from training.polyphones.packages import Narrow, Wide
from training.polyphones.sentences import Example
from tts.text.zh_network import REACH

#: g2pM's marks around a sentence and for an unknown character -> the ones that we keep in the file.
_MARKS = {"시": "\ufdd0", "끝": "\ufdd1", "<UNK>": "\ufdd2"}
_UNSEEN = -20.0


class Classes:
    """The readings of every polyphone, in one row."""

    def __init__(self, candidates: Mapping[str, tuple[str, ...]]) -> None:
        sizes = [len(readings) for readings in candidates.values()]
        self.candidates = candidates
        self.names = [reading for readings in candidates.values() for reading in readings]
        self.starts = dict(zip(candidates, accumulate(sizes, initial=0), strict=False))
        self.most = max(sizes)


@dataclass(frozen=True)
class Batch:
    """Texts (B, L) in both alphabets, and their N targets: row, place, classes (N, C), which count, and shares."""

    wide: Tensor
    narrow: Tensor
    lengths: Tensor
    row: Tensor
    place: Tensor
    classes: Tensor
    mask: Tensor
    shares: Tensor


class PolyphoneNet(nn.Module):
    def __init__(self, classes: Classes, wide: Wide, narrow: Narrow, letters: Sequence[str], hidden: int) -> None:
        """`letters`: the characters that the wide reader keeps of LAC's."""
        super().__init__()
        self.classes = classes
        rows = {row: number for number, row in enumerate(dict.fromkeys(_rows(wide, letters)))}
        found = [rows[row] for row in _rows(wide, letters)]
        self.wide_rows = dict(zip(("OOV", *letters), found, strict=True))
        self.narrow_rows = narrow.characters
        size = wide.tensors["embedding.weight"].shape[1]
        state = {name: torch.tensor(tensor) for name, tensor in wide.tensors.items()}
        self.embedding = nn.Embedding.from_pretrained(state.pop("embedding.weight")[list(rows)], freeze=False)
        self.recur = nn.GRU(size, size, 2, bidirectional=True, batch_first=True)
        self.recur.load_state_dict({name.removeprefix("recur."): tensor for name, tensor in state.items()})
        self.hidden = nn.Linear(size * (2 + 2 * REACH + 1), hidden)
        self.readings = nn.Linear(hidden, len(classes.names))
        nn.init.normal_(self.readings.weight, std=0.1)
        nn.init.zeros_(self.readings.bias)
        self.drop = nn.Dropout(0.2)
        self._take_narrow(narrow)

    def _take_narrow(self, narrow: Narrow) -> None:
        state = {name: torch.tensor(tensor).float() for name, tensor in narrow.tensors.items()}
        self.narrow_embedding = nn.Embedding.from_pretrained(state["embedding.weight"], freeze=False)
        size = state["lstm.weight_hh_l0"].shape[1]
        self.narrow_recur = nn.LSTM(state["embedding.weight"].shape[1], size, bidirectional=True, batch_first=True)
        self.narrow_recur.load_state_dict(
            {name.removeprefix("lstm."): tensor for name, tensor in state.items() if name.startswith("lstm.")}
        )
        self.narrow_hidden = nn.Linear(2 * size, state["logit_layer.0.bias"].shape[0])
        self.narrow_hidden.weight.data = state["logit_layer.0.weight"]
        self.narrow_hidden.bias.data = state["logit_layer.0.bias"]
        # g2pM has one row a syllable; here each polyphone has rows of its own, which start alike.
        names = self.classes.names
        self.syllables = nn.Linear(self.narrow_hidden.out_features, len(names))
        for row, name in enumerate(names):
            seen = narrow.syllables.get(name)
            self.syllables.weight.data[row] = 0 if seen is None else state["logit_layer.2.weight"][seen]
            self.syllables.bias.data[row] = _UNSEEN if seen is None else state["logit_layer.2.bias"][seen]

    @property
    def borrowed(self) -> list[nn.Parameter]:
        """What LAC has taught."""
        return [*self.embedding.parameters(), *self.recur.parameters()]

    @property
    def own(self) -> list[nn.Parameter]:
        return [*self.hidden.parameters(), *self.readings.parameters()]

    @property
    def narrow(self) -> list[nn.Parameter]:
        parts = (self.narrow_embedding, self.narrow_recur, self.narrow_hidden, self.syllables)
        return [parameter for part in parts for parameter in part.parameters()]

    def batch(self, examples: Sequence[Example]) -> Batch:
        texts = [text for text, _ in examples]
        lengths = torch.tensor([len(text) for text in texts])
        wide = np.zeros((len(texts), int(lengths.max())), np.int64)
        narrow = np.zeros((len(texts), int(lengths.max()) + 2), np.int64)
        unknown = self.narrow_rows["<UNK>"]
        for number, text in enumerate(texts):
            wide[number, : len(text)] = [self.wide_rows.get(letter, 0) for letter in text]
            known = [self.narrow_rows.get(letter, unknown) for letter in text]
            narrow[number, : len(text) + 2] = [self.narrow_rows["시"], *known, self.narrow_rows["끝"]]
        targets = [(number, target) for number, (_, found) in enumerate(examples) for target in found]
        classes = np.zeros((len(targets), self.classes.most), np.int64)
        mask = np.zeros(classes.shape, bool)
        shares = np.zeros(classes.shape, np.float32)
        for number, (row, target) in enumerate(targets):
            start, size = self.classes.starts[texts[row][target.place]], len(target.shares)
            classes[number, :size] = range(start, start + size)
            mask[number, :size] = True
            shares[number, :size] = target.shares
        return Batch(
            torch.from_numpy(wide), torch.from_numpy(narrow), lengths,
            torch.tensor([row for row, _ in targets]), torch.tensor([target.place for _, target in targets]),
            torch.from_numpy(classes), torch.from_numpy(mask), torch.from_numpy(shares),
        )  # fmt: skip

    def wide_scores(self, batch: Batch) -> Tensor:
        """(N, C) log probabilities."""
        embedded = self.embedding(batch.wide)
        heard = _run(self.recur, self.drop(embedded), batch.lengths)[batch.row, batch.place]
        padded = F.pad(embedded, (0, 0, REACH, REACH))
        around = [padded[batch.row, batch.place + shift] for shift in range(2 * REACH + 1)]
        hidden = self.drop(torch.tanh(self.hidden(self.drop(torch.cat([heard, *around], 1)))))
        return _log_softmax(_some(hidden, self.readings, batch.classes), batch.mask)

    def narrow_scores(self, batch: Batch) -> Tensor:
        """(N, C) log probabilities."""
        heard = _run(self.narrow_recur, self.narrow_embedding(batch.narrow), batch.lengths + 2)
        hidden = torch.relu(self.narrow_hidden(self.drop(heard[batch.row, batch.place + 1])))
        return _log_softmax(_some(hidden, self.syllables, batch.classes), batch.mask)

    def tensors(self) -> dict[str, np.ndarray]:
        """As `tts.text.zh_network.Network` takes them, but for the characters."""
        found = {
            "wide.embedding": self.embedding.weight, "narrow.embedding": self.narrow_embedding.weight,
            "wide.hidden.weight": self.hidden.weight.T, "wide.hidden.bias": self.hidden.bias,
            "narrow.hidden.weight": self.narrow_hidden.weight.T, "narrow.hidden.bias": self.narrow_hidden.bias,
            "readings.weight": self.readings.weight, "readings.bias": self.readings.bias,
            "syllables.weight": self.syllables.weight, "syllables.bias": self.syllables.bias,
        }  # fmt: skip
        for layer in range(2):
            found |= _both_ways(self.recur, layer, f"wide.{layer}")
        found |= _both_ways(self.narrow_recur, 0, "narrow.0")
        found["narrow.0.bias"] = found["narrow.0.bias"] + found.pop("narrow.0.hidden_bias")
        return {name: tensor.detach().numpy().astype(np.float16) for name, tensor in found.items()}

    def save(self, path: Path, weights: np.ndarray) -> None:
        """`weights`: what each kind of evidence counts, as `tts.text.zh_polyphones` names them."""
        tensors = self.tensors() | {"weights": weights.astype(np.float32)}
        for reader, rows in (("wide", self.wide_rows), ("narrow", self.narrow_rows)):
            known = {_MARKS.get(letter, letter): row for letter, row in rows.items()}
            known = {letter: row for letter, row in known.items() if len(letter) == 1}
            tensors[f"{reader}.characters"] = np.array(list(map(ord, known)), np.uint32)
            tensors[f"{reader}.rows"] = np.array(list(known.values()), np.uint16)
        candidates = " ".join(f"{letter}={','.join(names)}" for letter, names in self.classes.candidates.items())
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}
        save_file(rows, path, {"candidates": candidates})
        path.chmod(0o644)


def _rows(wide: Wide, letters: Sequence[str]) -> list[int]:
    """LAC's rows: unknown first, then those of `letters`."""
    unknown = wide.characters["OOV"]
    return [unknown, *(wide.characters.get(letter, unknown) for letter in letters)]


def _run(recur: nn.GRU | nn.LSTM, inputs: Tensor, lengths: Tensor) -> Tensor:
    packed = pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
    states: Tensor = pad_packed_sequence(recur(packed)[0], batch_first=True)[0]
    return states


def _some(hidden: Tensor, layer: nn.Linear, classes: Tensor) -> Tensor:
    """The layer's outputs for some classes (N, C) of each row (N, H)."""
    return (layer.weight[classes] * hidden[:, None]).sum(-1) + layer.bias[classes]


def _log_softmax(scores: Tensor, mask: Tensor) -> Tensor:
    return scores.masked_fill(~mask, -1e4).log_softmax(1)


def _both_ways(recur: nn.GRU | nn.LSTM, layer: int, name: str) -> dict[str, Tensor]:
    """Both directions as one tensor (2, …), matrices turned so that they stand on the right."""
    found = {}
    names = {"inputs": "weight_ih", "hidden": "weight_hh", "bias": "bias_ih", "hidden_bias": "bias_hh"}
    for ours, theirs in names.items():
        parts = [getattr(recur, f"{theirs}_l{layer}{end}") for end in ("", "_reverse")]
        found[f"{name}.{ours}"] = torch.stack([part.T if part.dim() == 2 else part for part in parts])
    return found
