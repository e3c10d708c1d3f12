"""HTML of a text as it will be said: every word with its language and sounds, pauses, and polyphones to choose of."""

from collections.abc import Mapping
from html import escape
from typing import Final
from unicodedata import category

from studio import sounds, spoken
from studio.places import Places
from studio.terms import Term, term_around
from studio.words import LANGUAGE_TAGS, say
from tts.sentences import Language
from tts.text.phones import PAUSES
from tts.text.reading import Choice, Reading, Segment, Token, Word

#: A reading less sure than this stands out.
UNSURE: Final = 0.8
#: Longer texts are shown to here: nobody checks more at once, and the page stays quick.
MOST_SEGMENTS: Final = 40
#: How long a pause is, as one of three widths.
_WEIGHT: Final = {
    "pause": 2, "list": 1, "comma": 1, "semicolon": 2, "colon": 2, "ellipsis": 3, "stop": 3, "question": 3,
    "exclaim": 3,
}  # fmt: skip
#: Kinds of marks that stay with the word after them; all others stay with the one before.
_OPENING: Final = frozenset({"Ps", "Pi"})
#: Keeps a silent mark at the height of the words.
_NO_PAUSE: Final = '<span class="yn-pause"></span>'
_TAGS: Final = {"zh": LANGUAGE_TAGS["zh"], "en": "en", "ja": "ja", "ko": "ko"}


def said(text: str, reading: Reading, language: Language) -> str:
    """`reading` is that of `text`; the words around it are in `language`."""
    places = Places(text, reading)
    shown = reading.segments[:MOST_SEGMENTS]
    rows = "".join(_segment(segment, number, places, language) for number, segment in enumerate(shown))
    more = len(reading.segments) - len(shown)
    rest = f'<p class="yn-hint">{escape(say(language, "preview.more", more=more))}</p>' if more else ""
    choose = f'<p class="yn-hint">{say(language, "preview.choose")}</p>' if any(row.choices for row in shown) else ""
    return f'{_left_out(reading, language)}{choose}<ol class="yn-segments">{rows}</ol>{rest}'


def facts(reading: Reading, language: Language) -> str:
    """One line: how many segments and syllables, in which language, and how many readings are unsure."""
    unsure = sum(choice.sureness < UNSURE for segment in reading.segments for choice in segment.choices)
    values = (
        (say(language, "preview.segments"), str(len(reading.segments))),
        (say(language, "preview.syllables"), str(sum(map(sounds.syllables, reading.segments)))),
        (say(language, "result.language"), say(language, f"language.{reading.language}")),
    )
    line = "".join(f"<span>{escape(name)} <b>{escape(value)}</b></span>" for name, value in values)
    warning = f'<span class="yn-unsure-count">{say(language, "preview.unsure")} <b>{unsure}</b></span>'
    return line + (warning if unsure else "")


def _left_out(reading: Reading, language: Language) -> str:
    if not reading.unsayable:
        return ""
    listed = " ".join(f"<code>{escape(piece)}</code>" for piece in reading.unsayable)
    return f'<p class="yn-note">{escape(say(language, "preview.left_out"))} {listed}</p>'


def _segment(segment: Segment, number: int, places: Places, language: Language) -> str:
    choices = {(choice.word, choice.place): (choice, term_around(segment, choice)) for choice in segment.choices}
    tokens = sounds.said_tokens(segment)
    pauses = _pauses(segment, language)
    units: list[str] = []
    opening, spoken_in = _mark("", pauses.get(-1, "")), ""
    for place, word in enumerate(segment.words):
        pause = pauses.get(place, "")
        if word.phones:
            changed, spoken_in = word.language != spoken_in, word.language or ""
            said_word = _word(word, place, number, tokens.get(place, ()), choices, places, changed, language)
            units.append(opening + said_word + _mark("", pause))
            opening = ""
        elif units and category(word.text[0]) not in _OPENING:
            units[-1] += _mark(word.text, pause)
        else:
            opening += _mark(word.text, pause)
    rows = "".join(f'<span class="yn-unit">{unit}</span>' for unit in (*units, opening) if unit)
    count = say(language, "preview.count", count=sounds.syllables(segment))
    return (
        f'<li><p class="yn-segment-text"><b>{number + 1}</b><span>{escape(segment.text)}</span>'
        f'<em>{escape(count)}</em></p><div class="yn-words">{rows}</div></li>'
    )


def _pauses(segment: Segment, language: Language) -> Mapping[int, str]:
    """The pauses after each word, by its index; -1 for that at the start."""
    found: dict[int, str] = {}
    for token in segment.tokens:
        if token.phone in PAUSES and (token.phone != "edge" or token.seconds):
            found[token.word] = found.get(token.word, "") + _pause(token, language)
    return found


def _pause(token: Token, language: Language) -> str:
    name = say(language, f"pause.{'pause' if token.phone == 'edge' else token.phone}")
    length = f"{token.seconds:g} {say(language, 'unit.seconds')}" if token.seconds else ""
    label = escape(f"{name} {length}".strip())
    weight = _WEIGHT.get(token.phone, 2)
    inside = f"<small>{escape(length)}</small>" if length else ""
    return (
        f'<span class="yn-pause" role="img" aria-label="{label}" title="{label}">'
        f'<i style="width:{4 + 5 * weight}px"></i>{inside}</span>'
    )


