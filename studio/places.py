"""Where in a text, as it was typed, the characters of its reading stand: a reading is of the normalised text."""

import re
from collections.abc import Mapping
from typing import Final

from tts.text.reading import Reading

#: A segment, a word of it, and a character of that.
Spot = tuple[int, int, int]

#: How far the neighbours of a character are compared, and how many of them must agree.
_REACH: Final = 6
_ENOUGH: Final = 2
_MARKED: Final = re.compile(
    r"[\[［【][^\[\]［］【】\n]*[\]］】]\s*[{｛][^{}｛｝\n]*[}｝]|[<＜][^<>＜＞\n]*[|｜][^<>＜＞\n]*[>＞]"
)


class Places:
    """Finds the characters of one reading in the text that it is of."""

    def __init__(self, text: str, reading: Reading) -> None:
        self._text = text
        self._said = "".join(word.text for segment in reading.segments for word in segment.words)
        self._number_of: dict[Spot, int] = {}
        count = 0
        for place, segment in enumerate(reading.segments):
            for number, word in enumerate(segment.words):
                for letter in range(len(word.text)):
                    self._number_of[place, number, letter] = count
                    count += 1
        self._marked = [mark.span() for mark in _MARKED.finditer(text)]
        self._found: dict[str, Mapping[int, int]] = {}

    def of(self, spot: Spot) -> int | None:
        """The place in the text in characters; None where it is not certain, or where a reading is written already."""
        number = self._number_of[spot]
        character = self._said[number]
        if character not in self._found:
            self._found[character] = self._match(character)
        place = self._found[character].get(number)
        if place is None or any(start <= place < end for start, end in self._marked):
            return None
        return place

    def _match(self, character: str) -> Mapping[int, int]:
        """As many in the text as are said: one by one. Else by their neighbours, where these leave no doubt."""
        said = [mark.start() for mark in re.finditer(re.escape(character), self._said)]
        written = [mark.start() for mark in re.finditer(re.escape(character), self._text)]
        if len(said) == len(written):
            return dict(zip(said, written, strict=True))
        found: dict[int, int] = {}
        for number in said:
            likeness = sorted(((self._likeness(number, place), place) for place in written), reverse=True)[:2]
            alone = len(likeness) == 1 or (len(likeness) == 2 and likeness[0][0] > likeness[1][0])
            if alone and likeness[0][0] >= _ENOUGH:
                found[number] = likeness[0][1]
        return found

    def _likeness(self, number: int, place: int) -> int:
        before = zip(reversed(self._said[max(0, number - _REACH) : number]),
                     reversed(self._text[max(0, place - _REACH) : place]), strict=False)  # fmt: skip
        after = zip(self._said[number + 1 : number + 1 + _REACH], self._text[place + 1 : place + 1 + _REACH],
                    strict=False)  # fmt: skip
        return sum(_agreeing(list(pairs)) for pairs in (before, after))


def _agreeing(pairs: list[tuple[str, str]]) -> int:
    return next((count for count, (one, other) in enumerate(pairs) if one != other), len(pairs))
