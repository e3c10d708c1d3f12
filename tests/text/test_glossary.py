"""A glossary: which terms it finds, for which language, and what is said of a wrong one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tts.errors import TextError
from tts.settings import load_settings
from tts.text.glossary import Glossary, apply_glossary
from tts.text.glossary_file import load_glossary, parse_glossary
from tts.text.markup import Chinese, English, Japanese, Korean, Part, Plain, parse_markup

YINSE = English("Yinse", ("Y", "IH1", "N", "S", "EH0"))


def applied(text: str, terms: Mapping[str, Any], language: str = "") -> list[Part]:
    return list(apply_glossary([Plain(text)], Glossary.of(terms), lambda _: language))


@pytest.mark.parametrize(
    ("term", "reading", "part"),
    [
        ("重新", "zhong4 xin1", Chinese("重新", ("zhong4", "xin1"))),
        ("重新", "zhòng xīn", Chinese("重新", ("zhong4", "xin1"))),
        ("重新", "Zhòngxīn", Chinese("重新", ("zhong4", "xin1"))),
        ("欸", "ê̌", Chinese("欸", ("ê3",))),
        ("Yinse", "Y IH1 N S EH0", YINSE),
        ("明日", "あす", Japanese("明日", "あす")),
        ("明日", "ｱｽ", Japanese("明日", "アス")),
        ("값이", "갑씨", Korean("값이", "갑씨")),
        ("GB", "gigabytes", Plain("gigabytes")),
        ("AI", "人工智能", Plain("人工智能")),
        ("二号楼", "B2", Plain("B2")),
        ("TV", "T V", Plain("T V")),
        ("bistro", "café", Plain("café")),
        ("明日", "明日の朝", Plain("明日の朝")),
    ],
)
def test_a_reading_is_any_spelling_or_words_to_say(term: str, reading: str, part: Part) -> None:
    assert applied(term, {term: reading}) == [part]


def test_the_longest_term_wins() -> None:
    terms = {"重": "chong2", "重庆人": "zhong4 qing4 ren2", "重庆": "chong2 qing4"}
    assert applied("重庆人在重庆", terms) == [
        Chinese("重庆人", ("zhong4", "qing4", "ren2")),
        Plain("在"),
        Chinese("重庆", ("chong2", "qing4")),
    ]


@pytest.mark.parametrize("text", ["start", "arts", "art2", "éart", "artß"])
def test_terms_of_letters_are_whole_words(text: str) -> None:
    assert applied(text, {"art": "AA1"}) == [Plain(text)]


@pytest.mark.parametrize("text", ["5GB", "5 GB", "(GB)", "一GB的", "x/GB", "GB,"])
def test_numbers_and_other_scripts_may_stand_beside_a_term(text: str) -> None:
    assert Plain("gigabytes") in applied(text, {"GB": "gigabytes"})


def test_terms_that_are_numbers_are_whole_numbers() -> None:
    assert applied("911 1911 9110", {"911": "nine one one"}) == [Plain("nine one one"), Plain(" 1911 9110")]


def test_the_case_does_not_matter_unless_an_entry_has_it() -> None:
    terms = {"us": "AH1 S", "US": "Y UW1 EH1 S"}
    assert applied("US", terms) == [English("US", ("Y", "UW1", "EH1", "S"))]
    assert applied("Us", {"us": "AH1 S"}) == [English("Us", ("AH1", "S"))]
    assert applied("YINSE", {"Yinse": "Y IH1 N S EH0"}) == [English("YINSE", YINSE.phones)]


def test_a_possessive_keeps_the_reading() -> None:
    assert applied("Yinse's", {"Yinse": "Y IH1 N S EH0"}) == [English("Yinse's", (*YINSE.phones, "Z"))]


def test_written_mark_up_wins() -> None:
    parts = parse_markup("[重]{chong2}新，重")
    assert apply_glossary(parts, {"重": "zhong4", "重新": "zhong4 xin1"}) == (
        Chinese("重", ("chong2",)),
        Plain("新，"),
        Chinese("重", ("zhong4",)),
    )


def test_a_section_holds_in_texts_of_its_language() -> None:
    terms = {"AI": "EY1 AY1", "zh": {"AI": "人工智能", "行": "hang2"}, "ja": {"AI": "エーアイ", "今日": "きょう"}}
    assert applied("AI", terms) == [English("AI", ("EY1", "AY1"))]
    assert applied("AI", terms, "zh") == [Plain("人工智能")]
    assert applied("AI", terms, "ja") == [Japanese("AI", "エーアイ")]
    assert applied("今日", terms, "zh") == [Plain("今日")]
    assert applied("今日", terms, "ja") == [Japanese("今日", "きょう")]
    assert Glossary.of(terms).for_language("ja") == {"AI": "エーアイ", "今日": "きょう"}
    assert Glossary.of(terms).for_language("ko") == {"AI": "EY1 AY1"}


def test_the_language_is_asked_for_at_the_place_of_the_term() -> None:
    parts = [Plain("AI是AI。"), Plain("AI is AI.")]
    glossary = Glossary.of({"en": {"AI": "EY1 AY1"}, "zh": {"AI": "人工智能"}})
    found = apply_glossary(parts, glossary, lambda place: "zh" if place < len(parts[0].text) else "en")
    assert [part for part in found if part != Plain("是")] == [
        Plain("人工智能"), Plain("人工智能"), Plain("。"),
        English("AI", ("EY1", "AY1")), Plain(" is "), English("AI", ("EY1", "AY1")), Plain("."),
    ]  # fmt: skip


def test_a_term_may_be_the_name_of_a_language() -> None:
    assert applied("en", {"en": "EH1 N"}) == [English("en", ("EH1", "N"))]


def test_lines_of_terms_are_read() -> None:
    glossary = parse_glossary(
        "# ours\n重庆 = chong2 qing4\r\nYinse\tY IH1 N S EH0\n\nE=mc² = energy\n"
        "GB＝gigabytes\n[ja]\nAI = エーアイ\n[*]\nX=ex"
    )
    assert glossary.for_language("zh") == {
        "重庆": "chong2 qing4",
        "Yinse": "Y IH1 N S EH0",
        "E=mc²": "energy",
        "GB": "gigabytes",
        "X": "ex",
    }
    assert glossary.for_language("ja")["AI"] == "エーアイ"


@pytest.mark.parametrize("line", ["重庆 chong2", "重庆 =", "= chong2", "[xx]", "="])
def test_a_wrong_line_is_named(line: str) -> None:
    with pytest.raises(TextError) as caught:
        parse_glossary(f"好 = hao3\n\n{line}")
    assert (caught.value.code, caught.value.details["line"]) == ("text_glossary_line", 3)
    assert line in caught.value.message("zh")


@pytest.mark.parametrize(
    ("term", "reading", "excerpt", "nearest"),
    [
        ("重庆", "chogn2 qing4", "重庆 = →chogn2← qing4", "chong2"),
        ("重庆", "chong2 qing9", "重庆 = chong2 →qing9←", "qing1"),
        ("Yinse", "Y IH1 N S IH", "Yinse = Y IH1 N S →IH←", "IH0"),
        ("Yinse", "Y IH N", "Yinse = Y →IH← N", "IH0"),
    ],
)
def test_a_wrong_reading_is_named_with_its_term(term: str, reading: str, excerpt: str, nearest: str) -> None:
    with pytest.raises(TextError) as caught:
        Glossary.of({"好": "hao3", term: reading})
    assert caught.value.code == "text_glossary_reading"
    for language in ("zh", "en", "ja"):
        assert excerpt in caught.value.message(language) and nearest in caught.value.message(language)


@pytest.mark.parametrize(
    "terms", [{"好": 5}, {"fr": {"a": "b"}}, {"": "hao3"}, {"好": " "}, {"\u200b": "hao3"}, {"zh": {"好": None}}]
)
def test_an_entry_that_is_none_is_named(terms: Mapping[str, Any]) -> None:
    with pytest.raises(TextError) as caught:
        Glossary.of(terms)
    assert caught.value.code == "text_glossary_entry"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("terms.tsv", "# ours\n重庆\tchong2 qing4\n[en]\nno\tN OW1\n"),
        ("terms.txt", "重庆 = chong2 qing4\n[en]\nno = N OW1\n"),
        ("terms.yaml", "重庆: chong2 qing4\nen:\n  no: N OW1\n"),
        ("terms.json", '{"重庆": "chong2 qing4",\n\t"en": {"no": "N OW1"}}'),
    ],
)
def test_files_of_every_form_are_read(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8-sig")
    glossary = load_glossary(tmp_path / name)
    assert glossary.for_language("zh") == {"重庆": "chong2 qing4"}
    assert glossary.for_language("en") == {"重庆": "chong2 qing4", "no": "N OW1"}


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.tsv", "好\thao3\n重庆 chong2", 2),
        ("a.yaml", "好: hao3\n重: [", 2),
        ("a.yaml", "- 好", 1),
        ("a.yaml", "好: \x00", 1),
        ("a.json", '{"好": "hao3",\n"重"}', 2),
        ("a.json", "[]", 1),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, name: str, content: str, line: int) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(TextError) as caught:
        load_glossary(tmp_path / name)
    assert (caught.value.code, caught.value.details["line"]) == ("text_glossary", line)
    assert name in caught.value.message("en")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "gbk.tsv").write_bytes("重\tchong2".encode("gbk"))
    for path in (tmp_path / "none.tsv", tmp_path / "gbk.tsv", tmp_path):
        with pytest.raises(TextError, match=path.name) as caught:
            load_glossary(path)
        assert caught.value.code == "text_file"


def test_a_later_file_holds_over_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ours.tsv").write_text("重\tchong2\n行\thang2", encoding="utf-8")
    (tmp_path / "own.tsv").write_text("重\tzhong4", encoding="utf-8")
    assert load_settings().glossary is None
    assert load_glossary(None) == Glossary()
    monkeypatch.setenv("YINSE_GLOSSARY", str(tmp_path / "ours.tsv"))
    glossary = load_glossary(load_settings().glossary, tmp_path / "own.tsv")
    assert glossary.for_language("zh") == {"重": "zhong4", "行": "hang2"}
    assert apply_glossary([Plain("重")], glossary) == (Chinese("重", ("zhong4",)),)


def test_thousands_of_terms_are_found_in_a_long_text() -> None:
    glossary = Glossary.of({f"term{number}": "T ER1 M" for number in range(3000)})
    text = "term7 and term77, terms and 重庆. " * 2000
    parts = apply_glossary([Plain(text)], glossary)
    assert sum(isinstance(part, English) for part in parts) == 4000


def test_only_entries_whose_terms_stand_in_a_text_are_within_it() -> None:
    glossary = Glossary.of({"重庆": "chong2 qing4", "上海": "shang4 hai3", "GB": "gigabytes", "zh": {"TV": "T V"}})
    assert [entry.term for entry in glossary.within("重庆，5gb。").entries] == ["重庆", "GB"]
    assert glossary.within("Ｔ，V").entries == () and glossary.within("［ＴＶ］").entries == glossary.entries[-1:]
