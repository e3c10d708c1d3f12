"""The commands and their options. Nothing heavy is imported here, so that `--help` answers at once."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final, NoReturn, TypeVar

from tts.audio.form import BITS, RATES
from tts.errors import OptionError
from tts.speech import LIVELY, check_range, expected_range

LANGUAGES: Final = ("auto", "zh", "en", "ja", "ko")
DEVICES: Final = ("auto", "cpu", "cuda")
PROGRAM: Final = "python -m tts"

Number = TypeVar("Number", int, float)


class Parser(argparse.ArgumentParser):
    """argparse whose complaints are errors of ours."""

    def error(self, message: str) -> NoReturn:
        raise OptionError("option_usage", reason=message.rstrip("."), command=self.prog)


def build_parser() -> Parser:
    parser = Parser(prog=PROGRAM, description="Clone a voice and let it speak.", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    _add_clone(_command(commands, "clone", "say a text in the voice of a clip, or in a stored voice"))
    _add_phones(_command(commands, "phones", "show what will be said: words, pinyin, phones"))
    _add_batch(_command(commands, "batch", "one clone for each line of a file; failures are listed, the rest is done"))
    _add_dub(_command(commands, "dub", "subtitles or a script as one track, each line in its window"))
    _add_voices(_command(commands, "voices", "the stored voices"))
    _add_cache(_command(commands, "cache", "the model bundles"))
    _add_evaluate(_command(commands, "evaluate", "measure speech: artefacts, pitch, pace, likeness to its reference"))
    _add_benchmark(_command(commands, "benchmark", "speed and memory on this machine"))
    return parser


def _command(commands: "argparse._SubParsersAction[Parser]", name: str, text: str) -> Parser:
    return commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.", allow_abbrev=False)


def _add_clone(parser: Parser) -> None:
    parser.add_argument("--text", help="what to say")
    parser.add_argument("--text-file", type=Path, metavar="F", help="a UTF-8 file with what to say")
    _add_speaking(parser)
    parser.add_argument(
        "--duration", type=_number("--duration"), metavar="SECONDS", help="exact length; wins over speed"
    )
    parser.add_argument(
        "--takes",
        type=_whole("--takes"),
        default=1,
        metavar="N",
        help="N versions: OUT.1.wav, OUT.2.wav …, with seeds that follow one another",
    )
    parser.add_argument(
        "--remake",
        action="append",
        metavar="SEGMENT=SEED",
        help="with the --seed of an earlier result: that segment, counted from 1, in another way, all else the same",
    )
    _add_form(parser)


def _add_form(parser: Parser) -> None:
    """What the file is to be."""
    parser.add_argument("--sample-rate", type=int, choices=RATES)
    parser.add_argument("--bits", type=int, choices=BITS)
    parser.add_argument(
        "--loudness", type=_number("--loudness"), metavar="LUFS", help="a target such as -16; peaks stay under -1 dBTP"
    )


def _add_speaking(parser: Parser) -> None:
    """Whose voice says it, in which way, and where it goes."""
    parser.add_argument("--reference", action="append", metavar="CLIP", help="a clip of the voice; may be repeated")
    parser.add_argument("--voice", metavar="NAME", help="a stored voice instead of a clip")
    parser.add_argument("--output", type=Path, required=True, metavar="OUT.wav")
    parser.add_argument("--language", choices=LANGUAGES, default="auto")
    parser.add_argument("--speed", type=_number("--speed"), metavar="0.5..2")
    parser.add_argument("--pause-scale", type=_number("--pause-scale"), metavar="0..3")
    parser.add_argument("--seed", type=_whole("--seed"), metavar="N")
    parser.add_argument(
        "--variation",
        type=_number("--variation"),
        metavar="0..1",
        help=f"how far it may go from the most likely way (0 if not given, {LIVELY:g} with several takes)",
    )
    parser.add_argument("--emotion", metavar='"happy=0.8,sad=0.1"')
    parser.add_argument("--emotion-audio", metavar="CLIP", help="the emotion of this clip, of anybody")
    parser.add_argument("--emotion-text", metavar="WORDS", help='the emotion in words, such as "whispering, terrified"')
    parser.add_argument(
        "--emotion-random", action="store_true", help="vary the emotion by the seed; any one if none is given"
    )
    parser.add_argument("--emotion-weight", type=_number("--emotion-weight"), metavar="0..1")
    parser.add_argument("--denoise", action="store_true", help="take the noise out of the clips first")
    _add_reading(parser)
    parser.add_argument("--timings", type=Path, metavar="OUT.json|.srt|.vtt|.TextGrid")
    _add_device(parser)
    _add_json(parser)


def _add_reading(parser: Parser) -> None:
    parser.add_argument(
        "--glossary", type=Path, metavar="FILE", help="readings of terms: .yaml, .json, or lines term = reading"
    )
    parser.add_argument(
        "--longest",
        type=_whole("--longest"),
        metavar="N",
        help="longest segment, in syllables",
    )
    parser.add_argument("--emoji", choices=("drop", "speak"), help="leave emoji out, or say their names")


def _add_phones(parser: Parser) -> None:
    parser.add_argument("--text", help="what to say")
    parser.add_argument("--lines", type=Path, metavar="FILE", help="one text a line in, one JSON a line out")
    parser.add_argument("--language", choices=LANGUAGES, default="auto")
    _add_reading(parser)
    _add_json(parser)


def _add_batch(parser: Parser) -> None:
    parser.add_argument(
        "jobs", type=Path, metavar="JOBS.jsonl", help="a JSON object a line, with clone's options as keys"
    )
    parser.add_argument("--output-dir", type=Path, required=True, metavar="DIR")
    _add_device(parser)
    _add_json(parser)


def _add_dub(parser: Parser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="SUBTITLES.srt|.vtt|SCRIPT.txt", help="cues with times, or lines such as “A: …”"
    )
    parser.add_argument(
        "--cast",
        action="append",
        metavar="NAME=CLIP|VOICE",
        help="who says what is written for NAME: [NAME] or <v NAME> in subtitles, NAME: in a script; may be repeated",
    )
    _add_speaking(parser)
    parser.add_argument(
        "--stretch",
        type=_number("--stretch"),
        metavar="1..2",
        help="how far a line is slowed to fill its window (1.2 if not given); one that would need more keeps its pace",
    )
    parser.add_argument(
        "--gap", type=_number("--gap"), metavar="SECONDS", help="silence between the lines of a script (0.3)"
    )
    parser.add_argument("--tail", type=_number("--tail"), metavar="SECONDS", help="silence after the last line (0.5)")
    parser.add_argument(
        "--descriptions",
        choices=("drop", "speak"),
        default="drop",
        help="leave out (door slams), ♪ songs ♪ and directions, or say them",
    )
    parser.add_argument("--encoding", metavar="NAME", help="of the file, where it is not told right")
    parser.add_argument("--report", type=Path, metavar="OUT.json", help="write the result there as JSON, too")
    parser.add_argument("--dry-run", action="store_true", help="only tell what would not fit; nothing is said")
    parser.add_argument("--keep", action="store_true", help="keep the lines beside the track for a later run")


def _add_voices(parser: Parser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=Parser)
    _add_json(_command(actions, "list", "names of the stored voices"))
    add = _command(actions, "add", "store the voice of one speaker out of clips")
    add.add_argument("name", metavar="NAME")
    add.add_argument("clips", nargs="+", metavar="CLIP")
    _add_consent(add)
    _add_device(add)
    _add_json(add)
    for action, text in (("remove", "delete a stored voice"), ("show", "what is known of a voice")):
        named = _command(actions, action, text)
        named.add_argument("name", metavar="NAME")
        _add_json(named)
    export = _command(actions, "export", "copy a stored voice to a file")
    export.add_argument("name", metavar="NAME")
    export.add_argument("file", type=Path, metavar="FILE")
    _add_json(export)
    take_in = _command(actions, "import", "store the voice of a file")
    take_in.add_argument("file", type=Path, metavar="FILE")
    take_in.add_argument("--name", default="", help="store it under another name")
    _add_consent(take_in)
    _add_json(take_in)


def _add_cache(parser: Parser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=Parser)
    _add_json(_command(actions, "list", "the bundles of the cache"))
    verify = _command(actions, "verify", "compare a bundle's files with its manifest")
    verify.add_argument("bundle", nargs="?", metavar="BUNDLE", help="its name; the one in use if not given")
    _add_json(verify)


def _add_evaluate(parser: Parser) -> None:
    parser.add_argument(
        "--manifest",
        type=Path,
        required=True,
        metavar="M.tsv",
        help="a table with the columns wave and, where known, text, lang and reference",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the result there as JSON, too")
    _add_device(parser)
    _add_json(parser)


def _add_benchmark(parser: Parser) -> None:
    parser.add_argument("--reference", metavar="CLIP", help="a clip of a voice; a plain tone if not given")
    parser.add_argument("--runs", type=_whole("--runs"), default=3, metavar="N", help="repetitions; the median counts")
    _add_device(parser)
    _add_json(parser)


def _add_consent(parser: Parser) -> None:
    parser.add_argument("--consent", action="store_true", help="I have the speaker's permission to use this voice")


def _add_device(parser: Parser) -> None:
    parser.add_argument("--device", choices=DEVICES)


def _add_json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def _number(option: str) -> Callable[[str], float]:
    return _checked(option, float)


def _whole(option: str) -> Callable[[str], int]:
    return _checked(option, int)


def _checked(option: str, kind: Callable[[str], Number]) -> Callable[[str], Number]:
    def parse(text: str) -> Number:
        try:
            value = kind(text)
        except ValueError:
            raise OptionError("option_value", option=option, value=text, expected=expected_range(option)) from None
        check_range(option, value)
        return value

    return parse
