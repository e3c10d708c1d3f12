"""Written readings: every form that is understood, and every wrong one answered at its place with the nearest right."""

import pytest
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_tone3

from tts.errors import TextError
from tts.text.markup import Chinese, English, Japanese, Korean, Part, Pause, Plain, parse_markup
from tts.text.spelling import pinyin
from tts.text.syllables import parse, syllable_phones, syllables

CHONG = Chinese("重", ("chong2",))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[重庆]{chong2 qing4}", [Chinese("重庆", ("chong2", "qing4"))]),
        ("[重]{chong2}新", [CHONG, Plain("新")]),
        ("[重庆]{chong2qing4}", [Chinese("重庆", ("chong2", "qing4"))]),
        ("[西安]{xi1'an1}", [Chinese("西安", ("xi1", "an1"))]),
        ("[重]{Chong2}", [CHONG]),
        ("[重]{ chong2 }", [CHONG]),
        ("[了]{le0}", [Chinese("了", ("le5",))]),
        ("[花]{huar1}", [Chinese("花", ("hua1", "r5"))]),
        ("{chong2 xin1}", [Chinese("chong2 xin1", ("chong2", "xin1"))]),
        ("行XING2", [Chinese("行", ("xing2",))]),
        ("重CHONG2庆QING4人", [Chinese("重", ("chong2",)), Chinese("庆", ("qing4",)), Plain("人")]),
        ("绿LÜ4绿LU:4绿LV4", [Chinese("绿", ("lv4",))] * 3),
        ("<minute|M IH1 N AH0 T>", [English("minute", ("M", "IH1", "N", "AH0", "T"))]),
        ("<minute|m ih1 n ah0 t>", [English("minute", ("M", "IH1", "N", "AH0", "T"))]),
        ("[上手]{じょうず}", [Japanese("上手", "じょうず")]),
        ("[上手]{ジョウズ}", [Japanese("上手", "ジョウズ")]),
        ("[上手]{ｼﾞｮｳｽﾞ}", [Japanese("上手", "ジョウズ")]),
        ("[上手 い]{うわて い}", [Japanese("上手 い", "うわてい")]),
        ("[값이]{갑씨}", [Korean("값이", "갑씨")]),
        ("[[0.6s]]", [Pause(0.6)]),
        ("[[600 ms]]", [Pause(0.6)]),
        ("[[2秒]]", [Pause(2)]),
        ("[iPhone]{ai1 feng1}", [Chinese("iPhone", ("ai1", "feng1"))]),
        ("[，]{dou4 hao4}", [Chinese("，", ("dou4", "hao4"))]),
    ],
)
def test_every_form_is_understood(text: str, parts: list[Part]) -> None:
    assert list(parse_markup(text)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "［重］｛chong2｝",
        "【重】｛chong2｝",
        "【重】{chong2}",
        "【重】「chong2」",
        "［重］{ｃｈｏｎｇ２}",
        "[重]｛chong2｝",
    ],
)
def test_brackets_of_input_methods_are_the_same(text: str) -> None:
    assert parse_markup(text) == (CHONG,)


def test_other_full_width_marks_are_the_same() -> None:
    assert parse_markup("＜minute｜M IH1 N＞") == (English("minute", ("M", "IH1", "N")),)
    assert parse_markup("［［０．６秒］］【【600ms】】") == (Pause(0.6), Pause(0.6))


