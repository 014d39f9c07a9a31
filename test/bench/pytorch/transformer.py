"""A transformer encoder layer, normalised before each part (libs/network/src/transformer-layer.ts)."""

import torch
from torch import Tensor, nn
from torch.nn import functional

GELU_FACTOR = 1.702


def gelu(x: Tensor) -> Tensor:
    """x * sigmoid(1.702 x), by the one fused function of PyTorch that has this form."""
    return functional.silu(GELU_FACTOR * x) * (1 / GELU_FACTOR)


class TransformerLayer(nn.Module):
    """[rows, tokens, channels] to the same."""

    def __init__(self, channels: int, heads: int, feed_forward: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(channels)
        self.qkv = nn.Linear(channels, 3 * channels)
        self.join = nn.Linear(channels, channels)
        self.norm2 = nn.LayerNorm(channels)
        self.widen = nn.Linear(channels, feed_forward)
        self.narrow = nn.Linear(feed_forward, channels)

    def forward(self, x: Tensor) -> Tensor:
        attended = x + self._attention(self.norm1(x))
        return attended + self.narrow(gelu(self.widen(self.norm2(attended))))

    def _attention(self, x: Tensor) -> Tensor:
        rows, tokens, channels = x.shape
        by_head = self.qkv(x).view(rows, tokens, 3, self.heads, channels // self.heads).permute(2, 0, 3, 1, 4)
        queries, keys, values = by_head.unbind(0)
        mixed = functional.scaled_dot_product_attention(queries, keys, values)
        return self.join(mixed.transpose(1, 2).reshape(rows, tokens, channels))


class Layers(nn.Module):
    """Makes layers that are named like ours: hours0, hours1, ..."""

    def add_layers(self, name: str, count: int, sizes: dict) -> None:
        for layer in range(count):
            self.add_module(f"{name}{layer}", TransformerLayer(sizes["channels"], sizes["heads"], sizes["feedForward"]))

    def run_layers(self, name: str, count: int, x: Tensor) -> Tensor:
        for layer in range(count):
            x = self.get_submodule(f"{name}{layer}")(x)
        return x


def filled(values: Tensor, mask: Tensor, guess: Tensor) -> Tensor:
    """The value where the mask is 1, the guess elsewhere."""
    return torch.lerp(guess, values, mask)
