"""How loud a wave is for people: loudness and true peak by ITU-R BS.1770-4, as ffmpeg's `ebur128` measures."""

import math
from dataclasses import dataclass
from typing import Final

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

#: The measure looks at blocks of this length; of less there is none.
BLOCK_SECONDS: Final = 0.4
_FRAME_SECONDS: Final = 10
#: What stands under the absolute gate of the measure is silence to it.
_GATE_LUFS: Final = -70.0


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness of one channel in LUFS, None for silence; and the true peak in dBTP."""

    lufs: float | None
    peak_dbtp: float


def measure(wave: NDArray[np.float32], rate: int) -> Loudness:
    """Of (samples,) at `rate`. What is shorter than a block is measured as if it went on so."""
    if not len(wave):
        return Loudness(None, -math.inf)
    block = math.ceil(BLOCK_SECONDS * rate)
    row = wave if len(wave) >= block else np.resize(wave, block)
    # The filter answers at every full tenth of a second.
    told = _measured(np.concatenate([row, np.zeros(-len(row) % (rate // 10), np.float32)]), rate)
    lufs = float(told["lavfi.r128.I"])
    peak = float(told["lavfi.r128.true_peak"])
    return Loudness(lufs if lufs > _GATE_LUFS else None, 20 * math.log10(peak) if peak > 0 else -math.inf)


def _measured(wave: NDArray[np.float32], rate: int) -> dict[str, str]:
    """The figures that the filter puts into its last frame."""
    graph = Graph()
    source = graph.add("abuffer", f"sample_rate={rate}:sample_fmt=flt:channel_layout=mono:time_base=1/{rate}")
    # The filter of the standard is exact at this rate only.
    resampler = graph.add("aresample", "48000")
    meter = graph.add("ebur128", "metadata=1:peak=true")
    sink = graph.add("abuffersink")
    source.link_to(resampler)
    resampler.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    told: dict[str, str] = {}
    size = _FRAME_SECONDS * rate
    for start in range(0, len(wave), size):
        part = np.ascontiguousarray(wave[start : start + size], np.float32)
        frame = av.AudioFrame.from_ndarray(part[None], format="flt", layout="mono")
        frame.sample_rate, frame.pts = rate, start
        graph.push(frame)
        told = _pulled(graph) or told
    graph.push(None)
    return _pulled(graph) or told


def _pulled(graph: Graph) -> dict[str, str]:
    told: dict[str, str] = {}
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return told
        told = dict(frame.metadata) or told
