"""What decides each English homograph that is no mere pair of noun and verb."""

from collections.abc import Callable
from typing import Final

from tts.text.en_context import (
    ADJECTIVES,
    ADVERBS,
    BE,
    DETERMINERS,
    HE,
    MODALS,
    PREPOSITIONS,
    SUBJECTS,
    Context,
    is_adverb,
    is_plural,
    is_verb,
    starts_object,
)
from tts.text.en_homograph_meanings import RULES_OF_MEANING

_HAVE: Final = frozenset(
    "have has had having i've you've we've they've he'd she'd i'd we'd they'd haven't hasn't hadn't be been "
    "being was were got gets".split()
)
_PAST_TIMES: Final = frozenset("yesterday ago earlier once twice previously".split())
_PAST_VERBS: Final = frozenset(
    "was were had did said went came saw took sat got gave found told thought knew left made met wrote stood "
    "heard ran began kept put picked opened looked turned cried laughed bought sent held brought spoke smiled "
    "wept slept woke".split()
)


def _read(at: Context) -> str | None:
    before = at.before()
    if before in ("to", "please", "let's", "not") or before in MODALS - {"i'd", "he'd", "she'd", "we'd", "they'd"}:
        return "present"
    if before in DETERMINERS | {"good", "great", "quick", "interesting", "long"}:
        return "present"
    helper = next((at.before(step) for step in range(2, 5) if at.before(step) in MODALS), "")
    if at.any_before(_HAVE, 3) and not (helper and helper not in ("i'd", "he'd", "she'd", "we'd", "they'd")):
        return "past"
    if helper:
        return "present"
    around = set(at.words)
    if (
        around & _PAST_TIMES
        or _last_time(at)
        or around & _PAST_VERBS
        or any(word.endswith("ed") and len(word) > 4 for word in at.words[: at.place])
    ):
        return "past"
    if (
        before in HE
        or (before in ("just", "already", "never") and at.before(2) in HE)
        or (before in ("just", "already") and at.before(2) in ("i", "they", "we", "you"))
    ):
        return "past"
    singular = (
        before
        and not is_plural(before)
        and before not in (SUBJECTS | PREPOSITIONS | ADVERBS | {"and", "or", "but", "that", "if", "when"})
        and not is_adverb(before)
    )
    return (
        "past"
        if singular and at.before(2) in (DETERMINERS | {""}) and at.place > 0 and starts_object(at.after())
        else None
    )


def _last_time(at: Context) -> bool:
    times = frozenset(
        "night week month year summer winter spring time monday tuesday wednesday thursday friday saturday "
        "sunday".split()
    )
    return any(first == "last" and second in times for first, second in zip(at.words, at.words[1:], strict=False))


_LEADEN: Final = frozenset(
    "poisoning pipe pipes paint pencil pencils acid bullet bullets shot weight weights ore mine mines free "
    "based battery levels".split()
)
_METALS: Final = frozenset("mercury zinc copper tin iron arsenic cadmium silver gold nickel aluminum".split())


def _lead(at: Context) -> str | None:
    if at.after() in _LEADEN or (at.any_around(_METALS) and at.before() not in MODALS | {"to", "the", "a"}):
        return "metal"
    if at.before() in (
        "of",
        "contain",
        "contains",
        "contained",
        "containing",
        "no",
        "molten",
        "heavy",
        "with",
        "liquid",
    ):
        return "metal" if at.after() not in ("in", "the", "over", "singer", "guitar", "actor", "role", "time") else None
    return None


_LIVE_THINGS: Final = frozenset(
    "music show shows concert concerts band bands performance performances broadcast broadcasts stream "
    "streams streaming tv television event events audience album recording coverage wire wires animal animals "
    "bait action chat update updates demo feed video support game games match matches ammunition birth births "
    "data version report reports entertainment sports score scores session theater interview debate "
    "commentary webcam camera cam photo fire rounds lobster poultry cattle tour".split()
)
_SHOWN: Final = frozenset(
    "broadcast go goes going went gone stream streamed streaming perform performed performing air aired shown "
    "showing watch watched play played sing sang report reported reporting it's coming come comes recorded "
    "carried".split()
)


def _live(at: Context) -> str | None:
    before, after = at.before(), at.after()
    if before in MODALS | SUBJECTS | {"to", "who", "that", "not", "still"} or (is_adverb(before) and before != "now"):
        return "verb"
    if (
        after in _LIVE_THINGS
        or before in _SHOWN
        or before in BE
        or before in ("a", "the", "an", "our", "this", "recorded")
    ):
        return "adjective"
    if after in ("on", "from", "at", "online", "via", "") and at.any_before(_SHOWN, 4):
        return "adjective"
    return None


