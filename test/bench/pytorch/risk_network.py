"""Risk of in-hospital death (libs/network/src/assess-risk.ts)."""

import torch
from torch import Tensor, nn

from transformer import gelu

BATCH_NORM_EPSILON = 1e-3
# ours keeps 0.98 of the running averages
BATCH_NORM_MOMENTUM = 0.02


class RiskNetwork(nn.Module):
    """A window without gaps to logit [batch] and embedding [batch, embedding], in training."""

    def __init__(self, hyper: dict) -> None:
        super().__init__()
        signals, static, sizes = hyper["signals"], hyper["staticSize"], hyper["risk"]
        units, statistic_units, embedding = sizes["lstmUnits"], sizes["statisticUnits"], sizes["embedding"]
        self.hours = hyper["hours"]
        self.lstm1 = nn.LSTM(3 * signals, units)
        self.lstm2 = nn.LSTM(units, units)
        self.norm = nn.BatchNorm1d(units, BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM)
        self.statistics1 = nn.Linear(signals * hyper["statistics"] + static, statistic_units)
        self.statistics2 = nn.Linear(statistic_units, statistic_units)
        self.dense = nn.Linear(units + statistic_units + static, embedding)
        self.embedding = nn.Linear(embedding, embedding)
        self.past = nn.Linear(units + statistic_units + static, embedding)
        self.head = nn.Linear(embedding, 1)

    def forward(self, values: Tensor, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        static = batch["static"]
        course = self.norm(self._read_hours(values, batch)) * batch["dropoutMask"]
        joined = torch.cat([course, self._read_statistics(batch), static], 1)
        embedding = self.embedding(gelu(self.dense(joined))) + self.past(joined)
        return self.head(embedding).squeeze(1), embedding

    def _read_hours(self, values: Tensor, batch: dict[str, Tensor]) -> Tensor:
        by_hour = torch.cat([values, batch["riskMask"], batch["hoursSince"] / self.hours], 1).permute(2, 0, 1)
        first, _ = self.lstm1(by_hour)
        second, _ = self.lstm2(first)
        return second[-1]

    def _read_statistics(self, batch: dict[str, Tensor]) -> Tensor:
        read = torch.cat([batch["statistics"].flatten(1), batch["static"]], 1)
        kept = gelu(self.statistics1(read)) * batch["statisticMask"]
        return gelu(self.statistics2(kept))
