"""What a file is called that a person takes along: by a template, safe on every system, never a path."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from studio.takes import Take
from tts.errors import OptionError
from tts.text.characters import shown

PLACEHOLDERS: Final = ("voice", "text", "date", "time", "seed", "language", "n")
#: Of the template, and in characters and bytes of the name.
LONGEST_TEMPLATE: Final = 120
_LONGEST: Final = 100
_MOST_BYTES: Final = 200
_LONGEST_TEXT: Final = 32
_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]+')
_NO_WORD: Final = re.compile(r"[^\w]+")
#: Names of devices, with any ending, on one system.
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_NAMELESS: Final = "yinse"


def check_template(template: str) -> str:
    """The template, without space around it; `OptionError` option_template names what is no placeholder of ours."""
    tidy = template.strip()
    wrong = [f"{{{name}}}" for name in _PLACEHOLDER.findall(tidy) if name not in PLACEHOLDERS]
    wrong += [sign for sign in "{}" if sign in _PLACEHOLDER.sub("", tidy)]
    if wrong or len(tidy) > LONGEST_TEMPLATE:
        known = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise OptionError("option_template", wrong=shown(wrong[0] if wrong else tidy), known=known)
    return tidy


def file_name(template: str, values: Mapping[str, str]) -> str:
    """The name without its ending; `values` has one for each of `PLACEHOLDERS`."""
    return safe(_PLACEHOLDER.sub(lambda found: values[found[1]], template))


def values_of(take: Take, number: int, width: int = 3) -> dict[str, str]:
    """What the placeholders stand for; `number` is its place among those that are taken along."""
    made = datetime.fromtimestamp(take.made).astimezone()
    voice = str(take.settings.get("source", {}).get("name", "")).rsplit(".", 1)[0]
    text = _NO_WORD.sub("-", take.text).strip("-")[:_LONGEST_TEXT].strip("-")
    return {
        "voice": voice or "voice", "text": text or "text", "date": f"{made:%Y-%m-%d}", "time": f"{made:%H-%M-%S}",
        "seed": str(take.seed), "language": take.language, "n": f"{number:0{width}d}",
    }  # fmt: skip


def safe(name: str) -> str:
    """A name that every file system takes as that of one file in its folder."""
    tidy = "".join(" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", name))
    tidy = "".join(sign for sign in tidy if unicodedata.category(sign)[0] != "C")
    tidy = " ".join(_FORBIDDEN.sub("-", tidy).split())[:_LONGEST]
    tidy = tidy.encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .")
    return f"_{tidy}" if _DEVICE.fullmatch(tidy) else tidy or _NAMELESS


def distinct(names: Iterable[str]) -> Iterator[str]:
    """The names, a number after those that came before, in whatever case."""
    taken: set[str] = set()
    for name in names:
        free, number = name, 1
        while free.casefold() in taken:
            number += 1
            free = f"{name} ({number})"
        taken.add(free.casefold())
        yield free
