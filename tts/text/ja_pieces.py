"""The words that openjtalk finds in a text, with our lexicon's readings and the writer's in their place."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO
from typing import Any, Final

from tts.text.ja_lexicon import CONTEXTS, LETTERS, WORDS
from tts.text.ja_morae import hiragana, katakana, spell
from tts.text.letters import is_kana

#: Marks a written reading among the analyser's features, in a field that none of its rules looks at; its place follows.
WRITTEN: Final = "指定"
_LONGEST_WORD: Final = max(map(len, WORDS))
_FIGURES: Final = frozenset("一二三四五六七八九十百千")
#: Morae that openjtalk knows beyond doubt; others it complains of on stderr, so that a stand-in is given to it.
_KNOWN: Final = re.compile(r"(?!ー)(?:[キシチニヒミリギジビピ][ャュョ]|[ア-ヂツ-モヤユヨ-ロワンッー])+")
_READING: Final = re.compile(r"([^\d]+)(\d*)")


@dataclass(frozen=True, slots=True)
class Piece:
    """What the analyser takes for a word: its place in the text, and its features as openjtalk spells them."""

    start: int
    end: int
    morph: dict[str, Any]

    @property
    def feature(self) -> str:
        return ",".join(self.morph["features"])

    @property
    def written(self) -> str | None:
        """How the writer wants it said."""
        return self.morph.get("written")

    @property
    def gap(self) -> bool:
        return bool(self.morph["is_ignored"])


@dataclass(frozen=True, slots=True)
class Fixed:
    start: int
    end: int
    reading: str


@cache
def openjtalk() -> Any:
    # It loads onnxruntime where that is installed, which would report to its maker: nothing may leave this machine.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    # Loading it takes most of a second, which a text without Japanese need not wait for. Without onnxruntime it says on
    # standard output, where results belong, that it will not do what it is never asked for here.
    with redirect_stdout(StringIO()):
        import pyopenjtalk

    return pyopenjtalk


@cache
def analyser() -> Any:
    return openjtalk().OpenJTalk(dn_mecab=openjtalk().OPEN_JTALK_DICT_DIR)


def pieces_of(plain: str, fixed: Sequence[Fixed]) -> list[Piece]:
    """The words of a text; `fixed` are the readings that the writer has set, in order."""
    pieces = _better(plain, _cut(plain))
    for number in range(len(fixed)):
        pieces = _obey(plain, pieces, fixed, number)
    return _without_strays(pieces)


def _without_strays(pieces: Sequence[Piece]) -> list[Piece]:
    """々 that repeats nothing is nothing to say, and would take its neighbours along."""
    settled: list[Piece] = []
    alone = True
    for piece in pieces:
        stray = alone and not piece.morph["surface"].strip("々")
        if stray:
            features = ["・", "記号", "一般", "*", "*", "*", "*", "・", "・", "・", "*/*", "*"]
            piece = _piece(piece.morph | {"surface": "・", "features": features})
        settled.append(piece)
        alone = stray or piece.gap or piece.written is not None
    return settled


def _piece(morph: dict[str, Any]) -> Piece:
    start, end = morph["char_span"]
    return Piece(start, end, morph)


def _cut(plain: str) -> list[Piece]:
    _, morphs = analyser().run_mecab_detailed(plain)
    return [_piece(morph) for morph in morphs]


def _better(plain: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the readings of our own lexicon."""
    starts = {piece.start: place for place, piece in enumerate(pieces)}
    ends = {piece.end: place for place, piece in enumerate(pieces)}
    said: dict[int, tuple[int, str]] = {}  # where -> up to where, how
    for first in starts:
        for end in range(min(len(plain), first + _LONGEST_WORD), first, -1):
            if end in ends and (reading := WORDS.get(plain[first:end])):
                said[first] = (end, reading)
                break
    for pattern, reading in CONTEXTS:
        for found in pattern.finditer(plain):
            start, end = found.span("w")
            last = next((piece.end for piece in pieces if piece.end >= end), end)
            if start in starts:
                rest = plain[end:last]
                inflected = all(map(is_kana, rest))  # its end goes with the stem; anything else is a word of its own
                said[start] = (last, _READING.sub(rf"\1{katakana(rest)}\2", reading)) if inflected else (end, reading)
    for found in LETTERS.finditer(plain):
        if found.start() in starts and found.end() in ends:
            name, tail = found["w"], len(spell(found["last"]) or ())
            said[found.start()] = (found.end(), f"{name}{len(spell(name) or ()) - tail + 1}")
    result: list[Piece] = []
    for piece in pieces:
        if result and piece.start < result[-1].end:
            if piece.end > result[-1].end:
                result += _moved(plain[result[-1].end : piece.end], result[-1].end)
            continue
        end, reading = said.get(piece.start, (piece.end, ""))
        if reading:
            result.append(_reread(plain[piece.start : end], piece, end, reading))
            if end < piece.end:
                result += _moved(plain[end : piece.end], end)
        else:
            result.append(piece)
    return result


