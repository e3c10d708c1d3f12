"""A voice: what the models keep of a speaker, one file, and the library of the voices that people stored.

A voice file is one `.safetensors`: the embedding, the reference recording (so that a newer model can embed it
again), and as metadata the rest: name, report on the clip, consent, bundle.
"""

import hashlib
import json
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from tts.audio.quality import ClipReport
from tts.errors import VoiceError
from tts.files import unwritten, whole_file
from tts.log import get_logger
from tts.sentences import WARNINGS

if TYPE_CHECKING:
    from tts.models.utterance import ReferenceEmbedding

SUFFIX: Final = ".safetensors"
LONGEST_NAME: Final = 64
#: A voice of a minute is 3 MB; anything much larger is none.
LARGEST_FILE: Final = 32 * 1024 * 1024

_FORMAT: Final = "yinse-voice-1"
_PCM: Final = 32767.0
_CORRECTIONS: Final = ("correction", "moved_correction")

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Consent:
    """When the person who stored a voice confirmed that they may use it (ISO 8601, UTC), and whose voice it is."""

    given_at: str
    whose: str = ""

    @classmethod
    def at(cls, moment: datetime, whose: str = "") -> Self:
        return cls(moment.astimezone(UTC).isoformat(timespec="seconds"), whose)


@dataclass(frozen=True, slots=True)
class VoiceCard:
    """What is known of a voice without loading its tensors."""

    name: str
    bundle: str
    consent: Consent | None
    report: ClipReport
    tags: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Self:
        """Inverse of `to_dict` after a trip through JSON; KeyError, TypeError or ValueError if it is none."""
        given = content["consent"]
        consent = Consent(str(given["given_at"]), str(given.get("whose", ""))) if given else None
        name, tags = check_name(str(content["name"])), tuple(str(tag) for tag in content.get("tags", ()))
        return cls(name, str(content["bundle"]), consent, _report(content["report"]), tags)


@dataclass(frozen=True, eq=False, slots=True)
class Voice:
    """A speaker as the models need it.

    `reference` is the recording that made it, (samples,) float32 at 24 kHz; `bundle` names the model whose
    embedding it is; the name of a voice that is not stored is empty.
    """

    embedding: "ReferenceEmbedding"
    report: ClipReport
    bundle: str
    reference: NDArray[np.float32]
    name: str = ""
    consent: Consent | None = None
    tags: tuple[str, ...] = ()

    @property
    def card(self) -> VoiceCard:
        return VoiceCard(self.name, self.bundle, self.consent, self.report, self.tags)

    def named(self, name: str, consent: Consent | None = None) -> Self:
        """The same voice under a checked `name`, with the consent given (or the one it has)."""
        return replace(self, name=check_name(name), consent=consent or self.consent)

    def unnamed(self) -> Self:
        """The same voice, not stored."""
        return replace(self, name="", consent=None)

    def changed(self, *, name: str | None = None, tags: tuple[str, ...] | None = None) -> Self:
        """The same voice with another name or other tags."""
        named = self if name is None else self.named(name)
        return named if tags is None else replace(named, tags=tags)

    def save(self, path: Path) -> None:
        """Write the voice to `path`, whole or not at all."""
        _write(path, self.to_bytes())

    def to_bytes(self) -> bytes:
        """The content of a voice file."""
        from safetensors.numpy import save

        embedding = self.embedding
        tensors = {
            "xvector": embedding.xvector.detach().float().cpu().numpy(),
            "prompt": np.ascontiguousarray(embedding.prompt.detach().float().cpu().numpy()),
            "pitch": np.array([embedding.f0_median_log, embedding.f0_std_log], dtype=np.float32),
            "correction": embedding.correction.detach().float().cpu().numpy(),
            "moved_correction": embedding.moved_correction.detach().float().cpu().numpy(),
            "reference": np.round(np.clip(self.reference, -1, 1) * _PCM).astype(np.int16),
        }
        card = json.dumps(self.card.to_dict(), ensure_ascii=False)
        return save(tensors, metadata={"format": _FORMAT, "card": card})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the voice file at `path`; `VoiceError` if it is missing, damaged or something else."""
        import torch

        from tts.models.utterance import ReferenceEmbedding

        card, tensors = _read(path, tensors=True)
        xvector, prompt, pitch = tensors["xvector"], tensors["prompt"], tensors["pitch"]
        embedding = ReferenceEmbedding(
            xvector=torch.from_numpy(xvector),
            prompt=torch.from_numpy(prompt),
            f0_median_log=float(pitch[0]),
            f0_std_log=float(pitch[1]),
            correction=torch.from_numpy(tensors["correction"]),
            moved_correction=torch.from_numpy(tensors["moved_correction"]),
        )
        reference = (tensors["reference"] / _PCM).astype(np.float32)
        return cls(embedding, card.report, card.bundle, reference, card.name, card.consent, card.tags)


@dataclass(frozen=True, slots=True)
class VoiceLibrary:
    """The stored voices: one file each in `folder`, which is made with the first voice."""

    folder: Path

    def cards(self) -> tuple[VoiceCard, ...]:
        """Cards of all voices by name. A damaged file does not hide the others; the log names it."""
        cards = []
        for path in self._files():
            try:
                cards.append(read_card(path))
            except VoiceError as error:
                log.warning("voice_damaged", file=path.name, code=error.code)
        return tuple(sorted(cards, key=lambda card: card.name))

    def card(self, name: str) -> VoiceCard:
        return read_card(self._path_of(name))

    def get(self, name: str) -> Voice:
        return Voice.load(self._path_of(name))

    def add(self, voice: Voice) -> VoiceCard:
        """Store a named voice; `VoiceError` without consent or where the name is taken."""
        name = check_name(voice.name)
        if voice.consent is None:
            raise VoiceError("voice_consent")
        self.check_free(name)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritten(self.folder, error) from None
        voice.save(self.folder / file_name(name))
        return voice.card

    def check_free(self, name: str) -> None:
        """`VoiceError` where the name is taken."""
        if (self.folder / file_name(check_name(name))).exists():
            raise VoiceError("voice_exists", name=name)

    def remove(self, name: str) -> None:
        path = self._path_of(name)
        try:
            path.unlink()
        except OSError as error:
            raise unwritten(path, error) from None

    def export(self, name: str, path: Path) -> None:
        """Copy a voice to the file at `path`."""
        _write(path, self._path_of(name).read_bytes())

    def take_in(self, path: Path, consent: Consent | None = None, name: str = "") -> VoiceCard:
        """Store the voice file at `path`, under its own name or `name`, with its own consent or the one given."""
        voice = Voice.load(path)
        return self.add(voice.named(name or voice.name, voice.consent or consent))

    def _files(self) -> list[Path]:
        return sorted(path for path in self.folder.glob(f"*{SUFFIX}") if not path.name.startswith("."))

    def _path_of(self, name: str) -> Path:
        path = self.folder / file_name(check_name(name))
        if not path.is_file():
            known = ", ".join(card.name for card in self.cards()) or "-"
            raise VoiceError("voice_unknown", name=name, known=known)
        return path


def check_name(name: str) -> str:
    """The name in its one written form; `VoiceError` unless it is 1 to 64 letters, digits, spaces, `-` or `_`."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    fits = 1 <= len(tidy) <= LONGEST_NAME and tidy[0].isalnum()
    if not fits or not all(letter in " -_" or unicodedata.category(letter)[0] in "LMN" for letter in tidy):
        raise VoiceError("voice_name", name=name)
    return tidy


