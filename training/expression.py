"""Train what emotions do to the decoder: an optional part of a bundle under the licence of the emotion recordings.

    python -m training.expression prepare --corpus CORPUS --out said.pt
    python -m training.expression learn --config configs/training/expression.yaml --bundle cache_hub/X --said said.pt
        --listeners A.safetensors … --others B.safetensors … --ears speaker.safetensors … --aligner aligner.pt --out DIR

`prepare` fits the bundle's voice to training speakers and reads training texts. `learn` lets these voices say these
texts with each emotion and its manner, and moves the expression against the gradient of what frozen ears hear: emotion
encoders (`training.emotion --choose` keeps several), speaker encoders, and the aligner. One expression for all
voices, texts and languages leaves no room for what would please the ears in one clip only; `--others` are emotion
encoders that it is measured by and that it has not seen. Writes `expression.safetensors` and `figures.json`.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save
from torch import Tensor
from torch.nn import functional as F
from tqdm import tqdm

from training.aligner import Aligner, centred, targets
from training.augment import mask_stripes
from training.loop import cosine_rate, earlier_weights, load_config
from training.recordings import ACTED, read_rows, read_waves
from training.resident import window
from tts.audio.features import denormalise, equalise, frame_energy
from tts.audio.spec import AudioSpec
from tts.emotion import EMOTIONS
from tts.models.bundle import Bundle, Condition, ReferenceEmbedding, Utterance
from tts.models.emotion_encoder import HEARD, EmotionEncoder
from tts.models.expression import Expression
from tts.models.folder import load_bundle
from tts.models.speaker_encoder import SpeakerEncoder, speaker_mel_of
from tts.models.storage import pack
from tts.text.reading import TokenIds

_LEARNED = tuple(name for name in HEARD if name != "neutral")
_MELANCHOLIC = ("sad", "calm")
#: Bins that an envelope is smoothed over: more than two harmonics, where these are apart.
_ENVELOPE = 9


class Stage:
    """Voices and texts that have been prepared, and what they say on a bundle, differentiable in its expression."""

    def __init__(self, path: Path, bundle: Bundle, seed: int) -> None:
        saved = torch.load(path, weights_only=True)
        self.bundle, self.ways, self.rates = bundle, saved["ways"], saved["rates"]
        self.bare = bundle.with_expression(Expression(len(bundle.acoustic.decoder), bundle.acoustic.condition_size))
        self.voices = [ReferenceEmbedding(**row | {"prompt": row["prompt"].float()}) for row in saved["voices"]]
        texts = sorted((TokenIds(*row) for row in saved["texts"]), key=lambda ids: len(ids.phones))
        self.texts = [text for text in texts if len(text.phones) >= 10]
        self.dice = random.Random(seed)

    def draw(self, count: int, unseen: bool) -> tuple[list[ReferenceEmbedding], list[TokenIds]]:
        """Voices, and texts of about one length; every eighth of both is only for measuring."""
        voices, texts = (
            [row for at, row in enumerate(rows) if (at % 8 == 0) == unseen] for rows in (self.voices, self.texts)
        )
        first = self.dice.randrange(max(1, len(texts) - count))
        near = texts[first : first + max(count, 1)]
        return [self.dice.choice(voices) for _ in range(count)], [self.dice.choice(near) for _ in range(count)]

    def say(
        self,
        voices: Sequence[ReferenceEmbedding],
        texts: Sequence[TokenIds],
        emotions: Sequence[str | None],
        bare: bool = False,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """-> normalised mels (B, n_mels, T), frames (B,), the phone of each frame (B, T), -1 past the end; `bare`:
        without the expression."""
        conditions = [self._condition(*pair) for pair in zip(voices, emotions, strict=True)]
        lengths = self.bundle.plan_durations(texts, conditions)
        durations = [
            np.maximum((row.frames() / (self.rates[name] if name else 1.0)).round(), 1)
            for row, name in zip(lengths, emotions, strict=True)
        ]
        rows = zip(texts, durations, conditions, strict=True)
        mel, frames = (self.bare if bare else self.bundle).mels([Utterance.plain(*row) for row in rows])
        size = max(len(text.phones) for text in texts)
        phones = torch.tensor([[*text.phones, *[0] * (size - len(text.phones))] for text in texts])
        counts = torch.tensor(np.stack([np.pad(row, (0, size - len(row))) for row in durations])).long()
        spoken = targets(phones, counts, mel.shape[2])
        return mel, torch.tensor(frames, device=mel.device), spoken.to(mel.device)

    def _condition(self, voice: ReferenceEmbedding, emotion: str | None) -> Condition:
        vector = torch.zeros(len(EMOTIONS))
        if emotion is None:
            return Condition(voice, vector)
        vector[EMOTIONS.index(emotion)] = 1.0
        return Condition(voice, vector, **self.ways[emotion])


class Ears:
    """Frozen networks that hear normalised mels."""

    def __init__(
        self, bundle: Bundle, listeners: Sequence[EmotionEncoder], others: Sequence[SpeakerEncoder], aligner: Aligner
    ) -> None:
        self.spec, self.device, self.listeners, self.aligner = bundle.spec, bundle.device, listeners, aligner
        self.speakers = (bundle.speaker, *others)
        self._references: dict[int, Tensor] = {}
        # It has neither dropout nor batch norm, and cuDNN goes back through a recurrent layer in this mode only.
        self.aligner.train()

    def mel(self, mel: Tensor, colour: float) -> Tensor:
        return equalise(speaker_mel_of(denormalise(mel, self.spec), self.spec), colour)

    def emotions(self, heard: Tensor) -> Tensor:
        """(B, 80, T) -> log-probabilities (listeners, B, 8)."""
        return torch.stack([listener(heard) for listener in self.listeners])

    def alike(self, heard: Tensor, voices: Sequence[ReferenceEmbedding]) -> Tensor:
        """Cosines (speakers, B) of what the speaker encoders hear to what they hear in the references."""
        wanted = torch.stack([self._reference(voice) for voice in voices], 1)
        return torch.stack(
            [
                F.cosine_similarity(speaker(heard), own, dim=1)
                for speaker, own in zip(self.speakers, wanted, strict=True)
            ]
        )

    def _reference(self, voice: ReferenceEmbedding) -> Tensor:
        """(speakers, 192)."""
        if id(voice) not in self._references:
            with torch.no_grad():
                heard = self.mel(voice.prompt[None].to(self.device), 0.0)
                others = [speaker(heard)[0] for speaker in self.speakers[1:]]
            self._references[id(voice)] = torch.stack([voice.xvector.to(self.device), *others])
        return self._references[id(voice)]

    def unclear(self, mel: Tensor, phones: Tensor) -> Tensor:
        return F.nll_loss(self.aligner(centred(mel)).transpose(1, 2), phones, ignore_index=-1)


def learn(stage: Stage, ears: Ears, expression: Expression, config: dict[str, Any]) -> None:
    device = stage.bundle.device
    optimiser = torch.optim.Adam(expression.requires_grad_(True).parameters())
    names = _LEARNED * config["each"]
    classes = torch.tensor([HEARD.index(name) for name in names], device=device)
    likeness = torch.tensor([config["likeness"][name] for name in names], device=device)
    for step in range(config["steps"]):
        for group in optimiser.param_groups:
            group["lr"] = cosine_rate(step / config["steps"], config["rate"], 0.0, 0.05)
        voices, texts = stage.draw(len(names), unseen=False)
        with torch.no_grad():
            bare, _, _ = stage.say(voices, texts, names, bare=True)
        mel, frames, phones = stage.say(voices, texts, names)
        mel, bare, phones = window([mel, bare, phones.unsqueeze(1)], frames, int(frames.min()))
        heard = ears.mel(mel, config["microphone"])
        told = ears.emotions(mask_stripes(heard, *config["stripes"]))
        moved = short_of(told, classes, config["margin"])
        unlike = (likeness * (1 - ears.alike(heard, voices))).mean()
        unclear = ears.unclear(equalise(mel, config["microphone"]), phones[:, 0])
        size = expression.offsets.square().sum((1, 2)).mean()
        rough = (harmonics(mel) - harmonics(bare)).abs().mean()
        levels = [frame_energy(denormalise(row, stage.bundle.spec)).mean(1) for row in (mel, bare)]
        louder = (levels[0] - levels[1]).abs().mean()
        kept = config["harmonics"] * rough + config["level"] * louder
        weighed = (unlike, config["clarity"] * unclear, config["size"] * size, kept)
        optimiser.zero_grad(set_to_none=True)
        (moved + sum(weighed)).backward()
        optimiser.step()
        if step % config["note_every"] == 0:
            noted = {
                "emotion": moved,
                "unlike": unlike,
                "unclear": unclear,
                "size": size,
                "rough": rough,
                "louder": louder,
            }
            print(step, {name: round(float(value.detach()), 3) for name, value in noted.items()}, flush=True)
    with torch.no_grad():
        between = [expression.offsets[EMOTIONS.index(name)] for name in _MELANCHOLIC]
        expression.offsets[EMOTIONS.index("melancholic")] = torch.stack(between).mean(0)
    expression.requires_grad_(False)


def harmonics(mel: Tensor) -> Tensor:
    """(B, n_mels, T) -> what stands out of its envelope: pitch and clearness of the voice, which manners set."""
    padded = F.pad(mel.transpose(1, 2), (_ENVELOPE // 2, _ENVELOPE // 2), mode="replicate")
    return mel - F.avg_pool1d(padded, _ENVELOPE, 1).transpose(1, 2)


def short_of(told: Tensor, classes: Tensor, margin: float) -> Tensor:
    """log-probabilities (listeners, B, 8), classes (B,) -> by how much the wanted class fails to lead by the margin.

    What is heard well enough is left as it is, so that the voice pays for no more than is needed.
    """
    index = classes.expand(len(told), -1).unsqueeze(2)
    wanted = told.gather(2, index).squeeze(2)
    other = told.scatter(2, index, -torch.inf).amax(2)
    return F.relu(margin - wanted + other).mean()


@torch.no_grad()
def measure(stage: Stage, ears: Ears, rounds: int, each: int) -> dict[str, dict[str, float]]:
    """Emotion -> over unseen voices and texts the share in which the ears hear it gain most, its mean gain, the change
    of the cosine to the reference by the bundle's speaker encoder and by the others, and of the aligner's cross
    entropy."""
    found: dict[str, list[list[float]]] = {name: [] for name in _LEARNED}
    for _ in range(rounds):
        voices, texts = stage.draw(each, unseen=True)
        own, own_alike, own_unclear = _hear(stage, ears, voices, texts, None)
        for name in _LEARNED:
            now, alike, unclear = _hear(stage, ears, voices, texts, name)
            gains, number = now - own, HEARD.index(name)
            most = (gains.argmax(1) == number).float().mean()
            nearer = alike - own_alike
            row = [most, gains[:, number].mean(), nearer[0], nearer[1:].mean(), unclear - own_unclear]
            found[name].append([float(value) for value in row])
    names = ("gains_most", "gain", "alike", "alike_to_others", "unclear")
    return {
        emotion: {name: round(float(value), 3) for name, value in zip(names, np.mean(rows, 0), strict=True)}
        for emotion, rows in found.items()
    }


def _hear(
    stage: Stage, ears: Ears, voices: Sequence[ReferenceEmbedding], texts: Sequence[TokenIds], emotion: str | None
) -> tuple[Tensor, Tensor, Tensor]:
    """-> probabilities (B, 8), mean cosine to the references by each speaker encoder, the aligner's cross entropy."""
    mel, frames, phones = stage.say(voices, texts, [emotion] * len(voices))
    heard = [ears.mel(row[None, :, :count], 0.0) for row, count in zip(mel, frames.tolist(), strict=True)]
    told = torch.cat([ears.emotions(row).exp().mean(0) for row in heard])
    alike = torch.cat([ears.alike(row, [voice]) for row, voice in zip(heard, voices, strict=True)], 1).mean(1)
    return told, alike, ears.unclear(mel, phones)


