"""A bundle: the trained parts as files, and what they do together from phones and a clip to a wave.

`bundle.yaml` names each part's class and arguments; weights are `.safetensors`, as `tts.models.storage` packs them;
`manifest.json` holds the hashes.
"""

import importlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from safetensors.torch import load_file, save
from torch import Tensor, nn
from torch.nn import functional as F

from tts.audio.delivery import contour_figures
from tts.audio.features import denormalise, equalise, log_mel, normalise
from tts.audio.pitch import track
from tts.audio.spec import AudioSpec
from tts.cache import verify, write_manifest
from tts.errors import BundleError
from tts.models.acoustic import AcousticModel, Contours, PhoneBatch
from tts.models.acoustic.batch import FULL_BANDWIDTH_HZ, VoiceBatch
from tts.models.calibration import Calibration
from tts.models.colour import coloured, sloped, spread_out, trembling
from tts.models.convnext import length_mask
from tts.models.emotion_encoder import EmotionEncoder
from tts.models.fitting import fit, nearest_language
from tts.models.speaker_encoder import SpeakerEncoder, speaker_mel, speaker_mel_of
from tts.models.storage import pack, unpack
from tts.models.vocoder import Vocos
from tts.text.phones import BREAKS, LANGUAGES, PHONES, TONES
from tts.text.reading import TokenIds

PROMPT_FRAMES = 600
_DEFAULT_PITCH_LOG = 5.0
#: Deviation of the microphones that a voice is fitted through, in the natural log.
_COLOUR = 0.3
_PARTS: dict[str, type[nn.Module]] = {
    "speaker": SpeakerEncoder,
    "acoustic": AcousticModel,
    "vocoder": Vocos,
    "emotion": EmotionEncoder,
}
#: Parts without which a bundle speaks all the same.
_OPTIONAL = ("emotion",)
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
    "emotion": {"channels": 64, "components": 16, "hidden": 16, "members": 2},
}


@dataclass(frozen=True)
class ReferenceEmbedding:
    """What the models keep of a reference: xvector (192,), prompt (n_mels, frames <= 600) normalised mel, the median
    and deviation of its log F0 (natural log of Hz), and of a voice that was fitted the correction (C,) of what the
    decoder is told, else (0,)."""

    xvector: Tensor
    prompt: Tensor
    f0_median_log: float
    f0_std_log: float
    correction: Tensor = field(default_factory=lambda: torch.zeros(0))


@dataclass(frozen=True)
class Condition:
    """A voice and its manner: emotion (8,); pitch moved by semitones, its range widened, a slope over the text and
    a tremor in semitones; energy and treble over bass in dB; `breath`, the share of voicing that is lost."""

    embedding: ReferenceEmbedding
    emotion: Tensor
    pitch_shift_semitones: float = 0.0
    pitch_range: float = 1.0
    energy_db: float = 0.0
    pitch_slope: float = 0.0
    tremor: float = 0.0
    breath: float = 0.0
    tilt_db: float = 0.0


@dataclass(frozen=True)
class _Said:
    """What a batch of texts becomes before it is decoded; frames (B,), mask (B, 1, T), colour (B, 2)."""

    voice: VoiceBatch
    condition: Tensor
    spread: Tensor
    mask: Tensor
    contours: Contours
    colour: Tensor
    frames: list[int]


