"""English words that are spelled alike and said differently, and what the words beside them decide."""

from typing import Final

#: Word, its reading as a noun or adjective, and as a verb. The first of the two stands where nothing decides.
_NOUN_FIRST: Final = """
conduct | K AA1 N D AH0 K T | K AH0 N D AH1 K T
conflict | K AA1 N F L IH0 K T | K AH0 N F L IH1 K T
content | K AA1 N T EH0 N T | K AH0 N T EH1 N T
contest | K AA1 N T EH0 S T | K AH0 N T EH1 S T
contract | K AA1 N T R AE2 K T | K AH0 N T R AE1 K T
contrast | K AA1 N T R AE0 S T | K AH0 N T R AE1 S T
convert | K AA1 N V ER0 T | K AH0 N V ER1 T
convict | K AA1 N V IH0 K T | K AH0 N V IH1 K T
decrease | D IY1 K R IY2 S | D IH0 K R IY1 S
desert | D EH1 Z ER0 T | D IH0 Z ER1 T
export | EH1 K S P AO0 R T | IH0 K S P AO1 R T
import | IH1 M P AO2 R T | IH2 M P AO1 R T
increase | IH1 N K R IY2 S | IH2 N K R IY1 S
insult | IH1 N S AH2 L T | IH2 N S AH1 L T
object | AA1 B JH EH0 K T | AH0 B JH EH1 K T
permit | P ER1 M IH2 T | P ER0 M IH1 T
present | P R EH1 Z AH0 N T | P R IY0 Z EH1 N T
produce | P R OW1 D UW0 S | P R AH0 D UW1 S
progress | P R AA1 G R EH2 S | P R AH0 G R EH1 S
project | P R AA1 JH EH0 K T | P R AH0 JH EH1 K T
protest | P R OW1 T EH2 S T | P R AH0 T EH1 S T
rebel | R EH1 B AH0 L | R IH0 B EH1 L
record | R EH1 K ER0 D | R IH0 K AO1 R D
refund | R IY1 F AH2 N D | R IH0 F AH1 N D
subject | S AH1 B JH EH0 K T | S AH0 B JH EH1 K T
survey | S ER1 V EY2 | S ER0 V EY1
suspect | S AH1 S P EH2 K T | S AH0 S P EH1 K T
transfer | T R AE1 N S F ER0 | T R AE0 N S F ER1
transport | T R AE1 N S P AO0 R T | T R AE0 N S P AO1 R T
upset | AH1 P S EH2 T | AH0 P S EH1 T
use | Y UW1 S | Y UW1 Z
excuse | IH0 K S K Y UW1 S | IH0 K S K Y UW1 Z
abuse | AH0 B Y UW1 S | AH0 B Y UW1 Z
house | HH AW1 S | HH AW1 Z
close | K L OW1 S | K L OW1 Z
lead | L EH1 D | L IY1 D
tear | T IH1 R | T EH1 R
wind | W IH1 N D | W AY1 N D
wound | W UW1 N D | W AW1 N D
separate | S EH1 P R AH0 T | S EH1 P ER0 EY2 T
estimate | EH1 S T AH0 M AH0 T | EH1 S T AH0 M EY2 T
graduate | G R AE1 JH AH0 W AH0 T | G R AE1 JH AH0 W EY2 T
duplicate | D UW1 P L AH0 K AH0 T | D UW1 P L AH0 K EY2 T
alternate | AO1 L T ER0 N AH0 T | AO1 L T ER0 N EY2 T
moderate | M AA1 D ER0 AH0 T | M AA1 D ER0 EY2 T
perfect | P ER1 F IH0 K T | P ER0 F EH1 K T
frequent | F R IY1 K W AH0 N T | F R IY0 K W EH1 N T
"""
_VERB_FIRST: Final = """
live | L AY1 V | L IH1 V
read | R EH1 D | R IY1 D
reject | R IY1 JH EH0 K T | R IH0 JH EH1 K T
"""


def _table(rows: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    parted = (row.split("|") for row in rows.strip().splitlines())
    return {word.strip(): (tuple(noun.split()), tuple(verb.split())) for word, noun, verb in parted}


_NOUNS: Final = _table(_NOUN_FIRST)
_VERBS: Final = _table(_VERB_FIRST)

_BEFORE_VERB: Final = frozenset(
    "to will would can could should must may might shall do does did don't doesn't didn't won't can't cannot couldn't "
    "wouldn't shouldn't let's please i you we they not never always often who and".split()
)
_BEFORE_NOUN: Final = frozenset(
    "the a an my your his her its our their this that these those of in on for with no some any every each another "
    "new old good great first last next is was are were be very more most by at from".split()
)
_PAST: Final = frozenset("have has had was were been be being he she it already just never yesterday".split())
_PAST_TIMES: Final = frozenset("yesterday ago last once then".split())
_AFTER_VERB: Final = frozenset("the a an my your his her its our their this that it them us me him".split())

_FISHING: Final = frozenset("fish fishing caught catch lake river sea grilled".split())
_MUSICAL: Final = frozenset("player guitar drum line clef note voice singer".split())
_MINUTE_THINGS: Final = frozenset("detail details difference differences amount amounts changes particles".split())


def settle(word: str, before: str, after: str, phrase: frozenset[str]) -> tuple[str, ...] | None:
    """The reading of a lower-case homograph between its neighbours; None for any other word."""
    if word == "used" and after == "to":
        return ("Y", "UW1", "S", "T")
    if word == "bass":
        fish = phrase & _FISHING and after not in _MUSICAL
        return ("B", "AE1" if fish else "EY1", "S")
    if word == "minute" and after in _MINUTE_THINGS:
        return ("M", "AY0", "N", "UW1", "T")
    if word == "read":
        past = before in _PAST or bool(phrase & _PAST_TIMES)
        return _VERBS[word][0 if past and before not in ("to", "will", "can", "please") else 1]
    if word == "live":
        adjective = before in _BEFORE_NOUN - {"that", "who"} and after not in ("in", "on", "with", "there", "here")
        return _VERBS[word][0 if adjective else 1]
    if word == "lead":
        metal = before in ("of", "with") or after in ("paint", "pipe", "pipes")
        return _NOUNS[word][0 if metal else 1]
    if word == "close":
        near = after in ("to", "friend", "friends", "by", "call", "enough") or before in ("so", "very", "too", "is")
        noun = near or before in _BEFORE_NOUN
        return _NOUNS[word][0 if noun and before not in ("to", "please") else 1]
    if word in _VERBS:
        return _VERBS[word][0 if before in _BEFORE_NOUN else 1]
    if word in _NOUNS:
        verb = before in _BEFORE_VERB or (not before and after in _AFTER_VERB)
        return _NOUNS[word][1 if verb else 0]
    return None
