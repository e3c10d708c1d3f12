"""What the teacher and the recordings are labelled with: spelling, bounds, edges, alignment."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from training.align import labelled
from training.aligner import SILENCE, align
from training.corpus import emotion_vector
from training.labels import Label, load_labels, save_labels
from training.readings import token_array
from training.store import Store, Utterance
from training.teacher import phonetics
from training.teacher.accent import with_accent
from training.teacher.speech import EDGE_FRAMES, split_pauses, token_bounds, trim_edges
from tts.text.frontend import read
from tts.text.phones import BREAKS, LANGUAGES, PHONE_IDS, PHONE_ROWS, PHONES, SYMBOLS, VOWELS
from tts.text.syllables import syllable_phones, syllables


@pytest.fixture(autouse=True)
def _vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    """The teacher's package is a training extra: any sign it could have gets an id here."""
    signs = "".join(
        [*phonetics._ZH.values(), *phonetics._EN.values(), *phonetics._JA.values(), *phonetics._KO.values()]
    )
    table = {sign: 1 + index for index, sign in enumerate(dict.fromkeys(signs + "→↗↓↘ˈˌɾɹəʔɕ ,;:….?!"))}
    monkeypatch.setattr(phonetics, "vocabulary", lambda: table)


def spelled(text: str, language: str) -> tuple[np.ndarray, phonetics.Spelling]:
    tokens = token_array(read(text, language, longest=10_000))
    names = [LANGUAGES[i] for i in tokens[2]]
    return tokens, phonetics.spell(tokens[0].tolist(), tokens[1].tolist(), names, [BREAKS[i] for i in tokens[3]])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("你好，花儿真红啊！", "zh"),
        ("Better late than never, right?", "en"),
        ("ちょっと待って、今日は一人ですか？", "ja"),
        ("학교 앞에서 밥을 먹었어요, 값이 싸요.", "ko"),
    ],
)
def test_every_sign_of_the_teacher_belongs_to_one_of_our_tokens_in_order(text: str, language: str) -> None:
    tokens, spelling = spelled(text, language)
    assert len(spelling.ids) == len(spelling.owners) and spelling.ids[0] == spelling.ids[-1] == 0
    assert list(spelling.owners) == sorted(spelling.owners)
    assert set(spelling.owners) == set(range(tokens.shape[1]))


def test_every_mandarin_syllable_can_be_spelt_for_the_teacher() -> None:
    missing = {phone for s in syllables() for phone, _ in syllable_phones(f"{s}1") if phone not in phonetics._ZH}
    assert not missing


@pytest.mark.parametrize(("language", "table"), [("en", "_EN"), ("ja", "_JA"), ("ko", "_KO")])
def test_every_phone_can_be_spelt_for_the_teacher(language: str, table: str) -> None:
    assert set(SYMBOLS[language].values()) <= set(getattr(phonetics, table))


@pytest.mark.parametrize(
    ("text", "signs"),
    [("가까", "ɡaʔka"), ("까", "ka"), ("학교", "haʔkjo"), ("입다", "ipta"), ("씨", "ɕi"), ("타", "tʰa")],
)
def test_korean_stops_are_spelt_by_what_stands_around_them(text: str, signs: str) -> None:
    _, spelling = spelled(text, "ko")
    names = {number: sign for sign, number in phonetics.vocabulary().items()}
    assert "".join(names[number] for number in spelling.ids[1:-1]).rstrip(".") == signs


def test_a_pause_between_words_gets_its_own_token() -> None:
    tokens = token_array(read("red door", "en"))
    durations = np.array([4, *[10] * (tokens.shape[1] - 2), 4])
    word_end = int(np.flatnonzero(tokens[3] == BREAKS.index("word"))[0])
    levels = np.full(durations.sum(), -20.0)
    end = durations[: word_end + 1].sum()
    durations[word_end] += 12
    levels = np.insert(levels, end, [-80.0] * 12)
    split, lengths = split_pauses(tokens, durations, levels)
    assert split.shape[1] == tokens.shape[1] + 1 and lengths.sum() == durations.sum()
    assert (PHONES[split[0, word_end + 1]], lengths[word_end + 1]) == ("pause", 12)
    assert BREAKS[split[3, word_end]] == "phrase" and lengths[word_end] == 10


@pytest.mark.parametrize(("text", "falls"), [("箸を", True), ("橋を", False)])
def test_the_teachers_pitch_follows_the_accent_of_the_words(text: str, falls: bool) -> None:
    tokens, spelling = spelled(text, "ja")
    units = np.full(len(spelling.ids), 4)
    shaped = with_accent(np.full(units.sum() * 2, 200.0), units, np.array(spelling.owners), tokens)
    owner = np.repeat(spelling.owners, units * 2)
    vowels = [shaped[owner == place].mean() for place in range(tokens.shape[1]) if PHONES[tokens[0, place]] in VOWELS]
    assert (vowels[0] > vowels[1]) == falls


