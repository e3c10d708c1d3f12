"""The trained acoustic model and speaker encoder beside the store they learned from: to predict or to measure with."""

import argparse
from dataclasses import dataclass
from pathlib import Path

import torch

from training.acoustic import References, open_store
from training.loop import earlier_weights, load_config
from training.resident import BucketSampler, ResidentStore
from tts.models.acoustic import AcousticModel
from tts.models.speaker_encoder import SpeakerEncoder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that `Trained.load` reads, and `--out`."""
    parser.add_argument("--config", type=Path, required=True, help="the acoustic model's settings")
    parser.add_argument("--acoustic", type=Path, required=True, help="acoustic.pt")
    parser.add_argument("--speaker", type=Path, required=True, help="speaker.pt")
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")


@dataclass(frozen=True)
class Trained:
    """Everything frozen, on one device; references are clean."""

    model: AcousticModel
    references: References
    store: ResidentStore
    sampler: BucketSampler

    @classmethod
    def load(cls, options: argparse.Namespace, **overrides: float) -> "Trained":
        config = load_config(options.config) | {"noisy_reference": 0.0, "wet_reference": 0.0} | overrides
        torch.manual_seed(config["seed"])
        store, sampler = open_store(options.store, config, options.device)
        speaker = SpeakerEncoder().to(options.device).eval()
        speaker.load_state_dict(earlier_weights(options.speaker, options.device)["model"])
        model = AcousticModel(**config["model"]).to(options.device).eval()
        model.load_state_dict(earlier_weights(options.acoustic, options.device)["model"])
        return cls(model, References(store, speaker, config), store, sampler)