class Bundle:
    """Loaded parts on one device. Methods take lists, a row a text, and pad them to one batch."""

    def __init__(
        self,
        name: str,
        spec: AudioSpec,
        parts: dict[str, nn.Module],
        languages: tuple[str, ...],
        calibration: Calibration,
        device: str,
    ):
        self.name, self.spec, self.languages, self.calibration = name, spec, languages, calibration
        self.device = torch.device(device)
        self._parts = {key: part.eval().requires_grad_(False).to(self.device) for key, part in parts.items()}

    @property
    def acoustic(self) -> AcousticModel:
        part = self._parts["acoustic"]
        assert isinstance(part, AcousticModel)
        return part

    @property
    def speaker(self) -> SpeakerEncoder:
        part = self._parts["speaker"]
        assert isinstance(part, SpeakerEncoder)
        return part

    @torch.inference_mode()
    def embed(self, wave: Tensor) -> ReferenceEmbedding:
        """Reference (samples,) at 24 kHz, a second or longer -> what the models keep of it."""
        wave = wave.to(self.device, torch.float32)
        rate, hop = self.spec.sample_rate, self.spec.hop
        xvector = self.speaker(speaker_mel(wave[None], rate))[0]
        prompt = normalise(log_mel(wave[None, : PROMPT_FRAMES * hop], self.spec), self.spec)[0]
        f0 = track(wave.cpu().numpy(), self.spec).f0_hz
        logs = np.log(f0[f0 > 0])
        median = float(np.median(logs)) if len(logs) else _DEFAULT_PITCH_LOG
        return ReferenceEmbedding(xvector.cpu(), prompt.cpu(), median, float(logs.std()) if len(logs) > 1 else 0.2)

    @torch.inference_mode()
    def emotions(self, wave: np.ndarray) -> list[float]:
        """Clip (samples,) at 24 kHz -> probability of each of `HEARD`; `BundleError` without that part of the
        bundle."""
        encoder = self._parts.get("emotion")
        if encoder is None:
            raise BundleError("bundle_part", part="emotion", bundle=self.name)
        mel = speaker_mel(torch.from_numpy(wave)[None].to(self.device), self.spec.sample_rate)
        figures = torch.from_numpy(contour_figures(wave, track(wave, self.spec).f0_hz))[None].to(self.device)
        values: list[float] = encoder(self.speaker.layers(mel), figures)[0].exp().tolist()
        return values

    def _voices(self, conditions: Sequence[Condition]) -> VoiceBatch:
        prompts = [condition.embedding.prompt for condition in conditions]
        lengths = [prompt.shape[1] for prompt in prompts]
        padded = torch.zeros(len(prompts), self.spec.n_mels, -(-max(lengths) // 8) * 8)
        for row, prompt in enumerate(prompts):
            padded[row, :, : prompt.shape[1]] = prompt
        count = len(conditions)
        medians = [c.embedding.f0_median_log for c in conditions]
        return VoiceBatch(
            xvectors=torch.stack([c.embedding.xvector for c in conditions]).to(self.device),
            prompts=padded.to(self.device),
            prompt_lengths=torch.tensor(lengths, device=self.device),
            emotions=torch.stack([c.emotion for c in conditions]).float().to(self.device),
            snr_db=torch.full((count,), self.calibration.asked_snr_db, device=self.device),
            bandwidth_hz=torch.full((count,), FULL_BANDWIDTH_HZ, device=self.device),
            pitch_median=torch.tensor(medians, device=self.device),
        )

    def _batch(self, tokens: Sequence[TokenIds]) -> PhoneBatch:
        return PhoneBatch.pad([(t.phones, t.tones, t.languages, t.breaks) for t in tokens], self.device)

    @torch.inference_mode()
    def plan_durations(
        self,
        tokens: Sequence[TokenIds],
        conditions: Sequence[Condition],
        seeds: Sequence[int] | None = None,
        variation: float = 0.0,
    ) -> list[np.ndarray]:
        """Natural length of each token in frames, not rounded, (L,) a text; drawn from its spread by `variation`."""
        batch, voice = self._batch(tokens), self._voices(conditions)
        condition, memory, heard = self.acoustic.voice(voice)
        encoded = self.acoustic.encode(batch, condition, memory, heard)
        mean, deviation = (part.cpu() for part in self.acoustic.durations(encoded, batch.lengths, condition))
        plans = []
        for row, row_tokens in enumerate(tokens):
            size = len(row_tokens.phones)
            logs = mean[row, :size] + self.calibration.length_skew * deviation[row, :size].exp().square()
            if variation > 0 and seeds is not None:
                draw = torch.randn(size, generator=torch.Generator().manual_seed(seeds[row]))
                logs = logs + 0.6 * variation * deviation[row, :size].exp() * draw
            plans.append(self.calibration.length_scale * (logs.exp() - 1).clamp(min=0).numpy())
        return plans

    @torch.inference_mode()
    def render(
        self,
        tokens: Sequence[TokenIds],
        durations: Sequence[np.ndarray],
        conditions: Sequence[Condition],
        seeds: Sequence[int] | None = None,
        variation: float = 0.0,
    ) -> list[np.ndarray]:
        """Integer durations in frames -> waves (sum(durations) * hop,) float32, a text each."""
        said = self._say(tokens, durations, conditions, seeds, variation)
        mel = self._decode(said, said.condition + self._corrections(conditions))
        waves = self._parts["vocoder"](mel).float().cpu().numpy()
        return [waves[row, : count * self.spec.hop] for row, count in enumerate(said.frames)]

    def fitted(self, embedding: ReferenceEmbedding, tokens: Sequence[TokenIds]) -> ReferenceEmbedding:
        """The embedding with a correction, by which what is said of `tokens` comes near its x-vector: a few short texts
        in languages of the bundle. Takes a few seconds on a processor.

        Only those in the language in which the voice is nearest before are said: an x-vector tells some of the
        language too, and fewer syllables are misheard in another one so (`docs/experiments.md`).
        """
        if not tokens:
            return embedding
        wanted = embedding.xvector.to(self.device)
        # What comes out of inference mode cannot be gone back through.
        with torch.no_grad():
            said = self._probe(embedding, tokens)
            alike = F.cosine_similarity(self._heard(said, said.condition), wanted[None], dim=1)
            said = self._probe(embedding, nearest_language(tokens, alike.tolist()))
        # Heard through another microphone at each step, so that no colour of sound alone can please the encoder.
        colours = torch.Generator().manual_seed(0)

        def hear(condition: Tensor) -> Tensor:
            return self._heard(said, condition.expand(len(said.frames), -1), colours)

        correction = fit(hear, wanted, said.condition[0])
        return replace(embedding, correction=correction.cpu())

    def _probe(self, embedding: ReferenceEmbedding, tokens: Sequence[TokenIds]) -> _Said:
        conditions = [Condition(embedding, torch.zeros(8))] * len(tokens)
        durations = [row.round().clip(1) for row in self.plan_durations(tokens, conditions)]
        return self._say(tokens, durations, conditions)

    def _heard(self, said: _Said, condition: Tensor, colours: torch.Generator | None = None) -> Tensor:
        """X-vectors (B, 192) of what is said under a condition (B, C), each as long as the shortest."""
        mel = denormalise(self._decode(said, condition)[:, :, : min(said.frames)], self.spec)
        heard = speaker_mel_of(mel, self.spec)
        xvectors: Tensor = self.speaker(equalise(heard, _COLOUR, colours) if colours else heard)
        return xvectors

    def _corrections(self, conditions: Sequence[Condition]) -> Tensor:
        """(B, C)."""
        rows = torch.zeros(len(conditions), self.acoustic.condition_size)
        for row, condition in enumerate(conditions):
            if len(correction := condition.embedding.correction):
                rows[row] = correction
        return rows.to(self.device)

    def _say(
        self,
        tokens: Sequence[TokenIds],
        durations: Sequence[np.ndarray],
        conditions: Sequence[Condition],
        seeds: Sequence[int] | None = None,
        variation: float = 0.0,
    ) -> _Said:
        batch, voice = self._batch(tokens), self._voices(conditions)
        frames = [int(row.sum()) for row in durations]
        padded = torch.zeros(batch.phones.shape, dtype=torch.int64)
        for row, values in enumerate(durations):
            padded[row, : len(values)] = torch.from_numpy(values.astype(np.int64))
        condition, memory, heard = self.acoustic.voice(voice)
        encoded = self.acoustic.encode(batch, condition, memory, heard)
        size = max(frames)
        mask = length_mask(torch.tensor(frames, device=self.device), size).unsqueeze(1).float()
        spread = self.acoustic.spread(encoded, padded.to(self.device), size)
        contours = self._manner(self.acoustic.contours(spread, mask, condition), mask, conditions, seeds, variation)
        colour = torch.tensor([[c.tilt_db, c.energy_db] for c in conditions], device=self.device)
        return _Said(voice, condition, spread, mask, contours, colour, frames)

    def _decode(self, said: _Said, condition: Tensor) -> Tensor:
        """-> normalised mel (B, n_mels, T), silent behind each text."""
        mel = self.acoustic.decode(said.spread, said.mask, said.contours, said.voice, condition)
        mel = spread_out(mel, said.mask, self.calibration.mel_spread)
        if said.colour.any():
            mel = coloured(mel, said.mask, said.colour, self.spec)
        silence = normalise(torch.tensor(np.log(self.spec.floor)), self.spec)
        return torch.where(said.mask > 0, mel, silence.to(mel))

    def _manner(
        self,
        contours: Contours,
        mask: Tensor,
        conditions: Sequence[Condition],
        seeds: Sequence[int] | None,
        variation: float,
    ) -> Contours:
        """Shift, widen and bend the pitch, change energy and voicing, and draw a liveliness for each seed."""

        def column(values: Sequence[float]) -> Tensor:
            return torch.tensor(values, device=self.device).unsqueeze(1)

        spread = self.calibration.pitch_spread
        lively = [1.0] * len(conditions)
        if variation > 0 and seeds is not None:
            draws = [float(torch.randn((), generator=torch.Generator().manual_seed(seed + 1))) for seed in seeds]
            lively = [float(np.exp(0.25 * variation * draw)) for draw in draws]
        ranges = column([spread * c.pitch_range * grow for c, grow in zip(conditions, lively, strict=True)])
        shifts = column([c.pitch_shift_semitones * np.log(2) / 12 for c in conditions])
        gains = column([c.energy_db * np.log(10) / 20 for c in conditions])
        voiced = (contours.voiced > 0).float() * column([1 - c.breath for c in conditions])
        slope = column([c.pitch_slope * np.log(2) / 12 for c in conditions]).squeeze(1)
        tremor = column([c.tremor * np.log(2) / 12 for c in conditions]).squeeze(1)
        bent = shifts + sloped(mask, slope) + trembling(mask, tremor, self.spec)
        return Contours(contours.pitch * ranges + bent, voiced, contours.energy + gains)

    @torch.inference_mode()
    def copy_synthesis(self, wave: Tensor) -> np.ndarray:
        """(samples,) -> the same through mel and vocoder, (samples // hop * hop,)."""
        mel = normalise(log_mel(wave[None].to(self.device), self.spec), self.spec)
        made: np.ndarray = self._parts["vocoder"](mel)[0].cpu().numpy()
        return made

    def log_mel(self, wave: np.ndarray) -> np.ndarray:
        """(samples,) -> (n_mels, frames) natural log mel, for plots and measures."""
        mel: np.ndarray = log_mel(torch.from_numpy(wave)[None], self.spec)[0].numpy()
        return mel


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


__all__ = ["Bundle", "Calibration", "Condition", "ReferenceEmbedding", "create_untrained", "load_bundle", "save_bundle"]
