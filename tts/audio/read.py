"""Clips of any usual format, rate, width and channel count, as mono waves at our own rate.

Everything happens in memory and block by block: a clip is refused as soon as it passes a limit, however long the rest
of it would be, and nothing is ever stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Self

import av
import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from tts.audio.bandwidth import bandwidth
from tts.audio.spec import AudioSpec
from tts.errors import ReferenceClipError
from tts.settings import Settings

Floats = NDArray[np.float32]
Source = Path | str | bytes | tuple[int, NDArray[Any]]

_RATES: Final = range(8000, 192001)
_CHANNELS: Final = range(1, 17)
_SILENT_PEAK: Final = 5e-4  # -66 dBFS: a microphone that was off
_UNNAMED: Final = "audio"

# First bytes -> demuxer. FFmpeg gets these and never guesses: among its guesses are playlists, which open other files.
_SIGNATURES: Final[tuple[tuple[int, bytes, str], ...]] = (
    (4, b"ftyp", "mov"),
    (4, b"moov", "mov"),
    (4, b"mdat", "mov"),
    (0, b"\x1a\x45\xdf\xa3", "matroska"),
    (0, b"RIFF", "wav"),
    (0, b"RF64", "wav"),
    (0, b"fLaC", "flac"),
    (0, b"OggS", "ogg"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (0, b"\xff\xf3", "mp3"),
    (0, b"\xff\xf2", "mp3"),
    (0, b"\xff\xfa", "mp3"),
    (0, b"\xff\xf1", "aac"),
    (0, b"\xff\xf9", "aac"),
    (0, b"FORM", "aiff"),
    (0, b"caff", "caf"),
    (0, b"#!AMR", "amr"),
    (0, b"\x30\x26\xb2\x75", "asf"),
)


@dataclass(frozen=True)
class Limits:
    """What a clip may be: at most so many bytes, at least and at most so many seconds."""

    max_bytes: int
    min_seconds: float
    max_seconds: float

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(settings.max_upload_bytes, settings.min_reference_seconds, settings.max_reference_seconds)


@dataclass(frozen=True, eq=False)
class Clip:
    """A clip as we use it, and what it was.

    `wave`: (samples,) float32 in [-1, 1], mono, at `sample_rate`, without offset. `bandwidth_hz`: how high its sound
    reaches. `whole`: False if the file was cut off or damaged towards its end.
    """

    wave: Floats
    source_rate: int
    source_channels: int
    source_seconds: float
    bandwidth_hz: float
    name: str = _UNNAMED
    whole: bool = True
    sample_rate: int = AudioSpec.sample_rate

    @property
    def seconds(self) -> float:
        return len(self.wave) / self.sample_rate

    def part(self, start: float, end: float) -> Self:
        """What is between two moments, in seconds; without its end, a damaged one does no harm."""
        first, last = (round(moment * self.sample_rate) for moment in (start, end))
        return replace(self, wave=self.wave[max(first, 0) : last], whole=self.whole or last < len(self.wave))


def read_clip(source: Source, *, limits: Limits, name: str = "") -> Clip:
    """Decode a file, the bytes of one, or `(rate, samples)` with samples (samples,) or (samples, channels).

    Takes wav, flac, ogg, opus, mp3, m4a, webm and their kin; down-mixes and resamples. A damaged end is left out.
    `name` is what an error calls the clip. Raises `ReferenceClipError`, with its own code for every kind of bad clip.
    """
    name = name or (Path(source).name if isinstance(source, str | Path) else _UNNAMED)
    if isinstance(source, tuple):
        rate, channels, blocks = _from_array(*source, name)
    else:
        content = source if isinstance(source, bytes) else _content(Path(source), name, limits)
        _check_size(len(content), name, limits)
        rate, channels, blocks = _from_bytes(content, name)
    if rate not in _RATES or channels not in _CHANNELS:
        raise ReferenceClipError("clip_format", name=name, rate=rate, channels=channels)
    samples, frames, whole = _take(blocks, rate, channels, name, limits)
    seconds = frames / rate
    if frames == 0 and whole:
        raise ReferenceClipError("clip_empty", name=name)
    if seconds < limits.min_seconds:
        if not whole:
            raise ReferenceClipError("clip_damaged", name=name, seconds=seconds)
        raise ReferenceClipError("clip_too_short", name=name, seconds=seconds, least=limits.min_seconds)
    wave = _mono(samples)
    if np.abs(wave).max(initial=0.0) < _SILENT_PEAK:
        raise ReferenceClipError("clip_silent", name=name)
    top = min(bandwidth(wave, AudioSpec.sample_rate), rate / 2)
    return Clip(wave, rate, channels, seconds, top, name, whole)


class _Cut(Exception):
    """Raised by blocks where the rest of a file cannot be decoded."""


Blocks = Iterator[Floats]  # each (samples, channels) float32


def _content(path: Path, name: str, limits: Limits) -> bytes:
    try:
        # A device or a pipe could be endless.
        if not path.is_file():
            raise ReferenceClipError("clip_missing", name=name)
        _check_size(path.stat().st_size, name, limits)
        return path.read_bytes()
    except OSError:
        raise ReferenceClipError("clip_missing", name=name) from None


def _check_size(size: int, name: str, limits: Limits) -> None:
    if size == 0:
        raise ReferenceClipError("clip_empty", name=name)
    if size > limits.max_bytes:
        raise ReferenceClipError("clip_too_large", name=name, megabytes=size / 2**20, limit=limits.max_bytes / 2**20)


def _from_bytes(content: bytes, name: str) -> tuple[int, int, Blocks]:
    """Rate, channels and blocks of an audio file."""
    form = next((form for at, sign, form in _SIGNATURES if content[at : at + len(sign)] == sign), None)
    # libsndfile's mp3 decoder complains on stderr about every damaged frame.
    if form != "mp3":
        try:
            file = soundfile.SoundFile(BytesIO(content))
            return file.samplerate, file.channels, _soundfile_blocks(file, content)
        except soundfile.LibsndfileError:
            pass
    if form is None:
        raise ReferenceClipError("clip_not_audio", name=name)
    try:
        container = av.open(BytesIO(content), format=form)
    except (av.FFmpegError, ValueError, OverflowError):
        raise ReferenceClipError("clip_damaged", name=name, seconds=0.0) from None
    if not container.streams.audio:
        container.close()
        raise ReferenceClipError("clip_no_track", name=name)
    stream = container.streams.audio[0]
    if not stream.rate or not stream.channels:
        container.close()
        raise ReferenceClipError("clip_damaged", name=name, seconds=0.0)
    return stream.rate, stream.channels, _av_blocks(container, stream)


def _soundfile_blocks(file: soundfile.SoundFile, content: bytes) -> Blocks:
    with file:
        promised, given = file.frames, 0
        while True:
            try:
                block = file.read(file.samplerate, dtype="float32", always_2d=True)
            except (soundfile.LibsndfileError, RuntimeError) as error:
                raise _Cut from error
            if not len(block):
                break
            given += len(block)
            yield block
        if given < promised or _riff_is_cut(content):
            raise _Cut


def _riff_is_cut(content: bytes) -> bool:
    """Whether a RIFF file is shorter than its header says; one that was streamed says 0 or the most there is."""
    size = int.from_bytes(content[4:8], "little")
    return content[:4] == b"RIFF" and 0 < size < 0xFFFFFFF0 and len(content) < size + 8 - 1


def _av_blocks(container: Any, stream: Any) -> Blocks:
    with container:
        same = av.AudioResampler(format="fltp", layout=stream.layout, rate=stream.rate)
        try:
            for frame in container.decode(stream):
                for part in same.resample(frame):
                    yield np.ascontiguousarray(part.to_ndarray().T, dtype=np.float32)
        except (av.FFmpegError, ValueError) as error:
            raise _Cut from error


def _from_array(rate: int, samples: NDArray[Any], name: str) -> tuple[int, int, Blocks]:
    """Rate, channels and blocks of samples that are in memory, of any integer or float type."""
    array = np.asarray(samples)
    if array.ndim not in (1, 2) or array.dtype.kind not in "iuf":
        raise ReferenceClipError("clip_not_audio", name=name)
    if not array.size:
        raise ReferenceClipError("clip_empty", name=name)
    array = array[:, None] if array.ndim == 1 else array
    if array.shape[0] <= _CHANNELS[-1] < array.shape[1]:
        array = array.T  # (channels, samples), as some libraries have it
    return int(rate), array.shape[1], _array_blocks(array, max(int(rate), 1))


def _array_blocks(array: NDArray[Any], size: int) -> Blocks:
    kind = array.dtype.kind
    middle = np.iinfo(array.dtype).max // 2 + 1 if kind == "u" else 0
    full = 1.0 if kind == "f" else float(middle or -np.iinfo(array.dtype).min)
    for start in range(0, len(array), size):
        yield ((array[start : start + size].astype(np.float64) - middle) / full).astype(np.float32)


def _take(blocks: Blocks, rate: int, channels: int, name: str, limits: Limits) -> tuple[Floats, int, bool]:
    """All blocks -> (samples, channels) at our rate, number of source samples, whether nothing was cut off."""
    resampler = soxr.ResampleStream(rate, AudioSpec.sample_rate, channels, dtype="float32", quality="HQ")
    parts, frames, whole = [], 0, True
    try:
        for block in blocks:
            if not np.isfinite(block).all():
                raise ReferenceClipError("clip_not_finite", name=name)
            frames += len(block)
            if frames > limits.max_seconds * rate:
                raise ReferenceClipError("clip_too_long", name=name, limit=limits.max_seconds)
            parts.append(resampler.resample_chunk(block))
    except _Cut:
        whole = False
    parts.append(resampler.resample_chunk(np.zeros((0, channels), np.float32), last=True))
    return np.concatenate(parts), frames, whole


def _mono(samples: Floats) -> Floats:
    """(samples, channels) -> (samples,), without offset, in [-1, 1]."""
    samples = samples - samples.mean(0, dtype=np.float64).astype(np.float32)
    wave = samples.mean(1)
    levels = np.sqrt(np.mean(np.square(samples), axis=0))
    # Channels of opposite phase cancel each other out: then the loudest one speaks for all.
    if np.sqrt(np.mean(np.square(wave))) < 0.5 * levels.max() / samples.shape[1]:
        wave = samples[:, int(levels.argmax())]
    peak = float(np.abs(wave).max(initial=0.0))
    # Floats beyond full scale are no fault of the recording; some programs even write integers as floats.
    return np.ascontiguousarray(wave / max(peak, 1.0), dtype=np.float32)
