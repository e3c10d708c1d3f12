"""`clone`: one text in one voice."""

import time
from argparse import Namespace

from tts.cli.console import Console
from tts.cli.job import KEYS, Job
from tts.cli.speaking import Source, check_folder, store
from tts.errors import YinseError
from tts.settings import Settings
from tts.text.reader import Reader


def run(options: Namespace, settings: Settings, console: Console) -> int:
    """Say the text; write the wave, and the timings, of every take."""
    job = Job.of({key: getattr(options, key) for key in KEYS})
    for path in (job.output, job.timings):
        if path:
            check_folder(path)
    # What is wrong with the text or the clips is told now: loading the networks takes seconds.
    wanted = {key: job.options[key] for key in ("language", "longest", "emoji") if key in job.options}
    Reader.of(settings).read(job.text[: settings.max_text_characters], glossary=job.glossary, **wanted)
    source = Source.of(job, settings)

    from tts.synthesizer import Synthesizer

    synthesizer = Synthesizer.open(settings, options.device)
    emotion = source.emotion(synthesizer)
    voice = source.voice(synthesizer)
    requests = job.requests(voice, emotion)
    started = time.perf_counter()
    outcomes = synthesizer.synthesize_batch(requests, console.progress)
    seconds = time.perf_counter() - started
    results = []
    for take, outcome in enumerate(outcomes):
        if isinstance(outcome, YinseError):
            raise outcome
        results.append(store(job, take, outcome))
    spoken = sum(result["seconds"] for result in results)
    for result, request in zip(results, requests, strict=True):
        result["emotion"] = request.emotion.to_dict()
        result["warnings"] = [*(voice.report.warnings if job.clips else ()), *result["warnings"]]
        result |= {"rtf": round(seconds / spoken, 4), "device": synthesizer.device}
    for code in results[0]["warnings"]:
        console.warning(code, left_out=" ".join(results[0]["left_out"]), **voice.report.details)
    told = "\n".join(f"{result['output']}  {result['seconds']:.2f} s  seed {result['seed']}" for result in results)
    console.result(results[0] if job.takes == 1 else {"takes": results}, told)
    return 0
