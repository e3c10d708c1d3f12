"""Trains the model of Mandarin polyphones, and measures it on sentences that it has not seen.

python -m training.polyphones --packages DIR --labelled DIR [--corpus metadata.tsv] --out runs/polyphones

`--packages`: what `python -m training.polyphones.packages DIR` has fetched. `--labelled`: `cpp_dev.sent` and
`cpp_dev.lb`. Writes a model without each fold, their figures (`report.json`), and the model of all sentences, which
`--install` puts into `tts/text/weights`. A lesson that is done is not taken again.
"""

import argparse
import csv
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.loop import load_config
from training.polyphones.learn import pretrain, tune, weigh
from training.polyphones.measure import Seen, measure, seen
from training.polyphones.network import Classes, PolyphoneNet
from training.polyphones.packages import Packages
from training.polyphones.phrases import contradicted, write
from training.polyphones.sentences import Labelled, balanced, folds, plain, read_labelled
from training.polyphones.teacher import taught, words
from tts.text.zh_polyphones import EVIDENCE, WEIGHTS, load

NAME = "zh_polyphones.safetensors"
PHRASES = "zh_phrases.tsv.gz"


class Training:
    """One run: its sources, its settings and its folder."""

    def __init__(self, packages: Packages, labelled: Sequence[Labelled], corpus: Path | None, config: Any, out: Path):
        self.labelled = labelled
        self.config = config
        self.out = out
        self.phrases = packages.phrases()
        narrow = packages.narrow()
        lines = list(packages.text()) + (list(_texts(corpus)) if corpus else [])
        self.texts = plain(lines, without=[sentence.text for sentence in labelled], longest=config["longest"])
        readings: dict[str, set[str]] = {}
        for sentence in labelled:
            known = narrow.polyphones.get(sentence.character, ())
            readings.setdefault(sentence.character, set(known)).add(sentence.reading)
        candidates = {letter: tuple(sorted(readings[letter])) for letter in sorted(readings)}
        letters = {letter for text in (*self.texts, *(s.text for s in labelled)) for letter in text}
        letters |= {letter for letter in narrow.characters if len(letter) == 1}
        torch.manual_seed(config["seed"])
        self.net = PolyphoneNet(Classes(candidates), packages.wide(), narrow, sorted(letters), config["hidden"])
        self.parts = folds(len(labelled), config["folds"], config["seed"])

    def first_lesson(self) -> None:
        path = self.out / "pretrained.pt"
        if not path.exists():
            config = self.config["lesson_1"]
            texts = balanced(taught(self.net, self.texts, self.phrases), config["enough"])
            entries = balanced(words(self.net, self.phrases), config["enough"])
            self.note(f"{len(texts)} sentences without labels, {len(entries)} words")
            pretrain(self.net, texts, entries, config, self.note)
            torch.save(self.net.state_dict(), path)
        self.pretrained = torch.load(path, weights_only=True)

    def second_lesson(self, name: str, without: int | None) -> Path:
        """A model that has learnt every labelled sentence but those of one fold."""
        folder = self.out / name
        labelled = [one for one, part in zip(self.labelled, self.parts, strict=True) if part != without]
        if not (folder / NAME).exists():
            self.note(name)
            self.net.load_state_dict(self.pretrained)
            tune(self.net, labelled, self.config["lesson_2"], self.note)
            self.net.save(folder / NAME, np.zeros(len(EVIDENCE), np.float32))
        wrong = contradicted(labelled, self.phrases)
        write(folder / PHRASES, self.phrases, self.net.classes.candidates, wrong)
        return folder

    def run(self) -> Path:
        """-> the folder of the model of all sentences."""
        self.first_lesson()
        unseen: list[Seen] = [None] * len(self.labelled)  # type: ignore[list-item]
        for fold in range(self.config["folds"]):
            model = load(self.second_lesson(f"fold{fold}", fold))
            for place in np.flatnonzero(self.parts == fold).tolist():
                unseen[place] = seen(model, self.labelled[place])
        report: dict[str, Any] = {"folds": []}
        for fold in range(self.config["folds"]):
            others = [one for one, part in zip(unseen, self.parts, strict=True) if part != fold]
            folder = self.out / f"fold{fold}"
            _reweigh(folder / NAME, self._weights(others))
            apart = [s for s, part in zip(self.labelled, self.parts, strict=True) if part == fold]
            report["folds"].append(measure(load(folder), apart))
            self.note(f"fold {fold}: {report['folds'][-1]}")
        total = sum(fold["sentences"] for fold in report["folds"])
        for key in report["folds"][0]:
            if key != "sentences":
                report[key] = round(sum(fold[key] * fold["sentences"] for fold in report["folds"]) / total, 4)
        final = self.second_lesson("all", None)
        weights = self._weights(unseen)
        _reweigh(final / NAME, weights)
        report["weights"] = dict(zip(EVIDENCE, map(float, weights.round(3)), strict=True))
        (self.out / "report.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
        self.note(json.dumps(report))
        return final

    def _weights(self, found: Sequence[Seen]) -> np.ndarray:
        beliefs = [self.config["beliefs"][name] for name in EVIDENCE]
        return weigh([one.features for one in found], [one.right for one in found], beliefs, self.config["penalty"])

    def note(self, line: str) -> None:
        print(line, flush=True)


def _reweigh(path: Path, weights: np.ndarray) -> None:
    from safetensors import safe_open
    from safetensors.numpy import save_file

    with safe_open(path, "numpy") as file:
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        notes = file.metadata()
    save_file(tensors | {"weights": weights.astype(np.float32)}, path, notes)


def _texts(corpus: Path) -> Iterator[str]:
    """The Mandarin texts of a corpus, as docs/training.md describes its metadata."""
    with corpus.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["lang"] == "zh":
                yield row["text"]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training.polyphones", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--labelled", type=Path, required=True)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--config", type=Path, default=Path("configs/training/polyphones.yaml"))
    parser.add_argument("--out", type=Path, default=Path("runs/polyphones"))
    parser.add_argument("--install", action="store_true", help="put the model of all sentences where the reader looks")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    labelled = read_labelled(options.labelled)
    training = Training(Packages(options.packages), labelled, options.corpus, load_config(options.config), options.out)
    final = training.run()
    if options.install:
        shutil.copytree(final, WEIGHTS, dirs_exist_ok=True)


if __name__ == "__main__":
    main()
