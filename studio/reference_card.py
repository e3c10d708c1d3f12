"""HTML of a reference: its clips to hear and to cut, the noise switch, the report. All text is escaped here."""

from html import escape
from typing import Final

from studio import players
from studio.reference import MOST_CLIPS, Part, Reference
from studio.words import say
from tts.audio.quality import ClipReport
from tts.audio.stretch import BEST_SECONDS
from tts.sentences import WARNINGS, Language

# Warning -> the line of the report that it is about.
FACT_OF: Final = {
    "clip_strangers": "speakers",
    "clip_speakers": "speakers",
    "clip_no_voice": "pitch",
    "clip_cut": "length",
    "clip_excess": "length",
    "clip_brief": "length",
    "clip_noisy": "noise",
    "clip_reverberant": "reverberation",
    "clip_clipped": "clipping",
    "clip_narrow": "bandwidth",
    "clip_quiet": "level",
    "clip_pauses": "speech",
}
FACTS: Final = ("length", "speech", "noise", "clipping", "reverberation", "bandwidth", "pitch", "level", "speakers")
_STEP: Final = 0.05


def reference_card(
    identity: str, reference: Reference, language: Language, *, pending: bool = False, most: float
) -> str:
    """The whole card of a reference; `pending` while the model still listens to it. At most so many seconds can be
    taken of a clip."""
    address = f"./studio/clips/{identity}/audio"
    several = len(reference.parts) > 1
    parts = "".join(
        _clip(address, place, reference, language, several=several) for place in range(len(reference.parts))
    )
    tuning = _tuning(address, reference, language, most) if reference.trimmable else ""
    return (
        f'{_head(reference, language)}<div class="yn-parts">{parts}</div>{tuning}<div class="yn-heard" role="status" '
        f'aria-busy="{str(pending).lower()}">{heard(reference.report, language, pending)}</div>'
    )


def heard(report: ClipReport, language: Language, pending: bool = False) -> str:
    """The lines of the report and what to do."""
    warnings = "".join(
        f"<li>{escape(WARNINGS[code][language].format(**report.details))}</li>" for code in report.warnings
    )
    verdict = "good" if not report.warnings else "fair"
    return (
        f'<dl class="yn-facts yn-three">{_facts(report, language, pending)}</dl>'
        f'<div class="yn-verdict yn-{verdict}"><strong>{escape(say(language, f"verdict.{verdict}"))}</strong>'
        f"{f'<ul>{warnings}</ul>' if warnings else ''}</div>"
    )


def stretches(reference: Reference, language: Language) -> list[str]:
    """What is proposed for each clip: a button that takes its best stretch; empty for those that need none."""
    return [_stretch(reference, place, language) for place in range(len(reference.parts))]


def _head(reference: Reference, language: Language) -> str:
    count, seconds = len(reference.parts), sum(part.seconds for part in reference.parts)
    named = reference.name if count == 1 else say(language, "clips.several", count=count, seconds=f"{seconds:.1f}")
    title = escape(named)
    add = (
        f'<label class="yn-button yn-small yn-file"><input type="file" id="yn-clip-add" multiple '
        f'accept="audio/*,.m4a,.webm,.opus">{say(language, "clips.add")}</label> '
    )
    more = add if reference.trimmable and count < MOST_CLIPS else ""
    return (
        f'<div class="yn-clip"><p class="yn-clip-name" title="{title}">{title}</p>'
        f'<span>{more}<button type="button" class="yn-button yn-small" id="yn-clip-keep">'
        f'{say(language, "reference.keep")}</button> <button type="button" class="yn-button yn-small" '
        f'id="yn-clip-remove">{say(language, "reference.remove")}</button></span></div>'
    )


def _clip(address: str, place: int, reference: Reference, language: Language, *, several: bool) -> str:
    """The player of one clip, as it will be used; among several with its name and a button that takes it away."""
    part = reference.parts[place]
    picture = reference.picture(part)
    where = f"{address}?part={place}"
    player = players.small(where, part.seconds, picture.waveform, language, pitch=picture.melody)
    if not several:
        return f'<div data-part="{place}">{player}</div>'
    name = escape(part.clip.name)
    remove = f"{say(language, 'clips.remove')} {name}"
    return (
        f'<div class="yn-part" data-part="{place}"><p title="{name}"><b>{name}</b> <small>{_seconds(part, language)}'
        f'</small></p><button type="button" class="yn-button yn-small yn-cross" data-without="{place}" '
        f'aria-label="{remove}" title="{remove}">×</button>{player}</div>'
    )


def _seconds(part: Part, language: Language) -> str:
    unit = say(language, "unit.seconds")
    if part.whole:
        return f"{part.seconds:.1f} {unit}"
    return escape(say(language, "clips.taken", seconds=f"{part.seconds:.1f}", whole=f"{part.clip.seconds:.1f}"))


def _tuning(address: str, reference: Reference, language: Language, most: float) -> str:
    """The panel under the clips. A long recording opens it, since there a stretch was chosen."""
    parts = reference.parts
    fields = "".join(_trim(reference, place, language, most) for place in range(len(parts)))
    cut = any(not part.whole for part in parts)
    return (
        f'<details class="yn-tune" id="yn-tune"{" open" if cut or reference.denoise else ""}>'
        f"<summary>{say(language, 'tune.title')}</summary>{fields}{_denoise(address, reference, language)}"
        '<div class="yn-tune-problem" role="alert"></div></details>'
    )


