"""HTML of finished speech: the player with its words, what can be done with it, and the text as spoken."""

from collections.abc import Sequence
from html import escape

from studio import likeness, players, plots, spoken
from studio.choosing import takes_to_choose
from studio.export_panel import panel_of
from studio.takes import TIMINGS, Take
from studio.words import fill, say
from tts.audio.master import ENDINGS
from tts.audio.spec import AudioSpec
from tts.sentences import WARNINGS, Language
from tts.text.reading import Reading


def result_card(take: Take, reading: Reading | None, language: Language, siblings: Sequence[Take] = ()) -> str:
    """One take, and its siblings to choose among; `reading` is None where its text cannot be read any more, by a
    glossary that has changed.
    """
    mel = f'<img src="{address(take)}/mel" alt="{escape(say(language, "result.mel"))}">'
    ticks = "".join(_frequency(label, place) for label, place in plots.frequency_ticks(AudioSpec()))
    pictures = f'{players.wave(take.waveform)}<div class="yn-mel">{mel}{ticks}</div>'
    return (
        f'<section class="yn-take" data-take="{take.id}" aria-label="{say(language, "result.title")}">'
        f"{takes_to_choose(take, siblings, language)}"
        f'<div class="yn-player yn-large" data-seconds="{take.seconds:.4f}">'
        f"{players.sound(f'{address(take)}/audio')}"
        f'<div class="yn-controls">{players.play_button(language)}<span class="yn-time">0:00</span>'
        f"{downloads(take, language)}</div>"
        f"{players.track(pictures, take.seconds, language)}{_axis(take, language)}{_words(take, language)}"
        f"{_made_of(take, language)}{_warnings(take, language)}{_spoken(take, reading, language)}</div></section>"
    )


def address(take: Take) -> str:
    return f"./studio/takes/{take.id}"


def downloads(take: Take, language: Language, *, wide: bool = True) -> str:
    """The wav at one press, and a menu of all other formats and of the timings."""
    first = (
        f'<a class="yn-button {"yn-primary" if wide else "yn-small"}" href="{address(take)}/audio/wav" download>'
        f"{say(language, 'result.download') if wide else 'WAV'}</a>"
    )
    sounds = "".join(_link(take, f"audio/{ending}", ending) for ending in ENDINGS if ending != "wav")
    timings = "".join(_link(take, f"timings/{ending}", ending) for ending in TIMINGS)
    return (
        f'<div class="yn-downloads">{first}<details class="yn-menu"><summary class="yn-button'
        f'{"" if wide else " yn-small"}" aria-label="{say(language, "result.formats")}">…</summary>'
        f'<div class="yn-menu-list"><p>{say(language, "result.sound")}</p>{sounds}'
        f"<p>{say(language, 'result.timings')}</p>{timings}</div></details></div>"
    )


def _link(take: Take, path: str, ending: str) -> str:
    shown = ending if ending == "TextGrid" else ending.upper()
    return f'<a class="yn-button yn-small" href="{address(take)}/{path}" download>{shown}</a>'


def _axis(take: Take, language: Language) -> str:
    ticks = "".join(
        f'<span style="left:{place * 100:.2f}%">{label}</span>' for label, place in plots.time_ticks(take.seconds)
    )
    return f'<div class="yn-axis" aria-hidden="true">{ticks}<em>{say(language, "unit.seconds")}</em></div>'


def _words(take: Take, language: Language) -> str:
    """Every word at its time, as a button that goes there; a strip of its own length where they are many."""
    if not take.words or not take.seconds:
        return ""
    whole = take.seconds / 100
    buttons = "".join(
        f'<button type="button" data-seek="{word.start:.3f}" data-start="{word.start:.3f}" data-end="{word.end:.3f}" '
        f'style="left:{word.start / whole:.3f}%;width:{(word.end - word.start) / whole:.3f}%" '
        f'title="{escape(word.text)} {word.start:.2f}–{word.end:.2f}">{escape(word.text)}</button>'
        for word in take.words
    )
    return (
        f'<div class="yn-wordline" role="group" aria-label="{say(language, "result.words")}" tabindex="0">'
        f'<div style="min-width:{take.seconds * 4.5:.0f}em">{buttons}</div></div>'
    )


def _made_of(take: Take, language: Language) -> str:
    facts = (
        (say(language, "result.length"), f"{take.seconds:.2f} {say(language, 'unit.seconds')}"),
        (say(language, "result.took"), f"{take.took_seconds:.2f} {say(language, 'unit.seconds')}"),
        (say(language, "device.label"), fill(take.device, language)),
        (say(language, "result.language"), say(language, f"language.{take.language}")),
    )
    cells = "".join(f"<div><dt>{escape(key)}</dt><dd>{escape(value)}</dd></div>" for key, value in facts)
    seed = (
        f'<div class="yn-wide"><dt>{say(language, "seed.label")}</dt><dd><code>{take.seed}</code> '
        f'<button type="button" class="yn-button yn-small" data-seed="{take.seed}">{say(language, "seed.reuse")}'
        "</button></dd></div>"
    )
    compare = (
        f'<p><button type="button" class="yn-button yn-small" data-compare="{take.id}">'
        f"{say(language, 'compare.button')}</button></p>"
    )
    used = _terms(take)
    terms = f'<div class="yn-wide"><dt>{say(language, "terms.title")}</dt><dd>{used}</dd></div>' if used else ""
    return (
        f'<dl class="yn-facts">{cells}{seed}{likeness.fact(take, language)}{terms}</dl>{compare}'
        f"{panel_of(take.id, language)}"
    )


def _terms(take: Take) -> str:
    return " · ".join(f"{escape(term)} <code>{escape(reading)}</code>" for term, reading in take.terms)


def _warnings(take: Take, language: Language) -> str:
    left_out = " ".join(dict.fromkeys(take.left_out))
    notes = [WARNINGS[code][language].format(left_out=left_out) for code in take.warnings]
    return f'<div class="yn-note" role="note">{"<br>".join(map(escape, notes))}</div>' if notes else ""


def _spoken(take: Take, reading: Reading | None, language: Language) -> str:
    if reading is None:
        return ""
    again = say(language, "again.button") if take.pieces else ""
    ways = say(language, "again.several") if again else ""
    rows = spoken.spoken_rows(
        reading, take.segments, say(language, "result.play_segment"), (again, ways), take.segment_seeds.keys()
    )
    hint = f'<p class="yn-hint">{say(language, "again.hint")}</p>' if again else ""
    return (
        f"<h3>{say(language, 'result.spoken')}</h3>{hint}{rows}"
        f'<details class="yn-phones"><summary>{say(language, "result.phones")}</summary>'
        f"{spoken.phone_lines(reading)}</details>"
    )


def _frequency(label: str, place: float) -> str:
    return f'<span style="bottom:{place * 100:.1f}%">{label}</span>'
