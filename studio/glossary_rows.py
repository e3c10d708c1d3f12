"""HTML of a browser's own glossary: its entries, and what is wrong with the lines of a file."""

from collections.abc import Sequence
from html import escape
from typing import Final

from studio import cards
from studio.batch_rows import numbered
from studio.words import say
from tts.sentences import Language
from tts.text.glossary import Entry
from tts.text.glossary_file import Fault

#: More are found by searching.
MOST_SHOWN: Final = 200
#: Wrong lines that are told one by one; all of them are counted.
_MOST_FAULTS: Final = 20


def table(entries: Sequence[Entry], language: Language) -> str:
    if not entries:
        return ""
    head = "".join(
        f'<th scope="col">{say(language, key)}</th>' for key in ("terms.term", "terms.language", "terms.reading")
    )
    rows = "".join(_row(entry, language) for entry in entries[:MOST_SHOWN])
    more = len(entries) - MOST_SHOWN
    rest = f'<p class="yn-hint">{say(language, "terms.more", more=more)}</p>' if more > 0 else ""
    return f'<table class="yn-terms"><thead><tr>{head}<td></td></tr></thead><tbody>{rows}</tbody></table>{rest}'


def told(taken: int, faults: Sequence[Fault], language: Language) -> str:
    """How many entries of a file were taken in, and what is wrong with the other lines."""
    head = say(language, "terms.taken", taken=taken, wrong=len(faults))
    if not faults:
        return cards.good_panel(head)
    rows = "".join(numbered(fault.line, fault.error, language) for fault in faults[:_MOST_FAULTS])
    more = f"<p>… {len(faults) - _MOST_FAULTS}</p>" if len(faults) > _MOST_FAULTS else ""
    return (
        f'<div class="yn-verdict yn-fair"><strong>{escape(head)}</strong><ul class="yn-wrong">{rows}</ul>{more}</div>'
    )


def _row(entry: Entry, language: Language) -> str:
    name = say(language, f"language.{entry.language}") if entry.language else say(language, "terms.any")
    term, reading = escape(entry.term), escape(entry.reading)
    return (
        f'<tr data-term="{term}" data-reading="{reading}" data-in="{entry.language}"><th scope="row">{term}</th>'
        f"<td>{name}</td><td><code>{reading}</code></td><td>"
        f'<button type="button" class="yn-button yn-small" data-entry="edit" '
        f'aria-label="{say(language, "terms.edit")} {term}">{say(language, "terms.edit")}</button> '
        f'<button type="button" class="yn-button yn-small" data-entry="delete" '
        f'aria-label="{say(language, "history.delete")} {term}">{say(language, "history.delete")}</button></td></tr>'
    )
