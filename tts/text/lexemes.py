"""A normalised text as a row of lexemes: runs of a script, words of letters, marks, spaces, readings and pauses."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from tts.text.characters import ENDS, PAUSE_OF
from tts.text.letters import HAN
from tts.text.manners import PLAIN, Style
from tts.text.markup import Chinese, English, Japanese, Korean, Part, Pause, Turn
from tts.text.normalize import Spoken

Kind = Literal["han", "latin", "ja", "ko", "mark", "space", "line", "pause", "other"]

_HAN: Final = HAN + "々"
_KANA: Final = r"\u3006\u3041-\u309f\u30a0-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
_HANGUL: Final = r"\uac00-\ud7a3\u3131-\u318e\u1100-\u11ff"
_LETTER: Final = r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]"
#: Nothing longer is a word: it is cut, so that a page of letters cannot become one breath.
LONGEST_WORD: Final = 40


def _pattern(ours: str) -> re.Pattern[str]:
    return re.compile(
        rf"{ours}|(?P<ko>[{_HANGUL}]{{1,{LONGEST_WORD}}})"
        rf"|(?P<latin>{_LETTER}{{1,{LONGEST_WORD}}}(?:['’]{_LETTER}{{1,{LONGEST_WORD}}})*)"
        r"|(?P<dash>[ ]+-{1,3}[ ]+|-{2,})|(?P<line>\s*\n\s*)|(?P<space>\s+)|(?P<mark>[^\w\s]|_)|(?P<other>.)",
        re.S,
    )


#: In Japanese, Han and kana make words together.
_JAPANESE: Final = _pattern(rf"(?P<ja>[{_HAN}{_KANA}]+)")
_LEXEME: Final = _pattern(rf"(?P<ja>[{_KANA}]+)|(?P<han>[{_HAN}]+)")
_CLOSERS: Final = frozenset("\"'”’)）】」』》〉]")
_LINE_GOES_ON: Final = frozenset({"comma", "list"})
#: A space between Han runs as long as this stands for a comma, as lyrics and titles write it.
_LONG_RUN: Final = 4


@dataclass(frozen=True, slots=True)
class Lexeme:
    """`reading`: what the writer set: pinyin syllables, ARPAbet phones, or one string of kana or Hangul.

    `pause`: the pause a mark makes, or None for a silent mark. `spaced`: a space stands before it. `style`: what the
    marks around it ask for.
    """

    kind: Kind
    text: str
    reading: tuple[str, ...] | None = None
    pause: str | None = None
    seconds: float | None = None
    spaced: bool = False
    style: Style = PLAIN


def lex(parts: Iterable[Spoken | Part]) -> tuple[Lexeme, ...]:
    lexemes: list[Lexeme] = []
    style = PLAIN
    for part in parts:
        if isinstance(part, Turn):
            style = part.style
        else:
            lexemes += (replace(lexeme, style=style) if style != PLAIN else lexeme for lexeme in _lexemes(part))
    return tuple(_settle_spaces(lexemes))


def _lexemes(part: Spoken | Part) -> Iterator[Lexeme]:
    match part:
        case Spoken(text, language):
            yield from _plain(text, _JAPANESE if language == "ja" else _LEXEME)
        case Chinese(text, pinyin):
            yield Lexeme("han", text, pinyin)
        case English(text, phones):
            yield Lexeme("latin", text, phones)
        case Japanese(text, kana):
            yield Lexeme("ja", text, (kana,))
        case Korean(text, hangul):
            yield Lexeme("ko", text, (hangul,))
        case Pause(seconds):
            yield Lexeme("pause", "", seconds=seconds)


def _plain(text: str, pattern: re.Pattern[str]) -> Iterator[Lexeme]:
    for found in pattern.finditer(text):
        kind, written = found.lastgroup, found[0]
        if kind == "dash":
            yield Lexeme("mark", written, pause="comma")
        elif kind == "mark":
            yield Lexeme("mark", written, pause=_pause_of(written, text, found.start()))
        elif kind == "han":
            # Only Japanese writes a repeated character like this, and only its dictionary knows such words.
            yield Lexeme("han", re.sub("(.)(々+)", lambda run: run[1] * len(run[0]), written))
        elif kind in ("ja", "ko", "latin", "line", "space", "other"):
            yield Lexeme(kind, written)  # type: ignore[arg-type]  # the names of the pattern's groups are the kinds


def _pause_of(mark: str, text: str, place: int) -> str | None:
    """A point or colon inside a name (Node.js, 12:ab) is no pause."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if mark in ".:" and before.isalnum() and after.isalnum() and before.isascii() and after.isascii():
        return None
    return PAUSE_OF.get(mark)


def _settle_spaces(lexemes: Sequence[Lexeme]) -> Iterator[Lexeme]:
    """Line breaks inside a wrapped sentence become spaces, and long gaps between Han runs become pauses."""
    for place, lexeme in enumerate(lexemes):
        before = lexemes[place - 1] if place else None
        after = lexemes[place + 1] if place + 1 < len(lexemes) else None
        if lexeme.kind == "line" and before and after and _goes_on(lexeme, before, after):
            yield replace(lexeme, kind="space", text=" ")
        elif (
            lexeme.kind == "space" and before and after and before.kind == after.kind == "han"
            and min(len(before.text), len(after.text)) >= _LONG_RUN
        ):  # fmt: skip
            yield replace(lexeme, kind="mark", text=" ", pause="comma")
        else:
            yield lexeme


def _goes_on(line: Lexeme, before: Lexeme, after: Lexeme) -> bool:
    if line.text.count("\n") > 1:
        return False
    if before.kind == "mark":
        return before.pause in _LINE_GOES_ON and before.text not in "）)】]"
    return before.kind == after.kind == "latin" and after.text[0].islower()


def sentences(lexemes: Sequence[Lexeme]) -> Iterator[tuple[Lexeme, ...]]:
    """Cuts after the marks that end a sentence, with what closes it (quotes, brackets, further marks), and at lines."""
    sentence: list[Lexeme] = []
    ended = False
    for lexeme in lexemes:
        if ended and not (lexeme.kind in ("pause", "space", "line") or _closes(lexeme)):
            yield tuple(sentence)
            sentence, ended = [], False
        if lexeme.kind == "line":
            if any(item.kind not in ("space", "pause") for item in sentence):
                ended = True
            continue
        sentence.append(lexeme)
        if lexeme.kind == "mark" and lexeme.text in ENDS and lexeme.pause not in (None, "ellipsis"):
            ended = True
    if sentence:
        yield tuple(sentence)


def _closes(lexeme: Lexeme) -> bool:
    return lexeme.kind == "mark" and (lexeme.text in _CLOSERS or lexeme.text in ENDS)
