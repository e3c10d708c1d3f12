"""Train the acoustic model: by the distance from real mels, against mel discriminators, and on what it says in the
voices of strangers (`training.strangers`).

    python -m training.acoustic --config configs/training/acoustic.yaml --store DIR --speaker speaker.pt \\
        --aligner runs/aligner/checkpoint.pt --out runs/acoustic
"""

import argparse
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F
from torch.profiler import record_function

from training.aligner import Aligner
from training.augment import add_noise, reverberate
from training.discriminators import MelJudges, fool, persuade, tell_apart
from training.graphs import Graphs, own_stream
from training.likeness import Likeness
from training.loop import Run, cosine_rate, earlier_weights, end_distributed, load_config, start_distributed
from training.resident import WARPS, Batch, BucketSampler, ResidentStore, window
from training.rivals import Rivals
from training.store import Store
from training.strangers import Said, Strangers
from tts.audio.features import frame_energy, log_mel, normalise
from tts.audio.spec import AudioSpec
from tts.models.acoustic import AcousticModel, Contours, PhoneBatch
from tts.models.acoustic.batch import CLEAN_SNR_DB, FULL_BANDWIDTH_HZ, VoiceBatch
from tts.models.acoustic.predictors import PITCH_DEVIATION
from tts.models.convnext import length_mask
from tts.models.speaker_encoder import SpeakerEncoder, speaker_mel

_BAND_SHARE = 0.95
_PITCH_JITTER = 0.03


