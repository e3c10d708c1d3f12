"""What denoising does to recordings and to the voice in them: `python -m benchmarks.denoising --corpus DIR`.

Noisy recordings of three crowds: SNR, and likeness (cosine of x-vectors) to the recording as it was, and, all gone the
same way, to another one of the same speaker and to those of others. Clean recordings, as they are and with noise added:
likeness to the clean ones. Each before, and after with several limits. Then the real-time factor of one core.
"""

import argparse
import csv
import io
import random
import tarfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
import torch
from numpy.typing import NDArray

from tts.audio.denoise import limited, without_noise
from tts.audio.quality import active_frames, level, report
from tts.audio.read import Clip
from tts.audio.spec import AudioSpec
from tts.cache import find_bundle
from tts.models.folder import load_bundle
from tts.settings import load_settings

Floats = NDArray[np.float32]
Row = dict[str, str]
Figures = dict[str, list[float]]

RATE = AudioSpec.sample_rate
LIMITS_DB = (6.0, 12.0, 15.0, 20.0, 100.0)
ADDED_DB = (5, 10, 15)
CROWDS = ("cv_zh", "speechocean", "crema")
NOISY_DB, CLEAN_DB = 35.0, 50.0
LEAST_SECONDS, MOST_SECONDS = 1.2, 9.0


class Listener:
    """The encoder of the bundle in use, and the time that the denoiser took."""

    def __init__(self) -> None:
        torch.set_num_threads(1)
        self.bundle = load_bundle(find_bundle(load_settings()), "cpu")
        self.spent = self.heard = 0.0

    def xvector(self, wave: Floats) -> torch.Tensor:
        return self.bundle.embed(torch.from_numpy(level(wave))).xvector

    def denoised(self, wave: Floats) -> dict[str, Floats]:
        """The wave as it is and by the name of each limit."""
        start = time.process_time()
        clean = without_noise(wave, RATE)
        self.spent, self.heard = self.spent + time.process_time() - start, self.heard + len(wave) / RATE
        return {"before": wave} | {f"{limit:g} dB": limited(wave, clean, limit) for limit in LIMITS_DB}


def snr_db(wave: Floats) -> float:
    return report(Clip(wave, RATE, 1, len(wave) / RATE, RATE / 2)).snr_db


def pink(samples: int, rng: np.random.Generator) -> Floats:
    """(samples,) noise whose power falls by 3 dB an octave above 40 Hz, as in rooms."""
    spectrum = np.fft.rfft(rng.standard_normal(samples))
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(samples, 1 / RATE), 40.0))
    return np.fft.irfft(spectrum, samples).astype(np.float32)


def babble(waves: Sequence[Floats], samples: int) -> Floats:
    """(samples,) people who talk all at once."""
    return np.sum([np.resize(wave, samples) for wave in waves], axis=0, dtype=np.float32)


