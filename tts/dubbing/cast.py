"""Who speaks: a voice for each name, and the main voice for all else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tts.dubbing.document import Document, Remark, same_name
from tts.dubbing.subtitles import named_rows
from tts.errors import OptionError, ReferenceClipError
from tts.voice import Voice


@dataclass(frozen=True, slots=True)
class Cast:
    """`main` says what has no name, or a name that nobody has; `voices` by name, however it is written."""

    main: Voice | None = None
    voices: Mapping[str, Voice] = field(default_factory=dict)

    def voice_of(self, speaker: str) -> Voice | None:
        named = {same_name(name): voice for name, voice in self.voices.items()}
        return named.get(same_name(speaker), self.main) if speaker else self.main


def check_cast(document: Document, named: Mapping[str, object], main: bool) -> tuple[Remark, ...]:
    """Whether everybody in a document has a voice: a remark for each name that is left to the `main` one.

    `named` has the names that have a voice. Raises `OptionError` option_cast_missing, or `ReferenceClipError`
    clip_none for lines without a name, where there is no main voice.
    """
    known = {same_name(name) for name in named}
    remarks = []
    for speaker, rows in document.speakers.items():
        if speaker and same_name(speaker) in known:
            continue
        if not main and not speaker:
            raise ReferenceClipError("clip_none")
        details = {"name": speaker, "rows": named_rows(rows)}
        if not main:
            raise OptionError("option_cast_missing", **details)
        if speaker:
            remarks.append(Remark("dub_no_voice", details))
    return tuple(remarks)