def test_bounds_are_rounded_over_the_sum_and_add_up() -> None:
    units = np.array([10, 1, 1, 1, 1, 1, 10])
    bounds = token_bounds(units, [0, 1, 2, 3, 4, 5, 6], 7, 240)
    assert bounds[-1] == round(units.sum() * 2.5) and (np.diff(bounds) >= 0).all()


def test_edges_are_cut_to_forty_milliseconds_by_the_energy() -> None:
    hop, quiet, loud = 240, np.zeros(240 * 50), np.random.default_rng(0).normal(0, 0.1, 240 * 60)
    wave = np.concatenate([quiet, loud, quiet])
    bounds = np.array([0, 53, 80, 105, 160])  # the first phone's label runs 3 frames behind, the last ends 5 early
    cut, durations = trim_edges(wave, bounds, hop)
    assert len(cut) == durations.sum() * hop and durations[0] == durations[-1] == EDGE_FRAMES
    assert durations[1:-1].sum() == 60
    assert np.abs(cut[: EDGE_FRAMES * hop]).max() == 0 < np.abs(cut[EDGE_FRAMES * hop : (EDGE_FRAMES + 1) * hop]).max()


def posteriors(states: list[tuple[str, int]]) -> np.ndarray:
    rows = []
    for name, frames in states:
        row = np.full(PHONE_ROWS, -8.0, np.float32)
        row[SILENCE if name == "silence" else PHONE_IDS[name]] = -0.1
        rows += [row] * frames
    return np.array(rows)


def test_alignment_finds_phones_and_the_silence_nobody_wrote() -> None:
    tokens = token_array(read("see me", "en"))
    heard = [("silence", 6), ("s", 9), ("i", 12), ("silence", 20), ("m", 7), ("i", 14), ("silence", 8)]
    found = align(posteriors(heard), tokens)
    assert found is not None
    aligned, durations, score = found
    assert [PHONES[phone] for phone in aligned[0]] == ["edge", "s", "i", "pause", "m", "i", "stop"]
    assert durations.tolist() == [6, 9, 12, 20, 7, 14, 8] and score == pytest.approx(-0.1)


def test_a_written_mark_may_have_no_silence_and_short_gaps_join_the_phone_before() -> None:
    tokens = token_array(read("see, me", "en"))
    heard = [("silence", 6), ("s", 9), ("i", 12), ("m", 7), ("i", 14), ("silence", 8)]
    found = align(posteriors(heard), tokens)
    assert found is not None
    assert dict(zip([PHONES[p] for p in found[0][0]], found[1].tolist(), strict=True))["comma"] == 0
    assert found[1].sum() == 56


def test_a_clip_too_short_for_its_text_is_not_aligned() -> None:
    assert align(posteriors([("silence", 3)]), token_array(read("see me", "en"))) is None


def test_marks_of_emotion_become_vectors() -> None:
    assert emotion_vector("happy+")[0] == 1 and 0 < emotion_vector("happy")[0] < 1
    assert not emotion_vector("neutral").any() and not emotion_vector("").any()


def test_labels_come_back_as_they_were_found(tmp_path: Path) -> None:
    found = {
        "a": Label(np.arange(12, dtype=np.uint8).reshape(4, 3), np.array([4, 70, 6]), -0.5),
        "b": Label(np.ones((4, 1), np.uint8), np.array([9]), -2.25),
    }
    save_labels(tmp_path / "labels.npz", found)
    back = load_labels(tmp_path / "labels.npz")
    assert list(back) == ["a", "b"]
    for key, label in found.items():
        assert (back[key].tokens == label.tokens).all() and (back[key].durations == label.durations).all()
        assert back[key].score == label.score
    save_labels(tmp_path / "none.npz", {})
    assert load_labels(tmp_path / "none.npz") == {}


def test_labels_are_laid_on_every_copy_and_the_worst_are_left_out() -> None:
    tokens = token_array(read("see me", "en")).astype(np.uint8)
    frames = 10 * tokens.shape[1]

    def recording(key: str, snr: float) -> Utterance:
        noise = np.random.default_rng(0).normal(0, 1000, frames * 240).astype(np.int16)
        silent = np.zeros(tokens.shape[1], np.int64)
        return Utterance(noise, np.zeros(frames), tokens, silent, "s", key, 1, 1, 12000.0, snr, np.zeros(8))

    raw = Store.collect([recording("a", 20), recording("a", 60), recording("b", 20), recording("none", 20)])
    lengths = np.full(tokens.shape[1], 10)
    store, figures = labelled(raw, {"a": Label(tokens, lengths, -1.0), "b": Label(tokens, lengths, -9.0)})
    assert (figures["aligned"], figures["of"]) == (2, 4) and store.keys.tolist() == ["a", "a", "b", "none"]
    ends = store.token_starts
    sums = [int(store.durations[start:end].sum()) for start, end in pairwise(ends)]
    # The edges of what is labelled are cut to four frames each.
    assert sums[0] == sums[1] == frames - 12 and sums[2:] == [0, 0]
    assert store.snrs.tolist() == [20, 60, 20, 20] and lengths.sum() == frames
