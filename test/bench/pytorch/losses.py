"""The losses (libs/model/src/loss): each function gives its parts by name, `loss` being their weighted sum."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from denoiser import Denoiser
from imputer import Imputer
from risk_network import RiskNetwork
from transformer import filled

RESIDUAL_LIMIT = 8
MARGIN = 1
EPSILON = 1e-6

Batch = dict[str, Tensor]


class RiskTraining(nn.Module):
    """The risk network alone, on windows without gaps."""

    def __init__(self, hyper: dict, loss_weights: dict) -> None:
        super().__init__()
        self.loss_weights = loss_weights
        self.risk = RiskNetwork(hyper)

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        return self.risk_loss(batch["values"], batch)

    def risk_loss(self, values: Tensor, batch: Batch) -> dict[str, Tensor]:
        logit, embedding = self.risk(values, batch)
        mortality = mortality_loss(logit, batch["targets"])
        contrastive = contrastive_loss(embedding, batch["pairs.alike"], batch["pairs.different"])
        loss = self.loss_weights["mortality"] * mortality + self.loss_weights["contrastive"] * contrastive
        return {"loss": loss, "mortality": mortality, "contrastive": contrastive}


class JointTraining(RiskTraining):
    """Both networks: the imputer's one-step estimate fills the gaps of what the risk network reads."""

    def __init__(self, hyper: dict, loss_weights: dict) -> None:
        super().__init__(hyper, loss_weights)
        self.imputer = Imputer(hyper)
        self.denoiser = Denoiser(hyper)

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        imputation, clean = self._impute(batch)
        parts = self.risk_loss(filled(batch["values"], batch["riskMask"], clean), batch)
        loss = self.loss_weights["imputation"] * imputation + parts["loss"]
        return {**parts, "loss": loss, "imputation": imputation}

    def _impute(self, batch: Batch) -> tuple[Tensor, Tensor]:
        values, mask, hidden = batch["values"], batch["mask"], batch["hidden"]
        noise, unmeasured = batch["noise"].squeeze(1), batch["unmeasured"].squeeze(1)
        alpha, sigma = batch["alpha"].squeeze(1), batch["sigma"].squeeze(1)
        visible = mask - hidden
        context, center, spread = self.imputer(values * visible, visible, batch["visibleHoursSince"], batch["static"])
        with torch.no_grad():
            known = ((values - center) / spread).clamp(-RESIDUAL_LIMIT, RESIDUAL_LIMIT)
            target = filled(known, mask, unmeasured)
            noisy = target * alpha + noise * sigma
            true_velocity = noise * alpha - target * sigma
        velocity = self.denoiser(noisy, visible, context, batch["step"])
        density = (values - center).abs() / spread + spread.log()
        error = (velocity - true_velocity).square()
        loss = ((density + error) * hidden).sum() / (hidden.sum() + 1e-6)
        return loss, center + spread * (noisy * alpha - velocity * sigma)


def mortality_loss(logit: Tensor, targets: Tensor) -> Tensor:
    cross_entropy = functional.binary_cross_entropy_with_logits(logit, targets)
    return 0.5 * (cross_entropy + functional.mse_loss(logit.sigmoid(), targets))


def contrastive_loss(embedding: Tensor, alike: Tensor, different: Tensor) -> Tensor:
    lengths = embedding.square().sum(1, keepdim=True)
    squared = (lengths + lengths.T - 2 * embedding @ embedding.T).relu()
    shortfall = (MARGIN - (squared + EPSILON).sqrt()).relu().square()
    return 0.5 * ((squared * alike).sum() + (shortfall * different).sum())
