"""Reads Japanese: kanji and kana in, accent phrases of morae out, in the standard accent of Tokyo."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from threading import Lock
from typing import Any, Final

from tts.text.ja_morae import Mora, display, spell
from tts.text.ja_pieces import WRITTEN, Fixed, Piece, analyser, openjtalk, pieces_of, pronounced
from tts.text.letters import is_han, is_kana

__all__ = ["Japanese", "JapaneseWord", "Mora", "is_reading", "read_phrase"]

_LOCK: Final = Lock()
#: Stands for whatever is silent: the analyser sees a gap between words.
_GAP: Final = "\u3000"
#: Characters that the analyser is given at once; its buffer takes a few times as many.
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Japanese:
    """A written stretch: kanji and kana, with the kana that the writer set for it (else None).

    A `silent` stretch (a space, a quotation mark) parts words and comes back as a word without morae.
    """

    text: str
    reading: str | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class JapaneseWord:
    """One accent phrase, with the characters that write it; without morae where it is silent or cannot be read."""

    text: str
    morae: tuple[Mora, ...] = ()

    def display(self) -> tuple[str, ...]:
        """Phones; vowels, N and cl carry 1 where the pitch is high and 0 where it is low."""
        return display(self.morae)


@dataclass(frozen=True, slots=True)
class _Node:
    """A word after the accent rules. `nucleus` counts for the whole phrase where `opens` is true."""

    start: int
    end: int
    morae: tuple[Mora, ...]
    nucleus: int
    opens: bool
    mark: bool


def is_reading(text: str) -> bool:
    """Whether kana can be said wholly, so that they may stand as a written reading."""
    return bool(text) and all(is_kana(letter) for letter in text) and bool(spell(text))


def read_phrase(stretches: Sequence[Japanese]) -> tuple[JapaneseWord, ...]:
    """Reads one phrase, in which nothing pauses. Written readings are obeyed to the mora.

    The texts of the words joined are those of the stretches joined. A kanji that nothing can read comes back as a word
    without morae.
    """
    return tuple(word for block in _blocks(stretches) for word in _read(block))


def _blocks(stretches: Sequence[Japanese]) -> Iterator[list[Japanese]]:
    """A phrase in lengths that the analyser takes."""
    block: list[Japanese] = []
    length = 0
    for stretch in stretches:
        for part in (stretch,) if stretch.reading is not None else _short(stretch):
            if block and length + len(part.text) > _LONGEST:
                yield block
                block, length = [], 0
            block.append(part)
            length += len(part.text)
    if block:
        yield block


def _short(stretch: Japanese) -> Iterator[Japanese]:
    """A stretch cut, where it is too long, behind the last ending in hiragana."""
    text = stretch.text
    while len(text) > _LONGEST:
        places = range(_LONGEST, _LONGEST // 2, -1)
        endings = (end for end in places if _is_hiragana(text[end - 1]) and not _is_hiragana(text[end]))
        end = next(endings, _LONGEST)
        yield replace(stretch, text=text[:end])
        text = text[end:]
    yield replace(stretch, text=text)


def _is_hiragana(letter: str) -> bool:
    return "ぁ" <= letter <= "ゟ"


def _read(stretches: Sequence[Japanese]) -> Iterator[JapaneseWord]:
    text, plain, cuts, fixed = "", "", [], []
    for stretch in stretches:
        start = len(text)
        text += stretch.text
        if stretch.silent:
            plain += _GAP * len(stretch.text)
            cuts.append((start, len(text)))
        else:
            plain += "".join(map(_analysed, stretch.text))
            if stretch.reading is not None:
                fixed.append(Fixed(start, len(text), stretch.reading))
    if len(text) > 2 * _LONGEST:
        # Only a written reading is never cut: said flat, as nothing else is known of it.
        yield JapaneseWord(text, tuple(_pitched(spell(pronounced("", fixed[0].reading)) or (), 0)))
    else:
        yield from _words(text, _analyse(plain, fixed) if plain.strip(_GAP) else [], cuts)


def _analysed(letter: str) -> str:
    """The character as the analyser knows it, one for one; a gap for what is no Japanese writing."""
    known = unicodedata.normalize("NFKC", letter)
    known = known if len(known) == 1 else letter
    return known if is_han(known) or is_kana(known) or known in "々〆〇" else _GAP


def _spans(njd: Sequence[Any], pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Where each word of the analysis stands in the text."""
    places = [place for piece in pieces if not piece.gap for place in range(piece.start, piece.end)]
    ends = list(accumulate((len(entry["string"]) for entry in njd), initial=0))
    if ends[-1] == len(places) and "".join(entry["string"] for entry in njd) == "".join(
        piece.morph["surface"] for piece in pieces if not piece.gap
    ):
        return [(places[start], places[end - 1] + 1) if end > start else (0, 0) for start, end in pairwise(ends)]
    # openjtalk has put in or taken out signs of a number (二〇二四). The public way to the places goes through its
    # labels, which cost more and complain on stderr.
    from pyopenjtalk._mapping import njd_feature_char_spans

    morphs: list[Any] = [piece.morph for piece in pieces]
    return njd_feature_char_spans(list(njd), morphs)


