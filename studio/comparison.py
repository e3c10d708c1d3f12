"""HTML of two takes side by side: heard in turn at the same place, with what differs in how they were made."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from studio import players
from studio.results import address
from studio.rows import emotions
from studio.takes import Take
from studio.words import say
from tts.sentences import Language

#: Setting -> the key of its label, of those that are shown as they are.
_PLAIN: Final = {
    "weight": "emotion-weight.label", "speed": "speed.label", "duration": "duration.label",
    "pauses": "pause-scale.label", "variation": "variation.label", "seed": "seed.label", "longest": "longest.label",
    "glossary": "glossary.label",
}  # fmt: skip
_NAMES: Final = ("A", "B")


def side_by_side(first: Take, second: Take, language: Language) -> str:
    """Two players, a button that goes from one to the other, and a table of what differs."""
    pair = (first, second)
    sides = "".join(_side(take, name, language) for take, name in zip(pair, _NAMES, strict=True))
    return (
        f'<section class="yn-compare"><h2>{say(language, "compare.title")}</h2>'
        f'<p class="yn-hint">{say(language, "compare.hint")}</p><div class="yn-sides">{sides}</div>'
        f'<button type="button" class="yn-button yn-strong" data-compare-switch>{say(language, "compare.switch")}'
        f"</button>{_table(differences(first, second, language), language)}</section>"
    )


def differences(first: Take, second: Take, language: Language) -> list[tuple[str, str, str]]:
    """Label and both values of every setting that differs, as a person reads them."""
    one, other = _made_of(first, language), _made_of(second, language)
    return [(label, one[label], other[label]) for label in one if one[label] != other[label]]


def _made_of(take: Take, language: Language) -> dict[str, str]:
    held = take.settings
    return {
        say(language, "text.label"): take.text,
        say(language, "reference.title"): str(held.get("source", {}).get("name", "")),
        say(language, "language.label"): say(language, f"language.{take.language}"),
        say(language, "emotion.label"): " · ".join(emotions(held, language)) or "–",
        **{say(language, key): _shown(held.get(name)) for name, key in _PLAIN.items()},
        say(language, "emoji.label"): _emoji(held, language),
        say(language, "again.label"): _segments(take),
        say(language, "terms.title"): _terms(take),
        say(language, "likeness.label"): _likeness(take),
        say(language, "result.length"): f"{take.seconds:.2f} {say(language, 'unit.seconds')}",
    }


def _side(take: Take, name: str, language: Language) -> str:
    # Where segments start and end: the same places of two takes of one text.
    marks = ",".join(f"{time:.3f}" for segment in take.segments for time in (segment.start, segment.end))
    player = players.small(f"{address(take)}/audio", take.seconds, take.waveform, language)
    return (
        f'<div class="yn-compared" role="group" aria-label="{name}" data-marks="{marks}"><b>{name}</b>{player}'
        f'<p class="yn-row-text">{escape(take.text[:200])}</p></div>'
    )


def _table(rows: Sequence[tuple[str, str, str]], language: Language) -> str:
    if not rows:
        return f'<p class="yn-hint">{say(language, "compare.same")}</p>'
    lines = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(one)}</td><td>{escape(other)}</td></tr>'
        for label, one, other in rows
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in _NAMES)
    return (
        f'<h3>{say(language, "compare.differ")}</h3><table class="yn-differ"><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{lines}</tbody></table>"
    )


def _emoji(settings: Mapping[str, Any], language: Language) -> str:
    chosen = settings.get("emoji")
    return say(language, f"emoji.{chosen}") if chosen else "–"


def _terms(take: Take) -> str:
    return ", ".join(f"{term} = {reading}" for term, reading in take.terms) or "–"


def _likeness(take: Take) -> str:
    return "–" if take.likeness is None or take.likeness.cosine is None else f"{take.likeness.cosine:.2f}"


def _segments(take: Take) -> str:
    return ", ".join(f"{at + 1} ({seed})" for at, seed in sorted(take.segment_seeds.items())) or "–"


def _shown(value: object) -> str:
    if value is None or value == "":
        return "–"
    return f"{value:g}" if isinstance(value, float) else str(value)[:400]