def _trim(reference: Reference, place: int, language: Language, most: float) -> str:
    part = reference.parts[place]
    whole = part.clip.seconds
    again = (
        f'<button type="button" class="yn-button yn-small" data-whole-clip="{place}">{say(language, "trim.whole")}'
        "</button>"
    )
    if part.whole or whole > most:
        again = ""
    several = len(reference.parts) > 1
    title = escape(part.clip.name) if several else say(language, "trim.title")
    sliders = "".join(
        f'<label><span>{say(language, f"trim.{end}")}</span><input type="range" data-trim="{end}" min="0" '
        f'max="{whole:.3f}" step="{_STEP}" value="{value:.3f}" aria-valuetext="{_clock(value, language)}">'
        f"<output>{_clock(value, language)}</output></label>"
        for end, value in (("start", part.start), ("end", part.end))
    )
    return (
        f'<fieldset class="yn-trim" data-part="{place}" data-whole="{whole:.3f}" '
        f'style="--from:{part.start / whole:.5f};--to:{part.end / whole:.5f}">'
        f'<legend>{title}</legend><div class="yn-strip" aria-hidden="true">{players.wave(part.outline)}</div>{sliders}'
        f'<div class="yn-trim-actions"><button type="button" class="yn-button yn-small" data-hear="{place}">'
        f'{say(language, "trim.hear")}</button><span class="yn-stretch">{_stretch(reference, place, language)}</span>'
        f"{again}</div></fieldset>"
    )


def _stretch(reference: Reference, place: int, language: Language) -> str:
    part = reference.parts[place]
    best = reference.best.get(part.digest)
    if best is None or abs(best.start - part.start) + abs(best.end - part.end) < 2 * _STEP:
        return ""
    label = say(
        language, "trim.best", seconds=f"{best.seconds:.0f}", start=players.clock(best.start),
        end=players.clock(best.end),
    )  # fmt: skip
    return (
        f'<button type="button" class="yn-button yn-small yn-strong" data-stretch="{place}" '
        f'data-start="{best.start:.3f}" data-end="{best.end:.3f}" '
        f'title="{say(language, "trim.best_hint", seconds=f"{BEST_SECONDS:.0f}")}">{escape(label)}</button>'
    )


def _denoise(address: str, reference: Reference, language: Language) -> str:
    switch = (
        f'<label class="yn-check"><input type="checkbox" id="yn-denoise"{" checked" if reference.denoise else ""}>'
        f'{say(language, "denoise.label")}</label><p class="yn-hint">{say(language, "denoise.hint")}</p>'
    )
    if not reference.denoise:
        return f'<div class="yn-denoise">{switch}</div>'
    sides = []
    for place, part in enumerate(reference.parts):
        pictures = (part.taken_picture, part.clean_picture)
        for side, clean in (("before", 0), ("after", 1)):
            where = f"{address}?part={place}&amp;clean={clean}"
            player = players.small(where, part.seconds, pictures[clean].waveform, language, lazy=True)
            found = reference.measured if clean else reference.noisy
            figure = say(language, "denoise.figure", decibels=f"{found.snr_db:.0f}") if not place else part.clip.name
            sides.append(
                f'<div data-side="{side}"><p><b>{say(language, f"denoise.{side}")}</b> <small>{escape(figure)}</small>'
                f"</p>{player}</div>"
            )
    return f'<div class="yn-denoise">{switch}<div class="yn-before-after">{"".join(sides)}</div></div>'


def _facts(report: ClipReport, language: Language, pending: bool) -> str:
    """The lines of the report, each with its own verdict; the ones that a warning is about are marked."""
    seconds = say(language, "unit.seconds")
    pitch = f"{report.f0_median_hz:.0f} Hz" if report.f0_median_hz else "–"
    reach = f"{report.f0_low:.0f}–{report.f0_high:.0f}" if report.f0_median_hz else ""
    ringing = f"{report.reverberation:.1f} {seconds}" if report.reverberation >= 0.15 else f"< 0.2 {seconds}"
    speakers = ("…" if pending else "–", "1", "2+")[report.speakers]
    values = {
        "length": (f"{report.seconds:.1f} {seconds}", ""),
        "speech": (f"{report.speech_share:.0%}", ""),
        "noise": (f"{report.snr_db:.0f} dB", ""),
        "clipping": (f"{report.clipping:.1%}", ""),
        "reverberation": (escape(ringing), ""),
        "bandwidth": (f"{report.bandwidth_hz / 1000:.1f} kHz", ""),
        "pitch": (pitch, reach),
        "level": (f"{report.peak_dbfs:.1f} dBFS", ""),
        "speakers": (speakers, ""),
    }
    # The worst is said where there are several.
    said = {FACT_OF[code]: code for code in reversed(report.warnings)}
    lines = []
    for key in FACTS:
        value, more = values[key]
        unknown = key == "speakers" and not report.speakers and key not in said
        word = "" if unknown and not pending else say(language, f"verdict.{said.get(key, 'fine')}")
        if unknown:
            word = say(language, "verdict.listening" if pending else "verdict.unsure")
        lines.append(
            f'<div class="{"yn-fair" if key in said else "yn-fine"}" title="{say(language, f"fact.{key}_hint")}">'
            f"<dt>{say(language, f'fact.{key}')}</dt><dd>{value} <small>{more}</small></dd>"
            f'<dd class="yn-word-verdict">{escape(word)}</dd></div>'
        )
    return "".join(lines)


def _clock(seconds: float, language: Language) -> str:
    return f"{seconds:.1f} {say(language, 'unit.seconds')}"
