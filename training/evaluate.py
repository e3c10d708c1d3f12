"""Speech to be judged: held-out speakers' voices saying fixed sentences, and the same speakers' own recordings.

    python -m training.evaluate human --corpus CORPUS --out DIR
    python -m training.evaluate synthesise --corpus CORPUS --sentences S.tsv --out DIR [--bundle NAME] [--cross]
    python -m training.evaluate copy --corpus CORPUS --out DIR [--bundle NAME]

`copy` sends the recordings of `human` through mel and vocoder: what the vocoder alone costs.

Each writes waves and `manifest.tsv` (wave, text, lang, reference), which the judges read, and one manifest a language.
Speakers are those of the corpus's `dev` split, which no training saw. Nothing here is chosen by a judge's ear.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import tarfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import soundfile
import soxr
import torch
from tqdm import tqdm

if TYPE_CHECKING:
    from tts.models.bundle import Bundle
    from tts.synthesizer import Synthesizer
    from tts.voice import Voice

REFERENCE_SETS = ("cv_zh", "libri", "speechocean", "ravdess")
_REFERENCE_SECONDS = (3.0, 10.0)
# Beyond this a recording sounds as clean; the rest of the choice is then left to its length.
_CLEAN_SNR_DB = 45.0
_DB_A_SECOND = 2.0
_COLUMNS = ("wave", "text", "lang", "reference")
Item = TypeVar("Item")


@dataclass(frozen=True)
class Recording:
    """One row of the corpus: which utterance, whose, where it lies and how clean it is."""

    utterance: str
    set_name: str
    shard: str
    speaker: str
    language: str
    seconds: float
    snr_db: float
    emotion: str
    text: str


@dataclass(frozen=True)
class Row:
    """One line of a manifest; `wave` and `reference` are paths of sound files."""

    wave: Path
    text: str
    lang: str
    reference: Path


def dev_recordings(corpus: Path, sets: Sequence[str] = REFERENCE_SETS) -> dict[str, list[Recording]]:
    """Speaker -> recordings of the dev split, in the corpus's order."""
    found: dict[str, list[Recording]] = defaultdict(list)
    with (corpus / "metadata.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["split"] == "dev" and row["set"] in sets:
                found[row["speaker"]].append(
                    Recording(
                        row["utt"],
                        row["set"],
                        row["shard"],
                        row["speaker"],
                        row["lang"],
                        float(row["seconds"]),
                        float(row["snr_db"] or 0),
                        row["emotion"],
                        row["text"],
                    )
                )
    return dict(sorted(found.items()))


def reference_of(recordings: Iterable[Recording]) -> Recording:
    """The cleanest recording of 3 to 10 s, a longer one before a shorter; acted speakers in their plain manner."""
    recordings = [row for row in recordings if row.seconds <= _REFERENCE_SECONDS[1]]
    plain = [row for row in recordings if row.emotion.rstrip("+") in ("", "neutral", "calm")] or recordings
    usable = [row for row in plain if row.seconds >= _REFERENCE_SECONDS[0]]
    if not usable:
        return max(plain, key=lambda row: row.seconds)
    return max(usable, key=lambda row: min(row.snr_db, _CLEAN_SNR_DB) + _DB_A_SECOND * row.seconds)


def extract(corpus: Path, recordings: Iterable[Recording], folder: Path) -> dict[str, Path]:
    """Write the recordings' sound as WAV under `folder`; utterance -> path."""
    folder.mkdir(parents=True, exist_ok=True)
    by_shard: dict[str, list[Recording]] = defaultdict(list)
    for recording in recordings:
        by_shard[recording.shard].append(recording)
    paths = {}
    for shard, rows in by_shard.items():
        with tarfile.open(corpus / (shard if shard.endswith(".tar") else f"{shard}.tar")) as tar:
            for row in rows:
                member = tar.extractfile(f"{row.set_name}/{row.utterance}.opus")
                if member is None:
                    raise FileNotFoundError(f"{row.utterance} is not in {shard}")
                wave, rate = soundfile.read(io.BytesIO(member.read()), dtype="float32")
                paths[row.utterance] = folder / f"{row.utterance}.wav"
                soundfile.write(paths[row.utterance], wave, rate)
    return paths


def write_manifests(folder: Path, rows: Sequence[Row]) -> None:
    """`manifest.tsv` with all rows and `manifest.LANG.tsv` with those of each language."""
    languages = sorted({row.lang for row in rows})
    for name, chosen in [
        ("manifest.tsv", list(rows)),
        *((f"manifest.{language}.tsv", [row for row in rows if row.lang == language]) for language in languages),
    ]:
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter="\t", lineterminator="\n")
            writer.writerow(_COLUMNS)
            writer.writerows((row.wave.resolve(), row.text, row.lang, row.reference.resolve()) for row in chosen)


