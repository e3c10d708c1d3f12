"""The draft of a dub: the page's fields, what single lines have of their own, and both together as a sheet of lines."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any, Final, Self

from studio.wishes import SEEDS
from tts.dubbing.document import Document, Line, same_name
from tts.dubbing.editing import Source
from tts.dubbing.pieces import digest
from tts.emotion import EMOTIONS
from tts.errors import OptionError, TextError
from tts.text.glossary import Glossary
from tts.text.spans import dominant

#: The page's fields as they are kept, and what they are before anybody has touched them.
FIELDS: Final[Mapping[str, Any]] = {
    "text": "", "name": "", "voice": "", "language": "auto", "speed": 1.0, "stretch": None, "gap": None, "tail": None,
    "speak": False,
}  # fmt: skip
#: How strong an emotion is that was only named.
STRENGTH: Final = 0.8
MOST_TAKES: Final = 9


@dataclass(frozen=True)
class Own:
    """What a line has of its own, as far as somebody has touched it.

    `said` is what the line was when this was noted; `voice` a field such as `voice:ID`, or empty. Take 0 is the line as
    it is said without a seed of its own, take n the one by seed n - 1 of `seeds`; `take` is the one that was picked.
    """

    said: str
    voice: str = ""
    emotion: str = ""
    strength: float = STRENGTH
    seeds: tuple[int, ...] = ()
    take: int = 0

    def seed(self, take: int) -> int | None:
        return self.seeds[take - 1] if take else None

    def with_take(self) -> Self:
        """One more take, which is picked; `OptionError` where there are as many as there may be."""
        if len(self.seeds) >= MOST_TAKES - 1:
            raise OptionError("option_takes", limit=MOST_TAKES)
        return replace(self, seeds=(*self.seeds, secrets.randbelow(SEEDS)), take=len(self.seeds) + 1)

    def picking(self, take: object) -> Self:
        if not isinstance(take, int) or not 0 <= take <= len(self.seeds):
            raise OptionError("option_value", option="--takes", value=take, expected=f"0 .. {len(self.seeds)}")
        return replace(self, take=take)

    def feeling(self, emotion: object, strength: float | None) -> Self:
        if emotion and emotion not in EMOTIONS:
            raise OptionError("option_emotion", name=str(emotion)[:40], known=", ".join(EMOTIONS))
        value = self.strength if strength is None else strength
        if not 0 <= value <= 1:
            raise OptionError("option_value", option="--emotion-weight", value=value, expected="0 .. 1")
        return replace(self, emotion=str(emotion or ""), strength=value)


@dataclass(frozen=True)
class Draft:
    """`asked` are the page's fields with the `cast`, name -> voice; `lines` are in the order of the file."""

    asked: Mapping[str, Any] = field(default_factory=lambda: {**FIELDS, "cast": {}})
    lines: tuple[Own, ...] = ()

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """As `to_dict` wrote it."""
        if not kept:
            return cls()
        lines = [Own(**{**line, "seeds": tuple(line.get("seeds", ()))}) for line in kept["lines"]]
        return cls(kept["asked"], tuple(lines))

    def to_dict(self) -> dict[str, Any]:
        untouched = asdict(Own(""))
        lines = [{key: value for key, value in asdict(line).items() if value != untouched[key]} for line in self.lines]
        return {"asked": dict(self.asked), "lines": [{"said": "", **line} for line in lines]}

    def asking(self, asked: Mapping[str, Any]) -> Self:
        """With other fields; the lines of another file begin anew."""
        given = {name: asked.get(name, usual) for name, usual in FIELDS.items()}
        cast = asked.get("cast")
        voices = {str(name): str(voice) for name, voice in cast.items()} if isinstance(cast, Mapping) else {}
        fields = {**given, "text": str(given["text"] or ""), "name": str(given["name"] or "")[:120], "cast": voices}
        return replace(self, asked=fields, lines=self.lines if fields["name"] == self.asked["name"] else ())

    def with_text(self, text: str) -> Self:
        return replace(self, asked={**self.asked, "text": text})


