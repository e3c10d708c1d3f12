"""The one web application: our routes, the page mounted at `/`, and the guards around both."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio import examples, words
from studio.guard import Guard, Password
from studio.handlers import Handlers
from studio.page import build
from studio.routes import (
    batch,
    clips,
    dub,
    exports,
    feelings,
    glossary,
    jobs,
    presets,
    preview,
    ranges,
    system,
    takes,
    voices,
)  # fmt: skip
from studio.routes.answers import answer_errors
from studio.theme import theme
from studio.visitor import Visitor, VisitorCookie
from studio.workshop import Workshop
from tts.sentences import Language

_STATIC: Final = Path(__file__).parent / "static"
_SWEEP_SECONDS: Final = 60.0

# What it tells of itself to other sites, which is nothing of ours.
_ABOUT_FRAMEWORK: Final = re.compile(r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')
_STYLES: Final = ("studio", "preview", "tabs", "clone", "reference", "result", "work")
# In this order: each adds to what those before it offer.
_SCRIPTS: Final = (
    "studio", "preview", "talk", "reference", "emotions", "ranges", "live", "again", "choosing", "likeness", "export",
    "glossary", "compare", "presets", "voices", "history", "system", "work", "batch", "dub", "lines", "tabs",
)  # fmt: skip
# The framework takes its own words from the browser's language; ours may have been chosen on the page instead.
_HEAD: Final = (
    '<head><script>window.yinseLanguage = "{language}"; window.yinseWords = {words};'
    'for (const [name, value] of [["language", "{tag}"], ["languages", ["{tag}"]]])'
    " Object.defineProperty(navigator, name, {{ get: () => value, configurable: true }});</script>"
    '<link rel="icon" href="./studio/static/mark.svg">'
    + "".join(f'<link rel="stylesheet" href="./studio/static/{name}.css">' for name in _STYLES)
    + "".join(f'<script src="./studio/static/{name}.js"></script>' for name in _SCRIPTS)
)


def create_app(workshop: Workshop, *, bundle: str, password: Password | None = None) -> FastAPI:
    """The application of one workshop, which opens and closes with it."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        workshop.open()
        tasks = asyncio.create_task(_sweep(workshop)), asyncio.create_task(asyncio.to_thread(workshop.warm))
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await asyncio.to_thread(workshop.close)

    # The framework of these pages brings its scripts from another host.
    app = FastAPI(title="Yinse", lifespan=life, docs_url=None, redoc_url=None)

    @app.get("/health")
    def health() -> dict[str, str]:
        """Alive, whatever else."""
        return {"status": "alive"}

    @app.get("/ready")
    def ready() -> JSONResponse:
        """200 when the model is loaded, 503 before."""
        state = "ready" if workshop.ready else "loading"
        return JSONResponse({"status": state, "bundle": bundle}, 200 if workshop.ready else 503)

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> RedirectResponse:
        return RedirectResponse("/studio/static/mark.svg")

    app.mount("/studio/static", StaticFiles(directory=_STATIC))
    for room in (
        batch, clips, dub, exports, feelings, glossary, jobs, presets, preview, ranges, system, takes, voices,
    ):  # fmt: skip
        app.include_router(room.routes(workshop))

    language = workshop.settings.sentence_language
    answer_errors(app, language)
    blocks = build(Handlers(workshop), workshop.settings, device=workshop.device, bundle=bundle)
    blocks.queue(default_concurrency_limit=None, api_open=False)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=theme(),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        show_error=False,
        enable_monitoring=False,
        pwa=False,
    )
    app.add_middleware(_PageWords, otherwise=language, voices=examples.read_examples())
    app.add_middleware(Guard, password=password, language=language)
    app.add_middleware(VisitorCookie)
    return app


async def _sweep(workshop: Workshop) -> None:
    while True:
        await asyncio.sleep(_SWEEP_SECONDS)
        await asyncio.to_thread(workshop.sweep)


class _PageWords:
    """Puts the words of the visitor's language into the page, and our head into its head."""

    def __init__(self, app: ASGIApp, *, otherwise: Language, voices: Sequence[examples.Example]) -> None:
        self._app = app
        self._otherwise = otherwise
        self._voices = voices

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in ("/", "/config", "/config/"):
            await self._app(scope, receive, send)
            return
        # Compressed, the page could not be filled.
        del MutableHeaders(scope=scope)["accept-encoding"]
        language = Visitor.of(Headers(scope=scope), self._otherwise).language
        started: Message = {}
        body = bytearray()

        async def fill(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = message
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            page = _filled(body.decode("utf-8"), language, self._voices).encode("utf-8")
            headers = MutableHeaders(scope=started)
            if scope["method"] != "HEAD":
                headers["content-length"] = str(len(page))
            headers.update({"cache-control": "no-store", "content-language": words.LANGUAGE_TAGS[language]})
            await send(started)
            await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, fill)


def _filled(page: str, language: Language, voices: Sequence[examples.Example]) -> str:
    tag = words.LANGUAGE_TAGS[language]
    head = _HEAD.format(language=language, tag=tag, words=words.script_words(language))
    page = page.replace('lang="en"', f'lang="{tag}"', 1).replace("<head>", head, 1)
    return words.fill(_ABOUT_FRAMEWORK.sub("", page), language, examples.descriptions(voices, language))