def prepare(corpus: Path, out: Path, speakers: int, texts: int, seed: int) -> None:
    """Fit voices to training speakers, half women and half men, read training texts, and write both."""
    # What reads text and clips is not needed, and need not be there, where the expression learns.
    from tts.audio.read import Limits, read_clip
    from tts.emotion import EmotionVector, manner
    from tts.errors import YinseError
    from tts.plan import condition_of
    from tts.settings import load_settings
    from tts.synthesizer import Synthesizer
    from tts.text.frontend import read

    settings, dice = load_settings(), random.Random(seed)
    synthesizer, limits = Synthesizer.open(settings), Limits.of(settings)
    rows = [row for row in read_rows(corpus, ("train",)) if row["set"] not in ACTED]
    dice.shuffle(rows)
    clips = {row["speaker"]: row for row in rows if 3 < float(row["seconds"]) < 10 and float(row["snr_db"] or 0) > 20}
    halves = ([row for row in clips.values() if row["gender"].lower().startswith(sex)] for sex in "fm")
    chosen = [row for half in halves for row in half[: speakers // 2]]
    voices = []
    for _, wave in tqdm(read_waves(corpus, chosen), total=len(chosen), unit="voice"):
        embedding = synthesizer.voice_from([read_clip((AudioSpec.sample_rate, wave), limits=limits)]).embedding
        values = {field.name: getattr(embedding, field.name) for field in fields(embedding)}
        voices.append(values | {"prompt": embedding.prompt.half()})
    said: dict[str, TokenIds] = {}
    for row in rows:
        if len(said) < texts and row["text"] not in said and "{" not in row["text"]:
            try:
                (segment,) = read(row["text"].split("|")[0], row["lang"]).segments
            except (YinseError, ValueError):
                continue
            said[row["text"]] = segment.ids()
    ways, rates = {}, {}
    for name in _LEARNED:
        vector = EmotionVector.of({name: 1.0})
        way = manner(vector)
        condition = condition_of(vector, way, ReferenceEmbedding(**voices[0]))
        numbers = {field.name: getattr(condition, field.name) for field in fields(condition)}
        ways[name] = {key: value for key, value in numbers.items() if isinstance(value, float)}
        rates[name] = way.rate
    rows_of = [(ids.phones, ids.tones, ids.languages, ids.breaks) for ids in said.values()]
    torch.save({"voices": voices, "texts": rows_of, "ways": ways, "rates": rates}, out)


def _load(kind: type[Any], path: Path, device: torch.device, **arguments: Any) -> Any:
    part = kind(**arguments)
    part.load_state_dict(earlier_weights(path, "cpu")["model"])
    return part.to(device).eval().requires_grad_(False)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.expression", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    ready = commands.add_parser("prepare")
    ready.add_argument("--corpus", type=Path, required=True)
    ready.add_argument("--out", type=Path, required=True)
    ready.add_argument("--speakers", type=int, default=96)
    ready.add_argument("--texts", type=int, default=600)
    ready.add_argument("--seed", type=int, default=0)
    learning = commands.add_parser("learn")
    learning.add_argument("--config", type=Path, required=True)
    learning.add_argument("--bundle", type=Path, required=True)
    learning.add_argument("--said", type=Path, required=True)
    learning.add_argument("--listeners", type=Path, nargs="+", required=True)
    learning.add_argument("--others", type=Path, nargs="+", required=True)
    learning.add_argument("--ears", type=Path, nargs="+", required=True, help="weights of other speaker encoders")
    learning.add_argument("--aligner", type=Path, required=True)
    learning.add_argument("--out", type=Path, required=True)
    learning.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    learning.add_argument("overrides", nargs="*")
    options = parser.parse_args()
    if options.command == "prepare":
        prepare(options.corpus, options.out, options.speakers, options.texts, options.seed)
        return
    config = load_config(options.config, options.overrides)
    torch.manual_seed(config["seed"])
    bundle = load_bundle(options.bundle, options.device)
    expression = Expression(len(bundle.acoustic.decoder), bundle.acoustic.condition_size)
    bundle = bundle.with_expression(expression)
    stage = Stage(options.said, bundle, config["seed"])
    others = [_load(SpeakerEncoder, path, bundle.device) for path in options.ears]
    aligner = _load(Aligner, options.aligner, bundle.device)
    heard_by = [
        Ears(bundle, [_load(EmotionEncoder, path, bundle.device, members=1) for path in paths], others, aligner)
        for paths in (options.listeners, options.others)
    ]
    figures = {"manners_alone": measure(stage, heard_by[1], config["rounds"], config["each"])}
    learn(stage, heard_by[0], expression, config)
    figures["with_expression"] = measure(stage, heard_by[1], config["rounds"], config["each"])
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "expression.safetensors").write_bytes(save(pack(expression.state_dict())))
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
