"""The words around an English word, and whether it stands where a verb stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MODALS: Final = frozenset(
    "will would can could should must may might shall do does did don't doesn't didn't won't can't cannot "
    "couldn't wouldn't shouldn't mustn't let's gonna wanna i'll you'll he'll she'll we'll they'll it'll i'd "
    "you'd he'd she'd we'd they'd who'll".split()
)
SUBJECTS: Final = frozenset("i you we they who people police everyone children men women folks".split())
HE: Final = frozenset("he she it who which everyone everybody nobody somebody one".split())
OBJECTS: Final = frozenset("me him them us it you himself herself themselves itself myself".split())
DETERMINERS: Final = frozenset(
    "the a an my your his her its our their this that these those some any every each another no all both "
    "many much whose what which more less most several few enough either neither".split()
)
PREPOSITIONS: Final = frozenset(
    "of in on at for with from by into about against between under over without within through during after "
    "before since upon per via as like than towards toward among across".split()
)
BE: Final = frozenset(
    "is are was were be been being am i'm you're he's she's it's we're they're isn't aren't wasn't weren't".split()
)
ADJECTIVES: Final = frozenset(
    "new old good great first last next good bad big small long short high low own same other certain major "
    "main strong clear rough main annual public private personal local national foreign medical military "
    "criminal world free perfect special direct final sharp steady slight huge very only real fair total net "
    "gross further pay price drug human fresh raw online digital bank tax court police official sales sports "
    "news data".split()
)
ADVERBS: Final = frozenset(
    "not never always often usually sometimes also just still even really simply only please now then to "
    "already ever rarely seldom hardly soon later".split()
)
#: "to" after these is no infinitive's.
TO_AFTER: Final = frozenset(
    "due according access thanks similar compared next close prior response relation related subject added "
    "add adds belongs contribute contributed return reference regard link linked".split()
)
ENDS: Final = frozenset({""})


@dataclass(frozen=True, slots=True)
class Context:
    """A word of a phrase, all in small letters, with what stands around it."""

    words: Sequence[str]
    place: int
    written: str

    def before(self, steps: int = 1) -> str:
        return self.words[self.place - steps] if self.place >= steps else ""

    def after(self, steps: int = 1) -> str:
        return self.words[self.place + steps] if self.place + steps < len(self.words) else ""

    def any_before(self, words: frozenset[str], steps: int) -> bool:
        return any(self.before(step) in words for step in range(1, steps + 1))

    def any_around(self, words: frozenset[str]) -> bool:
        return not words.isdisjoint(self.words)


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s"))
        and word
        not in (
            DETERMINERS
            | PREPOSITIONS
            | ADVERBS
            | ADJECTIVES
            | BE
            | MODALS
            | {"has", "always", "perhaps", "does", "goes"}
        )
    )


def is_adverb(word: str) -> bool:
    return word in ADVERBS or (
        len(word) > 4 and word.endswith("ly") and word not in ("only", "early", "daily", "family", "friendly")
    )


def starts_object(word: str) -> bool:
    """Whether what follows can be what a verb acts on."""
    return word in OBJECTS or (word in DETERMINERS and word not in ("what", "which", "enough"))


def is_verb(context: Context) -> bool:
    """Whether a word stands where a verb stands (its bare form)."""
    before, after = context.before(), context.after()
    if before == "to":
        return context.before(2) not in TO_AFTER or starts_object(after)
    if before in MODALS or before in ("please", "helps", "helped", "help"):
        return True
    if before == "not":
        return context.before(2) not in BE
    if before in ("anyone", "everyone", "anybody", "everybody") and context.any_before(MODALS, 3):
        return True
    if before in SUBJECTS:
        return not (before in ("police", "people", "children") and after in BE)
    if is_adverb(before):
        ahead = context.before(2)
        if ahead in MODALS | SUBJECTS | {"to", ""} or is_plural(ahead):
            return True
        return (
            ahead not in BE | DETERMINERS
            and before not in ("only", "very", "just", "even", "now")
            and starts_object(after)
        )
    if before in DETERMINERS or before in PREPOSITIONS or before in BE or before.endswith("'s") or before in ADJECTIVES:
        return before == "that" and starts_object(after)
    if not before:
        return starts_object(after)
    if before in ("and", "or", "but"):
        return starts_object(after)
    if is_plural(before) and before not in ("sports", "sales", "news", "savings", "goods", "rights"):
        return after not in BE | {"has", "had", "have", "of", "and"} and context.before(2) not in MODALS | {"a", "an"}
    if before in ("year's", "day's"):
        return False
    return before in ("him", "her", "them", "us", "me") and context.before(2) in (
        "let",
        "make",
        "made",
        "help",
        "have",
        "watch",
        "see",
        "saw",
    )


def is_third_person(context: Context) -> bool:
    """Whether a form in -s stands where a verb stands."""
    before, after = context.before(), context.after()
    if before in HE or (before == "that" and not is_plural(before)):
        return True
    if is_adverb(before) and context.before(2) in HE:
        return True
    if before in DETERMINERS | PREPOSITIONS | BE | {"", "and", "or", "to"} or before.endswith("'s"):
        return False
    if before in ADJECTIVES and context.before(2) not in DETERMINERS:
        return False
    return starts_object(after) or (after in ("to", "that", "with") and context.before(2) in DETERMINERS)
