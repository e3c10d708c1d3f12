"""A model and the judge it is trained against: optimisers, averaged weights, how they start, resume and are saved."""

from pathlib import Path

import torch
from torch import Tensor, nn

from training.growing import load_grown
from training.loop import Averaged, Run, average_gradients, decayed, earlier_weights, same_start


class Rivals:
    """`model` and `judge`, ready to go on: from the run's checkpoint, from weights of an earlier run (the model's alone
    if the judge's were not kept), or from scratch.

    `betas` are AdamW's for the model and for the judge.
    """

    def __init__(
        self,
        run: Run,
        model: nn.Module,
        judge: nn.Module,
        betas: tuple[tuple[float, float], tuple[float, float]],
        device: str,
        start: Path | None,
    ) -> None:
        self.run, self.model, self.judge = run, model, judge
        self.optimisers = [
            torch.optim.AdamW(decayed(module, 0.01), lr=1e-4, betas=pair, fused=device.startswith("cuda"))
            for module, pair in zip((model, judge), betas, strict=True)
        ]
        #: Whether the model comes from an earlier run and the judge does not.
        self.judge_is_new = False
        state = run.resume(device)
        if state:
            model.load_state_dict(state["model"])
            judge.load_state_dict(state["judge"])
            for optimiser, saved in zip(self.optimisers, state["optimisers"], strict=True):
                optimiser.load_state_dict(saved)
        elif start:
            started = earlier_weights(start, device)
            new = load_grown(model, started["model"])
            if new:
                run.write({"new_weights": len(new)})
            if "judge" in started:
                judge.load_state_dict(started["judge"])
            self.judge_is_new = "judge" not in started
        self.averaged = Averaged(model, 0.999)
        if state:
            self.averaged.weights, self.averaged.steps = state["averaged"], run.step
        for module in (model, judge):
            same_start(module)
        model.train()

    def set_rates(self, model: float, judge: float) -> None:
        for optimiser, rate in zip(self.optimisers, (model, judge), strict=True):
            for group in optimiser.param_groups:
                group["lr"] = rate

    def step_judge(self, loss: Tensor, clip: float) -> None:
        self.optimisers[1].zero_grad(set_to_none=True)
        loss.backward()
        self.apply_judge(clip)

    def step_model(self, loss: Tensor, clip: float) -> Tensor:
        """-> norm of the gradient before it was clipped."""
        self.optimisers[0].zero_grad(set_to_none=True)
        loss.backward()
        return self.apply_model(clip)

    def clear(self) -> None:
        """Gradients of both back to nothing, where they are."""
        for optimiser in self.optimisers:
            optimiser.zero_grad(set_to_none=False)

    def apply_judge(self, clip: float) -> None:
        """A step along the gradients that its weights have."""
        self._apply(self.judge, self.optimisers[1], clip)

    def apply_model(self, clip: float) -> Tensor:
        """The same; -> norm of the gradient before it was clipped."""
        norm = self._apply(self.model, self.optimisers[0], clip)
        self.averaged.update()
        return norm

    def _apply(self, module: nn.Module, optimiser: torch.optim.Optimizer, clip: float) -> Tensor:
        average_gradients(module.parameters())
        norm: Tensor = nn.utils.clip_grad_norm_(module.parameters(), clip)
        optimiser.step()
        return norm

    def save(self, name: str) -> None:
        """The checkpoint, and `name`: averaged weights and the judge's in fp16, to export or to start from."""
        self.run.save(
            {
                "model": self.model.state_dict(),
                "judge": self.judge.state_dict(),
                "averaged": self.averaged.weights,
                "optimisers": [optimiser.state_dict() for optimiser in self.optimisers],
            }
        )
        if self.run.rank == 0:
            self.run.put(name, {"model": _halved(self.averaged.weights), "judge": _halved(self.judge.state_dict())})


def _halved(state: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name: value.half() if value.is_floating_point() else value for name, value in state.items()}
