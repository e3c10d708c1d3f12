"""Runs one command: exit 0 done, 2 bad input, 1 failure of ours."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module

from tts.cli.console import Console
from tts.cli.parser import build_parser
from tts.errors import InternalError, YinseError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments` (of this process if not given); returns the exit code."""
    # A shell of another locale must not turn a text of ours into an error.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        options = build_parser().parse_args(arguments)
        return _run(options)
    except YinseError as error:
        Console(_language()).error(error)
        return error.exit_code
    except BrokenPipeError:
        # The reader left: what is still buffered must not complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        Console(_language()).error(InternalError("internal_cancelled"))
        return 130


def _run(options: Namespace) -> int:
    from tts.log import configure_logging, get_logger, request_context
    from tts.settings import load_settings

    settings = load_settings()
    console = Console(settings.sentence_language, options.json)
    # A person at a terminal asked for a result: only what went wrong is news to them.
    configure_logging(settings.log_level if "YINSE_LOG_LEVEL" in os.environ else "warning", settings.log_format)
    run = import_module(f"tts.cli.{options.command}").run
    with request_context() as request:
        try:
            code: int = run(options, settings, console)
        except (YinseError, BrokenPipeError, KeyboardInterrupt):
            raise
        except Exception:
            get_logger(__name__).exception("command_failed", command=options.command)
            raise InternalError("internal_fault", request=request) from None
    return code


def _language() -> str:
    from tts.settings import environment_language

    return environment_language(os.environ)
