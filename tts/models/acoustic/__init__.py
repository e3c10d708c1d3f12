"""Phones to mel: encoder, predictors of durations and contours, decoder."""

from tts.models.acoustic.batch import Contours, PhoneBatch
from tts.models.acoustic.model import AcousticModel

__all__ = ["AcousticModel", "Contours", "PhoneBatch"]
