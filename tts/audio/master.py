"""Speech as a file for elsewhere: at another sample rate, as loud as a target asks, in 16 or 24 bits."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from tts.audio.finish import turned_down
from tts.audio.form import Form
from tts.audio.loudness import Loudness, measure
from tts.audio.spec import AudioSpec
from tts.files import whole_file

Floats = NDArray[np.float32]

CEILING_DBTP: Final = -1.0
#: How far the highest peak may be turned down for the sake of loudness: with more, speech sounds pressed.
MOST_HELD_DB: Final = 8.0
#: File ending -> format of the library, and its subtype where the bits do not tell it.
ENDINGS: Final = {"wav": ("WAV", ""), "flac": ("FLAC", ""), "mp3": ("MP3", "MPEG_LAYER_III"), "opus": ("OGG", "OPUS")}

# The limiter aims a little lower, so that what resampling and rounding add stays under the ceiling.
_AIM_DBTP: Final = CEILING_DBTP - 0.15
_NEAR_LU: Final = 0.05
_ROUNDS: Final = 8
_OVERSAMPLED: Final = 4
_PART_SECONDS: Final = 20
_AROUND: Final = 512
# No more than what the arithmetic of a resampler leaves of digital silence.
_SILENCE: Final = 2.0**-25


@dataclass(frozen=True, eq=False, slots=True)
class Master:
    """A wave (samples,) in its form, round(seconds * rate) samples of it; `loudness` where there is a target."""

    wave: Floats
    form: Form
    loudness: Loudness | None = None

    @property
    def falls_short(self) -> bool:
        """Whether it stayed quieter than the target: louder, its peaks would have been pressed."""
        if self.form.loudness is None or self.loudness is None or self.loudness.lufs is None:
            return False
        return self.loudness.lufs < self.form.loudness - 0.5


def master(wave: Floats, form: Form, rate: int = AudioSpec.sample_rate) -> Master:
    """(samples,) in another form; silence stays as it is, whatever loudness is asked for."""
    if form.loudness is None:
        return Master(_resampled(wave, rate, form.rate), form)
    finished = _resampled(_as_loud(wave, rate, form.loudness), rate, form.rate)
    return Master(finished, form, measure(finished, form.rate))


def pcm(finished: Master) -> NDArray[np.int16] | NDArray[np.int32]:
    """The samples as whole numbers; 24 bits stand in the upper part of 32.

    16 bits are dithered, or what was below their last step would come back as distortion of the voice; 24 bits need
    no dither, since their last step is far below anybody's hearing; nor does a wave of 16 bits that is left as it was.
    Digital silence stays silent.
    """
    wave = finished.wave.astype(np.float64)
    if finished.form.bits == 24:
        steps = np.clip(np.round(wave * 2**23), -(2**23), 2**23 - 1)
        return (steps * 2**8).astype(np.int32)
    steps = np.round(wave * 2**15)
    if (steps != wave * 2**15).any():
        chance = np.random.default_rng(len(wave))
        dither = chance.random(len(wave)) - chance.random(len(wave))
        steps = np.where(np.abs(wave) < _SILENCE, 0, np.round(wave * 2**15 + dither))
    return np.clip(steps, -(2**15), 2**15 - 1).astype(np.int16)


def encoded(finished: Master, ending: str) -> bytes:
    """The content of a file of one of `ENDINGS`. MP3 and Opus have no bits; Opus knows no 44.1 kHz and takes 48."""
    form, subtype = ENDINGS[ending]
    stream = io.BytesIO()
    if not subtype:
        soundfile.write(stream, pcm(finished), finished.form.rate, f"PCM_{finished.form.bits}", format=form)
        return stream.getvalue()
    wave, rate = finished.wave, finished.form.rate
    if ending == "opus" and rate == 44100:
        wave, rate = _resampled(wave, rate, 48000), 48000
    soundfile.write(stream, np.clip(wave, -1.0, 1.0), rate, subtype, format=form)
    return stream.getvalue()


def write_master(path: Path, finished: Master) -> None:
    """A wav at `path`, whole or not at all; raises `AudioWriteError`."""
    content = encoded(finished, "wav")
    with whole_file(path) as stream:
        stream.write(content)


def _resampled(wave: Floats, rate: int, wanted: int) -> Floats:
    if rate == wanted:
        return wave
    samples = round(len(wave) * wanted / rate)
    found = soxr.resample(wave, rate, wanted, quality="VHQ")[:samples]
    return np.pad(found, (0, samples - len(found))).astype(np.float32)


def _as_loud(wave: Floats, rate: int, target: float) -> Floats:
    """(samples,) turned up or down to `target` LUFS; peaks that would go over the ceiling are held under it."""
    found = measure(wave, rate)
    if found.lufs is None:
        return wave
    room = _AIM_DBTP - found.peak_dbtp
    gain = target - found.lufs
    for _ in range(_ROUNDS):
        gain = min(gain, max(room, 0.0) + MOST_HELD_DB)
        louder = np.asarray(wave * 10 ** (gain / 20), np.float32)
        if gain <= room:
            return louder
        louder = _held(louder, rate)
        # What is held makes the whole a little quieter.
        missing = target - (measure(louder, rate).lufs or target)
        if abs(missing) < _NEAR_LU or gain >= room + MOST_HELD_DB:
            break
        gain += missing
    return louder


def _held(wave: Floats, rate: int) -> Floats:
    """(samples,) with every true peak under the ceiling; only the moments around a peak are turned down."""
    ceiling = 10 ** (_AIM_DBTP / 20)
    return np.asarray(wave * turned_down(_true_size(wave), ceiling, rate), np.float32)


def _true_size(wave: Floats) -> Floats:
    """(samples,): the largest size of the wave at each sample and between it and the next."""
    size = np.zeros(len(wave), np.float32)
    step = _PART_SECONDS * AudioSpec.sample_rate
    for start in range(0, len(wave), step):
        end, first = min(start + step, len(wave)), max(0, start - _AROUND)
        finer = soxr.resample(wave[first : end + _AROUND], 1, _OVERSAMPLED, quality="HQ")
        own = finer[(start - first) * _OVERSAMPLED : (end - first) * _OVERSAMPLED]
        own = np.pad(own, (0, (end - start) * _OVERSAMPLED - len(own)))
        size[start:end] = np.abs(own).reshape(-1, _OVERSAMPLED).max(1)
    return np.maximum(size, np.abs(wave))
