"""Pairs that differ in nothing but the weight of an emotion, and what the weight does.

    python -m benchmarks.emotion make --corpus CORPUS --sentences S.tsv --out DIR
    python -m benchmarks.emotion measure --pairs DIR --actors actors.json [--probabilities P.tsv]

`make` lets held-out speakers (a half Mandarin, a half English) say sentences of their language with each emotion at the
weights 0, .5 and 1, and writes `pairs.tsv`, which judges read too (wave, text, lang, reference). `measure` tells
how far pitch, range, energy and rate move and how that compares with actors (`python -m training.manners --out
actors.json`), whether each moves on from 0 to .5 to 1 in the mean, the cosine to the reference, and, from a table
of what a judge of emotions hears (wave, then a column a class), in how many pairs the intended class gains most.
"""

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile
import torch
from tqdm import tqdm

from training.evaluate import dev_recordings, extract, read_sentences, reference_of, spread
from tts.audio.delivery import measure
from tts.audio.read import Limits, read_clip
from tts.audio.write import write_wav
from tts.emotion import EMOTIONS, EmotionVector
from tts.models.speaker_encoder import speaker_mel
from tts.settings import load_settings
from tts.speech import SynthesisRequest
from tts.synthesizer import Synthesizer

WEIGHTS: Final = (0.0, 0.5, 1.0)
#: Texts of each speaker that are said at half the weight, too.
HALF_TEXTS: Final = 1
FIGURES: Final = ("pitch", "pitch_range", "energy", "rate")
#: Emotion -> weight -> mean change of each figure.
Changes = Mapping[str, Mapping[float, Mapping[str, float]]]
COLUMNS: Final = ("wave", "text", "lang", "reference", "speaker", "emotion", "weight")


@dataclass(frozen=True)
class Pair:
    """One row of `pairs.tsv`; the wave at weight 0 is that of all emotions of its speaker and text."""

    wave: str
    text: str
    speaker: str
    reference: str
    emotion: str
    weight: float


