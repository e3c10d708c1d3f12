"""The library of voices: kept with consent, named, tagged, heard, compared, carried to other machines in one file."""

from datetime import UTC, datetime
from typing import Final
from urllib.parse import unquote

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from studio import rows
from studio.routes.answers import PRIVATE, question, ranged, strings, to_keep
from studio.routes.clips import wav_bytes
from studio.visitor import Visitor
from studio.voices import check_tags, consent_of, similarity
from studio.workshop import Workshop
from tts.audio.spec import AudioSpec
from tts.errors import BusyError, ReferenceClipError, VoiceError
from tts.voice import LARGEST_FILE, SUFFIX, check_name, read_reference

_LOOK_SECONDS: Final = 0.05


def routes(workshop: Workshop) -> APIRouter:
    """The routes under `/studio/voices`."""
    router = APIRouter(prefix="/studio/voices", include_in_schema=False)
    voices, settings = workshop.voices, workshop.settings

    def visitor_of(request: Request) -> Visitor:
        return Visitor.of(request.headers, settings.sentence_language)

    @router.get("")
    def library(request: Request, search: str = "") -> Response:
        visitor = visitor_of(request)
        kept = voices.all(visitor.name)
        found = voices.all(visitor.name, search[:200]) if search else kept
        answer = {
            "html": rows.voice_rows(found, visitor.language),
            "names": [{"id": voice.id, "name": voice.name} for voice in kept],
            "disk": rows.disk(
                workshop.store.use(visitor.name, ("voice",)), settings.quota_megabytes, 0, visitor.language
            ),
        }
        return JSONResponse(answer, headers=PRIVATE)

    @router.get("/likeness")
    def likeness(request: Request) -> Response:
        visitor = visitor_of(request)
        kept = voices.all(visitor.name)
        return JSONResponse({"html": rows.matrix(kept, similarity(kept), visitor.language)}, headers=PRIVATE)

    @router.post("")
    async def keep(request: Request) -> Response:
        """Name the voice of a reference of the visitor's, with the answers to both questions of consent."""
        owner, asked = visitor_of(request).name, await question(request)
        clip = str(asked.get("clip", ""))
        reference = await anyio.to_thread.run_sync(workshop.references.get, owner, clip)
        if reference is None:
            raise ReferenceClipError("clip_gone")
        name = check_name(str(asked.get("name", "")))
        consent = consent_of(str(asked.get("whose", "")), asked.get("may") is True, datetime.now(UTC))
        voices.check_free(owner, name)
        workshop.takes.make_room(owner)
        job = workshop.prepare(owner, reference)
        while job is not None and not job.state.ended:
            await anyio.sleep(_LOOK_SECONDS)
        if reference.voice is None:
            raise (job.error if job and job.error else BusyError("busy_queue", limit=0))
        named = reference.voice.named(name, consent).changed(tags=check_tags(strings(asked.get("tags"))))
        kept = await anyio.to_thread.run_sync(voices.add, owner, named)
        return JSONResponse({"id": kept.id, "name": kept.name}, 201)

    @router.post("/file")
    async def take_in(request: Request) -> Response:
        """Add the voice of an exported file."""
        name = unquote(request.headers.get("x-file-name", ""))[:120] or f"voice{SUFFIX}"
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > LARGEST_FILE:
                raise VoiceError("voice_damaged", path=name)
        workshop.takes.make_room(owner := visitor_of(request).name, len(body))
        kept = await anyio.to_thread.run_sync(voices.take_in, owner, bytes(body), name)
        return JSONResponse({"id": kept.id, "name": kept.name}, 201)

    @router.get("/{identity}/file")
    def export(identity: str, request: Request) -> Response:
        kept = voices.get(visitor_of(request).name, identity)
        return to_keep(kept.path.read_bytes(), f"{kept.name}{SUFFIX}", "application/octet-stream")

    @router.get("/{identity}/audio")
    def hear(identity: str, request: Request) -> Response:
        kept = voices.get(visitor_of(request).name, identity)
        wave = wav_bytes(read_reference(kept.path), AudioSpec.sample_rate)
        return ranged(wave, request.headers.get("range", ""))

    @router.patch("/{identity}")
    async def change(identity: str, request: Request) -> Response:
        owner, asked = visitor_of(request).name, await question(request)
        name, tags = asked.get("name"), asked.get("tags")
        await anyio.to_thread.run_sync(
            lambda: voices.change(
                owner,
                identity,
                name=name if isinstance(name, str) else None,
                tags=strings(tags) if isinstance(tags, list) else None,
            )
        )
        return Response(status_code=204)

    @router.delete("/{identity}")
    def remove(identity: str, request: Request) -> Response:
        voices.remove(visitor_of(request).name, identity)
        return Response(status_code=204)

    return router
