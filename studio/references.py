"""The references of every browser: clips on the disk by their content, found by their owner only, gone after hours."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile

from studio.reference import Part, Reference
from studio.store import Store, Thing
from tts.audio.read import Clip
from tts.errors import ReferenceClipError, VoiceError
from tts.files import whole_file
from tts.log import get_logger
from tts.voice import SUFFIX, Voice

log = get_logger(__name__)

_CLIP: Final = ".flac"
#: What is held in memory, however many there are on the disk.
_AT_HAND: Final = 12
_OWN_BYTES: Final = 512 * 2**20
_ALL_BYTES: Final = 4096 * 2**20
_HOUR: Final = 3600.0
# The last use is noted no more often than this.
_NOTED_SECONDS: Final = 60.0
# A voice file has a name; that of a reference is nobody's.
_UNNAMED: Final = "reference"

#: Makes a reference that is no upload again: of an owner, from its source.
Again = Callable[[str, Mapping[str, str]], Reference]


class References:
    """What every browser cloned with lately. Files are named by their content, so that the same clip lies here once
    and is encoded once; one goes when the last reference to it goes. Safe across threads."""

    def __init__(self, store: Store, folder: Path, hours: float, again: Again) -> None:
        self._store = store
        self._folder = folder
        self._hours = hours
        self._again = again
        self._at_hand: OrderedDict[str, Reference] = OrderedDict()
        self._lock = threading.RLock()

    def open(self) -> None:
        """Make the folder, and clear away what belongs to nothing."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self.sweep()

    def put(self, owner: str, reference: Reference) -> str:
        """Keep a reference and return its id, which cannot be guessed; the oldest make room."""
        identity, size = secrets.token_urlsafe(16), 0
        with self._lock:
            if reference.trimmable:
                for part in reference.parts:
                    size += self._write(part)
                # By which the history finds it again.
                reference.source = {**reference.source, "clip": identity}
            self._store.put(owner, "reference", reference.name, reference.to_dict(), identity=identity, size=size)
            if reference.trimmable and reference.voice is None:
                reference.voice = self._voice(reference.key)
            self._remember(identity, reference)
            self._make_room(owner)
        return identity

    def get(self, owner: str, identity: str) -> Reference | None:
        """The reference, for its owner; None for anybody else, as if it were not there."""
        with self._lock:
            thing = self._store.get(owner, "reference", identity)
            if thing is None:
                return None
            found = self._at_hand.get(identity) or self._read(owner, thing)
            if found is None:
                return None
            self._remember(identity, found)
            self._store.touch(owner, "reference", identity, _NOTED_SECONDS)
            return found

    def find(self, owner: str, digest: str) -> Reference | None:
        """The owner's reference of that content, whenever it was given."""
        things = self._store.all(owner, "reference")
        same = next((thing.id for thing in things if thing.content["source"].get("digest") == digest), None)
        return self.get(owner, same) if same else None

    def remove(self, owner: str, identity: str) -> bool:
        """Forget a reference, and every other one of this owner with a clip of it; False where there is none."""
        with self._lock:
            thing = self._store.get(owner, "reference", identity)
            if thing is None:
                return False
            digests = _digests(thing)
            self._drop(
                [other.id for other in self._store.all(owner, "reference") if digests & _digests(other)] or [identity]
            )
            return True

    def keep_voice(self, reference: Reference) -> None:
        """Write the voice of an upload beside its clips, so that nobody makes it again."""
        path = self._folder / f"{reference.key}{SUFFIX}"
        with self._lock:
            if reference.voice and reference.trimmable and not path.exists() and self._is_mentioned(reference.key):
                reference.voice.named(_UNNAMED).save(path)

    def sweep(self) -> None:
        """Let go what nobody used for so many hours, and files that belong to nothing."""
        with self._lock:
            self._drop(self._store.overdue("reference", self._hours * _HOUR))

    def _drop(self, identities: list[str]) -> None:
        self._store.drop(identities)
        for identity in identities:
            self._at_hand.pop(identity, None)
        mentioned = self._mentioned()
        for path in self._folder.iterdir():
            if path.stem not in mentioned:
                path.unlink(missing_ok=True)

    def _mentioned(self) -> set[str]:
        """The names of all files that some reference needs."""
        contents = self._store.contents("reference")
        return {name for content in contents for name in (content["key"], *_names(content))}

    def _is_mentioned(self, key: str) -> bool:
        return any(content["key"] == key for content in self._store.contents("reference"))

    def _make_room(self, owner: str) -> None:
        for limit, whose in ((_OWN_BYTES, owner), (_ALL_BYTES, None)):
            over = self._store.use(whose, ("reference",)).bytes - limit
            if leaving := self._store.surplus("reference", over, whose):
                self._drop(leaving)

    def _remember(self, identity: str, reference: Reference) -> None:
        self._at_hand[identity] = reference
        self._at_hand.move_to_end(identity)
        while len(self._at_hand) > _AT_HAND:
            self._at_hand.popitem(last=False)

    def _write(self, part: Part) -> int:
        """The clip of a part, unless it is there; returns its size."""
        path = self._folder / f"{part.digest}{_CLIP}"
        if not path.exists():
            with whole_file(path) as stream:
                soundfile.write(stream, part.clip.wave, part.clip.sample_rate, format="FLAC", subtype="PCM_16")
        return path.stat().st_size

    def _read(self, owner: str, thing: Thing) -> Reference | None:
        """A reference that is not in memory; None where it cannot be had any more."""
        source = thing.content["source"]
        try:
            if source.get("kind") != "clip":
                return self._again(owner, source)
            parts = [self._part(content) for content in thing.content["parts"]]
        except (ReferenceClipError, VoiceError, OSError, soundfile.LibsndfileError) as error:
            log.warning("reference_lost", reason=type(error).__name__)
            return None
        voice = self._voice(thing.content["key"])
        return Reference.made(parts, source, denoise=thing.content["denoise"], voice=voice)

    def _part(self, content: Mapping[str, Any]) -> Part:
        wave, _ = soundfile.read(self._folder / f"{content['digest']}{_CLIP}", dtype="float32")
        clip = Clip(
            np.ascontiguousarray(wave, np.float32), content["rate"], content["channels"], content["seconds"],
            content["bandwidth"], content["name"], content["whole"],
        )  # fmt: skip
        return Part(clip, content["digest"], content["start"], content["end"])

    def _voice(self, key: str) -> Voice | None:
        path = self._folder / f"{key}{SUFFIX}"
        if not path.exists():
            return None
        try:
            return Voice.load(path).unnamed()
        except VoiceError:
            return None


def _names(content: Mapping[str, Any]) -> set[str]:
    return {part["digest"] for part in content["parts"]}


def _digests(thing: Thing) -> set[str]:
    return _names(thing.content) if thing.content["source"].get("kind") == "clip" else set()
