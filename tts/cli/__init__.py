"""The command line: `python -m tts`."""
