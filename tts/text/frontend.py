"""The text front end: any text in, what will be said out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from tts.errors import TextError
from tts.text import segment
from tts.text.characters import clean, shown
from tts.text.emoji import spoken
from tts.text.glossary import Entry, Glossary
from tts.text.letters import is_kana
from tts.text.lexemes import lex, sentences
from tts.text.manners import Style
from tts.text.markup import Part, Plain, parse_markup
from tts.text.normalize import normalize, terms_in
from tts.text.phones import LANGUAGES, PAUSES
from tts.text.phrases import Item, Phone, items
from tts.text.reading import Choice, Pictures, Reading, Segment, Token
from tts.text.spans import dominant

#: Marks between words, weakest first; of two pauses that meet the stronger stays.
_STRENGTH: Final = ("list", "comma", "colon", "semicolon", "ellipsis", "stop", "exclaim", "question")
_PAUSES: Final = frozenset(PAUSES)
#: What stands right after these belongs to the same word.
_JOINERS: Final = frozenset("-‐‑'’/·_")


def read(
    text: str,
    language: str = "auto",
    *,
    glossary: Glossary | Mapping[str, Any] | None = None,
    longest: int = 60,
    emoji: Pictures = "drop",
) -> Reading:
    """Reads a text: normalised, cut into segments of about `longest` syllables, as words, phones and pauses.

    Emoji and kaomoji are left out, and listed so, or named with `emoji` "speak".

    `language` is one of `LANGUAGES` or "auto"; a text may mix languages whatever it says, since every word is read in
    the language of its script: it settles whose numbers and Han are meant where the text does not tell.
    Raises TextError: text_empty, text_unsayable, text_language, text_markup, text_reading, text_pause, text_manner,
    text_manner_value, text_manner_end.
    """
    if language not in ("auto", *LANGUAGES):
        raise TextError("text_language", language=shown(language), known=", ".join(LANGUAGES))
    if not text.strip():
        raise TextError("text_empty")
    terms = glossary if isinstance(glossary, Glossary) else Glossary.of(glossary or {})
    marked = parse_markup(text)
    if emoji == "speak":
        plain = "".join(part.text for part in marked if isinstance(part, Plain))
        marked = _named(marked, language if language != "auto" else dominant(plain))
    parts, unsayable = _clean(marked)
    lexemes = lex(normalize(parts, language, terms))
    segments: list[Segment] = []
    waiting = 0.0
    for sentence in sentences(lexemes):
        found, lost = items(sentence)
        unsayable += lost
        if not any(item.phones for item in found):
            # A pause that stands alone goes to the end of the segment before, or to the start of the next.
            waiting += sum(item.seconds or 0.0 for item in found)
            continue
        if waiting and segments:
            segments[-1] = _with_last_pause(segments[-1], waiting)
            waiting = 0.0
        pieces = _pieces(found, longest)
        for place, piece in enumerate(pieces):
            segments.append(_segment(piece, waiting, ends=place == len(pieces) - 1))
            waiting = 0.0
    if not segments:
        raise TextError("text_unsayable", text=shown(text.strip()))
    if waiting:
        segments[-1] = _with_last_pause(segments[-1], waiting)
    normalized = " ".join(segment.text for segment in segments)
    heard = language if language != "auto" else _language_of(segments)
    return Reading(heard, normalized, tuple(segments), tuple(dict.fromkeys(unsayable)))


def used_terms(text: str, language: str, glossary: Glossary) -> tuple[Entry, ...]:
    """The entries of a glossary that set a reading in a text; raises what its mark-up raises in `read`."""
    return terms_in(_clean(parse_markup(text))[0], language, glossary)


def _named(parts: Sequence[Part], language: str) -> tuple[Part, ...]:
    return tuple(Plain(spoken(part.text, language)) if isinstance(part, Plain) else part for part in parts)


def _clean(parts: Sequence[Part]) -> tuple[list[Part], tuple[str, ...]]:
    """Plain parts in the characters we know, and what they lost."""
    cleaned: list[Part] = []
    unsayable: tuple[str, ...] = ()
    for part in parts:
        if isinstance(part, Plain):
            text, lost = clean(part.text)
            cleaned.append(Plain(text))
            unsayable += lost
        else:
            cleaned.append(part)
    return cleaned, unsayable


def _language_of(segments: Sequence[Segment]) -> str:
    """The language of most of the words; kana count half, since a borrowed word has many of them."""
    shares: Counter[str] = Counter()
    for word in (word for piece in segments for word in piece.words if word.language):
        kana = sum(map(is_kana, word.text))
        shares[word.language or ""] += 2 if word.language == "en" else 2 * len(word.text) - kana
    return shares.most_common(1)[0][0]


def _pieces(found: Sequence[Item], longest: int) -> list[Sequence[Item]]:
    atoms = []
    for place, item in enumerate(found):
        joined = place > 0 and not item.spaced and found[place - 1].word.text in _JOINERS
        atoms.append(segment.Atom(item.word.text, item.syllables, item.pause, joined=joined))
    places = [0, *segment.cuts(atoms, longest), len(found)]
    return [found[start:end] for start, end in pairwise(places)]


def _segment(piece: Sequence[Item], waiting: float, *, ends: bool) -> Segment:
    """Lays the tokens of one piece in a row. `waiting` seconds of written pause stand before it; `ends` a sentence."""
    said = [item for item in piece if item.phones]
    language = said[0].word.language or "zh"
    words = [item.word for item in piece if item.word.text]
    opening = waiting
    tokens: list[Token] = []
    choices: list[Choice] = []
    number = -1
    for item in piece:
        number += bool(item.word.text)
        choices += [replace(choice, word=number) for choice in item.choices]
        if item.phones:
            language = item.word.language or language
            tokens += [_token(phone, language, number, item.style) for phone in item.phones]
        elif item.pause and tokens:
            _pause(tokens, item, number, language)
        elif item.seconds:
            opening += item.seconds
    _close(tokens, len(words) - 1, language, ends=ends)
    first = Token("edge", "none", said[0].word.language or "zh", "inside", -1, opening or None, said[0].style)
    return Segment(_text(piece), tuple(words), (first, *tokens), tuple(choices))


def _token(phone: Phone, language: str, number: int, style: Style) -> Token:
    return Token(phone.phone, phone.tone, language, phone.break_after, number, style=style)


def _pause(tokens: list[Token], item: Item, number: int, language: str) -> None:
    """Puts a pause after the last phone; where two meet the stronger stays, and a written one above all."""
    pause = item.pause or "comma"
    last = tokens[-1]
    if last.phone not in _PAUSES:
        tokens[-1] = replace(last, break_after="phrase")
        tokens.append(Token(pause, "none", language, "inside", max(number, 0), item.seconds, item.style))
    elif item.seconds is not None:
        seconds = item.seconds + (last.seconds or 0.0)
        # A mark that ends the sentence keeps its tune, and takes the written length.
        phone = last.phone if last.phone in ("stop", "question", "exclaim") else "pause"
        tokens[-1] = replace(last, phone=phone, seconds=seconds)
    elif last.phone == "pause":
        if pause in ("stop", "question", "exclaim"):
            tokens[-1] = replace(last, phone=pause, word=number)
    elif _STRENGTH.index(pause) > _STRENGTH.index(last.phone):
        tokens[-1] = replace(last, phone=pause, word=number)


def _close(tokens: list[Token], number: int, language: str, *, ends: bool) -> None:
    """The last token is always the mark that closes the segment."""
    last = tokens[-1]
    if last.phone == "pause":
        tokens[-1] = replace(last, phone="stop")
    elif last.phone not in _PAUSES:
        tokens[-1] = replace(last, break_after="phrase")
        tokens.append(Token("stop" if ends else "comma", "none", language, "inside", number, style=last.style))


def _with_last_pause(segment_: Segment, seconds: float) -> Segment:
    last = segment_.tokens[-1]
    return replace(segment_, tokens=(*segment_.tokens[:-1], replace(last, seconds=(last.seconds or 0.0) + seconds)))


def _text(piece: Sequence[Item]) -> str:
    return "".join(" " * item.spaced + item.word.text for item in piece if item.word.text).strip()
