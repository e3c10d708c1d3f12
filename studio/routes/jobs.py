"""The sound of a job while it is still being made."""

from collections.abc import AsyncIterator
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from studio.routes.answers import PRIVATE
from studio.visitor import Visitor
from studio.workshop import Workshop
from tts.audio.spec import AudioSpec
from tts.errors import AudioWriteError

_HEADERS: Final = {**PRIVATE, "x-sample-rate": str(AudioSpec.sample_rate), "x-accel-buffering": "no"}


def routes(workshop: Workshop) -> APIRouter:
    """`GET /studio/jobs/ID/pcm`: 16-bit PCM, little-endian, mono, from the start of the job's sound to its end."""
    router = APIRouter(prefix="/studio/jobs", include_in_schema=False)

    @router.get("/{identity}/pcm")
    async def listen(identity: str, request: Request) -> Response:
        owner = Visitor.of(request.headers, workshop.settings.sentence_language).name
        job = workshop.jobs.find(owner, identity)
        if job is None:
            raise AudioWriteError("output_gone")

        async def pieces() -> AsyncIterator[bytes]:
            async for piece in job.sound.listen():
                yield piece

        return StreamingResponse(pieces(), media_type="application/octet-stream", headers=_HEADERS)

    return router
