"""What other packages make of a text. Runs in an environment of its own, and needs nothing of ours.

PYTHON benchmarks/peers.py JOB < texts > answers    a text a line in, a JSON list (or string) a line out

Jobs: `pypinyin` and `g2pm` answer with one reading a character (None where it has none), `wetext-zh` and `wetext-en`
with the text in words. `versions` answers one line for all.
"""

import json
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

PACKAGES = ("pypinyin", "g2pM", "wetext")


def pypinyin_reader() -> Callable[[str], list[str | None]]:
    from pypinyin import Style, lazy_pinyin

    def read(text: str) -> list[str | None]:
        found = lazy_pinyin(
            text, style=Style.TONE3, neutral_tone_with_five=True, errors=lambda rest: [None] * len(rest)
        )
        return [one and one.replace("ü", "v") for one in found]

    return read


def pypinyin_sandhi_reader() -> Callable[[str], list[str | None]]:
    from pypinyin import Style, lazy_pinyin

    def read(text: str) -> list[str | None]:
        options = {"style": Style.TONE3, "neutral_tone_with_five": True, "tone_sandhi": True}
        found = lazy_pinyin(text, errors=lambda rest: [None] * len(rest), **options)
        return [one and one.replace("ü", "v") for one in found]

    return read


def g2pm_reader() -> Callable[[str], list[str | None]]:
    from g2pM import G2pM

    model = G2pM()

    def read(text: str) -> list[str | None]:
        found = model(text, char_split=True)
        return [one.replace("u:", "v") if one[-1:].isdigit() and len(one) > 1 else None for one in found]

    return read


def wetext_reader(language: str) -> Callable[[str], str]:
    from wetext import Normalizer

    normalizer = Normalizer(lang=language, operator="tn")

    def normalize(text: str) -> str:
        try:
            return str(normalizer.normalize(text))
        except AssertionError:  # some texts stop it
            return ""

    return normalize


JOBS: dict[str, Callable[[], Callable[[str], object]]] = {
    "pypinyin": pypinyin_reader,
    "pypinyin-sandhi": pypinyin_sandhi_reader,
    "g2pm": g2pm_reader,
    "wetext-zh": lambda: wetext_reader("zh"),
    "wetext-en": lambda: wetext_reader("en"),
}


def versions() -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = None
    return found


if __name__ == "__main__":
    if sys.argv[1] == "versions":
        sys.stdout.write(json.dumps(versions()) + "\n")
    else:
        answer = JOBS[sys.argv[1]]()
        for line in sys.stdin:
            sys.stdout.write(json.dumps(answer(line.rstrip("\n")), ensure_ascii=False) + "\n")
