"""What a file of speech is to be."""

from dataclasses import dataclass
from typing import Final

from tts.audio.spec import AudioSpec
from tts.errors import OptionError

RATES: Final = (24000, 44100, 48000)
BITS: Final = (16, 24)
#: The quietest and the loudest target, in LUFS.
TARGETS: Final = (-40.0, -6.0)


@dataclass(frozen=True, slots=True)
class Form:
    """`rate` in Hz; `bits` of a sample; `loudness` a target in LUFS, None for as loud as it is. `OptionError` for
    anything that is not offered.
    """

    rate: int = AudioSpec.sample_rate
    bits: int = BITS[0]
    loudness: float | None = None

    def __post_init__(self) -> None:
        for option, value, known in (("--sample-rate", self.rate, RATES), ("--bits", self.bits, BITS)):
            if value not in known:
                raise OptionError("option_value", option=option, value=value, expected=", ".join(map(str, known)))
        least, most = TARGETS
        if self.loudness is not None and not least <= self.loudness <= most:
            expected = f"{least:g} .. {most:g}"
            raise OptionError("option_value", option="--loudness", value=self.loudness, expected=expected)
