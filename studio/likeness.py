"""How alike a result and its reference are, in words and with the number, and on what scale that is."""

from html import escape
from typing import Final

from studio.takes import Take
from studio.words import say
from tts.likeness import OTHER_RANGE, SAME_RANGE, SHORTEST_SECONDS, Verdict
from tts.sentences import Language

VERDICTS: Final[tuple[Verdict, ...]] = ("same", "near", "other", "short")


def fact(take: Take, language: Language) -> str:
    """A line of the result's facts; where it is not measured yet, `static/likeness.js` asks for it."""
    waiting = f' data-likeness="{take.id}"' if take.likeness is None else ""
    return (
        f'<div class="yn-wide yn-likeness"><dt>{say(language, "likeness.label")}</dt>'
        f'<dd{waiting} aria-live="polite">{value(take, language)}</dd></div>'
    )


def value(take: Take, language: Language) -> str:
    """The verdict, the number, and what numbers people get."""
    if take.likeness is None:
        return f"<span>{say(language, 'likeness.waiting')}</span>"
    said = say(language, f"likeness.{take.likeness.verdict}", seconds=f"{SHORTEST_SECONDS:g}")
    mark = f'<span class="yn-is-{take.likeness.verdict}">{escape(said)}</span>'
    if take.likeness.cosine is None:
        return mark
    scale = say(
        language, "likeness.scale", least=f"{SAME_RANGE[0]:.2f}", most=f"{SAME_RANGE[1]:.2f}",
        other=f"{OTHER_RANGE[1]:.2f}",
    )  # fmt: skip
    return f"{mark} <b>{take.likeness.cosine:.2f}</b> <small>{escape(scale)}</small>"


def brief(take: Take, language: Language) -> str:
    """Label and number for a line of facts; empty where there is no number."""
    if take.likeness is None or take.likeness.cosine is None:
        return ""
    return f"{escape(say(language, 'likeness.brief'))} {take.likeness.cosine:.2f}"


def waiting_or_brief(take: Take, language: Language) -> str:
    """The same; where it is not measured yet, `static/likeness.js` asks for it."""
    if take.likeness is None:
        return f'<span data-likeness="{take.id}" data-brief></span>'
    return f"<span>{brief(take, language)}</span>"
