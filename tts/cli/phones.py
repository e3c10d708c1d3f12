"""`phones`: what will be said, without saying it."""

from argparse import Namespace
from collections.abc import Callable
from functools import partial

from tts.cli.console import Console, to_json
from tts.cli.job import read_text
from tts.errors import OptionError, YinseError
from tts.settings import Settings
from tts.speech import check_range
from tts.text.glossary_file import load_glossary
from tts.text.reader import Reader
from tts.text.reading import Reading


def run(options: Namespace, settings: Settings, console: Console) -> int:
    """Read one text, or every line of a file; a line that fails gives its error in its place."""
    if (options.text is None) == (options.lines is None):
        if options.text is None:
            raise OptionError("option_required", option="--text | --lines")
        raise OptionError("option_conflict", first="--text", second="--lines")
    glossary = load_glossary(options.glossary) if options.glossary else None
    if options.longest is not None:
        check_range("--longest", options.longest)
    said = partial(
        Reader.of(settings).read,
        language=options.language,
        glossary=glossary,
        longest=options.longest,
        emoji=options.emoji,
    )
    if options.text is not None:
        reading = said(options.text)
        console.result(reading.to_dict(), _for_people(reading))
        return 0
    # Only line feeds end a line here: every other separator may stand in a text.
    for line in read_text(options.lines).removesuffix("\n").split("\n"):
        console.line(_line(line.removesuffix("\r"), said, console))
    return 0


def _line(text: str, said: Callable[[str], Reading], console: Console) -> str:
    try:
        reading = said(text)
    except YinseError as error:
        return to_json({"error": {"code": error.code, "message": error.message(console.language)}})
    return to_json(reading.to_dict())


def _for_people(reading: Reading) -> str:
    lines = []
    for segment in reading.segments:
        lines.append(segment.text)
        lines += [f"  {word.text}\t{' '.join(word.phones)}" for word in segment.words if word.phones]
    return "\n".join(lines)
