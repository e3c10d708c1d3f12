"""Take the noise out of the recordings of a store, where it stands, before they are aligned.

python -m training.denoise --store DIR [--below-snr 45] [--limit 12] [--processes 2]

Shards that were denoised before are passed over, so that a run that was stopped goes on where it was.
"""

import argparse
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.pool import Pool
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.store import SOURCES
from tts.audio.denoise import LIMIT_DB, denoise
from tts.audio.pitch import track
from tts.audio.quality import report
from tts.audio.read import Clip
from tts.audio.spec import AudioSpec

_SHARDS = ("raw_*.npz", "corpus_*.npz")
_FULL_SCALE = 32767
#: The limit in dB, in a shard that was denoised; stores have no such field and read over it.
_MARK = "denoised_db"


class Denoised(NamedTuple):
    """wave (samples,) int16; f0 (frames,) Hz; what the SNR of the clip is now."""

    wave: np.ndarray
    f0: np.ndarray
    snr_db: float


def denoised(job: tuple[np.ndarray, float]) -> Denoised | None:
    """(samples,) int16 and a limit in dB; None for a wave that comes back as it was."""
    given, limit_db = job
    spec = AudioSpec()
    rate = spec.sample_rate
    wave = denoise(given.astype(np.float32) / _FULL_SCALE, rate, limit_db)
    made = np.round(wave.clip(-1, 1) * _FULL_SCALE).astype(np.int16)
    if np.array_equal(made, given):
        return None
    clip = Clip(wave, rate, 1, len(wave) / rate, rate / 2)
    return Denoised(made, track(wave, spec).f0_hz, report(clip).snr_db)


def denoise_shard(path: Path, below_snr_db: float, limit_db: float, pool: Pool) -> str:
    """Rewrite a shard, whole or not at all; returns what became of it."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    if _MARK in arrays:
        return "done before"
    noisy = np.flatnonzero((arrays["sources"] == SOURCES.index("recording")) & (arrays["snrs"] < below_snr_db))
    starts, hop = arrays["wave_starts"], AudioSpec.hop
    places = [slice(int(starts[index]), int(starts[index + 1])) for index in noisy]
    before, changed = arrays["snrs"].copy(), 0
    jobs: Iterator[tuple[np.ndarray, float]] = ((arrays["wave"][place].copy(), limit_db) for place in places)
    for index, place, found in zip(noisy, places, pool.imap(denoised, jobs, chunksize=4), strict=True):
        if found is None:
            continue
        changed += 1
        arrays["wave"][place] = found.wave
        arrays["f0"][place.start // hop : place.stop // hop] = found.f0
        arrays["snrs"][index] = max(arrays["snrs"][index], found.snr_db)
    half = path.with_suffix(".tmp.npz")
    np.savez(half, **arrays, **{_MARK: np.float32(limit_db)})
    half.rename(path)
    told = f"{changed} of {len(starts) - 1} denoised, {len(noisy) - changed} left as they were"
    if len(noisy):
        told += f", SNR of the noisy ones {before[noisy].mean():.1f} -> {arrays['snrs'][noisy].mean():.1f} dB"
    return told


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.denoise", description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--below-snr", type=float, default=45.0, metavar="DB", help="utterances with a lower SNR")
    parser.add_argument("--limit", type=float, default=LIMIT_DB, metavar="DB", help="how far noise falls at most")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    paths = sorted(path for name in _SHARDS for path in options.store.glob(name) if ".tmp" not in path.name)
    if not paths:
        parser.error(f"no {' or '.join(_SHARDS)} in {options.store}")
    with get_context("forkserver").Pool(options.processes) as pool:
        for path in paths:
            print(f"{path.name}: {denoise_shard(path, options.below_snr, options.limit, pool)}", flush=True)


if __name__ == "__main__":
    main()
