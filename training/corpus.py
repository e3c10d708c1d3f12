"""Decode the corpus into a store: every train row but the non-commercial set, and the dev rows apart.

python -m training.corpus --corpus CORPUS --readings corpus_readings.npz --out DIR
"""

import argparse
import csv
import io
import tarfile
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import soundfile

from training.readings import Readings
from training.store import SOURCES, Store, Utterance
from tts.audio.pitch import track
from tts.audio.spec import AudioSpec
from tts.text.phones import LANGUAGES, PHONE_IDS

#: Our order of emotions; the corpus marks a strong one with a plus.
_EMOTIONS = ("happy", "angry", "sad", "afraid", "disgusted", "melancholic", "surprised", "calm")
_PLAIN_WEIGHT, _STRONG_WEIGHT = 0.6, 1.0
_ROWS_A_SHARD = 1500

Row = dict[str, str]


def emotion_vector(mark: str) -> np.ndarray:
    """'happy+' -> (8,); nothing and neutral are the zero vector."""
    vector = np.zeros(8, np.float32)
    name = mark.rstrip("+")
    if name in _EMOTIONS:
        vector[_EMOTIONS.index(name)] = _STRONG_WEIGHT if mark.endswith("+") else _PLAIN_WEIGHT
    return vector


def _decode(job: tuple[Row, bytes, np.ndarray | None]) -> Utterance | None:
    row, data, tokens = job
    spec = AudioSpec()
    try:
        wave, rate = soundfile.read(io.BytesIO(data), dtype="float32")
    except soundfile.LibsndfileError:
        return None
    if rate != spec.sample_rate or len(wave) < 30 * spec.hop:
        return None
    wave = wave[: len(wave) // spec.hop * spec.hop]
    if tokens is None:
        tokens = np.array([[PHONE_IDS["edge"]], [0], [LANGUAGES.index(row["lang"])], [0]], np.uint8)
    return Utterance(
        wave=(wave.clip(-1, 1) * 32767).astype(np.int16),
        f0=track(wave, spec).f0_hz,
        tokens=tokens,
        durations=np.zeros(tokens.shape[1], np.int64),
        speaker=row["speaker"],
        key=row["utt"],
        language=LANGUAGES.index(row["lang"]),
        source=SOURCES.index("recording"),
        bandwidth_hz=min(12000.0, float(row["bandwidth_hz"] or 8000)),
        snr_db=float(row["snr_db"] or 30),
        emotion=emotion_vector(row["emotion"]),
    )


def _jobs(corpus: Path, rows: Sequence[Row], readings: Readings | None) -> list[tuple[Row, bytes, np.ndarray | None]]:
    place = {key: index for index, key in enumerate(readings.keys.tolist())} if readings else {}
    wanted: dict[str, dict[str, Row]] = {}
    for row in rows:
        wanted.setdefault(row["shard"], {})[f"{row['set']}/{row['utt']}.opus"] = row
    jobs = []
    for shard, members in wanted.items():
        with tarfile.open(corpus / shard) as archive:
            for member in archive:
                name = member.name.removeprefix("./")
                if name in members and (file := archive.extractfile(member)):
                    row = members[name]
                    tokens = readings[place[row["utt"]]] if readings and row["utt"] in place else None
                    jobs.append((row, file.read(), tokens))
    return jobs


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.corpus", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--readings", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--without", nargs="*", default=["ravdess"], help="sets whose train rows are left out")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with (options.corpus / "metadata.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    readings = Readings.load(options.readings)
    parts = {
        "raw": [r for r in rows if r["split"] == "train" and r["set"] not in options.without],
        "dev": [r for r in rows if r["split"] == "dev"],
    }
    with get_context("forkserver").Pool(options.processes) as pool:
        for name, chosen in parts.items():
            found = pool.map(_decode, _jobs(options.corpus, chosen, readings), chunksize=32)
            utterances = [utterance for utterance in found if utterance is not None]
            for number, start in enumerate(range(0, len(utterances), _ROWS_A_SHARD)):
                shard = utterances[start : start + _ROWS_A_SHARD]
                Store.collect(shard).save(options.out / f"{name}_{number:03d}.npz")


if __name__ == "__main__":
    main()
