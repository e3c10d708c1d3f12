"""The sentences of `tts.errors`, and the remarks on a result, in Chinese, English and Japanese."""

from typing import Final

from tts.sentences.dubbing import DUBBING
from tts.sentences.failure import FAILURES
from tts.sentences.input import INPUT
from tts.sentences.language import LANGUAGES, Catalogue, Language
from tts.sentences.remark import WARNINGS
from tts.sentences.text import TEXT

#: Every error by its code; the first word of a code names its room.
CATALOGUE: Final[Catalogue] = TEXT | INPUT | DUBBING | FAILURES

__all__ = ["CATALOGUE", "LANGUAGES", "WARNINGS", "Language"]
