"""Long work in steps, between which others may use the synthesizer."""

from collections.abc import Generator
from typing import TypeVar

Found = TypeVar("Found")

#: Goes on at every `next`; what it finds in the end is the value of its `StopIteration`.
Steps = Generator[None, None, Found]


def finished(steps: Steps[Found]) -> Found:
    """What steps find, one after the other without a pause."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Found = end.value
            return found
