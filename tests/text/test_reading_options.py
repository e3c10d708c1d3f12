"""The glossary, the language option, mixed languages, the form of `phones --json`, and the syllable table."""

import subprocess
import sys

import pytest

from tts.errors import TextError
from tts.text.frontend import read
from tts.text.phones import PHONE_IDS, TONE_IDS
from tts.text.syllables import syllable_phones, syllables, tones


def words(text: str, **options: object) -> list[tuple[str, tuple[str, ...]]]:
    reading = read(text, **options)  # type: ignore[arg-type]
    return [(word.text, word.phones) for segment in reading.segments for word in segment.words if word.phones]


def test_a_glossary_sets_pinyin_arpabet_or_other_words() -> None:
    glossary = {"重新": "zhong4 xin1", "Yinse": "Y IH1 N S EH0", "GB": "gigabytes", "AI": "人工智能"}
    said = dict(words("重新用Yinse和AI", glossary=glossary))
    assert said["重新"] == ("zh", "ong4", "x", "in1")
    assert said["Yinse"] == ("Y", "IH1", "N", "S", "EH0")
    assert "人工智能" in said
    assert "five gigabytes of data" in read("5 GB of data", glossary=glossary).normalized


def test_a_glossary_matches_whole_words_and_the_longest_term() -> None:
    glossary = {"art": "AA1", "重": "chong2", "重庆人": "zhong4 qing4 ren2"}
    assert dict(words("start art", glossary=glossary)) == {"start": ("S", "T", "AA1", "R", "T"), "art": ("AA1",)}
    assert dict(words("重庆人", glossary=glossary)) == {"重庆": ("zh", "ong4", "q", "ing4"), "人": ("r", "en2")}


def test_written_mark_up_wins_over_the_glossary() -> None:
    assert dict(words("[重]{chong2}新", glossary={"重": "zhong4"}))["重新"][:2] == ("ch", "ong2")


def test_a_wrong_reading_in_a_glossary_is_an_error() -> None:
    with pytest.raises(TextError) as caught:
        read("重", glossary={"重": "chong9"})
    assert caught.value.code == "text_glossary_reading"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("你好", "zh"),
        ("hello there", "en"),
        ("我用ChatGPT写邮件", "zh"),
        ("The word 你好 means hello", "en"),
        ("123", "zh"),
    ],
)
def test_the_language_is_that_of_most_of_the_text(text: str, language: str) -> None:
    assert read(text).language == language


def test_the_language_option_decides_what_the_text_does_not() -> None:
    assert read("123", "en").normalized == "one hundred twenty three"
    assert read("123", "zh").normalized == "一百二十三"
    assert read("你好 hello", "en").language == "en"


def test_numbers_follow_the_language_of_their_sentence() -> None:
    assert read("我有3个。I have 3 of them.").normalized == "我有三个。 I have three of them."


def test_the_form_of_phones_json() -> None:
    assert read("花儿，OK").to_dict() == {
        "language": "zh",
        "normalized": "花儿，OK",
        "segments": [
            {
                "text": "花儿，OK",
                "words": [
                    {"text": "花儿", "language": "zh", "pinyin": ["hua1", "er5"], "phones": ["h", "ua1", "r1"]},
                    {"text": "，", "language": None, "pinyin": None, "phones": []},
                    {"text": "OK", "language": "en", "pinyin": None, "phones": ["OW1", "K", "EY1"]},
                ],
                "choices": [],
            }
        ],
        "unsayable": [],
    }


def test_pinyin_is_the_dictionary_and_phones_are_the_sandhi() -> None:
    word = read("不是").segments[0].words[0]
    assert word.pinyin == ("bu4", "shi4") and word.phones == ("b", "u2", "sh", "ir4")


def test_pinyin_has_one_syllable_a_character() -> None:
    text = "绿色的女儿在重庆玩儿，銀行行長說一點兒髮型。"
    for segment in read(text).segments:
        for word in segment.words:
            assert word.pinyin is None or len(word.pinyin) == len(word.text)


def test_the_syllable_table() -> None:
    assert {"a", "zhuang", "lv", "nve", "er", "ng", "xiong"} <= set(syllables())
    assert 430 < len(syllables()) < 450
    for syllable in syllables():
        for phone, tone in syllable_phones(f"{syllable}3"):
            assert phone in PHONE_IDS and tone in TONE_IDS
    assert syllable_phones("kong2") == (("k", "zh2"), ("ong", "zh2"))
    assert set(tones()) == set(syllables())
    assert {2, 3, 4} <= set(tones()["hao"])
    for wrong in ("kong", "kong6", "xyz1", "Kong2", ""):
        with pytest.raises(ValueError, match="syllable"):
            syllable_phones(wrong)


def test_starting_prints_nothing() -> None:
    code = "from tts.text.frontend import read; read('你好 blorptastic 今日は 안녕')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
