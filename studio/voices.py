"""The voices that people keep here: one file each, found by their owner only."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from studio import plots
from studio.store import Store, Thing
from tts.errors import VoiceError
from tts.files import whole_file
from tts.log import get_logger
from tts.voice import SUFFIX, Consent, Voice, VoiceCard, check_name, read_card, read_xvector

log = get_logger(__name__)

_MOST_TAGS: Final = 12
_LONGEST_TAG: Final = 32


@dataclass(frozen=True)
class Kept:
    """One voice of the library; `waveform` is the picture of its recording."""

    id: str
    made: float
    path: Path
    card: VoiceCard
    waveform: str

    @property
    def name(self) -> str:
        return self.card.name


class Voices:
    """The library of every browser. Names are unique within one, whatever their case."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder

    def open(self) -> None:
        """Make the folder, and clear away the files that belong to nothing: a killed process left them."""
        self._store.clear_strays(self._folder)

    def add(self, owner: str, voice: Voice) -> Kept:
        """Store a named voice; `VoiceError` without consent or where the name is taken."""
        name = check_name(voice.name)
        if voice.consent is None:
            raise VoiceError("voice_consent")
        self.check_free(owner, name)
        identity = secrets.token_urlsafe(16)
        path = self._folder / f"{identity}{SUFFIX}"
        voice.save(path)
        content = {"waveform": plots.waveform_path(voice.reference), "also": _also(voice.card)}
        thing = self._store.put(owner, "voice", name, content, identity=identity, size=path.stat().st_size)
        return Kept(identity, thing.made, path, voice.card, content["waveform"])

    def take_in(self, owner: str, content: bytes, file_name: str) -> Kept:
        """Store the voice of an exported file, with the consent that it holds; a taken name gets a number."""
        passing = self._folder / f"{secrets.token_urlsafe(16)}{SUFFIX}"
        try:
            with whole_file(passing) as stream:
                stream.write(content)
            voice = Voice.load(passing)
        except VoiceError:
            raise VoiceError("voice_damaged", path=file_name) from None
        finally:
            passing.unlink(missing_ok=True)
        return self.add(owner, voice.named(self._free_name(owner, voice.name)))

    def get(self, owner: str, identity: str) -> Kept:
        """`VoiceError` voice_gone where the owner has no such voice, voice_damaged where its file is."""
        thing = self._store.get(owner, "voice", identity)
        if thing is None:
            raise VoiceError("voice_gone")
        return self._kept(thing)

    def voice(self, owner: str, identity: str) -> Voice:
        """The voice, ready to speak."""
        return Voice.load(self.get(owner, identity).path)

    def all(self, owner: str, search: str = "") -> list[Kept]:
        """The voices of one owner by name; a damaged file does not hide the others."""
        found = []
        for thing in self._store.all(owner, "voice", search=search):
            try:
                found.append(self._kept(thing))
            except VoiceError as error:
                log.warning("voice_damaged", code=error.code)
        return sorted(found, key=lambda kept: kept.name.casefold())

    def change(self, owner: str, identity: str, *, name: str | None = None, tags: Sequence[str] | None = None) -> Kept:
        """Give a voice another name, or other tags."""
        kept = self.get(owner, identity)
        changed: dict[str, Any] = {}
        if name is not None and (wanted := check_name(name)) != kept.name:
            if wanted.casefold() != kept.name.casefold():
                self.check_free(owner, wanted)
            changed["name"] = wanted
        if tags is not None:
            changed["tags"] = check_tags(tags)
        if not changed:
            return kept
        voice = Voice.load(kept.path).changed(**changed)
        voice.save(kept.path)
        content = {"waveform": kept.waveform, "also": _also(voice.card)}
        size = kept.path.stat().st_size
        self._store.change(owner, "voice", identity, name=voice.name, content=content, size=size)
        return self.get(owner, identity)

    def remove(self, owner: str, identity: str) -> None:
        """Let the voice and its file go; `VoiceError` voice_gone where there is none."""
        if not self._store.remove(owner, "voice", identity):
            raise VoiceError("voice_gone")
        (self._folder / f"{identity}{SUFFIX}").unlink(missing_ok=True)

    def check_free(self, owner: str, name: str) -> None:
        """`VoiceError` voice_exists where the owner has a voice of that name."""
        if name.casefold() in self._names(owner):
            raise VoiceError("voice_exists", name=name)

    def _names(self, owner: str) -> set[str]:
        return {thing.name.casefold() for thing in self._store.all(owner, "voice")}

    def _free_name(self, owner: str, name: str) -> str:
        taken = self._names(owner)
        names = (name, *(f"{name[:58]} {number}" for number in range(2, 1000)))
        return next((free for free in names if free.casefold() not in taken), name)

    def _kept(self, thing: Thing) -> Kept:
        path = self._folder / f"{thing.id}{SUFFIX}"
        return Kept(thing.id, thing.made, path, read_card(path), thing.content["waveform"])


def similarity(voices: Sequence[Kept]) -> list[list[float | None]]:
    """The cosine between the x-vectors of every two voices; None between voices of different models."""
    vectors = [read_xvector(kept.path) for kept in voices]
    return [
        [
            float(np.dot(one, other)) if mine.card.bundle == its.card.bundle else None
            for its, other in zip(voices, vectors, strict=True)
        ]
        for mine, one in zip(voices, vectors, strict=True)
    ]


def check_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Tags without spaces around them, each once, none too long."""
    tidy = (" ".join(tag.split())[:_LONGEST_TAG] for tag in tags)
    return tuple(dict.fromkeys(tag for tag in tidy if tag))[:_MOST_TAGS]


def consent_of(whose: str, may: bool, now: datetime) -> Consent:
    """The answer to the two questions; `VoiceError` voice_whose or voice_consent where one is not answered."""
    if not whose.strip():
        raise VoiceError("voice_whose")
    if not may:
        raise VoiceError("voice_consent")
    return Consent.at(now, " ".join(whose.split())[:120])


def _also(card: VoiceCard) -> str:
    return " ".join((*card.tags, card.consent.whose if card.consent else ""))
