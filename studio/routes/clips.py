"""References: clips go up, one or several, are cut, cleaned and reported on, and are played."""

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import anyio
import soundfile
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from numpy.typing import NDArray

from studio import fields, reference_card
from studio.chosen import chosen
from studio.reference import MOST_CLIPS, Part, Reference
from studio.routes.answers import PRIVATE, question, ranged, read_body, refusal
from studio.visitor import Visitor
from studio.workshop import Workshop
from tts.audio.read import Limits, read_clip
from tts.audio.stretch import best_stretch
from tts.errors import InternalError, ReferenceClipError, YinseError
from tts.log import get_logger, request_context
from tts.settings import Settings

log = get_logger(__name__)


def routes(workshop: Workshop) -> APIRouter:
    """The routes under `/studio/clips`. An answer names a reference; every change of one makes another."""
    router = APIRouter(prefix="/studio/clips", include_in_schema=False)
    settings = workshop.settings
    limits = Limits(settings.max_upload_bytes, settings.min_reference_seconds, settings.max_recording_seconds)
    # Decoding a clip takes a core for a moment; the speech that is being made needs one too.
    decoders = anyio.CapacityLimiter(2)

    def visitor_of(request: Request) -> Visitor:
        return Visitor.of(request.headers, settings.sentence_language)

    def found(request: Request, identity: str) -> Reference:
        reference = workshop.references.get(visitor_of(request).name, identity)
        if reference is None:
            raise ReferenceClipError("clip_gone")
        return reference

    def told(visitor: Visitor, reference: Reference, identity: str = "", *, more: bool = False) -> JSONResponse:
        identity = identity or workshop.references.put(visitor.name, reference)
        if not more:
            workshop.prepare(visitor.name, reference)
        listening = reference.job is not None and not reference.job.state.ended
        pending = not reference.complete and (more or listening)
        answer = {
            "id": identity,
            "html": reference_card.reference_card(
                identity, reference, visitor.language, pending=pending, most=settings.max_reference_seconds
            ),
            "heard": reference_card.heard(reference.report, visitor.language, pending),
            "stretches": reference_card.stretches(reference, visitor.language),
            "pending": pending,
            "source": dict(reference.source),
        }
        return JSONResponse(answer, headers=PRIVATE)

    @router.post("")
    async def take_in(request: Request, to: str = "", more: bool = False) -> Response:
        """A clip as a new reference, or beside those of the reference `to`; with `more` to come nobody listens yet."""
        visitor = visitor_of(request)
        name = unquote(request.headers.get("x-clip-name", ""))[:120] or "clip"
        with request_context() as number:
            try:
                before = await anyio.to_thread.run_sync(found, request, to) if to else None
                content = await read_body(request, name, settings.max_upload_bytes)
                reference = await anyio.to_thread.run_sync(_added, before, content, name, limits, limiter=decoders)
            except YinseError as error:
                log.info("clip_refused", code=error.code)
                return refusal(error, visitor, 422)
            except Exception:
                log.exception("clip_failed")
                return refusal(InternalError("internal_fault", request=number), visitor, 422)
        return await anyio.to_thread.run_sync(lambda: told(visitor, reference, more=more))

    def _added(before: Reference | None, content: bytes, name: str, limits: Limits) -> Reference:
        if before is not None and (not before.trimmable or len(before.parts) >= MOST_CLIPS):
            raise ReferenceClipError("clip_many", limit=MOST_CLIPS)
        clip = read_clip(content, limits=limits, name=name)
        too_long = clip.seconds > settings.max_reference_seconds
        part = Part.of(clip, best_stretch(clip.wave) if too_long else None)
        made = before.with_parts((*before.parts, part)) if before else Reference.made([part], {"kind": "clip"})
        return made.prepared()

    @router.post("/chosen")
    async def choose(request: Request) -> Response:
        """An example voice, or one of the visitor's own library, as a reference."""
        visitor, asked = visitor_of(request), await question(request)
        kind, identity = str(asked.get("kind", "")), str(asked.get("id", ""))
        kind = "voice" if kind == "voice" else "example"
        reference = await anyio.to_thread.run_sync(chosen, workshop, visitor.name, kind, identity, limiter=decoders)
        return await anyio.to_thread.run_sync(told, visitor, reference)

    @router.post("/{identity}/changed")
    async def change(identity: str, request: Request) -> Response:
        """The reference with other ends of its clips, without one of them, or with the noise taken out or left in."""
        visitor, asked = visitor_of(request), await question(request)
        reference = await anyio.to_thread.run_sync(found, request, identity)
        changed = await anyio.to_thread.run_sync(_changed, reference, asked, settings, limiter=decoders)
        return await anyio.to_thread.run_sync(told, visitor, changed)

    @router.get("/{identity}")
    def show(identity: str, request: Request) -> Response:
        return told(visitor_of(request), found(request, identity), identity)

    @router.delete("/{identity}")
    def forget(identity: str, request: Request) -> Response:
        workshop.references.remove(visitor_of(request).name, identity)
        return Response(status_code=204)

    @router.get("/{identity}/audio")
    def hear(identity: str, request: Request, part: int = 0, clean: bool | None = None) -> Response:
        """What is taken of a clip, as it is used, or with its noise or without."""
        reference = workshop.references.get(visitor_of(request).name, identity)
        if reference is None or not 0 <= part < len(reference.parts):
            return Response(status_code=404)
        one = reference.parts[part]
        clip = one.clean if (reference.denoise if clean is None else clean) else one.taken
        return ranged(wav_bytes(clip.wave, clip.sample_rate), request.headers.get("range", ""))

    return router


def wav_bytes(wave: NDArray, rate: int) -> bytes:  # type: ignore[type-arg]
    """A 16-bit wav of (samples,)."""
    stream = io.BytesIO()
    soundfile.write(stream, wave, rate, format="WAV", subtype="PCM_16")
    return stream.getvalue()


def _changed(reference: Reference, asked: Mapping[str, Any], settings: Settings) -> Reference:
    """Values are what a browser sent; what it does not name stays."""
    if not reference.trimmable:
        return reference
    parts = list(reference.parts)
    cuts = asked.get("cuts")
    for wanted in cuts if isinstance(cuts, list) else ():
        cut = wanted.get("part") if isinstance(wanted, dict) else None
        if not isinstance(cut, int) or not 0 <= cut < len(parts):
            continue
        start = fields.number(wanted.get("start"), "--trim", 0.0) or 0.0
        end = fields.number(wanted.get("end"), "--trim", parts[cut].clip.seconds) or 0.0
        parts[cut] = parts[cut].cut(start, end, settings.min_reference_seconds, settings.max_reference_seconds)
    without = asked.get("without")
    if isinstance(without, int) and 0 <= without < len(parts) and len(parts) > 1:
        del parts[without]
    denoise = asked.get("denoise")
    return reference.with_parts(parts, denoise=denoise if isinstance(denoise, bool) else None).prepared()
