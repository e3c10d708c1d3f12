"""What cannot be said is refused with its own error or listed, and never dropped in silence."""

import pytest

from tts.errors import TextError
from tts.text.frontend import read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text_empty"),
        (" \n\t", "text_empty"),
        ("……！？", "text_unsayable"),
        ("😀😀", "text_unsayable"),
        ("\ud800", "text_unsayable"),
        ("\u200b\x00", "text_unsayable"),
        ("\u202e\u200f", "text_unsayable"),
        ("\u05d0\u05d1", "text_unsayable"),
        ("({[<>]})", "text_unsayable"),
        ("Привет", "text_unsayable"),
        ("مرحبا", "text_unsayable"),
        ("สวัสดี", "text_unsayable"),
        ("नमस्ते", "text_unsayable"),
        ("👨‍👩‍👧🇨🇳", "text_unsayable"),
        ("—— 《》“”", "text_unsayable"),
        ("?!.,;:-()[]", "text_unsayable"),
        ("\x00\x01\x1b\x7f", "text_unsayable"),
        ("\udfff\ud800", "text_unsayable"),
        ("\u3000\u00a0\u2003", "text_empty"),
        ("😀" * 3000, "text_unsayable"),
        ("[[1s]]", "text_unsayable"),
        ("[重]{}", "text_markup"),
        ("[]{chong2}", "text_markup"),
        ("[重]{chong2", "text_markup"),
        ("[重]{chong9}", "text_reading"),
        ("[重]{chong}", "text_reading"),
        ("[重]{xyz2}", "text_reading"),
        ("[重]{chong2\x00}", "text_reading"),
        ("[重]{\ud800}", "text_reading"),
        ("[重]{崇}", "text_reading"),
        ("[重]{สวัสดี}", "text_reading"),
        ("[上手]{じょuず}", "text_reading"),
        ("[값이]{갑x}", "text_reading"),
        ("[\ud800]{chong2}", "text_markup"),
        ("[\u200b]{chong2}", "text_markup"),
        ("[ ]{chong2}", "text_markup"),
        ("[重{x}]{chong2}", "text_markup"),
        ("[重]{chong2{x}}", "text_markup"),
        ("[[重]{chong2}]{qing4}", "text_markup"),
        ("重]{chong2}", "text_markup"),
        ("[<a|AH0>]{chong2}", "text_markup"),
        ("<a|[重]{chong2}>", "text_reading"),
        ("<|M IH1>", "text_markup"),
        ("<minute|>", "text_markup"),
        ("<minute|M IH N>", "text_reading"),
        ("<minute|M XX1>", "text_reading"),
        ("<minute|M IH1", "text_markup"),
        ("好[[0.6s", "text_markup"),
        ("好[[]]", "text_markup"),
        ("好[[soon!]]", "text_markup"),
        ("好[[99s]]", "text_pause"),
        ("好[[0s]]", "text_pause"),
        ("[[happpy 0.8]]好", "text_manner"),
        ("[[neutral 0.5]]好", "text_manner"),
        ("[[happy, soon]]好", "text_manner"),
        ("[[happy 1.1]]好", "text_manner_value"),
        ("[[sad -0.5]]好", "text_manner_value"),
        ("[[高兴 120%]]好", "text_manner_value"),
        ("[[happy 0.2, sad .]]好", "text_manner_value"),
        ("[[speed 0.4]]好[[/]]", "text_manner_value"),
        ("[[speed]]好[[/]]", "text_manner_value"),
        ("好[[/]]", "text_manner_end"),
        ("[[happy]]好[[/]][[/]]", "text_manner_end"),
        ("[[happy]]好[[/sad]]", "text_manner_end"),
        ("[[happy]]", "text_unsayable"),
    ],
)
def test_each_kind_of_bad_text_has_its_own_error(text: str, code: str) -> None:
    with pytest.raises(TextError) as caught:
        read(text)
    assert caught.value.code == code
    for language in ("zh", "en", "ja"):
        caught.value.message(language).encode()  # printable, whatever the text held


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(TextError) as caught:
        read("hola", "es")
    assert caught.value.code == "text_language"


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("你好😀世界", ("😀",)),
        ("一家👨‍👩‍👧三口", ("👨‍👩‍👧",)),
        ("你\u200b好", ("U+200B",)),
        ("你\x00好\x07", ("U+0000", "U+0007")),
        ("a\ud800b", ("U+D800",)),
        ("你\udc00好", ("U+DC00",)),
        ("\x1b[31m红\x1b[0m", ("U+001B",)),
        ("早上好🌞，吃了吗🍜？", ("🌞", "🍜")),
        ("مرحبا，你好", ("مرحبا",)),
        ("他说 Привет 和 สวัสดี", ("Привет", "สวัสดี")),
        ("好⌘ 好⌘", ("⌘",)),
        ("好\ufeff", ("U+FEFF",)),
        ("\u202e好\u202c", ("U+202E", "U+202C")),
        ("[好]{hao3}\u200b、שלום", ("U+200B", "שלום")),
        ("今日はПривет", ("Привет",)),
        ("안녕 สวัสดี", ("สวัสดี",)),
    ],
)
def test_what_is_left_out_is_listed_once(text: str, lost: tuple[str, ...]) -> None:
    assert read(text).unsayable == lost


