"""The one place where sample rate, hop and mel are decided."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class AudioSpec:
    """Shape of our audio and mel.

    One second is `sample_rate / hop` = 100 frames. A mel is (B, n_mels, frames): natural log of the amplitude mel
    spectrum (HTK scale), clamped below at `floor`, then `(x - mel_mean) / mel_std` wherever a network sees it.
    """

    sample_rate: int = 24000
    hop: int = 240
    n_fft: int = 1024
    n_mels: int = 100
    f_min: float = 0.0
    f_max: float = 12000.0
    floor: float = 1e-5
    mel_mean: float = -1.6
    mel_std: float = 2.05

    @property
    def frames_per_second(self) -> int:
        return self.sample_rate // self.hop

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)
