"""What results become when they are taken along: kind of file, form, loudness, name; remembered for their browser."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self
from zipfile import ZipFile

import soundfile

from studio import fields
from studio.file_names import check_template, distinct, file_name, values_of
from studio.store import Store
from studio.takes import Take, timings_text
from tts.audio.form import Form
from tts.audio.master import ENDINGS, Master, encoded, master
from tts.errors import OptionError

#: Ending -> the type in the answer's head.
KINDS: Final = {"wav": "audio/wav", "flac": "audio/flac", "mp3": "audio/mpeg", "opus": "audio/ogg"}
#: What files are called without a template of the person's own.
USUAL: Final = "yinse-{seed}"


@dataclass(frozen=True)
class Choices:
    """The fields of the panel, checked; an empty template stands for the usual one."""

    ending: str = "wav"
    form: Form = field(default_factory=Form)
    template: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Self:
        """`OptionError` for what is not offered, or a template with a placeholder that there is not."""
        ending = str(asked.get("ending") or "wav")
        if ending not in ENDINGS:
            raise OptionError("option_value", option="--format", value=ending, expected=", ".join(ENDINGS))
        rate, bits = fields.whole(asked.get("rate"), "--sample-rate"), fields.whole(asked.get("bits"), "--bits")
        form = Form(rate or Form().rate, bits or Form().bits, fields.number(asked.get("loudness"), "--loudness"))
        return cls(ending, form, check_template(str(asked.get("template") or "")))

    def to_dict(self) -> dict[str, Any]:
        """As `of` reads it."""
        form = self.form
        return {
            "ending": self.ending, "rate": form.rate, "bits": form.bits, "loudness": form.loudness,
            "template": self.template,
        }  # fmt: skip

    def names(self, takes: Iterable[tuple[int, Take]], usual: str = USUAL, width: int = 3) -> list[str]:
        """The names of numbered takes, no two alike, without their endings."""
        template = self.template or usual
        return list(distinct(file_name(template, values_of(take, number, width)) for number, take in takes))

    def name(self, take: Take) -> str:
        """That of a take that is taken along alone."""
        return self.names([(1, take)])[0]


class Exports:
    """The choices of every browser, as it made them last."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, owner: str) -> Choices:
        kept = self._store.all(owner, "export", limit=1)
        try:
            return Choices.of(kept[0].content) if kept else Choices()
        except OptionError:
            # Of a version that offered something else.
            return Choices()

    def keep(self, owner: str, choices: Choices) -> None:
        kept = self._store.all(owner, "export", limit=1)
        self._store.put(owner, "export", "", choices.to_dict(), identity=kept[0].id if kept else "")


def mastered(take: Take, form: Form) -> Master:
    """The take in a form."""
    wave, rate = soundfile.read(take.path, dtype="float32")
    return master(wave, form, rate)


def content_of(take: Take, choices: Choices) -> bytes:
    """The content of the file that the choices ask for."""
    return encoded(mastered(take, choices.form), choices.ending)


def add_to_zip(
    file: ZipFile, takes: Sequence[Take], names: Sequence[str], choices: Choices, timings: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """The takes under their names, with `timings` of those endings; returns what is to be told of each file."""
    told = []
    for take, name in zip(takes, names, strict=True):
        finished = mastered(take, choices.form)
        file.writestr(f"{name}.{choices.ending}", encoded(finished, choices.ending))
        for ending in timings:
            file.writestr(f"{name}.{ending}", timings_text(take, ending))
        loudness = finished.loudness.lufs if finished.loudness else None
        told.append(
            {"file": f"{name}.{choices.ending}"} | ({} if loudness is None else {"loudness": round(loudness, 2)})
        )
    return told