class References:
    """Conditions drawn from another utterance of the same speaker, sometimes out of a room or noisy, and the frozen
    speaker encoder.
    """

    def __init__(self, store: ResidentStore, speaker: SpeakerEncoder, config: dict[str, Any]) -> None:
        self.store, self.speaker, self.config = store, speaker, config

    @torch.no_grad()
    def voices(self, batch: Batch) -> VoiceBatch:
        store, device = self.store, self.store.device
        choices = self.config["reference_seconds"]
        seconds = choices[int(torch.randint(len(choices), ()))]
        rate, hop = store.spec.sample_rate, store.spec.hop
        samples = int(seconds * rate) // hop * hop
        wave = store.crops(store.sibling(batch.index), samples * batch.warp[0] // batch.warp[1])
        if batch.warp != (1, 1):
            wave = F.interpolate(wave.unsqueeze(1), samples, mode="linear").squeeze(1)
        wave = add_noise(reverberate(wave, self.config["wet_reference"]), 5, 25, self.config["noisy_reference"])
        fast = torch.autocast(device.split(":")[0], torch.bfloat16, enabled=device.startswith("cuda"))
        with fast:
            xvectors = self.speaker(speaker_mel(wave, rate))
        count = len(wave)
        # Of one size, however long they are, so that batches have few different shapes.
        longest = int(max(choices) * rate) // hop
        return VoiceBatch(
            xvectors=xvectors.float(),
            prompts=F.pad(normalise(log_mel(wave, store.spec), store.spec), (0, longest - samples // hop)),
            prompt_lengths=torch.full((count,), samples // hop, device=device),
            emotions=batch.emotions,
            snr_db=batch.snr,
            bandwidth_hz=batch.bandwidth,
            pitch_median=batch.pitch_median + _PITCH_JITTER * torch.randn(count, device=device),
        )


def phone_batch(batch: Batch) -> PhoneBatch:
    return PhoneBatch(batch.tokens[0], batch.tokens[1], batch.tokens[2], batch.tokens[3], batch.lengths)


def real_contours(batch: Batch, mel: Tensor, voice: VoiceBatch) -> Contours:
    """Contours of the recording itself: pitch above the speaker's median, voicing, energy of the log mel."""
    voiced = batch.f0 > 0
    pitch = torch.where(voiced, batch.f0.clamp(min=1).log() - voice.pitch_median[:, None], torch.zeros_like(batch.f0))
    return Contours(pitch, voiced.float(), frame_energy(mel))


def band_mask(batch: Batch, spec: AudioSpec) -> Tensor:
    """(B, n_mels, 1): the bins below the utterance's bandwidth, the only ones it teaches."""
    top = 2595 * math.log10(1 + spec.f_max / 700)
    # Nothing is fetched from the processor: a recorded step (`training.graphs`) could not.
    steps = torch.arange(1, spec.n_mels + 1, device=batch.bandwidth.device) * top / (spec.n_mels + 1)
    centres = 700 * (10 ** (steps / 2595) - 1)
    full = batch.bandwidth >= 0.99 * spec.f_max
    limit = torch.where(full, torch.full_like(batch.bandwidth, 1e9), batch.bandwidth * _BAND_SHARE)
    return (centres[None] < limit[:, None]).float().unsqueeze(2)


def masked_mean(value: Tensor, mask: Tensor) -> Tensor:
    return (value * mask).sum() / mask.expand_as(value).sum().clamp(min=1)


@dataclass(frozen=True)
class Target:
    """The natural log mel of a batch, (B, n_mels, T)."""

    mel: Tensor


def losses(
    model: AcousticModel, batch: Batch, voice: VoiceBatch, target: Target, spec: AudioSpec
) -> tuple[dict[str, Tensor], Tensor, Tensor, Tensor]:
    """-> losses by name, made and real normalised mels (B, n_mels, T), the mask of what counts (B, n_mels, T)."""
    real_log = target.mel
    real = normalise(real_log, spec)
    frames = real.shape[2]
    mask = length_mask(batch.frames, frames).unsqueeze(1).float()
    condition, memory, heard = model.voice(voice)
    phones = phone_batch(batch)
    encoded = model.encode(phones, condition, memory, heard)
    mean, deviation = model.durations(encoded, batch.lengths, condition)
    spread = model.spread(encoded, batch.durations, frames)
    found = model.contours(spread, mask, condition)
    wanted = real_contours(batch, real_log, voice)
    made = model.decode(spread, mask, wanted, voice, condition).float()
    counted = mask * band_mask(batch, spec)
    inside, flat = length_mask(batch.lengths, encoded.shape[1]).float(), mask.squeeze(1)
    lengths = (batch.durations + 1).float().log()
    figures = {
        "mel": masked_mean((made - real).abs(), counted),
        "duration": masked_mean(0.5 * ((lengths - mean) / deviation.exp()).square() + deviation, inside),
        "pitch": masked_mean((found.pitch - wanted.pitch).abs() / PITCH_DEVIATION, flat * wanted.voiced),
        "voicing": masked_mean(F.binary_cross_entropy_with_logits(found.voiced, wanted.voiced, reduction="none"), flat),
        "energy": masked_mean((found.energy - wanted.energy).abs(), flat),
    }
    return figures, made, real, counted


WEIGHTS = {"mel": 1.0, "duration": 0.1, "pitch": 0.2, "voicing": 0.1, "energy": 0.1}


class _Stage(NamedTuple):
    """What a step teaches: the judges, the model by their verdicts, and by what it says in strangers' voices."""

    judging: bool
    fooling: bool
    meeting: bool


class Steps:
    """The steps of a training: a batch, the distances to it, the judges of its realness, the strangers."""

    def __init__(
        self,
        config: dict[str, Any],
        store: ResidentStore,
        sampler: BucketSampler,
        speaker: SpeakerEncoder,
        aligner: Aligner,
        rivals: Rivals,
    ) -> None:
        self.config, self.store, self.sampler, self.rivals = config, store, sampler, rivals
        self.references = References(store, speaker, config)
        likeness = Likeness(speaker, store.spec)
        self.strangers = Strangers(
            likeness, aligner, config["stranger_rows"], config["stranger_frames"], config["stranger_snr"]
        )
        self.device = store.device.split(":")[0]
        self._learn: Callable[..., dict[str, Tensor]] = self._gradients
        if config["graphs"] and self.device == "cuda":
            self._learn = Graphs(self._gradients)

    def step(self, progress: float) -> dict[str, Tensor]:
        """One step at `progress` in [0, 1] of the run -> its figures."""
        config, store = self.config, self.store
        rate = cosine_rate(progress, config["rate"], 2e-5, 0.03)
        self.rivals.set_rates(rate, config["judge_rate"] * rate)
        with record_function("batch"):
            batch = store.batch(self.sampler.draw(), self._warp())
            target = Target(log_mel(batch.wave, store.spec))
        with record_function("references"):
            voice = self.references.voices(batch)
        stage = _Stage(
            judging=progress > config["judge_from"],
            fooling=progress > config["adversarial_from"],
            # Warped speech has lost its highest band or is not clean any more.
            meeting=progress > config["strangers_from"] and batch.warp == (1, 1),
        )
        with record_function("learn"):
            figures = self._learn(stage, replace(batch, wave=batch.wave[:, :0]), voice, target)
        with record_function("update"):
            if stage.judging:
                self.rivals.apply_judge(5.0)
            self.rivals.apply_model(1.0)
        return figures

    def _gradients(self, stage: "_Stage", batch: Batch, voice: VoiceBatch, target: Target) -> dict[str, Tensor]:
        """Leave the gradients of model and judges at their weights; -> figures. Asks the device for no number."""
        model = self.rivals.model
        assert isinstance(model, AcousticModel)
        self.rivals.clear()
        with self._fast():
            figures, made, real, counted = losses(model, batch, voice, target, self.store.spec)
        loss = torch.stack([WEIGHTS[name] * value for name, value in figures.items()]).sum()
        if stage.judging:
            more, judged = self._judge(made * counted, real * counted, batch.frames, stage.fooling)
            loss, figures = loss + more, {**figures, **judged}
        if stage.meeting:
            with self._fast():
                said = self.strangers.say(model, batch, voice, real, band_mask(batch, self.store.spec))
            more, judged = self._meet(said, batch, real, stage)
            loss, figures = loss + more, {**figures, **judged}
        loss.backward()
        return {name: value.detach() for name, value in figures.items()}

    def _fast(self) -> torch.autocast:
        return torch.autocast(self.device, torch.bfloat16, enabled=self.device == "cuda")

    def _warp(self) -> tuple[int, int]:
        if float(torch.rand(())) < self.config["warp_chance"]:
            return WARPS[int(torch.randint(1, len(WARPS), (1,)))]
        return (1, 1)

    def _judge(
        self, made: Tensor, real: Tensor, frames: Tensor, fooling: bool
    ) -> tuple[Tensor | float, dict[str, Tensor]]:
        """Gradients of the judge of pairs; -> what the model, once it is to fool it, loses by its verdict, figures."""
        config, judge = self.config, self._judges.pairs
        made, real = window([made, real], frames, config["window_frames"])
        with self._fast():
            wrong = tell_apart(judge, real, made)
        wrong.backward()
        if not fooling:
            return 0.0, {"judge": wrong}
        with self._fast():
            fooled, matched = fool(judge, real, made)
        loss = config["adversarial_weight"] * fooled + config["matching_weight"] * matched
        return loss, {"judge": wrong, "fool": fooled, "match": matched}

    def _meet(self, said: Said, batch: Batch, real: Tensor, stage: "_Stage") -> tuple[Tensor, dict[str, Tensor]]:
        """Gradients of the judge of clean speech; -> what the model loses by strangers, figures."""
        config, judge = self.config, self._judges.clean
        with self._fast():
            figures = {"unlike": self.strangers.unlike(said), "unclear": self.strangers.unclear(said)}
        loss = config["likeness_weight"] * figures["unlike"] + config["clarity_weight"] * figures["unclear"]
        if stage.judging:
            clean = (batch.snr >= CLEAN_SNR_DB) & (batch.bandwidth >= FULL_BANDWIDTH_HZ)
            made = window([said.mel], said.frames, config["window_frames"])[0]
            real = window([real], batch.frames, config["window_frames"])[0]
            with self._fast():
                wrong = tell_apart(judge, real, made, clean.float())
            wrong.backward()
            figures["clean_judge"] = wrong
            if stage.fooling:
                with self._fast():
                    figures["unclean"] = persuade(judge, made)
                loss = loss + config["adversarial_weight"] * figures["unclean"]
        return loss, figures

    @property
    def _judges(self) -> MelJudges:
        assert isinstance(self.rivals.judge, MelJudges)
        return self.rivals.judge


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.acoustic", description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--speaker", type=Path, required=True)
    parser.add_argument("--aligner", type=Path, required=True, help="what training.aligner left")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights to start from: an acoustic.pt, or a bundle's part")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("overrides", nargs="*")
    options = parser.parse_args()
    config = load_config(options.config, options.overrides)
    rank, world, device = start_distributed(options.device)
    torch.manual_seed(config["seed"] + rank)
    store, sampler = open_store(options.store, config, device, rank, world)
    speaker = SpeakerEncoder().to(device).eval().requires_grad_(False)
    speaker.load_state_dict(earlier_weights(options.speaker, device)["model"])
    aligner = Aligner().to(device)
    aligner.load_state_dict(earlier_weights(options.aligner, device)["model"])
    run = Run(options.out, config["steps"], config["seconds"], rank)
    model, judge = AcousticModel(**config["model"]).to(device), MelJudges().to(device)
    # Its attention is planned anew for every shape, in 2.5 ms.
    torch.backends.cuda.enable_cudnn_sdp(False)
    rivals = Rivals(run, model, judge, ((0.9, 0.98), (0.8, 0.99)), device, options.start)
    steps = Steps(config, store, sampler, speaker, aligner, rivals)
    with own_stream(device):
        while (progress := run.shared_progress()) < 1:
            figures = steps.step(progress)
            run.step += 1
            run.note(config["note_every"], figures)
            if run.step % config["save_every"] == 0:
                rivals.save("acoustic.pt")
    rivals.save("acoustic.pt")
    end_distributed()


def open_store(
    folder: Path, config: dict[str, Any], device: str, rank: int = 0, world: int = 1
) -> tuple[ResidentStore, BucketSampler]:
    """Teacher shards (a share of them for each process) and all recordings; only aligned utterances are drawn."""
    shards = sorted(folder.glob("teacher_*.npz"))[rank::world] + sorted(folder.glob("corpus_*.npz"))
    store = ResidentStore(Store.load(shards), AudioSpec(), device)
    weights = store.drawing_weights(config["teacher_share"])
    generator = torch.Generator().manual_seed(config["seed"] + 17 * rank)
    return store, BucketSampler(store.frames, weights, config["batch_frames"], generator)


if __name__ == "__main__":
    main()
