"""Words in the writing that their readers know: kana with pitch, Hangul as it is said; and how many syllables."""

import pytest

from studio.sounds import Beat, beats, hangul, said_tokens, syllables
from tts.text.frontend import read
from tts.text.reading import Word


def japanese(text: str, phones: str) -> str:
    """Morae in kana: high ones after ^, whispered ones in brackets."""
    said = beats(Word(text, "ja", None, tuple(phones.split())))
    return "".join(f"{'^' * beat.high}{f'({beat.kana})' if beat.whispered else beat.kana}" for beat in said)


@pytest.mark.parametrize(
    ("text", "phones", "expected"),
    [
        ("箸", "h a1 sh i0", "^ハシ"),
        ("東京は", "t o0 o1 k y o1 o1 w a1", "ト^ー^キョ^ー^ワ"),
        ("日本語を", "n i0 h o1 N1 g o1 o1", "ニ^ホ^ン^ゴ^オ"),
        ("持って", "m o1 cl0 t e0", "^モッテ"),
        ("です", "d e1 s U0", "^デ(ス)"),
        ("ティー", "t i1 i0", "^ティー"),
    ],
)
def test_morae_are_written_in_kana(text: str, phones: str, expected: str) -> None:
    assert japanese(text, phones) == expected


def test_a_phone_that_no_kana_has_stands_as_it_is() -> None:
    assert beats(Word("x", "ja", None, ("zz", "a1"))) == (Beat("zza", True),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("값이 좋네요", "갑씨 존네요"),
        ("안녕하세요", "안녕하세요"),
        ("개가 네 마리", "개가 네 마리"),
        ("신라의 회의", "실라에 회이"),
    ],
)
def test_korean_words_are_written_as_they_are_said(text: str, expected: str) -> None:
    (segment,) = read(text, "ko").segments
    tokens = said_tokens(segment)
    said = [hangul(word, tokens[place]) for place, word in enumerate(segment.words) if word.phones]
    assert " ".join(said) == expected


@pytest.mark.parametrize(
    ("text", "count"), [("你好，世界。", 4), ("hello", 2), ("東京です", 6), ("안녕하세요", 5), ("我说 hello", 4)]
)
def test_syllables_are_counted_as_each_language_counts_them(text: str, count: int) -> None:
    (segment,) = read(text).segments
    assert syllables(segment) == count
