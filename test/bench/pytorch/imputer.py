"""What reads a measured window once (libs/network/src/encode-window.ts)."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from transformer import Layers, filled

LEAST_SPREAD = 0.02


class Imputer(Layers):
    """Values, mask and elapsed hours [batch, signal, hour] and static [batch, static] to context, center and spread."""

    def __init__(self, hyper: dict) -> None:
        super().__init__()
        signals, hours, sizes = hyper["signals"], hyper["hours"], hyper["imputer"]
        channels = sizes["channels"]
        self.sizes = sizes
        self.hour = nn.Parameter(torch.empty(hours, channels))
        self.signal = nn.Parameter(torch.empty(signals, channels))
        self.static = nn.Linear(hyper["staticSize"], channels)
        self.hourInput = nn.Linear(3 * signals, channels)
        self.add_layers("hours", sizes["hourLayers"], sizes)
        self.first = nn.Linear(channels, signals)
        self.signalInput = nn.Linear(3 * hours, channels)
        self.add_layers("signals", sizes["signalLayers"], sizes)
        self.second = nn.Linear(channels, hours)
        self.refineInput = nn.Linear(2 * signals, channels)
        self.add_layers("refine", sizes["refineLayers"], sizes)
        self.third = nn.Linear(channels, signals)
        self.spreadByHour = nn.Linear(channels, signals)
        self.spreadBySignal = nn.Linear(channels, hours)

    def forward(self, values: Tensor, mask: Tensor, hours_since: Tensor, static: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        sizes = self.sizes
        stay = self.static(static).unsqueeze(1)
        elapsed = hours_since / self.hour.shape[0]
        by_hour = torch.cat([values, mask, elapsed], 1).transpose(1, 2)
        hourly = self.run_layers("hours", sizes["hourLayers"], self.hourInput(by_hour) + self.hour + stay)
        first = self.first(hourly).transpose(1, 2)
        by_signal = torch.cat([filled(values, mask, first), mask, elapsed], 2)
        tokens = self.signalInput(by_signal) + self.signal + stay
        signalwise = self.run_layers("signals", sizes["signalLayers"], tokens)
        second = first + self.second(signalwise)
        by_hour = torch.cat([filled(values, mask, second), mask], 1).transpose(1, 2)
        context = self.run_layers("refine", sizes["refineLayers"], hourly + self.refineInput(by_hour))
        center = second + self.third(context).transpose(1, 2)
        width = self.spreadByHour(context).transpose(1, 2) + self.spreadBySignal(signalwise)
        return context, center, functional.softplus(width) + LEAST_SPREAD
