import type { CalibratorSettings } from "../../../lib/calibration/calibrators/calibrator.ts";
import {
  CALIBRATOR_NAMES,
  type CalibratorName,
  CALIBRATORS,
} from "../../../lib/calibration/calibrators/calibrators.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";
import record from "../../fixtures/calibrators_reference.json" with {
  type: "json",
};
import { type Deviation, largest, libraries } from "./deviation.ts";

/** Libraries of each calibrator and their functions. */
const SOURCES: Readonly<
  Record<CalibratorName, readonly [readonly string[], string]>
> = {
  temperature: [["probmetrics"], "TemperatureScalingCalibrator"],
  "temperature-ece": [["netcal"], "ECE on the same grid"],
  vector: [["dirichletcal"], "VectorScaling"],
  matrix: [["dirichletcal"], "MultinomialRegression with ODIR"],
  "structured-matrix": [["probmetrics"], "SMSCalibrator, in float64"],
  dirichlet: [["dirichletcal"], "FullDirichletCalibrator with ODIR"],
  beta: [["scikit-learn"], "LogisticRegression of each class"],
  isotonic: [["netcal"], "IsotonicRegression"],
  histogram: [["netcal", "numpy"], "HistogramBinning; quantile"],
  "logit-norm": [["scipy"], "minimize_scalar for each norm"],
};

/** The deviation of the probabilities of every calibrator. */
export function calibratorDeviations(): Deviation[] {
  const pairs = new Map<string, (readonly [number, number])[]>();
  for (const one of record.cases) {
    const validation = logitsOf(one.validation);
    const labels = Int32Array.from(one.validationLabels);
    for (const { by, settings, probabilities } of one.fits) {
      const fit = CALIBRATORS[by as CalibratorName]
        .fit(validation, labels, settings as CalibratorSettings);
      const { data } = softmax(fit.apply(logitsOf(one.logits)));
      const theirs = probabilities.flat();
      const found = Array.from(data, (p, at) => [p, theirs[at]] as const);
      pairs.set(by, [...pairs.get(by) ?? [], ...found]);
    }
  }
  return CALIBRATOR_NAMES.map((name) => {
    const [names, compared] = SOURCES[name];
    return {
      name,
      library: libraries(record.versions, names),
      compared,
      largest: largest(pairs.get(name) ?? [[NaN, NaN]]),
    };
  });
}
