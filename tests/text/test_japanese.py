"""Japanese as it is read: pitch accent, written readings, and numbers in words."""

import re
import threading
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tts.text.ja import Japanese, JapaneseWord, is_reading, read_phrase
from tts.text.ja_morae import MORAE, spell
from tts.text.normalize_ja import normalize
from tts.text.phones import SYMBOLS

KANA = [chr(point) for point in (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB))]
KANJI = list("一二三四五六七八九十百千万人日月年時分本行上下生大小中国東京学校先生今明後前何方々〆〇龘𠮟髙𠀋齉㐂辛開止")
WRITTEN = st.text(st.sampled_from([*KANA, *KANJI, "ー", "ヽ", "ゞ"]), min_size=1, max_size=12)
ANY_HAN = st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), min_size=1, max_size=6)
STRETCHES = st.lists(
    st.one_of(
        WRITTEN.map(Japanese),
        ANY_HAN.map(Japanese),
        st.sampled_from(["「", "」", " ", "・"]).map(lambda mark: Japanese(mark, silent=True)),
    ),
    min_size=1,
    max_size=5,
)
READINGS = st.lists(st.sampled_from(sorted(MORAE)), min_size=1, max_size=6).map("".join).filter(is_reading)


def said(text: str) -> str:
    return " / ".join(" ".join(word.display()) for word in read_phrase([Japanese(text)]))


def voiced(words: tuple[JapaneseWord, ...]) -> list[str]:
    """Phones without pitch, devoiced vowels as plain ones: a reading says nothing of either."""
    return [phone.lower() if phone in "IU" else phone for word in words for mora in word.morae for phone in mora.phones]


@settings(deadline=None)
@given(STRETCHES)
@example([Japanese("ー"), Japanese("ゞ")])
@example([Japanese("二〇"), Japanese("「", silent=True), Japanese("二四年")])
def test_no_character_is_lost_and_every_phone_is_known(stretches: list[Japanese]) -> None:
    words = read_phrase(stretches)
    assert "".join(word.text for word in words) == "".join(stretch.text for stretch in stretches)
    assert all(word.text for word in words)
    assert all(phone in SYMBOLS["ja"] for word in words for mora in word.morae for phone in mora.phones)


@settings(deadline=None)
@given(st.text(max_size=20))
def test_nothing_written_is_an_error(text: str) -> None:
    assert "".join(word.text for word in read_phrase([Japanese(text)])) == text


@settings(deadline=None)
@given(WRITTEN)
def test_a_phrase_rises_once_and_falls_once(text: str) -> None:
    for word in read_phrase([Japanese(text)]):
        steps = [after.high - before.high for before, after in pairwise(word.morae)]
        changes = [step for step in steps if step]
        assert changes in ([], [1], [-1], [1, -1])


@settings(deadline=None)
@given(WRITTEN, st.sampled_from(["上手", "日", "一", "行", "は", "ー", "時", "人気", "々"]), READINGS, WRITTEN)
@example("この", "上手", "ハ", "だ")
@example("は", "上手", "オウエイ", "た")
@example("一", "上手", "ッン", "一")
@example("一", "日", "ビ", "た")
def test_a_written_reading_is_obeyed_to_the_mora(before: str, base: str, reading: str, after: str) -> None:
    words = read_phrase([Japanese(before), Japanese(base, reading), Japanese(after)])
    expected = [mora.phones for mora in spell(reading) or ()]
    morae = [
        tuple(phone.lower() if phone in "IU" else phone for phone in mora.phones) for w in words for mora in w.morae
    ]
    places = range(len(morae) - len(expected) + 1)
    assert any(
        all(_alike(want, got) for want, got in zip(expected, morae[place : place + len(expected)], strict=True))
        for place in places
    )


def _alike(want: tuple[str, ...], got: tuple[str, ...]) -> bool:
    """おう and えい are long vowels when they are said."""
    return want == got or (want, got) in {(("u",), ("o",)), (("i",), ("e",))}


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("じょうず", True),
        ("ジョーズ", True),
        ("ー", False),
        ("", False),
        ("上手", False),
        ("ゃ", True),
        ("a", False),
        ("っ", True),
    ],
)
def test_what_can_stand_as_a_reading(text: str, fine: bool) -> None:
    assert is_reading(text) is fine


