"""How alike results are to their references, heard beside the work that somebody waits for."""

from collections.abc import Callable, Sequence

from studio.takes import Takes
from tts.engine.engine import Engine
from tts.engine.jobs import Job
from tts.errors import AudioWriteError, BusyError
from tts.log import get_logger
from tts.synthesizer import Synthesizer
from tts.voice import Voice

log = get_logger(__name__)

#: Makes the voice of a reference, or has it.
VoiceOf = Callable[[Synthesizer], Voice]


class Ear:
    """Notes the likeness of takes."""

    def __init__(self, engine: Engine[str], takes: Takes) -> None:
        self._engine = engine
        self._takes = takes

    def listen(self, owner: str, names: Sequence[str], voice: VoiceOf) -> None:
        """Compare new takes with their reference as soon as nobody waits for anything else."""

        def work(synthesizer: Synthesizer, job: Job[str]) -> str:
            self.compare(owner, names, voice, synthesizer)
            return ""

        try:
            # No question of the page's for one of them may go over it.
            self._engine.submit(f"{owner}/{kind_of(' '.join(names))}/new", work, aside=True)
        except BusyError:
            # Whoever looks at the take asks for it then.
            log.info("likeness_put_off")

    def compare(self, owner: str, names: Sequence[str], voice: VoiceOf, synthesizer: Synthesizer) -> None:
        """Compare them now, on the worker's thread; those that are compared already, or gone, are left as they are."""
        for name in names:
            try:
                take = self._takes.get(owner, name)
            except AudioWriteError:
                continue
            if take.likeness is None:
                likeness = synthesizer.likeness(voice(synthesizer), take.speech().wave)
                self._takes.note_likeness(owner, name, likeness)


def kind_of(take: str) -> str:
    """The kind of a question for the likeness of a take: one for each, so that none goes over another."""
    return f"likeness/{take}"
