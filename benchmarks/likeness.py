"""What a cosine between two clips means: how alike the bundle's speaker encoder hears one person twice, and two people.

`python -m benchmarks.likeness CORPUS` takes the layout of a training corpus: a folder with `metadata.tsv` and its tar
files. Only speakers that no training has seen are heard: each gives a reference and other clips, cut to several
lengths, which are compared with everybody's references; then each reference is cloned and its clones are compared too.
"""

import argparse
import csv
import io
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import soundfile

from tts.audio.read import Limits, read_clip
from tts.speech import SynthesisRequest
from tts.synthesizer import Synthesizer
from tts.voice import Voice

SETS: Final = ("cv_zh", "libri", "speechocean", "crema", "ravdess")
REFERENCE_SECONDS: Final = 8.0
LENGTHS: Final = (1.0, 2.0, 3.0, 5.0)
#: Cuts of each length that a speaker gives.
CUTS: Final = 4
SENTENCES: Final = ("今天的天气非常好，我们一起去公园里散步。", "It is a lovely day, so let us go out for a walk.")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.likeness", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--clones", type=int, default=26, help="speakers that are cloned (26)")
    options = parser.parse_args()
    synthesizer = Synthesizer.open()
    people = dict(strangers(options.corpus))
    references: dict[str, Voice] = {}
    for name, (wave, rate) in people.items():
        references[name] = heard(synthesizer, wave[: int(REFERENCE_SECONDS * rate)], rate)
    for seconds in LENGTHS:
        same, other = [], []
        for name, (wave, rate) in people.items():
            rest, size = wave[int(REFERENCE_SECONDS * rate) :], int(seconds * rate)
            for start in np.linspace(0, len(rest) - size, CUTS).astype(int):
                cut = heard(synthesizer, rest[start : start + size], rate)
                for owner, reference in references.items():
                    cosine = float(cut.embedding.xvector @ reference.embedding.xvector)
                    (same if owner == name else other).append(cosine)
        told(f"{seconds:g} s", same, other)
    clones, others = [], []
    for name in list(people)[: options.clones]:
        wave, rate = people[name]
        voice = heard(synthesizer, wave[: int(REFERENCE_SECONDS * rate)], rate, fitted=True)
        for text in SENTENCES:
            speech = synthesizer.synthesize(SynthesisRequest(text, voice, seed=0))
            own = heard(synthesizer, speech.wave, speech.sample_rate)
            for owner, reference in references.items():
                cosine = float(own.embedding.xvector @ reference.embedding.xvector)
                (clones if owner == name else others).append(cosine)
    told("clones", clones, others)


def strangers(corpus: Path) -> Iterator[tuple[str, tuple[np.ndarray, int]]]:
    """Name, and all recordings (samples,) in a row with their rate, of each speaker that is in no training."""
    with (corpus / "metadata.tsv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE) if row["set"] in SETS]
    seen = {row["speaker"] for row in rows if row["split"] == "train"}
    wanted = defaultdict(list)
    for row in rows:
        if row["speaker"] not in seen:
            wanted[row["speaker"]].append(row)
    for name, own in wanted.items():
        waves, seconds = [], 0.0
        for row in own:
            if seconds > REFERENCE_SECONDS + 4 * CUTS:
                break
            wave, rate = recording(corpus / row["shard"], f"{row['set']}/{row['utt']}.opus")
            waves.append(wave)
            seconds += len(wave) / rate
        yield name, (np.concatenate(waves), rate)


def recording(shard: Path, member: str) -> tuple[np.ndarray, int]:
    with tarfile.open(shard) as archive:
        file = archive.extractfile(member)
        assert file is not None
        wave, rate = soundfile.read(io.BytesIO(file.read()), dtype="float32")
    return wave, rate


def heard(synthesizer: Synthesizer, wave: np.ndarray, rate: int, *, fitted: bool = False) -> Voice:
    stream = io.BytesIO()
    soundfile.write(stream, wave, rate, format="WAV", subtype="FLOAT")
    return synthesizer.voice_from([read_clip(stream.getvalue(), limits=Limits.of(synthesizer.settings))], fitted=fitted)


def told(name: str, same: list[float], other: list[float]) -> None:
    thresholds = np.linspace(-0.2, 1, 1201)
    missed = [np.mean(np.array(same) < threshold) for threshold in thresholds]
    taken = [np.mean(np.array(other) >= threshold) for threshold in thresholds]
    equal = int(np.argmin(np.abs(np.array(missed) - np.array(taken))))
    print(
        f"{name:8} same {spread(same)}   others {spread(other)}   "
        f"equal error {(missed[equal] + taken[equal]) / 2:.1%} at {thresholds[equal]:.2f}", flush=True,
    )  # fmt: skip


def spread(cosines: list[float]) -> str:
    low, middle, high = np.percentile(cosines, (5, 50, 95))
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


if __name__ == "__main__":
    main()
