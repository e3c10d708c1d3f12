"""Every error a person can meet: one small tree; its sentences stand in `tts.sentences`.

Raise the class of the room with a code of the catalogue and the details its sentences name:
`raise TextError("text_too_long", characters=9000, limit=5000)`. Page, API and command line render the same sentence.
To add an error, add an entry to `tts.sentences.CATALOGUE`; `tests/ground/test_errors.py` checks the entry and
every raise of it.
"""

from string import Formatter
from typing import ClassVar

from tts.sentences import CATALOGUE, LANGUAGES, Language


class YinseError(Exception):
    """What went wrong and what to do next.

    `code` is stable and snake_case, `details` fill the sentences, `exit_code` is that of the command line.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, code: str, **details: object) -> None:
        needed = detail_names(code)
        if missing := needed - details.keys():
            raise TypeError(f"error {code} needs {', '.join(sorted(missing))}")
        self.code = code
        self.details = details
        super().__init__(self.message("en"))

    def problem(self, language: str = "en") -> str:
        """What was wrong, as one sentence in `language` (English where we have no such language)."""
        return CATALOGUE[self.code][sentence_language(language)][0].format(**self.details)

    def advice(self, language: str = "en") -> str:
        """What to do next, as one sentence in `language`."""
        return CATALOGUE[self.code][sentence_language(language)][1].format(**self.details)

    def message(self, language: str = "en") -> str:
        """Problem and advice together, on one line."""
        gap = " " if sentence_language(language) == "en" else ""
        return " ".join(f"{self.problem(language)}{gap}{self.advice(language)}".split("\n"))

    def __reduce__(self) -> tuple[object, ...]:
        # Details are keywords: without this an error could not come back from a worker process.
        return _rebuild, (type(self), self.code, self.details)


class InputError(YinseError):
    """The person gave something that cannot work."""

    exit_code = 2


class TextError(InputError):
    """The text, its mark-up, or a glossary."""


class ReferenceClipError(InputError):
    """A clip of a voice, or of an emotion."""


class OptionError(InputError):
    """An option, a setting, or a combination of them."""


class VoiceError(InputError):
    """A stored voice."""


class FailureError(YinseError):
    """We could not do what was rightly asked."""


class BundleError(FailureError):
    """The model files."""


class DeviceError(FailureError):
    """The processor or the graphics card."""


class AudioWriteError(FailureError):
    """The result could not be stored."""


class BusyError(FailureError):
    """Too much is being asked at once."""


class InternalError(FailureError):
    """A fault of ours, or a request that was stopped."""


def _rebuild(kind: type[YinseError], code: str, details: dict[str, object]) -> YinseError:
    return kind(code, **details)


def sentence_language(tag: str) -> Language:
    """`zh-CN`, `ja_JP.UTF-8`, `EN` -> the language of our sentences; English for any other."""
    head = tag.replace("_", "-").split("-")[0].split(".")[0].lower()
    return next((language for language in LANGUAGES if language == head), "en")


def detail_names(code: str) -> set[str]:
    """Names of the details that the sentences of `code` need; KeyError for a code we do not have."""
    sentences = [sentence for pair in CATALOGUE[code].values() for sentence in pair]
    return {name for sentence in sentences for _, name, _, _ in Formatter().parse(sentence) if name}
