"""Stores on disk and on the device: nothing is lost, labels follow warps."""

from pathlib import Path

import numpy as np
import pytest
import torch

from training.resident import WARPS, BucketSampler, ResidentStore
from training.store import Store, Utterance
from tts.audio.spec import AudioSpec


def utterance(number: int, frames: int) -> Utterance:
    rng = np.random.default_rng(number)
    tokens = rng.integers(11, 100, (4, 6)).astype(np.uint8)
    tokens[1:] = 0
    cuts = np.sort(rng.choice(np.arange(1, frames), 5, replace=False))
    f0 = np.full(frames, 100.0 + 10 * (number % 3), np.float32)
    return Utterance(
        wave=rng.integers(-9000, 9000, frames * 240).astype(np.int16), f0=f0, tokens=tokens,
        durations=np.diff(np.concatenate([[0], cuts, [frames]])), speaker=f"speaker_{number % 3}", key=f"utt_{number}",
        language=number % 2, source=0, bandwidth_hz=12000.0, snr_db=40.0, emotion=np.zeros(8, np.float32),
    )  # fmt: skip


@pytest.fixture
def shards(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"teacher_{index}.npz" for index in range(2)]
    for index, path in enumerate(paths):
        Store.collect([utterance(4 * index + k, 60 + 17 * k) for k in range(4)]).save(path)
    return paths


def test_shards_join_to_the_same_utterances(shards: list[Path]) -> None:
    store = Store.load(shards)
    assert len(store) == 8 and list(store.keys) == [f"utt_{k}" for k in range(8)]
    original = utterance(6, 94)
    start, end = store.wave_starts[6], store.wave_starts[7]
    assert np.array_equal(store.wave[start:end], original.wave)
    first, last = store.token_starts[6], store.token_starts[7]
    assert np.array_equal(store.tokens[:, first:last], original.tokens)
    assert np.array_equal(store.durations[first:last], original.durations)


@pytest.mark.parametrize("warp", WARPS)
def test_a_batch_keeps_wave_labels_and_pitch_together(shards: list[Path], warp: tuple[int, int]) -> None:
    store = ResidentStore(Store.load(shards), AudioSpec(), "cpu")
    batch = store.batch(torch.arange(8), warp)
    assert torch.equal(batch.durations.sum(1), batch.frames)
    assert batch.wave.shape[1] == batch.f0.shape[1] * 240 >= int(batch.frames.max()) * 240
    ratio = warp[0] / warp[1]
    assert batch.f0[0, 5].item() == pytest.approx(100 * ratio, rel=1e-3)
    assert batch.pitch_median[0].item() == pytest.approx(np.log(100 * ratio), abs=1e-3)


def test_a_reference_is_another_utterance_of_the_same_speaker(shards: list[Path]) -> None:
    store = ResidentStore(Store.load(shards), AudioSpec(), "cpu")
    index = torch.arange(8).repeat(20)
    sibling = store.sibling(index)
    assert torch.equal(store.speakers[sibling], store.speakers[index])
    assert (sibling != index).float().mean() > 0.9


def test_batches_hold_about_the_frames_asked_for_and_never_what_weighs_nothing() -> None:
    lengths, weights = torch.randint(50, 1500, (400,)), torch.ones(400)
    weights[::2] = 0
    sampler = BucketSampler(lengths, weights, 6000, torch.Generator().manual_seed(0))
    for _ in range(50):
        drawn = sampler.draw()
        assert (drawn % 2 == 1).all() and int(lengths[drawn].max()) * len(drawn) <= 6000
