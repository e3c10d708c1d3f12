"""Reads Korean: Hangul in, eojeols of syllables out, as they are really said.

The sound rules (표준발음법) are ours, over the morphemes of mecab-ko (Apache-2.0, 35 MB with its dictionary, 20 ms to
start, 0.05 ms a sentence). Of the packages that do both, g2pk and its descendants need konlpy or fetch cmudict from the
network as they start, and ko_pron knows no morphemes, so that neither 신고 (shoes on) nor 갈 곳 comes out right.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tts.text.ko_jamo import alone
from tts.text.ko_letters import Block, block, is_block, letter
from tts.text.ko_sounds import connect
from tts.text.ko_words import spell


@dataclass(frozen=True, slots=True)
class Korean:
    """A written stretch: Hangul, with the reading that the writer set (Hangul as it is said, else None).

    A `silent` stretch (a space, a quotation mark) parts eojeols and comes back as a word without syllables.
    """

    text: str
    reading: str | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class KoreanWord:
    """An eojeol: as written, as said in Hangul, and the phones of each syllable (keys of `SYMBOLS["ko"]`)."""

    text: str
    spoken: str
    syllables: tuple[tuple[str, ...], ...]

    def display(self) -> tuple[str, ...]:
        return tuple(phone for syllable in self.syllables for phone in syllable)


@dataclass(slots=True)
class _Piece:
    """Hangul syllables of an eojeol; `fixed` where the writer set them."""

    said: str
    fixed: bool
    blocks: list[Block] = field(default_factory=list)
    phones: list[tuple[str, ...]] = field(default_factory=list)


@dataclass(slots=True)
class _Draft:
    """An eojeol, or what parts two of them, which has no pieces."""

    text: str
    pieces: list[_Piece] = field(default_factory=list)


def read_phrase(stretches: Sequence[Korean]) -> tuple[KoreanWord, ...]:
    """Reads one phrase, in which nothing pauses: sounds reach across its words.

    Written readings are said letter for letter, and nothing around them changes them. Letters that no one says
    (ㅠㅠ, letters out of use) come back as a word without syllables.
    """
    drafts = list(_drafts(stretches))
    for line in _lines(drafts):
        _say(line)
    for draft in drafts:
        for piece in draft.pieces:
            if piece.fixed:
                piece.blocks = [block(character) for character in piece.said]
                piece.phones = _phones(piece.blocks)
    return tuple(
        KoreanWord(
            draft.text,
            "".join(str(found) for piece in draft.pieces for found in piece.blocks),
            tuple(phones for piece in draft.pieces for phones in piece.phones),
        )
        for draft in drafts
    )


def _drafts(stretches: Sequence[Korean]) -> Iterator[_Draft]:
    lone = not any(is_block(c) for stretch in stretches if not stretch.silent for c in _composed(stretch.text))
    draft = _Draft("")
    for stretch in stretches:
        if stretch.reading is not None and not stretch.silent:
            draft.text += stretch.text
            draft.pieces.append(_Piece(_composed(stretch.reading), fixed=True))
            continue
        for found in _RUN.finditer("" if stretch.silent else stretch.text):
            said = _syllables(found, only=lone)
            if said:
                draft.text += found[0]
                draft.pieces.append(_Piece(said, fixed=False))
            else:
                if draft.text:
                    yield draft
                yield _Draft(found[0])
                draft = _Draft("")
        if stretch.silent:
            if draft.text:
                yield draft
            yield _Draft(stretch.text)
            draft = _Draft("")
    if draft.text:
        yield draft


#: Syllables that are looked at together. No one says as many in one phrase.
_LONGEST_LINE: Final = 1000
#: Letters that make up blocks; letters that stand alone, either as such or left over of a block; and what is no Hangul.
_RUN: Final = re.compile(
    r"(?P<blocks>(?:[가-힣][\u11a8-\u11c2]?|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?){1,400})"
    r"|(?P<letters>[\u3131-\u3163\u1100-\u1112\u1161-\u1175\u11a8-\u11c2]+)|(?P<other>.)",
    re.S,
)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _syllables(found: re.Match[str], *, only: bool) -> str:
    """What is said of a run of the text, in Hangul syllables."""
    if found.lastgroup == "blocks":
        return "".join(said for character in _composed(found[0]) for said in _block_and_rest(character))
    if found.lastgroup == "letters":
        letters = "".join(letter(character) or "" for character in found[0])
        return alone(letters, goes_on=bool(re.match("[가-힣\u1100-\u1112]", found.string[found.end() :])), only=only)
    return ""


def _block_and_rest(character: str) -> str:
    """A coda after a block that has one already stands alone."""
    return character if is_block(character) else alone(letter(character) or "", goes_on=True, only=True)


def _lines(drafts: Sequence[_Draft]) -> Iterator[list[list[_Piece]]]:
    """The eojeols between two written readings, each with its pieces; no more than the dictionary takes at once."""
    line: list[list[_Piece]] = []
    length = 0
    for draft in drafts:
        line.append([])
        for piece in draft.pieces:
            length += len(piece.said)
            if piece.fixed or length > _LONGEST_LINE:
                yield line
                line, length = [[]], len(piece.said)
            if not piece.fixed:
                line[-1].append(piece)
    yield line


def _say(line: Sequence[Sequence[_Piece]]) -> None:
    text = " ".join(said for pieces in line if (said := "".join(piece.said for piece in pieces)))
    if not text:
        return
    blocks, joints = spell(text)
    connect(blocks, joints)
    for found in blocks:
        found.settle()
    phones = _phones(blocks)
    place = 0
    for piece in (piece for pieces in line for piece in pieces):
        end = place + len(piece.said)
        piece.blocks, piece.phones = blocks[place:end], phones[place:end]
        place = end


def _phones(blocks: Sequence[Block]) -> list[tuple[str, ...]]:
    return [found.phones(before) for before, found in zip([None, *blocks], blocks, strict=False)]


def is_reading(text: str) -> bool:
    """Whether a written reading is Hangul syllables only, which can all be said."""
    return bool(text) and all(map(is_block, unicodedata.normalize("NFC", text)))
