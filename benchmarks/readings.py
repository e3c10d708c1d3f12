"""How often texts are read right, beside other packages on the same cases.

python -m benchmarks.readings [--peers PYTHON] [--labelled DIR [--folds runs/polyphones]] [--json]

Three comparisons: readings of Mandarin syllables and words of numbers and signs on the golden cases (which are ours,
so that the first column says only that they pass), and labelled polyphones of the CPP data set. There ours is
measured fold by fold with models that have not seen the fold; without `--folds` it is left out.

The other packages live in an environment of their own:
python -m venv .peers && .peers/bin/pip install pypinyin g2pM wetext
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tts.errors import TextError
from tts.text.frontend import read
from tts.text.letters import is_han
from tts.text.reading import Reading
from tts.text.syllables import parse

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests/text/golden"


@dataclass(frozen=True)
class Case:
    """A golden case: a text, what it becomes in words, and how it is said."""

    text: str
    normalized: str
    said: str


@dataclass(frozen=True)
class Peers:
    """The environment of the other packages; None leaves their columns empty."""

    python: Path | None

    def answers(self, job: str, texts: Sequence[str]) -> list[Any] | None:
        """Raises SystemExit with a clear sentence where the environment does not work."""
        if self.python is None:
            return None
        command = [str(self.python), str(ROOT / "benchmarks/peers.py"), job]
        try:
            done = subprocess.run(command, input="".join(f"{text}\n" for text in texts), capture_output=True, text=True)
        except OSError as error:
            raise SystemExit(f"{self.python} cannot be started: {error}") from None
        if done.returncode:
            raise SystemExit(f"{job} failed in {self.python}:\n{done.stderr.strip()[-600:]}\n\n{__doc__}")
        return [json.loads(line) for line in done.stdout.splitlines()]


def cases(language: str) -> list[Case]:
    with (GOLDEN / f"{language}.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    plain = [row for row in rows if not set(row["text"]) & set("[]{}<>|")]
    return [
        Case(row["text"], row["text"] if row["normalized"] == "=" else row["normalized"], row["said"]) for row in plain
    ]


def golden_syllables(said: str) -> list[str]:
    """The Mandarin syllables of a golden case, in its own spelling; words in capitals are English."""
    words = (word for segment in said.split(" // ") for word in segment.split(" / "))
    return [syllable for word in words if word == word.lower() for syllable in word.split("-")]


def spelled(pinyin: str) -> str:
    """A syllable as the golden cases spell it."""
    found = parse(pinyin)
    return "".join(found.display()) if found else pinyin


def syllables_right(cases_: Sequence[Case], answers: Sequence[Sequence[str | None]], *, sandhi: bool) -> float:
    """Share of syllables. Without `sandhi`, a third tone stands for a second, and 一 and 不 have any tone."""
    right = total = 0
    for case, answer in zip(cases_, answers, strict=True):
        wanted = golden_syllables(case.said)
        written = [character for character in case.normalized if is_han(character)]
        total += len(wanted)
        found = [spelled(one) for one in answer if one]
        if len(found) != len(wanted):
            matcher = SequenceMatcher(None, wanted, found, autojunk=False)
            right += sum(block.size for block in matcher.get_matching_blocks())
            continue
        for character, want, have in zip(written, wanted, found, strict=False):
            free = not sandhi and (character in "一不" or (want[-1] == "2" and have[-1] == "3"))
            right += want == have or (free and want[:-1] == have[:-1])
    return right / total


def same_words(one: str, other: str) -> bool:
    """Whether two texts have the same words: spaces, marks and capitals apart."""
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def pinyin_at(reading: Reading, text: str, place: int) -> str | None:
    """The dictionary reading of the character at `place` of `text`."""
    letters: list[tuple[str, str | None]] = []
    for segment in reading.segments:
        for word in segment.words:
            found = word.pinyin if word.pinyin and len(word.pinyin) == len(word.text) else (None,) * len(word.text)
            letters += zip(word.text, found, strict=True)
    matcher = SequenceMatcher(None, text, "".join(letter for letter, _ in letters), autojunk=False)
    for block in matcher.get_matching_blocks():
        if block.a <= place < block.a + block.size:
            return letters[block.b + place - block.a][1]
    return None


def ours(text: str, language: str = "zh") -> Reading | None:
    try:
        return read(text, language)
    except TextError:
        return None


def polyphones(labelled: Path, folds: Path | None, peers: Peers) -> dict[str, float | None]:
    """Share of labelled polyphones right."""
    from training.polyphones.sentences import read_labelled

    sentences = read_labelled(labelled)
    texts = [sentence.text for sentence in sentences]
    table: dict[str, float | None] = {"ours": None}
    for job in ("pypinyin", "g2pm"):
        answers = peers.answers(job, texts)
        table[job] = None
        if answers is not None:
            right = [one[s.place] == s.reading for one, s in zip(answers, sentences, strict=True)]
            table[job] = sum(right) / len(right)
    if folds is not None:
        found = list(_unseen(folds, sentences))
        table["ours"] = sum(found) / len(found)
    return table


def _unseen(folds: Path, sentences: Sequence[Any]) -> Iterator[bool]:
    """Whether each sentence is read right, by the model that has not seen its fold."""
    from training.loop import load_config
    from training.polyphones.sentences import folds as parts_of
    from tts.text.zh_polyphones import load

    config = load_config(ROOT / "configs/training/polyphones.yaml")
    parts = parts_of(len(sentences), config["folds"], config["seed"])
    for fold in range(config["folds"]):
        with patch("tts.text.zh.polyphones", return_value=load(folds / f"fold{fold}")):
            for sentence, part in zip(sentences, parts.tolist(), strict=True):
                if part == fold:
                    reading = ours(sentence.text)
                    found = reading and pinyin_at(reading, sentence.text, sentence.place)
                    yield found == sentence.reading.replace("r5", "er5")


def readings(peers: Peers) -> dict[str, dict[str, float | None]]:
    """Syllables of the Mandarin golden cases, read from text that is already in words."""
    chosen = [case for case in cases("zh") if golden_syllables(case.said)]
    texts = [case.normalized for case in chosen]
    own = [[s for one in _said(ours(text)) for s in one] for text in texts]
    table: dict[str, dict[str, float | None]] = {}
    for name, sandhi in (("as said, sandhi included", True), ("sandhi apart", False)):
        row: dict[str, float | None] = {"ours": syllables_right(chosen, own, sandhi=sandhi)}
        for column, job in (("pypinyin", "pypinyin-sandhi" if sandhi else "pypinyin"), ("g2pm", "g2pm")):
            answers = peers.answers(job, texts)
            row[column] = None if answers is None else syllables_right(chosen, answers, sandhi=sandhi)
        table[name] = row
    return table


def _said(reading: Reading | None) -> Iterable[list[str]]:
    """Each Mandarin word's syllables as pinyin with the tone that is said."""
    for segment in reading.segments if reading else ():
        for word in segment.words:
            if word.language == "zh":
                yield _joined(word.phones)


