"""What words and clips say of an emotion, while it is being chosen."""

from typing import Any, Final
from urllib.parse import unquote

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from studio.feeling import Feeling
from studio.routes.answers import PRIVATE, question, read_body
from studio.visitor import Visitor
from studio.workshop import Workshop
from tts.audio.read import Limits, read_clip
from tts.emotion import EmotionVector

#: Decoding a clip takes a core for a moment, words need the lexicons of four languages.
_READERS: Final = anyio.CapacityLimiter(2)


def routes(workshop: Workshop) -> APIRouter:
    """`POST /studio/feelings` reads an emotion as the page gives it, `/studio/feelings/clip` hears one in a clip.

    Both answer with `values`, one for each emotion.
    """
    router = APIRouter(prefix="/studio/feelings", include_in_schema=False)
    settings = workshop.settings

    @router.post("")
    async def read(request: Request) -> Response:
        asked = await question(request)
        return _told(await anyio.to_thread.run_sync(_vector, asked, limiter=_READERS))

    @router.post("/clip")
    async def hear(request: Request) -> Response:
        """The clip is forgotten as soon as it is heard."""
        name = unquote(request.headers.get("x-clip-name", ""))[:120] or "clip"
        content = await read_body(request, name, settings.max_upload_bytes)
        limits = Limits.of(settings)
        clip = await anyio.to_thread.run_sync(lambda: read_clip(content, limits=limits, name=name), limiter=_READERS)
        owner = Visitor.of(request.headers, settings.sentence_language).name
        return _told(await workshop.aside(owner, "emotion", lambda synthesizer: synthesizer.emotion_of(clip)))

    return router


def _vector(asked: dict[str, Any]) -> EmotionVector:
    seed = asked.get("seed")
    return Feeling.of(asked).vector(seed if isinstance(seed, int) else 0)


def _told(emotion: EmotionVector) -> JSONResponse:
    return JSONResponse({"values": list(emotion.values)}, headers=PRIVATE)
