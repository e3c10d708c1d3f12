"""One page to look at: our speech, of one bundle or several, beside people's.

    python -m training.report --ours [NAME=]DIR … --human DIR --out report.html [--figures NAME=FILE.json …] [--count 5]

The folders are those of `training.evaluate`. The page has the measures of `tts.audio.artefacts` over all waves of each
folder, the judges' figures, and the same sentences side by side with spectrogram, pitch and sound. It holds all that
it shows and needs nothing else.
"""

from __future__ import annotations

import argparse
import html
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any

from tqdm import tqdm

from training.evaluate import spread
from training.report_plots import picture, sound
from tts.audio.artefacts import MEASURES, measure
from tts.cli.evaluate import Row, read_manifest, read_wave
from tts.errors import YinseError
from tts.settings import Settings, load_settings

PEOPLE = "people"
#: Cohen's d: half a deviation is a medium effect, nearly one a large effect (Cohen 1988).
MEDIUM, LARGE = 0.5, 0.8
#: Part of a judge's figure by which another differs worth a mark.
APART = 0.05
_STYLE = """
:root{color-scheme:light dark;--ink:#1c1c22;--ground:#fff;--line:#cfcfd8;--soft:#5d5d68;--high:#ffe7c7;--low:#d5e8ff}
@media (prefers-color-scheme:dark){:root{--ink:#e8e8ee;--ground:#121216;--line:#3a3a44;--soft:#a5a5b2;
--high:#54370b;--low:#12385f}}
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:1500px;padding:0 1rem;color:var(--ink);
background:var(--ground)}
.scroll{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0}
td,th{border:1px solid var(--line);padding:.25rem .6rem;text-align:right;white-space:nowrap;
font-variant-numeric:tabular-nums}th:first-child,.text{text-align:left}td.text{color:var(--soft);white-space:normal}
td.high{background:var(--high);font-weight:600}td.low{background:var(--low);font-weight:600}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:1rem}
article{border-top:1px solid var(--line);padding:1rem 0}img,audio{width:100%;display:block}
h3{font-size:1rem;margin:.2rem 0}p{margin:.3rem 0}.soft{color:var(--soft)}
"""


@dataclass(frozen=True)
class Side:
    """One folder: its name and its waves."""

    name: str
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, name: str, folder: Path) -> Side:
        return cls(name, tuple(read_manifest(folder / "manifest.tsv")))

    def measures(self, settings: Settings) -> dict[str, list[float]]:
        """Measure -> its values over all waves, those that have none left out."""
        found: dict[str, list[float]] = {row.name: [] for row in MEASURES}
        for row in tqdm(self.rows, desc=self.name, unit="wave"):
            for name, value in measure(read_wave(row.wave, settings).wave).items():
                if value is not None:
                    found[name].append(value)
        return found


def effect(values: Sequence[float], others: Sequence[float]) -> float:
    """Cohen's d of two groups: difference of the means in pooled deviations; 0 where a group is empty."""
    if not values or not others:
        return 0.0
    apart = fmean(values) - fmean(others)
    deviation = math.sqrt((pstdev(values) ** 2 + pstdev(others) ** 2) / 2)
    return apart / deviation if deviation > 0 else math.copysign(math.inf, apart) if apart else 0.0


def number(value: float) -> str:
    """Three decimals of a small number, one of a larger one."""
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def marked(text: str, size: float, medium: float, large: float) -> str:
    """A cell: two arrows for a large difference, one for a medium one, up or down; colour only repeats that."""
    if abs(size) < medium:
        return f"<td>{html.escape(text)}</td>"
    kind, arrow, word = ("high", "▲", "higher") if size > 0 else ("low", "▼", "lower")
    arrows = arrow * (2 if abs(size) >= large else 1)
    return f'<td class="{kind}"><span role="img" aria-label="{word}">{arrows}</span> {html.escape(text)}</td>'


