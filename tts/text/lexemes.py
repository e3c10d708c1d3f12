"""A normalised text as a row of lexemes: runs of Han, words of letters, marks, spaces, written readings and pauses."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tts.text.characters import ENDS, PAUSE_OF
from tts.text.markup import Chinese, English, Part, Pause, Plain

Kind = Literal["han", "latin", "kana", "hangul", "mark", "space", "line", "pause", "other"]

_HAN: Final = r"[\u3400-\u9fff\U00020000-\U0003ffff〇\uf900-\ufaff]"
_KANA: Final = r"[\u3041-\u309f\u30a0-\u30fa\u30fc-\u30ff\u31f0-\u31ff]"
_LETTER: Final = r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]"
#: Nothing longer is a word: it is cut, so that a page of letters cannot become one breath.
_LONGEST_WORD: Final = 40
_LEXEME: Final = re.compile(
    rf"(?P<kana>{_KANA}+)|(?P<han>{_HAN}+)|(?P<hangul>[\uac00-\ud7a3\u3131-\u318e\u1100-\u11ff]+)"
    rf"|(?P<latin>{_LETTER}{{1,{_LONGEST_WORD}}}(?:['’]{_LETTER}{{1,{_LONGEST_WORD}}})*)"
    r"|(?P<dash>[ ]+-{1,3}[ ]+|-{2,})|(?P<line>\s*\n\s*)|(?P<space>\s+)|(?P<mark>[^\w\s]|_)|(?P<other>.)",
    re.S,
)
_CLOSERS: Final = frozenset("\"'”’)）】」』》〉]")
_LINE_GOES_ON: Final = frozenset({"comma", "list"})
#: A space between Han runs as long as this stands for a comma, as lyrics and titles write it.
_LONG_RUN: Final = 4


@dataclass(frozen=True, slots=True)
class Lexeme:
    """`reading`: pinyin or ARPAbet that the writer set. `pause`: the pause a mark makes, or None for a silent mark.

    `spaced`: a space stands before it.
    """

    kind: Kind
    text: str
    reading: tuple[str, ...] | None = None
    pause: str | None = None
    seconds: float | None = None
    spaced: bool = False


def lex(parts: Iterable[Part]) -> tuple[Lexeme, ...]:
    lexemes: list[Lexeme] = []
    for part in parts:
        match part:
            case Plain(text):
                lexemes += _plain(text)
            case Chinese(text, pinyin):
                lexemes.append(Lexeme("han", text, pinyin))
            case English(text, phones):
                lexemes.append(Lexeme("latin", text, phones))
            case Pause(seconds):
                lexemes.append(Lexeme("pause", "", seconds=seconds))
    return tuple(_settle_spaces(lexemes))


def _plain(text: str) -> Iterator[Lexeme]:
    for found in _LEXEME.finditer(text):
        kind, written = found.lastgroup, found[0]
        if kind == "dash":
            yield Lexeme("mark", written, pause="comma")
        elif kind == "mark":
            yield Lexeme("mark", written, pause=_pause_of(written, text, found.start()))
        elif kind in ("kana", "han", "hangul", "latin", "line", "space", "other"):
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
            yield Lexeme("space", " ")
        elif (
            lexeme.kind == "space" and before and after and before.kind == after.kind == "han"
            and min(len(before.text), len(after.text)) >= _LONG_RUN
        ):  # fmt: skip
            yield Lexeme("mark", " ", pause="comma")
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
