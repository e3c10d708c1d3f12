"""What a reference clip is worth, and what makes the best of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_closing, binary_opening

from tts.audio.pitch import track
from tts.audio.read import Clip
from tts.audio.reverberation import reverberation
from tts.audio.spec import AudioSpec

Floats = NDArray[np.float32]

LEVEL_DBFS: Final = -23.0
_PEAK_DBFS: Final = -1.0
_MARGIN_SECONDS: Final = 0.1  # left around the speech by `trim`
_BRIEF_SECONDS: Final = 3.0
_LITTLE_SPEECH: Final = 0.4
_NOISY_DB: Final = 15.0
#: A room that rings for longer is heard in the voice.
RINGING_SECONDS: Final = 0.55
_CLIPPED_SHARE: Final = 0.001
_NARROW_HZ: Final = 6000.0
_QUIET_DBFS: Final = -30.0
_LEAST_VOICED: Final = 0.08
_MOST_SNR_DB: Final = 80.0


@dataclass(frozen=True)
class ClipReport:
    """What was found in a clip.

    `seconds` of the whole clip, `speech_share` of them with speech (0 to 1), `snr_db` speech over the background,
    `clipping` share of samples flattened at full scale, `bandwidth_hz` how high the sound reaches, `peak_dbfs`; pitch
    (median, and 5th and 95th percentile) in Hz, 0 where there is no voice. `warnings`: codes of
    `tts.sentences.WARNINGS`, the worst first. `reverberation`: seconds until the room is 60 dB quieter, 0 for a dry
    one. What takes the speaker encoder stands last: how many `speakers` are suspected (0: not looked for, 2: two or
    more), and the names of the clips that sound like `strangers` among several.
    """

    seconds: float
    speech_share: float
    snr_db: float
    clipping: float
    bandwidth_hz: float
    peak_dbfs: float
    f0_median_hz: float
    f0_low: float
    f0_high: float
    warnings: tuple[str, ...]
    reverberation: float = 0.0
    speakers: int = 0
    strangers: tuple[str, ...] = ()

    def told_apart(self, speakers: int, strangers: tuple[str, ...] = ()) -> "ClipReport":
        """The report with what the speaker encoder heard, and warnings of it before the others."""
        heard = {"clip_strangers": bool(strangers), "clip_speakers": speakers > 1 and not strangers}
        warnings = (*(code for code, there in heard.items() if there), *self.warnings)
        return replace(self, speakers=speakers, strangers=strangers, warnings=warnings)

    @property
    def details(self) -> dict[str, str]:
        """What the sentences of the warnings name."""
        return {"strangers": ", ".join(self.strangers)}


def report(clip: Clip) -> ClipReport:
    """Measure a clip; takes some milliseconds for a second of it."""
    spec = AudioSpec()
    pitch = track(clip.wave, spec).f0_hz
    active = active_frames(clip.wave)
    voiced = pitch[pitch > 0]
    low, median, high = np.quantile(voiced, (0.05, 0.5, 0.95)) if len(voiced) else (0.0, 0.0, 0.0)
    found = ClipReport(
        seconds=clip.seconds,
        speech_share=float(active.mean()),
        snr_db=snr(frame_powers(clip.wave), active),
        clipping=float(clipped(clip.wave).mean()),
        bandwidth_hz=clip.bandwidth_hz,
        peak_dbfs=_decibels(float(np.abs(clip.wave).max(initial=0.0)) ** 2),
        f0_median_hz=float(median),
        f0_low=float(low),
        f0_high=float(high),
        warnings=(),
        reverberation=reverberation(clip.wave, clip.sample_rate),
    )
    return replace(found, warnings=_warnings(found, len(voiced) / max(len(pitch), 1), clip.whole))


def merged(clips: Sequence[Clip]) -> Clip:
    """All clips of a speaker as one, for the report."""
    wave = np.concatenate([clip.wave for clip in clips])
    seconds, top = sum(clip.source_seconds for clip in clips), max(clip.bandwidth_hz for clip in clips)
    return replace(
        clips[0], wave=wave, source_seconds=seconds, bandwidth_hz=top, whole=all(clip.whole for clip in clips)
    )


def active_frames(wave: Floats) -> NDArray[np.bool_]:
    """(samples,) -> (samples // hop,) whether there is speech in each frame, by its level over the background."""
    return speech_frames(frame_powers(wave))


def speech_frames(powers: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The same of (frames,) powers."""
    levels = 10 * np.log10(powers + 1e-12)
    quiet, loud = np.quantile(levels, (0.05, 0.95))
    if loud - quiet < 8.0:
        return np.ones(len(levels), np.bool_)  # no pauses to tell speech from
    active = levels > max(quiet + 0.3 * (loud - quiet), loud - 35.0)
    # A click is no speech, and the closure of a plosive is no pause.
    return np.asarray(binary_closing(np.pad(binary_opening(active, np.ones(4)), 30), np.ones(25))[30:-30], np.bool_)


def trim(clip: Clip) -> Clip:
    """The clip without the silence at its ends, but for 100 ms; as it was if there is no speech in it."""
    frames = np.flatnonzero(active_frames(clip.wave))
    if not len(frames):
        return clip
    hop, margin = AudioSpec.hop, int(_MARGIN_SECONDS * clip.sample_rate)
    start = max(int(frames[0]) * hop - margin, 0)
    return replace(clip, wave=clip.wave[start : (int(frames[-1]) + 1) * hop + margin])


def level(wave: Floats, dbfs: float = LEVEL_DBFS) -> Floats:
    """(samples,) with its speech at `dbfs` (mean power), or as near as peaks of -1 dBFS allow."""
    power = frame_powers(wave)
    speech = float(power[active_frames(wave)].mean()) if len(power) else 0.0
    peak = float(np.abs(wave).max(initial=0.0))
    if speech <= 0 or peak <= 0:
        return wave.astype(np.float32, copy=True)
    gain = min(10 ** (dbfs / 20) / np.sqrt(speech), 10 ** (_PEAK_DBFS / 20) / peak)
    return np.asarray(wave * gain, np.float32)


def frame_powers(wave: Floats) -> NDArray[np.float64]:
    """(samples // hop,) mean power of each frame."""
    frames = len(wave) // AudioSpec.hop
    pieces = wave[: frames * AudioSpec.hop].reshape(frames, AudioSpec.hop)
    return np.asarray(np.mean(np.square(pieces, dtype=np.float64), axis=1))


def snr(power: NDArray[np.float64], active: NDArray[np.bool_]) -> float:
    """(frames,) powers, and which of them are speech -> decibels of speech over the background."""
    pauses = power[~active]
    background = np.median(pauses) if 0 < len(pauses) < len(power) else np.quantile(power, 0.05)
    speech = power[active].mean() if active.any() else power.mean()
    return float(np.clip(_decibels(max(speech - background, 1e-14)) - _decibels(background), 0.0, _MOST_SNR_DB))


def clipped(wave: Floats) -> NDArray[np.bool_]:
    """(samples,) whether each is in a run of three and more near the peak, where that is near full scale."""
    size = np.abs(wave)
    peak = float(size.max(initial=0.0))
    if peak < 0.5:
        return np.zeros(len(wave), np.bool_)
    return np.asarray(binary_opening(size > 0.97 * peak, np.ones(3)), np.bool_)


def _decibels(power: float | np.floating) -> float:
    return float(10 * np.log10(max(float(power), 1e-14)))


def _warnings(found: ClipReport, voiced_share: float, whole: bool) -> tuple[str, ...]:
    seen = {
        "clip_no_voice": voiced_share < _LEAST_VOICED,
        "clip_cut": not whole,
        "clip_brief": found.seconds * found.speech_share < _BRIEF_SECONDS,
        "clip_noisy": found.snr_db < _NOISY_DB,
        "clip_reverberant": found.reverberation >= RINGING_SECONDS,
        "clip_clipped": found.clipping > _CLIPPED_SHARE,
        "clip_narrow": found.bandwidth_hz < _NARROW_HZ,
        "clip_quiet": found.peak_dbfs < _QUIET_DBFS,
        "clip_pauses": found.speech_share < _LITTLE_SPEECH,
    }
    return tuple(code for code, there in seen.items() if there)
