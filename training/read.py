"""Read texts into tokens: the teacher's (`--texts`, tab-separated language, text, …) or the corpus's (`--corpus`).

python -m training.read --texts texts.tsv --out readings.npz
python -m training.read --corpus CORPUS --out corpus_readings.npz
"""

import argparse
import csv
import re
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from tqdm import tqdm

from training.readings import Readings, token_array
from tts.errors import YinseError
from tts.text.frontend import read

_LONGEST = 10_000


def _array(job: tuple[str, str, str]) -> tuple[str, np.ndarray | None]:
    key, language, text = job
    try:
        reading = read(text, language, longest=_LONGEST)
    except YinseError:
        return key, None
    return key, None if reading.unsayable else token_array(reading)


def _texts(path: Path) -> Iterator[tuple[str, str, str]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            language, text = line.rstrip("\n").split("\t")[:2]
            yield f"{number:06d}", language, text


def _corpus(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Mandarin and English rows; `{kong2}` is inline pinyin. Short clips of one syllable keep their mark."""
    with (folder / "metadata.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["lang"] in ("zh", "en") and row["text"]:
                text = re.sub(r"^\{(.+)\}$", r"[字]{\1}", row["text"])
                yield row["utt"], row["lang"], text


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.read", description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--texts", type=Path)
    source.add_argument("--corpus", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    jobs = list(_texts(options.texts) if options.texts else _corpus(options.corpus))
    with Pool(options.processes) as pool:
        found = tqdm(pool.imap(_array, jobs, chunksize=64), total=len(jobs), mininterval=5)
        rows = [(key, tokens) for key, tokens in found if tokens is not None]
    Readings.collect(rows).save(options.out)


if __name__ == "__main__":
    main()
