"""The text front end: any text in, what will be said out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Final

from tts.errors import TextError
from tts.text import en, segment, zh
from tts.text.characters import clean, shown
from tts.text.lexemes import Lexeme, lex, sentences
from tts.text.markup import Part, Plain, apply_glossary, parse_markup
from tts.text.normalize import dominant, normalize
from tts.text.phones import LANGUAGES, PAUSES
from tts.text.reading import Reading, Segment, Token, Word

#: Marks between words, weakest first; of two pauses that meet the stronger stays.
_STRENGTH: Final = ("list", "comma", "colon", "semicolon", "ellipsis", "stop", "exclaim", "question")
_READY: Final = ("zh", "en")
_PAUSES: Final = frozenset(PAUSES)
#: What stands right after these belongs to the same word.
_JOINERS: Final = frozenset("-‐‑'’/·_")


@dataclass(frozen=True, slots=True)
class _Phone:
    phone: str
    tone: str
    break_after: str


@dataclass(frozen=True, slots=True)
class _Item:
    """A word with its phones, or a mark with its pause; `spaced` where a space stands before it."""

    word: Word
    phones: tuple[_Phone, ...] = ()
    syllables: int = 0
    pause: str | None = None
    seconds: float | None = None
    spaced: bool = False


def read(text: str, language: str = "auto", *, glossary: Mapping[str, str] | None = None, longest: int = 60) -> Reading:
    """Reads a text: normalised, cut into segments of about `longest` syllables, as words, phones and pauses.

    `language` is one of `LANGUAGES` or "auto"; a text may mix Mandarin and English whatever it says, since every word
    is read in the language of its script. Raises TextError: text_empty, text_unsayable, text_language, text_markup,
    text_reading, text_pause, text_manner.
    """
    if language != "auto" and (language not in LANGUAGES or language not in _READY):
        raise _not_ready(language)
    if not text.strip():
        raise TextError("text_empty")
    parts, unsayable = _clean(parse_markup(text))
    lexemes = lex(normalize(apply_glossary(parts, glossary or {}), language))
    segments: list[Segment] = []
    waiting = 0.0
    for sentence in sentences(lexemes):
        items, lost = _items(sentence)
        unsayable += lost
        if not any(item.phones for item in items):
            # A pause that stands alone goes to the end of the segment before, or to the start of the next.
            waiting += sum(item.seconds or 0.0 for item in items)
            continue
        if waiting and segments:
            segments[-1] = _with_last_pause(segments[-1], waiting)
            waiting = 0.0
        pieces = _pieces(items, longest)
        for place, piece in enumerate(pieces):
            segments.append(_segment(piece, waiting, ends=place == len(pieces) - 1))
            waiting = 0.0
    if not segments:
        raise TextError("text_unsayable", text=shown(text.strip()))
    if waiting:
        segments[-1] = _with_last_pause(segments[-1], waiting)
    normalized = " ".join(segment.text for segment in segments)
    spoken = language if language != "auto" else _language_of(segments)
    return Reading(spoken, normalized, tuple(segments), tuple(dict.fromkeys(unsayable)))


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


def _not_ready(language: str) -> TextError:
    return TextError("text_language", language=shown(language), known=", ".join(_READY))


def _language_of(segments: Sequence[Segment]) -> str:
    return dominant(" ".join(word.text for segment in segments for word in segment.words if word.language))


def _items(sentence: Sequence[Lexeme]) -> tuple[list[_Item], tuple[str, ...]]:
    """Reads a sentence phrase by phrase: what stands between two pauses, in one language, is read together."""
    items: list[_Item] = []
    lost: list[str] = []
    phrase: list[Lexeme] = []
    spaced = False

    def close() -> None:
        items.extend(_phrase(phrase))
        phrase.clear()

    for lexeme in sentence:
        silent = lexeme.kind == "mark" and lexeme.pause is None
        if lexeme.kind in ("han", "latin"):
            if any(other.kind in ("han", "latin") and other.kind != lexeme.kind for other in phrase):
                close()
            phrase.append(replace(lexeme, spaced=spaced))
        elif silent and phrase:
            phrase.append(replace(lexeme, spaced=spaced))
        elif lexeme.kind in ("mark", "pause"):
            close()
            items.append(_mark(lexeme, spaced=spaced))
        elif lexeme.kind in ("kana", "hangul"):
            raise _not_ready("ja" if lexeme.kind == "kana" else "ko")
        elif lexeme.kind == "other":
            lost.append(shown(lexeme.text))
        spaced = lexeme.kind == "space"
    close()
    return items, tuple(lost)


def _mark(lexeme: Lexeme, *, spaced: bool) -> _Item:
    pause = "pause" if lexeme.kind == "pause" else lexeme.pause
    return _Item(Word(lexeme.text, None, None, ()), pause=pause, seconds=lexeme.seconds, spaced=spaced)


def _phrase(lexemes: Sequence[Lexeme]) -> Iterator[_Item]:
    if any(lexeme.kind == "han" for lexeme in lexemes):
        yield from _chinese(lexemes)
    else:
        yield from _english(lexemes)


def _chinese(lexemes: Sequence[Lexeme]) -> Iterator[_Item]:
    """Silent marks and spaces part words, and let tones reach across."""
    stretches: list[zh.Han] = []
    for lexeme in lexemes:
        if lexeme.spaced:
            stretches.append(zh.Han(" ", silent=True))
        stretches.append(zh.Han(lexeme.text, lexeme.reading, silent=lexeme.kind == "mark"))
    spaced = False
    for word in zh.read_phrase(stretches):
        if word.text != " ":
            phones = [
                _Phone(name, f"zh{syllable.tone}", "inside") for syllable in word.said for name in syllable.phones()
            ]
            ends = accumulate(len(syllable.phones()) for syllable in word.said)
            for end in ends:
                phones[end - 1] = replace(phones[end - 1], break_after="word" if end == len(phones) else "syllable")
            shown_word = Word(word.text, "zh" if phones else None, word.pinyin if phones else None, word.display())
            yield _Item(shown_word, tuple(phones), len(word.said), spaced=spaced)
        spaced = word.text == " "


def _english(lexemes: Sequence[Lexeme]) -> Iterator[_Item]:
    words = iter(en.read_phrase([(lexeme.text, lexeme.reading) for lexeme in lexemes if lexeme.kind == "latin"]))
    for lexeme in lexemes:
        if lexeme.kind == "mark":
            yield _mark(lexeme, spaced=lexeme.spaced)
            continue
        word = next(words)
        named = [en.phone_and_tone(symbol) for symbol in word.phones]
        phones = [_Phone(name, tone, "inside") for name, tone in named]
        phones[-1] = replace(phones[-1], break_after="word")
        vowels = sum(tone != "none" for _, tone in named)
        yield _Item(Word(word.text, "en", None, word.phones), tuple(phones), max(1, vowels), spaced=lexeme.spaced)


def _pieces(items: Sequence[_Item], longest: int) -> list[Sequence[_Item]]:
    atoms = []
    for place, item in enumerate(items):
        joined = place > 0 and not item.spaced and items[place - 1].word.text in _JOINERS
        atoms.append(segment.Atom(item.word.text, item.syllables, item.pause, joined=joined))
    places = [0, *segment.cuts(atoms, longest), len(items)]
    return [items[start:end] for start, end in pairwise(places)]


def _segment(items: Sequence[_Item], waiting: float, *, ends: bool) -> Segment:
    """Lays the tokens of one piece in a row. `waiting` seconds of written pause stand before it; `ends` a sentence."""
    said = [item for item in items if item.phones]
    language = said[0].word.language or "zh"
    words = [item.word for item in items if item.word.text]
    opening = waiting
    tokens: list[Token] = []
    number = -1
    for item in items:
        number += bool(item.word.text)
        if item.phones:
            language = item.word.language or language
            tokens += [Token(phone.phone, phone.tone, language, phone.break_after, number) for phone in item.phones]
        elif item.pause and tokens:
            _pause(tokens, item, number, language)
        elif item.seconds:
            opening += item.seconds
    _close(tokens, len(words) - 1, language, ends=ends)
    first = Token("edge", "none", said[0].word.language or "zh", "inside", -1, opening or None)
    return Segment(_text(items), tuple(words), (first, *tokens))


def _pause(tokens: list[Token], item: _Item, number: int, language: str) -> None:
    """Puts a pause after the last phone; where two meet the stronger stays, and a written one above all."""
    pause = item.pause or "comma"
    last = tokens[-1]
    if last.phone not in _PAUSES:
        tokens[-1] = replace(last, break_after="phrase")
        tokens.append(Token(pause, "none", language, "inside", max(number, 0), item.seconds))
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
        tokens.append(Token("stop" if ends else "comma", "none", language, "inside", number))


def _with_last_pause(segment_: Segment, seconds: float) -> Segment:
    last = segment_.tokens[-1]
    return replace(segment_, tokens=(*segment_.tokens[:-1], replace(last, seconds=(last.seconds or 0.0) + seconds)))


def _text(items: Sequence[_Item]) -> str:
    return "".join(" " * item.spaced + item.word.text for item in items if item.word.text).strip()