def _lives(at: Context) -> str | None:
    before, after = at.before(), at.after()
    if before in HE | {"that"} or (is_adverb(before) and at.before(2) in HE):
        return "verb"
    place = after in ("in", "on", "with", "near", "at", "here", "there", "alone", "by", "next", "under", "a", "just")
    named = before not in DETERMINERS | ADJECTIVES | PREPOSITIONS | {
        "",
        "and",
        "or",
        "save",
        "saved",
        "saves",
        "human",
        "their",
    }
    return (
        "verb"
        if place and named and not before.isdigit() and not before.endswith("ing") and before not in _NUMBERS
        else None
    )


_NUMBERS: Final = frozenset("two three four five six seven eight nine ten hundred thousand many".split())


def _wind(at: Context) -> str | None:
    if at.after() in ("up", "down", "through", "around", "back", "along", "its", "the") and (
        is_verb(at) or at.before() in ("and", "")
    ):
        return "turn"
    return "turn" if is_verb(at) and at.before() not in ("not", "does") else None


def _winds(at: Context) -> str | None:
    turning = at.after() in ("through", "its", "along", "around", "up", "down", "between", "past")
    return "turn" if turning and at.before() not in DETERMINERS | ADJECTIVES | {"", "strong", "trade", "of"} else None


_TORN: Final = frozenset("off down up apart open through it them away out".split())


def _tear(at: Context) -> str | None:
    if at.after() in ("gas", "duct", "ducts", "drop", "drops", "stained", "filled", "jerker"):
        return "eye"
    if at.after() in _TORN or is_verb(at) or at.before(2) == "wear":
        return "rip"
    return "rip" if at.after() in ("in", "along") and at.after(3) not in ("eye", "eyes") else None


def _tears(at: Context) -> str | None:
    if at.before() in HE or at.after() in _TORN - {"down"}:
        return "rip"
    return (
        "rip"
        if at.after() in ("the", "a", "down")
        and at.before() not in DETERMINERS | PREPOSITIONS | {"", "and"}
        and at.after(2) not in ("her", "his", "my", "their", "your")
        else None
    )


def _bow(at: Context) -> str | None:
    if at.after() in ("tie", "ties", "and", "hunting", "string"):
        return "bend" if at.after() == "and" and at.after(2) in ("scrape", "left", "leave") else "arrow"
    if at.before() in ("a", "final", "deep", "last", "low", "slight") and at.any_before(
        frozenset("take took takes taking taken made make".split()), 3
    ):
        return "bend"
    if at.after() in (
        "to",
        "down",
        "before",
        "out",
        "their",
        "his",
        "her",
        "your",
        "our",
        "low",
        "head",
    ) and at.before() not in ("a", "the", "in"):
        return "bend"
    if at.any_around(frozenset("ship boat ship's boat's deck stern yacht vessel hull".split())):
        return "bend"
    return "bend" if is_verb(at) else None


def _is_closing(at: Context) -> bool:
    """Whether `close` is the verb, or the end of something."""
    before, after = at.before(), at.after()
    if after in frozenset(
        "to friend friends by call enough together relatives ties relationship range proximity look attention "
        "contact second up".split()
    ):
        return before in MODALS | {"to"} and after == "up"
    if after == "of" or (before == "market" and after in ("", "on", "in")):
        return True
    if before in BE | frozenset(
        "so very too come came get gets got stay stayed keep kept hold held stand stood sit sat how as more "
        "pretty".split()
    ):
        return False
    if not before:
        return starts_object(after)
    if is_plural(before):
        return True
    return is_verb(at)


def _is_refusing(at: Context) -> bool:
    return is_verb(at) or at.after() == "to"


def _is_perfecting(at: Context) -> bool:
    return is_verb(at) and starts_object(at.after())


PAIR_RULES: Final[dict[str, Callable[[Context], bool]]] = {
    "close": _is_closing, "perfect": _is_perfecting, "frequent": _is_perfecting, "absent": _is_perfecting,
    "refuse": _is_refusing,
}  # fmt: skip
RULES: Final[dict[str, Callable[[Context], str | None]]] = {
    **RULES_OF_MEANING,
    "read": _read, "lead": _lead, "live": _live, "lives": _lives, "wind": _wind, "winds": _winds, "tear": _tear,
    "tears": _tears,
    "bow": _bow, "bows": _bow, }  # fmt: skip
