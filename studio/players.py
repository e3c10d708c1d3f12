"""HTML of players: a button, the waveform to seek in, the time. `static/studio.js` makes them play."""

from studio import plots
from studio.words import say
from tts.sentences import Language


def small(
    address: str, seconds: float, waveform: str, language: Language, *, lazy: bool = False, pitch: str = ""
) -> str:
    """A player in one line; a `lazy` one fetches nothing before it is played."""
    return (
        f'<div class="yn-player" data-seconds="{seconds:.4f}">{sound(address, lazy=lazy)}'
        f'<div class="yn-controls">{play_button(language)}</div>{track(wave(waveform, pitch), seconds, language)}'
        f'<span class="yn-time">{clock(seconds)}</span></div>'
    )


def sound(address: str, *, lazy: bool = False) -> str:
    return f'<audio preload="{"none" if lazy else "metadata"}" src="{address}"></audio>'


def play_button(language: Language) -> str:
    return f'<button type="button" class="yn-play" aria-label="{say(language, "js.play")}"></button>'


def track(inside: str, seconds: float, language: Language) -> str:
    """What shows the sound, to be seen and sought in."""
    return (
        f'<div class="yn-track" role="slider" tabindex="0" aria-label="{say(language, "result.position")}" '
        f'aria-valuemin="0" aria-valuemax="{seconds:.1f}" aria-valuenow="0">{inside}<i class="yn-head"></i></div>'
    )


def wave(path: str, pitch: str = "") -> str:
    """The picture of a waveform, as `plots.waveform_path` draws it, with the melody over it."""
    box = f'viewBox="0 0 {plots.COLUMNS} 100" preserveAspectRatio="none" aria-hidden="true"'
    drawn = f'<path d="{path}"/>'
    melody = f'<svg class="yn-melody" {box}><path d="{pitch}"/></svg>' if pitch else ""
    return f'<div class="yn-wave"><svg {box}>{drawn}</svg><svg class="yn-played" {box}>{drawn}</svg>{melody}</div>'


def clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