@pytest.mark.parametrize(
    "text", ["你好。", "“Hello,” he said (twice).", "《书》—— A/B", "３．１４％", "①Ⅷ½㎡℃", "* item\n# title\n`x`"]
)
def test_ordinary_marks_are_not_listed(text: str) -> None:
    assert read(text).unsayable == ()


@pytest.mark.parametrize(
    "text",
    [
        "x[0] = a[b[0]]", "a) b] c}", "((((好", "{好}", "a < b > c", "[好]", "]]好", "[1]好", "{x}", "<b>好</b>",
        "【【公告】】", "好{x1}", "[好](http://a.com)", "a<b||c>d", "<|好|>",
    ],
)  # fmt: skip
def test_ordinary_brackets_are_marks(text: str) -> None:
    assert read(text).segments


def test_invisible_characters_do_not_part_words() -> None:
    assert [word.text for word in read("你\u200b好").segments[0].words] == ["你好"]


def test_an_endless_word_is_read_in_pieces() -> None:
    reading = read("a" * 4000)
    assert max(len(segment.tokens) for segment in reading.segments) < 400


@pytest.mark.parametrize(
    "text",
    [
        "春天来了，花儿都开了，我们一起去公园看看吧。" * 100,
        "我们都喜欢听好听的故事" * 200,
        "The river runs past the old mill, and nobody remembers who built it. " * 40,
        "第1章 2024年5月6日 GPT-4 costs $20！" * 80,
        "好😀\u200b，" * 600,
    ],
)
def test_thousands_of_characters_are_read_to_the_last(text: str) -> None:
    reading = read(text)
    assert max(len(segment.tokens) for segment in reading.segments) < 400
    once = read(text[: len(text) // 2])
    assert sum(len(segment.tokens) for segment in reading.segments) > 1.8 * sum(
        len(segment.tokens) for segment in once.segments
    )


@pytest.mark.parametrize(
    "bit",
    [
        "好", "春天来了。", "a", "a ", "a-", "1", "1 ", "1-", "1/", "1.", "1,", "あ", "ありがとう", "今日は、",
        "값이 ", "값", "一", "[", "{", "<", "[[", "[重]{chong2}", "重CHONG2", "<a|AH0> ", "[[1s]]",
        "😀", "\u200b", "。", "(", " ", "\n", "ส", "я ",
        "e\u0301", "2024年5月6日", "$5 ", "x=", "@a.",
    ],
)  # fmt: skip
def test_a_long_run_of_anything_is_answered(bit: str) -> None:
    text = bit * (5000 // len(bit))
    try:
        reading = read(text)
        assert max(len(segment.tokens) for segment in reading.segments) < 1000
    except TextError as error:
        assert len(error.message("en")) < 400


@pytest.mark.parametrize(
    ("bit", "characters"),
    [("Hello there. ", 100_000), ("ありがとう", 20_000), ("[", 100_000), ("\u202e", 100_000), ("สวัสดี ", 100_000)],
)
def test_a_hundred_thousand_characters_are_answered(bit: str, characters: int) -> None:
    try:
        assert read(bit * (characters // len(bit))).segments
    except TextError as error:
        assert len(error.message("en")) < 400


@pytest.mark.parametrize("text", ["½々", "々好", "好😀々", "①々"])
def test_a_repeat_sign_after_no_character_is_listed(text: str) -> None:
    assert "々" in "".join(read(f"好，{text}").unsayable)
