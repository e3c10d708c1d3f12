"""Presets of settings: kept, listed, let go, and carried as files."""

from urllib.parse import unquote

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from studio.presets import to_file
from studio.routes.answers import MOST_BYTES, PRIVATE, question, to_keep
from studio.visitor import Visitor
from studio.workshop import Workshop
from tts.errors import OptionError


def routes(workshop: Workshop) -> APIRouter:
    """The routes under `/studio/presets`."""
    router = APIRouter(prefix="/studio/presets", include_in_schema=False)
    presets = workshop.presets

    def owner_of(request: Request) -> str:
        return Visitor.of(request.headers, workshop.settings.sentence_language).name

    @router.get("")
    def listed(request: Request) -> Response:
        found = [{"id": p.id, "name": p.name, "settings": p.content} for p in presets.all(owner_of(request))]
        return JSONResponse({"presets": found}, headers=PRIVATE)

    @router.post("")
    async def keep(request: Request) -> Response:
        asked = await question(request)
        settings = asked.get("settings")
        kept = presets.keep(
            owner_of(request), str(asked.get("name") or ""), settings if isinstance(settings, dict) else {}
        )
        return JSONResponse({"id": kept.id, "name": kept.name}, 201)

    @router.post("/file")
    async def take_in(request: Request) -> Response:
        name = unquote(request.headers.get("x-file-name", ""))[:120] or "settings.json"
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                raise OptionError("option_preset", name=name)
        kept = presets.take_in(owner_of(request), bytes(body), name)
        return JSONResponse({"id": kept.id, "name": kept.name}, 201)

    @router.get("/{identity}/file")
    def export(identity: str, request: Request) -> Response:
        preset = presets.get(owner_of(request), identity)
        if preset is None:
            return Response(status_code=404)
        return to_keep(to_file(preset), f"{preset.name}.yinse.json", "application/json")

    @router.delete("/{identity}")
    def remove(identity: str, request: Request) -> Response:
        return Response(status_code=204 if presets.remove(owner_of(request), identity) else 404)

    return router
