"""The text as it will be said: pinyin over characters, phones on demand."""

from collections.abc import Container, Sequence
from html import escape
from itertools import pairwise
from typing import Final

from studio.plots import clock
from studio.words import LANGUAGE_TAGS
from tts.text.reading import Reading, Segment, Word
from tts.timings import SegmentTiming

_MARKS: Final = {"a": "āáǎàa", "e": "ēéěèe", "i": "īíǐìi", "o": "ōóǒòo", "u": "ūúǔùu", "v": "ǖǘǚǜü"}
_TAGS: Final = {"zh": LANGUAGE_TAGS["zh"], "en": "en", "ja": "ja", "ko": "ko"}


def spoken_rows(
    reading: Reading,
    timings: Sequence[SegmentTiming],
    play: str,
    again: tuple[str, str] = ("", ""),
    anew: Container[int] = (),
) -> str:
    """HTML list of the segments, each with a button that plays it, labelled `play`, and those that say it `again`, once
    and in several ways.

    Those `anew` are marked; without labels for them there are no buttons for it.
    """
    rows = []
    for place, segment in enumerate(reading.segments):
        timing = timings[place] if place < len(timings) else None
        start, end = (timing.start, timing.end) if timing else (0.0, 0.0)
        rows.append(
            f'<li data-start="{start:.3f}" data-end="{end:.3f}">'
            f'<button type="button" class="yn-seek" data-seek="{start:.3f}" aria-label="{escape(play)} {place + 1}">'
            f"{clock(start)}</button>{spoken_line(segment)}{_again(place, again, place in anew)}</li>"
        )
    return f'<ol class="yn-spoken">{"".join(rows)}</ol>'


def spoken_line(segment: Segment) -> str:
    """One segment as HTML: characters with the tones they are really said with above them."""
    parts = []
    for before, word in pairwise([None, *segment.words]):
        assert word is not None
        if before is not None and _needs_space(before, word):
            parts.append(" ")
        parts.append(_word(word))
    return f"<p>{''.join(parts)}</p>"


def _again(place: int, labels: tuple[str, str], anew: bool) -> str:
    once, several = map(escape, labels)
    if not once:
        return ""
    strong = " yn-strong" if anew else ""
    return (
        f'<span class="yn-again"><button type="button" class="yn-button yn-small{strong}" data-again="{place}" '
        f'aria-label="{once} {place + 1}">{once}</button><button type="button" class="yn-button yn-small" '
        f'data-several="{place}" aria-label="{several} {place + 1}" title="{several}">×3</button></span>'
    )


def phone_lines(reading: Reading) -> str:
    """Every segment's phones as HTML, words parted by dots."""
    lines = []
    for segment in reading.segments:
        words = [" ".join(word.phones) for word in segment.words if word.phones]
        lines.append(f"<p>{escape(' · '.join(words))}</p>")
    return "".join(lines)


def syllables_of(word: Word) -> tuple[str, ...]:
    """Pinyin of a Mandarin word as it is said, a syllable a character; empty where it cannot be matched.

    The letters are the dictionary's, the tones those of the phones: 你好 gives ("ni2", "hao3").
    """
    if word.pinyin is None or len(word.pinyin) != len(word.text):
        return ()
    tones = [phone[-1] for phone in word.phones if phone[-1].isdigit()]
    if len(tones) != len(word.pinyin):
        return word.pinyin
    return tuple(syllable.rstrip("12345") + tone for syllable, tone in zip(word.pinyin, tones, strict=True))


def pinyin_of(word: Word) -> tuple[str, ...]:
    """The same with marks for the tones, and the 儿 that only colours the syllable before it as r."""
    erhua = "儿" in word.text[1:] and any(phone[:-1] == "r" for phone in word.phones)
    return tuple(
        "r" if erhua and place and word.text[place] == "儿" else toned(syllable)
        for place, syllable in enumerate(syllables_of(word))
    )


def toned(syllable: str) -> str:
    """`zhong4` -> `zhòng`, `lv3` -> `lǚ`: the mark goes over a or e, over the o of ou, else over the last vowel."""
    letters, tone = syllable.rstrip("12345"), syllable[-1:]
    if not tone.isdigit():
        return letters.replace("v", "ü")
    vowels = [place for place, letter in enumerate(letters) if letter in _MARKS]
    if not vowels:
        return letters
    place = next((place for place in vowels if letters[place] in "ae"), vowels[-1])
    if "ou" in letters:
        place = letters.index("ou")
    marked = letters[:place] + _MARKS[letters[place]][int(tone) - 1] + letters[place + 1 :]
    return marked.replace("v", "ü")


def _word(word: Word) -> str:
    if not word.phones:
        return f'<span class="yn-mark">{escape(word.text)}</span>'
    readings = pinyin_of(word)
    tag = _TAGS.get(word.language or "", "")
    inside = (
        "".join(
            f"<ruby>{escape(sign)}<rt>{escape(sound)}</rt></ruby>"
            for sign, sound in zip(word.text, readings, strict=True)
        )
        if readings
        else escape(word.text)
    )
    return f'<span class="yn-word" lang="{tag}" title="{escape(" ".join(word.phones))}">{inside}</span>'


def _needs_space(before: Word, word: Word) -> bool:
    """Between words of alphabets, and after their punctuation; Chinese and Japanese run on."""
    if not word.phones:
        return False
    spaced = {"en", "ko"}
    if before.phones:
        return before.language in spaced or word.language in spaced
    return word.language in spaced
