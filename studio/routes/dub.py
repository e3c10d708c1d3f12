"""Dubs: a text is read, its cast chosen, a plan made, then the track; all of the asking browser's one dub."""

import json
from dataclasses import asdict
from typing import Any

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from studio import cards, dub_rows, fields
from studio.chosen import by_field
from studio.dubs import Dub, Dubs, Wish, error_of
from studio.examples import read_examples
from studio.routes.answers import PRIVATE, question, to_keep
from studio.visitor import Visitor
from studio.workshop import Workshop
from tts.dubbing.cast import check_cast
from tts.dubbing.document import Document, same_name
from tts.dubbing.schedule import GAP, STRETCH, TAIL
from tts.dubbing.source import parse_document
from tts.errors import TextError
from tts.sentences import WARNINGS, Language
from tts.speech import check_range


def routes(workshop: Workshop) -> APIRouter:
    """The routes under `/studio/dub`."""
    router = APIRouter(prefix="/studio/dub", include_in_schema=False)
    dubs = Dubs(workshop)

    def visitor_of(request: Request) -> Visitor:
        return Visitor.of(request.headers, workshop.settings.sentence_language)

    def state(dub: Dub | None, language: Language, since: int = -1) -> Response:
        if dub is None:
            return JSONResponse({"id": None}, headers=PRIVATE)
        stamp, going, told = dub.stamp, dub.going, dub.told
        ahead = workshop.jobs.ahead(dub.job) if dub.job else 0
        answer: dict[str, Any] = {
            "id": dub.id,
            "stamp": stamp,
            "going": going,
            "progress": dub_rows.progress(dub, workshop.ready, ahead, language),
        }
        if stamp != since:
            lines, faults = told.get("lines", []), told.get("faults", [])
            answer |= {
                "asked": told.get("asked", {}),
                "rows": dub_rows.rows(lines, faults, language),
                "told": dub_rows.told(len(lines), faults, told.get("remarks", []), language) if lines else "",
                "result": dub_rows.result(dub, language),
            }
        return JSONResponse(answer, headers=PRIVATE)

    def read(owner: str, asked: dict[str, Any]) -> Document:
        known = [*_cast(asked), *(kept.name for kept in workshop.voices.all(owner))]
        known += [example.name for example in read_examples()]
        text = str(asked.get("text") or "")
        if not text.strip():
            raise TextError("text_empty")
        return parse_document(text, str(asked.get("name") or ""), known, "speak" if asked.get("speak") else "drop")

    @router.post("/read")
    async def look(request: Request) -> Response:
        """The lines and the names of a text, before anything is planned."""
        visitor, asked = visitor_of(request), await question(request)
        document = await anyio.to_thread.run_sync(read, visitor.name, asked)
        faults = [
            {"line": fault.row, "code": fault.error.code, "details": fault.error.details} for fault in document.faults
        ]
        remarks = [asdict(remark) for remark in document.remarks]
        answer = {
            "rows": dub_rows.rows(dub_rows.read_lines(document), (), visitor.language),
            "told": dub_rows.told(len(document.lines), faults, remarks, visitor.language),
            "names": [name for name in document.speakers if name],
        }
        return JSONResponse(answer, headers=PRIVATE)

    async def begin(request: Request, dry: bool) -> Response:
        visitor, asked = visitor_of(request), await question(request)

        def start() -> Dub:
            wish = _wish(workshop, visitor.name, asked, read(visitor.name, asked))
            return dubs.start(visitor.name, wish, dry=dry)

        return state(await anyio.to_thread.run_sync(start), visitor.language)

    @router.post("/plan")
    async def plan(request: Request) -> Response:
        return await begin(request, dry=True)

    @router.post("")
    async def make(request: Request) -> Response:
        return await begin(request, dry=False)

    @router.get("")
    def watch(request: Request, since: int = -1) -> Response:
        visitor = visitor_of(request)
        return state(dubs.find(visitor.name), visitor.language, since)

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

    @router.get("/report")
    def report(request: Request) -> Response:
        """What the command line's `--report` tells, in the reader's language."""
        visitor = visitor_of(request)
        told = dubs.get(visitor.name).told
        content = {
            "seconds": told.get("seconds"),
            "seed": told.get("seed"),
            "lines": told.get("lines", []),
            "failed": [
                {"line": fault["line"], "code": fault["code"],
                 "message": " ".join(cards.problem_and_advice(error_of(fault), visitor.language))}
                for fault in told.get("faults", [])
            ],
            "warnings": [
                {"code": remark["code"],
                 "message": WARNINGS[remark["code"]][visitor.language].format(**remark["details"])}
                for remark in told.get("remarks", [])
            ],
        }  # fmt: skip
        return to_keep(json.dumps(content, ensure_ascii=False, indent=1), "yinse-dub-report.json", "application/json")

    return router


def _cast(asked: dict[str, Any]) -> dict[str, str]:
    """The names that were given a voice of their own."""
    given = asked.get("cast")
    return {str(name): str(voice) for name, voice in given.items() if voice} if isinstance(given, dict) else {}


def _wish(workshop: Workshop, owner: str, asked: dict[str, Any], document: Document) -> Wish:
    """Everything of a dub that can be wrong is told here, before the worker is asked."""
    speakers = {same_name(name) for name in document.speakers}
    cast = {
        name: by_field(workshop, owner, voice) for name, voice in _cast(asked).items() if same_name(name) in speakers
    }
    main = by_field(workshop, owner, asked.get("voice")) if asked.get("voice") or not cast else None
    check_cast(document, cast, main is not None)
    values: dict[str, Any] = {
        name: fields.number(asked.get(name), f"--{name}", usual)
        for name, usual in (("speed", 1.0), ("stretch", STRETCH), ("gap", GAP), ("tail", TAIL))
    }
    for name, value in values.items():
        check_range(f"--{name}", value)
    values |= {"language": str(asked.get("language") or "auto"), "voice": str(asked.get("voice") or "")}
    values |= {"text": str(asked.get("text")), "name": str(asked.get("name") or ""), "speak": bool(asked.get("speak"))}
    return Wish({**values, "cast": _cast(asked)}, document, main, cast)
