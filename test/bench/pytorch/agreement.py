"""Whether two programs compute the same network."""

# single precision, sums in another order
TOLERANCE = 1e-4
# what a difference is relative to, at least
LEAST = 1e-6


class Disagreement(Exception):
    """The networks, or their training, are not the same."""


def check_agreement(name: str, expected: dict, parts: dict[str, float], norm: float, losses: list[float]) -> None:
    """Holds the first step and the losses of the next ones against what ours gave."""
    if parts.keys() != expected["parts"].keys():
        raise Disagreement(f"{name}: the loss has the parts {sorted(parts)}, ours has {sorted(expected['parts'])}")
    for part, ours in expected["parts"].items():
        _check(f"{name}, {part} of the first step", ours, parts[part])
    _check(f"{name}, length of the first gradient", expected["gradientNorm"], norm)
    for step, ours in enumerate(expected["losses"]):
        _check(f"{name}, loss after {step} steps", ours, losses[step])


def _check(what: str, ours: float, theirs: float) -> None:
    difference = abs(theirs - ours) / max(abs(ours), LEAST)
    # written so that a number that is none does not pass
    if not difference <= TOLERANCE:
        raise Disagreement(
            f"not the same network: {what} is {theirs:.7g} here and {ours:.7g} in ours, a relative difference of "
            f"{difference:.2g} where {TOLERANCE:g} is allowed; nothing was measured"
        )
