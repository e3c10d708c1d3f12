"""Put the optional parts into a bundle that lacks them, or has others.

    python -m training.attach --bundle cache_hub/X --emotion A.safetensors B.safetensors
        --expression C.safetensors D.safetensors

Several emotion encoders, each trained with a seed of its own, become the members of one. Several expressions, which
have learned from different ears, add up: their strengths are what each has of the whole (Wortsman et al. 2022 average
weights so).
"""

import argparse
from pathlib import Path
from typing import Any, Final

import torch
import yaml
from safetensors.torch import load_file, save

from training.loop import earlier_weights
from tts.cache import write_manifest
from tts.models.emotion_encoder import EmotionEncoder
from tts.models.expression import Expression
from tts.models.storage import pack

#: Both have learned, directly or not, from RAVDESS.
_LICENCE: Final = "CC-BY-NC-SA-4.0"


def attach(bundle: Path, emotion: list[Path], expressions: list[Path]) -> None:
    """Put the weights in, name them in `bundle.yaml`, write the manifest anew."""
    description = yaml.safe_load((bundle / "bundle.yaml").read_text(encoding="utf-8"))
    if emotion:
        parts = [(at, load_file(path)) for at, path in enumerate(emotion)]
        members = {
            name.replace("members.0.", f"members.{at}.", 1): tensor
            for at, part in parts
            for name, tensor in part.items()
        }
        (bundle / "emotion.safetensors").write_bytes(save(members))
        before = description["parts"].get("emotion", {}).get("init_args", {})
        description["parts"]["emotion"] = _entry(EmotionEncoder, "emotion", before | {"members": len(emotion)})
    if expressions:
        offsets = torch.stack([earlier_weights(path, "cpu")["model"]["offsets"] for path in expressions]).sum(0)
        (bundle / "expression.safetensors").write_bytes(save(pack({"offsets": offsets})))
        before = description["parts"].get("expression", {}).get("init_args", {})
        description["parts"]["expression"] = _entry(Expression, "expression", before)
    text = yaml.safe_dump(description, sort_keys=False, allow_unicode=True)
    (bundle / "bundle.yaml").write_text(text, encoding="utf-8")
    write_manifest(bundle)


def _entry(kind: type[Any], name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return {
        "class_path": f"{kind.__module__}.{kind.__qualname__}", "init_args": arguments,
        "weights": f"{name}.safetensors", "optional": True, "licence": _LICENCE,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.attach", description=__doc__)
    parser.add_argument("--bundle", type=Path, required=True)
    parser.add_argument("--emotion", type=Path, nargs="*", default=[])
    parser.add_argument("--expression", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    attach(options.bundle, options.emotion, options.expression)


if __name__ == "__main__":
    main()
