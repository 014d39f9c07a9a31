"""Reads arrays of 32-bit floats from a safetensors file (https://huggingface.co/docs/safetensors)."""

import json

import torch


def read_arrays(path: str) -> dict[str, torch.Tensor]:
    """The arrays of a file by name."""
    with open(path, "rb") as file:
        content = bytearray(file.read())
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    header.pop("__metadata__", None)
    return {name: _array(content, start, entry) for name, entry in header.items()}


def _array(content: bytearray, start: int, entry: dict) -> torch.Tensor:
    begin, end = entry["data_offsets"]
    numbers = torch.frombuffer(content, dtype=torch.float32, count=(end - begin) // 4, offset=start + begin)
    return numbers.reshape(entry["shape"]).clone()
