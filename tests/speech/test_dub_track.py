"""A track holds every piece at its sample, is as long as it should be, and costs memory by the block."""

import tracemalloc
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tts.audio import finish
from tts.dubbing import track
from tts.dubbing.track import Placed, write_track

RATE = 24000


@pytest.fixture(scope="module")
def noises(tmp_path_factory: pytest.TempPathFactory) -> list[Placed]:
    """Loud pieces of several lengths."""
    folder, dice, pieces = tmp_path_factory.mktemp("pieces"), np.random.default_rng(0), []
    for samples in (240, 5000, 24000, 40001):
        wave = (dice.uniform(-0.89, 0.89, samples) * 32767).astype(np.int16)
        path = folder / f"{samples}.wav"
        soundfile.write(path, wave, RATE)
        pieces.append(Placed(0, samples, path))
    return pieces


def written(pieces: list[Placed], samples: int) -> np.ndarray:  # type: ignore[type-arg]
    stream = BytesIO()
    write_track(stream, pieces, samples)
    stream.seek(0)
    wave, rate = soundfile.read(stream, dtype="int16")
    assert rate == RATE
    return np.asarray(wave)


def heard(piece: Placed) -> np.ndarray:  # type: ignore[type-arg]
    return np.asarray(soundfile.read(piece.path, dtype="int16")[0])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 150000)), max_size=8), tail=st.integers(0, 3000))
def test_pieces_stand_at_their_samples(
    noises: list[Placed], places: list[tuple[int, int]], tail: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(track, "_BLOCK_SECONDS", 1)
        pieces = [Placed(start, noises[kind].samples, noises[kind].path) for kind, start in places]
        samples = max((piece.end for piece in pieces), default=0) + tail
        wave = written(pieces, samples)
    assert len(wave) == samples
    whole = np.zeros(samples, np.int64)
    for piece in pieces:
        whole[piece.start : piece.end] += heard(piece)
    ordered = sorted(pieces, key=lambda piece: piece.start)
    if all(left.end <= right.start for left, right in pairwise(ordered)):
        assert np.array_equal(wave, whole)
    else:
        limited = finish.loudness((whole / 32767).astype(np.float32))
        assert np.abs(wave / 32767 - limited).max() < 1e-3
        assert np.abs(wave).max() <= 10 ** (-1 / 20) * 32767 + 1


def test_a_long_track_costs_no_memory(noises: list[Placed], tmp_path: Path) -> None:
    samples = 12 * 60 * RATE
    pieces = [Placed(start, 40001, noises[3].path) for start in range(0, samples - 40001, 30000)]
    tracemalloc.start()
    with (tmp_path / "long.wav").open("wb") as stream:
        write_track(stream, pieces, samples)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert soundfile.info(tmp_path / "long.wav").frames == samples
    assert peak < samples
