"""Emotions out of a person's words, in four languages; `emotion_wordings.tsv` was written before the lexicon."""

import csv
from pathlib import Path

import pytest

from tts.emotion import EMOTIONS
from tts.errors import BundleError, OptionError
from tts.text import feeling_words
from tts.text.feeling_words import Language, entries
from tts.text.feelings import read_feelings
from tts.wording import emotion_of_words

WORDINGS = Path(__file__).with_name("emotion_wordings.tsv")


def leading(words: str) -> str:
    values = read_feelings(words)
    return max(values, key=lambda name: values[name])


def wordings() -> list[tuple[str, str]]:
    with WORDINGS.open(encoding="utf-8", newline="") as file:
        return [(row["words"], row["emotion"]) for row in csv.DictReader(file, delimiter="\t")]


@pytest.mark.parametrize(("words", "emotion"), wordings())
def test_words_name_their_emotion(words: str, emotion: str) -> None:
    assert leading(words) == emotion


@pytest.mark.parametrize("language", ["zh", "en", "ja", "ko"])
def test_every_language_has_words_for_every_emotion(language: Language) -> None:
    known = [entry for entry in entries(language) if entry.kind == "feeling"]
    assert {entry.emotion for entry in known} == set(EMOTIONS)
    assert len(known) > 700
    assert all(sum(entry.emotion == emotion for entry in known) >= 60 for emotion in EMOTIONS)


@pytest.mark.parametrize(
    ("words", "denied", "left"),
    [
        ("not angry", "angry", "calm"),
        ("不生气", "angry", "calm"),
        ("怒らないで", "angry", "calm"),
        ("화내지 않고", "angry", "calm"),
        ("without fear", "afraid", "calm"),
        ("一点也不开心", "happy", "sad"),
        ("she isn't sad", "sad", "calm"),
        ("不太高兴", "happy", "sad"),
        ("不是很生气", "angry", "calm"),
    ],
)
def test_a_denied_emotion_is_not_asked_for(words: str, denied: str, left: str) -> None:
    assert denied not in read_feelings(words)
    assert leading(words) == left


@pytest.mark.parametrize(
    ("weak", "plain", "strong"),
    [
        ("a bit irritated", "irritated", "extremely irritated"),
        ("有点担心", "担心", "非常担心"),
        ("少し心配して", "心配して", "とても心配して"),
        ("조금 걱정스럽게", "걱정스럽게", "매우 걱정스럽게"),
    ],
)
def test_words_of_degree_make_it_weaker_and_stronger(weak: str, plain: str, strong: str) -> None:
    values = [max(read_feelings(words).values()) for words in (weak, plain, strong)]
    assert values == sorted(values) and len(set(values)) == 3


def test_languages_may_be_mixed() -> None:
    assert leading("老师 very angry") == "angry"


@pytest.mark.parametrize(
    ("words", "emotion"),
    [
        ("😡", "angry"), ("😢😭", "sad"), ("☺️", "happy"), ("😱😱！", "afraid"), ("🤢", "disgusted"),
        ("😮", "surprised"), ("kinda bummed out", "sad"), ("deadpan", "calm"), ("激おこ", "angry"),
        ("気まずそうに", "afraid"), ("心如死灰", "sad"),
    ],
)  # fmt: skip
def test_emoji_and_the_words_of_chats_name_emotions_too(words: str, emotion: str) -> None:
    assert leading(words) == emotion


def test_words_become_a_vector() -> None:
    vector = emotion_of_words("委屈地哭着说").to_dict()
    assert max(vector, key=lambda name: vector[name]) == "sad"


@pytest.mark.parametrize(
    "words", ["", "table and chair", "今天下午三点", "机の上の本", "책상 위의 책", "音乐老师的语气", "???"]
)
def test_words_without_an_emotion_are_told_what_would_help(words: str) -> None:
    with pytest.raises(OptionError, match="such as") as caught:
        emotion_of_words(words)
    assert caught.value.code == "option_emotion_words"


def test_a_missing_lexicon_names_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(feeling_words, "FOLDER", tmp_path)
    entries.cache_clear()
    with pytest.raises(BundleError, match=r"zh\.yaml"):
        entries("zh")
    (tmp_path / "zh.yaml").write_text("emotions: []", encoding="utf-8")
    with pytest.raises(BundleError, match="damaged"):
        entries("zh")
    monkeypatch.undo()
    entries.cache_clear()
