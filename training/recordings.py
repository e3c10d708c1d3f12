"""The recordings of the corpus, clip by clip, as they are in its archives."""

import csv
import io
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import soundfile

#: Sets of actors: ravdess with eight emotions, crema with happy and sad.
ACTED: Final = ("ravdess", "crema")
Row = dict[str, str]


def read_rows(corpus: Path, splits: Sequence[str] = ("train", "dev")) -> list[Row]:
    """The rows of `metadata.tsv`."""
    with (corpus / "metadata.tsv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if row["split"] in splits]


def read_waves(corpus: Path, rows: Sequence[Row]) -> Iterator[tuple[Row, np.ndarray]]:
    """The rows in the order of the archives, each with its wave (samples,) at 24 kHz."""
    wanted = {f"{row['set']}/{row['utt']}.opus": row for row in rows}
    for shard in sorted({row["shard"] for row in rows}):
        with tarfile.open(corpus / shard) as archive:
            for member in archive:
                row, file = wanted.get(member.name.removeprefix("./")), archive.extractfile(member)
                if row and file:
                    yield row, soundfile.read(io.BytesIO(file.read()), dtype="float32")[0]
