"""A synthesizer on the small bundle, a voice, and a clip to make voices from."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tts.audio.read import Clip, read_clip
from tts.audio.write import write_wav
from tts.cli.speaking import limits_of
from tts.settings import load_settings

if TYPE_CHECKING:
    from tts.synthesizer import Synthesizer
    from tts.voice import Voice

RATE = 24000


@pytest.fixture(scope="session")
def synthesizer(bundle_path: Path) -> "Synthesizer":
    from tts.synthesizer import Synthesizer

    return Synthesizer.open(load_settings(cache_dir=bundle_path.parent, bundle=bundle_path.name, device="cpu"))


@pytest.fixture(scope="session")
def clip_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds that buzz and pause like someone speaking."""
    seconds = np.arange(3 * RATE) / RATE
    phase = 2 * np.pi * np.cumsum(140 + 25 * np.sin(2 * np.pi * 0.9 * seconds)) / RATE
    buzz = sum(np.sin(harmonic * phase) / harmonic for harmonic in range(1, 25))
    wave = 0.08 * buzz * (np.sin(2 * np.pi * 3 * seconds) > -0.5)
    path = tmp_path_factory.mktemp("clips") / "someone.wav"
    write_wav(path, wave.astype(np.float32))
    return path


@pytest.fixture(scope="session")
def clip(clip_path: Path) -> Clip:
    return read_clip(clip_path, limits=limits_of(load_settings()))


@pytest.fixture(scope="session")
def voice(synthesizer: "Synthesizer", clip: Clip) -> "Voice":
    return synthesizer.voice_from([clip])
