"""How alike a result and its reference sound: the cosine of the speaker encoder, and what it means.

The scale is measured (`python -m benchmarks.likeness`, figures in `docs/likeness.md`): a person's 8 s reference against
another 5 s recording of that person, or of somebody else. It is that of our bundles; another encoder has another one.
"""

from dataclasses import dataclass
from typing import Final, Literal

Verdict = Literal["same", "near", "other", "short"]

#: Of less sound the encoder cannot tell people apart well enough.
SHORTEST_SECONDS: Final = 2.0
#: Nineteen of twenty pairs of recordings of one person reach this, ...
SAME: Final = 0.50
#: ... and nineteen of twenty pairs of two people stay under this.
OTHER: Final = 0.33
#: From the fifth to the ninety-fifth of a hundred pairs: of one person, and of two.
SAME_RANGE: Final = (SAME, 0.84)
OTHER_RANGE: Final = (-0.19, OTHER)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The cosine; None where there was too little sound to tell."""

    cosine: float | None

    @property
    def verdict(self) -> Verdict:
        if self.cosine is None:
            return "short"
        if self.cosine >= SAME:
            return "same"
        return "near" if self.cosine >= OTHER else "other"
