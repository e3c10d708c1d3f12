"""A bundle: the trained parts, and what they do together from phones and a clip to a wave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from tts.audio.features import denormalise, equalise, log_mel, normalise
from tts.audio.pitch import track
from tts.audio.spec import AudioSpec
from tts.errors import BundleError
from tts.models.acoustic import AcousticModel, Contours, PhoneBatch
from tts.models.acoustic.batch import FULL_BANDWIDTH_HZ, VoiceBatch
from tts.models.calibration import Calibration
from tts.models.colour import coloured, sloped, spread_out, trembling
from tts.models.convnext import length_mask
from tts.models.expression import Expression
from tts.models.fitting import FIRST_STEP, HELD, MOVED_STEP, fit, nearest_language, unsteady
from tts.models.frames import blended, places_in, values_at
from tts.models.speaker_encoder import SpeakerEncoder, speaker_mel, speaker_mel_of
from tts.models.utterance import Condition, Lengths, ReferenceEmbedding, Utterance
from tts.text.reading import TokenIds

PROMPT_FRAMES = 600
_DEFAULT_PITCH_LOG = 5.0
#: Deviation of the microphones that a voice is fitted through, in the natural log.
_COLOUR = 0.3
#: Windows of a clip that the speaker encoder hears together.
_AT_ONCE = 16


@dataclass(frozen=True)
class _Said:
    """What utterances become before they are decoded, a row a span: mask (R, 1, T), shares (R, T), owners (R,) the
    utterance of each row, colour (R, 2), frames of each utterance."""

    voice: VoiceBatch
    condition: Tensor
    spread: Tensor
    mask: Tensor
    contours: Contours
    shares: Tensor
    owners: Tensor
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

    @property
    def vocoder(self) -> nn.Module:
        """Normalised mel (B, n_mels, T) -> waves (B, T * hop)."""
        return self._parts["vocoder"]

    @property
    def expression(self) -> Expression | None:
        """What emotions do beside the manners, where the bundle has learned it."""
        part = self._parts.get("expression")
        assert part is None or isinstance(part, Expression)
        return part

    def with_expression(self, expression: Expression) -> "Bundle":
        """The same bundle with another expression."""
        parts = self._parts | {"expression": expression}
        return Bundle(self.name, self.spec, parts, self.languages, self.calibration, str(self.device))

    @torch.inference_mode()
    def embed(self, wave: Tensor) -> ReferenceEmbedding:
        """Reference (samples,) at 24 kHz, a second or longer -> what the models keep of it."""
        wave = wave.to(self.device, torch.float32)
        xvector = self.xvector(wave)
        prompt = normalise(log_mel(wave[None, : PROMPT_FRAMES * self.spec.hop], self.spec), self.spec)[0]
        f0 = track(wave.cpu().numpy(), self.spec).f0_hz
        logs = np.log(f0[f0 > 0])
        median = float(np.median(logs)) if len(logs) else _DEFAULT_PITCH_LOG
        return ReferenceEmbedding(xvector.cpu(), prompt.cpu(), median, float(logs.std()) if len(logs) > 1 else 0.2)

    @torch.inference_mode()
    def xvector(self, wave: Tensor) -> Tensor:
        """Wave (samples,) at 24 kHz, a second or longer -> x-vector (192,) of its speaker, of unit length."""
        found: Tensor = self.speaker(speaker_mel(wave[None].to(self.device), self.spec.sample_rate))[0]
        return found

    @torch.inference_mode()
    def xvectors(self, waves: np.ndarray) -> np.ndarray:
        """(B, samples) of as many such waves -> (B, 192)."""
        pieces = torch.split(torch.from_numpy(waves), _AT_ONCE) if len(waves) else ()
        rows = [self.speaker(speaker_mel(piece.to(self.device), self.spec.sample_rate)) for piece in pieces]
        found: np.ndarray = torch.cat(rows).cpu().numpy() if rows else np.zeros((0, 0), np.float32)
        return found

    @torch.inference_mode()
    def emotions(self, wave: np.ndarray) -> list[float]:
        """Clip (samples,) at 24 kHz -> probability of each of `HEARD`; `BundleError` without that part of the
        bundle."""
        encoder = self._parts.get("emotion")
        if encoder is None:
            raise BundleError("bundle_part", part="emotion", bundle=self.name)
        mel = speaker_mel(torch.from_numpy(wave)[None].to(self.device), self.spec.sample_rate)
        values: list[float] = encoder(mel)[0].exp().tolist()
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
            # The network has heard two emotions of many strangers, and pays for them with the voice: what it is told of
            # an emotion is its expression.
            emotions=torch.zeros(count, len(conditions[0].emotion), device=self.device),
            snr_db=torch.full((count,), self.calibration.asked_snr_db, device=self.device),
            bandwidth_hz=torch.full((count,), FULL_BANDWIDTH_HZ, device=self.device),
            pitch_median=torch.tensor(medians, device=self.device),
        )

    def _batch(self, tokens: Sequence[TokenIds]) -> PhoneBatch:
        return PhoneBatch.pad([(t.phones, t.tones, t.languages, t.breaks) for t in tokens], self.device)

    @torch.inference_mode()
    def plan_durations(self, tokens: Sequence[TokenIds], conditions: Sequence[Condition]) -> list[Lengths]:
        """Natural length of each token, a text each."""
        batch, voice = self._batch(tokens), self._voices(conditions)
        condition, memory, heard = self.acoustic.voice(voice)
        encoded = self.acoustic.encode(batch, condition, memory, heard)
        mean, deviation = (part.cpu() for part in self.acoustic.durations(encoded, batch.lengths, condition))
        deviation = deviation.exp()
        middle = mean + self.calibration.length_skew * deviation.square()
        sizes = [len(row.phones) for row in tokens]
        return [
            Lengths(middle[row, :size].numpy(), deviation[row, :size].numpy(), self.calibration.length_scale)
            for row, size in enumerate(sizes)
        ]

    @torch.inference_mode()
    def render(self, utterances: Sequence[Utterance]) -> list[np.ndarray]:
        """-> waves (T * hop,) float32, an utterance each.

        Where manners meet, the pitch of all spans is blended first and their mels after it, so that there is one
        melody and one wave, and no seam.
        """
        mel, frames = self.mels(utterances)
        waves = self.vocoder(mel).float().cpu().numpy()
        return [waves[row, : count * self.spec.hop] for row, count in enumerate(frames)]

    def mels(self, utterances: Sequence[Utterance]) -> tuple[Tensor, list[int]]:
        """-> normalised mels (B, n_mels, T), silent behind each text, and the frames of each; an expression that learns
        can be gone back to."""
        said = self._say(utterances)
        conditions = [condition for utterance in utterances for condition in utterance.conditions]
        return blended(self._decode(said, self._told(said, conditions)), said.shares, said.owners), said.frames

    def fitted(
        self, embedding: ReferenceEmbedding, tokens: Sequence[TokenIds], moved: Sequence[Condition] = ()
    ) -> ReferenceEmbedding:
        """The embedding with corrections, by which what is said of `tokens` comes near its x-vector: a few short texts
        in languages of the bundle. Takes a few seconds on a processor.

        Only those in the language in which the voice is nearest before are said: an x-vector tells some of the
        language too, and fewer syllables are misheard in another one so (`docs/experiments.md`). `moved` are emotions,
        whoever's: what they take of the likeness is fitted apart.
        """
        if not tokens:
            return embedding
        own = Condition(embedding, torch.zeros(8))
        # What comes out of inference mode cannot be gone back through.
        with torch.no_grad():
            said = self._probe([own] * len(tokens), tokens)
            wanted = embedding.xvector.to(self.device)
            alike = F.cosine_similarity(self._heard(said, self._decode(said, said.condition)), wanted[None], dim=1)
        near = nearest_language(tokens, alike.tolist())
        embedding = replace(embedding, correction=self._correction([own] * len(near), near, FIRST_STEP))
        if not moved:
            return embedding
        rows = [replace(condition, embedding=embedding) for condition in moved]
        texts = [near[place % len(near)] for place in range(len(rows))]
        return replace(embedding, moved_correction=self._correction(rows, texts, MOVED_STEP, HELD))

    def _correction(
        self, conditions: Sequence[Condition], tokens: Sequence[TokenIds], step: float, held: float = 0.0
    ) -> Tensor:
        """What brings one voice, saying each text in a manner of its own, nearer to its x-vector, (C,); `held`:
        how much what moves in time is to stay."""
        with torch.no_grad():
            said = self._probe(conditions, tokens)
            told = self._told(said, conditions)
            before = self._decode(said, told) if held else None
        # Heard through another microphone at each step, so that no colour of sound alone can please the encoder.
        colours = torch.Generator().manual_seed(0)
        wanted = conditions[0].embedding.xvector.to(self.device)

        def distance(moved: Tensor) -> Tensor:
            mel = self._decode(said, told + moved)
            alike = F.cosine_similarity(self._heard(said, mel, colours), wanted[None], dim=1).mean()
            return 1 - alike + (0 if before is None else held * unsteady(mel - before, said.mask))

        length = step * float(torch.linalg.vector_norm(said.condition[0]))
        return fit(distance, torch.zeros_like(said.condition[0]), length).cpu()

    def _probe(self, conditions: Sequence[Condition], tokens: Sequence[TokenIds]) -> _Said:
        lengths = self.plan_durations(tokens, conditions)
        durations = [row.frames().round().clip(1) for row in lengths]
        return self._say([Utterance.plain(*row) for row in zip(tokens, durations, conditions, strict=True)])

    def _heard(self, said: _Said, mel: Tensor, colours: torch.Generator | None = None) -> Tensor:
        """X-vectors (B, 192) of normalised mels, each as long as the shortest."""
        heard = speaker_mel_of(denormalise(mel[:, :, : min(said.frames)], self.spec), self.spec)
        xvectors: Tensor = self.speaker(equalise(heard, _COLOUR, colours) if colours else heard)
        return xvectors

    def _told(self, said: _Said, conditions: Sequence[Condition]) -> Tensor:
        """What the decoder is told: the condition, the corrections of a fitted voice, and the expression; (R, C), or
        (R, blocks, C) where there is an expression."""
        rows = torch.zeros(len(conditions), self.acoustic.condition_size)
        for row, condition in enumerate(conditions):
            if len(correction := condition.embedding.correction):
                rows[row] = correction
            if len(more := condition.embedding.moved_correction):
                rows[row] += more * condition.emotion.sum()
        told = said.condition + rows.to(self.device)
        emotions = torch.stack([condition.emotion for condition in conditions]).float().to(self.device)
        if self.expression is None or not emotions.any():
            return told
        offsets: Tensor = self.expression(emotions)
        return told.unsqueeze(1) + offsets

    def _say(self, utterances: Sequence[Utterance]) -> _Said:
        rows = [(utterance, condition) for utterance in utterances for condition in utterance.conditions]
        conditions = [condition for _, condition in rows]
        batch, voice = self._batch([utterance.tokens for utterance, _ in rows]), self._voices(conditions)
        size = max(utterance.frames for utterance in utterances)
        durations, natural = (
            self._counts([getattr(utterance, name) for utterance, _ in rows]) for name in ("durations", "natural")
        )
        shift, stretch = (
            self._padded([getattr(utterance, name) for utterance, _ in rows], size) for name in ("shift", "stretch")
        )
        shares = self._padded([share for utterance in utterances for share in utterance.shares], size)
        counts = torch.tensor([len(utterance.conditions) for utterance in utterances])
        owners = torch.repeat_interleave(torch.arange(len(utterances)), counts).to(self.device)
        condition, memory, heard = self.acoustic.voice(voice)
        encoded = self.acoustic.encode(batch, condition, memory, heard)
        mask = length_mask(durations.sum(1), size).unsqueeze(1).float()
        spread = self.acoustic.spread(encoded, durations, size)
        melody = self._melody(encoded, natural, durations, spread, mask, condition)
        own = self._manner(melody, mask, conditions, stretch)
        pitch, voiced, energy = (blended(row, shares, owners)[owners] for row in (own.pitch, own.voiced, own.energy))
        contours = Contours(pitch + shift * (np.log(2) / 12), voiced, energy)
        colour = torch.tensor([[c.tilt_db, c.energy_db] for c in conditions], device=self.device)
        frames = [utterance.frames for utterance in utterances]
        return _Said(voice, condition, spread, mask, contours, shares, owners, colour, frames)

    def _melody(
        self, encoded: Tensor, natural: Tensor, durations: Tensor, spread: Tensor, mask: Tensor, condition: Tensor
    ) -> Contours:
        """The contours of the natural durations (R, L), phone by phone over those asked for.

        Found at another speed they would be others: people who speak slower keep their tune.
        """
        if torch.equal(natural, durations):
            return self.acoustic.contours(spread, mask, condition)
        size = int(natural.sum(1).max())
        own_mask = length_mask(natural.sum(1), size).unsqueeze(1).float()
        own = self.acoustic.contours(self.acoustic.spread(encoded, natural, size), own_mask, condition)
        places = places_in(natural, durations, mask.shape[2])
        return Contours(*(values_at(row, places) for row in (own.pitch, own.voiced, own.energy)))

    def _counts(self, rows: Sequence[np.ndarray]) -> Tensor:
        """Whole numbers (L,) each -> (B, L) int64, 0 where padded."""
        padded = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.int64)
        for row, values in enumerate(rows):
            padded[row, : len(values)] = torch.from_numpy(values.astype(np.int64))
        return padded.to(self.device)

    def _padded(self, rows: Sequence[np.ndarray], size: int) -> Tensor:
        """(T,) each -> (B, size); what is past an end goes on as it was there."""
        padded = [np.pad(np.asarray(row, np.float32), (0, size - len(row)), mode="edge") for row in rows]
        return torch.from_numpy(np.stack(padded)).to(self.device)

    def _decode(self, said: _Said, condition: Tensor) -> Tensor:
        """-> normalised mel (B, n_mels, T), silent behind each text."""
        mel = self.acoustic.decode(said.spread, said.mask, said.contours, said.voice, condition)
        mel = spread_out(mel, said.mask, self.calibration.mel_spread)
        if said.colour.any():
            mel = coloured(mel, said.mask, said.colour, self.spec)
        silence = normalise(torch.tensor(np.log(self.spec.floor)), self.spec)
        return torch.where(said.mask > 0, mel, silence.to(mel))

    def _manner(self, contours: Contours, mask: Tensor, conditions: Sequence[Condition], stretch: Tensor) -> Contours:
        """Shift, widen and bend the pitch, change energy and voicing, as each row's condition says; `stretch` (R, T)
        widens too."""

        def column(values: Sequence[float]) -> Tensor:
            return torch.tensor(values, device=self.device).unsqueeze(1)

        ranges = column([self.calibration.pitch_spread * c.pitch_range for c in conditions]) * stretch
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
        made: np.ndarray = self.vocoder(mel)[0].cpu().numpy()
        return made

    def log_mel(self, wave: np.ndarray) -> np.ndarray:
        """(samples,) -> (n_mels, frames) natural log mel, for plots and measures."""
        mel: np.ndarray = log_mel(torch.from_numpy(wave)[None], self.spec)[0].numpy()
        return mel
