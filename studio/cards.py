"""HTML of what the page says back: errors, the reference's report, progress. All text is escaped here."""

import re
from html import escape
from typing import Final, Literal

from studio import players
from studio.words import knows, say
from studio.workshop import Reference
from tts.audio.quality import ClipReport
from tts.errors import YinseError
from tts.sentences import WARNINGS, Language

# Warning -> the line of the report that it is about.
FACT_OF: Final = {
    "clip_no_voice": "pitch",
    "clip_cut": "length",
    "clip_brief": "length",
    "clip_noisy": "noise",
    "clip_clipped": "level",
    "clip_narrow": "bandwidth",
    "clip_quiet": "level",
    "clip_pauses": "speech",
}

#: What stands before, in and after the arrows that show a mistake.
_EXCERPT: Final = re.compile("(.*)→(.*?)←(.*)", re.S)


def problem_and_advice(error: YinseError, language: Language) -> tuple[str, str]:
    """The two sentences of an error; options go by the name they have on the page, not by that of the command line."""
    option = str(error.details.get("option", "")).removeprefix("--").split(" ")[0]
    if knows(f"{option}.label"):
        named = type(error)(error.code, **{**error.details, "option": say(language, f"{option}.label")})
        return named.problem(language), named.advice(language)
    return error.problem(language), error.advice(language)


def error_panel(error: YinseError | None, language: Language, role: Literal["alert", "status"] = "alert") -> str:
    """The sentences of an error, and the place in the text where there is one. `status` does not interrupt a reader."""
    if error is None:
        return ""
    problem, advice = problem_and_advice(error, language)
    return (
        f'<div class="yn-error" role="{role}" data-code="{escape(error.code)}">'
        f"<strong>{escape(problem)}</strong> <span>{escape(advice)}</span>{_place(error, language)}</div>"
    )


def _place(error: YinseError, language: Language) -> str:
    """The text around a mistake, which is marked, and a button that goes there."""
    around = _EXCERPT.fullmatch(str(error.details.get("excerpt", "")))
    if around is None:
        return ""
    before, wrong, after = map(escape, around.groups())
    excerpt = f'<code class="yn-excerpt">{before}<mark>{wrong}</mark>{after}</code>'
    line, column = error.details.get("line"), error.details.get("column")
    if not isinstance(line, int) or not isinstance(column, int):
        return excerpt
    go = (
        f'<button type="button" class="yn-button yn-small" data-line="{line}" data-column="{column}" '
        f'data-length="{len(around[2])}">{say(language, "error.go")}</button>'
    )
    return excerpt + go


def note_panel(text: str) -> str:
    return f'<div class="yn-note" role="status">{escape(text)}</div>'


def good_panel(text: str) -> str:
    return f'<div class="yn-verdict yn-good">{escape(text)}</div>'


def progress_bar(share: float, text: str) -> str:
    percent = round(share * 100)
    return (
        f'<div class="yn-progress" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow="{percent}" '
        f'aria-label="{escape(text)}"><i style="width:{max(percent, 2)}%"></i></div>'
        f'<p class="yn-step-text"><span>{escape(text)}</span><b>{percent}%</b></p>'
    )


def reference_card(name: str, reference: Reference, language: Language) -> str:
    """The player of the clip `name` (its id) and the report on it."""
    report = reference.report
    warnings = "".join(f"<li>{escape(WARNINGS[code][language])}</li>" for code in report.warnings)
    verdict = "good" if not report.warnings else "fair"
    address = f"./studio/clips/{name}"
    title = escape(reference.name)
    remove = say(language, "reference.remove")
    return (
        f'<div class="yn-clip"><p class="yn-clip-name" title="{title}">{title}</p>'
        f'<span><button type="button" class="yn-button yn-small" id="yn-clip-keep">{say(language, "reference.keep")}'
        f'</button> <button type="button" class="yn-button yn-small" id="yn-clip-remove">{remove}</button></span></div>'
        f"{players.small(f'{address}/audio', report.seconds, reference.waveform, language)}"
        f'<dl class="yn-facts yn-three">{_facts(report, language)}</dl>'
        f'<div class="yn-verdict yn-{verdict}"><strong>{escape(say(language, f"verdict.{verdict}"))}</strong>'
        f"{f'<ul>{warnings}</ul>' if warnings else ''}</div>"
    )


def _facts(report: ClipReport, language: Language) -> str:
    """The lines of the report; the ones that a warning is about are marked."""
    pitch = f"{report.f0_median_hz:.0f} Hz" if report.f0_median_hz else "–"
    reach = f"{report.f0_low:.0f}–{report.f0_high:.0f}" if report.f0_median_hz else ""
    values = (
        ("length", f"{report.seconds:.1f} {say(language, 'unit.seconds')}", ""),
        ("speech", f"{report.speech_share:.0%}", ""),
        ("noise", f"{report.snr_db:.0f} dB", ""),
        ("level", f"{report.peak_dbfs:.1f} dBFS", ""),
        ("bandwidth", f"{report.bandwidth_hz / 1000:.1f} kHz", ""),
        ("pitch", pitch, reach),
    )
    troubled = {FACT_OF[code] for code in report.warnings}
    return "".join(
        f'<div class="{"yn-fair" if key in troubled else "yn-fine"}" title="{say(language, f"fact.{key}_hint")}">'
        f"<dt>{say(language, f'fact.{key}')}</dt><dd>{value} <small>{more}</small></dd></div>"
        for key, value, more in values
    )
