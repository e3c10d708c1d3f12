"""Which language each stretch of a text is in: the language whose reader takes its Han, and says its numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from tts.text.letters import HAN, is_han, is_hangul, is_kana

#: A sentence as far as its language goes; a point inside an abbreviation does no harm here.
_SENTENCE: Final = re.compile(r".*?(?:(?:[。！？\n…]|[!?]+(?![A-Za-z0-9/&=%]))+|\.(?=[\s\"”’)]|$)|$)", re.S)
_LATIN_WORD: Final = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}|\b[aI]\b")
#: Words that only a stretch of English has; names and brands in a Chinese sentence have none of them.
_FUNCTION: Final = re.compile(
    r"\b(?:the|a|an|is|are|was|were|am|be|of|to|in|on|at|by|and|or|for|from|with|have|has|had|do|does|did|not|you|we|"
    r"they|he|she|it|my|your|his|her|our|this|that|will|would|can|could|what|how|I|I'm|don't)\b"
)
_CLAUSE: Final = re.compile(
    r"[A-Za-z][A-Za-z'’.-]*(?:[ ,]+(?:[A-Za-z][A-Za-z'’.-]*|[$€£]?\d[\d.,:/%-]*[A-Za-z°]*))*[.!?]?"
)
_CLAUSE_MARK: Final = re.compile(r"[，,、；;：:（）()]")
_HAN_RUN: Final = re.compile(f"[{HAN}々]+")
#: Words of everyday Chinese that no Japanese text writes like this, in characters that Japanese has too.
_CHINESE_WORDS: Final = re.compile(
    r"你|他[是的在有]|我[是的在有也想要不]|不是|都是|就是|是[一不在有]|很[多大小好高]|什么|一[个個]|[在有]了|的是"
)
#: Kana without which a Han run is hardly Japanese: its particles and endings.
_OKURIGANA: Final = re.compile(r"[\u3041-\u3096]")


@dataclass(frozen=True, slots=True)
class Span:
    """The characters from `start` to `end` are in `language`."""

    start: int
    end: int
    language: str


def spans(text: str, language: str = "auto") -> tuple[Span, ...]:
    """Cuts a text into stretches of one language, which together cover it.

    `language` leads where the text itself does not tell; kana, Hangul and Latin words keep their own language whatever
    it says. A single Latin word is part of the sentence around it; only a clause of English counts its own numbers.
    """
    leading = language if language != "auto" else dominant(text)
    marks: list[str] = []
    for sentence in _SENTENCE.finditer(text):
        if sentence.end() > sentence.start():
            marks += _marks(sentence[0], leading)
    found, start = [], 0
    for name, run in groupby(marks):
        end = start + sum(1 for _ in run)
        found.append(Span(start, end, name))
        start = end
    return tuple(found)


def dominant(text: str) -> str:
    """The language of most of a text; zh where there are no letters at all."""
    han, latin = sum(map(is_han, text)), len(_LATIN_WORD.findall(text))
    kana, hangul = sum(map(is_kana, text)), sum(map(is_hangul, text))
    chinese = _surely_chinese(text)
    if kana > han / 4 and not chinese:
        han, kana = 0, han + kana
    # Among Chinese, kana are mostly one borrowed word, and it is long.
    counts = {"zh": han, "en": latin, "ja": kana / 2 if chinese else kana, "ko": hangul}
    return max(counts, key=lambda name: counts[name])


def _marks(sentence: str, leading: str) -> list[str]:
    """A language for each character of a sentence."""
    letters = _letters(sentence, leading)
    spoken = {name for name in letters if name}
    if not spoken:
        latin = len(_LATIN_WORD.findall(sentence))
        # One word without a space may be an address or a formula, which any language says in its own way.
        several = " " in sentence.strip() and (latin > 2 or (latin and _FUNCTION.search(sentence)))
        english = several or leading == "en"
        return ["en" if english else leading] * len(sentence)
    if _is_english(sentence, letters):
        return [name or "en" for name in letters]
    for clause in _CLAUSE.finditer(sentence):
        if len(_LATIN_WORD.findall(clause[0])) >= 3 and _FUNCTION.search(clause[0]):
            letters[clause.start() : clause.end()] = ["en"] * len(clause[0])
    return _filled(sentence, letters)


def _is_english(sentence: str, letters: Sequence[str | None]) -> bool:
    """Whether a sentence is English around a few words of another language."""
    latin = len(_LATIN_WORD.findall(sentence))
    others = sum(name is not None for name in letters)
    return latin > others and _FUNCTION.search(sentence) is not None


def _letters(sentence: str, leading: str) -> list[str | None]:
    """The language of each Han, kana and Hangul character; None for the rest."""
    marks: list[str | None] = ["ja" if is_kana(letter) else "ko" if is_hangul(letter) else None for letter in sentence]
    japanese = "ja" in marks
    start = 0
    for stop in [*(mark.end() for mark in _CLAUSE_MARK.finditer(sentence)), len(sentence)]:
        clause = sentence[start:stop]
        runs = [(start + run.start(), start + run.end()) for run in _HAN_RUN.finditer(clause)]
        chinese = [_surely_chinese(sentence[first:last]) for first, last in runs]
        for (first, last), sure in zip(runs, chinese, strict=True):
            if not japanese:
                name = "ja" if leading == "ja" and not sure else "zh"
            elif sure or (any(chinese) and not _OKURIGANA.match(sentence[last : last + 1])):
                name = "zh"
            else:
                name = "ja" if any(map(is_kana, clause)) or leading == "ja" or not any(chinese) else "zh"
            marks[first:last] = [name] * (last - first)
        start = stop
    return marks


def _surely_chinese(han: str) -> bool:
    """Whether Japanese does not write this: a character outside JIS X 0208, or an everyday word of Chinese."""
    return _CHINESE_WORDS.search(han) is not None or any(is_han(letter) and not _in_jis(letter) for letter in han)


def _in_jis(letter: str) -> bool:
    try:
        # The newer standard has 𠮟, but among its characters of the basic plane are many of Chinese alone.
        letter.encode("euc_jis_2004" if ord(letter) > 0xFFFF else "cp932")
    except UnicodeEncodeError:
        return False
    return True


def _filled(sentence: str, letters: Sequence[str | None]) -> list[str]:
    """Gives what stands between two languages to the one it touches, else to the one before."""
    filled: list[str] = []
    last: str | None = None
    place = 0
    for name, length in _runs(letters):
        gap = sentence[place : place + length]
        if name is not None:
            filled += [name] * length
            last = name
        else:
            after = letters[place + length] if place + length < len(letters) else None
            before = last or after or "zh"
            cut = _cut(gap) if after and after != before else length
            filled += [before] * cut + [after or before] * (length - cut)
        place += length
    return filled


def _runs(letters: Sequence[str | None]) -> Iterator[tuple[str | None, int]]:
    for name, run in groupby(letters):
        yield name, sum(1 for _ in run)


def _cut(gap: str) -> int:
    """Where a gap goes over to what follows: before the last thing in it that is written without a space."""
    tail = re.search(r"[^\s,，、;；:：()（）]*$", gap)
    return tail.start() if tail else len(gap)
