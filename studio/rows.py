"""HTML of what lasts: the rows of the history and of the library, and how much of the disk they take."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from studio import players
from studio.likeness import brief
from studio.results import address, downloads
from studio.store import Use
from studio.takes import Take
from studio.voices import Kept
from studio.words import say
from tts.emotion import EMOTIONS
from tts.sentences import Language
from tts.speech import LIVELY

_MEGABYTE = 2**20


def history_rows(takes: Sequence[Take], language: Language) -> str:
    """One row a take, the newest first."""
    return "".join(_take_row(take, language) for take in takes)


def voice_rows(voices: Sequence[Kept], language: Language) -> str:
    """One row a voice."""
    return "".join(_voice_row(kept, language) for kept in voices)


def matrix(voices: Sequence[Kept], cosines: Sequence[Sequence[float | None]], language: Language) -> str:
    """A table of how alike every two voices are, shaded by it."""
    head = "".join(f'<th scope="col"><span>{escape(kept.name)}</span></th>' for kept in voices)
    rows = "".join(
        f'<tr><th scope="row">{escape(kept.name)}</th>{"".join(map(_cosine, row))}</tr>'
        for kept, row in zip(voices, cosines, strict=True)
    )
    return (
        f'<div class="yn-matrix" role="region" tabindex="0" aria-label="{say(language, "matrix.title")}">'
        f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def disk(use: Use, limit_megabytes: int, days: float, language: Language) -> str:
    """How much a browser keeps, of how much it may, and for how long."""
    share = min(1.0, use.bytes / (limit_megabytes * _MEGABYTE))
    said = say(
        language, "disk.use", count=use.count, used=megabytes(use.bytes), limit=megabytes(limit_megabytes * _MEGABYTE)
    )
    how_long = say(language, "disk.days", days=f"{days:g}") if days else say(language, "disk.always")
    return (
        f'<div class="yn-disk"><meter min="0" max="1" high="0.9" value="{share:.4f}" aria-label="{escape(said)}">'
        "</meter>"
        f"<p>{escape(said)} {escape(how_long)}</p></div>"
    )


def megabytes(size: int) -> str:
    """`0.4 MB`, `12 MB`, `1.5 GB`."""
    if size >= 1000 * _MEGABYTE:
        return f"{size / _MEGABYTE / 1024:.1f} GB"
    value = size / _MEGABYTE
    return f"{value:.1f} MB" if value < 10 else f"{value:.0f} MB"


def emotions(settings: Mapping[str, Any], language: Language) -> list[str]:
    """The emotions that are there at all, with their values."""
    return [
        f"{say(language, f'emotion.{name}')} {round(value, 2):g}"
        for name, value in zip(EMOTIONS, settings.get("emotion", ()), strict=False)
        if value >= 0.005
    ]


def settings_line(settings: Mapping[str, Any], language: Language) -> str:
    """What differs from the settings that the page begins with, in words."""
    parts = emotions(settings, language)
    if parts and settings.get("weight", 1) != 1:
        parts.append(f"× {settings['weight']:g}")
    if settings.get("duration") is not None:
        parts.append(f"{say(language, 'duration.label')} {settings['duration']:g}")
    elif settings.get("speed", 1) != 1:
        parts.append(f"{say(language, 'speed.label')} {settings['speed']:g}")
    for name, key, usual in (("pauses", "pause-scale.label", 1.0), ("variation", "variation.label", LIVELY)):
        if settings.get(name, usual) != usual:
            parts.append(f"{say(language, key)} {settings[name]:g}")
    if anew := settings.get("segment_seeds"):
        segments = ", ".join(str(at + 1) for at in sorted(map(int, anew)))
        parts.append(say(language, "again.made", segments=segments))
    return " · ".join(parts)


def _take_row(take: Take, language: Language) -> str:
    source = str(take.settings.get("source", {}).get("name", ""))
    facts = [
        f"<b>{escape(source)}</b>",
        _moment(take.made),
        escape(say(language, f"language.{take.language}")),
        escape(settings_line(take.settings, language)),
        f"{say(language, 'seed.label')} {take.seed}",
        brief(take, language),
        _terms(take, language),
    ]
    return (
        f'<li class="yn-row" data-take="{take.id}">'
        f'<label class="yn-pick"><input type="checkbox" aria-label="{say(language, "history.select")}"></label>'
        f'<div class="yn-row-main"><p class="yn-row-text" title="{escape(take.text[:600])}">'
        f"{escape(take.text[:400])}</p>"
        f"{players.small(f'{address(take)}/audio', take.seconds, take.waveform, language, lazy=True)}"
        f'<p class="yn-row-facts">{" · ".join(fact for fact in facts if fact)}</p>'
        f'<input class="yn-note-field" type="text" maxlength="500" value="{escape(take.note)}" '
        f'placeholder="{say(language, "history.note")}" aria-label="{say(language, "history.note")}"></div>'
        f'<div class="yn-row-actions">{_star(take, language)}'
        f"{_button('again', say(language, 'history.again'), 'yn-strong')}"
        f"{_button('open', say(language, 'history.open'))}"
        f"{downloads(take, language, wide=False)}{_button('delete', say(language, 'history.delete'))}</div></li>"
    )


def _terms(take: Take, language: Language) -> str:
    terms = ", ".join(f"{term} = {reading}" for term, reading in take.terms)
    return f"{say(language, 'terms.title')}: {escape(terms)}" if terms else ""


def _voice_row(kept: Kept, language: Language) -> str:
    card, report = kept.card, kept.card.report
    tags = "".join(f"<span>{escape(tag)}</span>" for tag in card.tags)
    whose = card.consent.whose if card.consent else ""
    pitch = f"{report.f0_median_hz:.0f} Hz" if report.f0_median_hz else ""
    consent = say(language, "voices.consent_given", day=card.consent.given_at[:10]) if card.consent else ""
    facts = [escape(whose), escape(consent), pitch, _moment(kept.made)]
    link = f"./studio/voices/{kept.id}"
    export = f'<a class="yn-button yn-small" href="{link}/file" download>{say(language, "voices.export")}</a>'
    return (
        f'<li class="yn-row" data-voice="{kept.id}" data-name="{escape(kept.name)}" '
        f'data-tags="{escape(", ".join(card.tags))}"><div class="yn-row-main">'
        f'<p class="yn-row-text"><b>{escape(kept.name)}</b> <span class="yn-tags">{tags}</span></p>'
        f"{players.small(f'{link}/audio', report.seconds, kept.waveform, language, lazy=True)}"
        f'<p class="yn-row-facts">{" · ".join(fact for fact in facts if fact)}</p></div>'
        f'<div class="yn-row-actions">{_button("use", say(language, "voices.use"), "yn-strong")}'
        f"{_button('rename', say(language, 'voices.rename'))}{_button('tag', say(language, 'voices.tag'))}{export}"
        f"{_button('delete', say(language, 'history.delete'))}</div></li>"
    )


def _button(name: str, shown: str, more: str = "") -> str:
    return f'<button type="button" class="yn-button yn-small {more}" data-do="{name}">{shown}</button>'


def _star(take: Take, language: Language) -> str:
    return (
        f'<button type="button" class="yn-star" data-do="star" aria-pressed="{str(take.starred).lower()}" '
        f'aria-label="{say(language, "history.star")}" title="{say(language, "history.star")}"></button>'
    )


def _moment(seconds: float) -> str:
    """A time of day, which the page's script writes in the way of the reader's language and place."""
    moment = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    return f'<time datetime="{moment}">{moment[:16].replace("T", " ")}</time>'


def _cosine(value: float | None) -> str:
    if value is None:
        return "<td>–</td>"
    return f'<td style="--share:{max(0.0, value) * 100:.0f}%">{value:.2f}</td>'
