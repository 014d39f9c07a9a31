"""A training step as ours: gradient, clipping, Adam with decoupled weight decay, averaged weights."""

import math

import torch
from torch import Tensor, nn

EPSILON = 1e-8
BETAS = (0.9, 0.999)


class Training:
    """Takes steps on one network; `given` are the settings of a case."""

    def __init__(self, network: nn.Module, given: dict) -> None:
        self.network = network
        self.clip_norm = given["clipNorm"]
        self.average_decay = given["averageDecay"]
        self.steps = 0
        trained = {name: value for name, value in network.named_parameters() if value.requires_grad}
        self.trained = list(trained.values())
        self.averages = [value.detach().clone() for value in self.trained]
        rate = given["learningRate"]
        groups = [
            {"params": [value for name, value in trained.items() if name.startswith("risk.") == of_risk], "lr": own_rate}
            for of_risk, own_rate in [(True, rate), (False, rate * given["imputerRate"])]
        ]
        groups = [group for group in groups if group["params"]]
        self.optimizer = torch.optim.AdamW(groups, betas=BETAS, weight_decay=given["weightDecay"], fused=True)

    def step(self, batch: dict[str, Tensor]) -> tuple[dict[str, float], float]:
        """The parts of the loss, and the length of its gradient before it is clipped."""
        self.optimizer.zero_grad(set_to_none=True)
        parts = self.network(batch)
        parts["loss"].backward()
        norm = nn.utils.clip_grad_norm_(self.trained, self.clip_norm, foreach=True)
        self.steps += 1
        # ours adds epsilon before the second moment is corrected for its start at zero (Kingma and Ba 2015, end of section 2)
        for group in self.optimizer.param_groups:
            group["eps"] = EPSILON / math.sqrt(1 - BETAS[1] ** self.steps)
        self.optimizer.step()
        keep = min(self.average_decay, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            torch._foreach_lerp_(self.averages, self.trained, 1 - keep)
        return {name: value.item() for name, value in parts.items()}, norm.item()
