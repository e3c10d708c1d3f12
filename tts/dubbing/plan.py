"""What will be said when: every line asked for its length and given its place, before anything is said."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from tts.audio.finish import EDGE_SECONDS
from tts.audio.spec import AudioSpec
from tts.dubbing.cast import Cast, check_cast
from tts.dubbing.document import LONGEST_MILLISECONDS, Document, Fault, Line, Remark
from tts.dubbing.pieces import Pieces, context_of, key_of, voice_digest
from tts.dubbing.schedule import GAP, STRETCH, TAIL, Extent, Fit, State, fit, rooms
from tts.dubbing.steps import Steps, finished
from tts.dubbing.subtitles import named_rows
from tts.emotion import EmotionVector
from tts.errors import InternalError, TextError, YinseError
from tts.speech import LARGEST_SEED, LIVELY, SynthesisRequest, TimeRange, check_range
from tts.text.spans import dominant
from tts.voice import Voice

if TYPE_CHECKING:
    from tts.synthesizer import Synthesizer

Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]

_RATE: Final = AudioSpec.sample_rate
_PER_MILLISECOND: Final = _RATE // 1000
_EDGE: Final = int(EDGE_SECONDS * _RATE)


@dataclass(frozen=True, slots=True)
class LineOptions:
    """What a line has of its own: a voice that goes over the cast, an emotion that goes over that of all lines, a seed
    by which it is said in another way than without one.
    """

    voice: Voice | None = None
    emotion: EmotionVector | None = None
    seed: int | None = None

    def of(self, request: SynthesisRequest) -> SynthesisRequest:
        """The request as this line has it."""
        if self.voice:
            request = replace(request, voice=self.voice)
        if self.emotion:
            request = replace(request, emotion=self.emotion, emotion_weight=1.0)
        if self.seed is not None:
            request = replace(request, seed=self.seed, variation=request.variation or LIVELY)
        return request


@dataclass(frozen=True, slots=True)
class DubOptions:
    """How a document is dubbed.

    `like` is a request whose language, speed, emotion and so on every line takes; its text, voice and duration do not
    count, and without a seed it has 0, so that a line is always said alike. `stretch`: how far a line is slowed
    to fill its window; `gap`: seconds of silence between the lines of a script; `tail`: after the last line; `own`: row
    of a line -> what it has of its own.
    `OptionError` for a value outside its range.
    """

    like: SynthesisRequest
    stretch: float = STRETCH
    gap: float = GAP
    tail: float = TAIL
    own: Mapping[int, LineOptions] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for option, value in (("--stretch", self.stretch), ("--gap", self.gap), ("--tail", self.tail)):
            check_range(option, value)

    @property
    def seed(self) -> int:
        return self.like.seed or 0


@dataclass(frozen=True, slots=True)
class Part:
    """What one speaker says of a line: the request that makes it `samples` long, from sample `start` of the track."""

    key: str
    request: SynthesisRequest
    speaker: str
    start: int
    samples: int


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line and its place; `start` and `end` are those of its window, in samples.

    `natural`: how many samples it lasts at its own pace; `pace`: how many times as fast it is said; `over`: samples
    that it runs past its window; `room`: those it has until somebody else speaks. A line that is left out has an
    `error` and no parts.
    """

    line: Line
    state: State
    start: int
    end: int
    parts: tuple[Part, ...] = ()
    pace: float = 1.0
    over: int = 0
    natural: int = 0
    room: int = 0
    error: YinseError | None = None

    def to_dict(self) -> dict[str, Any]:
        """The line as a report tells it, its times in seconds from the start of the track."""
        return {
            "line": self.line.row,
            "state": self.state,
            "start": self.start / _RATE,
            "end": self.end / _RATE,
            "pace": round(self.pace, 4),
            "over": self.over / _RATE,
            "natural": self.natural / _RATE,
            "parts": [
                {
                    "speaker": part.speaker,
                    "text": part.request.text,
                    "start": part.start / _RATE,
                    "end": (part.start + part.samples) / _RATE,
                }
                for part in self.parts
            ],
            "unspoken": list(self.line.unspoken),
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """All of a track that lasts `samples`: its lines in order, what is wrong and what is to be known."""

    lines: tuple[PlannedLine, ...]
    samples: int
    seed: int
    faults: tuple[Fault, ...]
    remarks: tuple[Remark, ...]

    @property
    def parts(self) -> list[Part]:
        return [part for planned in self.lines for part in planned.parts]

    @property
    def seconds(self) -> float:
        return self.samples / _RATE


@dataclass(slots=True)
class _Asked:
    """A line whose turns are requests, with how long each may last; or why it cannot be said."""

    line: Line
    requests: list[tuple[str, SynthesisRequest]]
    extents: list[Extent]
    error: YinseError | None = None


def make_plan(
    synthesizer: "Synthesizer",
    document: Document,
    cast: Cast,
    options: DubOptions,
    pieces: Pieces | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Plan:
    """Ask how long every line lasts and give it its place; `pieces` remember the answers.

    A line that cannot be said is among the faults, with its row; the error of the first one is raised where there is
    no other line. Raises also what `check_cast` does, `TextError` text_track_long, and `InternalError`
    internal_cancelled.
    """
    return finished(plan_steps(synthesizer, document, cast, options, pieces, progress, cancelled))


def plan_steps(
    synthesizer: "Synthesizer",
    document: Document,
    cast: Cast,
    options: DubOptions,
    pieces: Pieces | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Steps[Plan]:
    """`make_plan`, a line a step."""
    remarks = [*document.remarks, *check_cast(document, cast.voices, cast.main is not None)]
    asking = _Asking(synthesizer, cast, options, pieces, _language(synthesizer, document, options))
    asked = []
    for number, line in enumerate(document.lines, 1):
        if cancelled and cancelled():
            raise InternalError("internal_cancelled")
        asked.append(asking.ask(line))
        if progress:
            progress(number / len(document.lines), line.text)
        yield
    placed, samples = _timed(asked, document, options) if document.milliseconds is not None else _told(asked, options)
    if samples > LONGEST_MILLISECONDS * _PER_MILLISECOND:
        limit = LONGEST_MILLISECONDS // 3_600_000
        raise TextError("text_track_long", hours=samples / _RATE / 3600, limit=limit)
    lines = tuple(asking.planned(*row) for row in placed)
    faults = [Fault(planned.line.row, planned.error) for planned in lines if planned.error]
    ordered = sorted([*document.faults, *faults], key=lambda fault: fault.row)
    if not any(planned.parts for planned in lines):
        raise ordered[0].error if ordered else TextError("text_empty")
    return Plan(lines, samples, options.seed, tuple(ordered), (*remarks, *_remarks(lines)))


def plan_line(synthesizer: "Synthesizer", document: Document, cast: Cast, options: DubOptions, row: int) -> PlannedLine:
    """The line of that row as `make_plan` plans it, without asking for the others.

    One of a script stands alone. Raises what `check_cast` does, and `StopIteration` where there is no such line.
    """
    check_cast(document, cast.voices, cast.main is not None)
    asking = _Asking(synthesizer, cast, options, None, _language(synthesizer, document, options))
    place = next(place for place, line in enumerate(document.lines) if line.row == row)
    for line in document.lines[:place]:
        asking.pass_over(line)
    asked = asking.ask(document.lines[place])
    if document.milliseconds is None:
        rows, place = _told([asked], options)[0], 0
    else:
        others = [_Asked(line, [], []) if line.row != row else asked for line in document.lines]
        speaking = [number for number, line in enumerate(document.lines) if line.turns]
        rows, _ = _timed(others, document, options, speaking)
    return asking.planned(*rows[place])


class _Asking:
    """Turns of lines as requests; where they may vary, a text that a voice says again has another seed."""

    def __init__(
        self, synthesizer: "Synthesizer", cast: Cast, options: DubOptions, pieces: Pieces | None, language: str
    ) -> None:
        self._synthesizer = synthesizer
        self._cast = cast
        self._like = replace(options.like, language=language, duration=None, seed=options.seed)
        self._pieces = pieces
        self._own = options.own
        self._context = context_of(synthesizer.edition, synthesizer.settings)
        self._digests: dict[int, str] = {}
        self._said: Counter[tuple[str, str]] = Counter()

    def pass_over(self, line: Line) -> None:
        """As if the line had been asked for."""
        for turn in line.turns:
            if voice := self._cast.voice_of(turn.speaker):
                self._seed(turn.text, voice)

    def ask(self, line: Line) -> _Asked:
        asked = _Asked(line, [], [])
        for turn in line.turns:
            voice = self._cast.voice_of(turn.speaker)
            assert voice is not None  # check_cast saw to it
            # A piece is named by its request: other terms, which do nothing here, would give it another name.
            terms = self._like.glossary.within(turn.text) if self._like.glossary else None
            seed = self._seed(turn.text, voice)
            request = replace(self._like, text=turn.text, voice=voice, seed=seed, glossary=terms)
            if own := self._own.get(line.row):
                request = own.of(request)
            try:
                found = self._range(request)
            except YinseError as error:
                # Signs that nobody says are no fault, such as a cue that is only “…”.
                if error.code in ("text_unsayable", "text_empty"):
                    continue
                return _Asked(line, [], [], error)
            asked.requests.append((turn.speaker, request))
            asked.extents.append(Extent(*(round(s * _RATE) for s in (found.natural, found.least, found.most))))
        return asked

    def planned(
        self, asked: _Asked, start: int, end: int, room: int, fitted: Fit, error: YinseError | None
    ) -> PlannedLine:
        natural = sum(extent.natural for extent in asked.extents)
        if error or fitted.state in ("left_out", "silent"):
            state: State = "left_out" if error else fitted.state
            return PlannedLine(asked.line, state, start, end, natural=natural, room=room, error=error)
        parts, at = [], start
        for (speaker, request), extent, samples in zip(asked.requests, asked.extents, fitted.lengths, strict=True):
            if samples != extent.natural:
                request = replace(request, duration=samples / _RATE, speed=1.0)
            key = key_of(request, self._digest(request.voice), self._context)
            parts.append(Part(key, request, speaker, at, samples))
            at += samples
        over = max(0, at - end)
        return PlannedLine(asked.line, fitted.state, start, end, tuple(parts), fitted.pace, over, natural, room)

    def _range(self, request: SynthesisRequest) -> TimeRange:
        if self._pieces is None:
            return self._synthesizer.time_range(request)
        key = key_of(request, self._digest(request.voice), self._context)
        found = self._pieces.range_of(key)
        if found is None:
            found = self._synthesizer.time_range(request)
            self._pieces.put_range(key, found)
        return found

    def _seed(self, text: str, voice: Voice) -> int:
        if not self._like.variation:
            return self._like.seed or 0  # and the same words in the same time are one piece
        said = (self._digest(voice), text)
        self._said[said] += 1
        return ((self._like.seed or 0) + self._said[said] - 1) % (LARGEST_SEED + 1)

    def _digest(self, voice: Voice) -> str:
        if id(voice) not in self._digests:
            self._digests[id(voice)] = voice_digest(voice)
        return self._digests[id(voice)]


_Row = tuple[_Asked, int, int, int, Fit, YinseError | None]


def _timed(
    asked: Sequence[_Asked], document: Document, options: DubOptions, speaking: Sequence[int] = ()
) -> tuple[list[_Row], int]:
    """Lines in their windows, and how long the track is. `speaking`: which of them are said, where that is known."""
    windows = [
        (asking.line.window.start * _PER_MILLISECOND, asking.line.window.end * _PER_MILLISECOND)
        for asking in asked
        if asking.line.window
    ]
    total = (document.milliseconds or 0) * _PER_MILLISECOND + round(options.tail * _RATE)
    speaking = speaking or [place for place, asking in enumerate(asked) if asking.extents]
    free = dict(zip(speaking, rooms([windows[place] for place in speaking], total), strict=True))
    rows: list[_Row] = []
    for place, (asking, (start, end)) in enumerate(zip(asked, windows, strict=True)):
        room = free.get(place, end - start)
        fitted = fit(asking.extents, end - start, room, options.stretch)
        error = asking.error
        if fitted.state == "left_out" and not error:
            least = sum(extent.least for extent in asking.extents) / _RATE
            error = TextError("text_unfit", line=asking.line.row, least=least, room=room / _RATE)
        rows.append((asking, start, end, room, fitted, error))
    return rows, total


def _told(asked: Sequence[_Asked], options: DubOptions) -> tuple[list[_Row], int]:
    """Lines one after the other, and how long the track is.

    A gap is what is silent between two lines: the silent edges of both are part of it.
    """
    rows: list[_Row] = []
    at, gap, spoken = 0, round(options.gap * _RATE) - 2 * _EDGE, False
    for asking in asked:
        lengths = tuple(extent.natural for extent in asking.extents)
        at += round(asking.line.pause * _RATE) + (gap if spoken and lengths else 0)
        fitted, natural = Fit("fits" if lengths else "silent", lengths, 1.0), sum(lengths)
        rows.append((asking, at, at + natural, natural, fitted, asking.error))
        at += natural
        spoken |= bool(lengths)
    return rows, at + round(options.tail * _RATE)


def _language(synthesizer: "Synthesizer", document: Document, options: DubOptions) -> str:
    """The language of the document, for lines that do not tell their own: 大丈夫 among kana is Japanese."""
    if options.like.language != "auto":
        return options.like.language
    language = dominant(document.text)
    return language if language in synthesizer.bundle.languages else "auto"


def _remarks(lines: Sequence[PlannedLine]) -> list[Remark]:
    remarks = []
    if unspoken := [planned for planned in lines if planned.line.unspoken]:
        rows = named_rows([planned.line.row for planned in unspoken])
        texts = " ".join(text for planned in unspoken[:4] for text in planned.line.unspoken)
        remarks.append(Remark("dub_unspoken", {"rows": rows, "unspoken": texts[:120]}))
    spoken = [planned for planned in lines if planned.parts]
    reached, late = 0, []
    for planned in spoken:
        if planned.parts[0].start < reached - 2 * _EDGE:
            late.append(planned.line.row)
        reached = max(reached, planned.parts[-1].start + planned.parts[-1].samples)
    if late:
        remarks.append(Remark("dub_overlap", {"rows": named_rows(late)}))
    if squeezed := [planned for planned in spoken if planned.state == "squeezed"]:
        worst = max(squeezed, key=lambda planned: planned.pace)
        details = {"count": len(squeezed), "row": worst.line.row, "pace": worst.pace}
        remarks.append(Remark("dub_squeezed", details))
    remarks += [
        Remark("dub_ran_on", {"row": planned.line.row, "over": planned.over / _RATE})
        for planned in spoken
        if planned.state == "ran_on"
    ]
    return remarks
