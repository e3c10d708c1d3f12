"""Whose voice is meant: one clip or several, what of each is taken, with its noise or without."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from studio import plots
from tts.audio.denoise import denoised
from tts.audio.pitch import track
from tts.audio.quality import ClipReport, merged, report
from tts.audio.read import Clip
from tts.audio.spec import AudioSpec
from tts.audio.stretch import Stretch
from tts.errors import ReferenceClipError
from tts.synthesizer import Synthesizer
from tts.voice import Voice

if TYPE_CHECKING:
    from tts.engine.jobs import Job

#: More clips than that tell no more of a voice.
MOST_CLIPS: Final = 12
#: Of a clip that is longer the best stretch is found.
LONG_SECONDS: Final = 16.0
_PCM: Final = 32768.0


@dataclass(frozen=True, eq=False)
class Part:
    """A clip, and from when to when it is taken, in seconds; `digest` is that of the whole clip's samples."""

    clip: Clip
    digest: str
    start: float
    end: float

    @classmethod
    def of(cls, clip: Clip, stretch: Stretch | None = None) -> Self:
        """The clip as its file will have it, in 16 bits; whole, unless only a stretch of it is wanted."""
        pcm = np.round(np.clip(clip.wave, -1, 1 - 1 / _PCM) * _PCM).astype(np.int16)
        rounded = replace(clip, wave=(pcm / _PCM).astype(np.float32))
        start, end = (stretch.start, stretch.end) if stretch else (0.0, clip.seconds)
        return cls(rounded, sha256(pcm.tobytes()).hexdigest()[:32], start, end)

    @property
    def seconds(self) -> float:
        return self.taken.seconds

    @property
    def whole(self) -> bool:
        return self.start <= 0 and self.end >= self.clip.seconds

    @cached_property
    def taken(self) -> Clip:
        return self.clip if self.whole else self.clip.part(self.start, self.end)

    @cached_property
    def clean(self) -> Clip:
        """What is taken, without its noise."""
        return denoised(self.taken)

    @cached_property
    def taken_picture(self) -> "Picture":
        return Picture.of(self.taken)

    @cached_property
    def clean_picture(self) -> "Picture":
        return Picture.of(self.clean)

    @cached_property
    def outline(self) -> str:
        """The picture of the whole clip."""
        return plots.waveform_path(self.clip.wave)

    def cut(self, start: float, end: float, least: float, most: float) -> "Part":
        """Another part of the same clip, at most so long; `ReferenceClipError` clip_too_short."""
        start = max(0.0, start)
        end = min(end, start + most, self.clip.seconds)
        if (start, end) == (self.start, self.end):
            return self
        if end - start < least - 1e-6:
            raise ReferenceClipError("clip_too_short", name=self.clip.name, seconds=max(end - start, 0.0), least=least)
        return Part(self.clip, self.digest, start, end)


@dataclass(frozen=True)
class Picture:
    """Paths of the waveform of a clip, and of its melody."""

    waveform: str
    melody: str

    @classmethod
    def of(cls, clip: Clip) -> Self:
        f0 = track(clip.wave, AudioSpec()).f0_hz
        return cls(plots.waveform_path(clip.wave), plots.pitch_path(f0))


@dataclass(eq=False)
class Reference:
    """What a voice is made of; `source` says where it came from, for the history. Another choice is another reference.

    The worker makes `voice` as soon as it can and keeps it here, and the best stretch of each long clip, by its digest.
    """

    name: str
    parts: tuple[Part, ...]
    source: Mapping[str, str]
    denoise: bool = False
    voice: Voice | None = None
    best: dict[str, Stretch] = field(default_factory=dict)
    #: Who makes the voice, if somebody was asked.
    job: "Job[str] | None" = None

    @classmethod
    def of(cls, clip: Clip, name: str, source: Mapping[str, str], voice: Voice | None = None) -> "Reference":
        """One whole clip."""
        return cls.made([Part.of(replace(clip, name=name))], source, voice=voice)

    @classmethod
    def made(
        cls, parts: Sequence[Part], source: Mapping[str, str], *, denoise: bool = False, voice: Voice | None = None
    ) -> "Reference":
        name = " + ".join(part.clip.name for part in parts)
        found = cls(name, tuple(parts), source, denoise, voice)
        found.source = {**source, "name": name, "digest": found.key[:16]}
        return found

    def with_parts(self, parts: Sequence[Part], *, denoise: bool | None = None) -> "Reference":
        """The same with other parts; what is known of their clips stays known."""
        wanted = self.denoise if denoise is None else denoise
        found = Reference.made(parts, self.source, denoise=wanted)
        found.best = self.best
        return found

    @property
    def key(self) -> str:
        """What tells its voice from others: the same content gives the same voice."""
        content: list[Any] = [[part.digest, round(part.start, 3), round(part.end, 3)] for part in self.parts]
        if len(self.parts) > 1:
            # A report on several clips names them, and names are nobody else's to read.
            content.append([part.clip.name for part in self.parts])
        return sha256(json.dumps([content, self.denoise]).encode()).hexdigest()[:32]

    @property
    def trimmable(self) -> bool:
        """Whether it is the visitor's own clip, and no finished voice."""
        return self.source.get("kind") == "clip"

    @property
    def unheard(self) -> tuple[Part, ...]:
        """The visitor's long clips whose best stretch is not found yet."""
        long = (part for part in self.parts if part.clip.seconds > LONG_SECONDS)
        return tuple(part for part in long if part.digest not in self.best) if self.trimmable else ()

    @property
    def complete(self) -> bool:
        """Whether the model has found out all that it is asked for."""
        return self.voice is not None and not self.unheard

    @property
    def clips(self) -> tuple[Clip, ...]:
        """What is spoken with."""
        return tuple(part.clean if self.denoise else part.taken for part in self.parts)

    @cached_property
    def noisy(self) -> ClipReport:
        """The report before the noise was taken out."""
        return report(merged([part.taken for part in self.parts]))

    @cached_property
    def measured(self) -> ClipReport:
        """All that can be told without the speaker encoder."""
        return report(merged(self.clips)) if self.denoise else self.noisy

    @property
    def report(self) -> ClipReport:
        return self.voice.report if self.voice else self.measured

    def picture(self, part: Part) -> Picture:
        """Of a clip as it is spoken with."""
        return part.clean_picture if self.denoise else part.taken_picture

    def prepared(self) -> "Reference":
        """The same, with all that takes a while found out already."""
        if self.voice is None:
            _ = self.measured
        for part in self.parts:
            _ = self.picture(part)
        return self

    def spoken_by(self, synthesizer: Synthesizer) -> Voice:
        """The voice, made now if it is not there yet."""
        if self.voice is None:
            self.voice = synthesizer.voice_from(self.clips)
        return self.voice

    def to_dict(self) -> dict[str, Any]:
        """All but the samples and the voice."""
        parts = [
            {
                "digest": part.digest,
                "start": part.start,
                "end": part.end,
                "name": part.clip.name,
                "rate": part.clip.source_rate,
                "channels": part.clip.source_channels,
                "seconds": part.clip.source_seconds,
                "bandwidth": part.clip.bandwidth_hz,
                "whole": part.clip.whole,
            }
            for part in self.parts
        ]
        return {"source": dict(self.source), "denoise": self.denoise, "key": self.key, "parts": parts}
