"""English homographs that differ in meaning, and the words around that tell which is meant."""

from collections.abc import Callable
from typing import Final

from tts.text.en_context import ADJECTIVES, BE, DETERMINERS, ENDS, HE, MODALS, OBJECTS, SUBJECTS, Context, starts_object

_SMALL_THINGS: Final = frozenset(
    "detail details difference differences amount amounts change changes particle particles trace traces "
    "quantity quantities fragment fragments variation variations dose doses crystals scale organism organisms "
    "creature creatures proportion fraction percentage insects droplets holes cracks pieces".split()
)


def _minute(at: Context) -> str | None:
    if at.after() in _SMALL_THINGS or at.before() in ("so", "very", "too", "extremely", "almost", "incredibly"):
        return "small"
    return "small" if at.before() in BE and at.after() in ("", "and", "but", "compared") else None


def _content(at: Context) -> str | None:
    if at.after() in ("with", "to") and at.before() not in DETERMINERS | {"of", "online", "digital"}:
        return "glad"
    return (
        "glad"
        if at.before()
        in BE | frozenset("feel feels felt seem seems seemed quite perfectly remain remained looked".split())
        else None
    )


_FAMILY: Final = frozenset(
    "mother father wife husband brother sister son daughter aunt uncle parent child chair".split()
)


def _invalid(at: Context) -> str | None:
    if at.after() in _FAMILY:
        return "person"
    return (
        "person"
        if at.before() in ("an", "elderly", "old", "chronic") and at.after() in ("", "who", "for", "since", "all")
        else None
    )


def _dove(at: Context) -> str | None:
    dived = at.after() in frozenset(
        "into in under underwater deep down off for through head headfirst back straight right".split()
    )
    return "dive" if dived and at.before() not in DETERMINERS | {"white", "turtle", "mourning"} else None


def _sow(at: Context) -> str | None:
    return "pig" if at.before() in frozenset("the a an old pregnant fat mother each wild that".split()) else None


_FISHING: Final = frozenset(
    "fish fishing caught catch lake river sea grilled ate eat cook cooked pond striped largemouth smallmouth "
    "fillet fried".split()
)
_MUSICAL: Final = frozenset(
    "player players guitar guitars drum drums line lines clef note notes voice singer solo track".split()
)


def _bass(at: Context) -> str | None:
    return "fish" if at.any_around(_FISHING) and at.after() not in _MUSICAL else None


def _wound(at: Context) -> str | None:
    if at.after() in frozenset("up around down its through tightly back round onto".split()):
        return "turned"
    held = at.before() not in DETERMINERS | ADJECTIVES | MODALS | SUBJECTS - {"i", "you", "we", "they"} | {
        "to",
        "head",
        "gunshot",
        "stab",
    }
    return "turned" if held and at.before() and at.after() in ("the", "a", "her", "his", "my") else None


def _row(at: Context) -> str | None:
    angry = at.before() in frozenset(
        "terrible huge bitter furious flaming blazing big diplomatic political public heated".split()
    )
    return (
        "fight"
        if (angry and at.before() != "big")
        or at.after() in ("over", "about", "erupted", "broke")
        or (at.after() == "with" and at.before() in ("a", "the"))
        else None
    )


def _does(at: Context) -> str | None:
    deer = at.before() in frozenset("the two three four five six several some these pregnant female of".split())
    return "deer" if deer and at.after() in frozenset("and were are with in have ran or".split()) | ENDS else None


def _polish(at: Context) -> str | None:
    if not at.written[:1].isupper() or at.written.isupper():
        return None
    return None if at.place == 0 and at.after() in ("the", "your", "a", "it", "my", "until", "with") else "nation"


def _resume(at: Context) -> str | None:
    paper = at.before() in frozenset(
        "a my your his her their our the this updated impressive".split()
    ) or at.after() in ("builder", "template")
    return "paper" if paper else None


def _sewer(at: Context) -> str | None:
    return "person" if at.any_around(frozenset("needle fabric stitch sewing".split())) else None


def _moped(at: Context) -> str | None:
    sulked = at.before() in HE | {"i", "they", "we"} or at.after() in ("around", "about", "over")
    return "sulked" if sulked else None


def _learned(at: Context) -> str | None:
    people = frozenset(
        "colleague colleagues friend man men woman judge society societies professor scholar scholars journal "
        "counsel".split()
    )
    return "adjective" if at.before() in DETERMINERS | {"very"} and at.after() in people else None


def _blessed(at: Context) -> str | None:
    things = frozenset("virgin mother sacrament lord trinity event day thing relief moment one sacrament are".split())
    return "adjective" if at.after() in things and at.before() in DETERMINERS | {"", "this", "of", "most"} else None


def _aged(at: Context) -> str | None:
    people = (
        frozenset("mother father parents man woman couple people relatives aunt uncle care face hands".split()) | ENDS
    )
    return "old" if at.before() in DETERMINERS and at.after() in people else None


def _used(at: Context) -> str | None:
    if at.after() != "to":
        return None
    passive = (
        at.before() in ("is", "are", "be", "being")
        and at.after(2) not in OBJECTS | DETERMINERS
        and not at.after(2).endswith("ing")
    )
    return None if passive else "habit"


def _sake(at: Context) -> str | None:
    return "drink" if at.any_around(frozenset("drink drank sushi japanese cup bottle warm hot "
    "brewery".split())) and at.before() not in (
        "the", "for"
    ) else None  # fmt: skip


def _buffet(at: Context) -> str | None:
    return "blow" if at.before() in ("winds", "waves", "to") or at.before() == "warren" else None


def _august(at: Context) -> str | None:
    return "grand" if at.written == "august" and at.before() in ("an", "most", "this", "so") else None


def _reading(at: Context) -> str | None:
    return (
        "town"
        if at.written == "Reading" and at.before() in ("in", "to", "from", "near", "at") and at.place > 0
        else None
    )


def _nice(at: Context) -> str | None:
    return "town" if at.written == "Nice" and at.before() in ("in", "to", "from", "near") else None


def _putting(at: Context) -> str | None:
    return "golf" if at.after() in ("green", "greens") or at.any_around(frozenset({"golf", "golfer"})) else None


def _axes(at: Context) -> str | None:
    return (
        "axis"
        if at.before() in ("y", "x", "z", "coordinate", "vertical")
        or at.any_around(frozenset("coordinate graph chart plot".split()))
        else None
    )


def _mouth(at: Context) -> str | None:
    return "verb" if at.before() in MODALS | {"to"} and starts_object(at.after()) else None


#: Word -> the name of its reading in `en_homograph_list.SINGLE`, or None for the first.
RULES_OF_MEANING: Final[dict[str, Callable[[Context], str | None]]] = {
    "minute": _minute, "content": _content, "invalid": _invalid, "dove": _dove, "sow": _sow, "bass": _bass,
    "wound": _wound, "row": _row, "does": _does, "polish": _polish, "resume": _resume, "sewer": _sewer,
    "moped": _moped, "learned": _learned, "blessed": _blessed, "aged": _aged, "used": _used, "sake": _sake,
    "buffet": _buffet, "august": _august, "reading": _reading, "nice": _nice, "putting": _putting, "axes": _axes,
    "mouth": _mouth,
}  # fmt: skip