def with_noise(wave: Floats, noise: Floats, below_db: float) -> Floats:
    """`wave` with `noise` so far under its speech."""
    speech = wave[: len(wave) // AudioSpec.hop * AudioSpec.hop][np.repeat(active_frames(wave), AudioSpec.hop)]
    gain = np.sqrt(np.mean(np.square(speech)) / np.mean(np.square(noise))) * 10 ** (-below_db / 20)
    return (wave + gain * noise).astype(np.float32)


def chosen(rows: Sequence[Row], fits: Callable[[Row], bool], count: int) -> list[tuple[Row, Row]]:
    """Rows of as many speakers, each with another of the same speaker."""
    speakers = defaultdict(list)
    for row in rows:
        if LEAST_SECONDS <= float(row["seconds"]) <= MOST_SECONDS:
            speakers[row["speaker"]].append(row)
    pairs = [pair for own in speakers.values() for pair in pairwise([own[-1], *own]) if len(own) > 1]
    random.Random(0).shuffle(pairs)
    first_of_each = {row["speaker"]: (row, other) for row, other in pairs if fits(row)}
    return list(first_of_each.values())[:count]


def waves_of(corpus: Path, rows: Sequence[Row]) -> dict[str, Floats]:
    """(samples,) by the key of the utterance."""
    found = {}
    for shard in {row["shard"] for row in rows}:
        names = {f"{row['set']}/{row['utt']}.opus": row["utt"] for row in rows if row["shard"] == shard}
        with tarfile.open(corpus / shard) as archive:
            for member in archive:
                key = names.get(member.name.removeprefix("./"))
                if key and (file := archive.extractfile(member)):
                    found[key] = soundfile.read(io.BytesIO(file.read()), dtype="float32")[0]
    return found


def noisy(listener: Listener, pairs: Sequence[tuple[Floats, Floats]]) -> Figures:
    """Recordings with another one of the same speaker, who are all different people."""
    figures: Figures = defaultdict(list)
    heard = defaultdict(list)
    for wave, sibling in pairs:
        results, siblings = listener.denoised(wave), listener.denoised(sibling)
        before = listener.xvector(wave)
        for name, result in results.items():
            own = listener.xvector(result)
            figures[f"SNR, {name}"].append(snr_db(result))
            figures[f"likeness to before, {name}"].append(float(own @ before))
            figures[f"likeness to another recording, {name}"].append(float(own @ listener.xvector(siblings[name])))
            heard[name].append(own)
        figures["share left as it was"].append(float(np.array_equal(results["100 dB"], wave)))
    for name, people in heard.items():
        together = torch.stack(people) @ torch.stack(people).T
        figures[f"likeness to the others, {name}"] = together[~torch.eye(len(people), dtype=torch.bool)].tolist()
    return figures


def noised(listener: Listener, waves: Sequence[Floats]) -> Iterator[tuple[str, Figures]]:
    """Clean waves, and with two kinds of noise at several levels: likeness to the clean ones."""
    rng = np.random.default_rng(0)
    kinds: dict[str, Callable[[int, int], Floats]] = {
        "pink noise": lambda index, samples: pink(samples, rng),
        "babble": lambda index, samples: babble([*waves[:index], *waves[index + 1 :]][:6], samples),
    }
    clean = [listener.xvector(wave) for wave in waves]
    groups = {"clean": list(waves)} | {
        f"{kind} at {below} dB": [with_noise(wave, noise(index, len(wave)), below) for index, wave in enumerate(waves)]
        for kind, noise in kinds.items()
        for below in ADDED_DB
    }
    for group, sounds in groups.items():
        figures: Figures = defaultdict(list)
        for sound, target in zip(sounds, clean, strict=True):
            for name, result in listener.denoised(sound).items():
                figures[f"likeness to clean, {name}"].append(float(listener.xvector(result) @ target))
        yield group, figures


def tell(group: str, figures: Figures) -> None:
    for name, values in figures.items():
        print(f"{group:22} {name:42} mean {np.mean(values):7.3f}  least {np.min(values):7.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.denoising", description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, required=True, help="a folder with metadata.tsv and the archives it names"
    )
    parser.add_argument("--noisy", type=int, default=13, help="recordings of each crowd")
    parser.add_argument("--clean", type=int, default=8)
    options = parser.parse_args()
    with (options.corpus / "metadata.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["snr_db"]]
    groups = {
        crowd: chosen(
            [row for row in rows if row["set"] == crowd], lambda row: float(row["snr_db"]) < NOISY_DB, options.noisy
        )
        for crowd in CROWDS
    }
    clean = chosen(
        [row for row in rows if row["set"] == "cv_zh"], lambda row: float(row["snr_db"]) > CLEAN_DB, options.clean
    )
    waves = waves_of(options.corpus, [row for pairs in (*groups.values(), clean) for pair in pairs for row in pair])
    listener = Listener()
    for crowd, pairs in groups.items():
        tell(crowd, noisy(listener, [(waves[row["utt"]], waves[other["utt"]]) for row, other in pairs]))
    for group, figures in noised(listener, [waves[row["utt"]] for row, _ in clean]):
        tell(group, figures)
    print(f"real-time factor {listener.spent / listener.heard:.3f}, {listener.heard:.0f} s of recordings")


if __name__ == "__main__":
    main()
