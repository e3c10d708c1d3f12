"""When each segment, word and phone is said, and the four files that tell it to other programs."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from tts.cues import cues
from tts.errors import OptionError
from tts.files import whole_file


@dataclass(frozen=True, slots=True)
class SegmentTiming:
    """A segment of the text and when its speech starts and ends, in seconds from the start of the output."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class WordTiming:
    """A word of the text and when it is said, in seconds; `segment` is the index of its segment."""

    text: str
    start: float
    end: float
    segment: int


@dataclass(frozen=True, slots=True)
class PhoneTiming:
    """A phone and when it is said, in seconds; `word` is the index of its word.

    `text` spells it as people do ("ong4", "IH1", "a0"); `tone` is one of `tts.text.phones.TONES`.
    """

    text: str
    tone: str
    start: float
    end: float
    word: int


@dataclass(frozen=True, slots=True)
class Timings:
    """All that a timings file may tell of one output that lasts `seconds`.

    `speakers` names who says each segment, where there are several; their segments may overlap.
    """

    segments: tuple[SegmentTiming, ...]
    words: tuple[WordTiming, ...]
    seconds: float
    phones: tuple[PhoneTiming, ...] = ()
    speakers: tuple[str, ...] = ()


Mark = SegmentTiming | WordTiming | PhoneTiming


def write_timings(path: Path, timings: Timings) -> None:
    """Write `timings`, whole or not at all, in the format that `path` ends with: .json, .srt, .vtt or .TextGrid."""
    text = timings_format(path)(timings)
    with whole_file(path) as stream:
        stream.write(text.encode("utf-8"))


def timings_format(path: Path) -> Callable[[Timings], str]:
    """The writer for the ending of `path`; `OptionError` where there is none, so that it can be told beforehand."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise OptionError("option_value", option="--timings", value=path.name, expected=".json .srt .vtt .TextGrid")
    return writer


def to_json(timings: Timings) -> str:
    """Seconds, segments, words and phones as they are, and speakers where there are any."""
    content = asdict(timings)
    if not timings.speakers:
        del content["speakers"]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def to_srt(timings: Timings) -> str:
    """SubRip: segments in cues of two lines at most."""
    return "\n".join(
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n" + "".join(f"{line}\n" for line in cue.lines)
        for number, cue in enumerate(cues(timings), 1)
    )


def to_vtt(timings: Timings) -> str:
    """WebVTT: segments in cues of two lines at most, each with its speaker as the voice where there are several."""
    shown = ""
    for cue in cues(timings):
        shown += f"\n{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n"
        shown += _voice(timings.speakers[cue.segment]) if timings.speakers else ""
        shown += "".join(f"{_escaped(line)}\n" for line in cue.lines)
    return f"WEBVTT\n{shown}"


def to_textgrid(timings: Timings) -> str:
    """Praat: three tiers, segments, words and phones, without gaps; three for each speaker, and more where one overlaps
    itself.
    """
    tiers: list[tuple[str, Sequence[Mark]]] = []
    for name, places in _lanes(timings).items():
        own = set(places)
        words = {place: word for place, word in enumerate(timings.words) if word.segment in own}
        rows: dict[str, list[Mark]] = {
            "segments": [timings.segments[place] for place in places],
            "words": list(words.values()),
            "phones": [phone for phone in timings.phones if phone.word in words],
        }
        for kind, own_marks in rows.items():
            tiers.append((f"{name} {kind}".strip(), sorted(own_marks, key=lambda mark: mark.start)))
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', ""]
    lines += ["xmin = 0", f"xmax = {timings.seconds:.6f}", "tiers? <exists>", f"size = {len(tiers)}", "item []:"]
    for number, (name, marks) in enumerate(tiers, 1):
        intervals = _without_gaps(marks, timings.seconds)
        lines += [f"    item [{number}]:", '        class = "IntervalTier"', f'        name = "{name}"']
        lines += ["        xmin = 0", f"        xmax = {timings.seconds:.6f}"]
        lines += [f"        intervals: size = {len(intervals)}"]
        for place, (start, end, text) in enumerate(intervals, 1):
            quoted = text.replace('"', '""')
            lines += [f"        intervals [{place}]:", f"            xmin = {start:.6f}"]
            lines += [f"            xmax = {end:.6f}", f'            text = "{quoted}"']
    return "\n".join(lines) + "\n"


WRITERS: Final[dict[str, Callable[[Timings], str]]] = {
    ".json": to_json,
    ".srt": to_srt,
    ".vtt": to_vtt,
    ".textgrid": to_textgrid,
}


def _clock(seconds: float, point: str) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{point}{thousandths:03d}"


def _one_line(text: str) -> str:
    # An empty line would end the cue.
    return " ".join(text.split())


def _voice(name: str) -> str:
    return f"<v {_escaped(_one_line(name))}>" if name else ""


def _lanes(timings: Timings) -> dict[str, list[int]]:
    """Places of segments that do not overlap, by the speaker's name, with a number where he needs several lanes."""
    lanes: dict[str, list[int]] = {}
    names = timings.speakers or ("",) * len(timings.segments)
    for place in sorted(range(len(timings.segments)), key=lambda place: timings.segments[place].start):
        number, lane = 1, names[place]
        while lane in lanes and timings.segments[lanes[lane][-1]].end > timings.segments[place].start:
            number += 1
            lane = f"{names[place]} {number}".strip()
        lanes.setdefault(lane, []).append(place)
    return lanes or {"": []}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _without_gaps(marks: Sequence[Mark], seconds: float) -> list[tuple[float, float, str]]:
    intervals: list[tuple[float, float, str]] = []
    reached = 0.0
    for mark in marks:
        if mark.start > reached:
            intervals.append((reached, mark.start, ""))
        if mark.end > mark.start:
            intervals.append((mark.start, mark.end, _one_line(mark.text)))
            reached = mark.end
    if reached < seconds:
        intervals.append((reached, seconds, ""))
    return intervals
