"""Teacher utterances with labels: phone durations in our frames, edges trimmed by energy, level set."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch

from training.readings import Readings
from training.store import SOURCES, Utterance
from training.teacher.accent import with_accent
from training.teacher.network import UNIT_SAMPLES, Kokoro
from training.teacher.phonetics import spell
from training.teacher.voices import Voices
from tts.audio.pitch import track
from tts.audio.spec import AudioSpec
from tts.models.acoustic.batch import CLEAN_SNR_DB
from tts.text.phones import BREAKS, LANGUAGES, PAUSES, PHONE_IDS

EDGE_FRAMES = 4
LEVEL_DBFS = -23.0
_CLOSURE_FRAMES = 8
#: The teacher's signs run behind its sound: voicing starts and ends this much before their bounds (median of 112).
_LAG_FRAMES = 5
_SILENCE_BELOW_PEAK_DB = 42.0
_LONGEST_TOKENS = 500
#: What counts as a pause between words, and how much of its end may belong to the sound that follows.
_PAUSE_BELOW_PEAK_DB = 35.0
_LEAST_PAUSE_FRAMES = 9
_ONSET_FRAMES = 3
_WORD, _PHRASE = BREAKS.index("word"), BREAKS.index("phrase")


def frame_levels(wave: np.ndarray, hop: int) -> np.ndarray:
    """(samples,) -> (frames,) level in dB."""
    frames = wave[: len(wave) // hop * hop].reshape(-1, hop)
    return np.asarray(10 * np.log10((frames.astype(np.float64) ** 2).mean(1) + 1e-10))


def token_bounds(units: np.ndarray, owners: Sequence[int], tokens: int, hop: int) -> np.ndarray:
    """Units of the teacher's signs -> (tokens + 1,) frame bounds of ours, rounded once over the running sum and
    moved to where the sound is."""
    sums = np.bincount(owners, weights=units, minlength=tokens)
    bounds = np.round(np.concatenate([[0], np.cumsum(sums)]) * UNIT_SAMPLES / hop).astype(np.int64)
    bounds[1:-1] = np.maximum(bounds[1:-1] - _LAG_FRAMES, 0)
    return bounds


def trim_edges(wave: np.ndarray, bounds: np.ndarray, hop: int) -> tuple[np.ndarray, np.ndarray]:
    """Leave `EDGE_FRAMES` of silence at both ends; -> (wave, durations (tokens,)).

    The teacher's first and last signs hold up to most of a second of silence, and speech leaks over their bounds: so
    the bounds of the outer phones follow the energy, and a stop's closure may be silent for `_CLOSURE_FRAMES`.
    """
    levels = frame_levels(wave, hop)
    loud = np.flatnonzero(levels > levels.max() - _SILENCE_BELOW_PEAK_DB)
    onset, offset = int(loud[0]), int(loud[-1]) + 1
    bounds = bounds.copy()
    bounds[1] = onset if onset < bounds[1] else max(bounds[1], onset - _CLOSURE_FRAMES)
    bounds[-2] = max(offset, bounds[-3] + 2)
    bounds[1:-1] = np.clip(bounds[1:-1], bounds[1], bounds[-2])
    start, end = bounds[1] - EDGE_FRAMES, bounds[-2] + EDGE_FRAMES
    padded = np.pad(wave, (max(0, -start) * hop, max(0, end * hop - len(wave))))
    shift = max(0, -start)
    cut = padded[(start + shift) * hop : (end + shift) * hop]
    durations = np.diff(bounds)
    durations[0] = durations[-1] = EDGE_FRAMES
    return cut, durations


def split_pauses(tokens: np.ndarray, durations: np.ndarray, levels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Gives a pause that the teacher made between two words a token of its own; -> (tokens (4, L'), durations (L',)).

    Its sign for the space holds such a pause, and would leave it to the last phone of the word. levels (frames,) in dB.
    """
    quiet = levels < levels.max() - _PAUSE_BELOW_PEAK_DB
    columns, lengths = [], []
    ends = np.cumsum(durations)
    for column, length, end in zip(tokens.T, durations, ends, strict=True):
        silent = 0
        if column[3] == _WORD and column[0] >= len(PAUSES):
            heard = np.flatnonzero(~quiet[end - length : max(end - _ONSET_FRAMES, 0)])
            silent = int(length - heard[-1] - 1) if len(heard) else 0
        if silent < _LEAST_PAUSE_FRAMES:
            columns.append(column)
            lengths.append(length)
        else:
            columns += [np.array([*column[:3], _PHRASE]), np.array([PHONE_IDS["pause"], 0, column[2], 0])]
            lengths += [length - silent, silent]
    return np.stack(columns, 1).astype(tokens.dtype), np.array(lengths, durations.dtype)


def level(wave: np.ndarray, hop: int, dbfs: float = LEVEL_DBFS) -> np.ndarray:
    """Set the mean level of the loud frames; peaks stay under full scale."""
    levels = frame_levels(wave, hop)
    loud = levels[levels > levels.max() - 30]
    gain = 10 ** ((dbfs - 10 * np.log10((10 ** (loud / 10)).mean())) / 20)
    return wave * min(gain, 0.98 / max(float(np.abs(wave).max()), 1e-6))


@dataclass(frozen=True)
class Speaking:
    """What a worker needs: the network, the voices, the texts, and how many texts a speaker gets."""

    network: Kokoro
    voices: Voices
    readings: Readings
    per_speaker: int
    spec: AudioSpec
    device: str

    def utterances(self, rows: Sequence[int]) -> Iterator[Utterance]:
        """Speak the rows; one whose phones the teacher lacks, or that comes out broken, is left out."""
        for row in rows:
            utterance = self._speak(row)
            if utterance is not None:
                yield utterance

    def _speak(self, row: int) -> Utterance | None:
        tokens = self.readings[row]
        phones, tones, languages, breaks = tokens
        names = [LANGUAGES[i] for i in languages]
        try:
            spelling = spell(phones.tolist(), tones.tolist(), names, [BREAKS[i] for i in breaks])
        except KeyError:
            return None
        if len(spelling.ids) > _LONGEST_TOKENS:
            return None
        language = max(LANGUAGES, key=names[1:].count)
        blend = self.voices.blend(row // self.per_speaker)
        style = torch.from_numpy(self.voices.style(blend, language, len(spelling.ids) - 2)).to(self.device)
        shape = partial(with_accent, owners=np.array(spelling.owners), tokens=tokens) if "ja" in names else None
        wave, units, _, _ = self.network(torch.tensor([spelling.ids], device=self.device), style, shape=shape)
        samples = wave.float().cpu().numpy()
        if not np.isfinite(samples).all() or np.abs(samples).max() < 0.01:
            return None
        hop = self.spec.hop
        bounds = token_bounds(units.cpu().numpy(), spelling.owners, len(phones), hop)
        cut, durations = trim_edges(samples, bounds, hop)
        if len(cut) != durations.sum() * hop or (durations < 0).any():
            return None
        tokens, durations = split_pauses(tokens, durations, frame_levels(cut, hop))
        cut = level(cut, hop)
        return Utterance(
            wave=(np.clip(cut, -1, 1) * 32767).astype(np.int16),
            f0=track(cut.astype(np.float32), self.spec).f0_hz,
            tokens=tokens,
            durations=durations,
            speaker=blend.name,
            key=f"teacher_{row:06d}",
            language=LANGUAGES.index(language),
            source=SOURCES.index("teacher"),
            bandwidth_hz=12000.0,
            snr_db=CLEAN_SNR_DB,
            emotion=np.zeros(8, np.float32),
        )
