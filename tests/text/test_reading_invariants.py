"""What holds for every text: no crash, overrides obeyed, tokens as the models expect them."""

import json
from collections.abc import Sequence
from unicodedata import normalize

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tts.errors import TextError
from tts.text.en import is_phone, phone_and_tone
from tts.text.frontend import read
from tts.text.ja_morae import spell
from tts.text.phones import BREAKS, LANGUAGES, PAUSES, PHONE_IDS, PHONES, SYMBOLS, TONES, VOWELS
from tts.text.reading import Reading, Segment
from tts.text.syllables import syllable_phones, syllables

CLOSING = frozenset(PAUSES) - {"pad", "edge", "pause"}
ARPABET = sorted(name + stress for name in SYMBOLS["en"] for stress in ("", "0", "1", "2") if is_phone(name + stress))

#: Bits that texts are made of, so that hypothesis meets mark-up, numbers and both scripts often.
BITS = st.sampled_from(
    "你好 重庆 银行 一 不 一下 儿 花儿 3 3.14 2024年5月6日 12:30 ¥5 50% -3℃ 1/2 13812345678 the read Hello U.S. "
    'Dr. GPT-4 AT&T www.a.com x=1 ， 。 、 … —— ！ ? " “ ( ） [ ] { } < > | [[ ]] [[0.6s]] [[9999s]] [[happy]] '
    "[重]{chong2} [重]{ <minute|M> {lv4} 😀 \u200b \ud800 \x00 \n \t は 한 мир ½ Ⅳ ① ％ é ß 々 〇 髮 𠮷 ' - ~ / "
    "\\ * # @ & + = . , : ; 今日は 食べる ー っ 값이 좋다 ㅋㅋ [上手]{じょうず} [上手]{x [값이]{갑씨} 行XING2 行XIN "
    "［重］｛chong2｝ \u202e \u0301 สวัสดี مرحبا".split(" ")
)
MIXED = st.lists(BITS, max_size=12)
TEXTS = st.one_of(st.text(max_size=60), MIXED.map("".join), MIXED.map(" ".join))
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)

KANA = st.sampled_from(
    "あ か が き く け こ さ し す た ち つ と な は ひ ま や ゆ ら り わ ん きゃ しゅ ティ ファ ア カ".split()
)
HANGUL = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
#: What may stand beside an override: each language, marks, numbers, and nothing at all.
AROUND = st.sampled_from(
    [
        "",
        "我们",
        "，",
        "the ",
        " read.",
        "今日は",
        "です",
        "값이 ",
        " 좋다",
        "3",
        "50%",
        "（",
        "」",
        "行XING2",
        "[[0.1s]]",
        "\n",
    ]
)

quick = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def read_or_refuse(text: str) -> Reading | None:
    """A reading, or None where the text is refused with one of our own errors."""
    try:
        return read(text)
    except TextError as error:
        assert all(error.message(language) for language in ("zh", "en", "ja"))
        error.message("en").encode()
        return None


def check(segment: Segment) -> None:
    tokens = segment.tokens
    assert tokens[0].phone == "edge" and tokens[0].word == -1
    assert tokens[-1].phone in CLOSING
    assert tokens[1].phone not in PAUSES
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        assert token.phone in PHONES and token.tone in TONES and token.language in LANGUAGES
        assert token.break_after in BREAKS and -1 <= token.word < len(segment.words)
        pause = token.phone in PAUSES
        assert pause or token.seconds is None
        if pause and following is not None and token.phone != "edge":
            assert following.phone not in PAUSES
        if not pause:
            assert following is not None
            assert (token.break_after == "phrase") == (following.phone in PAUSES)
            if token.language == "zh":
                assert token.tone.startswith("zh")
            elif token.language == "en":
                assert token.tone.startswith("en") == (token.phone in VOWELS)
    for number, word in enumerate(segment.words):
        own = [token for token in tokens if token.word == number and token.phone not in PAUSES]
        assert bool(own) == bool(word.phones)
        if own:
            assert own[-1].break_after in ("word", "phrase")
    ids = segment.ids()
    assert len(ids.phones) == len(ids.tones) == len(ids.languages) == len(ids.breaks) == len(tokens)