def measures_table(people: dict[str, list[float]], ours: Mapping[str, dict[str, list[float]]]) -> str:
    """Measures by side: means, marked where they lie far from people's; a star at the nearest of several of ours."""
    lines = []
    for row in MEASURES:
        values = people[row.name]
        own = f"{number(fmean(values))} ± {number(pstdev(values))}" if values else "–"
        sizes = {name: effect(found[row.name], values) for name, found in ours.items()}
        nearest = min(map(abs, sizes.values()))
        stand_out = len(sizes) > 1 and max(map(abs, sizes.values())) - nearest >= MEDIUM
        cells = ""
        for name, found in ours.items():
            text = number(fmean(found[row.name])) if found[row.name] else "–"
            star = " ★" if stand_out and abs(sizes[name]) == nearest else ""
            cells += marked(text + star, sizes[name], MEDIUM, LARGE)
        meaning = html.escape(row.meaning)
        lines.append(f'<tr><th>{row.name} ({row.unit})</th><td>{own}</td>{cells}<td class="text">{meaning}</td></tr>')
    heads = (
        "".join(f"<th>{html.escape(name)}</th>" for name in ("", PEOPLE, *ours)) + '<th class="text">what it is</th>'
    )
    return f'<div class="scroll"><table><tr>{heads}</tr>{"".join(lines)}</table></div>'


