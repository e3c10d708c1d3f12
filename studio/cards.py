"""HTML of what the page says back: errors and progress. All text is escaped here."""

import re
from html import escape
from typing import Final, Literal

from studio.words import knows, say
from tts.errors import YinseError
from tts.sentences import Language

#: What stands before, in and after the arrows that show a mistake.
_EXCERPT: Final = re.compile("(.*)→(.*?)←(.*)", re.S)


def problem_and_advice(error: YinseError, language: Language) -> tuple[str, str]:
    """The two sentences of an error; options go by the name they have on the page, not by that of the command line."""
    option = str(error.details.get("option", "")).removeprefix("--").split(" ")[0]
    if knows(f"{option}.label"):
        named = type(error)(error.code, **{**error.details, "option": say(language, f"{option}.label")})
        return named.problem(language), named.advice(language)
    return error.problem(language), error.advice(language)


def error_panel(error: YinseError | None, language: Language, role: Literal["alert", "status"] = "alert") -> str:
    """The sentences of an error, and the place in the text where there is one. `status` does not interrupt a reader."""
    if error is None:
        return ""
    problem, advice = problem_and_advice(error, language)
    return (
        f'<div class="yn-error" role="{role}" data-code="{escape(error.code)}">'
        f"<strong>{escape(problem)}</strong> <span>{escape(advice)}</span>{_place(error, language)}</div>"
    )


def _place(error: YinseError, language: Language) -> str:
    """The text around a mistake, which is marked, and a button that goes there."""
    around = _EXCERPT.fullmatch(str(error.details.get("excerpt", "")))
    if around is None:
        return ""
    before, wrong, after = map(escape, around.groups())
    excerpt = f'<code class="yn-excerpt">{before}<mark>{wrong}</mark>{after}</code>'
    line, column = error.details.get("line"), error.details.get("column")
    if not isinstance(line, int) or not isinstance(column, int):
        return excerpt
    go = (
        f'<button type="button" class="yn-button yn-small" data-line="{line}" data-column="{column}" '
        f'data-length="{len(around[2])}">{say(language, "error.go")}</button>'
    )
    return excerpt + go


def note_panel(text: str) -> str:
    return f'<div class="yn-note" role="status">{escape(text)}</div>'


def good_panel(text: str) -> str:
    return f'<div class="yn-verdict yn-good">{escape(text)}</div>'


def progress_bar(share: float, text: str) -> str:
    percent = round(share * 100)
    return (
        f'<div class="yn-progress" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow="{percent}" '
        f'aria-label="{escape(text)}"><i style="width:{max(percent, 2)}%"></i></div>'
        f'<p class="yn-step-text"><span>{escape(text)}</span><b>{percent}%</b></p>'
    )
