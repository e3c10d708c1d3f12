"""Dubbing and dialogue: subtitles or a script in, one track out in which every line has its exact place."""
