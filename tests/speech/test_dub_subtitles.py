"""Subtitles are read as people write them; what is wrong with a cue is told with its row, and the others are kept."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.dubbing.decoding import decode
from tts.dubbing.document import Document, Line, Window
from tts.dubbing.source import read_document
from tts.dubbing.stamps import is_stamp_like, parse_stamp
from tts.dubbing.subtitles import parse_subtitles
from tts.errors import OptionError, TextError


def srt(*cues: str) -> str:
    """Cues of a second each, numbered and stamped."""
    return "\n".join(f"{n}\n00:00:{n:02d},000 --> 00:00:{n:02d},900\n{cue}\n" for n, cue in enumerate(cues, 1))


def parsed(text: str, **options: object) -> Document:
    return parse_subtitles(text, "a.srt", **options)  # type: ignore[arg-type]


def cue(text: str, **options: object) -> Line:
    """The only line of a file with one cue."""
    (line,) = parsed(srt(text), **options).lines
    return line


def turns(line: Line) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in line.turns]


@pytest.mark.parametrize(
    ("written", "window"),
    [
        ("00:00:01,000 --> 00:00:02,500", (1000, 2500)),
        ("00:00:01.000 --> 00:00:02.5", (1000, 2500)),
        ("01:02:03,004-->01:02:04,005", (3723004, 3724005)),
        ("00:01.000 --> 00:02.000 align:start line:0%", (1000, 2000)),
        ("00:00:01,000 --> 00:00:02,000  X1:40 X2:600", (1000, 2000)),
        (" 00:00:01,000 -> 00:00:02,000 ", (1000, 2000)),
        ("00:00:01，000 —＞ ００:00：02，000", (1000, 2000)),
        ("0:0:1 → 0:0:2", (1000, 2000)),
        ("00:00:02,000 --> 00:00:01,000", (2000, 1000)),
    ],
)
def test_stamps_are_read_as_people_write_them(written: str, window: tuple[int, int]) -> None:
    assert parse_stamp(written) == Window(*window)


@pytest.mark.parametrize(
    "written",
    [
        "00:00:0x,000 --> 00:00:02,000",
        "00:00:61,000 --> 00:01:02,000",
        "00:00:01:500 --> 00:00:02:500",
        "00:00:01,000 00:00:02,000",
        "--> 00:00:02,000",
        "00:00:01,000 -->",
        "-00:00:01,000 --> 00:00:02,000",
    ],
)
def test_what_looks_like_a_stamp_and_is_none_is_a_fault(written: str) -> None:
    assert parse_stamp(written) is None and is_stamp_like(written)
    document = parsed(f"1\n{written}\nLost\n\n2\n00:00:05,000 --> 00:00:06,000\nFound\n")
    assert [line.text for line in document.lines] == ["Found"]
    (fault,) = document.faults
    assert (fault.row, fault.error.code, fault.error.details["line"]) == (2, "text_subtitle_stamp", 2)
    assert written.strip() in fault.error.message("zh")


@pytest.mark.parametrize(
    "text", ["a --> b", "We met at 10:30.", "x -> y at 5", "10:30", "Go → there", "2:1, 3:2 won", "8:00-9:30"]
)
def test_a_text_is_no_stamp(text: str) -> None:
    assert not is_stamp_like(text)
    assert cue(text).text == text


def test_every_kind_of_broken_cue_is_told_and_the_rest_is_read() -> None:
    document = parsed(
        "Made by someone\n\n1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\nNo stamp\n\n3\nNone either\n\n"
        "4\n00:00:07,000 --> 00:00:06,000\nBackwards\n\n5\n99:00:00,000 --> 99:00:01,000\nLate\n\n"
        "6\n00:00:08,000 --> 00:00:09,000\nSix\n"
    )
    assert [(line.row, line.text) for line in document.lines] == [(4, "One"), (22, "Six")]
    assert [(fault.row, fault.error.code.removeprefix("text_subtitle_")) for fault in document.faults] == [
        (1, "unstamped"), (8, "unstamped"), (11, "unstamped"), (14, "backwards"), (18, "late"),
    ]  # fmt: skip
    assert document.milliseconds == 9000


def test_times_among_words_are_words() -> None:
    assert cue("Open today\n8:00 → 20:00\n10:00 -> x").text == "Open today 8:00 → 20:00 10:00 -> x"
    vtt = parsed("WEBVTT\n\n00:01.000 --> 00:02.000\nOpen\n8:00 → 20:00\n\nname\n00:03.000 -> 0x:04\nLost\n")
    assert [line.text for line in vtt.lines] == ["Open 8:00 → 20:00"]
    assert [fault.row for fault in vtt.faults] == [8]


def test_empty_rows_and_numbers_belong_to_a_cue() -> None:
    document = parsed(srt("Above\n\nbelow", "42", "Call\n911\nnow", ""))
    assert [line.text for line in document.lines] == ["Above below", "42", "Call 911 now", ""]
    assert not document.faults


def test_cues_without_numbers_and_without_empty_rows_are_read() -> None:
    text = "00:01,000 --> 00:02,000\nOne\n00:03,000 --> 00:04,000\nTwo\n3\n4\n00:05,000 --> 00:06,000\nThree"
    assert [line.text for line in parsed(text).lines] == ["One", "Two 3 4", "Three"]


def test_lines_are_in_the_order_of_their_times_and_that_is_said() -> None:
    text = "1\n00:00:05,000 --> 00:00:06,000\nLate\n\n2\n00:00:01,000 --> 00:00:02,000\nEarly\n"
    document = parsed(text)
    assert [line.text for line in document.lines] == ["Early", "Late"]
    assert [(remark.code, remark.details["rows"]) for remark in document.remarks] == [("dub_order", "6")]
    assert not parsed(srt("a", "b")).remarks


@pytest.mark.parametrize("text", ["", "  \n\n", "Hello", "1\n2\n3", "WEBVTT\n\nNOTE nothing here\n"])
def test_a_file_without_cues_is_told(text: str) -> None:
    with pytest.raises(TextError) as caught:
        parsed(text)
    assert caught.value.code in ("text_subtitles_none", "text_subtitle_unstamped")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<i>One</i> <b>two</b> <font color='red'>three</font>", "One two three"),
        (r"{\an8}Up {\i1}there{\i0}", "Up there"),
        ("{y:i}Slanted", "Slanted"),
        ("Tom &amp; Ann&nbsp;go", "Tom & Ann go"),
        ("a < b > c", "a < b > c"),
        ("Two<br>rows", "Two rows"),
        ("第一行\n第二行", "第一行第二行"),
        ("今日は\nいい天気", "今日はいい天気"),
        ("오늘은\n좋아요", "오늘은 좋아요"),
        ("用 GPT\n写的", "用 GPT 写的"),
        ("[重]{chong2}新 [[0.6s]]", "[重]{chong2}新 [[0.6s]]"),
        ("a <minute|M IH1 N AH0 T> or {chong2}", "a <minute|M IH1 N AH0 T> or {chong2}"),
        ("- Only one speaks", "Only one speaks"),
        ("-5 degrees", "-5 degrees"),
        ("(A) is right", "(A) is right"),
        ("(sighs) Well then", "Well then"),
        ("（叹气）好吧", "好吧"),
        ("♪ la la ♪\nHello", "Hello"),
    ],
)  # fmt: skip
def test_what_is_said_has_no_styles_and_no_directions(written: str, said: str) -> None:
    line = cue(written)
    if written.startswith("♪"):
        line = cue(f"{written}\n- Bye")
        said = "Hello Bye"
    assert line.text == said


@pytest.mark.parametrize(
    "written", ["(door slams)", "（关门声）", "[door slams]", "【音乐】", "♪ la la\nla ♪", "♪♪", "(a\nb)"]
)
def test_descriptions_are_not_spoken_unless_that_is_wished(written: str) -> None:
    line = cue(written)
    assert not line.turns and line.unspoken
    assert cue(written, descriptions="speak").turns


def test_who_speaks_is_read_and_not_spoken() -> None:
    assert turns(cue("[Anna] Hi there")) == [("Anna", "Hi there")]
    assert turns(cue("【小明】你好")) == [("小明", "你好")]
    assert turns(cue("[Anna]\nHi\nthere", known=["anna"])) == [("Anna", "Hi there")]
    assert turns(cue("ANNA: Hi", known=["Anna"])) == [("ANNA", "Hi")]
    assert turns(cue("Note: this")) == [("", "Note: this")]


def test_a_cue_may_have_several_turns() -> None:
    assert turns(cue("- Hi.\n- 你好，\n世界")) == [("", "Hi."), ("", "你好，世界")]
    assert turns(cue("[A] Hi.\n[B] Bye.")) == [("A", "Hi."), ("B", "Bye.")]
    assert turns(cue("-[A] Hi.\n–[B] Bye.")) == [("A", "Hi."), ("B", "Bye.")]


def test_vtt_has_notes_styles_names_voices_and_settings() -> None:
    document = parsed(
        "\ufeffWEBVTT - Title\nKind: captions\n\nNOTE 00:01 is no stamp\n\nSTYLE\n::cue { color: red }\n\nintro\n"
        "00:01.000 --> 00:02.000 align:start\n<v Anna>Hi <i>there</i></v> <v.loud Bob Dee>And <c.x>you</c>\n\n"
        "NOTE\nanother\n\n00:00:03.000 --> 00:00:04.000\n<v Bob><00:03.500>Bye &lt;now&gt;\n"
        "<ruby>漢<rt>かん</rt></ruby>字\n\nlost words\n"
    )
    first, second = document.lines
    assert turns(first) == [("Anna", "Hi there"), ("Bob Dee", "And you")]
    assert turns(second) == [("Bob", "Bye <now> 漢字")]
    assert [(fault.row, fault.error.code) for fault in document.faults] == [(20, "text_subtitle_unstamped")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "texts"),
    [
        ("utf-8", ("你好，世界。", "Ça va ?")),
        ("utf-8-sig", ("你好，世界。", "Ça va ?")),
        ("utf-16", ("你好，世界。", "こんにちは")),
        ("utf-16-le", ("你好，世界。", "안녕하세요")),
        ("utf-16-be", ("你好，世界。", "안녕하세요")),
        ("gb18030", ("你怎么来了", "我不知道，走吧。")),
        ("big5", ("今天下午我們去公園走走", "你怎麼來了？")),
        ("shift_jis", ("今日はいい天気ですね。", "明日また来ます")),
        ("euc_jp", ("今日はいい天気ですね。", "明日また来ます", "何を言っているの？", "ありがとう")),
        ("euc_kr", ("오늘은 날씨가 좋네요.", "내일 다시 올게요")),
        ("cp1252", ("Où est-elle ?", "C'est l'été à Paris")),
    ],
)
def test_encodings_are_told(tmp_path: Path, encoding: str, texts: tuple[str, ...], end: str) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes(srt(*texts).replace("\n", end).encode(encoding))
    document = read_document(path)
    assert tuple(line.text for line in document.lines) == texts
    told = [remark.details["encoding"] for remark in document.remarks if remark.code == "dub_encoding"]
    assert len(told) == (encoding not in ("utf-8", "utf-8-sig", "utf-16"))


@pytest.mark.parametrize(
    ("language", "encoding"), [("zh", "gb18030"), ("ja", "cp932"), ("ja", "euc_jp"), ("ko", "cp949")]
)
def test_five_lines_mostly_tell_their_encoding(root: Path, language: str, encoding: str) -> None:
    table = (root / "tests" / "text" / "golden" / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    texts = [row.split("\t")[0] for row in table if row and not row.startswith("#")]
    dice = Random(1)
    files = [srt(*dice.sample(texts, 5)).encode(encoding, errors="ignore") for _ in range(40)]
    wrong = [content for content in files if decode(content, "a.srt")[0] != content.decode(encoding)]
    assert len(wrong) <= 2  # words of two syllables, mostly


def test_an_encoding_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes(srt("안녕").encode("johab"))
    assert read_document(path, encoding="johab").text == "안녕"
    with pytest.raises(OptionError, match="klingon"):
        read_document(path, encoding="klingon")
    with pytest.raises(TextError) as caught:
        read_document(path, encoding="ascii")
    assert caught.value.code == "text_encoding"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.ass", b"[Script Info]", "option_subtitles"),
        ("none.srt", None, "text_file"),
        ("a.srt", bytes(range(256)) * 8, "text_encoding"),
        ("a.srt", b"", "text_subtitles_none"),
        ("a.txt", b" \n", "text_empty"),
    ],
)
def test_what_is_no_subtitle_file_is_told(tmp_path: Path, name: str, content: bytes | None, code: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises((TextError, OptionError)) as caught:
        read_document(tmp_path / name)
    assert caught.value.code == code


def test_subtitles_named_as_a_text_are_not_read_aloud_as_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(srt("Hello"), encoding="utf-8")
    assert read_document(tmp_path / "a.txt").milliseconds == 1900
    (tmp_path / "a.txt").write_text("Open today\n8:00 → 20:00", encoding="utf-8")
    assert read_document(tmp_path / "a.txt").milliseconds is None


ROWS = st.sampled_from(
    ["", " ", "1", "2", "3", "42", "Hi", "- Hi", "[A] x", "♪", "WEBVTT", "NOTE x", "00:00:01,000 --> 00:00:02,000",
     "-->", "00:00:03.5 -> 00:00:03", "00:00:0x --> 1", "<v A>b", "(c)", "{\\an8}", "&amp;", "\x00", "\ufeff1"]
)  # fmt: skip


@given(st.lists(ROWS | st.text(max_size=12), max_size=30))
def test_no_file_is_too_broken_to_be_answered(rows: list[str]) -> None:
    try:
        document = parsed("\n".join(rows))
    except TextError:
        return
    assert document.lines
    starts = [line.window.start for line in document.lines if line.window]
    assert starts == sorted(starts) and len(starts) == len(document.lines)
    assert all(turn.text.strip() for line in document.lines for turn in line.turns)


@given(
    st.lists(
        st.tuples(st.integers(0, 10**7), st.integers(0, 10**5), st.sampled_from(["Hi.", "你好", "Two\nrows", "42"])),
        min_size=1,
        max_size=20,
    ),
    st.booleans(),
)
def test_a_right_file_is_read_to_the_millisecond(cues: list[tuple[int, int, str]], vtt: bool) -> None:
    def clock(milliseconds: int) -> str:
        seconds, rest = divmod(milliseconds, 1000)
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{'.' if vtt else ','}{rest:03d}"

    blocks = [
        f"{n}\n{clock(start)} --> {clock(start + length)}\n{text}\n" for n, (start, length, text) in enumerate(cues, 1)
    ]
    document = parsed(("WEBVTT\n\n" if vtt else "") + "\n".join(blocks))
    assert not document.faults
    wanted = sorted(((s, s + length, text.replace("\n", " ")) for s, length, text in cues), key=lambda row: row[0])
    assert [(x.window.start, x.window.end, x.text) for x in document.lines if x.window] == wanted