@quick
@example("\ud800")
@example("[[1s]]")
@example("1" * 5000)
@example("a" * 5000)
@example("٣")
@given(TEXTS)
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    reading = read_or_refuse(text)
    if reading is not None:
        json.dumps(reading.to_dict(), ensure_ascii=False).encode()
        for segment in reading.segments:
            check(segment)


@quick
@given(st.lists(BITS, min_size=1, max_size=8).map("".join), st.sampled_from(["", "，", "a", "很", "3"]))
def test_reading_is_deterministic(text: str, more: str) -> None:
    assert read_or_refuse(text + more) == read_or_refuse(text + more)


@quick
@given(
    AROUND,
    st.text(HAN, max_size=3),
    st.text(HAN, min_size=1, max_size=3),
    st.lists(st.tuples(st.sampled_from(syllables()), st.integers(1, 5)), min_size=1, max_size=4),
    st.text(HAN, max_size=3),
    AROUND,
)
def test_a_written_pinyin_is_said_to_the_tone(
    around: str, before: str, base: str, written: list[tuple[str, int]], after: str, beyond: str
) -> None:
    pinyin = [f"{syllable}{tone}" for syllable, tone in written]
    reading = read(f"{around}{before}[{base}]{{{' '.join(pinyin)}}}{after}{beyond}")
    wanted = [pair for syllable in pinyin for pair in syllable_phones(syllable)]
    tokens = [token for segment in reading.segments for token in segment.tokens]
    said = [(token.phone, token.tone) for token in tokens if token.phone not in PAUSES]
    assert not any(syllable in reading.normalized for syllable in pinyin)
    if base[-1] == "儿" and pinyin[-1] == "er5":
        return  # the colour of the syllable before it, as the dictionary spells it
    assert contains(said, wanted)
    words = [word for segment in reading.segments for word in segment.words]
    assert contains([syllable for word in words for syllable in word.pinyin or ()], pinyin)
    assert base in reading.normalized.replace(" ", "")


@quick
@given(AROUND, HAN, st.sampled_from([name for name in syllables() if len(name) > 3]), st.integers(1, 5), AROUND)
def test_pinyin_in_capitals_is_said_to_the_tone(
    before: str, character: str, syllable: str, tone: int, after: str
) -> None:
    capitals = f"{syllable.upper()}{tone}"
    reading = read(f"{before}{character}{capitals}{'，' if after[:1].isascii() else ''}{after}")
    words = [word for segment in reading.segments for word in segment.words]
    if syllable.upper() not in ("LONG", "PING", "SONG"):
        assert contains([pinyin for word in words for pinyin in word.pinyin or ()], [f"{syllable}{tone}"])
        assert capitals not in reading.normalized


@quick
@given(AROUND, st.lists(st.sampled_from(ARPABET), min_size=1, max_size=8), AROUND)
def test_a_written_arpabet_is_said_as_it_stands(before: str, symbols: list[str], after: str) -> None:
    reading = read(f"{before} <word|{' '.join(symbols)}> {after}")
    word = next(word for segment in reading.segments for word in segment.words if word.text == "word")
    assert word.phones == tuple(symbols)
    said = [(token.phone, token.tone) for segment in reading.segments for token in segment.tokens]
    assert contains(said, [phone_and_tone(symbol) for symbol in symbols])


