"""Sets of settings under a name: kept for their browser, and shared as files."""

import json
from collections.abc import Mapping
from typing import Any, Final

from studio import fields
from studio.feeling import Feeling
from studio.manner import Manner
from studio.store import Store, Thing
from tts.emotion import EMOTIONS
from tts.errors import OptionError
from tts.speech import LIVELY, check_range

_FORMAT: Final = "yinse-settings-1"
_LONGEST_NAME: Final = 64


class Presets:
    """The presets of every browser; one of a name that is there goes over it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, owner: str) -> list[Thing]:
        """By name."""
        return sorted(self._store.all(owner, "preset"), key=lambda preset: preset.name.casefold())

    def keep(self, owner: str, name: str, settings: Mapping[str, Any]) -> Thing:
        """`OptionError` for a name that is none, or a value out of its range."""
        tidy = " ".join(name.split())
        if not 1 <= len(tidy) <= _LONGEST_NAME:
            raise OptionError("option_preset_name")
        older = next((preset.id for preset in self.all(owner) if preset.name == tidy), "")
        return self._store.put(owner, "preset", tidy, checked(settings), identity=older)

    def get(self, owner: str, identity: str) -> Thing | None:
        return self._store.get(owner, "preset", identity)

    def remove(self, owner: str, identity: str) -> bool:
        return self._store.remove(owner, "preset", identity)

    def take_in(self, owner: str, content: bytes, file_name: str) -> Thing:
        """Keep the preset of a file; `OptionError` option_preset for any other file."""
        try:
            told = fields.legible(json.loads(content))
            if told["format"] != _FORMAT:
                raise ValueError("another format")
            name, settings = str(told["name"]), dict(told["settings"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise OptionError("option_preset", name=file_name) from None
        return self.keep(owner, name, settings)


def to_file(preset: Thing) -> str:
    """The content of a file that `take_in` reads."""
    content = {"format": _FORMAT, "name": preset.name, "settings": preset.content}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def checked(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that the page knows, each in its range; `OptionError` names the one that is not."""
    emotion = [
        min(1.0, max(0.0, share)) for share in fields.numbers(settings.get("emotion"), "--emotion", len(EMOTIONS))
    ]
    found: dict[str, Any] = {
        "emotion": emotion,
        "weight": fields.number(settings.get("weight"), "--emotion-weight", 1.0),
        "feeling": Feeling.of(settings.get("feeling") or emotion).to_dict(),
        "speed": fields.number(settings.get("speed"), "--speed", 1.0),
        "pauses": fields.number(settings.get("pauses"), "--pause-scale", 1.0),
        "variation": fields.number(settings.get("variation"), "--variation", LIVELY),
        "duration": fields.number(settings.get("duration"), "--duration"),
        "seed": fields.whole(settings.get("seed"), "--seed"),
    }
    options = {
        "weight": "--emotion-weight", "speed": "--speed", "duration": "--duration", "seed": "--seed",
        "pauses": "--pause-scale", "variation": "--variation",
    }  # fmt: skip
    for name, option in options.items():
        if found[name] is not None:
            check_range(option, found[name])
    reading = {name: settings.get(name) for name in ("language", "longest", "emoji", "glossary")}
    Manner.of(*reading.values())
    return found | reading