def test_a_reading_inside_a_word_leaves_its_ending() -> None:
    words = read_phrase([Japanese("行", "おこな"), Japanese("った")])
    assert voiced(words) == ["o", "k", "o", "n", "a", "cl", "t", "a"]


def test_a_quotation_mark_does_not_hide_a_particle() -> None:
    words = read_phrase([Japanese("「", silent=True), Japanese("花"), Japanese("」", silent=True), Japanese("は")])
    assert [word.display() for word in words] == [(), ("h", "a0", "n", "a1"), (), ("w", "a0")]


@pytest.mark.parametrize("unit", ["私は学校へ行って本を読み", "漢", "ア", "々", "二〇"])
def test_a_phrase_of_any_length_is_read(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    words = read_phrase([Japanese(text), Japanese("上" * 3000, "じょうず")])
    assert "".join(word.text for word in words) == text + "上" * 3000
    assert voiced(words[-1:]) == ["j", "o", "o", "z", "u"]


def test_threads_read_side_by_side() -> None:
    texts = ["今日は学校へ行きました", "龘𠮟る", "二千二十四年五月六日", "辛いカレーを食べる"] * 5
    alone = [said(text) for text in texts]
    together: dict[int, str] = {}
    threads = [
        threading.Thread(target=lambda place=place: together.update({place: said(texts[place])}))
        for place in range(len(texts))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[place] for place in range(len(texts))] == alone


NUMBERS = st.lists(
    st.sampled_from(
        [
            *"0123456789.,:/-~%+=×$¥€°²()（） \n、。",
            *"年月日時分秒円人本回第約番〜五六",
            "km",
            "GB",
            "°C",
            "AI",
            "No.",
            "v",
        ]
    ),
    max_size=16,
).map("".join)


@given(st.one_of(NUMBERS, st.text(max_size=30)))
@example("1/2/3")
@example("A.B.C1-2")
@example("$1.5M")
@example("0.10.100")
@example("五,六日")
def test_normalizing_twice_changes_nothing_and_leaves_no_digit(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert not re.search(r"[0-9]", once)


@given(st.integers(min_value=1, max_value=10**16 - 1))
def test_numbers_are_counted_as_they_are_written(number: int) -> None:
    values = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}
    total = group = figure = 0
    for sign in normalize(str(number)):
        if sign in "一二三四五六七八九":
            figure = "一二三四五六七八九".index(sign) + 1
        elif values[sign] < 10**4:
            group, figure = group + (figure or 1) * values[sign], 0
        else:
            total, group, figure = total + (group + figure) * values[sign], 0, 0
    assert total + group + figure == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("9:00〜17:00", "九時から十七時"),
        ("1月1日〜3日", "一月一日から三日"),
        ("10分おきに", "ジュップンおきに"),
        ("$1.5M", "百五十万ドル"),
        ("¥1,980", "千九百八十円"),
        ("1000万円", "一千万円"),
        ("-0.5%", "マイナス零点五パーセント"),
        ("USB3.0", "ユーエスビー三点ゼロ"),
        ("192.168.1.1", "百九十二点百六十八点一点一"),
        ("血圧は120/80", "血圧は百二十の八十"),
        ("3/4拍子", "四分の三拍子"),
        ("スコア3-2", "スコア三対二"),
        ("打率.333", "打率三割三分三厘"),
        ("2^10", "二の十乗"),
        ("B1Fと3F", "地下一階と三階"),
        ("品川 300 あ 12-34", "品川サンゼロゼロあ、イチニーのサンヨン"),
        ("03(1234)5678", "ゼロサン、イチニーサンヨン、ゴーロクナナハチ"),
        ("〒100-8111", "郵便番号イチゼロゼロのハチイチイチイチ"),
        ("info@example.com", "info アットマーク example ドット コム"),
        ("http://example.jp", "エイチティーティーピー コロン スラッシュ スラッシュ example ドット ジェーピー"),
        ("GPT-4oとiPhone", "ジーピーティーフォーオーとiPhone"),
        ("αとπ", "アルファとパイ"),
        ("国道16号", "国道十六号"),
        ("50°F", "華氏五十度"),
        ("暗証番号は0123です", "暗証番号はゼロイチニーサンです"),
    ],
)
def test_forms_of_figures_in_words(text: str, words: str) -> None:
    assert normalize(text) == words