def flat(figures: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested figures as one row: `{"a": {"b": 1}}` -> `{"a b": 1}`."""
    row: dict[str, Any] = {}
    for name, value in figures.items():
        row |= flat(value, f"{prefix}{name} ") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return row


def figures_table(figures: Mapping[str, Mapping[str, Any]]) -> str:
    """Judges' figures by name, those that differ from the first column's marked."""
    columns = {name: flat(values) for name, values in figures.items()}
    first = next(iter(columns.values()))
    lines = []
    for figure in dict.fromkeys(figure for column in columns.values() for figure in column):
        cells = "".join(_figure(column.get(figure), first.get(figure)) for column in columns.values())
        lines.append(f"<tr><th>{html.escape(figure)}</th>{cells}</tr>")
    heads = "".join(f"<th>{html.escape(name)}</th>" for name in ("", *columns))
    return f'<div class="scroll"><table><tr>{heads}</tr>{"".join(lines)}</table></div>'


def _figure(value: Any, first: Any) -> str:
    if not _is_number(value):
        return f"<td>{'–' if value is None else html.escape(str(value))}</td>"
    apart = (value - first) / max(abs(first), 1e-9) if _is_number(first) else 0.0
    return marked(str(value) if isinstance(value, int) else number(value), apart, APART, 4 * APART)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def chosen(ours: Sequence[Side], count: int) -> list[list[Row | None]]:
    """`count` sentences a language of those that most sides say: for each, the row of each side, in the same voice
    where there is one; None where a side does not say it.
    """
    said = [{(row.language, row.text) for row in side.rows} for side in ours]
    first = dict.fromkeys((row.language, row.text) for side in ours for row in side.rows)
    together = [key for key in first if all(key in keys for keys in said)] or list(first)
    groups = []
    for language in dict.fromkeys(key[0] for key in together):
        for _, text in spread([key for key in together if key[0] == language], count):
            own = [[row for row in side.rows if (row.language, row.text) == (language, text)] for side in ours]
            voice = _voice(next(rows[0] for rows in own if rows))
            groups.append([next((row for row in rows if _voice(row) == voice), _first(rows)) for rows in own])
    return groups


def beside(row: Row, human: Sequence[Row]) -> Row:
    """The recording to hear beside `row`: of the same words and voice, else of the voice, the language, or any."""
    own = [other for other in human if row.reference and _voice(other) == _voice(row)]
    same = [other for other in own if other.text == row.text]
    return (same or own or [other for other in human if other.language == row.language] or list(human))[0]


def _first(rows: Sequence[Row]) -> Row | None:
    return rows[0] if rows else None


def _voice(row: Row) -> str | None:
    return row.reference.stem if row.reference else None


def _shown(name: str, row: Row | None, words: str, settings: Settings) -> str:
    if row is None:
        return f'<div><h3>{html.escape(name)}</h3><p class="soft">does not say it</p></div>'
    wave = read_wave(row.wave, settings).wave
    text = "" if row.text == words else f' <span class="soft">{html.escape(row.text)}</span>'
    label = html.escape(f"{name}: {row.text}", quote=True)
    return (
        f'<div><h3>{html.escape(name)}</h3><p class="soft">{html.escape(row.wave.name)}{text}</p>'
        f'<img alt="spectrogram and pitch, {label}" src="{picture(wave)}">'
        f'<audio controls aria-label="{label}" src="{sound(wave)}"></audio></div>'
    )


def page(
    ours: Sequence[Side], human: Side, figures: Mapping[str, Mapping[str, Any]], count: int, settings: Settings
) -> str:
    """The report on `ours` beside `human`, with `count` sentences a language."""
    names = " and ".join(html.escape(side.name) for side in ours)
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Yinse: {names} beside people</title><style>{_STYLE}</style><h1>{names} beside people</h1>",
        f"<h2>Measures</h2><p>Means over all waves: {len(human.rows)} of people (± deviation), "
        + ", ".join(f"{len(side.rows)} of {html.escape(side.name)}" for side in ours)
        + f". ▲ higher, ▼ lower than people by {MEDIUM} of the deviation and more, twice from {LARGE} on; "
        "★ the nearest to people where ours differ by as much. None of these is a judgement.</p>",
        measures_table(human.measures(settings), {side.name: side.measures(settings) for side in ours}),
    ]
    if figures:
        parts.append(
            f"<h2>Judges' figures</h2><p>▲ higher, ▼ lower than the first column by {APART:.0%} of it and more, twice "
            f"from {4 * APART:.0%} on. Which way is better depends on the figure.</p>{figures_table(figures)}"
        )
    parts.append("<h2>Sentences</h2>")
    for group in chosen(ours, count):
        lead = next(row for row in group if row)
        words = lead.text
        shown = [_shown(PEOPLE, beside(lead, human.rows), words, settings)]
        shown += [_shown(side.name, row, words, settings) for side, row in zip(ours, group, strict=True)]
        heading = html.escape(f"{lead.language}: {words}")
        parts.append(f'<article><h3>{heading}</h3><div class="sides">{"".join(shown)}</div></article>')
    return "".join(parts) + "</html>\n"


def named(given: str) -> tuple[str, Path]:
    """`NAME=PATH`, or a path that gives the name, too."""
    name, equals, path = given.partition("=")
    return (name, Path(path)) if equals and not Path(given).exists() else (Path(given).name, Path(given))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.report", description=__doc__.split("\n")[0])
    parser.add_argument(
        "--ours", action="append", required=True, metavar="[NAME=]DIR",
        help="folder of `training.evaluate synthesise`; may be repeated",
    )  # fmt: skip
    parser.add_argument("--human", type=Path, required=True, help="folder of `training.evaluate human`")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--figures", action="append", default=[], metavar="NAME=FILE", help="judges' figures, as JSON")
    parser.add_argument("--count", type=int, default=5, help="sentences a language")
    options = parser.parse_args()
    folders = [named(given) for given in options.ours]
    if len({name for name, _ in folders} | {PEOPLE}) <= len(folders):
        parser.error(f"give each of --ours a name of its own, other than {PEOPLE}: NAME=DIR")
    try:
        figures = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in map(named, options.figures)}
        ours = [Side.of(name, folder) for name, folder in folders]
        content = page(ours, Side.of(PEOPLE, options.human), figures, options.count, load_settings())
    except YinseError as error:
        parser.error(error.message("en"))
    except (OSError, ValueError) as error:
        parser.error(f"figures cannot be read: {error}")
    options.out.write_text(content, encoding="utf-8")
    print(f"{options.out}: {len(content) // 1024} KiB")


if __name__ == "__main__":
    main()
