"""Values of the page's fields as the browser sends them: numbers that may be text, empty, or nonsense."""

import json
import math
import re
from collections.abc import Sequence
from typing import Any, Final

from tts.errors import OptionError

_HALF: Final = re.compile("[\ud800-\udfff]")


def legible(asked: Any) -> Any:
    """JSON with a sign for every half of a character, as a cut emoji leaves one: it could be neither kept nor sent."""
    return json.loads(_HALF.sub("\ufffd", json.dumps(asked, ensure_ascii=False)))


def number(value: object, option: str, otherwise: float | None = None) -> float | None:
    """A finite number; `otherwise` for an empty field. `OptionError` names the option."""
    if value is None or value == "":
        return otherwise
    try:
        found = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise OptionError("option_value", option=option, value=value, expected="1.5") from None
    if not math.isfinite(found):
        raise OptionError("option_value", option=option, value=value, expected="1.5")
    return found


def whole(value: object, option: str) -> int | None:
    """A whole number; None for an empty field."""
    found = number(value, option)
    if found is not None and found != int(found):
        raise OptionError("option_value", option=option, value=value, expected="0, 1, 2 …")
    return None if found is None else int(found)


def numbers(values: object, option: str, length: int) -> Sequence[float]:
    """As many numbers as asked for; zeros where the browser sent anything else."""
    if not isinstance(values, list) or len(values) != length:
        return [0.0] * length
    return [number(value, option, 0.0) or 0.0 for value in values]
