"""Train what emotions do to the decoder: an optional part of a bundle under the licence of the emotion recordings.

    python -m training.expression prepare --corpus CORPUS --out said.pt
    python -m training.expression learn --config configs/training/expression.yaml --bundle cache_hub/X --said said.pt
        --listeners A.safetensors … --others B.safetensors … --ears speaker.safetensors …
        --recognisers convolved.safetensors recurrent.safetensors --out DIR

`prepare` fits the bundle's voice to training speakers and reads training texts. `learn` lets these voices say these
texts with each emotion and its manner, and moves the expression against the gradient of what frozen ears hear of the
wave: emotion encoders and listeners of other kinds (`training.emotion --choose` keeps several), speaker encoders, and
a recogniser (`training.recogniser`). One expression for all voices, texts and
languages leaves no room for what would please the ears in one clip only; `--others` and the second recogniser are what
it is measured by and has not learned from. A listener's kind is the first word of its file's name
(`convolved-0.safetensors`), an emotion encoder's is anything else. Writes `expression.safetensors` and `figures.json`.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors.torch import save
from torch import nn

from training.expression.ears import Ears
from training.expression.learn import learn
from training.expression.measure import measure
from training.expression.stage import Stage
from training.listeners import BODIES, Listener
from training.loop import earlier_weights, load_config
from training.recogniser import Recogniser
from tts.models.emotion_encoder import EmotionEncoder
from tts.models.expression import Expression
from tts.models.folder import load_bundle
from tts.models.speaker_encoder import SpeakerEncoder
from tts.models.storage import pack

Part = TypeVar("Part", bound=nn.Module)


def _load(part: Part, path: Path, device: torch.device) -> Part:
    part.load_state_dict(earlier_weights(path, "cpu")["model"])
    return part.to(device).eval().requires_grad_(False)


def _listeners(paths: Sequence[Path], device: torch.device) -> list[EmotionEncoder | Listener]:
    kinds = [path.stem.split("-")[0] for path in paths]
    return [
        _load(Listener(kind) if kind in BODIES else EmotionEncoder(members=1), path, device)
        for kind, path in zip(kinds, paths, strict=True)
    ]


def _learn(options: argparse.Namespace) -> None:
    config = load_config(options.config, options.overrides)
    torch.manual_seed(config["seed"])
    bundle = load_bundle(options.bundle, options.device)
    expression = Expression(len(bundle.acoustic.decoder), bundle.acoustic.condition_size)
    if options.start:
        expression.load_state_dict(earlier_weights(options.start, "cpu")["model"])
    bundle = bundle.with_expression(expression)
    saved = torch.load(options.said, weights_only=True)
    stage = Stage(saved, bundle, config["seed"])
    others = [_load(SpeakerEncoder(), path, bundle.device) for path in options.ears]
    recognisers = [_load(Recogniser(path.stem), path, bundle.device) for path in options.recognisers]
    heard_by, measured_by = (
        Ears(bundle, _listeners(paths, bundle.device), others, recogniser)
        for paths, recogniser in zip((options.listeners, options.others), recognisers, strict=True)
    )
    figures: dict[str, Any] = {"others": [path.stem for path in options.others]}
    asked = (config["emotions"], config["rounds"], config["each"])
    figures["before"] = measure(stage, measured_by, *asked)
    learn(stage, heard_by, expression, config)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "expression.safetensors").write_bytes(save(pack(expression.state_dict())))
    figures["after"] = measure(stage, measured_by, *asked)
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures))


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
    learning.add_argument(
        "--recognisers", type=Path, nargs=2, required=True, help="one to learn from, one to measure by"
    )
    learning.add_argument("--start", type=Path, help="an expression to go on from")
    learning.add_argument("--out", type=Path, required=True)
    learning.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    learning.add_argument("overrides", nargs="*")
    options = parser.parse_args()
    if options.command == "learn":
        _learn(options)
        return
    # What reads text and clips is not needed, and need not be there, where the expression learns.
    from training.expression.prepare import prepare

    prepare(options.corpus, options.out, options.speakers, options.texts, options.seed)


if __name__ == "__main__":
    main()
