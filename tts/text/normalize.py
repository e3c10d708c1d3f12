"""Numbers, dates, money, units and signs -> words, each stretch of a text in its own language."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tts.text import normalize_en, normalize_ja, normalize_ko, normalize_zh
from tts.text.glossary import Entry, Glossary, apply_glossary, entries_in
from tts.text.markup import Chinese, English, Japanese, Korean, Part, Pause, Plain, Turn
from tts.text.spans import Span, spans

_NORMALIZERS: Final[Mapping[str, Callable[[str], str]]] = {
    "zh": normalize_zh.normalize, "en": normalize_en.normalize, "ja": normalize_ja.normalize,
    "ko": normalize_ko.normalize,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoken:
    """Text in words, in one language."""

    text: str
    language: str


def normalize(parts: Sequence[Part], language: str, glossary: Glossary) -> tuple[Spoken | Part, ...]:
    """Rewrites the plain parts, no others. `language` leads where the text does not tell."""
    if glossary.entries:
        parts = apply_glossary(parts, glossary, _around(parts, language))
    result: list[Spoken | Part] = []
    for part, name in _pieces(parts, language):
        result.append(Spoken(_NORMALIZERS[name](part.text), name) if isinstance(part, Plain) else part)
    return tuple(result)


def terms_in(parts: Sequence[Part], language: str, glossary: Glossary) -> tuple[Entry, ...]:
    """The entries of a glossary that `normalize` would use."""
    return entries_in(parts, glossary, _around(parts, language)) if glossary.entries else ()


def _around(parts: Sequence[Part], language: str) -> Callable[[int], str]:
    """The language of each character of the plain parts."""
    names = [name for part, name in _pieces(parts, language) if isinstance(part, Plain) for _ in part.text]
    return names.__getitem__


def _pieces(parts: Sequence[Part], language: str) -> Iterator[tuple[Part, str]]:
    """The parts in order with their languages; a plain one that is in several is cut."""
    found = iter(spans("".join(_said(part) for part in parts), language))
    span = next(found, Span(0, 0, "zh"))
    position = 0
    for part in parts:
        start = position
        position += len(_said(part))
        if not isinstance(part, Plain):
            yield part, ""
        while start < position:
            while span.end <= start:
                span = next(found)
            end = min(span.end, position)
            if isinstance(part, Plain):
                first = start - position + len(part.text)
                yield Plain(part.text[first : first + end - start]), span.language
            start = end


def _said(part: Part) -> str:
    match part:
        case Plain(text) | Chinese(text, _) | English(text, _) | Japanese(text, _) | Korean(text, _):
            return text
        case Pause() | Turn():
            return ""
