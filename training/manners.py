"""What each emotion does to a voice, measured: actors' emotional clips against the same actors' neutral ones.

    python -m training.manners --corpus CORPUS

Prints, for each emotion, the mean over actors of the pitch level (semitones), pitch range (ratio of deviations)
and rate (ratio of speaking rates): the figures behind
`configs/model/emotion.yaml`. Numbers only; no weights and no audio come out of it.
"""

import argparse
import csv
import io
import json
import tarfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import soundfile

from tts.audio.pitch import track
from tts.audio.spec import AudioSpec


def measure(corpus: Path, sets: tuple[str, ...] = ("ravdess", "crema")) -> dict[str, dict[str, float]]:
    """Emotion -> mean differences from the same actor's neutral (for crema: from the actor's mean of all clips)."""
    spec = AudioSpec()
    with (corpus / "metadata.tsv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file, delimiter="\t") if r["set"] in sets and r["split"] == "train"]
    wanted = {f"{r['set']}/{r['utt']}.opus": r for r in rows}
    found: dict[tuple[str, str], list[tuple[float, float, float]]] = defaultdict(list)
    for shard in sorted({r["shard"] for r in rows}):
        with tarfile.open(corpus / shard) as archive:
            for member in archive:
                row = wanted.get(member.name.removeprefix("./"))
                file_object = archive.extractfile(member) if row else None
                if row is None or file_object is None:
                    continue
                wave, _ = soundfile.read(io.BytesIO(file_object.read()), dtype="float32")
                f0 = track(wave, spec).f0_hz
                logs = np.log(f0[f0 > 0])
                if len(logs) > 20:
                    emotion = row["emotion"].rstrip("+")
                    found[row["speaker"], emotion].append(
                        (float(np.median(logs)), float(logs.std()), len(wave) / 24000)
                    )
    changes: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for (speaker, emotion), values in found.items():
        plain = found.get((speaker, "neutral"))
        if plain is None or emotion == "neutral":
            continue
        level, deviation, seconds = np.mean(values, 0)
        base_level, base_deviation, base_seconds = np.mean(plain, 0)
        changes[emotion].append(
            (12 * (level - base_level) / np.log(2), deviation / base_deviation, base_seconds / seconds)
        )
    names = ("pitch_semitones", "pitch_range", "rate")
    return {
        emotion: dict(zip(names, (round(float(v), 3) for v in np.mean(values, 0)), strict=True))
        | {"actors": len(values)}
        for emotion, values in sorted(changes.items())
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.manners", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    print(json.dumps(measure(parser.parse_args().corpus), indent=1))


if __name__ == "__main__":
    main()
