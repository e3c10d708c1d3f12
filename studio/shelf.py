"""Things that belong to one browser: found by their owner only, and gone after a while."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass
class _Place(Generic[Thing]):
    owner: str
    thing: Thing
    used: float


class Shelf(Generic[Thing]):
    """A bounded, forgetful store of one kind of thing.

    `keep_seconds` counts from the last use. An owner has at most `per_owner` things and all owners together `total`;
    the one unused for longest makes room. `discard` is called with each thing that leaves. Safe across threads.
    """

    def __init__(
        self,
        *,
        keep_seconds: float,
        per_owner: int,
        total: int,
        discard: Callable[[Thing], None] = lambda thing: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keep_seconds = keep_seconds
        self._per_owner = per_owner
        self._total = total
        self._discard = discard
        self._clock = clock
        self._places: dict[str, _Place[Thing]] = {}
        self._lock = threading.Lock()

    def put(self, owner: str, thing: Thing) -> str:
        """Keep a thing and return its id, which cannot be guessed."""
        name = secrets.token_urlsafe(16)
        with self._lock:
            leaving = self._make_room(owner)
            self._places[name] = _Place(owner, thing, self._clock())
        self._let_go(leaving)
        return name

    def get(self, owner: str, name: str) -> Thing | None:
        """The thing, for its owner; None for anybody else, as if it were not there."""
        with self._lock:
            place = self._places.get(name)
            if place is None or place.owner != owner:
                return None
            place.used = self._clock()
            return place.thing

    def all(self, owner: str) -> list[Thing]:
        """The owner's things."""
        with self._lock:
            return [place.thing for place in self._places.values() if place.owner == owner]

    def remove(self, owner: str, name: str) -> bool:
        """Let one thing go; False where its owner has none of that name."""
        with self._lock:
            place = self._places.get(name)
            if place is None or place.owner != owner:
                return False
            del self._places[name]
        self._let_go([place.thing])
        return True

    def sweep(self) -> int:
        """Let go what was not used for too long; returns how many went."""
        oldest = self._clock() - self._keep_seconds
        with self._lock:
            names = [name for name, place in self._places.items() if place.used < oldest]
            leaving = [self._places.pop(name).thing for name in names]
        self._let_go(leaving)
        return len(leaving)

    def clear(self) -> None:
        with self._lock:
            leaving = [place.thing for place in self._places.values()]
            self._places.clear()
        self._let_go(leaving)

    def __len__(self) -> int:
        return len(self._places)

    def _make_room(self, owner: str) -> list[Thing]:
        by_use = sorted(self._places, key=lambda name: self._places[name].used)
        own = [name for name in by_use if self._places[name].owner == owner]
        names = own[: max(0, len(own) - self._per_owner + 1)]
        others = [name for name in by_use if name not in names]
        names += others[: max(0, len(others) - self._total + 1)]
        return [self._places.pop(name).thing for name in names]

    def _let_go(self, things: list[Thing]) -> None:
        for thing in things:
            self._discard(thing)