@pytest.mark.parametrize("unseen", ["\u200b", "\u200f", "\u202e", "\ufeff", "\u00ad", "\u2060"])
def test_what_is_not_seen_changes_no_reading(unseen: str) -> None:
    assert parse_markup(f"[{unseen}重]{unseen}{{cho{unseen}ng2{unseen}}}") == (CHONG,)
    assert parse_markup(f"<minute|M {unseen}IH1 N>") == (English("minute", ("M", "IH1", "N")),)
    assert parse_markup(f"[上手]{{じょ{unseen}うず}}") == (Japanese("上手", "じょうず"),)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("chóng xīn", "chong2 xin1"),
        ("chóngxīn", "chong2 xin1"),
        ("Chóngqìng", "chong2 qing4"),
        ("cho\u0301ng", "chong2"),
        ("lǜ", "lv4"),
        ("lü4", "lv4"),
        ("lu:4", "lv4"),
        ("lv4", "lv4"),
        ("nǚ'ér", "nv3 er2"),
        ("nǚ’ér", "nv3 er2"),
        ("xī'ān", "xi1 an1"),
        ("xīān", "xi1 an1"),
        ("fāngàn", "fan1 gan4"),
        ("fāng'àn", "fang1 an4"),
        ("māma", "ma1 ma5"),
        ("xué sheng", "xue2 sheng5"),
        ("wánr", "wan2 r5"),
        ("yīhuìr", "yi1 hui4 r5"),
        ("hǎo de5", "hao3 de5"),
        ("yv2", "yu2"),
        ("xve2", "xue2"),
        ("nüe4", "nve4"),
        ("nue4", "nve4"),
        ("lyu3", "lv3"),
        ("ế", "ê2"),
        ("ê̌", "ê3"),
        ("ê4", "ê4"),
        ("ea1", "ê1"),
        ("eh1", "ê1"),
        ("m\u0300", "m4"),
        ("ńg", "ng2"),
        ("ň", "n3"),
        ("hng5", "hng5"),
        ("hm5", "hm5"),
        ("r5", "r5"),
    ],
)
def test_pinyin_is_understood_as_people_spell_it(written: str, read: str) -> None:
    assert " ".join(pinyin(written)) == read


@pytest.mark.parametrize(
    "text",
    [
        "A股B2", "华为P40", "方案B2", "方案E2", "马自达MA3", "奥迪A4", "奥迪A4纸", "理想LI5", "宝马M3", "引脚PIN1",
        "引脚PA5", "总线CAN2", "网口LAN1", "风扇FAN1", "型号BA3-200", "编号HAO2B", "行XING", "行XING6", "行XING22",
        "行XNG2", "行xing2", "行 XING2", "XING2", "AXING2", "小米Mi3",
    ],
)  # fmt: skip
def test_names_of_models_are_no_pinyin(text: str) -> None:
    assert parse_markup(text) == (Plain(text),)


@pytest.mark.parametrize(
    ("character", "capitals"), [("一", "YI2"), ("不", "BU2"), ("啊", "A4"), ("嗯", "NG4"), ("的", "DE5"), ("个", "GE5")]
)
def test_short_capitals_hold_where_the_character_sounds_like_them(character: str, capitals: str) -> None:
    assert parse_markup(character + capitals) == (Chinese(character, (capitals.lower(),)),)


@pytest.mark.parametrize(
    "text",
    [
        "[1]", "{x}", "<b>", "a[b[0]]", "{x1}", "{}", "[]", "<>", "{name}", "[好]", "a<b||c>d", "<|end|>",
        "【【公告】】", "【注】", "]]好", "{好}", "((好", "[x](y)", "[a][b]", "｛好｝", "「chong2」", "{chogn2}",
    ],
)  # fmt: skip
def test_ordinary_brackets_are_text(text: str) -> None:
    assert "".join(part.text for part in parse_markup(text) if isinstance(part, Plain)) == text


