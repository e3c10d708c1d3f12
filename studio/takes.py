"""Finished speech that lasts: its files, what it was made with, and how long it is kept."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

import soundfile

from studio import plots
from studio.store import DAY, Store, Thing
from tts.audio.spec import AudioSpec
from tts.audio.write import write_wav
from tts.errors import AudioWriteError
from tts.files import whole_file
from tts.likeness import Likeness
from tts.settings import Settings
from tts.speech import Speech
from tts.timings import WRITERS, PhoneTiming, SegmentTiming, Timings, WordTiming

_MEGABYTE: Final = 2**20
#: Ending of a file of timings -> the type in the answer's head.
TIMINGS: Final = {
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
    "TextGrid": "text/plain",
    "json": "application/json",
}


@dataclass(frozen=True)
class Take:
    """One finished speech. `settings` are the page's fields that made it, `source` among them: whose voice it was.

    `waveform` is its picture; the mel lies beside the wave as a PNG. `pieces` are those of `Speech`, and `edition` the
    model that made them; both are empty for speech of older versions. `likeness` to its reference is None until it is
    measured. `siblings` are the ids of takes to choose among, its own among them, `varied` the segment in which they
    differ (None: in all), and `picked` the one that was chosen.
    """

    id: str
    path: Path
    made: float
    settings: Mapping[str, Any]
    seconds: float
    seed: int
    language: str
    device: str
    took_seconds: float
    segments: tuple[SegmentTiming, ...]
    words: tuple[WordTiming, ...]
    phones: tuple[PhoneTiming, ...]
    warnings: tuple[str, ...]
    left_out: tuple[str, ...]
    waveform: str
    pieces: tuple[tuple[int, ...], ...]
    edition: str
    likeness: Likeness | None
    siblings: tuple[str, ...]
    varied: int | None
    picked: str
    bytes: int
    starred: bool
    note: str

    @property
    def timings(self) -> Timings:
        return Timings(self.segments, self.words, self.seconds, self.phones)

    @property
    def picture(self) -> Path:
        return self.path.with_suffix(".png")

    @property
    def text(self) -> str:
        return str(self.settings["text"])

    @property
    def terms(self) -> tuple[tuple[str, str], ...]:
        """Terms and readings of the browser's own glossary that its text used."""
        return tuple((term, reading) for term, reading, _ in self.settings.get("terms", ()))

    @property
    def segment_seeds(self) -> dict[int, int]:
        """Seeds of the segments that were said anew."""
        return {int(at): seed for at, seed in self.settings.get("segment_seeds", {}).items()}

    def speech(self) -> Speech:
        """As it was made, its wave (samples,) as exact as the file."""
        wave, rate = soundfile.read(self.path, dtype="float32")
        return Speech(
            wave=wave, sample_rate=rate, seed=self.seed, language=self.language, segments=self.segments,
            words=self.words, phones=self.phones, pieces=self.pieces, segment_seeds=self.segment_seeds,
            warnings=self.warnings, left_out=self.left_out,
        )  # fmt: skip

    @classmethod
    def of(cls, thing: Thing, folder: Path) -> Self:
        content = thing.content
        return cls(
            id=thing.id,
            path=folder / f"{thing.id}.wav",
            made=thing.made,
            settings=content["settings"],
            segments=tuple(SegmentTiming(**segment) for segment in content["segments"]),
            words=tuple(WordTiming(**word) for word in content["words"]),
            phones=tuple(PhoneTiming(**phone) for phone in content["phones"]),
            warnings=tuple(content["warnings"]),
            left_out=tuple(content["left_out"]),
            pieces=tuple(tuple(ends) for ends in content.get("pieces", ())),
            edition=content.get("edition", ""),
            likeness=Likeness(content["likeness"]) if "likeness" in content else None,
            siblings=tuple(content.get("siblings", ())),
            varied=content.get("varied"),
            picked=content.get("picked", ""),
            bytes=thing.bytes,
            starred=thing.starred,
            note=thing.note,
            **{name: content[name] for name in ("seconds", "seed", "language", "device", "took_seconds", "waveform")},
        )


