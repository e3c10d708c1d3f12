"""The original's sound of a dub: it goes up, is heard beside a line, and goes."""

import secrets
from urllib.parse import unquote

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from studio.dubs import Dubs
from studio.originals import LARGEST, Original
from studio.routes.answers import PRIVATE, ranged
from studio.routes.clips import wav_bytes
from studio.visitor import Visitor
from studio.workshop import Workshop
from tts.errors import ReferenceClipError


def routes(workshop: Workshop, dubs: Dubs) -> APIRouter:
    """`/original` of the asking browser's dub."""
    router = APIRouter(prefix="/original")

    def owner_of(request: Request) -> str:
        return Visitor.of(request.headers, workshop.settings.sentence_language).name

    @router.post("")
    async def take_in(request: Request) -> Response:
        name = unquote(request.headers.get("x-file-name", ""))[:120]
        owner = owner_of(request)
        dub = await anyio.to_thread.run_sync(dubs.open, owner)
        unfinished, size = dub.folder / f"{secrets.token_urlsafe(8)}.part", 0
        try:
            with unfinished.open("wb") as stream:
                async for part in request.stream():
                    size += len(part)
                    if size > LARGEST:
                        raise ReferenceClipError(
                            "clip_too_large", name=name, megabytes=size / 2**20, limit=LARGEST / 2**20
                        )
                    await anyio.to_thread.run_sync(stream.write, part)
            workshop.takes.make_room(owner, size)
            seconds = await anyio.to_thread.run_sync(Original(dub.folder).take_in, unfinished, name)
        finally:
            unfinished.unlink(missing_ok=True)
        dub.note()
        await anyio.to_thread.run_sync(dubs.keep, dub)
        return JSONResponse({"seconds": seconds}, headers=PRIVATE)

    @router.get("")
    def hear(request: Request, start: int, end: int) -> Response:
        wave, rate = Original(dubs.get(owner_of(request)).folder).moment(start, end)
        return ranged(wav_bytes(wave, rate), request.headers.get("range", ""))

    @router.delete("")
    def remove(request: Request) -> Response:
        dub = dubs.get(owner_of(request))
        Original(dub.folder).remove()
        dub.note()
        dubs.keep(dub)
        return Response(status_code=204)

    return router