def _mark(text: str, pause: str) -> str:
    """A mark over its pause; a written pause has no mark."""
    if not text and not pause:
        return ""
    face = f'<span class="yn-face">{escape(text)}</span>' if text else ""
    return f'<span class="yn-said-mark">{face}{pause or _NO_PAUSE}</span>'


def _word(
    word: Word,
    place: int,
    segment: int,
    tokens: tuple[Token, ...],
    choices: Mapping[tuple[int, int], tuple[Choice, Term]],
    places: Places,
    changed: bool,
    language: Language,
) -> str:
    kind = word.language or "en"
    signs = list(word.text)
    pinyin = spoken.pinyin_of(word)
    if pinyin:
        signs = [_ruby(sign, sound) for sign, sound in zip(signs, pinyin, strict=True)]
    else:
        signs = [escape(sign) for sign in signs]
    for index in range(len(word.text)):
        if found := choices.get((place, index)):
            at = places.of((segment, place, index))
            signs[index] = _choice(*found, signs[index], f"yn-choice-{segment}-{place}-{index}", at, language)
    name = escape(say(language, f"language.{kind}"))
    tag = f'<abbr title="{name}">{kind}</abbr>' if changed else ""
    return (
        f'<span class="yn-said-word yn-{kind}" lang="{_TAGS[kind]}" title="{name}">'
        f'<span class="yn-face">{"".join(signs)}</span>'
        f'<span class="yn-sound">{tag}<span>{_sound(word, tokens)}</span></span></span>'
    )


def _ruby(sign: str, sound: str) -> str:
    return f"<ruby>{escape(sign)}<rt>{escape(sound)}</rt></ruby>"


def _sound(word: Word, tokens: tuple[Token, ...]) -> str:
    if word.language == "ko":
        return escape(sounds.hangul(word, tokens))
    if word.language != "ja":
        return escape(" ".join(word.phones))
    beats = sounds.beats(word)
    parts = []
    for beat, after in zip(beats, (*beats[1:], None), strict=True):
        falls = beat.high and after is not None and not after.high
        classes = " ".join(
            name for name, holds in (("yn-high", beat.high), ("yn-falls", falls), ("yn-whispered", beat.whispered))
            if holds
        )  # fmt: skip
        parts.append(f'<i class="{classes}">{escape(beat.kana)}</i>' if classes else escape(beat.kana))
    return "".join(parts)


def _choice(choice: Choice, term: Term, face: str, name: str, at: int | None, language: Language) -> str:
    """A character whose reading was decided, and the panel of its other readings, which its button opens."""
    percent = min(99, int(choice.sureness * 100)) if choice.sureness < 1 else 100
    unsure = choice.sureness < UNSURE
    reading = spoken.toned(choice.reading)
    sure = escape(say(language, "choice.unsure" if unsure else "choice.sure", percent=percent))
    label = escape(say(language, "choice.label", character=choice.character, reading=reading, percent=percent))
    others = "".join(_other(choice, other, at, language) for other in choice.others)
    note = f'<span class="yn-popover-note">{say(language, "choice.copy")}</span>' if at is None else ""
    return (
        f'<button type="button" class="yn-choice{" yn-unsure" if unsure else ""}" popovertarget="{name}" '
        f'aria-label="{label}">{face}</button>'
        f'<span id="{name}" popover class="yn-popover" role="dialog" aria-label="{label}">'
        f'<span class="yn-popover-head"><b>{escape(choice.character)}</b> <b>{escape(reading)}</b>'
        f"<em>{sure}</em></span>"
        f'<span class="yn-meter"><i style="width:{percent}%"></i></span>'
        f'<span class="yn-popover-note">{say(language, "choice.others")}</span>{others}{note}'
        f"{_everywhere(choice, term, language)}</span>"
    )


def _other(choice: Choice, reading: str, at: int | None, language: Language) -> str:
    """A button that writes the reading into the text, or, where its place is not known, takes it to be pasted."""
    override = escape(f"[{choice.character}]{{{reading}}}")
    where = "" if at is None else f' data-at="{at}"'
    return (
        f'<button type="button" class="yn-other" data-override="{override}"{where}>'
        f"<b>{escape(spoken.toned(reading))}</b><code>{override}</code></button>"
    )


def _everywhere(choice: Choice, term: Term, language: Language) -> str:
    """A button for each reading that puts it, as that of the term, into the browser's own glossary, after a look."""
    label, hint = say(language, "terms.everywhere"), escape(say(language, "terms.everywhere_hint", term=term.text))
    buttons = "".join(
        f'<button type="button" class="yn-everywhere" data-term="{escape(term.text)}" '
        f'data-reading="{escape(term.read_as(reading))}" title="{hint}" '
        f'aria-label="{label} {escape(spoken.toned(reading))}">{escape(spoken.toned(reading))}</button>'
        for reading in (choice.reading, *choice.others)
    )
    return f'<span class="yn-popover-note yn-readings">{label} {buttons}</span>'
