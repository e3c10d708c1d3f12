"""HTML of a dub: its lines and their windows, what is to be known, how far it is, and the track."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from studio import cards, players
from studio.batch_rows import chip, numbered
from studio.dubs import TIMINGS, Dub, error_of
from studio.words import say
from tts.dubbing.document import Document
from tts.sentences import WARNINGS, Language

_SHOWN = 20


def read_lines(document: Document) -> list[dict[str, Any]]:
    """The lines of a document nobody has planned yet, in the form of a plan's."""
    lines = []
    for line in document.lines:
        speakers = dict.fromkeys(turn.speaker for turn in line.turns if turn.speaker)
        window = line.window
        lines.append({
            "line": line.row, "state": "" if line.turns else "silent", "text": line.text or " ".join(line.unspoken),
            "speaker": ", ".join(speakers), "start": window.start / 1000 if window else None,
            "end": window.end / 1000 if window else None,
        })  # fmt: skip
    return lines


def rows(lines: Sequence[Mapping[str, Any]], faults: Sequence[Mapping[str, Any]], language: Language) -> str:
    """One row a line: when, who, what, and how it fits."""
    wrong = {fault["line"]: fault for fault in faults}
    return "".join(_row(line, wrong.get(line["line"]), language) for line in lines)


def told(
    count: int, faults: Sequence[Mapping[str, Any]], remarks: Sequence[Mapping[str, Any]], language: Language
) -> str:
    """How many lines there are, which cannot be said, and what is to be known."""
    parts = [f"<strong>{escape(say(language, 'dub.lines', count=count, wrong=len(faults)))}</strong>"]
    rows = [numbered(fault["line"], error_of(fault), language) for fault in faults[:_SHOWN]]
    rows += [
        f"<li>{escape(WARNINGS[remark['code']][language].format(**remark['details']))}</li>"
        for remark in remarks[:_SHOWN]
        # The cast on the page shows it.
        if remark["code"] != "dub_no_voice"
    ]
    parts += [f'<ul class="yn-wrong">{"".join(rows)}</ul>'] if rows else []
    return f'<div class="yn-verdict yn-{"fair" if rows else "good"}">{"".join(parts)}</div>'


def progress(dub: Dub, ready: bool, ahead: int, language: Language) -> str:
    """How far the plan or the track is; how a job ended that did not end well."""
    job = dub.job
    if job is None or job.state.ended:
        if job and job.error and job.error.code == "internal_cancelled":
            return cards.note_panel(say(language, "dub.stopped"))
        return cards.error_panel(job.error, language) if job else ""
    if job.cancelled():
        text = say(language, "progress.stopping")
    elif not ready:
        text = say(language, "progress.loading")
    elif not job.share and ahead:
        text = say(language, "progress.waiting", ahead=ahead)
    elif not job.share:
        text = say(language, "progress.voice")
    else:
        text = say(language, "dub.making" if dub.making else "progress.planning")
        text += f" {job.step.last[:24]}" if job.step else ""
    return cards.progress_bar(job.share, text)


def result(dub: Dub, language: Language) -> str:
    """The player of the track, and its files."""
    if not dub.made:
        return ""
    seconds = dub.told["seconds"]
    player = players.small(f"./studio/dub/audio?{dub.stamp}", seconds, dub.told.get("waveform", ""), language)
    links = _link("file/wav", say(language, "result.download"), "yn-primary")
    links += "".join(_link(f"file/{end}", end if end == "TextGrid" else end.upper()) for end in TIMINGS)
    links += _link("report", say(language, "dub.report"))
    delete = say(language, "history.delete")
    links += f'<button type="button" class="yn-button yn-small" id="yn-dub-delete">{delete}</button>'
    counts = dub.told.get("counts", {"made": 0, "before": 0})
    facts = say(language, "dub.facts", seconds=f"{seconds:.2f}", **counts)
    left_out = " ".join(dub.told.get("left_out", ()))
    note = WARNINGS["text_left_out"][language].format(left_out=left_out) if left_out else ""
    return (
        f'{player}<p class="yn-hint">{escape(facts)}</p>{cards.note_panel(note) if note else ""}'
        f'<div class="yn-bar">{links}</div>'
    )


def _link(path: str, shown: str, more: str = "yn-small") -> str:
    return f'<a class="yn-button {more}" href="./studio/dub/{path}" download>{escape(shown)}</a>'


def _row(line: Mapping[str, Any], fault: Mapping[str, Any] | None, language: Language) -> str:
    state = line["state"]
    when = f"{_clock(line['start'])}–{_clock(line['end'])}" if line["start"] is not None else ""
    facts = " · ".join(part for part in (when, line["speaker"]) if part)
    shown = say(language, f"dub.{state}") if state else ""
    if state in ("squeezed", "ran_on"):
        shown += f" ×{line['pace']:.2f}"
    mark = chip(state, shown) if state else ""
    error = f'<p class="yn-line-error">{escape(error_of(fault).problem(language))}</p>' if fault else ""
    text = escape(line["text"][:400])
    return (
        f'<li class="yn-row yn-line" data-row="{line["line"]}" data-state="{state}">'
        f'<b class="yn-number">{line["line"]}</b><div class="yn-row-main"><p class="yn-row-text">{text}</p>'
        f'<p class="yn-row-facts">{escape(facts)}</p>{error}</div>{mark}</li>'
    )


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours}:{minutes:02d}:{rest:06.3f}" if hours else f"{minutes}:{rest:06.3f}"