def make(
    corpus: Path,
    sentences: Path,
    out: Path,
    speakers: int,
    texts: int,
    emotions: Sequence[str] = EMOTIONS,
    skip: int = 0,
) -> int:
    """Write `pairs.tsv` and the waves, text by text; returns how many waves there are. What is there is not made
    anew; who would be among `skip` speakers is left out."""
    synthesizer = Synthesizer.open(load_settings())
    references = {name: reference_of(rows) for name, rows in dev_recordings(corpus).items()}
    chosen = []
    for language in ("zh", "en"):
        names = [name for name, row in references.items() if row.language == language]
        taken = spread(names, skip // 2)
        chosen += spread([name for name in names if name not in taken], speakers // 2)
    paths = extract(corpus, [references[name] for name in chosen], out / "references")
    clips = {name: paths[references[name].utterance].resolve() for name in chosen}
    said = read_sentences(sentences, texts)
    rows = [
        (
            (out / f"{name}.{number}.{f'{emotion}.{weight:g}' if weight else 'own'}.wav").resolve(),
            said[references[name].language][number], references[name].language, clips[name], name, emotion, weight,
        )
        for number in range(texts)
        for name in chosen
        for emotion in emotions
        for weight in (WEIGHTS if number < HALF_TEXTS else (0.0, 1.0))
    ]  # fmt: skip
    with (out / "pairs.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    limits = Limits.of(synthesizer.settings)
    voices = {name: synthesizer.voice_from([read_clip(clips[name], limits=limits)]) for name in tqdm(chosen)}
    for wave, text, language, _, name, emotion, weight in tqdm(rows, unit="row"):
        if wave.exists():
            continue
        vector = EmotionVector.of({emotion: 1.0})
        request = SynthesisRequest(text, voices[name], language, emotion=vector, emotion_weight=weight, seed=0)
        speech = synthesizer.synthesize(request)
        write_wav(wave, speech.wave, speech.sample_rate)
    return len({row[0] for row in rows})


def read_pairs(folder: Path) -> list[Pair]:
    with (folder / "pairs.tsv").open(encoding="utf-8", newline="") as file:
        return [
            Pair(row["wave"], row["text"], row["speaker"], row["reference"], row["emotion"], float(row["weight"]))
            for row in csv.DictReader(file, delimiter="\t")
        ]


@cache
def figures_of(wave: str) -> dict[str, float] | None:
    """What a pair is compared by, each so that differences are what `training.manners` gives; None without a voice."""
    found = measure(soundfile.read(wave, dtype="float32")[0])
    if found is None:
        return None
    return {
        "pitch": found.pitch, "pitch_range": float(np.log(found.pitch_range)), "pitch_slope": found.pitch_slope,
        "energy": found.energy, "rate": -float(np.log(found.seconds)), "tilt": found.tilt, "harmonics": found.harmonics,
        "tremor": float(np.log(max(found.tremor, 0.01))), "pauses": found.pauses,
    }  # fmt: skip


def changes(pairs: Sequence[Pair]) -> dict[str, dict[float, dict[str, float]]]:
    """Emotion -> weight -> mean change of each figure from weight 0, over speakers and texts."""
    waves = sorted({pair.wave for pair in pairs})
    figures = {wave: figures_of(wave) for wave in tqdm(waves, unit="wave")}
    own = {(pair.speaker, pair.text): figures[pair.wave] for pair in pairs if pair.weight == 0}
    found: dict[str, dict[float, list[dict[str, float]]]] = defaultdict(lambda: defaultdict(list))
    for pair in pairs:
        after, before = figures[pair.wave], own[pair.speaker, pair.text]
        if after and before and pair.weight:
            found[pair.emotion][pair.weight].append({name: after[name] - before[name] for name in after})
    return {
        emotion: {
            weight: {name: round(float(np.mean([row[name] for row in rows])), 3) for name in rows[0]}
            for weight, rows in weights.items()
        }
        for emotion, weights in found.items()
    }


def gains(pairs: Sequence[Pair], probabilities: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, Any]]:
    """Emotion -> share of pairs in which its class gains most from weight 0 to 1, its mean gain, and what gains
    instead."""
    own = {(pair.speaker, pair.text): pair.wave for pair in pairs if pair.weight == 0}
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for pair in pairs:
        if pair.weight != 1 or pair.emotion not in probabilities[pair.wave]:
            continue
        before, after = probabilities[own[pair.speaker, pair.text]], probabilities[pair.wave]
        rise = {name: after[name] - before[name] for name in after}
        found[pair.emotion].append((max(rise, key=lambda name: rise[name]), rise[pair.emotion]))
    result: dict[str, dict[str, Any]] = {}
    for emotion, rows in found.items():
        winners = [winner for winner, _ in rows]
        result[emotion] = {
            "share": round(winners.count(emotion) / len(rows), 3),
            "gain": round(float(np.mean([gain for _, gain in rows])), 3),
            "winners": {name: winners.count(name) for name in sorted(set(winners), key=winners.count, reverse=True)},
        }
    return result


@torch.inference_mode()
def cosines(pairs: Sequence[Pair], synthesizer: Synthesizer) -> dict[str, dict[float, float]]:
    """Emotion -> weight -> mean cosine of the bundle's own x-vectors to those of the references."""
    encoder, rate = synthesizer.bundle.speaker, synthesizer.bundle.spec.sample_rate

    def heard(path: str) -> torch.Tensor:
        vector: torch.Tensor = encoder(
            speaker_mel(torch.from_numpy(soundfile.read(path, dtype="float32")[0])[None], rate)
        )
        return vector[0]

    known = {path: heard(path) for path in tqdm(sorted({p.wave for p in pairs} | {p.reference for p in pairs}))}
    found: dict[str, dict[float, list[float]]] = defaultdict(lambda: defaultdict(list))
    for pair in pairs:
        found[pair.emotion][pair.weight].append(float(known[pair.wave] @ known[pair.reference]))
    return {e: {w: round(float(np.mean(rows)), 3) for w, rows in weights.items()} for e, weights in found.items()}


def against(found: Changes, graded: Changes, actors: Mapping[str, Any]) -> dict[str, Any]:
    """Emotion -> figure -> our change, the actors', whether it has the sign and half the size, and grows with the
    weight: `graded` are the changes in those texts alone that are said at half the weight, too."""
    told: dict[str, Any] = {}
    for emotion, weights in found.items():
        for name in FIGURES:
            wanted = actors.get(emotion, {}).get(name)
            whole = weights[1.0][name]
            half, most = (graded[emotion][weight][name] for weight in (0.5, 1.0))
            told.setdefault(emotion, {})[name] = {
                "ours": whole,
                "actors": wanted,
                "half": None if wanted is None else bool(whole * wanted > 0 and abs(whole) >= abs(wanted) / 2),
                "grows": abs(most) < 0.02 or bool(0 <= half / most <= 1),
            }
    return told


def read_probabilities(path: Path) -> dict[str, dict[str, float]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["wave"]: {name: float(value) for name, value in row.items() if name != "wave"}
            for row in csv.DictReader(file, delimiter="\t")
        }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.emotion", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="speech at three weights of each emotion")
    making.add_argument("--corpus", type=Path, required=True)
    making.add_argument("--sentences", type=Path, required=True, help="table with the columns lang and text")
    making.add_argument("--out", type=Path, required=True)
    making.add_argument("--speakers", type=int, default=10)
    making.add_argument("--skip", type=int, default=0, help="leave out those whom so many speakers would be")
    making.add_argument("--texts", type=int, default=5)
    making.add_argument("--emotions", nargs="*", default=EMOTIONS, choices=EMOTIONS)
    measuring = commands.add_parser("measure", help="what the weight does")
    measuring.add_argument("--pairs", type=Path, required=True, help="the folder of `make`")
    measuring.add_argument("--actors", type=Path, required=True)
    measuring.add_argument("--probabilities", type=Path, help="what a judge of emotions hears in each wave")
    options = parser.parse_args()
    if options.command == "make":
        out = (options.corpus, options.sentences, options.out)
        print(make(*out, options.speakers, options.texts, options.emotions, options.skip))
        return
    pairs = read_pairs(options.pairs)
    found = changes(pairs)
    graded = {pair.text for pair in pairs if pair.weight == 0.5}
    told = {
        "changes": found,
        "actors": against(
            found,
            changes([pair for pair in pairs if pair.text in graded]),
            json.loads(options.actors.read_text(encoding="utf-8")),
        ),
        "cosines": cosines(pairs, Synthesizer.open(load_settings())),
    }
    if options.probabilities:
        told["gains"] = gains(pairs, read_probabilities(options.probabilities))
    (options.pairs / "emotion.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
