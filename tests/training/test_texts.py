"""What the stream of texts for teacher speech promises."""

import random
import re
from collections import Counter
from itertools import islice, pairwise
from pathlib import Path

import pytest

from training.texts import (
    english,
    japanese,
    japanese_numbers,
    japanese_verbs,
    korean,
    korean_numbers,
    korean_verbs,
    mandarin,
    texts,
)
from training.texts.__main__ import read_shares
from training.texts.japanese import Japanese
from training.texts.korean import Korean
from training.texts.natural import normalised, read_excluded, read_sentences
from training.texts.stream import SHARES

CORPUS = (
    "utt\tset\tsplit\tlang\ttext\n"
    "a\tcv_zh\ttrain\tzh\t他在院子里种了一棵苹果树，每天都给它浇水。\n"
    "b\tcv_zh\tdev\tzh\t这一句谁也不能在训练中听见。\n"
    "c\tlibri\ttrain\ten\tbut calmly she hit the horse again and the old man called back over his shoulder\n"
    "d\tlibri\tdev\ten\tthis one is kept for the test\n"
    "e\tja_words\ttrain\tja\t個室|こしつ\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "metadata.tsv"
    path.write_text(CORPUS, encoding="utf-8")
    return path


def test_the_same_seed_gives_the_same_texts() -> None:
    first, again, other = (list(islice(texts(seed), 200)) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_languages_come_in_their_shares() -> None:
    counts = Counter(row.language for row in islice(texts(1), 2000))
    for language, share in SHARES.items():
        assert counts[language] / 2000 == pytest.approx(share, abs=0.05)


def test_nothing_long_comes_twice_and_nothing_is_left_unfilled() -> None:
    rows = list(islice(texts(2), 2000))
    keys = [normalised(row.text) for row in rows if row.kind != "short"]
    assert len(keys) == len(set(keys))
    assert not [row for row in rows if "a_" in row.text or "\t" in row.text or "{" in row.text.replace("]{", "")]


@pytest.mark.parametrize("speaker", [mandarin.Mandarin, english.English, Japanese, Korean])
def test_every_slot_of_a_grammar_can_be_filled(speaker: type) -> None:
    grammar = speaker(random.Random(0)).grammar
    assert grammar.slots() <= grammar.names()
    for name in grammar.sections:
        assert grammar.expand(name, random.Random(3))


def test_one_round_of_covering_words_says_every_toned_syllable() -> None:
    round_ = list(islice(mandarin.covering_words(random.Random(0)), len(mandarin.words_by_syllable())))
    said, there, missing = mandarin.coverage(round_)
    assert (said, missing) == (there, [])
    assert there > 1300


def test_one_round_of_covering_words_says_every_pair_of_phones() -> None:
    pairs = len(english.words_by_pair())
    round_ = list(islice(english.covering_words(random.Random(0)), 2 * pairs))
    assert english.coverage(round_)[1] == pairs


def test_one_round_of_covering_words_says_every_pair_of_morae() -> None:
    pairs = len(japanese.words_by_pair())
    said = {
        pair
        for word in islice(japanese.covering_words(random.Random(0)), pairs)
        for pair in pairwise(japanese.spoken(word))
    }
    assert said >= set(japanese.words_by_pair())
    assert pairs > 4000


def test_one_round_of_covering_kana_says_every_mora() -> None:
    kana = islice(japanese.covering_kana(random.Random(0)), len(japanese.MORAE) ** 2)
    assert {mora for word in kana for mora in japanese.morae(word)} == {*japanese.MORAE, "ン", "ッ", "ー"}


def test_one_round_of_covering_words_says_every_syllable_and_meeting() -> None:
    round_ = list(islice(korean.covering_words(random.Random(0)), len(korean.words_by_sound())))
    syllables, syllables_there, meetings, meetings_there = korean.coverage(round_)
    assert (syllables, meetings) == (syllables_there, meetings_there)
    assert syllables_there > 1000


def test_made_sentences_keep_to_their_language_and_length() -> None:
    rows = list(islice(texts(5, shares={"ja": 0.5, "ko": 0.5}), 1500))
    for row in rows:
        assert not re.search(r"[ㄱ-ㅎㅏ-ㅣ()|]", row.text), row
        script = {"ja": r"[\u3041-\u30ff\u4e00-\u9fff]", "ko": r"[가-힣]"}[row.language]
        assert re.search(script, row.text), row
        assert len(row.text) < 90, row


def test_rows_of_other_splits_are_never_read(corpus: Path) -> None:
    found = read_sentences([corpus])
    assert found["zh"] == ["他在院子里种了一棵苹果树，每天都给它浇水。"]
    assert found["en"][0].startswith("But calmly she hit the horse again")
    assert found["ja_word"] == ["個室"]
    everything = "".join(text for sentences in found.values() for text in sentences)
    assert "谁也不能" not in everything
    assert "kept for the test" not in everything


def test_an_excluded_sentence_is_never_said_alone_or_as_a_part(tmp_path: Path) -> None:
    sentences, excluded = tmp_path / "sentences.tsv", tmp_path / "excluded.tsv"
    sentences.write_text(
        "en\tThe Baker opened his shop!\nen\tNobody came.\nen\tIt rained, and we ran.\n", encoding="utf-8"
    )
    excluded.write_text("lang\ttext\nen\tthe baker opened his shop.\n", encoding="utf-8")
    stream = texts(3, read_sentences([sentences]), read_excluded([excluded]), shares={"en": 1.0}, natural_share=0.9)
    said = [normalised(row.text) for row in islice(stream, 400)]
    assert not [text for text in said if "thebakeropenedhisshop" in text]
    assert any("nobodycame" in text for text in said)


def test_sentences_that_are_never_joined_come_once_each() -> None:
    sentences = {"ko": ["첫 번째 문장입니다.", "두 번째 문장입니다."]}
    rows = list(islice(texts(3, sentences, shares={"ko": 1.0}, natural_share=1.0), 10))
    assert sorted(row.text for row in rows if row.kind == "natural") == sorted(sentences["ko"])
    assert len({row.text for row in rows}) == 10


def test_shares_are_read_and_checked() -> None:
    assert read_shares("zh=.3, ja=0.7") == {"zh": 0.3, "ja": 0.7}
    for wrong in ("fr=1", "zh", "zh=-1", "zh=0"):
        with pytest.raises(ValueError):
            read_shares(wrong)
    with pytest.raises(ValueError, match="fr"):
        next(texts(0, shares={"fr": 1.0}))


@pytest.mark.parametrize(
    ("phrase", "forms"),
    [
        ("本を読む", "読む 読み 読んで 読んだ 読ま 読め 読もう 読め 読ませ 読んじゃ"),
        ("手紙を書く", "書く 書き 書いて 書いた 書か 書け 書こう 書け 書かせ 書いちゃ"),
        ("海で泳ぐ", "泳ぐ 泳ぎ 泳いで 泳いだ 泳が 泳げ 泳ごう 泳げ 泳がせ 泳いじゃ"),
        ("手を洗う", "洗う 洗い 洗って 洗った 洗わ 洗え 洗おう 洗え 洗わせ 洗っちゃ"),
        ("人と話す", "話す 話し 話して 話した 話さ 話せ 話そう 話せ 話させ 話しちゃ"),
        ("駅へ行く", "行く 行き 行って 行った 行か 行け 行こう 行け 行かせ 行っちゃ"),
        ("魚を食べ|る", "食べる 食べ 食べて 食べた 食べ 食べれ 食べよう 食べられ 食べさせ 食べちゃ"),
        ("家へ帰る", "帰る 帰り 帰って 帰った 帰ら 帰れ 帰ろう 帰れ 帰らせ 帰っちゃ"),
        ("本を予約する", "予約する 予約し 予約して 予約した 予約し 予約すれ 予約しよう 予約でき 予約させ 予約しちゃ"),
        ("バスが来る", "来る 来 来て 来た 来 来れ 来よう 来られ 来させ 来ちゃ"),
    ],
)
def test_japanese_verbs_take_their_forms(phrase: str, forms: str) -> None:
    asked = ("dict", "stem", "te", "ta", "a", "e", "you", "can", "caus", "cha")
    said = [japanese_verbs.inflected(phrase, form) for form in asked]
    before = re.split("[をでとへが]", phrase)[0] + re.findall("[をでとへが]", phrase)[0]
    assert said == [before + form for form in forms.split()]


def test_japanese_adjectives_take_their_stem() -> None:
    assert [japanese_verbs.inflected(word, "k") for word in ("高い", "嬉しい", "気持ちいい")] == [
        "高",
        "嬉し",
        "気持ちよ",
    ]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("먹다", "먹 먹 먹어 먹었 먹으 먹으 먹읍 먹은 먹을 먹습 먹는"),
        ("만들다", "만들 만드 만들어 만들었 만들 만드 만듭 만든 만들 만듭 만든"),
        ("듣다", "듣 듣 들어 들었 들으 들으 들읍 들은 들을 듣습 듣는"),
        ("받다", "받 받 받아 받았 받으 받으 받읍 받은 받을 받습 받는"),
        ("돕다", "돕 돕 도와 도왔 도우 도우 도웁 도운 도울 돕습 돕는"),
        ("입다", "입 입 입어 입었 입으 입으 입읍 입은 입을 입습 입는"),
        ("짓다", "짓 짓 지어 지었 지으 지으 지읍 지은 지을 짓습 짓는"),
        ("씻다", "씻 씻 씻어 씻었 씻으 씻으 씻읍 씻은 씻을 씻습 씻는"),
        ("부르다", "부르 부르 불러 불렀 부르 부르 부릅 부른 부를 부릅 부른"),
        ("들르다", "들르 들르 들러 들렀 들르 들르 들릅 들른 들를 들릅 들른"),
        ("모으다", "모으 모으 모아 모았 모으 모으 모읍 모은 모을 모읍 모은"),
        ("쓰다", "쓰 쓰 써 썼 쓰 쓰 씁 쓴 쓸 씁 쓴"),
        ("배우다", "배우 배우 배워 배웠 배우 배우 배웁 배운 배울 배웁 배운"),
        ("마시다", "마시 마시 마셔 마셨 마시 마시 마십 마신 마실 마십 마신"),
        ("하다", "하 하 해 했 하 하 합 한 할 합 한"),
    ],
)
def test_korean_verbs_take_their_forms(word: str, forms: str) -> None:
    asked = ("s", "n", "a", "p", "u", "un", "ub", "m", "l", "b", "d")
    assert [korean_verbs.inflected(word, form) for form in asked] == forms.split()


