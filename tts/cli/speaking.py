"""What the speaking commands share: whose voice a job means, and how its speech is written and told."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tts.audio.form import Form
from tts.audio.master import master, write_master
from tts.audio.read import Clip, Limits, read_clip
from tts.audio.write import write_wav
from tts.cli.job import Job
from tts.emotion import EmotionVector
from tts.errors import AudioWriteError
from tts.settings import Settings
from tts.speech import Speech
from tts.timings import write_timings
from tts.voice import Voice, VoiceLibrary

if TYPE_CHECKING:
    # Bad input is told before the networks are loaded, which takes seconds.
    from tts.synthesizer import Synthesizer


def library_of(settings: Settings) -> VoiceLibrary:
    return VoiceLibrary(settings.data_dir / "voices")


def limits_of(settings: Settings) -> Limits:
    return Limits.of(settings)


def read_clips(paths: Sequence[str], settings: Settings) -> tuple[Clip, ...]:
    return tuple(read_clip(Path(path).expanduser(), limits=limits_of(settings)) for path in paths)


def check_folder(path: Path) -> None:
    """Tell before the work what would fail after it."""
    if not path.parent.is_dir():
        raise AudioWriteError("output_folder", folder=str(path.parent))


def make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AudioWriteError("output_write", path=str(path), reason=error.strerror or type(error).__name__) from None


@dataclass(frozen=True, slots=True)
class Source:
    """Whose voice a job means, checked: clips, with their noise or without, or a stored voice; and the clip, of
    anybody, whose emotion it takes.
    """

    clips: tuple[Clip, ...]
    denoise: bool
    stored: Voice | None
    emotional: Clip | None = None

    @classmethod
    def of(cls, job: Job, settings: Settings) -> Self:
        emotional = read_clips([job.emotion_clip], settings)[0] if job.emotion_clip else None
        if job.voice:
            return cls((), False, library_of(settings).get(job.voice), emotional)
        return cls(read_clips(job.clips, settings), job.denoise, None, emotional)

    def voice(self, synthesizer: "Synthesizer") -> Voice:
        return self.stored or synthesizer.voice_from(self.clips, denoise=self.denoise)

    def emotion(self, synthesizer: "Synthesizer") -> EmotionVector | None:
        """What is heard in the clip of an emotion; None where there is no such clip."""
        return synthesizer.emotion_of(self.emotional) if self.emotional else None


def store(job: Job, take: int, speech: Speech) -> dict[str, Any]:
    """Write one take and its timings; returns what `--json` tells of it, but for speed and device."""
    output = job.path_of(take, job.output)
    made: dict[str, Any] = {"sample_rate": speech.sample_rate}
    finished = None
    if job.form == Form():
        write_wav(output, speech.wave, speech.sample_rate)
    else:
        finished = master(speech.wave, job.form, speech.sample_rate)
        write_master(output, finished)
        made = {"sample_rate": job.form.rate, "bits": job.form.bits}
        if finished.loudness:
            made["loudness"] = finished.loudness.lufs
    if job.timings:
        write_timings(job.path_of(take, job.timings), speech.timings)
    return {
        "output": str(output),
        "seconds": round(speech.seconds, 6),
        **made,
        "seed": speech.seed,
        "segment_seeds": {str(at + 1): seed for at, seed in speech.segment_seeds.items()},
        "segments": [asdict(segment) for segment in speech.segments],
        "language": speech.language,
        "warnings": [*speech.warnings, *(["loudness_held"] if finished and finished.falls_short else [])],
        "left_out": list(speech.left_out),
    }
