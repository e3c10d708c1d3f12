"""Golden cases: each line of `golden/*.tsv` is a text, what it becomes ("=" for no change), how it is said, and why."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tts.text.frontend import read
from tts.text.phones import LANGUAGES
from tts.text.reading import Reading, Word

GOLDEN = Path(__file__).parent / "golden"


def spoken(reading: Reading) -> str:
    """Segments parted by " // ", words by " / ", Mandarin syllables by "-", English phones by a space."""
    segments = ([_said(word) for word in segment.words if word.phones] for segment in reading.segments)
    return " // ".join(" / ".join(words) for words in segments)


def _said(word: Word) -> str:
    return "-".join(_syllables(word)) if word.language == "zh" else " ".join(word.phones)


def _syllables(word: Word) -> Iterator[str]:
    syllable = ""
    for phone in word.phones:
        syllable += phone
        if phone[-1].isdigit():
            yield syllable
            syllable = ""


def cases(language: str) -> list[tuple[str, str, str]]:
    with (GOLDEN / f"{language}.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(row["reason"] for row in rows)
    return [(row["text"], row["normalized"], row["said"]) for row in rows]


@pytest.mark.parametrize(
    ("language", "text", "normalized", "said"), [(name, *case) for name in LANGUAGES for case in cases(name)]
)
def test_a_text_is_read_as_a_speaker_would(language: str, text: str, normalized: str, said: str) -> None:
    reading = read(text, language)
    assert (reading.normalized, spoken(reading)) == (text if normalized == "=" else normalized, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_normalised_text_normalises_to_itself(language: str) -> None:
    for text, _, _ in cases(language):
        if not set(text) & set("[]{}<>|"):  # mark-up is gone from what is normalised
            once = read(text, language).normalized
            assert read(once, language).normalized == once
