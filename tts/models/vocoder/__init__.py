"""Mel to wave."""

from tts.models.vocoder.vocos import Vocos

__all__ = ["Vocos"]
