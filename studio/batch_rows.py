"""HTML of a batch: its lines one by one, how far it is, what is wrong with lines that nobody has said yet."""

from collections.abc import Sequence
from html import escape

from studio import cards, players
from studio.batches import Batch, Row
from studio.lines import Line
from studio.takes import Takes
from studio.words import say
from tts.errors import YinseError
from tts.sentences import Language

#: Wrong lines that are told one by one; all of them are counted.
_SHOWN = 20


def row_html(batch: Batch, row: Row, takes: Takes, language: Language) -> str:
    """One line with its state, and the player of what it became."""
    state = batch.state_of(row)
    return (
        f'<li class="yn-row yn-line" data-row="{row.number}" data-state="{state}"><b class="yn-number">{row.number}</b>'
        f'<div class="yn-row-main"><p class="yn-row-text" title="{escape(row.text[:600])}">{escape(row.text[:400])}</p>'
        f"{_outcome(batch, row, takes, language)}</div>{chip(state, say(language, f'line.{state}'))}</li>"
    )


def chip(state: str, shown: str) -> str:
    return f'<span class="yn-state yn-state-{state}">{escape(shown)}</span>'


def progress(batch: Batch, ready: bool, ahead: int, language: Language) -> str:
    """Where the batch is, or how it ended."""
    counts = {state: sum(batch.state_of(row) == state for row in batch.rows) for state in ("done", "failed", "stopped")}
    total, ended = len(batch.rows), counts["done"] + counts["failed"]
    if not batch.going:
        said = say(language, "batch.ended", total=total, **counts)
        fault = batch.job.error if batch.job else None
        if fault and fault.code != "internal_cancelled":
            return cards.error_panel(fault, language) + cards.note_panel(said)
        return cards.good_panel(said) if counts["done"] == total else cards.note_panel(said)
    assert batch.job is not None
    if batch.job.cancelled():
        text = say(language, "progress.stopping")
    elif not ready:
        text = say(language, "progress.loading")
    elif not batch.job.share and ahead:
        text = say(language, "progress.waiting", ahead=ahead)
    elif not batch.job.share:
        text = say(language, "progress.voice")
    else:
        text = say(language, "batch.progress", done=ended, total=total)
    return cards.progress_bar(max(batch.job.share, ended / total), text)


def told(lines: Sequence[Line], language: Language) -> str:
    """How many lines there are, and which of them cannot be said."""
    wrong = [line for line in lines if line.error]
    head = say(language, "batch.lines", count=len(lines), wrong=len(wrong))
    rows = "".join(numbered(line.number, line.error, language) for line in wrong[:_SHOWN] if line.error)
    more = f"<p>… {len(wrong) - _SHOWN}</p>" if len(wrong) > _SHOWN else ""
    body = f'<ul class="yn-wrong">{rows}</ul>{more}' if wrong else ""
    return f'<div class="yn-verdict yn-{"fair" if wrong else "good"}"><strong>{escape(head)}</strong>{body}</div>'


def numbered(number: int, error: YinseError, language: Language) -> str:
    """A wrong line with its number, which some sentences name themselves."""
    problem, advice = cards.problem_and_advice(error, language)
    place = (
        "" if error.details.get("line") == number else f"<b>{escape(say(language, 'line.number', line=number))}</b> "
    )
    return f"<li>{place}{escape(problem)} {escape(advice)}</li>"


def _outcome(batch: Batch, row: Row, takes: Takes, language: Language) -> str:
    if row.error:
        problem, advice = cards.problem_and_advice(row.error, language)
        return f'<p class="yn-line-error">{escape(problem)} {escape(advice)}</p>'
    if not row.take:
        return ""
    try:
        take = takes.get(batch.owner, row.take)
    except YinseError as error:
        return f'<p class="yn-line-error">{escape(error.problem(language))}</p>'
    return players.small(f"./studio/takes/{take.id}/audio", take.seconds, take.waveform, language, lazy=True)