def _analyse(plain: str, fixed: Sequence[Fixed]) -> list[_Node]:
    with _LOCK:
        library, reader = openjtalk(), analyser()
        pieces = pieces_of(plain, fixed)
        njd = reader.run_njd_from_mecab(
            [piece.feature for piece in pieces if not piece.gap], restore_unknown_katakana=True
        )
        njd = library.apply_postprocessing(
            plain, njd, predict_nani=False, use_sudachi_kanji_yomi=False, iu_pronunciation="YuuBase", jtalk=reader
        )
        expected = [piece.written for piece in pieces if piece.written is not None]
        spans = _spans(njd, pieces)
    nodes: list[_Node] = []
    for entry, (start, end) in zip(njd, spans, strict=True):
        end = max(end, nodes[-1].end if nodes else 0)
        start = min(max(start, nodes[-1].end if nodes else 0), end)
        morae = _after(nodes[-1].morae if nodes else (), entry["pron"])
        if entry["pos_group3"].startswith(WRITTEN):
            written = expected[int(entry["pos_group3"].removeprefix(WRITTEN))]
            morae = morae if entry["pron"].replace("’", "") == written else spell(written) or ()
        elif not morae and entry["string"] != _GAP:
            morae = spell(entry["string"]) or ()
        opens = entry["chain_flag"] != 1
        nodes.append(_Node(start, end, morae, entry["acc"], opens, not plain[start:end].strip("・゠")))
    return nodes


def _after(before: tuple[Mora, ...], pron: str) -> tuple[Mora, ...]:
    """A pronunciation as morae; one that opens with ー goes on with the vowel before it: ましょ + ー."""
    if not pron.startswith("ー"):
        return spell(pron) or ()
    return (
        (spell((before[-1].kana if before[-1].kana != "ー" else _vowel(before[-1])) + pron) or ())[1:] if before else ()
    )


def _vowel(mora: Mora) -> str:
    return {"a": "ア", "i": "イ", "u": "ウ", "e": "エ", "o": "オ"}.get(mora.phones[-1].lower(), "ン")


def _words(text: str, nodes: Sequence[_Node], cuts: Sequence[tuple[int, int]]) -> Iterator[JapaneseWord]:
    """Accent phrases as words; what is silent parts them, and what cannot be read stands alone."""
    silent = {place for start, end in cuts for place in range(start, end)}
    parts: list[tuple[int, int, tuple[Mora, ...]]] = []
    position = 0
    for phrase in _phrases(nodes):
        pitched = iter(_pitched([mora for node in phrase for mora in node.morae], phrase[0].nucleus))
        open_part: tuple[int, int, tuple[Mora, ...]] | None = None
        for node in phrase:
            said = tuple(next(pitched) for _ in node.morae)
            start, position = position, max(position, node.end)
            gap = any(place in silent for place in range(open_part[1] if open_part else start, position))
            lost = not said and position > start and not node.mark
            if open_part is not None and not gap and not lost and open_part[2]:
                open_part = (open_part[0], position, open_part[2] + said)
            else:
                if open_part is not None:
                    parts.append(open_part)
                open_part = (start, position, said)
        if open_part is not None:
            parts.append(open_part)
    parts.append((position, len(text), ()))
    for start, end, said in parts:
        yield from _apart(text, start, end, said, silent)


def _apart(text: str, start: int, end: int, morae: tuple[Mora, ...], silent: set[int]) -> Iterator[JapaneseWord]:
    """A word's characters without the silent ones around it."""
    left = start
    while left < end:
        right = left
        while right < end and (right in silent) == (left in silent):
            right += 1
        if left in silent:
            yield JapaneseWord(text[left:right])
        else:
            yield JapaneseWord(text[left:right], morae)
            morae = ()
        left = right
    if morae:
        yield JapaneseWord("", morae)


def _phrases(nodes: Sequence[_Node]) -> Iterator[list[_Node]]:
    phrase: list[_Node] = []
    for node in nodes:
        if phrase and node.opens:
            yield phrase
            phrase = []
        phrase.append(node)
    if phrase:
        yield phrase


def _pitched(morae: Sequence[Mora], nucleus: int) -> list[Mora]:
    """The pitch of a phrase: low, then high up to the nucleus; high at once where the first mora is the nucleus."""
    return [
        replace(mora, high=place == 1 if nucleus == 1 else place > 1 and (nucleus == 0 or place <= nucleus))
        for place, mora in enumerate(morae, 1)
    ]
