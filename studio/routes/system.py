"""What the studio runs on, how busy it is, and whether its model is whole."""

import os
from html import escape
from pathlib import Path
from typing import Final

import anyio
import torch
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from studio import cards
from studio.rows import megabytes
from studio.visitor import Visitor
from studio.words import fill, say
from studio.workshop import Workshop
from tts.cache import find_bundle, verify
from tts.engine.jobs import State
from tts.sentences import Language

#: What the tab tells, each under a word `system.…`.
FACTS: Final = ("device", "memory", "card_memory", "state", "queue", "disk")
_STATM: Final = Path("/proc/self/statm")
_CORES: Final = anyio.CapacityLimiter(1)


def routes(workshop: Workshop) -> APIRouter:
    """`GET /studio/system` and `POST /studio/system/verify`."""
    router = APIRouter(prefix="/studio/system", include_in_schema=False)

    def visitor_of(request: Request) -> Visitor:
        return Visitor.of(request.headers, workshop.settings.sentence_language)

    @router.get("")
    def state(request: Request) -> Response:
        return JSONResponse({"html": _facts(workshop, visitor_of(request).language)})

    @router.post("/verify")
    async def check(request: Request) -> Response:
        language = visitor_of(request).language
        found = await anyio.to_thread.run_sync(lambda: verify(find_bundle(workshop.settings)), limiter=_CORES)
        if found.ok:
            said = say(language, "system.whole", files=found.files, bundle=found.path.name)
            return JSONResponse({"ok": True, "html": f'<div class="yn-verdict yn-good">{escape(said)}</div>'})
        return JSONResponse({"ok": False, "html": "".join(cards.error_panel(e, language) for e in found.problems)})

    return router


def memory() -> int:
    """What this process holds in memory, in bytes; 0 where the system does not tell."""
    try:
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _facts(workshop: Workshop, language: Language) -> str:
    counts = workshop.jobs.counts()
    everything = workshop.store.use()
    told = {
        "device": fill(workshop.device, language),
        "memory": megabytes(memory()),
        "card_memory": _card_memory(),
        "state": say(language, "system.ready") if workshop.ready else say(language, "progress.loading"),
        "queue": say(language, "system.jobs", running=counts[State.RUNNING], waiting=counts[State.WAITING]),
        "disk": f"{megabytes(everything.bytes)} / {megabytes(workshop.settings.total_megabytes * 2**20)}",
    }
    cells = "".join(
        f"<div><dt>{escape(say(language, f'system.{name}'))}</dt><dd>{escape(told[name])}</dd></div>"
        for name in FACTS
        if told[name]
    )
    return f'<dl class="yn-facts">{cells}</dl>'


def _card_memory() -> str:
    if not torch.cuda.is_available():
        return ""
    free, total = torch.cuda.mem_get_info()
    return f"{megabytes(total - free)} / {megabytes(total)}"
