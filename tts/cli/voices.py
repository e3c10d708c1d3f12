"""`voices`: the library of stored voices."""

from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from tts.cli.console import Console
from tts.cli.speaking import check_folder, library_of, read_clips
from tts.errors import VoiceError
from tts.settings import Settings
from tts.voice import Consent, VoiceCard, check_name


def run(options: Namespace, settings: Settings, console: Console) -> int:
    _ACTIONS[options.action](options, settings, console)
    return 0


def _list(options: Namespace, settings: Settings, console: Console) -> None:
    cards = library_of(settings).cards()
    content = {"voices": [card.to_dict() for card in cards]}
    if cards or console.json:
        console.result(content, "\n".join(map(_for_people, cards)))


def _add(options: Namespace, settings: Settings, console: Console) -> None:
    name, library, consent = check_name(options.name), library_of(settings), _consent(options)
    if consent is None:
        raise VoiceError("voice_consent")
    library.check_free(name)
    clips = read_clips(options.clips, settings)

    from tts.synthesizer import Synthesizer

    voice = Synthesizer.open(settings, options.device).voice_from(clips, name, consent)
    card = library.add(voice)
    for code in card.report.warnings:
        console.warning(code, **card.report.details)
    console.result(card.to_dict(), _for_people(card))


def _remove(options: Namespace, settings: Settings, console: Console) -> None:
    library_of(settings).remove(options.name)
    console.result({"removed": options.name}, options.name)


def _show(options: Namespace, settings: Settings, console: Console) -> None:
    card = library_of(settings).card(options.name)
    report = "\n".join(f"  {key}: {value}" for key, value in card.to_dict()["report"].items())
    console.result(card.to_dict(), f"{_for_people(card)}\n{report}")


def _export(options: Namespace, settings: Settings, console: Console) -> None:
    check_folder(options.file)
    library_of(settings).export(options.name, options.file)
    console.result({"exported": options.name, "file": str(options.file)}, str(options.file))


def _import(options: Namespace, settings: Settings, console: Console) -> None:
    card = library_of(settings).take_in(options.file, _consent(options), options.name)
    console.result(card.to_dict(), _for_people(card))


def _consent(options: Namespace) -> Consent | None:
    return Consent.at(datetime.now(UTC)) if options.consent else None


def _for_people(card: VoiceCard) -> str:
    return f"{card.name}  {card.report.seconds:.1f} s  {card.bundle}"


_ACTIONS: Final[dict[str, Callable[[Namespace, Settings, Console], None]]] = {
    "list": _list,
    "add": _add,
    "remove": _remove,
    "show": _show,
    "export": _export,
    "import": _import,
}
