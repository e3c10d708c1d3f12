"""How fast the bundle speaks on this machine: `python -m benchmarks.speed [--json] [--seconds 5] [--repeats 7]`.

For each language: a sentence of a set length in a voice made from a clip; the first call, then the median of repeats,
as real-time factors (time spent over length of speech), and how long its text alone takes to read. Then the peak
memory of this process, the models included.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from tts.audio.read import Limits, read_clip
from tts.settings import load_settings
from tts.speech import SynthesisRequest
from tts.synthesizer import Synthesizer
from tts.text.frontend import read
from tts.voice import Voice

TEXTS = {
    "zh": "今天的天气真不错，我们下午一起去公园里散步，好吗？",
    "en": "The weather is lovely today, so let us take a walk in the park this afternoon.",
    "ja": "今日はとてもいい天気なので、午後は一緒に公園まで散歩に行きませんか。",
    "ko": "오늘은 날씨가 정말 좋으니까 오후에 같이 공원으로 산책하러 갈까요?",
}
READINGS = 50


@dataclass(frozen=True)
class Speed:
    """Real-time factors of one language; `seconds` is the length of the speech, `reading_ms` the text's alone."""

    language: str
    seconds: float
    first_rtf: float
    median_rtf: float
    worst_rtf: float
    reading_ms: float


@dataclass(frozen=True)
class Result:
    device: str
    threads: int
    processor: str
    bundle: str
    load_seconds: float
    voice_seconds: float
    peak_memory_mb: int
    speeds: tuple[Speed, ...]


def buzzing_clip(rate: int, seconds: float = 6.0) -> np.ndarray:
    """(samples,) float32: a voice-like buzz where no clip is at hand; speed does not depend on who speaks."""
    time_ = np.arange(int(rate * seconds)) / rate
    phase = 2 * np.pi * np.cumsum(140 + 25 * np.sin(2 * np.pi * 0.9 * time_)) / rate
    buzz = np.sum([np.sin(harmonic * phase) / harmonic for harmonic in range(1, 25)], axis=0)
    return (0.08 * buzz * (np.sin(2 * np.pi * 3 * time_) > -0.5)).astype(np.float32)


def measure(synthesizer: Synthesizer, voice: Voice, language: str, seconds: float, repeats: int) -> Speed:
    """Say the language's text `repeats` + 1 times, each `seconds` long."""
    factors = []
    for seed in range(repeats + 1):
        request = SynthesisRequest(TEXTS[language], voice, language=language, duration=seconds, seed=seed)
        start = time.perf_counter()
        speech = synthesizer.synthesize(request)
        factors.append((time.perf_counter() - start) / speech.seconds)
    first, *others = factors
    rounded = [round(value, 4) for value in (first, statistics.median(others), max(others))]
    return Speed(language, speech.seconds, *rounded, reading_ms=round(1000 * _reading_seconds(TEXTS[language]), 2))


def _reading_seconds(text: str) -> float:
    """Median of reading `text` with a number put before it, another each time, so that nothing is remembered."""
    spent = []
    for number in range(READINGS):
        start = time.perf_counter()
        read(f"{number}. {text}")
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def run(reference: Path | None, device: str | None, threads: int, seconds: float, repeats: int) -> Result:
    """Load the bundle that the settings name and measure it."""
    settings = load_settings(**({"threads": threads} if threads else {}))
    start = time.perf_counter()
    synthesizer = Synthesizer.open(settings, device)
    loaded = time.perf_counter() - start
    rate = synthesizer.bundle.spec.sample_rate
    clip = read_clip(reference or (rate, buzzing_clip(rate)), limits=Limits.of(settings))
    start = time.perf_counter()
    voice = synthesizer.voice_from([clip])
    heard = time.perf_counter() - start
    languages = [language for language in TEXTS if language in synthesizer.bundle.languages]
    speeds = tuple(measure(synthesizer, voice, language, seconds, repeats) for language in languages)
    return Result(
        device=torch.cuda.get_device_name() if synthesizer.device == "cuda" else "cpu",
        threads=torch.get_num_threads(),
        processor=_processor(),
        bundle=synthesizer.bundle.name,
        load_seconds=round(loaded, 2),
        voice_seconds=round(heard, 2),
        peak_memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        speeds=speeds,
    )


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.split("\n")[0])
    parser.add_argument("--reference", type=Path, help="clip of the voice (a made sound if not given)")
    parser.add_argument("--device", choices=("cpu", "cuda"), help="what the settings say if not given")
    parser.add_argument("--threads", type=int, default=0, help="processor threads (the settings' if not given)")
    parser.add_argument("--seconds", type=float, default=5.0, help="length of the speech")
    parser.add_argument("--repeats", type=int, default=7, help="calls after the first one")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    result = run(options.reference, options.device, options.threads, options.seconds, options.repeats)
    if options.json:
        print(json.dumps(asdict(result)))
        return
    print(f"{result.bundle} on {result.device} ({result.processor}, {result.threads} threads)")
    print(f"loading {result.load_seconds} s, a voice {result.voice_seconds} s, memory {result.peak_memory_mb} MB")
    for speed in result.speeds:
        print(
            f"{speed.language}: {speed.seconds:.2f} s of speech, RTF {speed.first_rtf:.3f} at first, "
            f"then {speed.median_rtf:.3f} (median of {options.repeats}; worst {speed.worst_rtf:.3f}); "
            f"reading {speed.reading_ms:.1f} ms"
        )


if __name__ == "__main__":
    main()
