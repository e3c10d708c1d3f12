"""HTML of a dub: its lines and their windows, what is to be known, how far it is, and the track."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from studio import cards, players
from studio.batch_rows import chip, numbered
from studio.drafts import Own, Sheet
from studio.dubs import TIMINGS, Dub, error_of, fault_of
from studio.words import say
from tts.dubbing.document import Line
from tts.dubbing.stamps import clock
from tts.sentences import WARNINGS, Language

_SHOWN = 20


def rows(dub: Dub, sheet: Sheet, language: Language) -> list[tuple[int, str]]:
    """Place and HTML of every line in the order of the file: when, who, what, and how it fits."""
    return [
        (place, _row(place, line, own, dub.fit(sign), language))
        for place, ((line, own), sign) in enumerate(zip(sheet.lines, sheet.signs, strict=True))
    ]


def told(dub: Dub, sheet: Sheet, language: Language) -> str:
    """How many lines there are, which cannot be said, and what is to be known."""
    plan = dub.told.get("plan", {})
    remarks: Sequence[Mapping[str, Any]] = plan["remarks"] if plan.get("of") == sheet.print else [
        {"code": remark.code, "details": remark.details} for remark in sheet.document.remarks
    ]  # fmt: skip
    faults = {fault.row: fault_of(fault) for fault in sheet.document.faults}
    for (line, _), sign in zip(sheet.lines, sheet.signs, strict=True):
        if (fit := dub.fit(sign)) and fit["fault"]:
            faults[line.row] = {**fit["fault"], "line": line.row}
    head = escape(say(language, "dub.lines", count=len(sheet.lines), wrong=len(faults)))
    parts = [numbered(row, error_of(fault), language) for row, fault in sorted(faults.items())[:_SHOWN]]
    parts += [
        f"<li>{escape(WARNINGS[remark['code']][language].format(**remark['details']))}</li>"
        for remark in remarks[:_SHOWN]
        # The cast on the page shows it.
        if remark["code"] != "dub_no_voice"
    ]
    items = f'<ul class="yn-wrong">{"".join(parts)}</ul>' if parts else ""
    return f'<div class="yn-verdict yn-{"fair" if parts else "good"}"><strong>{head}</strong>{items}</div>'


def progress(dub: Dub, ready: bool, ahead: int, language: Language) -> str:
    """How far the plan, the track or the line is; how a job ended that did not end well."""
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
        text = say(language, "progress.planning" if dub.making == "plan" else "dub.making")
        text += f" {job.step.last[:24]}" if job.step else ""
    return cards.progress_bar(job.share, text)


def result(dub: Dub, sheet: Sheet | None, language: Language) -> str:
    """The player of the track, and its files; a word where the lines have changed since."""
    track = dub.track
    if not track:
        return ""
    seconds = track["seconds"]
    player = players.small(f"./studio/dub/audio?{track['made']}", seconds, track["waveform"], language)
    links = _link("file/wav", say(language, "result.download"), "yn-primary")
    links += "".join(_link(f"file/{end}", end if end == "TextGrid" else end.upper()) for end in TIMINGS)
    links += _link("report", say(language, "dub.report"))
    delete = say(language, "history.delete")
    links += f'<button type="button" class="yn-button yn-small" id="yn-dub-delete">{delete}</button>'
    facts = say(language, "dub.facts", seconds=f"{seconds:.2f}", **track["counts"])
    left_out = " ".join(track["left_out"])
    notes = [WARNINGS["text_left_out"][language].format(left_out=left_out)] if left_out else []
    if sheet is None or sheet.print != track["of"]:
        notes.append(say(language, "dub.older"))
    return (
        f'{player}<p class="yn-hint">{escape(facts)}</p>{"".join(map(cards.note_panel, notes))}'
        f'<div class="yn-bar">{links}</div>'
    )


def _link(path: str, shown: str, more: str = "yn-small") -> str:
    return f'<a class="yn-button {more}" href="./studio/dub/{path}" download>{escape(shown)}</a>'


def _row(place: int, line: Line, own: Own, fit: Mapping[str, Any] | None, language: Language) -> str:
    speakers = dict.fromkeys(turn.speaker for turn in line.turns if turn.speaker)
    when = f"{clock(line.window.start)}–{clock(line.window.end)}" if line.window else ""
    emotion = say(language, f"emotion.{own.emotion}") if own.emotion else ""
    take = say(language, "dub.take", number=own.take + 1) if own.take else ""
    over = say(language, "dub.over", over=f"{fit['over']:.2f}") if fit and fit["over"] else ""
    facts = [when, ", ".join(speakers), emotion, take, _lengths(line, fit, language), over]
    state = fit["state"] if fit else "" if line.turns else "silent"
    mark = _fit_chip(fit, language) if fit else chip(state, say(language, f"dub.{state}")) if state else ""
    fault = fit["fault"] if fit else None
    error = f'<p class="yn-line-error">{escape(error_of(fault).problem(language))}</p>' if fault else ""
    text = escape((line.text or " ".join(line.unspoken))[:400])
    return (
        f'<li class="yn-row yn-line" data-row="{place}" data-state="{state}"><b class="yn-number">{line.row}</b>'
        f'<div class="yn-row-main"><button type="button" class="yn-row-text yn-line-open" aria-expanded="false" '
        f'title="{say(language, "dub.open")}">{text}</button>'
        f'<p class="yn-row-facts">{escape(" · ".join(fact for fact in facts if fact))}</p>{error}</div>{mark}</li>'
    )


def _fit_chip(fit: Mapping[str, Any], language: Language) -> str:
    """How a line stands in its window, in a word."""
    shown = say(language, f"dub.{fit['state']}")
    if fit["state"] in ("squeezed", "ran_on"):
        shown += f" ×{fit['pace']:.2f}"
    return chip(fit["state"], shown)


def _lengths(line: Line, fit: Mapping[str, Any] | None, language: Language) -> str:
    """How long a line is by itself, and how long its window."""
    window = f"{(line.window.end - line.window.start) / 1000:.2f}" if line.window else ""
    if not fit or not fit["natural"]:
        return say(language, "dub.window", window=window) if window else ""
    natural = f"{fit['natural']:.2f}"
    if not window:
        return say(language, "dub.natural", natural=natural)
    return say(language, "dub.lengths", natural=natural, window=window)
