"""Two lessons: what teacher and dictionaries know, then the labelled sentences; and what each evidence is worth."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from training.polyphones.network import Batch, PolyphoneNet
from training.polyphones.sentences import Example, Labelled, Target, varied

Note = Callable[[str], None]


def pretrain(net: PolyphoneNet, texts: Sequence[Example], phrases: Sequence[Example], config: Any, note: Note) -> None:
    """The wide reader learns what the teacher says of plain sentences, and the dictionaries' words."""
    chance = random.Random(config["seed"])
    counts = Counter(text[target.place] for text, targets in (*texts, *phrases) for target in targets)
    rates = [(net.borrowed, config["borrowed_rate"]), (net.own, config["own_rate"])]
    steps = _Steps(rates, config["weight_decay"])
    for epoch in range(config["epochs"]):
        batches = _batches([varied(example, chance, config["varied"]) for example in texts], config["batch"], chance)
        batches += _batches(phrases, 4 * config["batch"], chance)
        chance.shuffle(batches)
        total = 0.0
        for number, examples in enumerate(batches):
            batch = net.batch(examples)
            # A character that comes up everywhere shall not drown the others.
            weights = torch.tensor(
                [
                    min(1.0, (config["often"] / counts[text[target.place]]) ** 0.5)
                    for text, found in examples
                    for target in found
                ]
            )
            loss = (_cross_entropy(net.wide_scores(batch), batch) * weights).sum() / weights.sum()
            steps.take(loss, (epoch + number / len(batches)) / config["epochs"])
            total += loss.item()
        note(f"lesson 1, round {epoch + 1} of {config['epochs']}: loss {total / len(batches):.4f}")


def tune(net: PolyphoneNet, labelled: Sequence[Labelled], config: Any, note: Note) -> None:
    """The wide reader learns the labelled sentences; the narrow one stays as g2pM is."""
    chance = random.Random(config["seed"])
    torch.manual_seed(config["seed"])
    steps = _Steps([(net.borrowed, config["borrowed_rate"]), (net.own, config["own_rate"])], config["weight_decay"])
    examples = [example(net, sentence) for sentence in labelled]
    for epoch in range(config["epochs"]):
        batches = _batches([varied(one, chance, config["varied"]) for one in examples], config["batch"], chance)
        total = 0.0
        for number, batch_ in enumerate(batches):
            batch = net.batch(batch_)
            loss = _cross_entropy(net.wide_scores(batch), batch).mean()
            steps.take(loss, (epoch + number / len(batches)) / config["epochs"])
            total += loss.item()
        note(f"lesson 2, round {epoch + 1} of {config['epochs']}: loss {total / len(batches):.4f}")


def example(net: PolyphoneNet, sentence: Labelled) -> Example:
    readings = net.classes.candidates[sentence.character]
    shares = tuple(float(reading == sentence.reading) for reading in readings)
    return sentence.text, (Target(sentence.place, shares),)


def weigh(
    features: Sequence[np.ndarray], truths: Sequence[int], beliefs: Sequence[float], penalty: float
) -> np.ndarray:
    """(evidence,) weights of a log-linear model: `features` (C, evidence) of each sentence, and the right row.

    `beliefs` are the weights where the sentences say nothing.
    """
    most = max(len(one) for one in features)
    padded = torch.zeros(len(features), most, features[0].shape[1])
    mask = torch.zeros(len(features), most, dtype=torch.bool)
    for row, one in enumerate(features):
        padded[row, : len(one)] = torch.from_numpy(one)
        mask[row, : len(one)] = True
    right = torch.tensor(truths)
    prior = torch.tensor(beliefs)
    weights = prior.clone().requires_grad_()
    optimizer = torch.optim.LBFGS([weights], max_iter=100)

    def loss() -> Tensor:
        optimizer.zero_grad()
        scores = (padded @ weights).masked_fill(~mask, -1e4)
        value = nn.functional.cross_entropy(scores, right) + penalty * (weights - prior).square().sum()
        value.backward()
        return value

    optimizer.step(loss)  # type: ignore[arg-type]
    return weights.detach().numpy()


class _Steps:
    """AdamW whose rates rise quickly and fall in a line to nearly nothing."""

    def __init__(self, rates: Sequence[tuple[list[nn.Parameter], float]], decay: float) -> None:
        groups = [{"params": parameters, "lr": rate, "highest": rate} for parameters, rate in rates]
        self._optimizer = torch.optim.AdamW(groups, weight_decay=decay)
        self._parameters = [parameter for parameters, _ in rates for parameter in parameters]

    def take(self, loss: Tensor, progress: float) -> None:
        for group in self._optimizer.param_groups:
            group["lr"] = group["highest"] * min(1.0, progress / 0.05 + 0.02) * max(0.02, 1 - progress)
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._parameters, 5.0)
        self._optimizer.step()


def _batches(examples: Sequence[Example], size: int, chance: random.Random) -> list[list[Example]]:
    """Texts of like length together."""
    order = sorted(examples, key=lambda one: len(one[0]) + 4 * chance.random())
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    chance.shuffle(batches)
    return batches


def _cross_entropy(scores: Tensor, batch: Batch) -> Tensor:
    """(N,)"""
    return -(scores.clamp(min=-50) * batch.shares).sum(1)
