"""Things that belong to one browser."""

from studio.shelf import Shelf


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def shelf(discarded: list[str], clock: Clock, per_owner: int = 2, total: int = 3) -> Shelf[str]:
    return Shelf(keep_seconds=10, per_owner=per_owner, total=total, discard=discarded.append, clock=clock)


def test_only_the_owner_finds_a_thing() -> None:
    store = shelf([], Clock())
    name = store.put("anna", "thing")
    assert store.get("anna", name) == "thing"
    assert store.get("bert", name) is None and store.get("anna", "guess") is None
    assert not store.remove("bert", name) and store.remove("anna", name) and not store.remove("anna", name)


def test_what_is_not_used_goes_and_what_is_used_stays() -> None:
    clock, gone = Clock(), []
    store = shelf(gone, clock)
    old, used = store.put("anna", "old"), store.put("anna", "used")
    clock.now = 8
    store.get("anna", used)
    clock.now = 12
    assert store.sweep() == 1 and gone == ["old"]
    assert store.get("anna", old) is None and store.get("anna", used) == "used"


def test_the_longest_unused_makes_room() -> None:
    clock, gone = Clock(), []
    store = shelf(gone, clock)
    for now, (owner, thing) in enumerate(
        [("anna", "a1"), ("anna", "a2"), ("anna", "a3"), ("bert", "b1"), ("bert", "b2")]
    ):
        clock.now = now
        store.put(owner, thing)
    assert gone == ["a1", "a2"] and len(store) == 3


def test_clearing_discards_everything() -> None:
    gone: list[str] = []
    store = shelf(gone, Clock())
    store.put("anna", "a")
    store.put("bert", "b")
    store.clear()
    assert sorted(gone) == ["a", "b"] and len(store) == 0
