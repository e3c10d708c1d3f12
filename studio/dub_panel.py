"""HTML of the small panel of one line of a dub: its window, words, voice and emotion, its takes, the original."""

from html import escape

from studio import players, plots
from studio.drafts import MOST_TAKES, Own, Sheet
from studio.dubs import Dub
from studio.originals import Original
from studio.words import say
from tts.dubbing.document import Line
from tts.dubbing.editing import words_of
from tts.dubbing.stamps import clock
from tts.emotion import EMOTIONS
from tts.sentences import Language


def panel(dub: Dub, sheet: Sheet, place: int, language: Language) -> str:
    """The panel of the line at that place."""
    line, own = sheet.line(place)
    words = escape(words_of(sheet.source)[line.row])
    times = _times(line, language) if line.window else ""
    return (
        f'<li class="yn-line-panel" data-panel="{place}"><div class="yn-line-fields" role="group" '
        f'aria-label="{say(language, "dub.panel", line=line.row)}">{times}'
        f'<label class="yn-field">{say(language, "dub.words")}'
        f'<textarea class="yn-area" id="yn-line-words" rows="2" spellcheck="false">{words}</textarea></label>'
        f'<div class="yn-form yn-three-fields">{_voice(own, language)}{_emotion(own, language)}</div>'
        f'<div id="yn-line-error"></div>{_heard(dub, sheet, place, language)}'
        f"{_original(dub, line, language)}</div></li>"
    )


def _times(line: Line, language: Language) -> str:
    assert line.window is not None
    fields = "".join(
        f'<div class="yn-time-field"><label for="yn-line-{name}">{shown}</label>'
        f'<div role="group" aria-label="{shown}">{_nudges(name, shown, (-100, -50))}'
        f'<input type="text" id="yn-line-{name}" value="{clock(time)}" inputmode="decimal" autocomplete="off" '
        f'spellcheck="false">{_nudges(name, shown, (50, 100))}</div></div>'
        for name, shown, time in (
            ("start", say(language, "dub.start"), line.window.start),
            ("end", say(language, "dub.end"), line.window.end),
        )
    )
    return f'<div class="yn-times">{fields}</div>'


def _nudges(name: str, shown: str, steps: tuple[int, ...]) -> str:
    return "".join(
        f'<button type="button" class="yn-button yn-small" data-nudge="{name}:{step}" '
        f'aria-label="{shown} {step:+d} ms" title="{step:+d} ms">{"−" if step < 0 else "+"}{abs(step)}</button>'
        for step in steps
    )


def _voice(own: Own, language: Language) -> str:
    return (
        f'<label>{say(language, "reference.title")}<select id="yn-line-voice" data-voices '
        f'data-none="{say(language, "dub.as_cast")}" data-wanted="{escape(own.voice)}"></select></label>'
    )


def _emotion(own: Own, language: Language) -> str:
    chosen = "".join(
        f'<option value="{name}"{" selected" if name == own.emotion else ""}>'
        f"{say(language, f'emotion.{name}' if name else 'feeling.own')}</option>"
        for name in ("", *EMOTIONS)
    )
    hidden = "" if own.emotion else " hidden"
    return (
        f'<label>{say(language, "emotion.label")}<select id="yn-line-emotion">{chosen}</select></label>'
        f'<label{hidden}>{say(language, "emotion-weight.label")}<input type="number" id="yn-line-strength" min="0" '
        f'max="1" step="0.1" value="{own.strength:g}"></label>'
    )


def _heard(dub: Dub, sheet: Sheet, place: int, language: Language) -> str:
    """What can be heard of the line: its takes, of which one is picked, and the player of that one."""
    line, own = sheet.line(place)
    if not line.turns:
        return ""
    sign = sheet.signs[place]
    player = ""
    if dub.is_heard(sign):
        wave, rate = dub.line(sign)
        player = players.small(
            f"./studio/dub/heard/{sign}", len(wave) / rate, plots.waveform_path(wave), language, lazy=True
        )
    hear = "" if player else _button("hear", say(language, "dub.hear"), "yn-strong")
    more = _button("again", say(language, "dub.again")) if len(own.seeds) + 1 < MOST_TAKES else ""
    takes = "".join(
        f'<label class="yn-source-pill"><input type="radio" name="yn-line-take" value="{take}"'
        f"{' checked' if take == own.take else ''}><span>{take + 1}</span></label>"
        for take in range(len(own.seeds) + 1)
    )
    label = say(language, "dub.takes")
    pills = f'<span class="yn-sources yn-takes" role="radiogroup" aria-label="{label}"><b>{label}</b>{takes}</span>'
    return f'{player}<div class="yn-bar yn-line-actions">{hear}{more}{pills if own.seeds else ""}</div>'


def _original(dub: Dub, line: Line, language: Language) -> str:
    original = Original(dub.folder)
    if not line.window or not original.is_there or line.window.end == line.window.start:
        return ""
    start, end = line.window.start, line.window.end
    wave, rate = original.moment(start, end)
    address = f"./studio/dub/original?start={start}&amp;end={end}"
    player = players.small(address, len(wave) / rate, plots.waveform_path(wave), language, lazy=True)
    return f'<div class="yn-original"><b>{say(language, "dub.original")}</b>{player}</div>'


def _button(name: str, shown: str, more: str = "") -> str:
    return f'<button type="button" class="yn-button yn-small {more}" data-line-do="{name}">{shown}</button>'
