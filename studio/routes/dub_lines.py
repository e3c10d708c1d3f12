"""One line of a dub: its panel, changes to it, how it fits, and how it sounds by itself."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from studio import dub_panel, fields
from studio.chosen import by_field
from studio.drafts import Draft, Own, Sheet
from studio.dub_wishes import DubWish, sheet_of, wish_of
from studio.dubs import Dubs, fit_of
from studio.routes.answers import PRIVATE, question, ranged
from studio.routes.clips import wav_bytes
from studio.visitor import Visitor
from studio.workshop import Workshop
from tts.dubbing.document import Window
from tts.dubbing.editing import milliseconds_of, with_window, with_words
from tts.dubbing.plan import PlannedLine, plan_line
from tts.synthesizer import Synthesizer

#: Visitor, dub and so on -> what the page shows of a dub.
State = Callable[..., dict[str, Any]]


def routes(workshop: Workshop, dubs: Dubs, state: State) -> APIRouter:
    """`/line/N`, N being the place of a line in its file, from 0; `/heard/SIGN` is the sound of one."""
    router = APIRouter()

    def visitor_of(request: Request) -> Visitor:
        return Visitor.of(request.headers, workshop.settings.sentence_language)

    def sheet(visitor: Visitor) -> Sheet:
        return sheet_of(workshop, visitor.name, dubs.get(visitor.name).draft)

    def answer(visitor: Visitor, place: int, draft: Draft | None = None) -> Response:
        """Everything, with the panel of one line; `draft` is kept first."""
        dub = dubs.write(visitor.name, draft) if draft else dubs.get(visitor.name)
        now = sheet_of(workshop, visitor.name, dub.draft)
        told = state(visitor, dub, sheet=now) | {"panel": dub_panel.panel(dub, now, place, visitor.language)}
        return JSONResponse(told, headers=PRIVATE)

    @router.get("/line/{place}")
    def show(place: int, request: Request) -> Response:
        return answer(visitor_of(request), place)

    @router.post("/line/{place}")
    async def change(place: int, request: Request) -> Response:
        """Changes the window, the words, the voice, the emotion or the picked take; a wrong value changes nothing."""
        visitor, asked = visitor_of(request), await question(request)

        def work() -> Response:
            if asked.get("voice"):
                by_field(workshop, visitor.name, asked["voice"])
            return answer(visitor, place, _changed(sheet(visitor), place, asked))

        return await anyio.to_thread.run_sync(work)

    @router.post("/line/{place}/fit")
    async def fit(place: int, request: Request) -> Response:
        """How the line stands in its window; the worker finds it beside what is waited for."""
        visitor = visitor_of(request)
        now = await anyio.to_thread.run_sync(sheet, visitor)
        wish = await anyio.to_thread.run_sync(wish_of, workshop, visitor.name, now)
        row, dub = now.line(place)[0].row, dubs.get(visitor.name)
        if dub.fit(now.signs[place]) is None:
            planned = await workshop.aside(visitor.name, "dub", lambda synthesizer: _planned(synthesizer, wish, row))
            dub.note_fits({now.signs[place]: fit_of(planned)})
            await anyio.to_thread.run_sync(dubs.keep, dub)
        return JSONResponse(await anyio.to_thread.run_sync(state, visitor, dub), headers=PRIVATE)

    @router.post("/line/{place}/hear")
    async def hear(place: int, request: Request) -> Response:
        """Say the picked take of the line, or with `again` one more take of it."""
        visitor, asked = visitor_of(request), await question(request)

        def begin() -> Response:
            now = sheet(visitor)
            if asked.get("again"):
                now = sheet_of(workshop, visitor.name, now.changed(place, now.line(place)[1].with_take()))
            wish = wish_of(workshop, visitor.name, now)
            dubs.hear(visitor.name, wish, place)
            return answer(visitor, place, now.draft)

        return await anyio.to_thread.run_sync(begin)

    @router.get("/heard/{sign}")
    def heard(sign: str, request: Request) -> Response:
        wave, rate = dubs.get(visitor_of(request).name).line(sign)
        return ranged(wav_bytes(wave, rate), request.headers.get("range", ""))

    return router


def _planned(synthesizer: Synthesizer, wish: DubWish, row: int) -> PlannedLine:
    return plan_line(synthesizer, wish.document, wish.voices(synthesizer), wish.options(synthesizer), row)


def _changed(sheet: Sheet, place: int, asked: Mapping[str, Any]) -> Draft:
    """The draft with the line as it is asked for."""
    line, own = sheet.line(place)
    if "words" in asked:
        return sheet.draft.with_text(with_words(sheet.source, line.row, str(asked["words"])))
    if line.window and {"start", "end", "nudge"} & asked.keys():
        return sheet.draft.with_text(with_window(sheet.source, line.row, _window(line.window, asked)))
    return sheet.changed(place, _own(own, asked))


def _window(window: Window, asked: Mapping[str, Any]) -> Window:
    if "nudge" in asked:
        name, _, by = str(asked["nudge"]).partition(":")
        moved = getattr(window, "end" if name == "end" else "start") + (fields.whole(by, "--nudge") or 0)
        asked = {"end" if name == "end" else "start": f"{max(0, moved) / 1000:.3f}"}
    ends = {name: milliseconds_of(str(asked[name])) for name in ("start", "end") if name in asked}
    return replace(window, **ends)


def _own(own: Own, asked: Mapping[str, Any]) -> Own:
    if "take" in asked:
        own = own.picking(asked["take"])
    if "voice" in asked:
        own = replace(own, voice=str(asked["voice"] or ""))
    if "emotion" in asked or "strength" in asked:
        strength = fields.number(asked.get("strength"), "--emotion-weight")
        own = own.feeling(asked.get("emotion", own.emotion), strength)
    return own
