"""Files of glossaries: lines "term = reading", YAML or JSON; read with every wrong entry named, and written."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from tts.errors import TextError
from tts.text.characters import shown
from tts.text.glossary import Entry, Glossary, section_of
from tts.text.phones import LANGUAGES

_SECTION: Final = re.compile(r"\[\s*(\w+|\*)\s*\]")


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of a file that is no entry, counted from 1, and what is wrong with it."""

    line: int
    error: TextError


@dataclass(frozen=True, slots=True)
class _Written:
    """What stands in a line for an entry; of a tree, a term or a reading may be anything."""

    line: int
    term: object
    reading: object
    language: str


#: Makes an entry of a term, a reading and a language, or raises a TextError.
Make = Callable[[object, object, str], Entry]


def parse_glossary(text: str) -> Glossary:
    """From lines "term = reading" (or a tab between). `[ja]` opens the section of a language, `[*]` that of all.

    Empty lines and those after `#` are left out. Raises TextError that names the line: text_glossary_line (line,
    written), text_glossary_reading.
    """
    return Glossary(tuple(_entries(_made(_of_lines(text)))))


def load_glossary(*paths: Path | None) -> Glossary:
    """From files in UTF-8, of which a later one holds over those before it; None for no file.

    .yaml, .yml and .json hold what `Glossary.of` takes, any other file what `parse_glossary` takes. Raises TextError:
    text_file, text_glossary (path, line), text_glossary_entry, text_glossary_reading.
    """
    return Glossary(tuple(entry for path in paths if path for entry in _load(path)))


def sort_out(text: str, name: str, make: Make = Entry.of) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """The entries of a file's text, and its faults; the ending of the file's `name` tells how it is written."""
    found = list(_made(_of_file(text, name), make))
    faults = tuple(piece for piece in found if isinstance(piece, Fault))
    return tuple(piece for piece in found if isinstance(piece, Entry)), faults


def to_yaml(entries: Iterable[Entry]) -> str:
    """The text of a .yaml file with these entries."""
    sections: dict[str, dict[str, str]] = {}
    for entry in entries:
        sections.setdefault(entry.language or "*", {})[entry.term] = entry.reading
    return yaml.safe_dump(sections, allow_unicode=True, sort_keys=False, width=1000) if sections else ""


def _load(path: Path) -> list[Entry]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise TextError("text_file", path=str(path)) from None
    try:
        return list(_entries(_made(_of_file(text, str(path)))))
    except TextError as error:
        if error.code == "text_glossary_line":
            raise TextError("text_glossary", path=str(path), line=error.details["line"]) from None
        raise


def _entries(found: Iterable[Entry | Fault]) -> Iterator[Entry]:
    for piece in found:
        if isinstance(piece, Fault):
            raise piece.error
        yield piece


def _of_file(text: str, name: str) -> Iterator[_Written | Fault]:
    ending = Path(name).suffix.lower()
    if ending in (".yaml", ".yml"):
        return _of_yaml(text, name)
    return _of_json(text, name) if ending == ".json" else _of_lines(text)


def _of_lines(text: str) -> Iterator[_Written | Fault]:
    language = ""
    for number, line in enumerate(map(str.strip, text.split("\n")), 1):
        if not line or line.startswith("#"):
            continue
        section = _SECTION.fullmatch(line)
        if section and section[1] in (*LANGUAGES, "*"):
            language = section_of(section[1])
            continue
        # A reading has no equals sign, though a term may.
        term, _, reading = line.partition("\t") if "\t" in line else line.replace("＝", "=").rpartition("=")
        if not term.strip() or not reading.strip():
            yield Fault(number, TextError("text_glossary_line", line=number, written=shown(line)))
        else:
            yield _Written(number, term, reading, language)


def _of_yaml(text: str, name: str) -> Iterator[_Written | Fault]:
    try:
        # All scalars stay text: a term may be `on`, `no` or 5.
        loader = yaml.BaseLoader(text)
        tree = loader.get_single_node()
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        yield Fault(line, TextError("text_glossary", path=name, line=line))
        return
    if tree is None or tree.value == "":
        return
    if not isinstance(tree, yaml.MappingNode):
        yield Fault(1, TextError("text_glossary", path=name, line=1))
        return
    for key, value in tree.value:
        inside = isinstance(value, yaml.MappingNode) and key.value in (*LANGUAGES, "*")
        for term, reading in value.value if inside else ((key, value),):
            language = section_of(key.value) if inside else ""
            yield _Written(term.start_mark.line + 1, term.value, reading.value, language)


def _of_json(text: str, name: str) -> Iterator[_Written | Fault]:
    try:
        content: Any = json.loads(text or "{}")
    except json.JSONDecodeError as error:
        yield Fault(error.lineno, TextError("text_glossary", path=name, line=error.lineno))
        return
    except (RecursionError, ValueError):
        # Too deep, or a number too long.
        content = 0
    if content is None or content == "":
        return
    if not isinstance(content, Mapping):
        yield Fault(1, TextError("text_glossary", path=name, line=1))
        return
    for key, value in content.items():
        inside = isinstance(value, Mapping) and key in (*LANGUAGES, "*")
        for term, reading in value.items() if inside else ((key, value),):
            written = max(0, text.find(json.dumps(term, ensure_ascii=False)))
            yield _Written(1 + text.count("\n", 0, written), term, reading, section_of(key) if inside else "")


def _made(found: Iterable[_Written | Fault], make: Make = Entry.of) -> Iterator[Entry | Fault]:
    for piece in found:
        if isinstance(piece, Fault):
            yield piece
            continue
        try:
            yield make(piece.term, piece.reading, piece.language)
        except TextError as error:
            yield Fault(piece.line, error)
