"""What each emotion does to a voice, measured: actors' emotional clips against the same actors' neutral ones.

    python -m training.manners --corpus CORPUS [--out actors.json]

Prints, for each emotion, the mean over the training actors of the change from the same actor's neutral clips of the
same sentence: pitch level, slope (semitones), the natural logs of pitch range, tremor and rate (speech without pauses),
tilt and harmonics (dB), and the share of pauses; each the mean of a plain and a strong intensity. These are the
figures behind `configs/model/emotion.yaml`. The recordings are levelled, so that loudness cannot be told from them:
`energy` is what `_ENERGY` says. Actors without a neutral clip (crema) are left out. Numbers only; no weights and no
audio come out.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from training.recordings import read_rows, read_waves
from tts.audio.delivery import Delivery, measure

FIGURES: Final = ("pitch", "pitch_range", "pitch_slope", "rate", "tilt", "harmonics", "tremor", "pauses")
#: Changes of loudness in dB. Juslin and Laukka (Psychological Bulletin 129(5), 2003) give the signs, from 104
#: studies; the sizes lie well within what they report, as far as speech stays under its ceiling.
_ENERGY: Final = {
    "happy": 2.5, "angry": 4.0, "sad": -3.0, "afraid": 1.0, "disgusted": -1.0, "surprised": 1.5, "calm": -2.0,
}  # fmt: skip


def figures(found: Delivery) -> np.ndarray:
    """(figures,) such that the difference of two is a change of `FIGURES`."""
    return np.array([
        found.pitch, np.log(found.pitch_range), found.pitch_slope, -np.log(found.seconds), found.tilt, found.harmonics,
        np.log(max(found.tremor, 0.01)), found.pauses,
    ])  # fmt: skip


def changes(corpus: Path, sets: Sequence[str] = ("ravdess",)) -> dict[str, dict[str, float]]:
    """Emotion -> mean change of each figure, its standard error over actors, the actors, and the energy."""
    told: dict[tuple[str, str, str], list[np.ndarray]] = defaultdict(list)
    rows = [row for row in read_rows(corpus, ("train",)) if row["set"] in sets]
    for row, wave in read_waves(corpus, rows):
        if found := measure(wave):
            told[row["speaker"], row["emotion"], row["text"]].append(figures(found))
    of_actor: dict[tuple[str, str], list[np.ndarray]] = defaultdict(list)
    for (speaker, mark, text), rows in told.items():
        plain = told.get((speaker, "neutral", text))
        if plain and mark != "neutral":
            of_actor[mark.rstrip("+"), speaker].append(np.mean(rows, 0) - np.mean(plain, 0))
    result: dict[str, dict[str, float]] = {}
    for emotion in sorted({emotion for emotion, _ in of_actor}):
        rows = np.array([np.mean(rows, 0) for (name, _), rows in of_actor.items() if name == emotion])
        errors = rows.std(0) / len(rows) ** 0.5
        result[emotion] = {name: round(float(value), 3) for name, value in zip(FIGURES, rows.mean(0), strict=True)}
        result[emotion] |= {f"{name}_error": round(float(e), 3) for name, e in zip(FIGURES, errors, strict=True)}
        result[emotion] |= {"actors": len(rows), "energy": _ENERGY[emotion]}
    return result


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.manners", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="write the figures there as JSON, too")
    options = parser.parse_args()
    told = json.dumps(changes(options.corpus), indent=1)
    if options.out:
        options.out.write_text(told + "\n", encoding="utf-8")
    print(told)


if __name__ == "__main__":
    main()
