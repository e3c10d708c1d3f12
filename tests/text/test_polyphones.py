"""Mandarin polyphones: chosen by their sentence, shown with how sure that is, and never against the writer."""

import csv
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from training.polyphones.learn import weigh
from training.polyphones.network import Classes, PolyphoneNet
from training.polyphones.packages import Narrow, Wide
from training.polyphones.phrases import write
from training.polyphones.sentences import Target, balanced, clause, folds, plain, varied
from tts.text import zh
from tts.text.syllables import parse
from tts.text.zh_polyphones import EVIDENCE, Decision, load, polyphones

GOLDEN = Path(__file__).parent / "golden/zh_polyphones.tsv"


def read(text: str, before: str = "", after: str = "") -> list[tuple[str, str]]:
    """Each character with its dictionary reading."""
    words = zh.read_phrase([zh.Han(text)], before, after)
    return [pair for word in words for pair in zip(word.text, word.pinyin, strict=True)]


def decided(text: str) -> dict[int, Decision]:
    """Decisions by their place in the text."""
    found, start = {}, 0
    for word in zh.read_phrase([zh.Han(text)]):
        found |= {start + decision.place: decision for decision in word.decided}
        start += len(word.text)
    return found


def cases() -> Iterator[tuple[str, str]]:
    with GOLDEN.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(row["reason"] for row in rows)
    return ((row["text"], row["readings"]) for row in rows)


@pytest.mark.parametrize(("text", "readings"), cases())
def test_everyday_polyphones_are_read_as_they_are_meant(text: str, readings: str) -> None:
    wanted = [tuple(pair.split("=")) for pair in readings.split(" ")]
    places = [place for place, character in enumerate(text) if zh.readable(character)]
    found = []
    for start, end in _runs(places):
        found += read(text[start:end], text[:start], text[end:])
    characters = {character for character, _ in wanted}
    assert [pair for pair in found if pair[0] in characters] == wanted


def _runs(places: list[int]) -> Iterator[tuple[int, int]]:
    start = places[0]
    for place, following in zip(places, [*places[1:], -1], strict=True):
        if following != place + 1:
            yield start, place + 1
            start = following


def test_a_decision_says_where_what_and_how_surely() -> None:
    found = decided("他还没有把书还我")
    assert [(place, found[place].character, found[place].reading) for place in (1, 6)] == [
        (1, "还", "hai2"),
        (6, "还", "huan2"),
    ]
    assert all(0.5 < decision.sureness <= 1 for decision in (found[1], found[6]))
    assert found[1].others == ("huan2",)


def test_a_character_with_one_reading_is_no_decision() -> None:
    assert not decided("我们今天很冷")


def test_what_the_writer_has_set_is_neither_decided_nor_changed() -> None:
    word, *_ = zh.read_phrase([zh.Han("还", ("huan2",)), zh.Han("有")])
    assert word.pinyin[0] == "huan2"
    assert not [decision for decision in word.decided if decision.character == "还"]


def test_a_word_of_the_list_is_no_decision() -> None:
    assert read("重庆") == [("重", "chong2"), ("庆", "qing4")]
    assert not decided("重庆")


def test_the_rest_of_the_sentence_helps() -> None:
    alone = decided("行")[0]
    within = zh.read_phrase([zh.Han("行")], "他在银行工作，这一", "的人都很忙。")[0].decided[0]
    assert alone.sureness != within.sureness


def test_neutral_tones_of_speech_leave_the_dictionary_reading_alone() -> None:
    word = zh.read_phrase([zh.Han("知识")])[0]
    assert word.pinyin == ("zhi1", "shi2")
    assert [syllable.tone for syllable in word.said] == [1, 5]


def test_a_traditional_character_keeps_the_readings_that_are_its_own() -> None:
    assert read("頭髮發展") == [("頭", "tou2"), ("髮", "fa4"), ("發", "fa1"), ("展", "zhan3")]


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("得了地着还行长重一不儿"),
        max_size=40,
    )
)
def test_every_decision_is_the_reading_that_is_taken(text: str) -> None:
    if not text or not all(map(zh.readable, text)):
        return
    for word in zh.read_phrase([zh.Han(text)]):
        assert len(word.pinyin) == len(word.text)
        assert [decision.place for decision in word.decided] == sorted({d.place for d in word.decided})
        for decision in word.decided:
            assert decision.character == word.text[decision.place]
            assert decision.reading == word.pinyin[decision.place]
            assert decision.reading not in decision.others
            assert 0 < decision.sureness <= 1
            assert all(map(parse, (decision.reading, *decision.others)))


def test_a_text_without_marks_is_read_in_blocks() -> None:
    assert len(read("银行的人还行" * 200)) == 1200


def test_every_candidate_is_a_syllable_and_every_weight_has_its_evidence() -> None:
    model = polyphones()
    readings = {reading for row in model.network.candidates.values() for reading in row} - {"r5"}
    assert all(map(parse, readings))
    assert len(model.network.weights) == len(EVIDENCE)


# Training


