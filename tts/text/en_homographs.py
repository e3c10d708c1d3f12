"""Which reading of an English word the words beside it decide.

Nouns and verbs that differ in stress or voice (record, use, separate) are told apart by the classes of their
neighbours, the others (read, lead, bass …) each by rules of its own. Taggers whose weights a package carries (HanTa,
TextBlob's, one of UD English-EWT) were measured against these rules and told nouns from verbs less well.
"""

from collections.abc import Sequence

from tts.text.en_context import Context, is_third_person, is_verb
from tts.text.en_homograph_list import PAIRS, SINGLE, Phones
from tts.text.en_homograph_rules import PAIR_RULES, RULES


def settle(texts: Sequence[str], place: int) -> Phones | None:
    """The reading of the word at `place` between its neighbours, where it is a homograph; None for any other word."""
    written = texts[place]
    word = written.lower().replace("’", "'")
    if word not in SINGLE and word not in PAIRS and not (word.endswith("s") and word[:-1] in PAIRS):
        return None
    context = Context(tuple(text.lower().replace("’", "'") for text in texts), place, written)
    if word in SINGLE:
        readings = SINGLE[word]
        name = RULES[word](context)
        return readings[name] if name else next(iter(readings.values()))
    if word in PAIRS:
        rule = PAIR_RULES.get(word, is_verb)
        return PAIRS[word][1 if rule(context) else 0]
    return _with_s(PAIRS[word[:-1]][1 if is_third_person(context) else 0])


def _with_s(phones: Phones) -> Phones:
    if phones[-1] in ("S", "Z", "SH", "ZH", "CH", "JH"):
        return (*phones, "AH0", "Z")
    return (*phones, "S" if phones[-1] in ("P", "T", "K", "F", "TH") else "Z")
