"""Example voices that are nobody's: drawn from the space of speakers that the encoder learned, spoken by the bundle.

    python -m training.examples --corpus CORPUS --out assets/voices [--bundle NAME] [--seed N]

1. One clip of every train speaker (never of the non-commercial set) is embedded: the people. Adults in a plain manner
   on a clean recording make the space, apart for lower and higher voices: a Gaussian over the principal components of
   the x-vector and the log pitch together.
2. For each part in OUT/voices.yaml, x-vectors are drawn from the Gaussian given its pitch. One that is less typical
   than the median person is refused, and one that is nearer to any person than three in four people are to their
   nearest neighbour (`_NEARNESS`). Those left are tried in turn, the farthest from the voices made before first.
3. No prompt comes from a person either. The first is the mean spectrum of all people, without any movement in time.
   The voice introduces itself, the mel of that becomes the next prompt, the pitch is put right, and so on until the
   x-vector of what is said stands still (`_STILL`). The drawn x-vector stays throughout; the last saying is the clip.
4. The next draw is tried where it did not come to stand still, or where a new sentence in the voice cloned from the
   clip is less like it than `_ITSELF`, or where that sentence or the clip is nearer to a person than the limit of step
   2: speech comes out nearer to the people of the training than the x-vector it was asked for.
5. The cosines of the clip's x-vector to the people, to a new sentence in the voice cloned from the clip, and to the
   other clips are measured and written down.

Nothing is chosen by ear or judge. The same seed on the same kind of processor gives the same files.
"""

import argparse
import csv
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile
import torch
import yaml
from torch import Tensor
from tqdm import tqdm

from training.evaluate import Recording, extract, reference_of
from tts.audio.quality import ClipReport, level, trim
from tts.audio.read import Limits, read_clip
from tts.cache import find_bundle
from tts.files import whole_file
from tts.models.folder import load_bundle
from tts.models.utterance import ReferenceEmbedding
from tts.settings import load_settings
from tts.speech import Speech, SynthesisRequest
from tts.synthesizer import Synthesizer
from tts.voice import Voice

_WITHOUT: Final = ("ravdess",)
_SHORTEST_SECONDS: Final = 1.0
_LONGEST_SECONDS: Final = 10.0
_HEARD_SECONDS: Final = 6.0
_ADULT_AGE: Final = 18
_CLEAN_SNR_DB: Final = 25.0
#: Between the lower and the higher voices.
SPLIT_HZ: Final = 165.0
_COMPONENTS: Final = 40
_DRAWS: Final = 400
_TRIES: Final = 40
#: The share of people whose nearest neighbour is less like them than an example may be like anybody. To the encoder of
#: yinse-2 two recordings of one person had a cosine of .75 in the middle, people and their nearest neighbours .51.
_NEARNESS: Final = 0.75
_PROMPT_FRAMES: Final = 400
_STILL: Final = 0.99
_ITSELF: Final = 0.65
_MOST_ROUNDS: Final = 6
_DEVIATION: Final = 0.2
CATALOGUE: Final = "voices.yaml"
LICENCE: Final = "CC BY-SA 4.0"
_NO_REPORT: Final = ClipReport(0, 0, 0, 0, 0, 0, 0, 0, 0, ())


@dataclass(frozen=True)
class Part:
    """One voice as the catalogue asks for it: `pitch_hz` in the middle, `text` for the clip, `sample` for whoever tries
    the voice; `description` in every language of the page."""

    id: str
    name: str
    language: str
    pitch_hz: float
    description: dict[str, str]
    text: str
    sample: str


@dataclass(frozen=True)
class People:
    """xvectors (people, 192) of unit length, log_pitch (people,), which of them `fit` (people,) the space, and the mean
    spectrum of their clips (n_mels,)."""

    xvectors: Tensor
    log_pitch: Tensor
    fit: Tensor
    spectrum: Tensor

    def nearest(self, xvectors: Tensor) -> Tensor:
        """(N, 192) -> the cosine of each to the person who is nearest, (N,)."""
        return (xvectors @ self.xvectors.T).amax(1)

    def limit(self) -> float:
        """How near to a person a voice may come."""
        return float(self.neighbours().quantile(_NEARNESS))

    def neighbours(self) -> Tensor:
        """How near each person's nearest other is, (people,)."""
        cosines = self.xvectors @ self.xvectors.T
        return cosines.fill_diagonal_(-1).amax(1)


