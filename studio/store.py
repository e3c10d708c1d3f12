"""Who owns what, and what lasts: one SQLite file under the data folder.

Everything that a browser has here is a `Thing` of one kind, found by its owner only. The file holds no owner's name,
which is the key to all of it, but the name's hash.
"""

import hashlib
import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

Kind = Literal["take", "voice", "preset", "job", "batch", "dub", "glossary", "export", "reference"]

#: In seconds.
DAY: Final = 24 * 3600.0
_VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE things (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, kind TEXT NOT NULL, made REAL NOT NULL, name TEXT NOT NULL,
    bytes INTEGER NOT NULL, starred INTEGER NOT NULL, note TEXT NOT NULL, content TEXT NOT NULL
);
CREATE INDEX things_of_owner ON things (owner, kind, made);
CREATE INDEX things_by_age ON things (kind, made);
"""
# A file is written before its thing is noted; another process may be at it.
_STRAY_SECONDS: Final = 3600.0
_COLUMNS: Final = "id, kind, made, name, bytes, starred, note, content"


@dataclass(frozen=True)
class Thing:
    """One thing of one owner. `made` is a time of day in seconds; `bytes` what it takes on the disk."""

    id: str
    kind: str
    made: float
    name: str
    bytes: int
    starred: bool
    note: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Use:
    """How many things there are, and what they take."""

    count: int
    bytes: int


class Store:
    """The things of all owners. Safe across threads; `close` when done."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._clock = clock
        self._lock = threading.RLock()
        # Commits itself; every change here is one statement.
        self._base = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._base.execute("PRAGMA journal_mode = WAL")
        if self._base.execute("PRAGMA user_version").fetchone()[0] < _VERSION:
            self._base.executescript(_SCHEMA + f"PRAGMA user_version = {_VERSION};")

    def close(self) -> None:
        with self._lock:
            self._base.close()

    def put(
        self,
        owner: str,
        kind: Kind,
        name: str,
        content: Mapping[str, Any],
        *,
        identity: str = "",
        size: int = 0,
        over: bool = True,
    ) -> Thing:
        """Keep a thing, under an id that cannot be guessed unless one is given.

        It goes over an older one of that id, unless `over` is False: then the older one stays.
        """
        thing = Thing(identity or secrets.token_urlsafe(16), kind, self._clock(), name, size, False, "", content)
        row = (thing.id, _hashed(owner), kind, thing.made, name, size, 0, "", json.dumps(content, ensure_ascii=False))
        self._run(f"INSERT OR {'REPLACE' if over else 'IGNORE'} INTO things VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        return thing

    def get(self, owner: str, kind: Kind, identity: str) -> Thing | None:
        """The thing, for its owner; None for anybody else, as if it were not there."""
        found = self._things("owner = ? AND kind = ? AND id = ?", (_hashed(owner), kind, identity))
        return found[0] if found else None

    def all(
        self,
        owner: str,
        kind: Kind,
        *,
        search: str = "",
        starred: bool = False,
        before: float | None = None,
        limit: int = -1,
    ) -> list[Thing]:
        """The owner's things, the newest first; `search` for words in the name, the note, or `also` of the content."""
        where: list[str] = ["owner = ?", "kind = ?"]
        values: list[str | float] = [_hashed(owner), kind]
        for word in search.split():
            where.append(
                "(name LIKE ? ESCAPE '!' OR note LIKE ? ESCAPE '!'"
                " OR COALESCE(json_extract(content, '$.also'), '') LIKE ? ESCAPE '!')"
            )
            values += [_pattern(word)] * 3
        if starred:
            where.append("starred")
        if before is not None:
            where.append("made < ?")
            values.append(before)
        return self._things(" AND ".join(where), values, limit)

    def change(
        self,
        owner: str,
        kind: Kind,
        identity: str,
        *,
        name: str | None = None,
        starred: bool | None = None,
        note: str | None = None,
        content: Mapping[str, Any] | None = None,
        size: int | None = None,
    ) -> bool:
        """Change what is given; False where the owner has no such thing."""
        written = None if content is None else json.dumps(content, ensure_ascii=False)
        given = {"name": name, "starred": starred, "note": note, "content": written, "bytes": size}
        changes = {column: value for column, value in given.items() if value is not None}
        if not changes:
            return self.get(owner, kind, identity) is not None
        assigned = ", ".join(f"{column} = ?" for column in changes)
        values = (*changes.values(), _hashed(owner), kind, identity)
        return self._run(f"UPDATE things SET {assigned} WHERE owner = ? AND kind = ? AND id = ?", values) > 0

    def touch(self, owner: str, kind: Kind, identity: str, seconds: float) -> None:
        """Count a thing's age from now, if it is older than so many seconds."""
        now = self._clock()
        values = (now, _hashed(owner), kind, identity, now - seconds)
        self._run("UPDATE things SET made = ? WHERE owner = ? AND kind = ? AND id = ? AND made < ?", values)

    def contents(self, kind: Kind) -> list[Mapping[str, Any]]:
        """What is known of every thing of one kind, whoever's."""
        return [thing.content for thing in self._things("kind = ?", (kind,))]

    def remove(self, owner: str, kind: Kind, identity: str) -> bool:
        values = (_hashed(owner), kind, identity)
        return self._run("DELETE FROM things WHERE owner = ? AND kind = ? AND id = ?", values) > 0

    def clear_strays(self, folder: Path) -> None:
        """Make a folder of files that are named by ids, and clear away those that belong to nothing and are no news."""
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            if path.stat().st_mtime < self._clock() - _STRAY_SECONDS and not self._things("id = ?", (path.stem,)):
                path.unlink(missing_ok=True)

    def drop(self, identities: Sequence[str]) -> None:
        """Let things of any owner go: what `overdue` and `surplus` found."""
        for identity in identities:
            self._run("DELETE FROM things WHERE id = ?", (identity,))

    def use(self, owner: str | None = None, kinds: Sequence[Kind] = ("take", "voice", "dub")) -> Use:
        """What one owner's things take, or everybody's."""
        where, values = _among(kinds)
        if owner is not None:
            where, values = f"{where} AND owner = ?", [*values, _hashed(owner)]
        with self._lock:
            count, size = self._base.execute(
                f"SELECT COUNT(*), COALESCE(SUM(bytes), 0) FROM things WHERE {where}", values
            ).fetchone()
        return Use(count, size)

    def overdue(self, kind: Kind, seconds: float) -> list[str]:
        """Ids of the things without a star, whoever's, that are older than so many seconds."""
        found = self._things("kind = ? AND NOT starred AND made < ?", (kind, self._clock() - seconds))
        return [thing.id for thing in found]

    def surplus(self, kind: Kind, size: int, owner: str | None = None) -> list[str]:
        """Ids of the oldest things without a star that must go to make `size` bytes of room, or all there are."""
        where, values = ["kind = ?", "NOT starred"], [str(kind)]
        if owner is not None:
            where.append("owner = ?")
            values.append(_hashed(owner))
        leaving: list[str] = []
        if size <= 0:
            return leaving
        for thing in reversed(self._things(" AND ".join(where), values)):
            leaving.append(thing.id)
            size -= thing.bytes
            if size <= 0:
                break
        return leaving

    def end_unfinished(self, content: Mapping[str, Any]) -> int:
        """Say of every job that was never ended how it ended: the process that did it is gone."""
        jobs = [thing for thing in self._things("kind = 'job'", ()) if not thing.content.get("ended")]
        for job in jobs:
            written = json.dumps({**job.content, **content}, ensure_ascii=False)
            self._run("UPDATE things SET content = ? WHERE id = ?", (written, job.id))
        return len(jobs)

    def _things(self, where: str, values: Sequence[Any], limit: int = -1) -> list[Thing]:
        with self._lock:
            rows = self._base.execute(
                f"SELECT {_COLUMNS} FROM things WHERE {where} ORDER BY made DESC, rowid DESC LIMIT ?", (*values, limit)
            ).fetchall()
        return [Thing(row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6], json.loads(row[7])) for row in rows]

    def _run(self, statement: str, values: Sequence[Any]) -> int:
        with self._lock:
            return self._base.execute(statement, values).rowcount


def _hashed(owner: str) -> str:
    return hashlib.sha256(owner.encode()).hexdigest()


def _pattern(word: str) -> str:
    for sign in "!%_":
        word = word.replace(sign, f"!{sign}")
    return f"%{word}%"


def _among(kinds: Sequence[Kind]) -> tuple[str, list[Any]]:
    return f"kind IN ({', '.join('?' * len(kinds))})", list(kinds)
