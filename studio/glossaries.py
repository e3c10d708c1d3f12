"""Every browser's own glossary: how its terms are read, in whatever is previewed or said there."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from studio.store import Store
from tts.dubbing.decoding import decode
from tts.errors import TextError
from tts.text.frontend import used_terms
from tts.text.glossary import Entry, Glossary
from tts.text.glossary_file import Fault, sort_out, to_yaml

#: Far more than anybody reads over; every text is looked through for all of them.
MOST_ENTRIES: Final = 5000
LONGEST_TERM: Final = 100
#: An entry as JSON: term, reading, language.
Written = list[str]


class Glossaries:
    """One glossary a browser, with one reading for each term and language; no text is longer than `longest`."""

    def __init__(self, store: Store, longest: int) -> None:
        self._store = store
        self._longest = longest
        self._lock = threading.Lock()

    def of(self, owner: str) -> Glossary:
        return Glossary(tuple(self.entries(owner)))

    def entries(self, owner: str, search: str = "") -> list[Entry]:
        """By term; those in which every word of `search` stands somewhere."""
        kept = self._store.all(owner, "glossary", limit=1)
        found = [Entry(*row) for row in kept[0].content["entries"]] if kept else []
        words = search.casefold().split()
        wanted = [entry for entry in found if all(word in f"{entry.term} {entry.reading}".casefold() for word in words)]
        return sorted(wanted, key=lambda entry: (entry.term.casefold(), entry.language))

    def keep(self, owner: str, entry: Entry, instead: tuple[str, str] | None = None) -> None:
        """Keep a checked entry; it goes over that of its term and language, and over that of the pair `instead`."""
        gone = {_place(entry), *([instead] if instead else ())}
        self._change(owner, gone, [entry])

    def remove(self, owner: str, term: str, language: str) -> None:
        self._change(owner, {(term, language)}, ())

    def take_in(self, owner: str, content: bytes, name: str) -> tuple[int, tuple[Fault, ...]]:
        """Keep the right entries of a file; returns how many there were, and what is wrong with the others."""
        text, _ = decode(content, name)
        entries, faults = sort_out(text.removeprefix("\ufeff"), name, checked_entry)
        self._change(owner, {_place(entry) for entry in entries}, entries)
        return len(entries), faults

    def file(self, owner: str) -> str:
        """The text of a file that `take_in` and the command line's --glossary read."""
        return to_yaml(self.entries(owner))

    def used(self, owner: str, given: Mapping[str, Any]) -> list[Written]:
        """The entries that set a reading in the `text` and `language` of settings; none where its mark-up is wrong."""
        glossary = self.of(owner)
        if not glossary.entries:
            return []
        text, language = str(given.get("text") or "")[: self._longest], str(given.get("language") or "auto")
        try:
            return [[entry.term, entry.reading, entry.language] for entry in used_terms(text, language, glossary)]
        except TextError:
            return []

    def _change(self, owner: str, gone: set[tuple[str, str]], come: Iterable[Entry]) -> None:
        with self._lock:
            kept = self._store.all(owner, "glossary", limit=1)
            rows: Sequence[Written] = kept[0].content["entries"] if kept else ()
            entries = {_place(entry): entry for entry in (Entry(*row) for row in rows) if _place(entry) not in gone}
            entries |= {_place(entry): entry for entry in come}
            if len(entries) > MOST_ENTRIES:
                raise TextError("text_glossary_full", count=len(entries), limit=MOST_ENTRIES)
            written = [[entry.term, entry.reading, entry.language] for entry in entries.values()]
            self._store.put(owner, "glossary", "", {"entries": written}, identity=kept[0].id if kept else "")


def checked_entry(term: object, reading: object, language: str) -> Entry:
    """`TextError` for a term or a reading that is none, or too long."""
    entry = Entry.of(term, reading, language)
    if max(len(entry.term), len(entry.reading)) > LONGEST_TERM:
        raise TextError("text_glossary_long", limit=LONGEST_TERM)
    return entry


def _place(entry: Entry) -> tuple[str, str]:
    return entry.term, entry.language
