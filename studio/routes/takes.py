"""The history: finished speech is listed, heard, fetched in any format, starred, noted, exported and deleted."""

import json
import math
import zipfile
from functools import partial
from pathlib import Path
from typing import Final

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from studio import cards, comparison, results, rows
from studio.exports import KINDS, USUAL, Choices, add_to_zip, content_of
from studio.likeness import brief, value
from studio.manner import Manner
from studio.routes.answers import PRIVATE, question, strings, to_keep, zipped
from studio.takes import TIMINGS, Take, timings_text
from studio.visitor import Visitor
from studio.words import say
from studio.workshop import Workshop
from tts.errors import YinseError
from tts.files import whole_file
from tts.text.reading import Reading

#: Rows that the page shows at once; more come when they are asked for.
_PAGE: Final = 30
_LONGEST_NOTE: Final = 500


def routes(workshop: Workshop) -> APIRouter:
    """The routes under `/studio/takes`."""
    router = APIRouter(prefix="/studio/takes", include_in_schema=False)
    takes, settings = workshop.takes, workshop.settings

    def visitor_of(request: Request) -> Visitor:
        return Visitor.of(request.headers, settings.sentence_language)

    def name_of(request: Request, take: Take) -> str:
        return workshop.exports.of(visitor_of(request).name).name(take)

    @router.get("")
    def history(request: Request, search: str = "", starred: bool = False, before: float = math.inf) -> Response:
        visitor = visitor_of(request)
        since = before if math.isfinite(before) else None
        found = takes.all(visitor.name, search=search[:200], starred=starred, before=since, limit=_PAGE + 1)
        shown = found[:_PAGE]
        use = workshop.store.use(visitor.name)
        answer = {
            "html": rows.history_rows(shown, visitor.language),
            "before": shown[-1].made if len(found) > _PAGE else None,
            "disk": rows.disk(use, settings.quota_megabytes, settings.history_days, visitor.language),
        }
        return JSONResponse(answer, headers=PRIVATE)

    @router.get("/compare")
    def compare(request: Request, first: str = "", second: str = "") -> Response:
        """Two takes side by side; without a second one it is the one that was made before the first."""
        visitor = visitor_of(request)
        take = takes.get(visitor.name, first)
        others = [takes.get(visitor.name, second)] if second else takes.all(visitor.name, before=take.made, limit=1)
        if not others:
            return JSONResponse({"html": cards.note_panel(say(visitor.language, "compare.single"))}, headers=PRIVATE)
        older, newer = sorted((take, others[0]), key=lambda one: one.made)
        return JSONResponse({"html": comparison.side_by_side(older, newer, visitor.language)}, headers=PRIVATE)

    @router.get("/{identity}")
    def show(identity: str, request: Request) -> Response:
        visitor = visitor_of(request)
        take = takes.get(visitor.name, identity)
        html = results.result_card(
            take, reading_of(workshop, take), visitor.language, takes.siblings(visitor.name, take)
        )
        return JSONResponse({"html": html, "settings": take.settings}, headers=PRIVATE)

    @router.get("/{identity}/audio")
    def hear(identity: str, request: Request) -> Response:
        return FileResponse(takes.get(visitor_of(request).name, identity).path, media_type="audio/wav", headers=PRIVATE)

    @router.get("/{identity}/mel")
    def picture(identity: str, request: Request) -> Response:
        take = takes.get(visitor_of(request).name, identity)
        return FileResponse(take.picture, media_type="image/png", headers=PRIVATE)

    @router.get("/{identity}/audio/{ending}")
    def fetch(identity: str, ending: str, request: Request) -> Response:
        take = takes.get(visitor_of(request).name, identity)
        if ending not in KINDS:
            return Response(status_code=404)
        name = f"{name_of(request, take)}.{ending}"
        if ending == "wav":
            return FileResponse(take.path, media_type="audio/wav", filename=name, headers=PRIVATE)
        return to_keep(content_of(take, Choices(ending)), name, KINDS[ending])

    @router.get("/{identity}/timings/{ending}")
    def timings(identity: str, ending: str, request: Request) -> Response:
        take = takes.get(visitor_of(request).name, identity)
        if ending not in TIMINGS:
            return Response(status_code=404)
        return to_keep(timings_text(take, ending), f"{name_of(request, take)}.{ending}", TIMINGS[ending])

    @router.get("/{identity}/likeness")
    async def likeness(identity: str, request: Request) -> Response:
        """How alike it and its reference are; measured now if it is not yet, beside what is waited for."""
        visitor = visitor_of(request)
        take = await workshop.likened(visitor.name, takes.get(visitor.name, identity))
        told = {"html": value(take, visitor.language), "brief": brief(take, visitor.language)}
        return JSONResponse(told, headers=PRIVATE)

    @router.post("/{identity}/pick")
    def pick(identity: str, request: Request) -> Response:
        """Make one of several takes the result."""
        takes.pick(visitor_of(request).name, identity)
        return show(identity, request)

    @router.patch("/{identity}")
    async def change(identity: str, request: Request) -> Response:
        asked = await question(request)
        starred, note = asked.get("starred"), asked.get("note")
        await anyio.to_thread.run_sync(
            lambda: takes.change(
                visitor_of(request).name,
                identity,
                starred=starred if isinstance(starred, bool) else None,
                note=note[:_LONGEST_NOTE] if isinstance(note, str) else None,
            )
        )
        return Response(status_code=204)

    @router.post("/delete")
    async def delete(request: Request) -> Response:
        asked, owner = await question(request), visitor_of(request).name
        count = await anyio.to_thread.run_sync(takes.remove, owner, strings(asked.get("ids")))
        return JSONResponse({"deleted": count})

    @router.post("/export")
    async def export(request: Request) -> Response:
        """A zip of the chosen takes, or of all of them; sent by a form, so that the browser stores it as it comes."""
        async with request.form(max_files=0, max_fields=4) as form:
            wanted = set(str(form.get("ids", "")).split())
        owner = visitor_of(request).name
        return await zipped(takes.folder, "yinse.zip", partial(_zip, workshop, owner, wanted))

    return router


def reading_of(workshop: Workshop, take: Take) -> Reading | None:
    """The take's text as it was read; None where it cannot be read any more."""
    try:
        return workshop.read(take.text, Manner.of_settings(take.settings))
    except YinseError:
        return None


def _zip(workshop: Workshop, owner: str, wanted: set[str], path: Path) -> None:
    chosen = [take for take in workshop.takes.all(owner) if not wanted or take.id in wanted]
    chosen = [take for take in chosen if take.path.is_file()]
    choices = workshop.exports.of(owner)
    names = choices.names(enumerate(chosen, 1), f"{{n}}-{USUAL}")
    with whole_file(path) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as file:
        written = add_to_zip(file, chosen, names, choices, ("srt", "json"))
        table = [
            {**told, "settings": dict(take.settings), "seconds": take.seconds, "language": take.language,
             "note": take.note, "starred": take.starred, "made": take.made}
            for told, take in zip(written, chosen, strict=True)
        ]  # fmt: skip
        file.writestr("takes.json", json.dumps(table, ensure_ascii=False, indent=1))