@pytest.fixture
def net() -> PolyphoneNet:
    """A small network on sources made up here."""
    random_ = np.random.default_rng(5)

    def tensor(*shape: int) -> np.ndarray:
        return random_.normal(0, 0.5, shape).astype(np.float32)

    wide = {"embedding.weight": tensor(9, 6)}
    for layer in range(2):
        for end in ("", "_reverse"):
            wide[f"recur.weight_ih_l{layer}{end}"] = tensor(18, 6 if not layer else 12)
            wide[f"recur.weight_hh_l{layer}{end}"] = tensor(18, 6)
            wide |= {f"recur.{bias}_l{layer}{end}": tensor(18) for bias in ("bias_ih", "bias_hh")}
    narrow = {"embedding.weight": tensor(7, 4), "logit_layer.0.weight": tensor(5, 6), "logit_layer.0.bias": tensor(5)}
    narrow |= {"logit_layer.2.weight": tensor(4, 5), "logit_layer.2.bias": tensor(4)}
    for end in ("", "_reverse"):
        narrow |= {f"lstm.weight_ih_l0{end}": tensor(12, 4), f"lstm.weight_hh_l0{end}": tensor(12, 3)}
        narrow |= {f"lstm.{bias}_l0{end}": tensor(12) for bias in ("bias_ih", "bias_hh")}
    characters = {"OOV": 3, "行": 1, "长": 2, "人": 5, "的": 6}
    rows = {"<UNK>": 0, "시": 1, "끝": 2, "行": 3, "长": 4, "人": 5}
    syllables = {"xing2": 0, "hang2": 1, "chang2": 2, "zhang3": 3}
    torch.manual_seed(1)
    return PolyphoneNet(
        Classes({"行": ("hang2", "xing2"), "长": ("chang2", "zhang3")}),
        Wide(wide, characters), Narrow(narrow, rows, syllables, {}), ["行", "长", "人", "的"], 4,
    )  # fmt: skip


def test_the_saved_network_scores_as_the_trained_one(net: PolyphoneNet, tmp_path: Path) -> None:
    net.save(tmp_path / "zh_polyphones.safetensors", np.ones(len(EVIDENCE), np.float32))
    write(
        tmp_path / "zh_phrases.tsv.gz",
        {"pinyin-pro": {"行人": ("xing2", "ren2")}, "cedict": {}},
        net.classes.candidates,
    )
    model = load(tmp_path)
    text = "行人的长，他行"
    targets = tuple(Target(place, (1.0, 0.0)) for place in (0, 3, 6))
    net.eval()
    with torch.no_grad():
        batch = net.batch([(text, targets), ("长", (Target(0, (0.0, 1.0)),))])
        wanted = torch.stack([net.wide_scores(batch), net.narrow_scores(batch)], 1).numpy()
    found = [np.stack(scores) for scores in model.network.scores(text, [0, 3, 6])]
    assert np.allclose(found, wanted[:3], atol=0.02)


def test_phrases_come_back_as_votes(net: PolyphoneNet, tmp_path: Path) -> None:
    net.save(tmp_path / "zh_polyphones.safetensors", np.ones(len(EVIDENCE), np.float32))
    phrases = {
        "pinyin-pro": {"行人": ("xing2", "ren2")},
        "cedict": {"行人": ("hang2", "ren2"), "人人": ("ren2", "ren2")},
    }
    write(tmp_path / "zh_phrases.tsv.gz", phrases, net.classes.candidates)
    evidence = load(tmp_path).evidence("行人", 0, "行人", 0, {0, 2})
    named = {name: row.tolist() for name, row in zip(EVIDENCE, evidence.T, strict=True)}
    assert (named["pinyin-pro 2"], named["cedict 2"]) == ([0, 1], [1, 0])


def test_weights_follow_the_evidence_that_is_right() -> None:
    chance = np.random.default_rng(1)
    right = chance.integers(0, 2, 200)
    features = [np.eye(2, dtype=np.float32)[:, [row, chance.integers(0, 2)]] for row in right]
    good, useless = weigh(features, right.tolist(), [0.0, 0.0], 1e-3)
    assert good > 2 > 0.5 > abs(useless)


def test_weights_stay_at_the_beliefs_where_nothing_is_seen() -> None:
    features = [np.zeros((2, 2), np.float32)] * 4
    assert weigh(features, [0, 1, 0, 1], [0.5, 5.0], 1e-3) == pytest.approx([0.5, 5.0])


def test_folds_are_fixed_and_of_one_size() -> None:
    parts = folds(1000, 5, 1)
    assert (parts == folds(1000, 5, 1)).all()
    assert np.bincount(parts).tolist() == [200] * 5


def test_labelled_sentences_are_kept_apart_from_the_others() -> None:
    lines = ["今天天气很好。我们去公园吧！", "短。", "他们都来了，真高兴。"]
    assert plain(lines, without=["他们都来了，真高兴。好。"]) == ["今天天气很好。", "我们去公园吧！"]


def test_a_clause_keeps_its_targets() -> None:
    example = ("我来了，他还没走。", (Target(2, (1.0,)), Target(5, (1.0,))))
    assert clause(example, 5) == ("他还没走", (Target(1, (1.0,)),))
    text, targets = varied(example, random.Random(1), 1.0)
    assert [text[target.place] for target in targets] in (["了"], ["还"])


def test_common_polyphones_do_not_fill_the_lesson() -> None:
    examples = [(f"的{number}", (Target(0, (1.0,)),)) for number in range(50)] + [("行", (Target(0, (1.0,)),))]
    kept = balanced(examples, 10)
    assert len(kept) == 11
    assert examples[-1] in kept


def test_decisions_are_values() -> None:
    decision = Decision(0, "行", "hang2", 0.9, ("xing2",))
    assert replace(decision) == decision
