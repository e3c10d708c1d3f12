"""The voices that a person can choose of: a reference of theirs, one of their library, an example."""

from studio.reference import Reference
from studio.workshop import Workshop
from tts.errors import ReferenceClipError


def chosen(workshop: Workshop, owner: str, kind: str, identity: str) -> Reference:
    """`kind` is clip, voice or example. `ReferenceClipError` or `VoiceError` for what is not there, to this owner."""
    if kind == "voice":
        return workshop.of_library(owner, identity)
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
