"""Put trained parts together into a bundle.

    python -m training.export --config configs/training/acoustic.yaml --speaker speaker.pt --acoustic acoustic.pt \\
        --vocoder vocoder.pt --calibration calibration.json --card MODEL_CARD.md --out cache_hub/yinse-3
"""

import argparse
import json
from pathlib import Path

from torch import nn

from training.loop import earlier_weights, load_config
from tts.models.acoustic import AcousticModel
from tts.models.calibration import Calibration
from tts.models.folder import save_bundle
from tts.models.speaker_encoder import SpeakerEncoder
from tts.models.vocoder import Vocos
from tts.text.phones import LANGUAGES

LICENCE = "CC-BY-SA-4.0"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    parser.add_argument("--config", type=Path, required=True, help="the acoustic model's settings")
    for part in ("speaker", "acoustic", "vocoder"):
        parser.add_argument(f"--{part}", type=Path, required=True)
    parser.add_argument("--card", type=Path, required=True, help="the model card, in Markdown")
    parser.add_argument("--calibration", type=Path, help="what training.calibrate wrote")
    parser.add_argument("--summary", type=Path, help="JSON: what was trained on what, for how long")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES, help="what it can say")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    arguments = {"acoustic": load_config(options.config)["model"]}
    parts: dict[str, nn.Module] = {
        "speaker": SpeakerEncoder(), "acoustic": AcousticModel(**arguments["acoustic"]), "vocoder": Vocos(),
    }  # fmt: skip
    for name, part in parts.items():
        part.load_state_dict(earlier_weights(getattr(options, name), "cpu")["model"])
    summary = json.loads(options.summary.read_text(encoding="utf-8")) if options.summary else {}
    calibration = (
        Calibration(**json.loads(options.calibration.read_text(encoding="utf-8"))) if options.calibration else None
    )
    card = options.card.read_text(encoding="utf-8")
    save_bundle(options.out, parts, arguments, options.languages, summary, LICENCE, card, calibration)


if __name__ == "__main__":
    main()
