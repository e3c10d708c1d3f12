"""A browser's own glossary: listed, searched, written, let go, and carried as a file."""

from urllib.parse import unquote

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from studio import glossary_rows
from studio.glossaries import checked_entry
from studio.routes.answers import MOST_BYTES, PRIVATE, question, to_keep
from studio.visitor import Visitor
from studio.workshop import Workshop
from tts.errors import TextError
from tts.text.phones import LANGUAGES


def routes(workshop: Workshop) -> APIRouter:
    """The routes under `/studio/glossary`."""
    router = APIRouter(prefix="/studio/glossary", include_in_schema=False)
    glossaries = workshop.glossaries

    def visitor_of(request: Request) -> Visitor:
        return Visitor.of(request.headers, workshop.settings.sentence_language)

    @router.get("")
    def listed(request: Request, search: str = "") -> Response:
        visitor = visitor_of(request)
        entries, total = glossaries.entries(visitor.name, search[:200]), len(glossaries.entries(visitor.name))
        return JSONResponse({"html": glossary_rows.table(entries, visitor.language), "total": total}, headers=PRIVATE)

    @router.post("")
    async def keep(request: Request) -> Response:
        """Write an entry; `instead` names the one that it was before."""
        owner, asked = visitor_of(request).name, await question(request)
        entry = checked_entry(
            str(asked.get("term") or ""), str(asked.get("reading") or ""), _language(asked.get("language"))
        )
        before = asked.get("instead")
        instead = (str(before.get("term")), _language(before.get("language"))) if isinstance(before, dict) else None
        await anyio.to_thread.run_sync(glossaries.keep, owner, entry, instead)
        return JSONResponse({"term": entry.term, "reading": entry.reading}, 201)

    @router.post("/delete")
    async def delete(request: Request) -> Response:
        owner, asked = visitor_of(request).name, await question(request)
        term, language = str(asked.get("term") or ""), _language(asked.get("language"))
        await anyio.to_thread.run_sync(glossaries.remove, owner, term, language)
        return Response(status_code=204)

    @router.post("/file")
    async def take_in(request: Request) -> Response:
        visitor, name = visitor_of(request), unquote(request.headers.get("x-file-name", ""))[:120] or "glossary.txt"
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                raise TextError("text_file", path=name)
        taken, faults = await anyio.to_thread.run_sync(glossaries.take_in, visitor.name, bytes(body), name)
        return JSONResponse({"taken": taken, "html": glossary_rows.told(taken, faults, visitor.language)})

    @router.get("/file")
    def export(request: Request) -> Response:
        return to_keep(glossaries.file(visitor_of(request).name), "yinse-glossary.yaml", "application/yaml")

    return router


def _language(value: object) -> str:
    return str(value) if value in LANGUAGES else ""