@pytest.mark.parametrize(
    ("word", "attribute", "infinitive"),
    [
        ("빨갛다", "빨간", "빨개"), ("하얗다", "하얀", "하얘"), ("좋다", "좋은", "좋아"), ("춥다", "추운", "추워"),
        ("좁다", "좁은", "좁아"), ("맛있다", "맛있는", "맛있어"), ("바쁘다", "바쁜", "바빠"),
        ("슬프다", "슬픈", "슬퍼"), ("멀다", "먼", "멀어"), ("게으르다", "게으른", "게을러"),
    ],
)  # fmt: skip
def test_korean_adjectives_take_their_forms(word: str, attribute: str, infinitive: str) -> None:
    assert (korean_verbs.inflected(word, "m"), korean_verbs.inflected(word, "a")) == (attribute, infinitive)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("책(을) 사과(을)", "책을 사과를"), ("집(으로) 학교(으로) 서울(으로)", "집으로 학교로 서울로"),
        ("“밥”(이라고) “차”(이라고)", "“밥”이라고 “차”라고"), ("저(이) 어머니(이)", "제가 어머니가"),
        ("30(은) 45(은) 8%(이)", "30은 45는 8%가"), ("CEO(은) ATM(은)", "CEO는 ATM은"),
        ("music(은) server(은) model(으로)", "music은 server는 model로"),
        ("손님(이에요) 의사(이에요)", "손님이에요 의사예요"),
        ("28 번, 3 개", "28번, 3개"),
    ],
)  # fmt: skip
def test_korean_particles_follow_the_sound_before_them(text: str, right: str) -> None:
    assert korean_verbs.with_particles(text) == right


