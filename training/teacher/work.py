"""One worker process of the teacher: speaks every n-th shard on its own device."""

import argparse
import os
import time
from typing import Any

import torch

from training.readings import Readings
from training.store import Store
from training.teacher.network import load_teacher
from training.teacher.speech import Speaking
from training.teacher.voices import Voices
from tts.audio.spec import AudioSpec


def work(worker: int, options: argparse.Namespace, queue: Any, enough: Any) -> None:
    torch.set_num_threads(max(1, (os.cpu_count() or 1) // options.workers))
    gpus = torch.cuda.device_count()
    device = f"cuda:{worker % gpus}" if gpus else "cpu"
    torch.backends.cudnn.benchmark = False
    speaking = Speaking(
        load_teacher(options.model, device),
        Voices.load(options.voices),
        Readings.load(options.readings),
        options.per_speaker,
        AudioSpec(),
        device,
    )
    total = len(speaking.readings)
    for shard in range(worker, -(-total // options.shard_rows), options.workers):
        path = options.out / f"teacher_{shard:05d}.npz"
        if path.exists() or enough.is_set() or time.time() > options.deadline:
            continue
        rows = range(shard * options.shard_rows, min(total, (shard + 1) * options.shard_rows))
        utterances = []
        for utterance in speaking.utterances(rows):
            utterances.append(utterance)
            queue.put(len(utterance.wave) / speaking.spec.sample_rate)
        if utterances:
            Store.collect(utterances).save(path)
    queue.put(-1.0)
