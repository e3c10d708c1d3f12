"""A browser's own glossary: kept for it alone, carried as a file, and used in whatever it previews or says."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.glossaries import MOST_ENTRIES, Glossaries, checked_entry
from studio.store import Store
from studio.terms import term_around
from tts.errors import TextError
from tts.text.frontend import read, used_terms
from tts.text.glossary import Entry, Glossary
from tts.text.glossary_file import load_glossary, sort_out, to_yaml
from tts.text.reading import Choice

Browser = Callable[[], TestClient]


@pytest.fixture
def glossaries(tmp_path: Path) -> Glossaries:
    return Glossaries(Store(tmp_path / "studio.sqlite"), 20000)


def test_an_entry_is_kept_changed_and_let_go_for_its_owner_alone(glossaries: Glossaries) -> None:
    glossaries.keep("anna", checked_entry("重庆", "chong2 qing4", "zh"))
    glossaries.keep("anna", checked_entry("GB", "gigabytes", ""))
    assert glossaries.entries("bert") == []
    glossaries.keep("anna", checked_entry("重庆", "zhong4 qing4", "zh"))
    assert glossaries.of("anna").for_language("zh") == {"GB": "gigabytes", "重庆": "zhong4 qing4"}
    glossaries.keep("anna", checked_entry("重庆市", "chong2 qing4 shi4", "zh"), instead=("重庆", "zh"))
    assert [entry.term for entry in glossaries.entries("anna")] == ["GB", "重庆市"]
    assert [entry.term for entry in glossaries.entries("anna", "QING4 chong")] == ["重庆市"]
    glossaries.remove("bert", "GB", "")
    glossaries.remove("anna", "GB", "")
    assert [entry.term for entry in glossaries.entries("anna")] == ["重庆市"]


def test_the_right_lines_of_a_file_are_taken_in_and_the_wrong_ones_named(glossaries: Glossaries) -> None:
    lines = "# mine\n重庆 = chong2 qing4\nnothing\n[ja]\n上手\tじょうず\n行 = xyz9\n[*]\nGB = gigabytes\n"
    lines += f"{'a' * 101} = too long\n"
    taken, faults = glossaries.take_in("anna", lines.encode("utf-16"), "mine.txt")
    assert taken == 3 and [(fault.line, fault.error.code) for fault in faults] == [
        (3, "text_glossary_line"), (6, "text_glossary_reading"), (9, "text_glossary_long"),
    ]  # fmt: skip
    assert {(entry.term, entry.language) for entry in glossaries.entries("anna")} == {
        ("重庆", ""), ("上手", "ja"), ("GB", ""),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "zh:\n  重庆: chong2 qing4\n  行: xyz9\nGB: gigabytes\nbad: [1, 2]\n"),
        ("a.json", '{"zh": {"重庆": "chong2 qing4",\n  "行": "xyz9"},\n "GB": "gigabytes",\n\t"bad": [1, 2]}'),
    ],
)
def test_wrong_entries_of_other_files_are_named_with_their_lines_too(name: str, text: str) -> None:
    entries, faults = sort_out(text, name)
    assert [entry.term for entry in entries] == ["重庆", "GB"]
    lines = [number for number, line in enumerate(text.split("\n"), 1) if "xyz9" in line or "bad" in line]
    assert [(fault.line, fault.error.code) for fault in faults] == [
        (lines[0], "text_glossary_reading"), (lines[1], "text_glossary_entry"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "a: [b"),
        ("a.json", '{"a":\n'),
        ("a.yaml", "- a"),
        ("a.json", "3"),
        ("a.yaml", "[" * 5000),
        ("a.json", '{"a":' * 9000),
        ("a.json", f'{{"a": {"9" * 5000}}}'),
    ],
)
def test_a_file_that_is_none_is_one_fault(name: str, text: str) -> None:
    entries, faults = sort_out(text, name)
    assert entries == () and [fault.error.code for fault in faults] == ["text_glossary"]


terms = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
entries_of = st.builds(
    lambda term, language: (term, "words to say", language), terms, st.sampled_from(["", "zh", "ja"])
)


@settings(max_examples=60, deadline=None)
@given(st.lists(entries_of, max_size=6))
def test_what_is_exported_is_read_by_the_command_line_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    made = {}
    for row in rows:
        try:
            entry = checked_entry(*row)
        except TextError:
            continue
        made[entry.term, entry.language] = entry
    path = tmp_path_factory.mktemp("glossary") / "own.yaml"
    path.write_text(to_yaml(made.values()), encoding="utf-8")
    assert set(load_glossary(path).entries) == set(made.values())


def test_there_is_an_end_to_it(glossaries: Glossaries) -> None:
    many = "\n".join(f"term{number} = word" for number in range(MOST_ENTRIES + 1))
    with pytest.raises(TextError) as full:
        glossaries.take_in("anna", many.encode(), "many.txt")
    assert full.value.code == "text_glossary_full" and glossaries.entries("anna") == []
    with pytest.raises(TextError) as long:
        checked_entry("a" * 101, "b", "")
    assert long.value.code == "text_glossary_long"


def test_only_what_sets_a_reading_counts_as_used(glossaries: Glossaries) -> None:
    for row in (("art", "AA1 R T", ""), ("重庆", "zhong4 qing4", "zh"), ("重庆人", "chong2 qing4 ren2", "zh")):
        glossaries.keep("anna", checked_entry(*row))

    def used(owner: str, text: str) -> list[list[str]]:
        return glossaries.used(owner, {"text": text, "language": "auto"})

    assert used("anna", "重庆人 start") == [["重庆人", "chong2 qing4 ren2", "zh"]]
    assert used("anna", "[重庆]{chong2 qing4} art, art") == [["art", "AA1 R T", ""]]
    assert used("anna", "[重庆]{nonsense") == used("bert", "重庆") == []


def test_a_section_holds_in_its_language_only() -> None:
    own = Glossary((Entry("上手", "じょうず", "ja"),))
    assert used_terms("これは上手です", "ja", own) and not used_terms("他上手很快", "zh", own)


def chosen(text: str, character: str, reading: str) -> tuple[str, str]:
    """Term and reading that the page offers where a character gets another reading."""
    segment = read(text, "zh").segments[0]
    number, word = next((number, word) for number, word in enumerate(segment.words) if character in word.text)
    place = word.text.index(character)
    term = term_around(segment, Choice(number, place, character, (word.pinyin or ())[place], 0.6, (reading,)))
    return term.text, term.read_as(reading)


def test_the_term_is_the_word_around_a_character_never_it_alone_where_it_has_neighbours() -> None:
    assert chosen("他们重新开始。", "重", "zhong4") == ("重新", "zhong4 xin1")
    term, reading = chosen("他行吗？", "行", "hang2")
    assert len(term) > 1 and "行" in term and "hang2" in reading and len(reading.split()) == len(term)
    assert chosen("行。", "行", "hang2") == ("行", "hang2")


def test_what_the_page_offers_is_an_entry_that_is_read_so() -> None:
    term, reading = chosen("他们重新开始。", "重", "zhong4")
    words = read("他们重新开始。", "zh", glossary=Glossary((Entry.of(term, reading, "zh"),))).segments[0].words
    assert next(word for word in words if "重" in word.text).pinyin == ("zhong4", "xin1")


def test_preview_and_history_use_the_own_glossary_and_no_other_browser_does(browser: Browser) -> None:
    anna, bert = browser(), browser()
    for client in (anna, bert):
        client.get("/")
    made = anna.post("/studio/glossary", json={"term": "重庆", "reading": "zhong4 qing4", "language": "zh"})
    assert made.status_code == 201
    question = json.dumps({"text": "我在重庆。"})
    assert "zhòng" in anna.post("/studio/preview", content=question).json()["html"]
    assert "zhòng" not in bert.post("/studio/preview", content=question).json()["html"]
    assert bert.get("/studio/glossary").json() == {"html": "", "total": 0}
    # What the text's own glossary says goes over it.
    over = json.dumps({"text": "我在重庆。", "glossary": "[zh]\n重庆 = chong2 qing4"})
    assert "zhòng" not in anna.post("/studio/preview", content=over).json()["html"]
    file = anna.get("/studio/glossary/file")
    assert "重庆: zhong4 qing4" in file.text and "yinse-glossary.yaml" in file.headers["content-disposition"]
    anna.post("/studio/glossary/delete", json={"term": "重庆", "language": "zh"})
    assert anna.get("/studio/glossary").json()["total"] == 0


@pytest.mark.parametrize(
    ("language", "problem"), [("en", "not a sound we know"), ("zh", "不存在"), ("ja", "存在しません")]
)
def test_a_wrong_entry_is_told_in_the_language_of_the_page(browser: Browser, language: str, problem: str) -> None:
    answer = browser().post(
        "/studio/glossary", json={"term": "行", "reading": "xyz9"}, headers={"accept-language": language}
    )
    assert answer.status_code == 422 and problem in answer.json()["problem"]


def test_a_batch_reads_by_the_own_glossary_and_the_history_keeps_which_entries(browser: Browser, workshop) -> None:  # type: ignore[no-untyped-def]
    import time

    client = browser()
    client.get("/")
    voice = client.post("/studio/clips/chosen", json={"kind": "example", "id": "rowan"}).json()["id"]
    client.post("/studio/glossary", json={"term": "重庆", "reading": "zhong4 qing4", "language": "zh"})
    client.post("/studio/batch", json={"text": "重庆。\n你好。", "voice": f"clip:{voice}", "speed": 1, "weight": 1})
    until = time.monotonic() + 60
    while client.get("/studio/batch").json()["going"] and time.monotonic() < until:
        time.sleep(0.1)
    owner = client.cookies["yinse_visitor"]
    used = {take.text: take.terms for take in workshop.takes.all(owner)}
    assert used == {"重庆。": (("重庆", "zhong4 qing4"),), "你好。": ()}
    assert "重庆 = zhong4 qing4" in client.get("/studio/takes").json()["html"]