def file_name(name: str) -> str:
    """A file name for a checked name: readable, free of what any system forbids, the same for `Anna` and `anna`."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    readable = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in folded)
    # The digest tells apart what reads alike, and keeps names such as `con` from being a device of Windows.
    return f"{readable[:32].strip('_') or 'voice'}-{hashlib.sha256(folded.encode()).hexdigest()[:12]}{SUFFIX}"


def read_card(path: Path) -> VoiceCard:
    """What the voice file at `path` says of itself, without its tensors."""
    return _read(path, tensors=False)[0]


def read_reference(path: Path) -> NDArray[np.float32]:
    """The recording, (samples,) at 24 kHz, in the voice file at `path`."""
    return np.asarray(_read(path, tensors=True)[1]["reference"] / _PCM, np.float32)


def read_xvector(path: Path) -> NDArray[np.float32]:
    """The x-vector, (192,) of unit length, in the voice file at `path`; only those of one bundle can be compared."""
    return np.asarray(_read(path, tensors=True)[1]["xvector"], np.float32)


def _read(path: Path, *, tensors: bool) -> tuple[VoiceCard, dict[str, NDArray[Any]]]:
    from safetensors import SafetensorError, safe_open

    try:
        if path.stat().st_size > LARGEST_FILE:
            raise VoiceError("voice_damaged", path=str(path))
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            if metadata.get("format") != _FORMAT:
                raise ValueError("another format")
            card = VoiceCard.from_dict(json.loads(metadata["card"]))
            content = {name: file.get_tensor(name) for name in file.keys()} if tensors else {}  # noqa: SIM118
        if tensors:
            # Files of before voices were fitted, and fitted with an emotion, have none.
            for name in _CORRECTIONS:
                content.setdefault(name, np.zeros(0, np.float32))
            _check_tensors(content)
    except FileNotFoundError:
        raise VoiceError("voice_file", path=str(path)) from None
    except (OSError, SafetensorError, ValueError, KeyError, TypeError, RecursionError) as error:
        log.info("voice_unreadable", file=path.name, reason=type(error).__name__)
        raise VoiceError("voice_damaged", path=str(path)) from None
    return card, content


def _report(kept: Mapping[str, Any]) -> ClipReport:
    # Files of before a measure was there lack it.
    found = {one.name: kept[one.name] for one in fields(ClipReport) if one.name in kept or one.default is MISSING}
    # Those of a newer version may warn of more.
    warnings = tuple(str(code) for code in found.pop("warnings") if code in WARNINGS)
    strangers = tuple(str(name) for name in found.pop("strangers", ()))
    speakers = found.pop("speakers", 0)
    numbers: dict[str, Any] = {name: float(value) for name, value in found.items()}
    if speakers not in (0, 1, 2) or not all(map(math.isfinite, numbers.values())):
        raise ValueError("wrong report")
    return ClipReport(**numbers, warnings=warnings, speakers=speakers, strangers=strangers)


def _check_tensors(content: Mapping[str, NDArray[Any]]) -> None:
    xvector, prompt, pitch, reference = (content[name] for name in ("xvector", "prompt", "pitch", "reference"))
    corrections = [content[name] for name in _CORRECTIONS]
    flat = all(row.ndim == 1 for row in (xvector, reference, *corrections))
    shapes = flat and prompt.ndim == 2 and pitch.shape == (2,)
    floats = (xvector, prompt, pitch, *corrections)
    kinds = reference.dtype == np.int16 and all(row.dtype == np.float32 for row in floats)
    whole = all(np.isfinite(row).all() for row in floats) and all(row.size for row in floats[:3])
    if not (shapes and kinds and whole):
        raise ValueError("wrong tensors")


def _write(path: Path, content: bytes) -> None:
    with whole_file(path) as stream:
        stream.write(content)
