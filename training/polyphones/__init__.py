"""Trains the model of Mandarin polyphones that `tts.text.zh_polyphones` reads with: see docs/polyphones.md."""
