"""The voices that a person can choose of: a reference of theirs, one of their library, an example."""

from studio.workshop import Reference, Workshop
from tts.audio.read import Clip
from tts.audio.spec import AudioSpec
from tts.errors import ReferenceClipError
from tts.voice import read_reference


def chosen(workshop: Workshop, owner: str, kind: str, identity: str) -> Reference:
    """`kind` is clip, voice or example. `ReferenceClipError` or `VoiceError` for what is not there, to this owner."""
    if kind == "voice":
        return _of_library(workshop, owner, identity)
    if kind == "example":
        return workshop.example(identity)
    reference = workshop.references.get(owner, identity)
    if reference is None:
        raise ReferenceClipError("clip_gone" if identity else "clip_none")
    return reference


def by_field(workshop: Workshop, owner: str, value: object) -> Reference:
    """The voice of a field such as `voice:ID`; nothing chosen is `ReferenceClipError` clip_none."""
    kind, _, identity = str(value or "").partition(":")
    return chosen(workshop, owner, kind, identity)


def _of_library(workshop: Workshop, owner: str, identity: str) -> Reference:
    kept = workshop.voices.get(owner, identity)
    wave = read_reference(kept.path)
    voice = workshop.voices.voice(owner, identity)
    seconds = len(wave) / AudioSpec.sample_rate
    clip = Clip(wave, AudioSpec.sample_rate, 1, seconds, kept.card.report.bandwidth_hz, kept.name)
    return Reference.of(clip, kept.name, {"kind": "voice", "id": identity}, voice)