class Takes:
    """The finished speech of all browsers; what is kept of it, and for how long, stands in the settings."""

    def __init__(self, store: Store, folder: Path, settings: Settings) -> None:
        self._store = store
        self.folder = folder
        self._settings = settings
        self._lock = threading.Lock()

    def open(self) -> None:
        """Make the folder, and clear away the files that belong to nothing: a killed process left them."""
        self._store.clear_strays(self.folder)

    def keep(
        self,
        owner: str,
        identity: str,
        speech: Speech,
        settings: Mapping[str, Any],
        *,
        device: str,
        took: float,
        spec: AudioSpec,
        edition: str,
        siblings: Sequence[str] = (),
        varied: int | None = None,
    ) -> Take:
        """Write the wave and its pictures and remember them; older speech makes room."""
        path = self.folder / f"{identity}.wav"
        content = {
            "settings": {**settings, "seed": speech.seed, "segment_seeds": dict(speech.segment_seeds)},
            "pieces": speech.pieces,
            "edition": edition,
            "siblings": list(siblings),
            "varied": varied,
            "also": str(settings.get("source", {}).get("name", "")),
            "seconds": speech.seconds,
            "seed": speech.seed,
            "language": speech.language,
            "device": device,
            "took_seconds": took,
            "segments": [asdict(segment) for segment in speech.segments],
            "words": [asdict(word) for word in speech.words],
            "phones": [asdict(phone) for phone in speech.phones],
            "warnings": list(speech.warnings),
            "left_out": list(speech.left_out),
            "waveform": plots.waveform_path(speech.wave),
        }
        try:
            write_wav(path, speech.wave, speech.sample_rate)
            with whole_file(path.with_suffix(".png")) as stream:
                stream.write(plots.mel_png(speech.wave, spec))
            size = path.stat().st_size + path.with_suffix(".png").stat().st_size
            self.make_room(owner, size)
        except BaseException:
            self._unlink([identity])
            raise
        return Take.of(
            self._store.put(owner, "take", str(settings["text"]), content, identity=identity, size=size), self.folder
        )

    def get(self, owner: str, identity: str) -> Take:
        """`AudioWriteError` output_gone where the owner has no such speech, or its file is lost."""
        thing = self._store.get(owner, "take", identity)
        take = Take.of(thing, self.folder) if thing else None
        if take is None or not take.path.is_file():
            raise AudioWriteError("output_gone")
        return take

    def all(self, owner: str, **which: Any) -> list[Take]:
        """As `Store.all`."""
        return [Take.of(thing, self.folder) for thing in self._store.all(owner, "take", **which)]

    def change(self, owner: str, identity: str, *, starred: bool | None = None, note: str | None = None) -> None:
        if not self._store.change(owner, "take", identity, starred=starred, note=note):
            raise AudioWriteError("output_gone")

    def siblings(self, owner: str, take: Take) -> list[Take]:
        """The takes to choose among that are still here; none where there is no choice."""
        found = [self._store.get(owner, "take", identity) for identity in take.siblings]
        here = [one for one in (Take.of(thing, self.folder) for thing in found if thing) if one.path.is_file()]
        return here if len(here) > 1 else []

    def shown(self, owner: str, identity: str) -> Take:
        """The take that was picked among those of `identity`, or itself."""
        take = self.get(owner, identity)
        try:
            return self.get(owner, take.picked) if take.picked else take
        except AudioWriteError:
            return take

    def pick(self, owner: str, identity: str) -> None:
        """Remember which of its siblings is the result."""
        for sibling in self.get(owner, identity).siblings:
            self._note(owner, sibling, {"picked": identity})

    def note_likeness(self, owner: str, identity: str, likeness: Likeness) -> None:
        self._note(owner, identity, {"likeness": likeness.cosine})

    def note_siblings(self, owner: str, identity: str, siblings: Sequence[str], varied: int) -> None:
        """Let an earlier take be one of those to choose among."""
        self._note(owner, identity, {"siblings": list(siblings), "varied": varied, "picked": siblings[-1]})

    def _note(self, owner: str, identity: str, more: Mapping[str, Any]) -> None:
        with self._lock:
            if thing := self._store.get(owner, "take", identity):
                self._store.change(owner, "take", identity, content={**thing.content, **more})

    def remove(self, owner: str, identities: Iterable[str]) -> int:
        """Delete speech of one owner; returns how many pieces there were."""
        gone = [identity for identity in identities if self._store.remove(owner, "take", identity)]
        self._unlink(gone)
        return len(gone)

    def make_room(self, owner: str, size: int = 0) -> None:
        """Let the oldest go until `size` more bytes fit; `AudioWriteError` output_quota where only stars are left."""
        for limit, whose in ((self._settings.quota_megabytes, owner), (self._settings.total_megabytes, None)):
            over = self._store.use(whose).bytes + size - limit * _MEGABYTE
            leaving = self._store.surplus("take", over, whose)
            self._drop(leaving)
            if self._store.use(whose).bytes + size > limit * _MEGABYTE:
                raise AudioWriteError("output_quota", limit=limit)

    def sweep(self) -> int:
        """Let go what is older than the settings allow; returns how many pieces went."""
        if not self._settings.history_days:
            return 0
        leaving = self._store.overdue("take", self._settings.history_days * DAY)
        self._drop(leaving)
        return len(leaving)

    def _drop(self, identities: Sequence[str]) -> None:
        self._store.drop(identities)
        self._unlink(identities)

    def _unlink(self, identities: Sequence[str]) -> None:
        for identity in identities:
            for ending in (".wav", ".png"):
                (self.folder / f"{identity}{ending}").unlink(missing_ok=True)


def timings_text(take: Take, ending: str) -> str:
    """The timings in one of `TIMINGS`."""
    return WRITERS[f".{ending.lower()}"](take.timings)
