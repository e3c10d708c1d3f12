"""Routes of what is heard: reference clips go up and are played, finished speech is played and fetched.

Nothing of an upload touches the disk. What belongs to another browser is not there: 404, as for a wrong address.
"""

import io
import re
from typing import Any, Final
from urllib.parse import unquote

import anyio
import soundfile
from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from studio import cards, plots
from studio.visitor import Visitor
from studio.workshop import Reference, Workshop
from tts.audio.quality import report
from tts.audio.read import Limits, read_clip
from tts.errors import InternalError, ReferenceClipError, YinseError
from tts.log import get_logger, request_context

log = get_logger(__name__)

_RANGE: Final = re.compile(r"bytes=(\d*)-(\d*)")
_PRIVATE: Final = {"cache-control": "private, no-store"}
# Decoding a clip takes a core for a moment; the speech that is being made needs one too.
_DECODERS: Final = anyio.CapacityLimiter(2)


def routes(workshop: Workshop) -> APIRouter:
    """The routes under `/studio`."""
    router = APIRouter(prefix="/studio", include_in_schema=False)
    settings = workshop.settings
    limits = Limits.of(settings)

    def visitor_of(request: Request) -> Visitor:
        return Visitor.of(request.headers, settings.sentence_language)

    @router.post("/clips")
    async def take_in(request: Request) -> Response:
        visitor = visitor_of(request)
        name = unquote(request.headers.get("x-clip-name", ""))[:120] or "clip"
        with request_context() as number:
            try:
                content = await _body(request, name, settings.max_upload_bytes)
                reference = await anyio.to_thread.run_sync(_reference, content, name, limits, limiter=_DECODERS)
            except YinseError as error:
                log.info("clip_refused", code=error.code)
                return _refusal(error, visitor)
            except Exception:
                log.exception("clip_failed")
                return _refusal(InternalError("internal_fault", request=number), visitor)
        identity = workshop.references.put(visitor.name, reference)
        return JSONResponse({"id": identity, "html": cards.reference_card(identity, reference, visitor.language)})

    @router.get("/clips/{identity}")
    def show(identity: str, request: Request) -> Response:
        visitor = visitor_of(request)
        reference = workshop.references.get(visitor.name, identity)
        if reference is None:
            return _refusal(ReferenceClipError("clip_gone"), visitor, 404)
        return JSONResponse({"id": identity, "html": cards.reference_card(identity, reference, visitor.language)})

    @router.delete("/clips/{identity}")
    def forget(identity: str, request: Request) -> Response:
        workshop.references.remove(visitor_of(request).name, identity)
        return Response(status_code=204)

    @router.get("/clips/{identity}/audio")
    def hear_clip(identity: str, request: Request) -> Response:
        reference = workshop.references.get(visitor_of(request).name, identity)
        if reference is None:
            return Response(status_code=404)
        stream = io.BytesIO()
        soundfile.write(stream, reference.clip.wave, reference.clip.sample_rate, format="WAV", subtype="PCM_16")
        return _ranged(stream.getvalue(), request.headers.get("range", ""))

    @router.get("/takes/{identity}/audio")
    def hear_take(identity: str, request: Request) -> Response:
        take = workshop.takes.get(visitor_of(request).name, identity)
        if take is None or not take.path.is_file():
            return Response(status_code=404)
        name = f"yinse-{take.speech.seed}.wav" if "download" in request.query_params else None
        return FileResponse(take.path, media_type="audio/wav", filename=name, headers=_PRIVATE)

    return router


def _reference(content: bytes, name: str, limits: Limits) -> Reference:
    clip = read_clip(content, limits=limits, name=name)
    return Reference(name, clip, report(clip), plots.waveform_path(clip.wave))


async def _body(request: Request, name: str, limit: int) -> bytes:
    """The uploaded bytes; `ReferenceClipError` as soon as there are too many."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            said = max(size, int(request.headers.get("content-length", 0)))
            raise ReferenceClipError("clip_too_large", name=name, megabytes=said / 2**20, limit=limit / 2**20)
        parts.append(part)
    return b"".join(parts)


def _refusal(error: YinseError, visitor: Visitor, status: int = 422) -> JSONResponse:
    problem, advice = cards.problem_and_advice(error, visitor.language)
    content: dict[str, Any] = {"code": error.code, "problem": problem, "advice": advice}
    return JSONResponse(content, status)


def _ranged(content: bytes, asked: str) -> Response:
    """The bytes, or the part that a `Range` header asks for: players seek by ranges."""
    headers = {**_PRIVATE, "accept-ranges": "bytes"}
    match = _RANGE.fullmatch(asked)
    if not match or not any(match.groups()):
        return Response(content, 200, headers, "audio/wav")
    first, last = match.groups()
    start = int(first) if first else max(0, len(content) - int(last))
    end = min(int(last), len(content) - 1) if first and last else len(content) - 1
    if start > end:
        return Response(status_code=416, headers={**headers, "content-range": f"bytes */{len(content)}"})
    headers["content-range"] = f"bytes {start}-{end}/{len(content)}"
    return Response(content[start : end + 1], 206, headers, "audio/wav")
