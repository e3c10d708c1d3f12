"""Reference clips: they go up, are reported on and played. Nothing of an upload touches the disk."""

import io
from urllib.parse import unquote

import anyio
import soundfile
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from numpy.typing import NDArray

from studio import cards
from studio.chosen import chosen
from studio.routes.answers import question, ranged, read_body, refusal
from studio.visitor import Visitor
from studio.workshop import Reference, Workshop
from tts.audio.read import Limits, read_clip
from tts.errors import InternalError, ReferenceClipError, YinseError
from tts.log import get_logger, request_context

log = get_logger(__name__)


def routes(workshop: Workshop) -> APIRouter:
    """The routes under `/studio/clips`."""
    router = APIRouter(prefix="/studio/clips", include_in_schema=False)
    settings = workshop.settings
    limits = Limits.of(settings)
    # Decoding a clip takes a core for a moment; the speech that is being made needs one too.
    decoders = anyio.CapacityLimiter(2)

    def visitor_of(request: Request) -> Visitor:
        return Visitor.of(request.headers, settings.sentence_language)

    def told(visitor: Visitor, reference: Reference, identity: str = "") -> JSONResponse:
        identity = identity or workshop.refer(visitor.name, reference)
        source = dict(reference.source)
        html = cards.reference_card(identity, reference, visitor.language)
        return JSONResponse({"id": identity, "html": html, "source": source})

    @router.post("")
    async def take_in(request: Request) -> Response:
        visitor = visitor_of(request)
        name = unquote(request.headers.get("x-clip-name", ""))[:120] or "clip"
        with request_context() as number:
            try:
                content = await read_body(request, name, settings.max_upload_bytes)
                reference = await anyio.to_thread.run_sync(_reference, content, name, limits, limiter=decoders)
            except YinseError as error:
                log.info("clip_refused", code=error.code)
                return refusal(error, visitor, 422)
            except Exception:
                log.exception("clip_failed")
                return refusal(InternalError("internal_fault", request=number), visitor, 422)
        return told(visitor, reference)

    @router.post("/chosen")
    async def choose(request: Request) -> Response:
        """An example voice, or one of the visitor's own library, as a reference."""
        visitor, asked = visitor_of(request), await question(request)
        kind, identity = str(asked.get("kind", "")), str(asked.get("id", ""))
        kind = "voice" if kind == "voice" else "example"
        found = await anyio.to_thread.run_sync(chosen, workshop, visitor.name, kind, identity, limiter=decoders)
        return told(visitor, found)

    @router.get("/{identity}")
    def show(identity: str, request: Request) -> Response:
        visitor = visitor_of(request)
        reference = workshop.references.get(visitor.name, identity)
        if reference is None:
            raise ReferenceClipError("clip_gone")
        return told(visitor, reference, identity)

    @router.delete("/{identity}")
    def forget(identity: str, request: Request) -> Response:
        workshop.references.remove(visitor_of(request).name, identity)
        return Response(status_code=204)

    @router.get("/{identity}/audio")
    def hear(identity: str, request: Request) -> Response:
        reference = workshop.references.get(visitor_of(request).name, identity)
        if reference is None:
            return Response(status_code=404)
        return ranged(wav_bytes(reference.clip.wave, reference.clip.sample_rate), request.headers.get("range", ""))

    return router


def wav_bytes(wave: NDArray, rate: int) -> bytes:  # type: ignore[type-arg]
    """A 16-bit wav of (samples,)."""
    stream = io.BytesIO()
    soundfile.write(stream, wave, rate, format="WAV", subtype="PCM_16")
    return stream.getvalue()


def _reference(content: bytes, name: str, limits: Limits) -> Reference:
    return Reference.of(read_clip(content, limits=limits, name=name), name, {"kind": "clip"})
