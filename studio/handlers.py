"""What the page's buttons do. Every error becomes a sentence in the page; nothing is raised into the framework."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import gradio as gr

from studio import cards, fields, results
from studio.reference import Reference
from studio.routes.takes import reading_of
from studio.takes import Take
from studio.visitor import Visitor
from studio.wishes import FIELDS, Wish
from studio.words import say
from studio.workshop import Workshop
from tts.engine.jobs import Job, State
from tts.errors import InternalError, ReferenceClipError, YinseError
from tts.log import current_request, get_logger, request_context

log = get_logger(__name__)

_LOOK_SECONDS: Final = 0.1

# The stage: generate, cancel, progress, error, result.
Stage = tuple[Any, Any, Any, Any, Any]


class Handlers:
    """The events of the page."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop

    async def generate(
        self,
        clip: object,
        emotion: object,
        takes: object,
        text: object,
        language: object,
        weight: object,
        speed: object,
        duration: object,
        seed: object,
        longest: object,
        emoji: object,
        glossary: object,
        pauses: object,
        variation: object,
        request: gr.Request,
    ) -> AsyncIterator[Stage]:
        """Queue what the page asks for, and show how it goes; the values come as the browser sent them."""
        given = (text, language, weight, speed, duration, seed, longest, emoji, glossary, pauses, variation)
        visitor, named = self._visitor(request), fields.legible(dict(zip(FIELDS, given, strict=True)))
        emotion = fields.legible(emotion)
        async for stage in self._run(visitor, lambda: self._submit(visitor, clip, emotion, takes, named)):
            yield stage

    async def remake(self, wanted: object, request: gr.Request) -> AsyncIterator[Stage]:
        """Say one segment of a take anew: `wanted` names the take, the segment, and in how many ways."""
        visitor = self._visitor(request)
        asked: Mapping[str, Any] = wanted if isinstance(wanted, dict) else {}

        def submit() -> Job[str]:
            segment = fields.whole(asked.get("segment"), "--remake")
            at = -1 if segment is None else segment
            return self._workshop.remake(visitor.name, str(asked.get("take")), at, _count(asked.get("takes")))

        async for stage in self._run(visitor, submit):
            yield stage

    async def resume(self, request: gr.Request) -> AsyncIterator[Stage]:
        """Find this browser's last job again, after a reload."""
        visitor = self._visitor(request)
        job = self._workshop.jobs.find(visitor.name)
        if job is None:
            take, error = await asyncio.to_thread(self._workshop.last_end, visitor.name)
            yield _rest(cards.error_panel(error, visitor.language), self._card(take, visitor) if take else gr.skip())
        elif job.state is State.CANCELLED:
            yield _rest("", gr.skip())
        else:
            async for stage in self._follow(job, visitor):
                yield stage

    def cancel(self, request: gr.Request) -> None:
        """Stop this browser's job before its next segment."""
        if job := self._workshop.jobs.find(self._visitor(request).name):
            job.cancel()

    async def _run(self, visitor: Visitor, submit: Callable[[], Job[str]]) -> AsyncIterator[Stage]:
        """Queue what `submit` queues, and show how it goes; or why it cannot be."""
        with request_context():
            try:
                job = await asyncio.to_thread(submit)
            except Exception as error:
                yield _rest(cards.error_panel(_told(error), visitor.language), gr.skip())
                return
        async for stage in self._follow(job, visitor):
            yield stage

    async def _follow(self, job: Job[str], visitor: Visitor) -> AsyncIterator[Stage]:
        shown = ""
        while not job.state.ended:
            now = self._progress(job, visitor)
            if now != shown:
                # The page's player begins with this mark, and asks for the sound of the job.
                live = f'<span data-live="{job.id}"></span>{now}'
                yield gr.update(interactive=False), gr.update(interactive=True), live, "", gr.skip()
                shown = now
            await asyncio.sleep(_LOOK_SECONDS)
        if job.state is State.CANCELLED:
            yield _rest(cards.note_panel(say(visitor.language, "cancel.done")), gr.skip())
        elif job.error is not None:
            yield _rest(cards.error_panel(job.error, visitor.language), gr.skip())
        else:
            yield _rest("", self._result(job, visitor))

    def _progress(self, job: Job[str], visitor: Visitor) -> str:
        language = visitor.language
        if job.cancelled():
            return cards.progress_bar(job.share, say(language, "progress.stopping"))
        if not self._workshop.ready:
            return cards.progress_bar(0, say(language, "progress.loading"))
        if job.state is State.WAITING:
            return cards.progress_bar(0, say(language, "progress.waiting", ahead=self._workshop.jobs.ahead(job)))
        if not job.share:
            return cards.progress_bar(0, say(language, "progress.voice"))
        if job.step is None:
            return cards.progress_bar(job.share, say(language, "progress.planning"))
        step = say(language, "progress.speaking", done=job.step.done, total=job.step.total)
        return cards.progress_bar(job.share, f"{step} {_shortened(job.step.last)}")

    def _result(self, job: Job[str], visitor: Visitor) -> Any:
        try:
            return self._card(self._workshop.takes.shown(visitor.name, job.outcome or ""), visitor)
        except YinseError:
            # Deleted meanwhile, in the history.
            return gr.skip()

    def _card(self, take: Take, visitor: Visitor) -> str:
        siblings = self._workshop.takes.siblings(visitor.name, take)
        return results.result_card(take, reading_of(self._workshop, take), visitor.language, siblings)

    def _reference(self, visitor: Visitor, clip: object) -> Reference:
        if not isinstance(clip, str) or not clip:
            raise ReferenceClipError("clip_none")
        reference = self._workshop.references.get(visitor.name, clip)
        if reference is None:
            raise ReferenceClipError("clip_gone")
        return reference

    def _submit(
        self, visitor: Visitor, clip: object, emotion: object, takes: object, given: Mapping[str, Any]
    ) -> Job[str]:
        reference = self._reference(visitor, clip)
        used = self._workshop.glossaries.used(visitor.name, given)
        wishes = Wish.several(emotion, {**given, "terms": used}, _count(takes))
        source = {"source": {**reference.source, "clip": clip}}
        told = [replace(wish, settings={**wish.settings, **source}) for wish in wishes]
        return self._workshop.submit(visitor.name, reference, told)

    def _visitor(self, request: gr.Request) -> Visitor:
        return Visitor.of(request.headers, self._workshop.settings.sentence_language)


def _count(takes: object) -> int:
    """How many takes; one where nothing is said."""
    found = fields.whole(takes, "--takes")
    return 1 if found is None else found


def _told(error: Exception) -> YinseError:
    """What the person is told of an error; the log has the whole of a fault of ours."""
    if isinstance(error, YinseError):
        log.info("wish_refused", code=error.code)
        return error
    log.error("wish_failed", exc_info=error)
    return InternalError("internal_fault", request=current_request())


def _rest(error: str, result: Any) -> Stage:
    """The stage when nothing runs."""
    return gr.update(interactive=True), gr.update(interactive=False), "", error, result


def _shortened(text: str, longest: int = 24) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
