"""From the draft of a dub to what the synthesizer is asked for; everything that can be wrong is told here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studio import fields
from studio.chosen import by_field
from studio.drafts import Draft, Own, Sheet
from studio.examples import read_examples
from studio.reference import Reference
from studio.workshop import Workshop
from tts.dubbing.cast import Cast, check_cast
from tts.dubbing.document import Document, same_name
from tts.dubbing.editing import Source
from tts.dubbing.plan import DubOptions, LineOptions
from tts.dubbing.schedule import GAP, STRETCH, TAIL
from tts.emotion import EmotionVector
from tts.errors import TextError
from tts.speech import SynthesisRequest, check_range
from tts.synthesizer import Synthesizer


@dataclass(frozen=True)
class DubWish:
    """A checked dub, whose voices the worker makes; `own` by the row of a line, `values` those of `DubOptions`."""

    sheet: Sheet
    main: Reference | None
    cast: Mapping[str, Reference]
    own: Mapping[int, tuple[Own, Reference | None]]
    language: str
    speed: float
    values: Mapping[str, float]

    @property
    def document(self) -> Document:
        return self.sheet.document

    def references(self) -> list[Reference]:
        own = [reference for _, reference in self.own.values() if reference]
        return [*([self.main] if self.main else ()), *self.cast.values(), *own]

    def voices(self, synthesizer: Synthesizer) -> Cast:
        main = self.main.spoken_by(synthesizer) if self.main else None
        return Cast(main, {name: reference.spoken_by(synthesizer) for name, reference in self.cast.items()})

    def options(self, synthesizer: Synthesizer) -> DubOptions:
        anybody = self.references()[0].spoken_by(synthesizer)
        like = SynthesisRequest("-", anybody, language=self.language, speed=self.speed, glossary=self.sheet.glossary)
        own = {
            row: LineOptions(
                reference.spoken_by(synthesizer) if reference else None,
                EmotionVector.of({line.emotion: line.strength}) if line.emotion else None,
                line.seed(line.take),
            )
            for row, (line, reference) in self.own.items()
        }
        return DubOptions(like, own=own, **self.values)


def sheet_of(workshop: Workshop, owner: str, draft: Draft) -> Sheet:
    """The draft, read with the names and the glossary of this owner.

    `TextError` text_empty, and as `parse_document` raises.
    """
    if not str(draft.asked["text"]).strip():
        raise TextError("text_empty")
    known = [name for name, voice in draft.asked["cast"].items() if voice]
    known += [kept.name for kept in workshop.voices.all(owner)]
    known += [example.name for example in read_examples()]
    text, name = draft.asked["text"], draft.asked["name"]
    source = Source(text, name, known, "speak" if draft.asked["speak"] else "drop")
    return Sheet.of(draft, source, workshop.glossaries.of(owner))


def wish_of(workshop: Workshop, owner: str, sheet: Sheet) -> DubWish:
    """Raises what is wrong with a voice or an option, and what `check_cast` does."""
    asked = sheet.draft.asked
    speakers = {same_name(name) for name in sheet.document.speakers}
    cast = {
        name: by_field(workshop, owner, voice)
        for name, voice in asked["cast"].items()
        if voice and same_name(name) in speakers
    }
    main = by_field(workshop, owner, asked["voice"]) if asked["voice"] or not cast else None
    check_cast(sheet.document, cast, main is not None)
    voices: dict[str, Reference] = {}
    own: dict[int, tuple[Own, Reference | None]] = {}
    for line, held in sheet.lines:
        if held.voice and held.voice not in voices:
            voices[held.voice] = by_field(workshop, owner, held.voice)
        if held.voice or held.emotion or held.take:
            own[line.row] = held, voices.get(held.voice)
    values = {name: _value(asked, name, usual) for name, usual in (("stretch", STRETCH), ("gap", GAP), ("tail", TAIL))}
    language, speed = str(asked["language"] or "auto"), _value(asked, "speed", 1.0)
    return DubWish(sheet, main, cast, own, language, speed, values)


def _value(asked: Mapping[str, Any], name: str, usual: float) -> float:
    value = fields.number(asked[name], f"--{name}")
    value = usual if value is None else value
    check_range(f"--{name}", value)
    return value
