"""What the stream of texts for teacher speech promises."""

import random
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from training.texts import english, mandarin, texts
from training.texts.japanese import Japanese
from training.texts.natural import normalised, read_excluded, read_sentences

CORPUS = (
    "utt\tset\tsplit\tlang\ttext\n"
    "a\tcv_zh\ttrain\tzh\t他在院子里种了一棵苹果树，每天都给它浇水。\n"
    "b\tcv_zh\tdev\tzh\t这一句谁也不能在训练中听见。\n"
    "c\tlibri\ttrain\ten\tbut calmly she hit the horse again and the old man called back over his shoulder\n"
    "d\tlibri\tdev\ten\tthis one is kept for the test\n"
    "e\tja_words\ttrain\tja\t個室|こしつ\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "metadata.tsv"
    path.write_text(CORPUS, encoding="utf-8")
    return path


def test_the_same_seed_gives_the_same_texts() -> None:
    first, again, other = (list(islice(texts(seed), 200)) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_languages_come_in_their_shares() -> None:
    counts = Counter(row.language for row in islice(texts(1), 2000))
    assert counts["zh"] / 2000 == pytest.approx(0.50, abs=0.05)
    assert counts["en"] / 2000 == pytest.approx(0.45, abs=0.05)
    assert counts["ja"] / 2000 == pytest.approx(0.05, abs=0.03)


def test_nothing_long_comes_twice_and_nothing_is_left_unfilled() -> None:
    rows = list(islice(texts(2), 2000))
    keys = [normalised(row.text) for row in rows if row.kind != "short"]
    assert len(keys) == len(set(keys))
    assert not [row for row in rows if "a_" in row.text or "\t" in row.text or "{" in row.text.replace("]{", "")]


@pytest.mark.parametrize("speaker", [mandarin.Mandarin, english.English, lambda _: Japanese([])])
def test_every_slot_of_a_grammar_can_be_filled(speaker: type) -> None:
    grammar = speaker(random.Random(0)).grammar
    assert grammar.slots() <= grammar.names()
    for name in grammar.sections:
        assert grammar.expand(name, random.Random(3))


def test_one_round_of_covering_words_says_every_toned_syllable() -> None:
    round_ = list(islice(mandarin.covering_words(random.Random(0)), len(mandarin.words_by_syllable())))
    said, there, missing = mandarin.coverage(round_)
    assert (said, missing) == (there, [])
    assert there > 1300


def test_one_round_of_covering_words_says_every_pair_of_phones() -> None:
    pairs = len(english.words_by_pair())
    round_ = list(islice(english.covering_words(random.Random(0)), 2 * pairs))
    assert english.coverage(round_)[1] == pairs


def test_rows_of_other_splits_are_never_read(corpus: Path) -> None:
    found = read_sentences([corpus])
    assert found["zh"] == ["他在院子里种了一棵苹果树，每天都给它浇水。"]
    assert found["en"][0].startswith("But calmly she hit the horse again")
    assert found["ja_word"] == ["個室"]
    everything = "".join(text for sentences in found.values() for text in sentences)
    assert "谁也不能" not in everything
    assert "kept for the test" not in everything


def test_an_excluded_sentence_is_never_said_alone_or_as_a_part(tmp_path: Path) -> None:
    sentences, excluded = tmp_path / "sentences.tsv", tmp_path / "excluded.tsv"
    sentences.write_text(
        "en\tThe Baker opened his shop!\nen\tNobody came.\nen\tIt rained, and we ran.\n", encoding="utf-8"
    )
    excluded.write_text("lang\ttext\nen\tthe baker opened his shop.\n", encoding="utf-8")
    stream = texts(3, read_sentences([sentences]), read_excluded([excluded]), shares={"en": 1.0}, natural_share=0.9)
    said = [normalised(row.text) for row in islice(stream, 400)]
    assert not [text for text in said if "thebakeropenedhisshop" in text]
    assert any("nobodycame" in text for text in said)


@pytest.mark.parametrize(
    ("number", "characters"),
    [
        (0, "零"), (5, "五"), (10, "十"), (15, "十五"), (20, "二十"), (101, "一百零一"), (110, "一百一十"),
        (1005, "一千零五"), (10_010, "一万零一十"), (34_500, "三万四千五百"),
        (100_000, "十万"), (1_000_200, "一百万零二百"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_characters(number: int, characters: str) -> None:
    assert mandarin.written(number) == characters


@pytest.mark.parametrize(
    ("text", "right"),
    [("a_ hour", "an hour"), ("a_ university", "a university"), ("a_ old map", "an old map"), ("a_ map", "a map")],
)
def test_articles_follow_the_sound_of_the_next_word(text: str, right: str) -> None:
    assert english.with_articles(text) == right
