"""Take the noise out of a corpus, into a corpus of the same form: before its recordings are decoded for a training.

    python -m training.denoise --corpus CORPUS --out DIR [--below-snr 45] [--limit 20] [--processes 2]

Only recordings of the `train` split under that SNR are changed, and become Opus anew; the rest is copied. An archive
that is there already is passed over, so that a run that was stopped goes on where it was.
"""

import argparse
import csv
import io
import os
import tarfile
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.pool import Pool
from pathlib import Path
from typing import NamedTuple

import numpy as np
import soundfile

from tts.audio.denoise import denoise
from tts.audio.quality import report
from tts.audio.read import Clip

#: Noise of a target may fall further than that of a reference (`docs/denoising.md`): nobody is recognised by it.
_LIMIT_DB = 20.0
#: Of Opus in libsndfile: about 50 kbit/s, above what the recordings came in.
_COMPRESSION = 0.85

Row = dict[str, str]


class Denoised(NamedTuple):
    """An Opus file, and the SNR of what it holds."""

    content: bytes
    snr_db: float


def denoised(job: tuple[bytes, float]) -> Denoised | None:
    """A sound file and a limit in dB; None for a recording that comes back as it was."""
    content, limit_db = job
    given, rate = soundfile.read(io.BytesIO(content), dtype="float32")
    wave = denoise(given, rate, limit_db)
    if np.array_equal(wave, given):
        return None
    made = io.BytesIO()
    soundfile.write(made, wave.clip(-1, 1), rate, format="OGG", subtype="OPUS", compression_level=_COMPRESSION)
    return Denoised(made.getvalue(), report(Clip(wave, rate, 1, len(wave) / rate, rate / 2)).snr_db)


def denoise_archive(source: Path, target: Path, noisy: dict[str, Row], limit_db: float, pool: Pool) -> str:
    """Write `target`, whole or not at all, and what became of its recordings into their rows; returns that in words.

    `noisy`: name in the archive -> row of a recording that is to lose its noise.
    """
    half = target.with_suffix(".tmp")
    with tarfile.open(source) as archive:
        contents = {member.name: _content(archive, member) for member in archive if member.isfile()}
    chosen = {name: row for name in contents if (row := noisy.get(name.removeprefix("./")))}
    before, changed = [float(row["snr_db"]) for row in chosen.values()], 0
    with tarfile.open(half, "w") as written:
        jobs = ((contents[name], limit_db) for name in chosen)
        for (name, row), found in zip(chosen.items(), pool.imap(denoised, jobs, chunksize=4), strict=True):
            if found:
                changed += 1
                row["snr_db"] = f"{max(float(row['snr_db']), found.snr_db):.1f}"
            _put(written, name, found.content if found else contents[name])
        for name in sorted(contents.keys() - chosen.keys()):
            _put(written, name, contents[name])
    os.replace(half, target)
    told = f"{changed} of {len(contents)} denoised, {len(chosen) - changed} left as they were"
    if chosen:
        after = [float(row["snr_db"]) for row in chosen.values()]
        told += f", SNR of the noisy ones {np.mean(before):.1f} -> {np.mean(after):.1f} dB"
    return told


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    assert file is not None
    return file.read()


def _put(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _write(path: Path, rows: list[Row]) -> None:
    half = path.with_suffix(".tmp")
    with half.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, list(rows[0]), delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None
        )
        writer.writeheader()
        writer.writerows(rows)
    half.replace(path)


def denoise_corpus(corpus: Path, out: Path, below_snr_db: float, limit_db: float, pool: Pool) -> Iterator[str]:
    """-> a line for each archive that the corpus names, once it is done."""
    out.mkdir(parents=True, exist_ok=True)
    table = out / "metadata.tsv"
    rows = _read(table if table.exists() else corpus / "metadata.tsv")
    for shard in sorted({row["shard"] for row in rows}):
        if not (corpus / shard).exists():
            yield f"{shard}: not there; its rows stay as they are"
            continue
        if (out / shard).exists() and table.exists():
            yield f"{shard}: done before"
            continue
        noisy = {
            f"{row['set']}/{row['utt']}.opus": row
            for row in rows
            if row["shard"] == shard and row["split"] == "train" and float(row["snr_db"] or 99) < below_snr_db
        }
        told = denoise_archive(corpus / shard, out / shard, noisy, limit_db, pool)
        _write(table, rows)
        yield f"{shard}: {told}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.denoise", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--below-snr", type=float, default=45.0, metavar="DB", help="recordings with a lower SNR")
    parser.add_argument("--limit", type=float, default=_LIMIT_DB, metavar="DB", help="how far noise falls at most")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    if not (options.corpus / "metadata.tsv").is_file():
        parser.error(f"no metadata.tsv in {options.corpus}")
    if options.out.resolve() == options.corpus.resolve():
        parser.error("--out must be another folder than --corpus")
    with get_context("forkserver").Pool(options.processes) as pool:
        for told in denoise_corpus(options.corpus, options.out, options.below_snr, options.limit, pool):
            print(told, flush=True)


if __name__ == "__main__":
    main()
