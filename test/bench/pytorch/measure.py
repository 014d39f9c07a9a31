"""Loads a case, proves that it is the same training, then measures its steps."""

import os
import statistics
import time

from agreement import check_agreement
from arrays import read_arrays
from losses import JointTraining, RiskTraining
from training import Training
from weights import load_weights

NETWORKS = {"joint": JointTraining, "risk": RiskTraining}


def measure(folder: str, given: dict) -> dict[str, float]:
    """Milliseconds a step, of wall time (median) and of processor (mean), and windows a second.

    Raises Disagreement where the training is not the same."""
    name = given["name"]
    network = NETWORKS[name](given["hyper"], given["lossWeights"])
    load_weights(network, read_arrays(os.path.join(folder, f"{name}-weights.safetensors")))
    batch = read_arrays(os.path.join(folder, f"{name}-batch.safetensors"))
    training = Training(network, given)
    begun = [training.step(batch) for _ in given["expected"]["losses"]]
    parts, norm = begun[0]
    check_agreement(name, given["expected"], parts, norm, [later["loss"] for later, _ in begun])
    times = []
    before = time.process_time()
    for _ in range(given["steps"]):
        start = time.perf_counter()
        training.step(batch)
        times.append(1000 * (time.perf_counter() - start))
    processor = 1000 * (time.process_time() - before) / given["steps"]
    ms_a_step = statistics.median(times)
    return {
        "msAStep": ms_a_step,
        "processorMsAStep": processor,
        "windowsPerSecond": 1000 * given["windows"] / ms_a_step,
    }
