"""Dubs: a text is read and kept, its cast chosen, a plan made, then the track; all of the asking browser's one dub."""

import json
from collections.abc import Mapping
from typing import Any

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from studio import cards, dub_rows
from studio.drafts import Draft, Sheet
from studio.dub_wishes import sheet_of, wish_of
from studio.dubs import Dub, Dubs, error_of
from studio.originals import Original
from studio.routes import dub_lines, originals
from studio.routes.answers import PRIVATE, question, to_keep
from studio.visitor import Visitor
from studio.workshop import Workshop
from tts.dubbing.editing import subtitles_of
from tts.errors import TextError
from tts.sentences import WARNINGS, Language


def routes(workshop: Workshop) -> APIRouter:
    """The routes under `/studio/dub`."""
    router = APIRouter(prefix="/studio/dub", include_in_schema=False)
    dubs = Dubs(workshop)

    def visitor_of(request: Request) -> Visitor:
        return Visitor.of(request.headers, workshop.settings.sentence_language)

    def state(visitor: Visitor, dub: Dub | None, since: int = -1, sheet: Sheet | None = None) -> dict[str, Any]:
        """What the page shows of a dub; of one that has not changed `since`, only how far it is."""
        if dub is None:
            return {"id": None}
        stamp, going = dub.stamp, dub.going
        ahead = workshop.jobs.ahead(dub.job) if dub.job else 0
        shown = dub_rows.progress(dub, workshop.ready, ahead, visitor.language)
        answer: dict[str, Any] = {"id": dub.id, "stamp": stamp, "going": going, "progress": shown}
        return answer if stamp == since else answer | _drawn(workshop, visitor, dub, sheet)

    @router.post("/read")
    async def read(request: Request) -> Response:
        """The fields as they are written; they are kept, also where their text cannot be read."""
        visitor, asked = visitor_of(request), await question(request)

        def keep() -> dict[str, Any]:
            held = dubs.find(visitor.name)
            draft = (held.draft if held else Draft()).asking(asked)
            if not draft.asked["text"].strip():
                if not held:
                    raise TextError("text_empty")
                return state(visitor, dubs.write(visitor.name, draft))
            dubs.write(visitor.name, draft)
            sheet = sheet_of(workshop, visitor.name, draft)
            return state(visitor, dubs.write(visitor.name, sheet.draft), sheet=sheet)

        return JSONResponse(await anyio.to_thread.run_sync(keep), headers=PRIVATE)

    async def begin(request: Request, dry: bool) -> Response:
        visitor, asked = visitor_of(request), await question(request)

        def start() -> dict[str, Any]:
            held = dubs.find(visitor.name)
            draft = (held.draft if held else Draft()).asking(asked)
            sheet = sheet_of(workshop, visitor.name, draft)
            wish = wish_of(workshop, visitor.name, sheet)
            dubs.write(visitor.name, sheet.draft)
            return state(visitor, dubs.start(visitor.name, wish, dry=dry), sheet=sheet)

        return JSONResponse(await anyio.to_thread.run_sync(start), headers=PRIVATE)

    @router.post("/plan")
    async def plan(request: Request) -> Response:
        return await begin(request, dry=True)

    @router.post("")
    async def make(request: Request) -> Response:
        return await begin(request, dry=False)

    @router.get("")
    def watch(request: Request, since: int = -1) -> Response:
        visitor = visitor_of(request)
        return JSONResponse(state(visitor, dubs.find(visitor.name), since), headers=PRIVATE)

    @router.post("/stop")
    def stop(request: Request) -> Response:
        dubs.stop(visitor_of(request).name)
        return Response(status_code=204)

    @router.delete("")
    def remove(request: Request) -> Response:
        dubs.remove(visitor_of(request).name)
        return Response(status_code=204)

    @router.get("/audio")
    def hear(request: Request) -> Response:
        path = dubs.get(visitor_of(request).name).file("wav")
        return FileResponse(path, media_type="audio/wav", headers=PRIVATE)

    @router.get("/file/{ending}")
    def fetch(ending: str, request: Request) -> Response:
        path = dubs.get(visitor_of(request).name).file(ending)
        return FileResponse(path, filename=f"yinse-dub.{ending}", headers=PRIVATE)

    @router.get("/subtitles/{ending}")
    def subtitles(ending: str, request: Request) -> Response:
        """The lines as they are written now."""
        visitor = visitor_of(request)
        if ending not in ("srt", "vtt"):
            return Response(status_code=404)
        sheet = sheet_of(workshop, visitor.name, dubs.get(visitor.name).draft)
        kind = "text/vtt" if ending == "vtt" else "application/x-subrip"
        name = sheet.source.name.rpartition(".")[0] or "yinse-dub"
        return to_keep(subtitles_of(sheet.source, ending), f"{name}.{ending}", kind)

    @router.get("/report")
    def report(request: Request) -> Response:
        """What the command line's `--report` tells, in the reader's language."""
        visitor = visitor_of(request)
        dub = dubs.get(visitor.name)
        content = _report(dub.track or dub.told.get("plan", {}), visitor.language)
        return to_keep(json.dumps(content, ensure_ascii=False, indent=1), "yinse-dub-report.json", "application/json")

    router.include_router(dub_lines.routes(workshop, dubs, state))
    router.include_router(originals.routes(workshop, dubs))
    return router


def _drawn(workshop: Workshop, visitor: Visitor, dub: Dub, sheet: Sheet | None) -> dict[str, Any]:
    """The fields, the rows and the track; only the fields and the track where the text cannot be read."""
    draft, language = dub.draft, visitor.language
    asked = {"asked": draft.asked, "original": Original(dub.folder).is_there}
    try:
        sheet = sheet or sheet_of(workshop, visitor.name, draft)
    except TextError as error:
        told = cards.error_panel(error, language, "status") if str(draft.asked["text"]).strip() else ""
        return {**asked, "rows": [], "told": told, "names": [], "result": dub_rows.result(dub, None, language)}
    return {
        **asked,
        "rows": dub_rows.rows(dub, sheet, language),
        "told": dub_rows.told(dub, sheet, language),
        "names": [name for name in sheet.document.speakers if name],
        "result": dub_rows.result(dub, sheet, language),
        "timed": sheet.source.timed,
    }


def _report(told: Mapping[str, Any], language: Language) -> dict[str, Any]:
    return {
        "seconds": told.get("seconds"),
        "seed": told.get("seed"),
        "lines": told.get("lines", []),
        "failed": [
            {"line": fault["line"], "code": fault["code"],
             "message": " ".join(cards.problem_and_advice(error_of(fault), language))}
            for fault in told.get("faults", [])
        ],
        "warnings": [
            {"code": remark["code"], "message": WARNINGS[remark["code"]][language].format(**remark["details"])}
            for remark in told.get("remarks", [])
        ],
    }  # fmt: skip