def spread(items: Sequence[Item], count: int) -> list[Item]:
    """`count` items at even distances (all of them where there are no more)."""
    if count >= len(items):
        return list(items)
    return [items[index * len(items) // count] for index in range(count)]


def human_rows(corpus: Path, out: Path, per_language: int) -> list[Row]:
    """Recordings of the dev speakers, none of them a reference, each with its speaker's reference."""
    speakers = dev_recordings(corpus)
    references = {name: reference_of(rows) for name, rows in speakers.items()}
    chosen: list[Recording] = []
    for language in ("zh", "en"):
        own = {name: rows for name, rows in speakers.items() if references[name].language == language}
        others = [[row for row in rows if row != references[name]] for name, rows in own.items()]
        shares = [per_language // len(own) + (index < per_language % len(own)) for index in range(len(own))]
        for rows, share in zip(others, shares, strict=True):
            chosen += spread(rows, share)
    paths = extract(corpus, [*references.values(), *chosen], out / "recordings")
    return [
        Row(paths[row.utterance], row.text, row.language, paths[references[row.speaker].utterance]) for row in chosen
    ]


def read_sentences(path: Path, count: int) -> dict[str, list[str]]:
    """Language -> `count` sentences spread evenly over a table with the columns lang and text."""
    found: dict[str, list[str]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found[row["lang"]].append(row["text"])
    return {language: spread(texts, count) for language, texts in found.items()}


def assignments(
    speakers: dict[str, str], sentences: dict[str, list[str]], cross: bool, each: int = 1
) -> list[tuple[str, str, str]]:
    """(speaker, language, text) rows: sentences go in turn to the speakers of their own language (`speakers`: name ->
    language), or with `cross` to those of the other ones; `each` of them say one.
    """
    rows = []
    for language, texts in sentences.items():
        names = [name for name, own in speakers.items() if (own != language) == cross]
        turns = [(index * each + turn, text) for index, text in enumerate(texts) for turn in range(each)]
        rows += [(names[number % len(names)], language, text) for number, text in turns if names]
    return rows


def synthesise(
    synthesizer: Synthesizer,
    corpus: Path,
    sentences: dict[str, list[str]],
    out: Path,
    *,
    cross: bool = False,
    each: int = 1,
    seed: int = 0,
) -> tuple[list[Row], dict[str, float]]:
    """Say the sentences in the dev speakers' voices; the rows, and how long it took."""
    from tts.audio.read import Limits, read_clip
    from tts.audio.write import write_wav
    from tts.speech import SynthesisRequest

    references = {name: reference_of(rows) for name, rows in dev_recordings(corpus).items()}
    paths = extract(corpus, references.values(), out / "references")
    plan = assignments({name: row.language for name, row in references.items()}, sentences, cross, each)
    limits = Limits.of(synthesizer.settings)
    voices: dict[str, Voice] = {}
    rows, spoken, spent = [], 0.0, 0.0
    for index, (speaker, language, text) in enumerate(tqdm(plan, unit="utt")):
        path = paths[references[speaker].utterance]
        if speaker not in voices:
            voices[speaker] = synthesizer.voice_from([read_clip(path, limits=limits)])
        start = time.perf_counter()
        speech = synthesizer.synthesize(
            SynthesisRequest(text=text, voice=voices[speaker], language=language, seed=seed + index)
        )
        spent += time.perf_counter() - start
        spoken += speech.seconds
        wave = out / f"{language}.{index:03d}.{speaker}.wav"
        write_wav(wave, speech.wave, speech.sample_rate)
        rows.append(Row(wave, text, language, path))
    return rows, {"seconds": round(spoken, 2), "rtf": round(spent / max(spoken, 1e-9), 4)}


def copied(bundle: Bundle, rows: Sequence[Row], out: Path) -> list[Row]:
    """The rows with each wave sent through mel and vocoder."""
    spec = bundle.spec
    copies = []
    for row in tqdm(rows, unit="utt"):
        wave, rate = soundfile.read(row.wave, dtype="float32")
        made = bundle.copy_synthesis(torch.from_numpy(soxr.resample(wave, rate, spec.sample_rate)))
        path = out / f"copy.{row.wave.name}"
        soundfile.write(path, made, spec.sample_rate)
        copies.append(replace(row, wave=path))
    return copies


def _synthesizer(options: argparse.Namespace) -> Synthesizer:
    from tts.settings import load_settings
    from tts.synthesizer import Synthesizer

    chosen = {"bundle": options.bundle, "cache_dir": options.cache_dir, "device": options.device}
    return Synthesizer.open(load_settings(**{name: value for name, value in chosen.items() if value}))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    human = commands.add_parser("human", help="recordings of the dev speakers, to be judged beside our speech")
    ours = commands.add_parser("synthesise", help="our speech in the dev speakers' voices")
    ours.add_argument("--sentences", type=Path, required=True, help="table with the columns lang and text")
    ours.add_argument("--count", type=int, default=20, help="sentences a language")
    ours.add_argument("--seed", type=int, default=0)
    ours.add_argument("--cross", action="store_true", help="each sentence in voices of another language")
    ours.add_argument("--each", type=int, default=1, help="voices that say each sentence")
    copy = commands.add_parser("copy", help="the recordings of `human`, sent through mel and vocoder")
    for command in (human, copy):
        command.add_argument("--per-language", type=int, default=60)
    for command in (ours, copy):
        command.add_argument(
            "--bundle", default="", help="name of a bundle in the model cache; the only one if not given"
        )
        command.add_argument("--cache-dir", type=Path, help="model cache to take the bundle from")
        command.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda"))
    for command in (human, ours, copy):
        command.add_argument("--corpus", type=Path, required=True)
        command.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    summary: dict[str, float] = {}
    if options.command in ("human", "copy"):
        rows = human_rows(options.corpus, options.out, options.per_language)
        if options.command == "copy":
            rows = copied(_synthesizer(options).bundle, rows, options.out)
    else:
        sentences = read_sentences(options.sentences, options.count)
        rows, summary = synthesise(
            _synthesizer(options), options.corpus, sentences, options.out,
            cross=options.cross, each=options.each, seed=options.seed,
        )  # fmt: skip
    write_manifests(options.out, rows)
    summary = {"utterances": len(rows), **summary}
    (options.out / "summary.json").write_text(json.dumps(summary) + "\n", encoding="utf-8")
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
