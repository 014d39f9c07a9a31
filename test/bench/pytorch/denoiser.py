"""What turns noise into residuals, a step at a time (libs/network/src/predict-velocity.ts)."""

import torch
from torch import Tensor, nn

from transformer import TransformerLayer, gelu


class DenoiserLayer(TransformerLayer):
    """A transformer layer that is told of the step."""

    def __init__(self, channels: int, heads: int, feed_forward: int) -> None:
        super().__init__(channels, heads, feed_forward)
        self.step = nn.Linear(channels, channels)


class Denoiser(nn.Module):
    """Noisy residuals, mask [batch, signal, hour], context [batch, hour, channels] and step [batch, 1] to velocity: one sample a window, as in training."""

    frequencies: Tensor

    def __init__(self, hyper: dict) -> None:
        super().__init__()
        signals, sizes = hyper["signals"], hyper["denoiser"]
        channels = sizes["channels"]
        self.noisy = nn.Linear(signals, channels)
        self.context = nn.Linear(hyper["imputer"]["channels"], channels)
        self.mask = nn.Linear(signals, channels)
        self.step1 = nn.Linear(sizes["stepEmbedding"], channels)
        self.step2 = nn.Linear(channels, channels)
        self.layers = [DenoiserLayer(channels, sizes["heads"], sizes["feedForward"]) for _ in range(sizes["layers"])]
        for number, layer in enumerate(self.layers):
            self.add_module(f"layer{number}", layer)
        self.out = nn.Linear(channels, signals)
        half = sizes["stepEmbedding"] // 2
        exponents = torch.arange(half, dtype=torch.float64) / (half - 1)
        self.register_buffer("frequencies", (1000 * 10_000**-exponents).float(), persistent=False)

    def forward(self, noisy: Tensor, mask: Tensor, context: Tensor, step: Tensor) -> Tensor:
        by_hour = (noisy * (1 - mask)).transpose(1, 2)
        x = self.noisy(by_hour) + self.context(context) + self.mask(mask.transpose(1, 2))
        moment = self._embed(step).unsqueeze(1)
        for layer in self.layers:
            x = layer(x + layer.step(moment))
        return self.out(gelu(x)).transpose(1, 2)

    def _embed(self, step: Tensor) -> Tensor:
        angles = step * self.frequencies
        waves = torch.cat([angles.sin(), angles.cos()], 1)
        return gelu(self.step2(gelu(self.step1(waves))))