@quick
@given(AROUND, st.text(HAN, min_size=1, max_size=3), st.lists(KANA, min_size=1, max_size=6).map("".join), AROUND)
def test_written_kana_are_said_to_the_mora(before: str, base: str, kana: str, after: str) -> None:
    wanted = [SYMBOLS["ja"][phone] for mora in spell(kana) or () for phone in mora.phones]
    reading = read(f"{before}[{base}]{{{kana}}}{after}")
    said = [token.phone for segment in reading.segments for token in segment.tokens if token.language == "ja"]
    assert contains([voiced(phone) for phone in said], [voiced(phone) for phone in wanted])
    assert kana not in reading.normalized.replace(base, "") or kana in before + after
    assert base in reading.normalized


@quick
@given(AROUND, st.sampled_from(["값이", "A", "重", "x y"]), st.text(HANGUL, min_size=1, max_size=5), AROUND)
def test_written_hangul_is_said(before: str, base: str, hangul: str, after: str) -> None:
    reading = read(f"{before}、[{base}]{{{hangul}}}、{after}")
    alone = read(f"[가]{{{hangul}}}")  # said as spelled, whatever is written and whatever stands around
    wanted = [token.phone for token in alone.segments[0].tokens if token.phone not in PAUSES]
    said = [token.phone for segment in reading.segments for token in segment.tokens if token.phone not in PAUSES]
    assert contains(said, wanted)
    assert base in reading.normalized
    assert hangul in before + after or hangul not in reading.normalized.replace(base, "")


@quick
@given(TEXTS)
def test_nothing_that_is_written_is_dropped_in_silence(text: str) -> None:
    reading = read_or_refuse(text)
    for segment in reading.segments if reading else ():
        for word in segment.words:
            assert word.phones or not any(letter.isalnum() for letter in word.text), word.text


@quick
@given(
    st.text(st.characters(min_codepoint=0x400, max_codepoint=0xE7F, categories=["Ll", "Lo"]), min_size=1, max_size=9),
    AROUND,
)
def test_scripts_that_nobody_here_can_say_are_listed(unknown: str, around: str) -> None:
    reading = read_or_refuse(f"好{around}，{unknown}，好")
    assert reading is not None
    assert set(normalize("NFC", unknown)) <= set("".join(reading.unsayable))


@quick
@given(st.floats(0.01, 30).map(lambda seconds: round(seconds, 3)), st.sampled_from(["", "，", "。", "？", "……"]))
def test_a_written_pause_keeps_its_length(seconds: float, mark: str) -> None:
    reading = read(f"你好{mark}[[{seconds}s]]世界")
    written = [token.seconds for segment in reading.segments for token in segment.tokens if token.seconds is not None]
    assert written == [seconds]


@quick
@given(
    st.lists(
        st.sampled_from(["今天天气很好", "我们去公园", "二零二四年", "hello there", "，", "、", "3.14159"]),
        min_size=1,
        max_size=60,
    )
)
def test_segments_stay_near_the_length_asked_for(bits: list[str]) -> None:
    reading = read_or_refuse(" ".join(bits))
    for segment in reading.segments if reading else ():
        vowels = sum(token.phone in VOWELS and token.phone != "erhua" for token in segment.tokens)
        assert vowels <= 75


def voiced(phone: str) -> str:
    """A vowel that is whispered between voiceless sounds is the same mora."""
    return {"i_devoiced": "i", "u_devoiced": "uu"}.get(phone, phone)


def contains(row: Sequence[object], wanted: Sequence[object]) -> bool:
    return any(list(row[start : start + len(wanted)]) == list(wanted) for start in range(len(row) - len(wanted) + 1))


def test_every_phone_name_has_an_id() -> None:
    assert set(PHONE_IDS) == set(PHONES)


@quick
@given(
    st.integers(0, 10**15),
    st.sampled_from(["{}円です。", "约{}点。", "{}명이 왔다.", "{} people came.", "{}.5ドル"]),
)
def test_a_number_takes_nothing_else_along(number: int, text: str) -> None:
    reading = read(text.format(number))
    assert not reading.unsayable
    assert not any(letter.isdigit() and letter.isascii() for letter in reading.normalized)
