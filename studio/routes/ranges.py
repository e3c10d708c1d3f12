"""Which durations a text may be given, while it is being written."""

from collections.abc import Mapping
from typing import Any

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from studio.reference import Reference
from studio.routes.answers import PRIVATE, question
from studio.visitor import Visitor
from studio.wishes import Wish
from studio.workshop import Workshop
from tts.errors import ReferenceClipError, TextError
from tts.speech import TimeRange
from tts.synthesizer import Synthesizer


def routes(workshop: Workshop) -> APIRouter:
    """`POST /studio/range` takes a clip's id, the feeling and the page's fields; answers in seconds.

    The worker finds it beside what is waited for, and makes the voice first where it is not there yet.
    """
    router = APIRouter(prefix="/studio/range", include_in_schema=False)

    @router.post("")
    async def tell(request: Request) -> Response:
        asked = await question(request)
        owner = Visitor.of(request.headers, workshop.settings.sentence_language).name
        clip = str(asked.get("clip") or "")
        reference = await anyio.to_thread.run_sync(workshop.references.get, owner, clip)
        if reference is None:
            raise ReferenceClipError("clip_gone")
        wish = await anyio.to_thread.run_sync(_wish, workshop, owner, asked)

        def find(synthesizer: Synthesizer) -> TimeRange:
            return _range(synthesizer, reference, wish)

        found = await workshop.aside(owner, "range", find)
        told = {"natural": found.natural, "least": found.least, "most": found.most}
        return JSONResponse(told, headers=PRIVATE)

    return router


def _wish(workshop: Workshop, owner: str, asked: Mapping[str, Any]) -> Wish:
    if not str(asked.get("text") or "").strip():
        raise TextError("text_empty")
    used = workshop.glossaries.used(owner, asked)
    wish = Wish.of(asked.get("feeling"), {**asked, "duration": None, "terms": used})
    # Wrong marks and readings are told without the worker.
    workshop.read(wish.text, wish.manner)
    return wish


def _range(synthesizer: Synthesizer, reference: Reference, wish: Wish) -> TimeRange:
    return synthesizer.time_range(wish.request(reference.spoken_by(synthesizer)))
