"""Starts everything: settings, log, the model checked by its hashes, the page and its server. `python app.py`"""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tts.cache import find_bundle, verify
from tts.errors import OptionError, YinseError, sentence_language
from tts.log import configure_logging, get_logger
from tts.sentences import Language
from tts.settings import Settings, environment_language, load_settings

if TYPE_CHECKING:
    from fastapi import FastAPI

log = get_logger("app")


def main() -> int:
    """Serve until asked to stop; the exit status is that of the command line: 2 a wrong setting, 1 a failure."""
    language: Language = sentence_language(environment_language(os.environ))
    try:
        settings = load_settings()
        language = settings.sentence_language
        configure_logging(settings.log_level, settings.log_format)
        serve(settings)
    except YinseError as error:
        sys.stderr.write(f"error[{error.code}]: {error.message(language)}\n")
        return error.exit_code
    return 0


def serve(settings: Settings) -> None:
    """Check the model, take the port, and serve until a signal comes or the model cannot be loaded."""
    bundle = find_bundle(settings)
    verify(bundle).require_ok()
    listening = listen(settings)
    stay_at_home(settings)

    # Only now: these read the environment when they are imported, and take seconds.
    import uvicorn

    failures: list[Exception] = []

    def fail(error: Exception) -> None:
        failures.append(error)
        server.should_exit = True

    app = make_app(settings, bundle, fail)
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=3, server_header=False)
    )
    host, port = listening.getsockname()[:2]
    log.info("serving", address=f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}")
    server.run(sockets=[listening])
    if failures:
        raise failures[0]


def make_app(settings: Settings, bundle: Path, fail: Callable[[Exception], None]) -> "FastAPI":
    """The web application around the model in the folder `bundle`; `fail` is called if it cannot be loaded."""
    from studio.device import device_line
    from studio.guard import Password
    from studio.server import create_app
    from studio.workshop import Workshop
    from tts.synthesizer import Synthesizer, choose_device

    password = Password.parse(os.environ.get("GRADIO_AUTH", ""))
    device = device_line(str(choose_device(settings.device)))
    workshop = Workshop(settings, lambda: Synthesizer.open(settings), fail, device)
    if password is None and settings.host not in ("127.0.0.1", "localhost", "::1"):
        log.warning("open_to_the_network", host=settings.host, advice="set GRADIO_AUTH=user:password")
    log.info("starting", bundle=bundle.name, device=device.partition(" @")[0])
    return create_app(workshop, bundle=bundle.name, password=password)


def listen(settings: Settings) -> socket.socket:
    """Take the address before anything slow, so that one in use is told at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        reason = f"{settings.host}:{settings.port}: {error.strerror or error}"
        raise OptionError("option_setting", setting="port", reason=reason, variable="YINSE_PORT") from None
    return listening


def stay_at_home(settings: Settings) -> None:
    """Keep the libraries from asking other hosts, and their passing files in our own folder."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["GRADIO_TEMP_DIR"] = str(settings.data_dir / "studio" / "gradio")


if __name__ == "__main__":
    sys.exit(main())
