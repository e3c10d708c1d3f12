"""A store kept whole on the device, and batches gathered from it by index: no loop over utterances in a step."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
import torchaudio
from torch import Tensor
from torch.nn import functional as F

from training.store import SOURCES, Store
from tts.audio.spec import AudioSpec

#: Resampling by these ratios makes a new speaker: pitch and formants move together (wave of rate a read at rate b).
WARPS = ((1, 1), (9, 8), (8, 9), (17, 16), (16, 17))


@dataclass(frozen=True)
class Batch:
    """Utterances of one length bucket. Letters: B utterances, L tokens, T frames.

    wave (B, T * hop); tokens (4, B, L) int64; lengths (B,); durations (B, L) int64; frames (B,); f0 (B, T) Hz;
    bandwidth, snr, pitch_median (B,); emotions (B, 8); index (B,) into the store; warp: rates whose ratio
    moved pitch and formants.
    """

    wave: Tensor
    tokens: Tensor
    lengths: Tensor
    durations: Tensor
    frames: Tensor
    f0: Tensor
    bandwidth: Tensor
    snr: Tensor
    pitch_median: Tensor
    emotions: Tensor
    index: Tensor
    warp: tuple[int, int]


class ResidentStore:
    """The store's arrays on `device`, a speaker number for every name, and each speaker's median pitch."""

    def __init__(self, store: Store, spec: AudioSpec, device: str) -> None:
        self.spec, self.device = spec, device
        self.wave = torch.from_numpy(store.wave).to(device)
        self.f0 = torch.from_numpy(store.f0).to(device)
        self.tokens = torch.from_numpy(store.tokens).to(device)
        self.durations = torch.from_numpy(store.durations).to(device)
        self.wave_starts = torch.from_numpy(store.wave_starts).to(device)
        self.token_starts = torch.from_numpy(store.token_starts).to(device)
        self.languages = torch.from_numpy(store.languages).to(device)
        self.sources = torch.from_numpy(store.sources).to(device)
        self.bandwidths = torch.from_numpy(store.bandwidths).to(device)
        self.snrs = torch.from_numpy(store.snrs).to(device)
        self.emotions = torch.from_numpy(store.emotions).to(device)
        self.keys = store.keys
        self.frames = (self.wave_starts[1:] - self.wave_starts[:-1]) // spec.hop
        # Sizes of batches are found here, not on the device: whoever asks a GPU for a number waits for all its work.
        self._frames_here, self._lengths_here = np.diff(store.wave_starts) // spec.hop, np.diff(store.token_starts)
        self.speaker_names, numbers = np.unique(store.speakers, return_inverse=True)
        self.speakers = torch.from_numpy(numbers.astype(np.int64)).to(device)
        order = np.argsort(numbers, kind="stable")
        counts = np.bincount(numbers)
        self._by_speaker = torch.from_numpy(order).to(device)
        self._speaker_counts = torch.from_numpy(counts).to(device)
        self._speaker_starts = torch.from_numpy(np.cumsum(counts) - counts).to(device)
        self.pitch_medians = torch.from_numpy(self._medians(store, numbers, len(counts))).to(device)

    def _medians(self, store: Store, numbers: np.ndarray, speakers: int) -> np.ndarray:
        owner = np.repeat(numbers, np.diff(store.wave_starts) // self.spec.hop)
        f0 = store.f0.astype(np.float32)
        voiced = f0 > 0
        owner, logs = owner[voiced], np.log(f0[voiced])
        order = np.argsort(owner, kind="stable")
        owner, logs = owner[order], logs[order]
        ends = np.searchsorted(owner, np.arange(speakers + 1))
        values = [np.median(logs[a:b]) if b > a else 5.0 for a, b in pairwise(ends)]
        return np.array(values, np.float32)

    def speaker_weights(self) -> Tensor:
        """(N,): each utterance's weight when speakers are drawn by the square root of their seconds."""
        seconds = torch.zeros(len(self._speaker_counts), device=self.device)
        seconds.index_add_(0, self.speakers, self.frames.float())
        return (seconds.sqrt() / self._speaker_counts)[self.speakers]

    def drawing_weights(self, teacher_share: float) -> Tensor:
        """(N,): the weights by speaker, of aligned utterances only, the teacher's with `teacher_share` of their sum."""
        ends = F.pad(self.durations.long().cumsum(0), (1, 0))
        aligned = ends[self.token_starts[1:]] - ends[self.token_starts[:-1]] == self.frames
        weights = self.speaker_weights() * aligned
        teacher = self.sources == SOURCES.index("teacher")
        for chosen, part in ((teacher, teacher_share), (~teacher, 1 - teacher_share)):
            total = weights[chosen].sum()
            if float(total) > 0:
                weights[chosen] *= part / total
        return weights

    def sibling(self, index: Tensor, tries: int = 4) -> Tensor:
        """(B,) -> another utterance of the same speaker each, the longest of a few drawn (itself if it is alone)."""
        speaker = self.speakers[index]
        count, start = self._speaker_counts[speaker], self._speaker_starts[speaker]
        draws = (torch.rand(len(index), tries, device=self.device) * count[:, None]).long()
        drawn = self._by_speaker[(start[:, None] + draws).clamp(max=len(self._by_speaker) - 1)]
        size = self.frames[drawn] - 1_000_000 * (drawn == index[:, None])
        return drawn.gather(1, size.argmax(1, keepdim=True))[:, 0]

    def crops(self, index: Tensor, samples: int) -> Tensor:
        """(B,) -> (B, samples): a random stretch of each; what is shorter is repeated."""
        start, size = self.wave_starts[index], self.wave_starts[index + 1] - self.wave_starts[index]
        offset = (torch.rand(len(index), device=self.device) * (size - samples).clamp(min=1)).long()
        place = (offset[:, None] + torch.arange(samples, device=self.device)) % size[:, None]
        return self.wave[start[:, None] + place].float() / 32768

    def batch(self, index: Tensor, warp: tuple[int, int] = (1, 1)) -> Batch:
        """Whole utterances with their labels, warped as asked."""
        hop = self.spec.hop
        here = index.cpu().numpy()
        index = index.to(self.device, non_blocking=True)
        frames = self.frames[index]
        size = _padded(int(self._frames_here[here].max()))
        inside = torch.arange(size * hop, device=self.device)[None] < frames[:, None] * hop
        place = (self.wave_starts[index][:, None] + torch.arange(size * hop, device=self.device)).clamp(
            max=len(self.wave) - 1
        )
        wave = self.wave[place].float() / 32768 * inside
        place = (self.wave_starts[index][:, None] // hop + torch.arange(size, device=self.device)).clamp(
            max=len(self.f0) - 1
        )
        f0 = self.f0[place].float() * (torch.arange(size, device=self.device)[None] < frames[:, None])
        lengths = self.token_starts[index + 1] - self.token_starts[index]
        # Few different shapes here, too, for steps that are recorded one by one.
        longest = -(-int(self._lengths_here[here].max()) // 64) * 64
        place = self.token_starts[index][:, None] + torch.arange(longest, device=self.device)
        present = torch.arange(longest, device=self.device)[None] < lengths[:, None]
        place = place.clamp(max=self.tokens.shape[1] - 1)
        tokens = self.tokens[:, place].long() * present
        durations = self.durations[place].long() * present
        ratio = warp[0] / warp[1]
        if warp != (1, 1):
            wave = torchaudio.functional.resample(wave, warp[0], warp[1])
            frames = frames * warp[1] // warp[0]
            size = _padded(int(self._frames_here[here].max()) * warp[1] // warp[0])
            wave = F.pad(wave, (0, max(0, size * hop - wave.shape[1])))[:, : size * hop]
            source = ((torch.arange(size, device=self.device) + 0.5) * ratio).long().clamp(max=f0.shape[1] - 1)
            f0 = f0[:, source] * ratio
            ends = torch.minimum((durations.cumsum(1) / ratio).round().long(), frames[:, None])
            ends = torch.where(
                torch.arange(ends.shape[1], device=self.device)[None] >= lengths[:, None] - 1, frames[:, None], ends
            )
            durations = torch.diff(ends, dim=1, prepend=torch.zeros_like(ends[:, :1]))
        return Batch(
            wave, tokens, lengths, durations, frames, f0, self.bandwidths[index] * min(1.0, ratio), self.snrs[index],
            self.pitch_medians[self.speakers[index]] + float(np.log(ratio)), self.emotions[index], index, warp,
        )  # fmt: skip


def window(parts: list[Tensor], frames: Tensor, size: int) -> list[Tensor]:
    """The same random stretch of `size` frames of each utterance long enough, out of several (B, any, T); a shorter one
    (`frames`, (B,)) stands in front."""
    size = min(size, parts[0].shape[2])
    offset = (torch.rand(len(frames), device=frames.device) * (frames - size).clamp(min=0)).long()
    place = (offset[:, None] + torch.arange(size, device=frames.device))[:, None]
    return [part.gather(2, place.expand(-1, part.shape[1], -1)) for part in parts]


def _padded(frames: int) -> int:
    """The next bucket edge: few different shapes, since a GPU plans its FFTs anew for each."""
    return next((edge for edge in BucketSampler.EDGES if edge >= frames), -(-frames // 100) * 100)


class BucketSampler:
    """Indices of about `frames` frames a batch, all of similar length, drawn by weight; on the processor."""

    EDGES = (100, 150, 200, 260, 330, 410, 500, 600, 720, 860, 1020, 1200, 1400, 1700)

    def __init__(self, lengths: Tensor, weights: Tensor, frames: int, generator: torch.Generator) -> None:
        self.frames, self.generator = frames, generator
        lengths, weights = lengths.cpu(), weights.cpu()
        bucket = torch.searchsorted(torch.tensor(self.EDGES), lengths)
        self.members, self.weights, chance = [], [], []
        for number in range(len(self.EDGES)):
            members = torch.nonzero((bucket == number) & (weights > 0))[:, 0]
            if len(members):
                self.members.append(members)
                self.weights.append(weights[members].double())
                chance.append(float((weights[members] * lengths[members]).sum()))
        self.chance = torch.tensor(chance)
        self.longest = [int(lengths[members].max()) for members in self.members]

    def draw(self) -> Tensor:
        """(B,) indices."""
        number = int(torch.multinomial(self.chance, 1, generator=self.generator))
        size = max(1, self.frames // self.longest[number])
        return self.members[number][torch.multinomial(self.weights[number], size, replacement=True)]
