"""The route that tells how a text will be said, while it is being written."""

import json
from typing import Any, Final

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from studio import cards, said
from studio.manner import Manner
from studio.visitor import Visitor
from studio.workshop import Workshop
from tts.errors import InternalError, YinseError
from tts.log import current_request, get_logger, request_context
from tts.sentences import Language

log = get_logger(__name__)

#: Far more than the longest text and glossary have; what is longer was made by no person.
_MOST_BYTES: Final = 16 * 2**20
#: A text takes a core for milliseconds, a book for a second; the speech that is being made needs one too.
_READERS: Final = anyio.CapacityLimiter(2)


def routes(workshop: Workshop) -> APIRouter:
    """`POST /studio/preview` takes text, language, longest, emoji and glossary, and answers with HTML.

    The answer holds `html`, the line `facts`, and under `glossary` what is wrong with that.
    """
    router = APIRouter(prefix="/studio", include_in_schema=False)

    @router.post("/preview")
    async def preview(request: Request) -> Response:
        visitor = Visitor.of(request.headers, workshop.settings.sentence_language)
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > _MOST_BYTES:
                return Response(status_code=413)
        with request_context():
            answer = await anyio.to_thread.run_sync(_answer, workshop, bytes(body), visitor, limiter=_READERS)
        return JSONResponse(answer) if answer else Response(status_code=400)

    return router


def _answer(workshop: Workshop, body: bytes, visitor: Visitor) -> dict[str, str] | None:
    """None for what is no question of the page's."""
    language = visitor.language
    try:
        asked: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(asked, dict):
        return None
    text = str(asked.get("text") or "")
    if not text.strip():
        return {"html": "", "facts": "", "glossary": _glossary_problem(asked, language)}
    try:
        given = (asked.get(name) for name in ("language", "longest", "emoji", "glossary"))
        manner = Manner.of(*given, own=workshop.glossaries.of(visitor.name))
        reading = workshop.read(text, manner)
        return {"html": said.said(text, reading, language), "facts": said.facts(reading, language), "glossary": ""}
    except YinseError as error:
        shown = cards.error_panel(error, language, role="status")
        return {"html": shown, "facts": "", "glossary": _glossary_problem(asked, language)}
    except Exception:
        log.exception("preview_failed")
        fault = InternalError("internal_fault", request=current_request())
        return {"html": cards.error_panel(fault, language, role="status"), "facts": "", "glossary": ""}


def _glossary_problem(asked: dict[str, Any], language: Language) -> str:
    try:
        Manner.of(None, None, None, asked.get("glossary"))
    except YinseError as error:
        return cards.error_panel(error, language, role="status")
    return ""
