"""Who owns what: found by its owner only, searched, counted, let go in the right order, still there tomorrow."""

from pathlib import Path

import pytest

from studio.store import Store


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Store:
    return Store(tmp_path / "studio.sqlite", clock)


def test_only_the_owner_finds_changes_and_removes_a_thing(store: Store) -> None:
    thing = store.put("anna", "take", "hello", {"also": "x"})
    assert store.get("anna", "take", thing.id) == thing
    assert store.get("bert", "take", thing.id) is None and store.get("anna", "voice", thing.id) is None
    assert not store.change("bert", "take", thing.id, note="mine") and not store.remove("bert", "take", thing.id)
    assert store.change("anna", "take", thing.id, note="fine", starred=True)
    found = store.get("anna", "take", thing.id)
    assert found is not None and (found.note, found.starred) == ("fine", True)
    assert store.remove("anna", "take", thing.id) and store.all("anna", "take") == []


def test_everything_is_there_after_a_restart_and_no_owner_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "studio.sqlite"
    first = Store(path)
    first.put("a-secret-name", "voice", "小明", {"tags": ["温柔"]}, size=9)
    first.close()
    second = Store(path)
    assert [(thing.name, thing.content) for thing in second.all("a-secret-name", "voice")] == [
        ("小明", {"tags": ["温柔"]})
    ]
    second.close()
    assert b"a-secret-name" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_every_word_is_searched_for_in_name_note_and_also_and_signs_are_only_signs(store: Store) -> None:
    for name, also in (("你好，世界", "anna.wav"), ("100%", "bert.wav"), ("100 times", "anna.wav")):
        store.put("o", "take", name, {"also": also, "text": "secret"})
    store.change("o", "take", store.all("o", "take")[0].id, note="Later")

    def found(search: str) -> list[str]:
        return [thing.name for thing in store.all("o", "take", search=search)]

    assert (
        found("世界") == ["你好，世界"] and found("100%") == ["100%"] and found("ANNA") == ["100 times", "你好，世界"]
    )
    assert found("later 100") == ["100 times"] and found("secret") == [] and found("_") == [] and found("'") == []


def test_things_come_newest_first_page_by_page_and_with_stars_alone(store: Store) -> None:
    things = [store.put("o", "take", str(number), {}) for number in range(5)]
    page = store.all("o", "take", limit=2)
    assert [thing.name for thing in page] == ["4", "3"]
    assert [thing.name for thing in store.all("o", "take", limit=2, before=page[-1].made)] == ["2", "1"]
    store.change("o", "take", things[0].id, starred=True)
    assert [thing.name for thing in store.all("o", "take", starred=True)] == ["0"]


def test_room_is_made_by_the_oldest_without_a_star(store: Store) -> None:
    things = [store.put("o", "take", str(number), {}, size=10) for number in range(4)]
    store.put("other", "take", "x", {}, size=10)
    store.change("o", "take", things[0].id, starred=True)
    assert store.use("o").bytes == 40 and store.use().count == 5
    assert store.surplus("take", 15, "o") == [things[1].id, things[2].id] and store.surplus("take", 0) == []
    assert len(store.surplus("take", 999, "o")) == 3


def test_what_is_overdue_is_found_whoever_owns_it(store: Store, clock: Clock) -> None:
    old, starred = store.put("o", "take", "old", {}), store.put("p", "take", "kept", {})
    store.change("p", "take", starred.id, starred=True)
    clock.now += 100
    store.put("o", "take", "new", {})
    assert store.overdue("take", 50) == [old.id]
    store.drop([old.id])
    assert [thing.name for thing in store.all("o", "take")] == ["new"]


def test_jobs_that_never_ended_are_ended_once(store: Store) -> None:
    for name, ended in (("a", ""), ("b", "done")):
        store.put("o", "job", "", {"ended": ended}, identity=name)
    assert store.end_unfinished({"ended": "failed", "code": "x"}) == 1 and store.end_unfinished({"ended": "x"}) == 0
    job = store.get("o", "job", "a")
    assert job is not None and job.content == {"ended": "failed", "code": "x"}
    store.put("o", "job", "", {"ended": ""}, identity="b", over=False)
    job = store.get("o", "job", "b")
    assert job is not None and job.content["ended"] == "done"
