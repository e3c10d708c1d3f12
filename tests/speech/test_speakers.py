"""How many people speak, and which clip is of somebody else: told on vectors, and on voices of the trained bundle."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from tts.audio.read import Clip, Limits, read_clip
from tts.settings import load_settings
from tts.speakers import parted, strangers, windows
from tts.synthesizer import Synthesizer
from tts.voice import Voice, read_card

Floats = NDArray[np.float32]


def people(*counts: int, spread: float = 0.6, seed: int = 0) -> Floats:
    """Unit vectors around so many directions, so many of each, one person after the other."""
    luck = np.random.default_rng(seed)
    rows = [
        centre + spread * luck.standard_normal(192) / np.sqrt(192)
        for centre, count in zip(np.eye(192), counts, strict=False)
        for _ in range(count)
    ]
    return np.asarray([row / np.linalg.norm(row) for row in rows], np.float32)


@pytest.mark.parametrize("counts", [(12, 5), (5, 12), (2, 9)])
def test_the_windows_of_a_second_person_are_found(counts: tuple[int, int]) -> None:
    wanted = np.repeat([counts[0] < counts[1], counts[0] >= counts[1]], counts)
    assert (parted(people(*counts)) == wanted).all()


@pytest.mark.parametrize("vectors", [people(14), people(3), people(1), people(10, 1), people(0)[:0]])
def test_one_person_and_a_single_odd_window_are_left_alone(vectors: Floats) -> None:
    assert not parted(vectors).any()


def test_the_clip_of_somebody_else_is_found_whatever_its_place() -> None:
    for place in range(4):
        clips = list(people(3, 1))
        clips.insert(place, clips.pop())
        assert strangers(clips, 8.0) == (place,)


def test_clips_of_one_person_hold_no_stranger_and_of_two_clips_it_is_the_second() -> None:
    assert strangers(list(people(5)), 8.0) == () and strangers(list(people(1)), 8.0) == () and strangers([], 8.0) == ()
    assert strangers(list(people(1, 1)), 8.0) == (1,)
    assert strangers(list(people(3, 1, 1)), 8.0) == (3, 4)


def test_short_clips_are_doubted_less() -> None:
    clips = [np.array([1, 0, 0], np.float32), np.array([0.4, np.sqrt(1 - 0.16), 0], np.float32)]
    assert strangers(clips, 3.0) == () and strangers(clips, 6.0) == (1,)


def test_windows_are_of_speech_alone_and_know_their_place() -> None:
    noise = 0.1 * np.random.default_rng(0).standard_normal(24000).astype(np.float32)
    silence = np.full(24000, 1e-5, np.float32)
    found = windows(np.concatenate([noise, silence, noise, noise, silence, noise]))
    assert found.waves.shape[1] == 48000 and (np.abs(found.waves).mean(1) > 0.06).all()
    assert found.spans[0, 0] < 0.1 and found.spans[-1, 1] <= 6 and (found.spans[:, 1] - found.spans[:, 0] >= 1.99).all()
    assert not len(windows(noise).waves) and not len(windows(noise[:0]).waves)


@pytest.fixture(scope="module")
def trained() -> Synthesizer:
    return Synthesizer.open(load_settings(device="cpu"))


@pytest.fixture(scope="module")
def spoken(root: Path, trained: Synthesizer) -> dict[str, Clip]:
    names = ("hazel", "yanzhou")
    return {
        name: read_clip(root / "assets" / "voices" / f"{name}.flac", limits=Limits.of(trained.settings))
        for name in names
    }


def test_two_voices_after_each_other_are_told_from_one(trained: Synthesizer, spoken: dict[str, Clip]) -> None:
    hazel, other = spoken["hazel"], spoken["yanzhou"]
    both = replace(hazel, wave=np.concatenate([hazel.wave, other.wave]))
    found = trained.voice_from([both]).report
    assert found.speakers == 2 and "clip_speakers" in found.warnings
    assert trained.voice_from([hazel]).report.speakers == 1
    stretch = trained.stretch_of(both, 8.0)
    assert stretch.end <= hazel.seconds + 0.2 or stretch.start >= hazel.seconds - 0.2


def test_a_clip_of_somebody_else_is_named(trained: Synthesizer, spoken: dict[str, Clip]) -> None:
    hazel = spoken["hazel"]
    halves = [replace(hazel.part(0, 4.5), name="one.wav"), replace(hazel.part(4.5, 9), name="two.wav")]
    found = trained.voice_from([*halves, replace(spoken["yanzhou"], name="him.wav")]).report
    assert found.strangers == ("him.wav",) and found.warnings[0] == "clip_strangers"
    assert trained.voice_from(halves).report.strangers == ()


def test_more_than_can_be_used_is_told(synthesizer: Synthesizer, clip: Clip) -> None:
    assert "clip_excess" in synthesizer.voice_from([clip] * 25).report.warnings
    assert "clip_excess" not in synthesizer.voice_from([clip] * 2).report.warnings


def test_voice_files_of_before_these_measures_are_read(voice: Voice, tmp_path: Path) -> None:
    path = tmp_path / "old.safetensors"
    voice.named("Old").save(path)
    card = voice.named("Old").card.to_dict()
    for name in ("reverberation", "speakers", "strangers"):
        del card["report"][name]
    save_file(load_file(path), path, metadata={"format": "yinse-voice-1", "card": json.dumps(card)})
    report = read_card(path).report
    assert (report.reverberation, report.speakers, report.strangers) == (0.0, 0, ())
    assert report.seconds == voice.report.seconds
