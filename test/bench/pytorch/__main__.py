"""Measures the same training in PyTorch: `python3 test/bench/pytorch FOLDER`, with a folder that `npm run bench -- training` wrote.

Prints one line of JSON. Ends with 1 where the networks do not agree, with 3 where this Python has no PyTorch."""

import json
import os
import resource
import sys

NO_TORCH = 3


def main(folder: str) -> int:
    try:
        import torch
    except ImportError:
        print("this Python has no torch", file=sys.stderr)
        return NO_TORCH
    from agreement import Disagreement
    from measure import measure

    with open(os.path.join(folder, "cases.json"), encoding="utf-8") as file:
        asked = json.load(file)
    torch.set_num_threads(asked["threads"])
    try:
        measured = {given["name"]: measure(folder, given) for given in asked["cases"]}
    except Disagreement as disagreement:
        print(disagreement, file=sys.stderr)
        return 1
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    about = {"torch": torch.__version__, "threads": torch.get_num_threads(), "peakMiB": peak_mib}
    print(json.dumps({**about, "measured": measured}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
