"""Recordings that the tests make themselves."""

import io

import numpy as np
import soundfile

RATE = 24000


def speech(seconds: float = 3.0, rate: int = RATE) -> np.ndarray:
    """(samples,) that buzz and pause like someone speaking."""
    time = np.arange(int(seconds * rate)) / rate
    phase = 2 * np.pi * np.cumsum(140 + 25 * np.sin(2 * np.pi * 0.9 * time)) / rate
    buzz = sum(np.sin(harmonic * phase) / harmonic for harmonic in range(1, 25))
    return (0.08 * buzz * (np.sin(2 * np.pi * 3 * time) > -0.5)).astype(np.float32)


def wav(wave: np.ndarray, rate: int = RATE) -> bytes:
    stream = io.BytesIO()
    soundfile.write(stream, wave, rate, format="WAV", subtype="PCM_16")
    return stream.getvalue()
