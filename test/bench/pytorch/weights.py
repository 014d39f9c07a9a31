"""Puts arrays that are named and laid out as ours into PyTorch's modules."""

import torch
from torch import Tensor, nn


def load_weights(network: nn.Module, arrays: dict[str, Tensor]) -> None:
    """Fills every parameter of a network, and the running averages; an array too many or too few is a KeyError that names it."""
    left = dict(arrays)
    with torch.no_grad():
        for name, module in network.named_modules():
            for target, numbers in _parts_of(name, module, left):
                target.copy_(numbers)
    if left:
        raise KeyError(f"the network has no place for {', '.join(left)}")


def _parts_of(name: str, module: nn.Module, left: dict[str, Tensor]) -> list[tuple[Tensor, Tensor]]:
    if isinstance(module, nn.Linear):
        return [(module.weight, left.pop(f"{name}.weight").T), (module.bias, left.pop(f"{name}.bias"))]
    if isinstance(module, nn.LSTM):
        return _lstm(name, module, left)
    if isinstance(module, nn.BatchNorm1d):
        running = [(module.running_mean, left.pop(f"{name}.runningMean"))]
        running += [(module.running_var, left.pop(f"{name}.runningVariance"))]
        return running + _gain_and_bias(name, module, left)
    if isinstance(module, nn.LayerNorm):
        return _gain_and_bias(name, module, left)
    return [(tensor, left.pop(f"{name}.{which}")) for which, tensor in module.named_parameters(recurse=False)]


def _gain_and_bias(name: str, module: nn.Module, left: dict[str, Tensor]) -> list[tuple[Tensor, Tensor]]:
    return [(module.weight, left.pop(f"{name}.gain")), (module.bias, left.pop(f"{name}.bias"))]


def _lstm(name: str, module: nn.LSTM, left: dict[str, Tensor]) -> list[tuple[Tensor, Tensor]]:
    """Ours has one bias, PyTorch two: the second is held at zero."""
    module.bias_hh_l0.requires_grad_(False)
    return [
        (module.weight_ih_l0, _gates(left.pop(f"{name}.input").T)),
        (module.weight_hh_l0, _gates(left.pop(f"{name}.recurrent").T)),
        (module.bias_ih_l0, _gates(left.pop(f"{name}.bias"))),
        (module.bias_hh_l0, torch.zeros_like(module.bias_hh_l0)),
    ]


def _gates(ours: Tensor) -> Tensor:
    """Input, output, forget, candidate along the first axis to PyTorch's input, forget, candidate, output."""
    opened, out, forget, candidate = ours.chunk(4)
    return torch.cat([opened, forget, candidate, out])
