"""What of speed, time and manner holds, measured on speech of the bundle: `python -m benchmarks.timing [PART …]`.

Parts: speed, syllables, duration, ends, pauses, variation, timings, spans, remake; all of them if none is named. Three
example voices say sentences in Mandarin, English and Japanese; all six say what `syllables` and `ends` measure. What is
heard is told by energy: windows of 10 ms that are less than 40 dB below the loud ones. `docs/time.md` says what the
figures mean.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.timed_texts import ENDS, LONG, PAUSED, SPANNED, SYLLABLES, TEXTS
from tts.audio.pitch import track
from tts.audio.read import Limits, read_clip
from tts.audio.spec import AudioSpec
from tts.settings import load_settings
from tts.speech import Speech, SynthesisRequest
from tts.synthesizer import Synthesizer
from tts.voice import Voice

VOICES: Final = ("yanzhou", "hazel", "koharu")
MORE_VOICES: Final = ("qinglan", "rowan", "doyun")
_SPEC: Final = AudioSpec()
_HEARD_DB: Final = 40.0
_PLOSIVES: Final = frozenset("b d g p t k B D G P T K".split())


@dataclass(frozen=True)
class Studio:
    """The bundle, its voices, and the sentences that are said."""

    synthesizer: Synthesizer
    voices: dict[str, Voice]

    @classmethod
    def open(cls) -> Studio:
        synthesizer = Synthesizer.open(load_settings())
        folder = Path(__file__).resolve().parents[1] / "assets" / "voices"
        limits = Limits.of(synthesizer.settings)
        names = VOICES + MORE_VOICES
        clips = {name: read_clip(folder / f"{name}.flac", limits=limits) for name in names}
        return cls(synthesizer, {name: synthesizer.voice_from([clip]) for name, clip in clips.items()})

    def say(self, request: SynthesisRequest, **changes: Any) -> Speech:
        return self.synthesizer.synthesize(replace(request, **changes))

    def requests(
        self, texts: dict[str, tuple[str, ...]] = TEXTS, voices: tuple[str, ...] = VOICES
    ) -> Iterator[SynthesisRequest]:
        for name in voices:
            for language, lines in texts.items():
                for text in lines:
                    yield SynthesisRequest(text, self.voices[name], language=language, seed=1)


def measure_speed(studio: Studio) -> dict[str, Any]:
    """Pitch and lengths at half and twice the speed against those at speed 1."""
    told: dict[str, Any] = {}
    usual = [(request, studio.say(request)) for request in studio.requests()]
    for speed in (0.5, 2.0):
        medians, aligned, lengths, vowels, plosives = [], [], [], [], []
        for request, plain in usual:
            speech = studio.say(request, speed=speed)
            medians.append(_median_hz(speech) / _median_hz(plain) - 1)
            shift = np.array(_vowel_semitones(speech)) - np.array(_vowel_semitones(plain))
            aligned.append(2 ** (float(np.nanmedian(shift)) / 12) - 1)
            lengths.append(speech.seconds / plain.seconds)
            for before, after in zip(plain.phones, speech.phones, strict=True):
                factor = (after.end - after.start) / (before.end - before.start)
                if _is_vowel(before.text):
                    vowels.append(factor)
                elif before.text in _PLOSIVES:
                    plosives.append(factor)
        told[f"{speed:g}"] = {
            "median_pitch_change_percent": _spread(100 * np.array(medians)),
            "pitch_change_by_phone_percent": _spread(100 * np.array(aligned)),
            "length_factor": _spread(lengths),
            "vowels_factor": round(float(np.mean(vowels)), 2),
            "plosives_factor": round(float(np.mean(plosives)), 2),
        }
    return told


def measure_syllables(studio: Studio) -> dict[str, Any]:
    """Pitch of one or two syllables at other speeds against speed 1: at the same places, and the median of all."""
    told = {}
    usual = [(request, studio.say(request)) for request in studio.requests(SYLLABLES, VOICES + MORE_VOICES)]
    for speed in (0.5, 0.65, 1.4, 2.0):
        placed, medians = [], []
        for request, plain in usual:
            speech = studio.say(request, speed=speed)
            f0 = [track(one.wave, _SPEC).f0_hz for one in (plain, speech)]
            borders = [[one.phones[0].start, *(phone.end for phone in one.phones)] for one in (plain, speech)]
            places = np.interp((np.arange(len(f0[0])) + 0.5) / 100, *borders)
            there = f0[1][(100 * places).astype(int)]
            both = (f0[0] > 0) & (there > 0)
            if both.any():
                placed.append(100 * abs(float(np.median(there[both] / f0[0][both])) - 1))
                medians.append(100 * abs(_median_hz(speech) / _median_hz(plain) - 1))
        told[f"{speed:g}"] = {
            name: {"within_2_percent": round(float(np.mean(np.array(row) <= 2)), 2), **_spread(row)}
            for name, row in (("at_the_same_places", placed), ("median_of_what_is_voiced", medians))
        }
    return told


def measure_duration(studio: Studio) -> dict[str, Any]:
    """Random targets from half to twice the natural length: samples off, and where the speech ends before the end."""
    dice = np.random.default_rng(0)
    off, gaps = [], []
    for request in studio.requests():
        possible = studio.synthesizer.time_range(request)
        for seconds in dice.uniform(possible.least, possible.most, 2):
            speech = studio.say(request, duration=float(seconds))
            off.append(len(speech.wave) - int(seconds * speech.sample_rate + 0.5))
            gaps.append(1000 * (speech.seconds - _heard(speech)[-1]))
    return {"targets": len(off), "samples_off": _spread(off), "end_of_speech_ms": _spread(gaps)}


def measure_ends(studio: Studio) -> dict[str, Any]:
    """Where speech of an exact duration ends before the end of the file when its last sound is soft."""
    dice = np.random.default_rng(0)
    gaps: dict[float, list[float]] = {37.0: [], 45.0: []}
    for request in studio.requests(ENDS, VOICES + MORE_VOICES):
        possible = studio.synthesizer.time_range(request)
        for seconds in dice.uniform(possible.least, possible.most, 2):
            speech = studio.say(request, duration=float(seconds))
            for below, row in gaps.items():
                row.append(1000 * (speech.seconds - _heard(speech, below)[-1]))
    return {
        f"{below:g}_db_ms": {"over_60": int((np.array(row) > 60).sum()), "of": len(row), **_spread(row)}
        for below, row in gaps.items()
    }


def measure_pauses(studio: Studio) -> dict[str, Any]:
    """Written pauses as heard, at three speeds and a stretched duration, against what is written."""
    errors = []
    for request in studio.requests(PAUSED):
        written = float(request.text.split("[[")[1].split("s]]")[0])
        longer = studio.synthesizer.time_range(request)
        for changes in (
            {"speed": 0.5},
            {"speed": 1.0},
            {"speed": 2.0},
            {"duration": (longer.natural + longer.most) / 2},
        ):
            speech = studio.say(request, **changes)
            first, second = next((a, b) for a, b in pairwise(speech.words) if abs(b.start - a.end - written) < 0.006)
            heard, middle = _heard(speech), (first.end + second.start) / 2
            errors.append(1000 * (heard[heard > middle][0] - heard[heard < middle][-1] - written))
    return {"pauses": len(errors), "heard_minus_written_ms": _spread(errors)}


def measure_variation(studio: Studio) -> dict[str, Any]:
    """How far seeds are apart, by the setting: lengths of sentences and words, pitch of the same vowels."""
    told = {}
    for amount in (0.0, 0.25, 0.5, 1.0):
        lengths, words, pitches, shapes, same = [], [], [], [], True
        for request in list(studio.requests())[::4]:
            takes = [studio.say(request, seed=seed, variation=amount) for seed in range(5)]
            same &= all(np.array_equal(take.wave, takes[0].wave) for take in takes)
            lengths.append(np.std([np.log(take.seconds) for take in takes]))
            words += [
                np.std([np.log(take.words[at].end - take.words[at].start) for take in takes])
                for at in range(len(takes[0].words))
            ]
            if request.language == "zh":
                likeliest = _movements(studio.say(request, variation=0.0))
                shapes += [_correlation(likeliest, _movements(take)) for take in takes]
            pitches.append(float(np.nanmean(np.std([_vowel_semitones(take) for take in takes], axis=0))))
        told[f"{amount:g}"] = {
            "identical": same,
            "length_deviation_percent": round(100 * float(np.mean(lengths)), 2),
            "word_deviation_percent": round(100 * float(np.mean(words)), 2),
            "pitch_deviation_semitones": round(float(np.mean(pitches)), 2),
            "mandarin_tone_movement_correlation": round(float(np.mean(shapes)), 3),
        }
    return told


def measure_timings(studio: Studio) -> dict[str, Any]:
    """Energy inside words against inside pauses, and how far the sound starts from where a word is said to start."""
    inside, between, onsets = [], [], []
    for request in [*studio.requests(), *studio.requests(PAUSED)]:
        speech = studio.say(request)
        level, heard = _level(speech), _heard(speech)
        for word in speech.words:
            inside.append(level[int(word.start * 1000) : int(word.end * 1000)].max())
        for first, second in pairwise(speech.words):
            if second.start - first.end >= 0.08:
                between.append(np.median(level[int(first.end * 1000) : int(second.start * 1000)]))
                after = heard[heard > (first.end + second.start) / 2]
                onsets.append(1000 * (after[0] - second.start))
        onsets.append(1000 * (heard[0] - speech.words[0].start))
    return {
        "words": len(inside),
        "loudest_inside_words_db": _spread(inside),
        "middle_of_pauses_db": _spread(between),
        "sound_after_start_of_word_ms": _spread(onsets),
        "starts_within_30_ms": round(float((np.abs(onsets) <= 30).mean()), 3),
    }


def measure_spans(studio: Studio) -> dict[str, Any]:
    """Steps of the spectrum and of the pitch where a manner begins or ends, against the sentence without marks."""
    steps, turns, jumps = [], [], []
    for voice in map(studio.voices.__getitem__, VOICES):
        for language, text in SPANNED.items():
            speech = studio.say(SynthesisRequest(text, voice, language=language, seed=1))
            plain = studio.say(SynthesisRequest(_without_marks(text), voice, language=language, seed=1))
            step, usual = _steps(studio, speech), _steps(studio, plain)
            for place, same in zip(_borders(text, speech), _borders(text, plain), strict=True):
                turns.append(
                    float(step[max(place - 6, 0) : place + 6].max() / usual[max(same - 6, 0) : same + 6].max())
                )
                jumps.append(_jump(speech, place))
            steps.append(float(np.quantile(step, 0.95) / np.quantile(usual, 0.95)))
    return {
        "borders": len(turns),
        "largest_step_at_border_of_the_same_without_marks": _spread(turns),
        "steps_p95_of_usual_p95": _spread(steps),
        "pitch_step_at_border_semitones": _spread([jump for jump in jumps if not np.isnan(jump)]),
    }


def measure_remake(studio: Studio) -> dict[str, Any]:
    """A segment made again: whether all others stay to the sample, alone and from the same command line."""
    kept, alike, changed = [], [], []
    for voice in map(studio.voices.__getitem__, VOICES):
        for changes in ({}, {"duration": 9.0}, {"speed": 1.4}):
            request = SynthesisRequest(LONG, voice, seed=1, **changes)  # type: ignore[arg-type]
            first = studio.say(request)
            again = replace(request, segment_seeds={1: 77})
            whole, alone = studio.say(again), studio.synthesizer.remake(again, first)
            alike.append(np.array_equal(whole.wave, alone.wave))
            ours, theirs = (_pieces(speech) for speech in (first, whole))
            kept += [np.array_equal(ours[at], theirs[at]) for at in range(len(ours)) if at != 1]
            changed.append(not np.array_equal(ours[1], theirs[1]))
    return {"neighbours": len(kept), "kept": sum(kept), "remade": sum(changed), "alone_as_whole": sum(alike)}


PARTS: Final[dict[str, Callable[[Studio], dict[str, Any]]]] = {
    "speed": measure_speed,
    "syllables": measure_syllables,
    "duration": measure_duration,
    "ends": measure_ends,
    "pauses": measure_pauses,
    "variation": measure_variation,
    "timings": measure_timings,
    "spans": measure_spans,
    "remake": measure_remake,
}


def _level(speech: Speech) -> np.ndarray:
    """dB of 10 ms around each ms, against the loud parts."""
    width, step = speech.sample_rate // 100, speech.sample_rate // 1000
    power = np.convolve(speech.wave.astype(np.float64) ** 2, np.ones(width) / width, "same")[::step]
    return np.asarray(10 * np.log10(power / np.quantile(power, 0.95) + 1e-10))


def _heard(speech: Speech, below: float = _HEARD_DB) -> np.ndarray:
    """Seconds at which something is heard."""
    return np.flatnonzero(_level(speech) > -below) / 1000


def _pieces(speech: Speech) -> list[np.ndarray]:
    return np.split(speech.wave, np.cumsum([ends[-1] for ends in speech.pieces])[:-1])


def _median_hz(speech: Speech) -> float:
    return float(np.median(track(speech.wave, _SPEC).voiced))


def _vowel_semitones(speech: Speech) -> list[float]:
    """The pitch of each vowel, NaN where it has none."""
    f0 = track(speech.wave, _SPEC).f0_hz
    found = []
    for phone in speech.phones:
        if _is_vowel(phone.text):
            own = f0[round(phone.start * 100) : round(phone.end * 100)]
            own = own[own > 0]
            found.append(12 * float(np.log2(np.median(own))) if len(own) > 1 else float("nan"))
    return found


def _movements(speech: Speech) -> np.ndarray:
    """Semitones by which the pitch of each vowel rises, NaN where it has none."""
    f0 = track(speech.wave, _SPEC).f0_hz
    found = []
    for phone in speech.phones:
        own = f0[round(phone.start * 100) : round(phone.end * 100)]
        own = own[own > 0]
        if _is_vowel(phone.text):
            third = len(own) // 3
            rise = np.log2(np.median(own[-third:]) / np.median(own[:third])) if third else np.nan
            found.append(12 * float(rise))
    return np.array(found)


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    both = ~np.isnan(one) & ~np.isnan(other)
    return float(np.corrcoef(one[both], other[both])[0, 1])


def _is_vowel(text: str) -> bool:
    return text[-1:].isdigit() and text.rstrip("0123456789") not in ("cl", "N", "r")


def _steps(studio: Studio, speech: Speech) -> np.ndarray:
    """Mean distance of neighbouring mel frames, in dB."""
    mel = studio.synthesizer.bundle.log_mel(speech.wave)
    return np.asarray(np.abs(np.diff(mel, axis=1)).mean(0) * 20 / np.log(10))


def _jump(speech: Speech, place: int) -> float:
    """Semitones between the voiced frames nearest to a place on either side, if they are close."""
    f0 = track(speech.wave, _SPEC).f0_hz
    before, after = np.flatnonzero(f0[:place] > 0)[-1:], np.flatnonzero(f0[place:] > 0)[:1]
    if not len(before) or not len(after) or place - before[0] + after[0] > 4:
        return float("nan")
    return abs(12 * float(np.log2(f0[place + after[0]] / f0[before[0]])))


def _without_marks(text: str) -> str:
    return "".join(part.split("]]")[-1] for part in text.split("[["))


def _borders(text: str, speech: Speech) -> list[int]:
    """Frames at which the span of a text starts and ends."""
    before, span = text.split("[[")[0].replace(" ", ""), text.split("]]")[1].split("[[")[0].replace(" ", "")
    borders, length = [], 0
    for word in speech.words:
        if length in (len(before), len(before) + len(span)) and length:
            borders.append(round(word.start * 100))
        length += len(word.text)
    return borders


def _spread(values: Any) -> dict[str, float]:
    row = np.asarray(values, np.float64)
    return {
        "median": round(float(np.median(row)), 3),
        "least": round(float(row.min()), 3),
        "most": round(float(row.max()), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.timing", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    studio = Studio.open()
    told = {name: PARTS[name](studio) for name in options.parts or PARTS}
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