@pytest.mark.parametrize(
    ("number", "words"), [(1, "한"), (4, "네"), (20, "스무"), (21, "스물한"), (35, "서른다섯"), (99, "아흔아홉")]
)
def test_native_korean_numbers_stand_before_a_counter(number: int, words: str) -> None:
    assert korean_numbers.native(number) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1105円", "千百五円"), ("2,400円", "二千四百円"), ("30000円", "三万円"), ("10年", "十年"),
        ("12:30に", "12:30に"), ("3.5キロ", "3.5キロ"),
    ],
)  # fmt: skip
def test_japanese_numbers_are_written_in_kanji(text: str, words: str) -> None:
    assert japanese_numbers.numbers_written(text) == words


@pytest.mark.parametrize(
    ("number", "characters"),
    [
        (0, "零"), (5, "五"), (10, "十"), (15, "十五"), (20, "二十"), (101, "一百零一"), (110, "一百一十"),
        (1005, "一千零五"), (10_010, "一万零一十"), (34_500, "三万四千五百"),
        (100_000, "十万"), (1_000_200, "一百万零二百"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_characters(number: int, characters: str) -> None:
    assert mandarin.written(number) == characters


@pytest.mark.parametrize(
    ("text", "right"),
    [("a_ hour", "an hour"), ("a_ university", "a university"), ("a_ old map", "an old map"), ("a_ map", "a map")],
)
def test_articles_follow_the_sound_of_the_next_word(text: str, right: str) -> None:
    assert english.with_articles(text) == right
