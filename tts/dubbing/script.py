"""A script as lines: `A: …`, `甲：…` or `[name] …`, one after the other."""

import re
from collections import Counter
from collections.abc import Collection
from typing import Final

from tts.dubbing.document import Descriptions, Document, Line, Turn, is_known, rows_of, same_name
from tts.dubbing.wording import split_label, without_directions
from tts.errors import TextError
from tts.text.markup import Pause, Plain, parse_markup

# Marks that stand in sentences and in no one's name; a point may: Dr. Smith.
_SENTENCE: Final = re.compile(r"[,，.。!！?？;；、…“”\"«»()（）/](?!\s?[A-Z])")
_WORDS_OF_A_NAME: Final = 4
_LETTERS_OF_A_NAME: Final = 32


def parse_script(text: str, known: Collection[str] = (), descriptions: Descriptions = "drop") -> Document:
    """Rows of a script -> its lines in order, empty rows left out; a row without a name is the last speaker's.

    A name is `known`, or stands before a colon in two rows or more, or in a script of which at least half of the rows
    start with one: “Note: …” in the middle of a story is no speaker. A row of nothing but `[[1.5s]]` is a pause.
    Raises `TextError` text_empty.
    """
    rows = [(number, row.strip()) for number, row in enumerate(rows_of(text), 1) if row.strip()]
    if not rows:
        raise TextError("text_empty")
    labels = [_label(row) for _, row in rows]
    counts = Counter(same_name(label[0]) for label in labels if label)
    plain = sum(label is None and bool(without_directions(row)[0]) and not _pause(row)
                for (_, row), label in zip(rows, labels, strict=True))  # fmt: skip
    dialogue = len(labels) - labels.count(None) >= plain
    lines: list[Line] = []
    speaker, pause = "", 0.0
    for (number, row), label in zip(rows, labels, strict=True):
        if label and (dialogue or counts[same_name(label[0])] > 1 or is_known(label[0], known)):
            speaker, row = label[0], label[1].strip()
        if written := _pause(row):
            pause += written
            continue
        unspoken: tuple[str, ...] = ()
        if descriptions == "drop":
            row, unspoken = without_directions(row)
        turns = (Turn(speaker, row.strip()),) if row.strip() else ()
        if turns or unspoken:
            lines.append(Line(number, turns, None, unspoken, pause if turns else 0.0))
            pause = 0.0 if turns else pause
    if pause:
        lines.append(Line(rows[-1][0], (), None, (), pause))
    if not any(line.turns for line in lines):
        raise TextError("text_empty")
    return Document(tuple(lines))


def _label(row: str) -> tuple[str, str] | None:
    """The name in front of a row and the rest; None where what stands before the colon is no name."""
    found = split_label(row)
    if found is None:
        return None
    name, rest = found
    wordy = len(name.split()) > _WORDS_OF_A_NAME or len(name) > _LETTERS_OF_A_NAME or _SENTENCE.search(name)
    address = rest.startswith("//") or (name[-1:].isdigit() and rest[:1].isdigit())
    return None if wordy or address or not any(letter.isalnum() for letter in name) else found


def _pause(row: str) -> float:
    """The seconds of a row that holds nothing but pauses; 0 for any other."""
    try:
        parts = parse_markup(row)
    except TextError:
        return 0.0  # told with the row, when it is planned
    if all(isinstance(part, Pause) or (isinstance(part, Plain) and not part.text.strip()) for part in parts):
        return sum(part.seconds for part in parts if isinstance(part, Pause))
    return 0.0
