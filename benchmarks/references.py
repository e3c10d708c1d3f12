"""What the report on a reference finds, measured on recordings: `python -m benchmarks.references CORPUS [PART …]`.

Parts: reverberation, length, strangers, speakers; all of them if none is named. CORPUS is a folder such as that of
`training/denoise`, with `metadata.tsv` and tars. `docs/references.md` says what the figures mean.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.signal import fftconvolve
from tqdm import tqdm

from tts.audio.quality import RINGING_SECONDS, active_frames, level
from tts.audio.reverberation import reverberation
from tts.audio.spec import AudioSpec
from tts.settings import load_settings
from tts.speakers import parted, strangers, windows
from tts.synthesizer import Synthesizer

Floats = NDArray[np.float32]

RATE: Final = AudioSpec.sample_rate
ROOMS: Final = (0.0, 0.2, 0.4, 0.8, 1.2)
LENGTHS: Final = (3, 6, 12, 20)
ROOM_SETS: Final = ("kathleen", "ljspeech", "libri", "cv_zh", "aishell", "speechocean")
#: How many speakers of each set and split; `dev` ones were never heard by the encoder while it was trained.
SPEAKERS: Final = {
    ("libri", "dev"): 2, ("cv_zh", "dev"): 10, ("speechocean", "dev"): 10,
    ("libri", "train"): 10, ("cv_zh", "train"): 20, ("speechocean", "train"): 10,
}  # fmt: skip
_SECONDS: Final = 90.0


@dataclass(frozen=True)
class People:
    """Speech without pauses of some speakers, (samples,) each, by their set, split and name."""

    speech: dict[tuple[str, str, str], Floats]

    def split(self, name: str) -> list[tuple[str, str, str]]:
        return [key for key in self.speech if key[1] == name]


def read_rows(corpus: Path) -> list[dict[str, str]]:
    with (corpus / "metadata.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_waves(corpus: Path, rows: Sequence[dict[str, str]]) -> dict[str, Floats]:
    """Waves (samples,) at our rate by utterance."""
    wanted = {f"{row['set']}/{row['utt']}.opus": row["utt"] for row in rows}
    waves = {}
    for shard in tqdm(sorted({row["shard"] for row in rows}), desc="reading"):
        with tarfile.open(corpus / shard) as tar:
            for member in tar:
                file = tar.extractfile(member) if member.name in wanted else None
                if file is not None:
                    waves[wanted[member.name]] = soundfile.read(io.BytesIO(file.read()), dtype="float32")[0]
    return waves


def read_people(corpus: Path, luck: random.Random) -> People:
    by_speaker: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    for row in read_rows(corpus):
        by_speaker[row["set"], row["split"], row["speaker"]].append(row)
    chosen = {}
    for (name, split), count in SPEAKERS.items():
        there = [
            key
            for key, rows in sorted(by_speaker.items())
            if key[:2] == (name, split) and sum(float(row["seconds"]) for row in rows) > 25
        ]
        for key in luck.sample(there, min(count, len(there))):
            rows = luck.sample(by_speaker[key], len(by_speaker[key]))
            ends = np.cumsum([float(row["seconds"]) for row in rows])
            chosen[key] = rows[: int(np.searchsorted(ends, _SECONDS)) + 1]
    waves = read_waves(corpus, [row for rows in chosen.values() for row in rows])
    return People({key: np.concatenate([_spoken(waves[row["utt"]]) for row in rows]) for key, rows in chosen.items()})


def in_room(wave: Floats, seconds: float, luck: np.random.Generator, direct_db: float = 0.0) -> Floats:
    """(samples,) in a room of noise that fades by 60 dB in `seconds`, its sound as loud as the direct one (0 dB)."""
    if not seconds:
        return wave
    time = np.arange(int(1.2 * seconds * RATE)) / RATE
    tail = luck.standard_normal(len(time)) * np.exp(-np.log(1000) * time / seconds)
    tail[: int(0.002 * RATE)] = 0
    tail *= 10 ** (-direct_db / 20) / np.sqrt(np.square(tail).sum())
    tail[0] = 1
    return np.asarray(fftconvolve(wave, tail)[: len(wave)], np.float32)


def measure_reverberation(corpus: Path, luck: random.Random) -> Iterator[dict[str, Any]]:
    """Clips of about ten seconds, dry and in rooms, with the noise that they have and with more."""
    rows = read_rows(corpus)
    clips: dict[str, list[list[dict[str, str]]]] = defaultdict(list)
    for name in ROOM_SETS:
        by_speaker: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            if row["set"] == name:
                by_speaker[row["speaker"]].append(row)
        for speaker in luck.choices(sorted(by_speaker), k=12):
            clips[name].append(luck.sample(by_speaker[speaker], min(4, len(by_speaker[speaker]))))
    waves = read_waves(corpus, [row for found in clips.values() for clip in found for row in clip])
    for snr in (None, 20, 10):
        everything = []
        for name, found in clips.items():
            told = np.array([_rooms(np.concatenate([waves[row["utt"]] for row in clip]), snr) for clip in found])
            everything.append(told)
            yield {"part": "reverberation", "set": name, "snr_db": snr, "rooms": _quantiles(told)}
        told = np.concatenate(everything)
        ordered = (np.diff(told[:, 1:], axis=1) >= 0).all(1)
        warned = dict(zip(map(str, ROOMS), (told >= RINGING_SECONDS).mean(0).round(3).tolist(), strict=True))
        yield {"part": "reverberation", "snr_db": snr, "in_order": round(float(ordered.mean()), 3), "warned": warned}


def _rooms(wave: Floats, snr: float | None) -> list[float]:
    luck = np.random.default_rng(len(wave))
    told = []
    for seconds in ROOMS:
        heard = in_room(wave, seconds, luck)
        if snr is not None:
            noise = luck.standard_normal(len(heard)).astype(np.float32)
            heard = heard + noise * np.sqrt(np.mean(np.square(heard))) * np.float32(10 ** (-snr / 20))
        told.append(reverberation(heard))
    return told


def _quantiles(told: NDArray[np.float64]) -> dict[str, list[float]]:
    return {
        f"{room:g}": np.quantile(column, (0.1, 0.5, 0.9)).round(2).tolist()
        for room, column in zip(ROOMS, told.T, strict=True)
    }


def measure_length(people: People, synthesizer: Synthesizer) -> Iterator[dict[str, Any]]:
    """How near the x-vector of a crop comes to the mean one of other speech of the same speaker."""
    for split in ("train", "dev"):
        keys = [key for key in people.split(split) if len(people.speech[key]) > 60 * RATE]
        means, crops = {}, defaultdict(list)
        for key in keys:
            wave, rest = people.speech[key][: 36 * RATE], people.speech[key][36 * RATE :]
            mean = synthesizer.bundle.xvectors(_pieces(rest, 6)).mean(0)
            means[key] = mean / np.linalg.norm(mean)
            for seconds in LENGTHS:
                crops[seconds].append((key, synthesizer.bundle.xvectors(_pieces(wave, seconds)[:4])))
        for seconds, found in crops.items():
            same = np.concatenate([rows @ means[key] for key, rows in found])
            other = np.concatenate([rows @ means[away] for key, rows in found for away in keys if away != key])
            yield {
                "part": "length", "split": split, "speakers": len(keys), "seconds": seconds, "same": _mean(same),
                "same_lowest_tenth": round(float(np.quantile(same, 0.1)), 3), "other": _mean(other),
                "other_highest_percent": round(float(np.quantile(other, 0.99)), 3),
            }  # fmt: skip


def measure_strangers(people: People, synthesizer: Synthesizer, luck: random.Random) -> Iterator[dict[str, Any]]:
    """Three clips of one speaker, and the same with a fourth of somebody else of the same recordings."""
    for split in ("train", "dev"):
        for seconds in (3, 6, 10):
            alarms, found, total = 0, 0, 0
            rows = {
                key: synthesizer.bundle.xvectors(_pieces(people.speech[key], seconds)[:6])
                for key in people.split(split)
            }
            for key, own in rows.items():
                others = [other for other in rows if other[0] == key[0] and other != key]
                for _ in range(6 if len(own) >= 3 else 0):
                    clips = luck.sample(list(own), 3)
                    alarms += bool(strangers(clips, seconds))
                    other = luck.choice(list(rows[luck.choice(others)]))
                    found += strangers([*clips, other], seconds) == (3,)
                    total += 1
            yield {
                "part": "strangers", "split": split, "seconds": seconds, "cases": total,
                "false_alarms": round(alarms / total, 3), "found": round(found / total, 3),
            }  # fmt: skip


def measure_speakers(people: People, synthesizer: Synthesizer, luck: random.Random) -> Iterator[dict[str, Any]]:
    """Clips of one speaker, and clips of which a second one speaks a share."""
    for split in ("train", "dev"):
        for seconds, share in ((8, 0.5), (15, 0.5), (15, 0.25), (25, 0.5)):
            alarms, found, ones, twos = 0, 0, 0, 0
            for key in people.split(split):
                others = [other for other in people.split(split) if other[0] == key[0] and other != key]
                for _ in range(2):
                    other = luck.choice(others)
                    if min(len(people.speech[key]), len(people.speech[other])) < seconds * RATE:
                        continue
                    alone = _crop(people.speech[key], seconds, luck)
                    mine = _crop(people.speech[key], seconds * (1 - share), luck)
                    both = np.concatenate([mine, _crop(people.speech[other], seconds * share, luck)])
                    alarms, ones = alarms + _two(alone, synthesizer), ones + 1
                    found, twos = found + _two(both, synthesizer), twos + 1
            yield {
                "part": "speakers", "split": split, "seconds": seconds, "share": share, "cases": ones,
                "false_alarms": round(alarms / ones, 3), "found": round(found / twos, 3),
            }  # fmt: skip


def _two(wave: Floats, synthesizer: Synthesizer) -> bool:
    return bool(parted(synthesizer.bundle.xvectors(windows(wave).waves)).any())


def _spoken(wave: Floats) -> Floats:
    even = level(wave)
    active = active_frames(even)
    return np.asarray(even[: len(active) * AudioSpec.hop].reshape(-1, AudioSpec.hop)[active].ravel(), np.float32)


def _pieces(wave: Floats, seconds: float) -> Floats:
    """(pieces, samples), one after the other, overlapping where there would be one or two only."""
    size = int(seconds * RATE)
    starts = np.linspace(0, max(len(wave) - size, 0), max(3, len(wave) // size)).astype(int)
    return (
        np.stack([wave[start : start + size] for start in starts]) if len(wave) >= size else np.zeros((0, size), "f4")
    )


def _crop(wave: Floats, seconds: float, luck: random.Random) -> Floats:
    size = int(seconds * RATE)
    start = luck.randrange(len(wave) - size + 1)
    return wave[start : start + size]


def _mean(values: NDArray[np.float32]) -> float:
    return round(float(values.mean()), 3)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.references", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("parts", nargs="*", default=[])
    options = parser.parse_args()
    parts = options.parts or ["reverberation", "length", "strangers", "speakers"]
    found: list[Iterator[dict[str, Any]]] = []
    if "reverberation" in parts:
        found.append(measure_reverberation(options.corpus, random.Random(0)))
    if set(parts) - {"reverberation"}:
        synthesizer = Synthesizer.open(load_settings())
        people = read_people(options.corpus, random.Random(0))
        if "length" in parts:
            found.append(measure_length(people, synthesizer))
        if "strangers" in parts:
            found.append(measure_strangers(people, synthesizer, random.Random(0)))
        if "speakers" in parts:
            found.append(measure_speakers(people, synthesizer, random.Random(0)))
    for figures in (row for rows in found for row in rows):
        print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
