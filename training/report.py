"""One page to look at: our speech beside people's, with spectrograms, pitch and the judges' figures.

    python -m training.report --ours DIR --human DIR --out report.html [--figures NAME=FIGURES.json]… [--count 5]

Both folders are those of `training.evaluate`. The page holds its pictures and sounds and needs nothing else.
"""

from __future__ import annotations

import argparse
import base64
import csv
import html
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import soundfile
import soxr
import torch
from matplotlib.figure import Figure

from training.evaluate import spread
from tts.audio.features import frame_energy, log_mel
from tts.audio.pitch import track
from tts.audio.spec import AudioSpec

SPEC = AudioSpec()
_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:1200px;padding:0 1rem;color:#1c1c22}
table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #d6d6de;padding:.25rem .6rem;text-align:right}
th:first-child,td:first-child{text-align:left}img{width:100%;display:block}.pair{display:grid;
grid-template-columns:1fr 1fr;gap:1rem;margin:1.5rem 0;border-top:1px solid #d6d6de;padding-top:1rem}
audio{width:100%}p{margin:.3rem 0}
"""


@dataclass(frozen=True)
class Measures:
    """What a picture shows, as figures: medians over one utterance."""

    seconds: float
    f0_median_hz: float
    f0_range_semitones: float
    level_db: float
    above_8_khz_db: float


def load(path: Path) -> np.ndarray:
    """(samples,) float32 at the rate of `AudioSpec`."""
    wave, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = wave.mean(1)
    return mono if rate == SPEC.sample_rate else soxr.resample(mono, rate, SPEC.sample_rate)


def measure(wave: np.ndarray) -> Measures:
    """`above_8_khz_db`: how far the band above 8 kHz lies under the one below."""
    voiced = track(wave, SPEC).voiced
    f0_range = 12 * float(np.log2(np.quantile(voiced, 0.9) / np.quantile(voiced, 0.1))) if len(voiced) > 4 else 0.0
    spectrum = np.abs(np.fft.rfft(wave)) ** 2
    edge = int(8000 / (SPEC.sample_rate / 2) * len(spectrum))
    return Measures(
        seconds=len(wave) / SPEC.sample_rate,
        f0_median_hz=float(np.median(voiced)) if len(voiced) else 0.0,
        f0_range_semitones=f0_range,
        level_db=10 * float(np.log10(np.mean(wave**2) + 1e-10)),
        above_8_khz_db=10 * float(np.log10((spectrum[edge:].sum() + 1e-10) / (spectrum[:edge].sum() + 1e-10))),
    )


def picture(wave: np.ndarray) -> str:
    """Mel spectrogram with pitch, and energy under it, as a data address of a PNG."""
    mel = log_mel(torch.from_numpy(np.ascontiguousarray(wave))[None], SPEC)
    f0 = track(wave, SPEC).f0_hz
    time = np.arange(mel.shape[-1]) / SPEC.frames_per_second
    figure = Figure(figsize=(9, 4.2), dpi=90, layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=[4, 1])
    above.imshow(
        mel[0].numpy(), origin="lower", aspect="auto", cmap="magma", vmin=-9, vmax=3,
        extent=(0.0, max(float(mel.shape[-1]) / SPEC.frames_per_second, 0.01), 0.0, float(SPEC.n_mels)),
    )  # fmt: skip
    above.set_ylabel("mel bin")
    pitch = above.twinx()
    pitch.plot(time, np.where(f0 > 0, f0, np.nan), color="cyan", linewidth=1.4)
    pitch.set_ylim(50, 500)
    pitch.set_ylabel("Hz")
    below.plot(time, frame_energy(mel)[0].numpy(), linewidth=0.9)
    below.set_xlabel("s")
    below.set_ylabel("energy")
    content = io.BytesIO()
    figure.savefig(content, format="png")
    return "data:image/png;base64," + base64.b64encode(content.getvalue()).decode()


def sound(path: Path) -> str:
    """A sound file as a data address."""
    return "data:audio/wav;base64," + base64.b64encode(path.read_bytes()).decode()


def flat(figures: dict[str, Any], prefix: str = "") -> dict[str, float | str]:
    """Nested figures as one row: `{"a": {"b": 1}}` -> `{"a b": 1}`."""
    row: dict[str, float | str] = {}
    for name, value in figures.items():
        row |= flat(value, f"{prefix}{name} ") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return row


def table(rows: dict[str, dict[str, float | str]]) -> str:
    """Row name -> column -> figure, as an HTML table."""
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    lines = ["<table><tr><th></th>" + "".join(f"<th>{html.escape(column)}</th>" for column in columns) + "</tr>"]
    for name, row in rows.items():
        cells = "".join(
            f"<td>{value:.3g}</td>" if isinstance(value := row.get(column, ""), float) else f"<td>{value}</td>"
            for column in columns
        )
        lines.append(f"<tr><td>{html.escape(name)}</td>{cells}</tr>")
    return "\n".join(lines) + "</table>"


def manifest(folder: Path) -> list[dict[str, str]]:
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _side(title: str, row: dict[str, str]) -> tuple[str, Measures]:
    path = Path(row["wave"])
    wave = load(path)
    text = html.escape(f"{row['lang']}: {row['text']}")
    return (
        f'<div><p><b>{title}</b> {text}</p><img alt="spectrogram" src="{picture(wave)}">'
        f'<audio controls src="{sound(path)}"></audio></div>',
        measure(wave),
    )


def page(
    ours: list[dict[str, str]], human: list[dict[str, str]], figures: dict[str, dict[str, Any]], count: int
) -> str:
    """The report: `count` of our utterances a language, each beside one of the same speaker's (or language's) own."""
    pairs, measures = [], {}
    for language in dict.fromkeys(row["lang"] for row in ours):
        for row in spread([row for row in ours if row["lang"] == language], count):
            name = Path(row["reference"]).stem
            own = [other for other in human if Path(other["reference"]).stem == name]
            beside = (own or [other for other in human if other["lang"] == language] or human)[0]
            left, measures[f"ours {Path(row['wave']).stem}"] = _side("ours", row)
            right, measures[f"human {Path(beside['wave']).stem}"] = _side("human", beside)
            pairs.append(f'<div class="pair">{left}{right}</div>')
    figure_rows = {name: flat(values) for name, values in figures.items()}
    measure_rows: dict[str, dict[str, float | str]] = {name: dict(vars(value)) for name, value in measures.items()}
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Yinse: speech report</title>'
        f"<style>{_STYLE}</style><h1>Speech beside people's</h1>{table(figure_rows) if figure_rows else ''}"
        f"{''.join(pairs)}<h2>Measured from the waves above</h2>{table(measure_rows)}</html>\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.report", description=__doc__.split("\n")[0])
    parser.add_argument("--ours", type=Path, required=True, help="folder of `training.evaluate synthesise`")
    parser.add_argument("--human", type=Path, required=True, help="folder of `training.evaluate human`")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--figures", action="append", default=[], metavar="NAME=FILE", help="judges' figures, as JSON")
    parser.add_argument("--count", type=int, default=5, help="utterances a language")
    options = parser.parse_args()
    mpl.use("Agg")
    figures = {}
    for named in options.figures:
        name, _, path = named.partition("=")
        figures[name] = json.loads(Path(path).read_text(encoding="utf-8"))
    content = page(manifest(options.ours), manifest(options.human), figures, options.count)
    options.out.write_text(content, encoding="utf-8")
    print(f"{options.out}: {len(content) // 1024} KiB")


if __name__ == "__main__":
    main()
