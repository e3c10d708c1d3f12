"""Put trained parts together into a bundle.

    python -m training.export --speaker speaker.pt --acoustic acoustic.pt --vocoder vocoder.pt \\
        --calibration calibration.json --card MODEL_CARD.md --out cache_hub/yinse-1
"""

import argparse
import json
from pathlib import Path

import torch
from torch import nn

from tts.models.acoustic import AcousticModel
from tts.models.bundle import Calibration, save_bundle
from tts.models.speaker_encoder import SpeakerEncoder
from tts.models.vocoder import Vocos

LICENCE = "CC-BY-SA-4.0"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    for part in ("speaker", "acoustic", "vocoder"):
        parser.add_argument(f"--{part}", type=Path, required=True)
    parser.add_argument("--card", type=Path, required=True, help="the model card, in Markdown")
    parser.add_argument("--calibration", type=Path, help="what training.calibrate wrote")
    parser.add_argument("--summary", type=Path, help="JSON: what was trained on what, for how long")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    parts: dict[str, nn.Module] = {"speaker": SpeakerEncoder(), "acoustic": AcousticModel(), "vocoder": Vocos()}
    for name, part in parts.items():
        state = torch.load(getattr(options, name), map_location="cpu", weights_only=True)
        part.load_state_dict({key: value.float() for key, value in state.get("model", state).items()})
    summary = json.loads(options.summary.read_text(encoding="utf-8")) if options.summary else {}
    calibration = (
        Calibration(**json.loads(options.calibration.read_text(encoding="utf-8"))) if options.calibration else None
    )
    card = options.card.read_text(encoding="utf-8")
    save_bundle(options.out, parts, {}, ("zh", "en"), summary, LICENCE, card, calibration)


if __name__ == "__main__":
    main()
