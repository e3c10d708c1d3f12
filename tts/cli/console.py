"""What the command line writes: results on stdout, all else on stderr."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tts.errors import YinseError, sentence_language
from tts.sentences import WARNINGS


@dataclass(frozen=True, slots=True)
class Console:
    """Speaks to the person in `language`, or in JSON to their program."""

    language: str
    json: bool = False

    def result(self, content: Mapping[str, Any], text: str) -> None:
        """The one result of a command: `content` for programs, `text` for people."""
        self.line(to_json(content) if self.json else text)

    def line(self, text: str) -> None:
        sys.stdout.write(f"{text}\n")

    def error(self, error: YinseError, where: str = "") -> None:
        self.note(f"{where}error[{error.code}]: {error.message(self.language)}")

    def warning(self, code: str, **details: object) -> None:
        """A remark on a result that is there all the same."""
        self.note(f"warning[{code}]: {WARNINGS[code][sentence_language(self.language)].format(**details)}")

    def note(self, text: str) -> None:
        """A remark beside the result."""
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def progress(self, share: float, text: str) -> None:
        """Where the work is, on a terminal only."""
        if not self.json and sys.stderr.isatty():
            end = "\r\033[K" if share >= 1 else ""
            sys.stderr.write(f"\r\033[K{share:4.0%} {text[:40]}{end}")
            sys.stderr.flush()


def to_json(content: Mapping[str, Any]) -> str:
    """`content` on one line, for any reader's idea of a line."""
    text = json.dumps(content, ensure_ascii=False)
    return text.translate({ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"})
