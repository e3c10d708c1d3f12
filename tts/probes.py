"""What a voice says while it is fitted: short sentences, and the emotions that take most of its likeness."""

from collections.abc import Callable, Collection
from typing import Final

from tts.emotion import EmotionVector, Manner
from tts.models.utterance import Condition, ReferenceEmbedding
from tts.plan import condition_of
from tts.text.reader import Reader
from tts.text.reading import TokenIds

#: Two a language, so that the voice is fitted to no single sound.
_TEXTS: Final = (
    ("zh", "今天下午我们去公园走走，好不好？"),
    ("zh", "他说明年春天要回家乡看望父母。"),
    ("en", "The old man opened the window and looked at the sea."),
    ("en", "Please give me a little more time to think about it."),
)
_EMOTIONS: Final = ("happy", "afraid", "surprised")


def texts(reader: Reader, languages: Collection[str]) -> list[TokenIds]:
    """Those of the languages that a bundle speaks."""
    return [reader.read(text, name).segments[0].ids() for name, text in _TEXTS if name in languages]


def moved(embedding: ReferenceEmbedding, manner: Callable[[EmotionVector], Manner]) -> list[Condition]:
    """A voice with each of the emotions."""
    vectors = [EmotionVector.of({name: 1.0}) for name in _EMOTIONS]
    return [condition_of(vector, manner(vector), embedding) for vector in vectors]
