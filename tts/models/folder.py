"""A bundle as files: written, verified, read.

`bundle.yaml` names each part's class and arguments; weights are `.safetensors`, as `tts.models.storage` packs them;
`manifest.json` holds the hashes.
"""

import importlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
import yaml
from safetensors.torch import load_file, save
from torch import nn

from tts.audio.spec import AudioSpec
from tts.cache import verify, write_manifest
from tts.errors import BundleError
from tts.models.acoustic import AcousticModel
from tts.models.bundle import Bundle
from tts.models.calibration import Calibration
from tts.models.emotion_encoder import EmotionEncoder
from tts.models.expression import Expression
from tts.models.speaker_encoder import SpeakerEncoder
from tts.models.storage import pack, unpack
from tts.models.vocoder import Vocos
from tts.text.phones import BREAKS, LANGUAGES, PHONES, TONES

_PARTS: dict[str, type[nn.Module]] = {
    "speaker": SpeakerEncoder,
    "acoustic": AcousticModel,
    "vocoder": Vocos,
    "emotion": EmotionEncoder,
    "expression": Expression,
}
#: Parts without which a bundle speaks all the same.
_OPTIONAL = ("emotion", "expression")
_SMALL: dict[str, dict[str, Any]] = {
    "speaker": {"channels": 64},
    "acoustic": {
        "channels": 64,
        "inner": 64,
        "layers": 2,
        "decoder_channels": 64,
        "decoder_inner": 64,
        "decoder_blocks": 2,
    },
    "vocoder": {"channels": 64, "inner": 64, "blocks": 2},
    "emotion": {"channels": 64, "hidden": 16, "members": 2},
    "expression": {"blocks": 2, "condition": 128},
}


def _tables() -> dict[str, list[str]]:
    return {"phones": list(PHONES), "tones": list(TONES), "languages": list(LANGUAGES), "breaks": list(BREAKS)}


def save_bundle(
    path: Path,
    parts: dict[str, nn.Module],
    arguments: dict[str, dict[str, Any]],
    languages: Sequence[str],
    training: dict[str, Any],
    licence: str,
    card: str,
    calibration: Calibration | None = None,
) -> None:
    """Write a bundle's folder: weights, description, model card, manifest last."""
    path.mkdir(parents=True, exist_ok=True)
    description: dict[str, Any] = {"name": path.name, "format": 1, "audio": AudioSpec().to_dict(), "parts": {}}
    for key, part in parts.items():
        (path / f"{key}.safetensors").write_bytes(save(pack(part.state_dict())))
        kind = type(part)
        description["parts"][key] = {
            "class_path": f"{kind.__module__}.{kind.__qualname__}",
            "init_args": arguments.get(key, {}),
            "weights": f"{key}.safetensors",
        } | ({"optional": True} if key in _OPTIONAL else {})
    description["calibration"] = asdict(calibration or Calibration())
    description |= {"languages": list(languages), "licence": licence, "training": training, "tables": _tables()}
    (path / "bundle.yaml").write_text(
        yaml.safe_dump(description, sort_keys=False, allow_unicode=True), encoding="utf-8"
    )
    (path / "MODEL_CARD.md").write_text(card, encoding="utf-8")
    write_manifest(path)


def load_bundle(path: Path, device: str = "cpu") -> Bundle:
    """Verify the hashes, then build the parts. Raises BundleError naming the file that is wrong."""
    verify(path).require_ok()
    description = yaml.safe_load((path / "bundle.yaml").read_text(encoding="utf-8"))
    tables = _tables()
    for name, rows in description["tables"].items():
        if tables[name][: len(rows)] != rows:
            raise BundleError("bundle_phones_differ", bundle=path.name)
    parts = {}
    for key, entry in description["parts"].items():
        if entry.get("optional") and not (path / entry["weights"]).exists():
            continue
        module, _, kind = entry["class_path"].rpartition(".")
        if not module.startswith("tts.models."):
            raise BundleError("bundle_damaged", file=str(path / "bundle.yaml"))
        part: nn.Module = getattr(importlib.import_module(module), kind)(**entry["init_args"])
        part.load_state_dict(unpack(load_file(path / entry["weights"])))
        parts[key] = part
    spec = AudioSpec(**description["audio"])
    calibration = Calibration(**description.get("calibration", {}))
    return Bundle(description["name"], spec, parts, tuple(description["languages"]), calibration, device)


def create_untrained(path: Path, small: bool = True) -> None:
    """A bundle of random weights, for tests of everything around the models."""
    torch.manual_seed(0)
    arguments = _SMALL if small else {}
    parts = {key: kind(**arguments.get(key, {})) for key, kind in _PARTS.items()}
    save_bundle(path, parts, arguments, ("zh", "en"), {"note": "untrained"}, "CC0-1.0", "# Untrained\n")
