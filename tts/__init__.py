"""Yinse: any voice, from a few seconds of it, says any text.

    synthesizer = Synthesizer.open()
    voice = synthesizer.voice_from([read_clip(Path("someone.wav"), limits=Limits.of(synthesizer.settings))])
    speech = synthesizer.synthesize(SynthesisRequest("你好，世界。", voice))

Names are loaded when they are first used, so that what needs no network does not wait for one.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tts.audio.quality import ClipReport
    from tts.audio.read import Clip, Limits, read_clip
    from tts.audio.write import write_wav
    from tts.dubbing.cast import Cast
    from tts.dubbing.dub import Dubbed, dub
    from tts.dubbing.plan import DubOptions
    from tts.dubbing.source import read_document
    from tts.emotion import EMOTIONS, EmotionVector
    from tts.errors import YinseError
    from tts.settings import Settings, load_settings
    from tts.speech import Speech, SynthesisRequest
    from tts.synthesizer import Synthesizer
    from tts.timings import PhoneTiming, SegmentTiming, Timings, WordTiming, write_timings
    from tts.voice import Consent, Voice, VoiceCard, VoiceLibrary

__all__ = [
    "EMOTIONS",
    "Cast",
    "Clip",
    "ClipReport",
    "Consent",
    "DubOptions",
    "Dubbed",
    "EmotionVector",
    "Limits",
    "PhoneTiming",
    "SegmentTiming",
    "Settings",
    "Speech",
    "SynthesisRequest",
    "Synthesizer",
    "Timings",
    "Voice",
    "VoiceCard",
    "VoiceLibrary",
    "WordTiming",
    "YinseError",
    "dub",
    "load_settings",
    "read_clip",
    "read_document",
    "write_timings",
    "write_wav",
]

# Torch's threads wait for one another by spinning, each on a core that another program may need: where cores are
# shared, that made speech take two to ten times as long. Spinning for less costs nothing else; torch reads it when it
# is loaded.
os.environ.setdefault("GOMP_SPINCOUNT", "10000")

_HOMES: Final = {
    "tts.audio.quality": ("ClipReport",),
    "tts.audio.read": ("Clip", "Limits", "read_clip"),
    "tts.audio.write": ("write_wav",),
    "tts.dubbing.cast": ("Cast",),
    "tts.dubbing.dub": ("Dubbed", "dub"),
    "tts.dubbing.plan": ("DubOptions",),
    "tts.dubbing.source": ("read_document",),
    "tts.emotion": ("EMOTIONS", "EmotionVector"),
    "tts.errors": ("YinseError",),
    "tts.settings": ("Settings", "load_settings"),
    "tts.speech": ("Speech", "SynthesisRequest"),
    "tts.synthesizer": ("Synthesizer",),
    "tts.timings": ("PhoneTiming", "SegmentTiming", "Timings", "WordTiming", "write_timings"),
    "tts.voice": ("Consent", "Voice", "VoiceCard", "VoiceLibrary"),
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)