@dataclass(frozen=True)
class Space:
    """A Gaussian over the scores of the x-vectors' principal components and the log pitch, (components + 1,)."""

    middle: Tensor
    axes: Tensor
    mean: Tensor
    covariance: Tensor
    typical: float

    @classmethod
    def fit(cls, xvectors: Tensor, log_pitch: Tensor, components: int = _COMPONENTS) -> "Space":
        """xvectors (N, 192), log_pitch (N,)."""
        components = min(components, len(xvectors) // 3)
        middle = xvectors.mean(0)
        axes = torch.linalg.svd(xvectors - middle, full_matrices=False).Vh[:components]
        rows = torch.cat([(xvectors - middle) @ axes.T, log_pitch[:, None]], 1)
        covariance = torch.cov(rows.T)
        space = cls(middle, axes, rows.mean(0), covariance, 0.0)
        return cls(middle, axes, space.mean, covariance, float(space._distances(rows).median()))

    def _distances(self, rows: Tensor) -> Tensor:
        """Mahalanobis (N, components + 1) -> (N,)."""
        apart = rows - self.mean
        return (apart * torch.linalg.solve(self.covariance, apart.T).T).sum(1).sqrt()

    def draw(self, log_pitch: float, count: int, generator: torch.Generator) -> Tensor:
        """X-vectors of voices at this pitch, as typical as the median person or more: (count or fewer, 192)."""
        scores, with_pitch, pitch = self.covariance[:-1, :-1], self.covariance[:-1, -1], self.covariance[-1, -1]
        mean = self.mean[:-1] + with_pitch * ((log_pitch - self.mean[-1]) / pitch)
        factor = torch.linalg.cholesky(scores - torch.outer(with_pitch, with_pitch) / pitch)
        drawn = mean + torch.randn(count, len(mean), generator=generator, dtype=mean.dtype) @ factor.T
        rows = torch.cat([drawn, torch.full((count, 1), log_pitch, dtype=mean.dtype)], 1)
        kept = drawn[self._distances(rows) <= self.typical]
        return torch.nn.functional.normalize(self.middle + kept @ self.axes, dim=1)


@dataclass(frozen=True)
class Example:
    """A finished voice: its clip and what the models keep of that; the x-vectors it was drawn as, and of `again`, its
    sample in the voice cloned from the clip; the cosine of each round's x-vector to the one before."""

    part: Part
    speech: Speech
    embedding: ReferenceEmbedding
    drawn: Tensor
    again: Tensor
    stillness: tuple[float, ...]

    def is_nobody(self, people: "People") -> bool:
        """Whether it is a voice of its own, which stays itself when it is cloned and comes near to no person."""
        near = people.nearest(torch.stack([self.embedding.xvector, self.again]).double())
        itself = float(self.embedding.xvector @ self.again)
        return self.stillness[-1] >= _STILL and float(near.amax()) < people.limit() and itself > _ITSELF


def read_cast(catalogue: Path) -> list[Part]:
    """The parts that `voices.yaml` names, whether they have been made before or not."""
    if not catalogue.is_file():
        raise SystemExit(f"{catalogue} is missing: it names the voices that shall be made")
    rows = yaml.safe_load(catalogue.read_text(encoding="utf-8"))["voices"]
    return [Part(**{field.name: row[field.name] for field in fields(Part)}) for row in rows]


def recordings(corpus: Path) -> dict[str, list[tuple[Recording, str]]]:
    """Train speaker -> recordings of a second and more, each with the speaker's age as the corpus has it."""
    found: dict[str, list[tuple[Recording, str]]] = defaultdict(list)
    with (corpus / "metadata.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            seconds = float(row["seconds"])
            if row["split"] != "train" or row["set"] in _WITHOUT or seconds < _SHORTEST_SECONDS:
                continue
            recording = Recording(
                row["utt"], row["set"], row["shard"], row["speaker"], row["lang"], seconds,
                float(row["snr_db"] or 0), row["emotion"], row["text"],
            )  # fmt: skip
            found[row["speaker"]].append((recording, row["age"]))
    return dict(sorted(found.items()))


def fits(recording: Recording, age: str) -> bool:
    """Whether a clip may shape the space: nobody known to be a child, nobody acting, little noise."""
    grown = not age.isdigit() or int(age) >= _ADULT_AGE
    return grown and not recording.emotion and recording.snr_db >= _CLEAN_SNR_DB


def hear(synthesizer: Synthesizer, corpus: Path) -> People:
    """Embed the best clip of every train speaker."""
    chosen, ages = [], []
    for rows in recordings(corpus).values():
        short = [recording for recording, _ in rows if recording.seconds <= _LONGEST_SECONDS]
        best = reference_of(short) if short else rows[0][0]
        chosen.append(best)
        ages.append(next(age for recording, age in rows if recording is best))
    embeddings = []
    limits = Limits.of(synthesizer.settings)
    heard = int(_HEARD_SECONDS * synthesizer.bundle.spec.sample_rate)
    with tempfile.TemporaryDirectory() as folder:
        paths = extract(corpus, chosen, Path(folder))
        for recording in tqdm(chosen, unit="clip"):
            wave = level(trim(read_clip(paths[recording.utterance], limits=limits)).wave)[:heard]
            embeddings.append(synthesizer.bundle.embed(torch.from_numpy(wave)))
    fit = [fits(recording, age) for recording, age in zip(chosen, ages, strict=True)]
    return People(
        torch.stack([embedding.xvector for embedding in embeddings]).double(),
        torch.tensor([embedding.f0_median_log for embedding in embeddings]).double(),
        torch.tensor(fit),
        torch.stack([embedding.prompt.mean(1) for embedding in embeddings]).mean(0),
    )


def spaces(people: People) -> dict[bool, Space]:
    """The space of the lower voices (False) and that of the higher ones (True)."""
    high = people.log_pitch > np.log(SPLIT_HZ)
    found = {}
    for side in (False, True):
        members = people.fit & (high == side)
        found[side] = Space.fit(people.xvectors[members], people.log_pitch[members])
    return found


def make(synthesizer: Synthesizer, people: People, parts: Sequence[Part], seed: int) -> list[Example]:
    """A voice for each part: typical for its pitch, near to no person, far from those before it, standing still."""
    limit, either = people.limit(), spaces(people)
    generator = torch.Generator().manual_seed(seed)
    made: list[Example] = []
    for part in tqdm(parts, unit="voice"):
        drawn = either[part.pitch_hz > SPLIT_HZ].draw(float(np.log(part.pitch_hz)), _DRAWS, generator)
        drawn = drawn[people.nearest(drawn) < limit]
        others = torch.stack([example.embedding.xvector.double() for example in made] or [torch.zeros(drawn.shape[1])])
        order = (drawn @ others.to(drawn).T).amax(1).argsort(stable=True)
        for candidate in drawn[order[:_TRIES]]:
            example = settle(synthesizer, part, candidate, people.spectrum, seed)
            if example.is_nobody(people):
                made.append(example)
                break
        else:
            raise SystemExit(f"no draw for {part.id} became a voice that is nobody's: use another seed")
    return made


def _voice(synthesizer: Synthesizer, embedding: ReferenceEmbedding) -> Voice:
    return Voice(embedding, _NO_REPORT, synthesizer.bundle.name, np.zeros(0, np.float32))


def _say(synthesizer: Synthesizer, embedding: ReferenceEmbedding, text: str, part: Part, seed: int) -> Speech:
    request = SynthesisRequest(text, _voice(synthesizer, embedding), language=part.language, seed=seed)
    return synthesizer.synthesize(request)


def settle(synthesizer: Synthesizer, part: Part, xvector: Tensor, spectrum: Tensor, seed: int) -> Example:
    """Let an x-vector introduce itself, again and again, each time with its own saying as the prompt."""
    pitch = float(np.log(part.pitch_hz))
    prompt = spectrum[:, None].repeat(1, _PROMPT_FRAMES)
    embedding = ReferenceEmbedding(xvector.float(), prompt, pitch, _DEVIATION)
    stillness: list[float] = []
    before: Tensor | None = None
    while True:
        speech = _say(synthesizer, embedding, part.text, part, seed)
        said = _embed(synthesizer, speech)
        if before is not None:
            stillness.append(float(before @ said.xvector))
            if stillness[-1] >= _STILL or len(stillness) == _MOST_ROUNDS:
                break
        before = said.xvector
        # Voices do not always speak at the pitch that they are given.
        given = embedding.f0_median_log + pitch - said.f0_median_log
        embedding = ReferenceEmbedding(xvector.float(), said.prompt, given, said.f0_std_log)
    again = _embed(synthesizer, _say(synthesizer, said, part.sample, part, seed))
    return Example(part, speech, said, xvector.float(), again.xvector, tuple(stillness))


def _embed(synthesizer: Synthesizer, speech: Speech) -> ReferenceEmbedding:
    return synthesizer.bundle.embed(torch.from_numpy(level(speech.wave)))


def measure(people: People, examples: Sequence[Example]) -> list[dict[str, float]]:
    """For each example the pitch of its clip and the cosines of step 5 in the module's docstring."""
    xvectors = torch.stack([example.embedding.xvector for example in examples])
    between = (xvectors @ xvectors.T).fill_diagonal_(-1).amax(1)
    near = people.nearest(xvectors.double())
    near_again = people.nearest(torch.stack([example.again for example in examples]).double())
    return [
        {
            "pitch_hz": round(float(np.exp(example.embedding.f0_median_log)), 1),
            "rounds": len(example.stillness) + 1,
            "stillness": round(example.stillness[-1], 3),
            "drawn_x_vector": round(float(example.embedding.xvector @ example.drawn), 3),
            "nearest_person": round(float(near[row]), 3),
            "new_sentence": round(float(example.embedding.xvector @ example.again), 3),
            "nearest_person_to_new_sentence": round(float(near_again[row]), 3),
            "nearest_example": round(float(between[row]), 3),
        }
        for row, example in enumerate(examples)
    ]


def write(out: Path, examples: Sequence[Example], figures: Sequence[dict[str, float]], made: dict[str, Any]) -> None:
    """A FLAC of each voice and `voices.yaml`."""
    out.mkdir(parents=True, exist_ok=True)
    voices = []
    for example, measured in zip(examples, figures, strict=True):
        part, speech = example.part, example.speech
        with whole_file(out / f"{part.id}.flac") as stream:
            soundfile.write(stream, speech.wave, speech.sample_rate, "PCM_16", format="FLAC")
        voices.append({**asdict(part), "seconds": round(speech.seconds, 2), "measured": measured})
    content = {**made, "voices": voices}
    (out / CATALOGUE).write_text(
        "# `python -m training.examples` reads which voices there shall be and writes the rest anew.\n"
        + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110),
        encoding="utf-8",
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.examples", description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True, help="folder with metadata.tsv and its archives")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--bundle", help="name of a bundle in the cache (that of the settings if not given)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    cast = read_cast(options.out / CATALOGUE)
    chosen = {"bundle": options.bundle} if options.bundle else {}
    settings = load_settings(device=options.device, **chosen)
    # Sums in another order would end in other voices.
    torch.set_num_threads(1)
    synthesizer = Synthesizer(load_bundle(find_bundle(settings), options.device), settings)
    people = hear(synthesizer, options.corpus)
    examples = make(synthesizer, people, cast, options.seed)
    figures = measure(people, examples)
    neighbours = people.neighbours()
    made = {
        "licence": LICENCE,
        "made_by": "python -m training.examples",
        "bundle": synthesizer.bundle.name,
        "seed": options.seed,
        "people": {
            "heard": len(people.xvectors),
            "in_the_space": int(people.fit.sum()),
            "nearest_neighbour": {
                name: round(float(neighbours.quantile(share)), 3)
                for name, share in (("low", 0.05), ("median", 0.5), ("high", 0.95))
            },
        },
    }
    write(options.out, examples, figures, made)


if __name__ == "__main__":
    main()