def _joined(phones: Sequence[str]) -> list[str]:
    syllables, current = [], ""
    for phone in phones:
        current += phone
        if phone[-1].isdigit():
            syllables.append(current)
            current = ""
    return syllables


def normalizing(peers: Peers) -> dict[str, dict[str, float | None]]:
    """Cases whose text is not yet in words."""
    table: dict[str, dict[str, float | None]] = {}
    for language in ("zh", "en"):
        chosen = [case for case in cases(language) if not same_words(case.text, case.normalized)]
        texts = [case.text for case in chosen]
        own = [reading.normalized if (reading := ours(text, language)) else "" for text in texts]
        answers = peers.answers(f"wetext-{language}", texts)
        table[f"{language}, {len(chosen)} cases"] = {
            "ours": _share(chosen, own),
            "wetext": None if answers is None else _share(chosen, answers),
        }
    return table


def _share(chosen: Sequence[Case], answers: Sequence[str]) -> float:
    pairs = zip(chosen, answers, strict=True)
    return sum(same_words(case.normalized, answer) for case, answer in pairs) / len(chosen)


def shown(title: str, table: dict[str, dict[str, float | None]]) -> str:
    columns = list(next(iter(table.values())))
    lines = [f"| {title} | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, row in table.items():
        values = ("–" if row[column] is None else f"{row[column]:.4f}" for column in columns)
        lines.append(f"| {name} | " + " | ".join(values) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.readings", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", type=Path, help="the Python that has pypinyin, g2pM and wetext")
    parser.add_argument("--labelled", type=Path, help="folder with cpp_dev.sent and cpp_dev.lb")
    parser.add_argument("--folds", type=Path, help="what python -m training.polyphones has written")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    peers = Peers(options.peers)
    if options.peers is None:
        print(
            "Without --peers PYTHON the other packages' columns stay empty; --help says how to make one.",
            file=sys.stderr,
        )
    tables = {"syllables of the golden cases": readings(peers), "normalising of the golden cases": normalizing(peers)}
    if options.labelled:
        row = {"CPP, labelled polyphones": polyphones(options.labelled, options.folds, peers)}
        tables["polyphones"] = row
    print(json.dumps(tables, indent=1) if options.json else "\n\n".join(shown(*one) for one in tables.items()))


if __name__ == "__main__":
    main()
