"""Every word of the page is there in every language, and safe to put anywhere in it."""

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from studio import feeling, likeness, reference_card, words
from studio.manner import EMOJI
from studio.page import TABS
from studio.routes import system
from studio.tabs.clone import LANGUAGES as TEXT_LANGUAGES
from studio.words import catalogue, choose, fill, say
from tts import synthesizer
from tts.audio import quality
from tts.audio.form import BITS
from tts.dubbing.schedule import State as FitState
from tts.emotion import EMOTIONS
from tts.sentences import LANGUAGES, WARNINGS, Language
from tts.text.manners import PLAIN, style_of
from tts.text.phones import PAUSES

STUDIO = Path(words.__file__).parents[1]
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in STUDIO.rglob("*.py"))
SCRIPT = "\n".join(path.read_text(encoding="utf-8") for path in STUDIO.rglob("*.js"))


def asked() -> set[str]:
    """Keys that the code asks for, those that it puts together included."""
    keys = set(re.findall(r"@\[([a-z0-9_.-]+)\]", SOURCES)) | set(
        re.findall(r"say\(\s*[\w.]+, [\"']([\w.-]+)[\"']", SOURCES)
    )
    keys |= {f"emotion.{name}" for name in EMOTIONS} | {f"language.{name}" for name in TEXT_LANGUAGES}
    keys |= {f"{card}.{part}" for card in ("text", "pace") for part in ("title", "hint")}
    keys |= {f"fact.{name}{end}" for name in set(reference_card.FACT_OF.values()) for end in ("", "_hint")}
    keys |= {f"verdict.{name}" for name in ("fine", "unsure", *reference_card.FACT_OF)}
    keys |= {"trim.start", "trim.end", "denoise.before", "denoise.after"}
    keys |= {f"feeling.{name}" for name in feeling.SOURCES}
    keys |= {f"tab.{name}" for name in TABS}
    keys |= {f"line.{name}" for name in ("waiting", "speaking", "done", "failed", "stopped")}
    keys |= {f"dub.{name}" for name in get_args(FitState)} | {"dub.making", "progress.planning"}
    keys |= {f"system.{name}" for name in system.FACTS}
    keys |= {f"likeness.{name}" for name in likeness.VERDICTS} | {f"export.bit_{bits}" for bits in BITS}
    keys |= {"export.hint", "export.zip_hint"}
    keys |= {"verdict.good", "verdict.fair", "choice.sure", "choice.unsure"}
    keys |= {f"emoji.{name}" for name in EMOJI} | {f"pause.{name}" for name in PAUSES if name not in ("pad", "edge")}
    return keys | {f"js.{name}" for name in re.findall(r"\bwords\.(\w+)", SCRIPT)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_missing(language: Language) -> None:
    assert asked() - catalogue(language).keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_left_over(language: Language) -> None:
    # Labels of options also name them in errors about a value.
    spare = {"emotion.label"}
    assert catalogue(language).keys() - asked() - spare == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_have_the_same_keys_and_details(language: Language) -> None:
    def details(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    ours, english = catalogue(language), catalogue("en")
    assert list(ours) == list(english)
    assert {key: details(text) for key, text in ours.items()} == {key: details(text) for key, text in english.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_need_no_escaping_in_html_or_json(language: Language) -> None:
    assert [text for text in catalogue(language).values() if not text or re.search(r'[<>&"\\`$]|@\[', text)] == []


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_other_languages_are_not_left_in_english(language: Language) -> None:
    same = {key for key, text in catalogue(language).items() if re.fullmatch(r"[A-Za-z ]{4,}", text)}
    assert same == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_an_emotion_is_a_mark_of_it_in_a_text(language: Language) -> None:
    marks = {name: style_of(f"{say(language, f'emotion.{name}')} 0.8", PLAIN).emotions for name in EMOTIONS}
    assert marks == {name: ((name, 0.8),) for name in EMOTIONS}


def test_every_warning_about_a_clip_belongs_to_a_line_of_the_report() -> None:
    sources = [Path(room.__file__).read_text(encoding="utf-8") for room in (quality, synthesizer)]
    codes = set(re.findall(r'"(clip_\w+)"', "".join(sources))) - {"clip_none"}
    assert codes == reference_card.FACT_OF.keys()
    assert set(reference_card.FACT_OF.values()) <= set(reference_card.FACTS)
    assert all(set(WARNINGS[code]) == set(LANGUAGES) for code in codes)


@pytest.mark.parametrize(
    ("chosen", "accepted", "expected"),
    [
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, "zh-HK", "zh"),
        (None, "ja", "ja"),
        (None, "de-DE,ja;q=0.4,en;q=0.7", "en"),
        (None, "fr,*;q=0.5", "ja"),
        (None, "", "ja"),
        (None, "zh;q=nonsense,en", "en"),
        (None, "zh;q=0,en;q=0.1", "en"),
        ("ja", "zh-CN", "ja"),
        ("xx", "zh-CN", "zh"),
    ],
)
def test_the_page_speaks_the_language_that_was_chosen_or_that_the_browser_wants(
    chosen: str | None, accepted: str, expected: str
) -> None:
    assert choose(chosen, accepted, "ja") == expected


def test_marks_become_words() -> None:
    assert fill("<b>@[generate.button]</b>", "zh") == "<b>生成语音</b>"
    assert say("en", "progress.waiting", ahead=3) == "Waiting; 3 before you …"
    with pytest.raises(KeyError):
        fill("@[no.such.key]", "en")
