"""Batches: lines are checked, said, watched, stopped, and taken along as one zip."""

import csv
import io
import json
import zipfile
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from studio import batch_rows, cards, fields
from studio.batches import Batch, Batches
from studio.chosen import by_field
from studio.exports import add_to_zip
from studio.lines import Line, checked, read_lines
from studio.manner import Manner
from studio.routes.answers import MOST_BYTES, PRIVATE, question, zipped
from studio.takes import Take
from studio.visitor import Visitor
from studio.workshop import Workshop
from tts.cli.job import Job
from tts.dubbing.decoding import decode
from tts.errors import AudioWriteError, TextError, YinseError
from tts.files import whole_file
from tts.sentences import Language
from tts.speech import check_range


def routes(workshop: Workshop) -> APIRouter:
    """The routes under `/studio/batch`, all of the asking browser's last batch."""
    router = APIRouter(prefix="/studio/batch", include_in_schema=False)
    batches = Batches(workshop)

    def visitor_of(request: Request) -> Visitor:
        return Visitor.of(request.headers, workshop.settings.sentence_language)

    def state(batch: Batch | None, language: Language, since: int = -1) -> Response:
        if batch is None:
            return JSONResponse({"id": None}, headers=PRIVATE)
        # Taken first: what changes meanwhile is told by the next answer.
        stamp, going = batch.stamp, batch.going
        ahead = workshop.jobs.ahead(batch.job) if batch.job else 0
        rows = [row for row in batch.rows if row.stamp > since]
        answer = {
            "id": batch.id,
            "stamp": stamp,
            "going": going,
            "progress": batch_rows.progress(batch, workshop.ready, ahead, language),
            "rows": [[row.number, batch_rows.row_html(batch, row, workshop.takes, language)] for row in rows],
            "done": sum(row.state == "done" for row in batch.rows),
            "left": len(batch.left),
        }
        return JSONResponse(answer, headers=PRIVATE)

    @router.post("/text")
    async def read_file(request: Request) -> Response:
        """The text of a file in whatever encoding, for the person to see and mend before it is said."""
        name = unquote(request.headers.get("x-file-name", ""))[:120]
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                raise TextError("text_file", path=name)
        text, guessed = await anyio.to_thread.run_sync(decode, bytes(body), name)
        return JSONResponse({"text": text, "encoding": guessed}, headers=PRIVATE)

    @router.post("/check")
    async def check(request: Request) -> Response:
        visitor, asked = visitor_of(request), await question(request)
        try:
            lines = await anyio.to_thread.run_sync(_lines, workshop, asked)
        except YinseError as error:
            return JSONResponse({"html": cards.error_panel(error, visitor.language, "status"), "good": 0})
        good = sum(line.error is None for line in lines)
        return JSONResponse({"html": batch_rows.told(lines, visitor.language), "good": good}, headers=PRIVATE)

    @router.post("")
    async def start(request: Request) -> Response:
        visitor, asked = visitor_of(request), await question(request)

        def begin() -> Batch:
            reference = by_field(workshop, visitor.name, asked.get("voice"))
            lines = _lines(workshop, asked)
            if all(line.error for line in lines) and (first := lines[0].error):
                raise first
            return batches.start(visitor.name, lines, _shared(asked), reference)

        return state(await anyio.to_thread.run_sync(begin), visitor.language)

    @router.post("/rest")
    async def rest(request: Request) -> Response:
        visitor, asked = visitor_of(request), await question(request)

        def begin() -> Batch:
            return batches.rest(visitor.name, by_field(workshop, visitor.name, asked.get("voice")))

        return state(await anyio.to_thread.run_sync(begin), visitor.language)

    @router.get("")
    def watch(request: Request, since: int = -1) -> Response:
        visitor = visitor_of(request)
        return state(batches.find(visitor.name), visitor.language, since)

    @router.post("/stop")
    def stop(request: Request) -> Response:
        batches.stop(visitor_of(request).name)
        return Response(status_code=204)

    @router.get("/zip")
    async def archive(request: Request) -> Response:
        visitor = visitor_of(request)
        batch = await anyio.to_thread.run_sync(batches.get, visitor.name)
        write = partial(_zip, workshop, batch, visitor.language)
        return await zipped(workshop.takes.folder, "yinse-batch.zip", write)

    return router


def _shared(asked: dict[str, Any]) -> dict[str, Any]:
    """What all lines share unless they say otherwise."""
    speed = fields.number(asked.get("speed"), "--speed", 1.0)
    weight = fields.number(asked.get("weight"), "--emotion-weight", 1.0)
    check_range("--speed", speed or 0.0)
    check_range("--emotion-weight", weight or 0.0)
    return {"language": str(asked.get("language") or "auto"), "speed": speed, "emotion_weight": weight}


def _lines(workshop: Workshop, asked: dict[str, Any]) -> list[Line]:
    shared = _shared(asked)

    def check_text(job: Job) -> None:
        held = job.options
        workshop.read(job.text, Manner.of(held.get("language"), held.get("longest"), held.get("emoji"), ""))

    lines = read_lines(str(asked.get("text") or ""), str(asked.get("name") or ""))
    return [checked(line, shared, check_text) for line in lines]


def _zip(workshop: Workshop, batch: Batch, language: Language, path: Path) -> None:
    """Write the waves of the lines that are done, and what became of every line as a table and as JSON."""
    table: list[dict[str, Any]] = []
    takes: list[tuple[int, Take]] = []
    choices = workshop.exports.of(batch.owner)
    for row in batch.rows:
        told: dict[str, Any] = {"line": row.number, "state": batch.state_of(row), "file": "", "seconds": "", "seed": ""}
        if row.take:
            try:
                take = workshop.takes.get(batch.owner, row.take)
            except AudioWriteError as error:
                told |= {"state": "gone", "error": error.problem(language)}
            else:
                takes.append((row.number, take))
                told |= {"seconds": round(take.seconds, 3), "seed": take.seed}
        if row.error:
            told |= {"error": " ".join(cards.problem_and_advice(row.error, language))}
        table.append({**told, "error": told.get("error", ""), "text": row.text})
    names = choices.names(takes, "{n}-{text}", width=4)
    with whole_file(path) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as file:
        written = add_to_zip(file, [take for _, take in takes], names, choices)
        files = {number: told for (number, _), told in zip(takes, written, strict=True)}
        table = [{**told, "file": "", "loudness": "", **files.get(told["line"], {})} for told in table]
        columns = io.StringIO()
        writer = csv.DictWriter(columns, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
        # With the mark by which spreadsheets know the encoding.
        file.writestr("results.csv", columns.getvalue().encode("utf-8-sig"))
        file.writestr("results.json", json.dumps(table, ensure_ascii=False, indent=1))
