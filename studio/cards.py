"""HTML of what the page says back: errors, the reference's report, progress, the result. All text is escaped here."""

import re
from html import escape
from typing import Final, Literal

from studio import plots, spoken
from studio.words import knows, say
from studio.workshop import Reference, Take
from tts.audio.quality import ClipReport
from tts.audio.spec import AudioSpec
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
        f'<button type="button" class="yn-button yn-small" id="yn-clip-remove">{remove}</button></div>'
        f"{_player(f'{address}/audio', report.seconds, _wave(reference.waveform), language)}"
        f'<dl class="yn-facts yn-three">{_facts(report, language)}</dl>'
        f'<div class="yn-verdict yn-{verdict}"><strong>{escape(say(language, f"verdict.{verdict}"))}</strong>'
        f"{f'<ul>{warnings}</ul>' if warnings else ''}</div>"
    )


def result_card(name: str, take: Take, device: str, language: Language) -> str:
    """The result `name` (its id): player over waveform and mel, what can be done with it, and the text as spoken."""
    speech, address = take.speech, f"./studio/takes/{name}"
    plots_html = (
        f"{_wave(take.waveform)}"
        f'<div class="yn-mel"><img src="{plots.data_address(take.mel)}" alt="{escape(say(language, "result.mel"))}">'
        f"{''.join(_frequency(label, place) for label, place in plots.frequency_ticks(AudioSpec()))}</div>"
    )
    ticks = "".join(
        f'<span style="left:{place * 100:.2f}%">{label}</span>' for label, place in plots.time_ticks(speech.seconds)
    )
    axis = f'<div class="yn-axis" aria-hidden="true">{ticks}<em>{say(language, "unit.seconds")}</em></div>'
    download = (
        f'<a class="yn-button yn-primary" href="{address}/audio?download" download="yinse-{speech.seed}.wav">'
        f"{say(language, 'result.download')}</a>"
    )
    rows = spoken.spoken_rows(take.reading, speech.segments, say(language, "result.play_segment"))
    return (
        f'<section class="yn-take" aria-label="{say(language, "result.title")}">'
        f'<div class="yn-player yn-large" data-seconds="{speech.seconds:.4f}">'
        f"{_audio(f'{address}/audio')}"
        f'<div class="yn-controls">{_play_button(language)}<span class="yn-time">0:00</span>{download}</div>'
        f"{_track(plots_html, speech.seconds, language)}{axis}"
        f"{_made_of(take, device, language)}{_warnings(take, language)}"
        f"<h3>{say(language, 'result.spoken')}</h3>{rows}"
        f'<details class="yn-phones"><summary>{say(language, "result.phones")}</summary>'
        f"{spoken.phone_lines(take.reading)}</details></div></section>"
    )


def _made_of(take: Take, device: str, language: Language) -> str:
    speech = take.speech
    facts = (
        (say(language, "result.length"), f"{speech.seconds:.2f} {say(language, 'unit.seconds')}"),
        (say(language, "result.took"), f"{take.took_seconds:.2f} {say(language, 'unit.seconds')}"),
        (say(language, "device.label"), device),
        (say(language, "result.language"), say(language, f"language.{speech.language}")),
    )
    cells = "".join(f"<div><dt>{escape(key)}</dt><dd>{escape(value)}</dd></div>" for key, value in facts)
    reuse = say(language, "seed.reuse")
    seed = (
        f'<div class="yn-wide"><dt>{say(language, "seed.label")}</dt><dd><code>{speech.seed}</code> '
        f'<button type="button" class="yn-button yn-small" data-seed="{speech.seed}">{reuse}</button></dd></div>'
    )
    return f'<dl class="yn-facts">{cells}{seed}</dl>'


def _warnings(take: Take, language: Language) -> str:
    left_out = " ".join(dict.fromkeys(take.speech.left_out))
    notes = [WARNINGS[code][language].format(left_out=left_out) for code in take.speech.warnings]
    return f'<div class="yn-note" role="note">{"<br>".join(map(escape, notes))}</div>' if notes else ""


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


def _player(address: str, seconds: float, inside: str, language: Language) -> str:
    return (
        f'<div class="yn-player" data-seconds="{seconds:.4f}">{_audio(address)}'
        f'<div class="yn-controls">{_play_button(language)}</div>{_track(inside, seconds, language)}'
        f'<span class="yn-time">0:00</span></div>'
    )


def _audio(address: str) -> str:
    return f'<audio preload="metadata" src="{address}"></audio>'


def _play_button(language: Language) -> str:
    return f'<button type="button" class="yn-play" aria-label="{say(language, "js.play")}"></button>'


def _track(inside: str, seconds: float, language: Language) -> str:
    return (
        f'<div class="yn-track" role="slider" tabindex="0" aria-label="{say(language, "result.position")}" '
        f'aria-valuemin="0" aria-valuemax="{seconds:.1f}" aria-valuenow="0">{inside}<i class="yn-head"></i></div>'
    )


def _wave(path: str) -> str:
    box = f'viewBox="0 0 {plots.COLUMNS} 100" preserveAspectRatio="none" aria-hidden="true"'
    drawn = f'<path d="{path}"/>'
    return f'<div class="yn-wave"><svg {box}>{drawn}</svg><svg class="yn-played" {box}>{drawn}</svg></div>'


def _frequency(label: str, place: float) -> str:
    return f'<span style="bottom:{place * 100:.1f}%">{label}</span>'
