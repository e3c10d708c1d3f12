"""HTML of takes to choose among, of a whole text or of one of its segments."""

from collections.abc import Sequence
from html import escape

from studio import players
from studio.likeness import waiting_or_brief
from studio.takes import Take
from studio.words import say
from tts.sentences import Language


def takes_to_choose(take: Take, siblings: Sequence[Take], language: Language) -> str:
    """A player for each, and a button that makes it the result; `take` is the one that is."""
    if not siblings:
        return ""
    if take.varied is None:
        title = say(language, "takes.title", count=len(siblings))
    else:
        title = say(language, "takes.segment", segment=take.varied + 1, count=len(siblings))
    rows = "".join(_row(number, one, one.id == take.id, language) for number, one in enumerate(siblings, 1))
    return (
        f'<section class="yn-choose" aria-label="{escape(title)}"><h3>{escape(title)}</h3>'
        f'<p class="yn-hint">{say(language, "takes.hint")}</p><ol>{rows}</ol></section>'
    )


def _row(number: int, take: Take, current: bool, language: Language) -> str:
    player = players.small(f"./studio/takes/{take.id}/audio", take.seconds, take.waveform, language, lazy=True)
    label = say(language, "takes.used") if current else say(language, "takes.use")
    return (
        f'<li class="{"yn-current" if current else ""}"{_part(take)}><b>{number}</b>{player}'
        f'<span class="yn-hint">{_facts(take, language)}</span>'
        f'<button type="button" class="yn-button yn-small{"" if current else " yn-strong"}" data-pick="{take.id}" '
        f'aria-pressed="{str(current).lower()}"{" disabled" if current else ""}>{label}</button></li>'
    )


def _part(take: Take) -> str:
    """From when until when it differs: only that is played."""
    if take.varied is None or take.varied >= len(take.segments):
        return ""
    segment = take.segments[take.varied]
    return f' data-from="{segment.start:.3f}" data-until="{segment.end:.3f}"'


def _facts(take: Take, language: Language) -> str:
    seed = take.seed if take.varied is None else take.segment_seeds.get(take.varied, take.seed)
    return f"{say(language, 'seed.label')} {seed} {waiting_or_brief(take, language)}"