@dataclass(frozen=True)
class Sheet:
    """A draft that was read: `lines` in the order of the file, each with what it has of its own; `glossary` has the
    entries that may set a reading there.
    """

    draft: Draft
    source: Source
    document: Document
    lines: tuple[tuple[Line, Own], ...]
    glossary: Glossary

    @classmethod
    def of(cls, draft: Draft, source: Source, glossary: Glossary) -> Self:
        """Raises as `parse_document` does."""
        document = source.document()
        lines = sorted(document.lines, key=lambda line: line.row)
        own = _carried(draft.lines, [_said(line) for line in lines])
        pairs = tuple(zip(lines, own, strict=True))
        return cls(replace(draft, lines=own), source, document, pairs, glossary.within(document.text))

    def line(self, place: int) -> tuple[Line, Own]:
        """`TextError` text_line_gone where the file has fewer."""
        if not 0 <= place < len(self.lines):
            raise TextError("text_line_gone")
        return self.lines[place]

    def changed(self, place: int, own: Own) -> Draft:
        """The draft in which one line has something else of its own."""
        lines = list(self.draft.lines)
        lines[place] = own
        return replace(self.draft, lines=tuple(lines))

    def sign(self, place: int, take: int | None = None) -> str:
        """Names all that the sound of a line depends on, for its picked take or another one."""
        line, own = self.lines[place]
        take = own.take if take is None else take
        window = [line.window.start, line.window.end] if line.window else None
        return digest([
            [[own.voice or self._voice_of(turn.speaker), turn.text] for turn in line.turns], window,
            [own.emotion, own.strength] if own.emotion else None, own.seed(take), self._language,
            [self.draft.asked[name] for name in ("speed", "stretch")],
            [asdict(entry) for turn in line.turns for entry in self.glossary.within(turn.text).entries],
        ])  # fmt: skip

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """Those of the picked takes."""
        return tuple(self.sign(place) for place in range(len(self.lines)))

    @property
    def every_sign(self) -> set[str]:
        """Those of all takes."""
        takes = [(place, take) for place, (_, own) in enumerate(self.lines) for take in range(len(own.seeds) + 1)]
        return {self.sign(place, take) for place, take in takes}

    @cached_property
    def print(self) -> str:
        """Names all that the track depends on."""
        pauses = [line.pause for line, _ in self.lines]
        ends = [self.draft.asked[name] for name in ("gap", "tail")]
        return digest([self.signs, pauses, ends, self.document.milliseconds])

    @cached_property
    def _language(self) -> str:
        asked = str(self.draft.asked["language"] or "auto")
        return dominant(self.document.text) if asked == "auto" else asked

    def _voice_of(self, speaker: str) -> str:
        main = str(self.draft.asked["voice"] or "")
        return self._cast.get(same_name(speaker)) or main if speaker else main

    @cached_property
    def _cast(self) -> Mapping[str, str]:
        return {same_name(name): voice for name, voice in self.draft.asked["cast"].items()}


def _said(line: Line) -> str:
    return " / ".join(f"{turn.speaker}: {turn.text}" for turn in line.turns) or " ".join(line.unspoken)


def _carried(old: Sequence[Own], said: Sequence[str]) -> tuple[Own, ...]:
    """What lines have of their own, in a text that has changed somewhere: around that place by their words, and inside
    it by their order, where there are as many as before.
    """
    shorter = min(len(old), len(said))
    head = next((at for at in range(shorter) if old[at].said != said[at]), shorter)
    tail = next((at for at in range(shorter - head) if old[-1 - at].said != said[-1 - at]), shorter - head)
    lines = [Own(text) for text in said]
    lines[:head] = old[:head]
    if tail:
        lines[-tail:] = old[-tail:]
    if len(old) == len(said) and (head or tail or len(said) == 1):
        middle = range(head, len(said) - tail)
        lines[head : len(said) - tail] = [replace(old[at], said=said[at]) for at in middle]
    return tuple(lines)