@pytest.mark.parametrize(
    ("text", "line", "column", "excerpt", "nearest"),
    [
        ("他[重]{chogn2}新来", 1, 6, "他[重]{→chogn2←}新来", "chong2"),
        ("[重庆]{chong2 qign4}", 1, 13, "[重庆]{chong2 →qign4←}", "qing4"),
        ("一\n二\n[重]{zhuang}", 3, 5, "[重]{→zhuang←}", "zhuang1, zhuang2, zhuang3, zhuang4"),
        ("[重]{chong7}", 1, 5, "[重]{→chong7←}", "chong1, chong2, chong3, chong4"),
        ("[重]{chong2xinx1}", 1, 11, "[重]{chong2→xinx1←}", "xin1"),
        ("[重]{chōgn}", 1, 5, "[重]{→chōgn←}", "chong1"),
        ("[重]{崇}", 1, 5, "[重]{→崇←}", "chong2"),
        ("a <minute|M IH N>", 1, 13, "a <minute|M →IH← N>", "IH0, IH1, IH2"),
        ("<minute|M1 IH1>", 1, 9, "<minute|→M1← IH1>", "M"),
        ("<minute|M IHH1>", 1, 11, "<minute|M →IHH1←>", "IH1"),
        ("[上手]{じょuず}", 1, 8, "[上手]{じょ→u←ず}", "じょず"),
        ("[麺]{ラ一メン}", 1, 6, "[麺]{ラ→一←メン}", "ラーメン"),
        ("[값이]{갑x}", 1, 7, "[값이]{갑→x←}", "갑"),
    ],
)
def test_a_wrong_reading_is_pointed_at_with_the_nearest(
    text: str, line: int, column: int, excerpt: str, nearest: str
) -> None:
    with pytest.raises(TextError) as caught:
        parse_markup(text)
    error = caught.value
    assert error.code == "text_reading"
    assert (error.details["line"], error.details["column"], error.details["excerpt"]) == (line, column, excerpt)
    assert str(error.details["nearest"]).startswith(nearest)
    for language in ("zh", "en", "ja"):
        assert excerpt in error.message(language) and nearest in error.message(language)


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        ("[[重]{chong2}庆]{qing4}", "[[重]{chong2}庆]{qing4}", "[重]{chong2}"),
        ("[重{a}]{chong2}", "[重{a}]{chong2}", "[重]{chong2}"),
        ("[重]{chong2{x}}", "[重]{chong2{x}}", "[重]{chong2}"),
        ("[<a|AH0>]{chong2}", "[<a|AH0>]{chong2}", "[重]{chong2}"),
        ("重]{chong2}", "]{chong2}", "[重]{chong2}"),
        ("[重]{chong2\n}", "[重]{chong2", "[重]{chong2}"),
        ("[ \u200b]{chong2}", "[ U+200B]{chong2}", "[重]{chong2}"),
        ("[重]{\u3000}", "[重]{U+3000}", "[重]{chong2}"),
        ("<minute|M IH1", "<minute|M IH1", "<minute|M IH1 N AH0 T>"),
        ("<|M IH1>", "<|M IH1>", "<minute|M IH1 N AH0 T>"),
        ("好[[0.6s", "[[0.6s", "[[0.6s]]"),
        ("[[1,2],[3,4]]", "[[1,2],[3,4]]", "[[0.6s]]"),
    ],
)
def test_broken_and_nested_mark_up_is_shown_with_the_right_form(text: str, written: str, expected: str) -> None:
    with pytest.raises(TextError) as caught:
        parse_markup(text)
    assert caught.value.code == "text_markup"
    assert (caught.value.details["written"], caught.value.details["expected"]) == (written, expected)


def test_every_reading_of_the_dictionaries_is_in_the_table() -> None:
    readings = {reading for entry in PINYIN_DICT.values() for reading in entry.split(",")}
    readings |= {reading for phrase in PHRASES_DICT.values() for character in phrase for reading in character}
    unknown = {reading for reading in readings if parse(to_tone3(reading, neutral_tone_with_five=True)) is None}
    assert not unknown
    # And with a mark they may be written as they stand; without one they are neutral, and need the digit.
    marked = {reading for reading in readings if not reading.isascii() and reading not in ("ê", "ü")}
    assert all(len(pinyin(reading)) == 1 for reading in marked)


@pytest.mark.parametrize(
    "syllable",
    "cao4 den4 yue3 ê1 ê4 m2 m4 n2 ng4 hm5 hng5 fiao4 yo1 lo5 yai2 kei1 sei1 tei1 zhei4 shei2 dia3 nia1 nun4 cen1 rua2 "
    "biang2 pia1 duang1 eng1 nou4 cei4 dei3 wong4 bong4 din4 len4 ging1 bia1 biu1 mua1 lvan2 ten1 o2 io".split()[:-1],
)
def test_rare_syllables_can_be_written(syllable: str) -> None:
    assert parse_markup(f"[口]{{{syllable}}}") == (Chinese("口", (syllable,)),)
    assert syllable_phones(syllable)


def test_every_syllable_has_every_tone() -> None:
    for syllable in syllables():
        for tone in range(1, 6):
            assert pinyin(f"{syllable}{tone}") == (f"{syllable}{tone}",)


def test_a_hundred_thousand_characters_of_brackets_are_answered() -> None:
    for bit in ("[", "{", "<", "[[", "[a", "{a", "<a", "a1", "[重]", "重A", "【", "重CHONG2", "[重]{chong2}", "{a1 "):
        text = bit * (100_000 // len(bit))
        try:
            parse_markup(text)
        except TextError as error:
            assert len(error.message("en")) < 300
