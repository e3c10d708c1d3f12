"""What results become when they are taken along: the choices of a browser, and one take by them."""

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from studio import cards
from studio.exports import KINDS, Choices, content_of, mastered
from studio.routes.answers import PRIVATE, question, to_keep
from studio.takes import Take
from studio.visitor import Visitor
from studio.words import say
from studio.workshop import Workshop
from tts.sentences import Language

#: Mastering takes a core; the speech that is being made needs one too.
_MASTERS = anyio.CapacityLimiter(1)


def routes(workshop: Workshop) -> APIRouter:
    """`/studio/export`: the choices; `/studio/takes/ID/export`: what they make of a take, told and fetched."""
    router = APIRouter(prefix="/studio", include_in_schema=False)

    def visitor_of(request: Request) -> Visitor:
        return Visitor.of(request.headers, workshop.settings.sentence_language)

    @router.get("/export")
    def remembered(request: Request) -> Response:
        return JSONResponse(workshop.exports.of(visitor_of(request).name).to_dict(), headers=PRIVATE)

    @router.put("/export")
    async def remember(request: Request) -> Response:
        owner, choices = visitor_of(request).name, Choices.of(await question(request))
        await anyio.to_thread.run_sync(workshop.exports.keep, owner, choices)
        return JSONResponse(choices.to_dict(), headers=PRIVATE)

    @router.get("/takes/{identity}/export/told")
    async def tell(identity: str, request: Request) -> Response:
        """The name of the file, and how loud it is."""
        visitor = visitor_of(request)
        choices, take = workshop.exports.of(visitor.name), workshop.takes.get(visitor.name, identity)
        html = await anyio.to_thread.run_sync(_told, take, choices, visitor.language, limiter=_MASTERS)
        return JSONResponse({"html": html}, headers=PRIVATE)

    @router.get("/takes/{identity}/export")
    async def fetch(identity: str, request: Request) -> Response:
        owner = visitor_of(request).name
        choices, take = workshop.exports.of(owner), workshop.takes.get(owner, identity)
        content = await anyio.to_thread.run_sync(content_of, take, choices, limiter=_MASTERS)
        return to_keep(content, f"{choices.name(take)}.{choices.ending}", KINDS[choices.ending])

    return router


def _told(take: Take, choices: Choices, language: Language) -> str:
    name = f"{choices.name(take)}.{choices.ending}"
    if choices.form.loudness is None:
        return cards.good_panel(say(language, "export.done", name=name))
    finished = mastered(take, choices.form)
    if finished.loudness is None or finished.loudness.lufs is None:
        return cards.good_panel(say(language, "export.done", name=name))
    figures = {"lufs": f"{finished.loudness.lufs:.1f}", "peak": f"{finished.loudness.peak_dbtp:.1f}"}
    if finished.falls_short:
        return cards.note_panel(say(language, "export.held", name=name, **figures))
    return cards.good_panel(say(language, "export.loud", name=name, **figures))
