"""The example voices that lie in `assets/voices`: our own model made them, so that there is a voice to try before there
is a clip. The page fetches a clip and gives it like any upload."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

import yaml

from tts.sentences import Language
from tts.settings import ROOT

FOLDER: Final = ROOT / "assets" / "voices"
CATALOGUE: Final = "voices.yaml"


@dataclass(frozen=True)
class Example:
    """One voice: `about` in every language of the page, `sample` something for it to say, in its own `language`."""

    id: str
    name: str
    language: str
    about: Mapping[Language, str]
    sample: str


@cache
def read_examples(folder: Path = FOLDER) -> tuple[Example, ...]:
    """The voices whose clip `ID.flac` lies in `folder`, in the order of its catalogue; none where that is missing."""
    catalogue = folder / CATALOGUE
    if not catalogue.is_file():
        return ()
    rows = yaml.safe_load(catalogue.read_text(encoding="utf-8"))["voices"]
    found = (Example(row["id"], row["name"], row["language"], row["description"], row["sample"]) for row in rows)
    return tuple(example for example in found if (folder / f"{example.id}.flac").is_file())


def descriptions(examples: Sequence[Example], language: Language) -> dict[str, str]:
    """What `words.fill` puts in place of the marks in `example_row`."""
    return {f"example.{example.id}": example.about[language] for example in examples}


def example_row(examples: Sequence[Example]) -> str:
    """The buttons of all voices, each with marks for its description; nothing where there are none."""
    if not examples:
        return ""
    buttons = "".join(
        f'<button type="button" class="yn-example" data-example="{escape(example.id)}" aria-pressed="false" '
        f'data-name="{escape(example.name)}" data-sample="{escape(example.sample)}">'
        f'<b lang="{escape(example.language)}">{escape(example.name)}</b>'
        f"<span>@[language.{escape(example.language)}] · @[example.{escape(example.id)}]</span></button>"
        for example in examples
    )
    return (
        '<section class="yn-examples" aria-labelledby="yn-examples-title">'
        '<h3 id="yn-examples-title">@[examples.title]</h3><p class="yn-hint">@[examples.hint]</p>'
        f'<div class="yn-example-row">{buttons}</div></section>'
    )
