"""Times netcal's calibration error and temperature scaling; started by
bench/calibration.ts.

    python bench/peers/calibration_peer.py THREADS

A question with a folder loads probabilities.f64 and labels.i32, raw and row-major. One
with work and calls times them; the answer has the median and the result.
"""

import time
import warnings
from pathlib import Path
from statistics import median

import numpy as np
from netcal.metrics import ECE
from netcal.scaling import TemperatureScaling

from protocol import serve

warnings.filterwarnings("ignore")


def error(probabilities, labels, bins):
    return float(ECE(bins).measure(probabilities, labels))


def temperature(probabilities, labels, bins):
    scaling = TemperatureScaling()
    scaling.fit(probabilities, labels)
    return 1 / float(scaling.weights[0])


WORK = {"ECE": error, "temperature fit": temperature}


class Netcal:
    """The predictions of the last question with a folder."""

    def answer(self, question):
        if "folder" in question:
            return self.load(Path(question["folder"]), question["columns"], question["bins"])
        return self.time(WORK[question["work"]], question["calls"])

    def load(self, folder, columns, bins):
        probabilities = np.fromfile(folder / "probabilities.f64").reshape(-1, columns)
        labels = np.fromfile(folder / "labels.i32", np.int32)
        self.arguments = probabilities, labels, bins
        return {"rows": len(labels)}

    def time(self, work, calls):
        times = []
        for _ in range(calls):
            start = time.perf_counter()
            value = work(*self.arguments)
            times.append(1000 * (time.perf_counter() - start))
        return {"ms": median(times), "value": value}


serve(Netcal().answer)
