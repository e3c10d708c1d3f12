"""The report: one page that holds everything, same sentences side by side, differences told without colour."""

import base64
import io
import json
import math
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image

from training.evaluate import Row as Written
from training.evaluate import write_manifests
from training.report import PEOPLE, Side, beside, chosen, effect, figures_table, main, marked, measures_table, named
from tts.audio.artefacts import MEASURES
from tts.cli.evaluate import Row

RATE = 24000
SAYINGS = (("zh", "你好，世界。"), ("zh", "今天很好。"), ("en", "The river is <cold>."))


class Page(HTMLParser):
    """What a page holds: its elements with their attributes, and its text."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for own, attributes in self.elements if own == tag]


def folder_of(path: Path, sayings: tuple[tuple[str, str], ...], hertz: float) -> Path:
    """A folder as `training.evaluate` writes it: each saying a second of buzz, all in one voice."""
    path.mkdir()
    time = np.arange(RATE) / RATE
    buzz = 0.05 * sum(np.sin(2 * np.pi * hertz * order * time) for order in range(1, 12))
    rows = []
    for number, (language, text) in enumerate(sayings):
        wave = path / f"{language}.{number}.wav"
        soundfile.write(wave, buzz, RATE)
        rows.append(Written(wave, text, language, path.parent / "anna.wav"))
    write_manifests(path, rows)
    return path


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    folder_of(tmp_path / "human", SAYINGS, 120.0)
    folder_of(tmp_path / "one", SAYINGS, 180.0)
    folder_of(tmp_path / "two", SAYINGS[1:], 240.0)

    def report(*arguments: object) -> str:
        given = ["report", "--human", tmp_path / "human", "--out", tmp_path / "out.html", *arguments]
        monkeypatch.setattr(sys, "argv", [str(argument) for argument in given])
        main()
        return (tmp_path / "out.html").read_text(encoding="utf-8")

    return report


def test_one_folder_without_a_name_is_shown_beside_people(report: Callable[..., str], tmp_path: Path) -> None:
    page = Page(report("--ours", tmp_path / "one"))
    assert len(page.all("article")) == len(SAYINGS)
    assert len(page.all("img")) == len(page.all("audio")) == 2 * len(SAYINGS)
    assert "one beside people" in page.words
    assert "The river is <cold>." in page.words
    assert all(row.name in page.words for row in MEASURES)


def test_two_bundles_are_compared_with_their_figures(report: Callable[..., str], tmp_path: Path) -> None:
    for name, rank in (("a", 0.8), ("b", 0.5)):
        figures = {"speaker": {"rank1": rank, "clips": 200}, "judge": "<own>", "missing": None}
        (tmp_path / f"{name}.json").write_text(json.dumps(figures), encoding="utf-8")
    content = report(
        "--ours", f"a={tmp_path / 'one'}", "--ours", f"b={tmp_path / 'two'}", "--count", 2,
        "--figures", f"a={tmp_path / 'a.json'}", "--figures", f"b={tmp_path / 'b.json'}",
    )  # fmt: skip
    page = Page(content)
    # Sentences that both say come first; each has people's, a's and b's wave.
    assert len(page.all("article")) == 2
    assert len(page.all("audio")) == 6
    assert "speaker rank1" in page.words and "▼▼ 0.500" in page.words and "▼ 200" not in page.words
    assert "<own>" in page.words


def test_the_page_needs_nothing_but_itself(report: Callable[..., str], tmp_path: Path) -> None:
    content = report("--ours", tmp_path / "one", "--count", 1)
    page = Page(content)
    addresses = [attributes[name] for _, attributes in page.elements for name in ("src", "href") if name in attributes]
    assert addresses and all(str(address).startswith("data:") for address in addresses)
    assert "http" not in page.words and "url(" not in content and not page.all("script")
    picture = base64.b64decode(str(page.all("img")[0]["src"]).partition(",")[2])
    assert Image.open(io.BytesIO(picture)).size == (630, 324)
    wave, rate = soundfile.read(io.BytesIO(base64.b64decode(str(page.all("audio")[0]["src"]).partition(",")[2])))
    assert (rate, len(wave)) == (RATE, RATE)
    assert all(attributes["alt"] for attributes in page.all("img"))


@pytest.mark.parametrize("arguments", [["--ours", "none"], ["--figures", "a=none.json"], ["--ours", "people={one}"]])
def test_what_cannot_be_shown_is_told(report: Callable[..., str], tmp_path: Path, arguments: list[str]) -> None:
    given = [argument.format(one=tmp_path / "one") for argument in arguments]
    with pytest.raises(SystemExit) as ended:
        report("--ours", tmp_path / "one", *given)
    assert ended.value.code == 2


def row(text: str, language: str = "en", voice: str = "anna", wave: str = "") -> Row:
    return Row(2, wave or text, Path(wave or text), text, language, Path(f"{voice}.wav"))


def test_the_same_sentence_is_taken_in_the_same_voice() -> None:
    one = Side("one", (row("hello", voice="bert"), row("cold"), row("only one")))
    two = Side("two", (row("hello", voice="anna"), row("hello", voice="bert"), row("cold", voice="cleo")))
    assert chosen([one, two], 5) == [[one.rows[0], two.rows[1]], [one.rows[1], two.rows[2]]]
    assert chosen([one, Side("three", (row("other"),))], 1) == [[one.rows[0], None]]


def test_people_say_the_same_words_or_are_the_same_voice() -> None:
    human = [row("a", "zh", "cleo"), row("b", "en", "bert"), row("c", "en", "anna"), row("d", "en", "anna")]
    assert beside(row("d"), human).text == "d"
    assert beside(row("x"), human).text == "c"
    assert beside(row("x", voice="dora"), human).text == "b"
    assert beside(row("x", "ko", "dora"), human).text == "a"


def test_a_difference_is_counted_in_deviations() -> None:
    assert effect([3.0, 5.0], [1.0, 3.0]) == pytest.approx(2.0)
    assert effect([1.0, 3.0], [3.0, 5.0]) == pytest.approx(-2.0)
    assert effect([1.0], [1.0]) == effect([], [1.0]) == effect([1.0], []) == 0.0
    assert effect([2.0], [1.0]) == math.inf


def test_a_mark_says_the_direction_in_a_sign_and_a_word() -> None:
    assert marked("<1>", 0.1, 0.5, 0.8) == "<td>&lt;1&gt;</td>"
    for size, sign, word in ((0.6, "▲", "higher"), (-0.6, "▼", "lower")):
        cell = marked("1", size, 0.5, 0.8)
        assert sign in cell and sign * 2 not in cell and f'aria-label="{word}"' in cell
        assert sign * 2 in marked("1", 2 * size, 0.5, 0.8)


def test_the_nearest_to_people_has_a_star() -> None:
    def values(middle: float) -> dict[str, list[float]]:
        return {measure.name: [middle - 1, middle + 1] for measure in MEASURES}

    table = measures_table(values(0.0), {"far": values(5.0), "near": values(-1.0)})
    assert table.count("-1.000 ★") == len(MEASURES) and "5.000 ★" not in table
    assert "★" not in measures_table(values(0.0), {"alone": values(5.0)})
    assert PEOPLE in table


def test_figures_that_are_no_numbers_are_shown_as_they_are() -> None:
    table = figures_table({"a": {"x": 1, "y": True, "z": [1]}, "b": {"x": 1.01, "w": float("nan")}})
    assert "<td>1</td><td>1.010</td>" in table
    assert "<td>True</td><td>–</td>" in table and "<td>[1]</td>" in table and "<td>nan</td>" in table


def test_a_name_may_be_given_or_is_the_folder_s(tmp_path: Path) -> None:
    assert named("new=runs/a=b") == ("new", Path("runs/a=b"))
    assert named("runs/mine") == ("mine", Path("runs/mine"))
    (tmp_path / "a=b").mkdir()
    assert named(str(tmp_path / "a=b")) == ("a=b", tmp_path / "a=b")
