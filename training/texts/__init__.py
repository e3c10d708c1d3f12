"""Texts for teacher speech: an endless, seeded stream of (language, text, kind).

`python -m training.texts --count 60000 --out texts.tsv [--sentences FILE]… [--exclude FILE]` writes them as a table.
Half of the stream is natural sentences where some are given (as they are, or joined clause by clause); the rest is
made from the grammars beside this file, from word lists by frequency, and from words chosen so that every Mandarin
syllable with every tone it has, and every pair of English phones, is said again and again.
`docs/texts.md` has the coverage figures.
"""

from training.texts.stream import Text, texts

__all__ = ["Text", "texts"]
