"""Which recordings and voices are judged, and that nothing of the training comes among them."""

import csv
import io
import tarfile
from pathlib import Path

import numpy as np
import pytest
import soundfile

from training.evaluate import (
    assignments,
    dev_recordings,
    human_rows,
    read_sentences,
    reference_of,
    spread,
    write_manifests,
)

RATE = 24000
# utterance, set, speaker, language, split, seconds, SNR, emotion
UTTERANCES = [
    ("a1", "cv_zh", "anna", "zh", "dev", 2.0, 60, ""),
    ("a2", "cv_zh", "anna", "zh", "dev", 5.0, 40, ""),
    ("a3", "cv_zh", "anna", "zh", "dev", 5.0, 20, ""),
    ("b1", "libri", "bert", "en", "dev", 14.0, 60, ""),
    ("b2", "libri", "bert", "en", "dev", 4.0, 30, ""),
    ("b3", "libri", "bert", "en", "dev", 3.5, 30, ""),
    ("c1", "ravdess", "cleo", "en", "dev", 3.9, 60, "angry+"),
    ("c2", "ravdess", "cleo", "en", "dev", 3.2, 40, "calm"),
    ("d1", "cv_zh", "dora", "zh", "train", 5.0, 60, ""),
    ("e1", "kathleen", "kathleen", "en", "dev", 5.0, 60, ""),
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    with (folder / "metadata.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t")
        writer.writerow("utt set shard speaker lang split seconds snr_db emotion text".split(" "))
        for utterance, set_name, speaker, language, split, seconds, snr, emotion in UTTERANCES:
            row = (
                utterance,
                set_name,
                "all.0.tar",
                speaker,
                language,
                split,
                seconds,
                snr,
                emotion,
                f"text {utterance}",
            )
            writer.writerow(row)
    with tarfile.open(folder / "all.0.tar", "w") as tar:
        for utterance, set_name, *_, seconds, _, _ in UTTERANCES:
            content = io.BytesIO()
            soundfile.write(content, 0.1 * np.ones(int(seconds * RATE)), RATE, format="OGG", subtype="OPUS")
            member = tarfile.TarInfo(f"{set_name}/{utterance}.opus")
            member.size = len(content.getvalue())
            content.seek(0)
            tar.addfile(member, content)
    return folder


def test_only_held_out_speakers_are_judged(corpus: Path) -> None:
    assert set(dev_recordings(corpus)) == {"anna", "bert", "cleo"}


def test_a_reference_is_clean_long_enough_and_in_a_plain_manner(corpus: Path) -> None:
    chosen = {name: reference_of(rows).utterance for name, rows in dev_recordings(corpus).items()}
    assert chosen == {"anna": "a2", "bert": "b2", "cleo": "c2"}


def test_human_rows_are_other_recordings_of_the_same_speakers(corpus: Path, tmp_path: Path) -> None:
    rows = human_rows(corpus, tmp_path / "human", per_language=4)
    assert {row.wave.stem for row in rows} == {"a1", "a3", "b1", "b3", "c1"}
    assert {(row.wave.stem[0], row.reference.stem[0]) for row in rows} == {("a", "a"), ("b", "b"), ("c", "c")}
    assert all(soundfile.info(row.wave).samplerate == RATE and row.reference.exists() for row in rows)


def test_manifests_have_the_columns_that_the_judges_read(corpus: Path, tmp_path: Path) -> None:
    rows = human_rows(corpus, tmp_path, per_language=4)
    write_manifests(tmp_path, rows)
    with (tmp_path / "manifest.zh.tsv").open(encoding="utf-8") as file:
        read = list(csv.DictReader(file, delimiter="\t"))
    assert [row["text"] for row in read] == ["text a1", "text a3"]
    assert list(read[0]) == ["wave", "text", "lang", "reference"]


def test_sentences_are_said_by_speakers_of_their_language_or_crosswise() -> None:
    speakers, sentences = (
        {"anna": "zh", "bert": "en", "cleo": "en"},
        {"zh": ["一", "二"], "en": ["one", "two", "three"]},
    )
    assert assignments(speakers, sentences, cross=False) == [
        ("anna", "zh", "一"),
        ("anna", "zh", "二"),
        ("bert", "en", "one"),
        ("cleo", "en", "two"),
        ("bert", "en", "three"),
    ]
    assert [row[0] for row in assignments(speakers, sentences, cross=True)] == ["bert", "cleo", "anna", "anna", "anna"]


def test_sentences_are_spread_over_the_whole_table(tmp_path: Path) -> None:
    path = tmp_path / "sentences.tsv"
    path.write_text("lang\ttext\n" + "".join(f"en\ts{index}\n" for index in range(50)), encoding="utf-8")
    assert read_sentences(path, 5)["en"] == ["s0", "s10", "s20", "s30", "s40"]
    assert spread([1, 2], 5) == [1, 2]
