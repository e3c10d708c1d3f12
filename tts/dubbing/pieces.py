"""The speech that is made so far: a wav and its timings for each piece, in a folder beside the track.

A piece is named by all that it depends on, so that a run that was stopped goes on where it was, and one after a change
in the subtitles makes only what has changed.
"""

import fcntl
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields, is_dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import soundfile

from tts.audio.write import write_wav
from tts.errors import BusyError
from tts.files import unwritten, whole_file
from tts.settings import Settings
from tts.speech import Speech, SynthesisRequest, TimeRange
from tts.text.reader import Reader
from tts.timings import PhoneTiming, SegmentTiming, WordTiming
from tts.voice import Voice

_LOCK: Final = "lock"
_RANGES: Final = "ranges.jsonl"
_DIGEST: Final = "[0-9a-f]" * 32
#: The track while it is written.
TRACK: Final = "track.part"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is kept of a piece beside its wave; times in seconds from its start."""

    samples: int
    language: str
    segments: tuple[SegmentTiming, ...]
    words: tuple[WordTiming, ...]
    phones: tuple[PhoneTiming, ...]
    left_out: tuple[str, ...]


class Pieces:
    """The pieces in one folder. Use `open`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ranges: dict[str, TimeRange] = {}

    @classmethod
    @contextmanager
    def open(cls, output: Path) -> Iterator[Self]:
        """The pieces of the track that is to be `output`, for this process alone: `BusyError` busy_track."""
        pieces = cls(output.with_name(f"{output.name}.parts"))
        try:
            pieces.folder.mkdir(exist_ok=True)
            lock = (pieces.folder / _LOCK).open("w")
        except OSError as error:
            raise unwritten(pieces.folder, error) from None
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise BusyError("busy_track", path=str(output)) from None
            for unfinished in pieces.folder.glob(".*.part"):
                unfinished.unlink()
            pieces._read_ranges()
            try:
                yield pieces
            finally:
                pieces._leave()

    def range_of(self, key: str) -> TimeRange | None:
        return self._ranges.get(key)

    def put_range(self, key: str, found: TimeRange) -> None:
        self._ranges[key] = found
        try:
            with (self.folder / _RANGES).open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({"key": key} | asdict(found)) + "\n")
        except OSError as error:
            raise unwritten(self.folder / _RANGES, error) from None

    def has(self, key: str) -> bool:
        """Whether a piece is there, whole."""
        try:
            return bool(soundfile.info(self.wave(key)).frames == self.read(key).samples)
        except (OSError, soundfile.SoundFileError, ValueError, KeyError, TypeError):
            return False

    def put(self, key: str, speech: Speech) -> None:
        write_wav(self.wave(key), speech.wave, speech.sample_rate)
        told = speech.segments, speech.words, speech.phones, speech.left_out
        spoken = Spoken(len(speech.wave), speech.language, *told)
        with whole_file(self._told(key)) as stream:
            stream.write(json.dumps(asdict(spoken), ensure_ascii=False).encode())

    def read(self, key: str) -> Spoken:
        content = json.loads(self._told(key).read_text(encoding="utf-8"))
        return Spoken(
            int(content["samples"]),
            str(content["language"]),
            tuple(SegmentTiming(**segment) for segment in content["segments"]),
            tuple(WordTiming(**word) for word in content["words"]),
            tuple(PhoneTiming(**phone) for phone in content["phones"]),
            tuple(content["left_out"]),
        )

    def wave(self, key: str) -> Path:
        return self.folder / f"{key}.wav"

    def clear(self, but: Collection[str] = ()) -> None:
        """Delete all that was made here, `but` the pieces that are to stay."""
        kept = {path.name for key in but for path in (self.wave(key), self._told(key))}
        kept |= {_RANGES} if but else set()
        for pattern in (f"{_DIGEST}.wav", f"{_DIGEST}.json", ".*.part", TRACK, _RANGES):
            for path in self.folder.glob(pattern):
                if path.name not in kept:
                    path.unlink(missing_ok=True)

    def _leave(self) -> None:
        """Take the folder away where nothing is in it."""
        with suppress(OSError):
            if [path.name for path in self.folder.iterdir()] == [_LOCK]:
                (self.folder / _LOCK).unlink()
                self.folder.rmdir()

    def _told(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def _read_ranges(self) -> None:
        with suppress(OSError, UnicodeDecodeError):
            for row in (self.folder / _RANGES).read_text(encoding="utf-8").splitlines():
                # The last one may have been cut off.
                with suppress(ValueError, KeyError, TypeError):
                    content = json.loads(row)
                    self._ranges[content.pop("key")] = TimeRange(**content)


def context_of(edition: str, settings: Settings) -> str:
    """What every piece depends on: the bundle, and how the settings let texts be read."""
    return digest({"edition": edition, "reader": asdict(Reader.of(settings))})


def voice_digest(voice: Voice) -> str:
    """Tells voices apart by the recording that made them; fitting the same one again may differ in the last digit."""
    reference = np.round(voice.reference * 32767).astype(np.int16)
    heard = reference if len(reference) else voice.embedding.xvector.detach().cpu().numpy()
    return sha256(voice.bundle.encode() + np.ascontiguousarray(heard).tobytes()).hexdigest()


def key_of(request: SynthesisRequest, voice: str, context: str) -> str:
    """The name of a piece: a digest of all that it depends on."""
    options = {field.name: getattr(request, field.name) for field in fields(request) if field.name != "voice"}
    return digest(options | {"voice": voice, "context": context})


def digest(content: object) -> str:
    def plain(value: Any) -> Any:
        return asdict(value) if is_dataclass(value) and not isinstance(value, type) else repr(value)

    return sha256(json.dumps(content, sort_keys=True, default=plain).encode()).hexdigest()[:32]
