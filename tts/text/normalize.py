"""Numbers, dates, money, units and signs -> words, in the language of the sentence around them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from tts.text import normalize_en, normalize_zh
from tts.text.letters import is_han, is_kana
from tts.text.markup import Chinese, English, Part, Pause, Plain

#: A sentence as far as its language goes; a point inside an abbreviation does no harm here.
_SENTENCE: Final = re.compile(r"[^。！？!?\n]*?(?:[。！？!?\n…]+|\.(?=[\s\"”’)]|$)|$)")
_LATIN_WORD: Final = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}|\b[aI]\b")
#: Words that only a stretch of English has; names and brands in a Chinese sentence have none of them.
_FUNCTION: Final = re.compile(
    r"\b(?:the|a|an|is|are|was|were|am|be|of|to|in|on|at|by|and|or|for|from|with|have|has|had|do|does|did|not|you|we|they|he|she|it|"
    r"my|your|his|her|our|this|that|will|would|can|could|what|how|I|I'm|don't)\b"
)
_CLAUSE: Final = re.compile(
    r"[A-Za-z][A-Za-z'’.-]*(?:[ ,]+(?:[A-Za-z][A-Za-z'’.-]*|[$€£]?\d[\d.,:/%-]*[A-Za-z°]*))*[.!?]?"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of one plain part inside one sentence."""

    text: str
    language: str


def normalize(parts: Sequence[Part], language: str) -> tuple[Part, ...]:
    """Rewrites the plain parts; written readings and pauses stay. `language` decides where the text does not."""
    whole = "".join(_said(part) for part in parts)
    leading = language if language in ("zh", "en") else dominant(whole)
    sentences = iter(_sentences(whole, leading))
    end, current = next(sentences)
    position = 0
    result: list[Part] = []
    for part in parts:
        start = position
        position += len(_said(part))
        pieces = []
        while start < position:
            while end <= start:
                end, current = next(sentences)
            cut = min(end, position)
            pieces.append(_Piece(whole[start:cut], current))
            start = cut
        if not isinstance(part, Plain):
            result.append(part)
            continue
        for spoken, run in groupby(pieces, key=lambda piece: piece.language):
            result.append(Plain(_rewrite("".join(piece.text for piece in run), spoken)))
    return tuple(result)


def _said(part: Part) -> str:
    match part:
        case Plain(text) | Chinese(text, _) | English(text, _):
            return text
        case Pause():
            return ""


def _sentences(text: str, leading: str) -> Iterator[tuple[int, str]]:
    """Where each sentence ends, and its language."""
    for sentence in _SENTENCE.finditer(text):
        if sentence.end() > sentence.start():
            yield sentence.end(), language_of(sentence[0], leading)
    yield len(text) + 1, leading


def language_of(sentence: str, leading: str) -> str:
    """The language in which a sentence's numbers are said."""
    if any(map(is_kana, sentence)):
        return "ja"
    han, latin = sum(map(is_han, sentence)), len(_LATIN_WORD.findall(sentence))
    english = bool(_FUNCTION.search(sentence))
    if han:
        return "en" if latin > han and english else "zh"
    if latin > 2 or (latin and english):
        return "en"
    return leading


def dominant(text: str) -> str:
    """The language of most of a text: zh or en; zh where there are no letters at all."""
    han, latin = sum(map(is_han, text)), len(_LATIN_WORD.findall(text))
    return "en" if latin > han else "zh"


def _rewrite(text: str, language: str) -> str:
    if language == "en":
        return normalize_en.normalize(text)
    return "".join(_chinese_and_clauses(text))


def _chinese_and_clauses(text: str) -> Iterable[str]:
    """A Chinese stretch, in which whole clauses of English keep their own numbers."""
    end = 0
    for clause in _CLAUSE.finditer(text):
        if len(_LATIN_WORD.findall(clause[0])) >= 3 and _FUNCTION.search(clause[0]):
            yield normalize_zh.normalize(text[end : clause.start()])
            yield normalize_en.normalize(clause[0])
            end = clause.end()
    yield normalize_zh.normalize(text[end:])
