"""What all routes say alike: who asks, refusals as sentences, sound in parts, files to keep."""

import json
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import anyio
from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from starlette.background import BackgroundTask

from studio import cards
from studio.fields import legible
from studio.visitor import Visitor
from tts.errors import BusyError, FailureError, InternalError, ReferenceClipError, YinseError
from tts.log import current_request, get_logger
from tts.sentences import Language

log = get_logger(__name__)

PRIVATE: Final = {"cache-control": "private, no-store"}
#: Far more than any question of the page's has; what is longer was made by no person.
MOST_BYTES: Final = 16 * 2**20
_RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def answer_errors(app: FastAPI, language: Language) -> None:
    """Every error of a route becomes `code`, `problem` and `advice` in the language of who asked."""

    @app.exception_handler(YinseError)
    async def refuse(request: Request, error: YinseError) -> Response:
        log.info("refused", code=error.code, route=request.scope["path"].split("/")[2:3])
        return refusal(error, Visitor.of(request.headers, language))

    @app.exception_handler(Exception)
    async def fail(request: Request, error: Exception) -> Response:
        fault = InternalError("internal_fault", request=current_request() or "-")
        return refusal(fault, Visitor.of(request.headers, language))


def refusal(error: YinseError, visitor: Visitor, status: int = 0) -> JSONResponse:
    problem, advice = cards.problem_and_advice(error, visitor.language)
    content: dict[str, Any] = {"code": error.code, "problem": problem, "advice": advice}
    return JSONResponse(content, status or _status(error))


async def question(request: Request) -> dict[str, Any]:
    """The JSON object that the page sent; an empty one for anything else."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return {}
    try:
        asked = legible(json.loads(body))
    except (ValueError, RecursionError):
        return {}
    return asked if isinstance(asked, dict) else {}


async def read_body(request: Request, name: str, limit: int) -> bytes:
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


def strings(value: object) -> list[str]:
    """The strings in a list that the page sent."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def to_keep(content: bytes | str, name: str, kind: str) -> Response:
    """A file that the browser stores under `name`."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(content, 200, {**PRIVATE, "content-disposition": disposition}, kind)


async def zipped(folder: Path, name: str, write: Callable[[Path], None]) -> Response:
    """The zip that `write` makes at a path in `folder`, under `name` for the browser; it goes when it is fetched."""
    path = folder / f"{secrets.token_urlsafe(16)}.zip"
    await anyio.to_thread.run_sync(write, path)
    gone = BackgroundTask(path.unlink, missing_ok=True)
    return FileResponse(path, media_type="application/zip", filename=name, headers=PRIVATE, background=gone)


def ranged(content: bytes, asked: str) -> Response:
    """The bytes of a wav, or the part that a `Range` header asks for: players seek by ranges."""
    headers = {**PRIVATE, "accept-ranges": "bytes"}
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


def _status(error: YinseError) -> int:
    if error.code.endswith("_gone"):
        return 404
    if isinstance(error, BusyError):
        return 503
    return 500 if isinstance(error, FailureError) and error.code != "output_quota" else 422
