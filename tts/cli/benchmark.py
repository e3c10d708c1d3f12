"""`benchmark`: how fast this machine speaks, and how much memory that takes."""

import resource
import sys
import time
from argparse import Namespace
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tts.audio.read import read_clip
from tts.cli.console import Console
from tts.cli.speaking import limits_of, read_clips
from tts.errors import YinseError
from tts.settings import Settings
from tts.speech import SynthesisRequest

if TYPE_CHECKING:
    from tts.synthesizer import Synthesizer
    from tts.voice import Voice

#: About five seconds each.
TEXTS: Final = {
    "zh": "今天下午天气很好，我们沿着河边慢慢走，一直走到了老桥。",
    "en": "The weather was lovely this afternoon, so we walked along the river to the old bridge.",
}
BATCHES: Final = (1, 4, 16)


def run(options: Namespace, settings: Settings, console: Console) -> int:
    started = time.perf_counter()

    import torch

    from tts.synthesizer import Synthesizer

    synthesizer = Synthesizer.open(settings, options.device)
    loaded = time.perf_counter() - started
    clips = read_clips([options.reference], settings) if options.reference else [_tone(settings)]
    started = time.perf_counter()
    voice = synthesizer.voice_from(clips)
    embedded = time.perf_counter() - started
    _speak(synthesizer, voice, len(TEXTS))
    single = [_speak(synthesizer, voice, 1) for _ in range(options.runs)]
    batches = [(size, _speak(synthesizer, voice, size)) for size in BATCHES]
    content = {
        "bundle": synthesizer.bundle.name,
        "device": synthesizer.device,
        "threads": torch.get_num_threads(),
        "load_seconds": round(loaded, 3),
        "voice_seconds": round(embedded, 3),
        "rtf": round(median(taken / spoken for taken, spoken in single), 4),
        "speech_seconds": round(single[0][1], 3),
        "latency_seconds": round(median(taken for taken, _ in single), 4),
        "throughput": [
            {"batch": size, "times_real_time": round(spoken / taken, 2)} for size, (taken, spoken) in batches
        ],
        "memory_mb": _memory_mb(),
    }
    if synthesizer.device == "cuda":
        content["gpu_memory_mb"] = round(torch.cuda.max_memory_allocated() / 1e6)
    console.result(content, "\n".join(f"{key}: {_plain(value)}" for key, value in content.items()))
    return 0


def _speak(synthesizer: "Synthesizer", voice: "Voice", size: int) -> tuple[float, float]:
    """Say `size` texts in one batch; seconds taken and seconds spoken."""
    known = [text for language, text in TEXTS.items() if language in synthesizer.bundle.languages]
    requests = [SynthesisRequest(known[place % len(known)], voice, seed=place) for place in range(size)]
    started = time.perf_counter()
    outcomes = synthesizer.synthesize_batch(requests)
    taken, spoken = time.perf_counter() - started, 0.0
    for outcome in outcomes:
        if isinstance(outcome, YinseError):
            raise outcome
        spoken += outcome.seconds
    return taken, spoken


def _tone(settings: Settings) -> Any:
    """Five seconds of a buzz that swells like syllables: for timing, any clip will do."""
    seconds = np.arange(5 * 24000) / 24000
    pitch = 120 + 20 * np.sin(2 * np.pi * 0.7 * seconds)
    phase = 2 * np.pi * np.cumsum(pitch) / 24000
    buzz = sum(np.sin(harmonic * phase) / harmonic for harmonic in range(1, 30))
    wave = 0.1 * buzz * (0.55 + 0.45 * np.sin(2 * np.pi * 4 * seconds))
    return read_clip((24000, wave.astype(np.float32)), limits=limits_of(settings))


def _memory_mb() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1e6 if sys.platform == "darwin" else 1e3))


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(f"{item['times_real_time']} × real time in batches of {item['batch']}" for item in value)
    return str(value)
