"""The one logger: structured events on stderr, with the id of the request they belong to.

`get_logger(__name__).info("clip_read", seconds=7.2)`: one event name per thing that happened, the rest as fields.
No text of a user and no voice goes into a log.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal
from uuid import uuid4

import structlog
from structlog.contextvars import bound_contextvars, get_contextvars
from structlog.typing import FilteringBoundLogger, Processor

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def configure_logging(
    level: Literal["debug", "info", "warning", "error"] = "info",
    form: Literal["auto", "json", "console"] = "auto",
) -> None:
    """Set level and form of every line of this process; `auto` is for people on a terminal and JSON elsewhere."""
    people = form == "console" or (form == "auto" and sys.stderr.isatty())
    last: list[Processor]
    if people:
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
        last = [renderer]
    else:
        # Without local variables: among them are texts and the names of visitors.
        tracebacks = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        last = [
            structlog.processors.ExceptionRenderer(tracebacks),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=_to_stderr,
        # Off, so that loggers made at import time obey a later `configure_logging`.
        cache_logger_on_first_use=False,
    )


def get_logger(name: str) -> FilteringBoundLogger:
    """The logger of the module `name`."""
    logger: FilteringBoundLogger = structlog.get_logger(module=name)
    return logger


@contextmanager
def request_context(request: str | None = None) -> Iterator[str]:
    """Every event inside carries the id of this request; gives the id, a new one where none was given."""
    identity = request or uuid4().hex[:12]
    with bound_contextvars(request=identity):
        yield identity


def current_request() -> str:
    """Id of the request being served, or an empty string."""
    return str(get_contextvars().get("request", ""))


def _to_stderr(*_: object) -> structlog.PrintLogger:
    # Asked for at every event: under tests and services stderr may have been replaced since.
    return structlog.PrintLogger(sys.stderr)


# Without this a line logged before `configure_logging` would go to stdout, which belongs to results.
configure_logging()
