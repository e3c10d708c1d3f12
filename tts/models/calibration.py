"""What a bundle's predictions are corrected by."""

from dataclasses import dataclass

from tts.models.acoustic.batch import CLEAN_SNR_DB


@dataclass(frozen=True)
class Calibration:
    """What the acoustic model's predictions lack against recordings, as `training.calibrate` measures it.

    `length_skew`: a phone's length between the median (0) and the mean (0.5) of its log-normal; `length_scale`: by how
    much all lengths are stretched; `mel_spread` and `pitch_spread`: by how much a band's and the pitch's distance from
    their middle is stretched; `asked_snr_db`: how clean speech is asked for, between recordings and the teacher.
    """

    length_skew: float = 0.0
    length_scale: float = 1.0
    mel_spread: float = 1.0
    pitch_spread: float = 1.0
    asked_snr_db: float = CLEAN_SNR_DB
