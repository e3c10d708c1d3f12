"""Values of the page's fields as the browser sends them: numbers that may be text, empty, or nonsense."""

import math
from collections.abc import Sequence

from tts.errors import OptionError


def number(value: object, option: str, otherwise: float | None = None) -> float | None:
    """A finite number; `otherwise` for an empty field. `OptionError` names the option."""
    if value is None or value == "":
        return otherwise
    try:
        found = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
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