def _reread(text: str, piece: Piece, end: int, reading: str) -> Piece:
    """A piece, or several as one, under another reading."""
    match = _READING.fullmatch(reading)
    kana, nucleus = match.groups() if match else (reading, "")
    fields = list(piece.morph["features"])
    if end != piece.end or len(fields) < 12:
        # A number opens an accent phrase of its own, as nouns of time do.
        kind = "副詞可能" if text[0] in _FIGURES else "一般"
        fields = [text, "名詞", kind, "*", "*", "*", "*", text, kana, kana, "*/*", "C2"]
    if fields[9] == kana and not nucleus:
        return piece
    known = _entry(text, kana) if end == piece.end else None
    if known and known[1] == fields[1]:
        fields = list(known)
    elif fields[9] != kana:
        # The same word in kana tells its accent: 点け as つけ.
        alike = _entry(hiragana(kana), kana)
        same = alike is not None and alike[1] == fields[1] and alike[6] == fields[6]
        accent = alike[10] if alike and same else f"0/{len(spell(kana) or ())}"
        fields[8:11] = [kana, kana, accent]
    if nucleus:
        fields[10] = f"{nucleus}/{len(spell(kana) or ())}"
    span = (piece.start, end)
    morph = piece.morph | {"surface": text, "features": fields, "char_span": span, "is_unknown": False}
    return _piece(morph)


@cache
def _entry(text: str, kana: str) -> tuple[str, ...] | None:
    """The dictionary's own entry for a word under a reading."""
    nodes = analyser().analyze_mecab_candidates(text, ((0, len(text)),))["nodes"]
    found = (node for node in nodes if node["surface"] == text and not node["is_unknown"])
    entries = [node["feature"].split(",")[:12] for node in sorted(found, key=lambda node: int(node["word_cost"]))]
    return next((tuple(entry) for entry in entries if len(entry) == 12 and kana in entry[8:10]), None)


def _obey(plain: str, pieces: Sequence[Piece], fixed: Sequence[Fixed], number: int) -> list[Piece]:
    """Puts a written reading in the place of what the analyser found there."""
    entry = fixed[number]
    before = [piece for piece in pieces if piece.end <= entry.start]
    after = [piece for piece in pieces if piece.start >= entry.end]
    over = [piece for piece in pieces if piece.end > entry.start and piece.start < entry.end]
    start = min([entry.start, *(piece.start for piece in over)])
    end = max([entry.end, *(piece.end for piece in over)])
    left, right = plain[start : entry.start], plain[entry.end : end]
    free = all(other.end <= entry.end or other.start >= end for other in fixed)
    if len(over) == 1 and right and not left and free and _inflects(entry.reading, right):
        # The ending of a verb stays with its stem: [行]{おこな}った.
        whole = Fixed(start, end, entry.reading + right)
        return [*before, _written(plain[start:end], whole, number, over[0]), *after]
    return [
        *before,
        *(_moved(left, start) if left else ()),
        _written(plain[entry.start : entry.end], entry, number),
        *(_moved(right, entry.end) if right else ()),
        *after,
    ]


def _inflects(reading: str, ending: str) -> bool:
    """Whether an ending is kana of its own, which do not change the last mora of the reading."""
    whole, stem, rest = (spell(kana) for kana in (reading + ending, reading, ending))
    return bool(whole and stem and rest and whole == stem + rest) and all(map(is_kana, ending))


def _moved(text: str, start: int) -> Iterator[Piece]:
    """What a written reading has cut off a word is read by itself."""
    for piece in _cut(text):
        span = (piece.start + start, piece.end + start)
        yield _piece(piece.morph | {"char_span": span})


def _written(text: str, fixed: Fixed, number: int, verb: Piece | None = None) -> Piece:
    kana = katakana(fixed.reading)
    pron = pronounced(text, fixed.reading)
    fields = verb.morph["features"][1:8] if verb else ["名詞", "一般", "*", "*", "*", "*", text]
    known = _entry(text, kana) or (_entry(hiragana(kana), kana) if verb else None)
    accent, rule = known[10:] if known and known[1] == fields[0] else (f"0/{len(spell(pron) or ())}", "C2")
    fields[3], fields[6] = f"{WRITTEN}{number}", WRITTEN
    # Under its own characters the accent rules might still take it for a number or a counter.
    size = len(spell(pron) or ())
    plain = pron if _KNOWN.fullmatch(pron) else "ア" * size
    features = [WRITTEN, *fields, plain, plain, accent, rule]
    morph = {"surface": WRITTEN, "features": features, "char_span": (fixed.start, fixed.end), "written": pron}
    rest = {"is_unknown": False, "is_ignored": False, "pos_id": 0, "left_id": 0, "right_id": 0, "word_cost": 0}
    more = {"link_cost": 0, "node_cost": 0, "dictionary_index": 0}
    flags = {"is_tsqyomi_selected": False, "is_tsqyomi_target": False}
    return _piece(morph | rest | more | flags)


def pronounced(text: str, reading: str) -> str:
    """A reading as it is said: as the dictionary says that word, else おう and えい as long vowels."""
    kana = katakana(reading)
    known = _entry(text, kana)
    if known and _same_morae(known[9], kana):
        return known[9]
    said = ""
    for mora in spell(kana) or ():
        last = (spell(said) or (mora,))[-1].phones[-1]
        long = said and ((mora.kana == "ウ" and last == "o") or (mora.kana == "イ" and last == "e"))
        said += "ー" if long else mora.kana
    return said


def _same_morae(said: str, written: str) -> bool:
    """Whether a pronunciation is that of the kana but for long vowels: the particle は is not."""
    one, other = spell(said) or (), spell(written) or ()
    return len(one) == len(other) and all(
        mora.kana == "ー" or mora.phones == kana.phones for mora, kana in zip(one, other, strict=True)
    )
