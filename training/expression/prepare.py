"""Fit voices to training speakers and read training texts, where all that takes is installed."""

import random
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from training.expression.stage import embedding_of
from training.recordings import ACTED, Row, read_rows, read_waves
from tts.audio.read import Limits, read_clip
from tts.audio.spec import AudioSpec
from tts.emotion import EXPRESSED, EmotionVector, manner, read_manners
from tts.errors import YinseError
from tts.models.emotion_encoder import HEARD
from tts.models.utterance import ReferenceEmbedding
from tts.plan import condition_of
from tts.settings import load_settings
from tts.synthesizer import Synthesizer
from tts.text.frontend import read


def prepare(corpus: Path, out: Path, speakers: int, texts: int, seed: int) -> None:
    """Voices of half women and half men, what is read, and the manners beside an expression."""
    dice, synthesizer = random.Random(seed), Synthesizer.open(load_settings())
    rows = [row for row in read_rows(corpus, ("train",)) if row["set"] not in ACTED]
    dice.shuffle(rows)
    clips = {row["speaker"]: row for row in rows if 3 < float(row["seconds"]) < 10 and float(row["snr_db"] or 0) > 20}
    halves = ([row for row in clips.values() if row["gender"].lower().startswith(sex)] for sex in "fm")
    voices = _voices(synthesizer, corpus, [row for half in halves for row in half[: speakers // 2]])
    ways, rates = manners_of(embedding_of(voices[0]))
    torch.save({"voices": voices, "texts": _texts(rows, texts), "ways": ways, "rates": rates}, out)


def manners_of(voice: ReferenceEmbedding) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Of each emotion at full strength what its manner tells of a voice, and its rate."""
    ways, rates = {}, {}
    for name in HEARD:
        if name != "neutral":
            vector = EmotionVector.of({name: 1.0})
            way = manner(vector, read_manners(EXPRESSED))
            condition = condition_of(vector, way, voice)
            numbers = {field.name: getattr(condition, field.name) for field in fields(condition)}
            ways[name] = {key: value for key, value in numbers.items() if isinstance(value, float)}
            rates[name] = way.rate
    return ways, rates


def _voices(synthesizer: Synthesizer, corpus: Path, chosen: Sequence[Row]) -> list[dict[str, Any]]:
    limits, voices = Limits.of(synthesizer.settings), []
    for _, wave in tqdm(read_waves(corpus, chosen), total=len(chosen), unit="voice"):
        embedding = synthesizer.voice_from([read_clip((AudioSpec.sample_rate, wave), limits=limits)]).embedding
        values = {field.name: getattr(embedding, field.name) for field in fields(embedding)}
        voices.append(values | {"prompt": embedding.prompt.half()})
    return voices


def _texts(rows: Sequence[Row], count: int) -> list[tuple[Any, ...]]:
    said: dict[str, tuple[Any, ...]] = {}
    for row in rows:
        if len(said) < count and row["text"] not in said and "{" not in row["text"]:
            try:
                (segment,) = read(row["text"].split("|")[0], row["lang"]).segments
            except (YinseError, ValueError):
                continue
            ids = segment.ids()
            said[row["text"]] = (ids.phones, ids.tones, ids.languages, ids.breaks)
    return list(said.values())
