import { ece, mce } from "../../lib/calibration/calibration_error.ts";
import { calibrationError } from "../../lib/calibration/general_error.ts";
import {
  accuracy,
  brier,
  logitsLogLoss,
} from "../../lib/calibration/scores.ts";
import type { Calibrated, Calibration } from "./densenet40_rows.ts";

/** A published number. */
export interface Published {
  readonly by: Calibration;
  readonly metric: string;
  /** The number as it is printed. */
  readonly text: string;
  readonly convention: string;
  readonly compute: (rows: Calibrated) => number;
}

type Metric = Omit<Published, "by" | "text">;

const BINS = 15;

const ERROR: Metric = {
  metric: "error",
  convention: "in per cent",
  compute: ({ probabilities, labels }) =>
    100 * (1 - accuracy(probabilities, labels)),
};
const ECE: Metric = {
  metric: "ECE",
  convention: "15 bins (low, high]",
  compute: ({ probabilities, labels }) => ece(probabilities, labels, BINS),
};
const MCE: Metric = {
  metric: "MCE",
  convention: "15 bins (low, high]",
  compute: ({ probabilities, labels }) => mce(probabilities, labels, BINS),
};
const CLASSWISE: Metric = {
  metric: "class-wise ECE",
  convention: "sum over classes, 14 bins: np.linspace(0, 1, 15)",
  compute: ({ probabilities, labels }) =>
    calibrationError(probabilities, labels, {
      ...{ bins: BINS - 1, closed: "left", of: "classwise", classes: "sum" },
    }),
};
const LOG_LOSS: Metric = {
  metric: "log loss",
  convention: "not clipped",
  compute: ({ logits, labels }) => logitsLogLoss(logits, labels),
};
const CLIPPED: Metric = {
  metric: "log loss",
  convention: "probabilities clipped at 1e-15, as scikit-learn did",
  compute: ({ probabilities: { data, columns }, labels }) =>
    labels.reduce(
      (sum, label, i) =>
        sum - Math.log(Math.max(data[i * columns + label], 1e-15)),
      0,
    ) /
    labels.length,
};
const BRIER: Metric = {
  metric: "Brier score",
  convention: "mean over classes",
  compute: ({ probabilities, labels }) =>
    brier(probabilities, labels) / probabilities.columns,
};

/** All published numbers, with the conventions by which we compute them. */
export const PUBLISHED: readonly Published[] = [
  { by: "uncalibrated", text: "7.58", ...ERROR },
  { by: "uncalibrated", text: ".055003", ...ECE },
  { by: "uncalibrated", text: ".333955", ...MCE },
  { by: "uncalibrated", text: ".114303", ...CLASSWISE },
  { by: "uncalibrated", text: ".428207", ...CLIPPED },
  { by: "uncalibrated", text: ".012738", ...BRIER },
  { by: "temperature", text: ".009464", ...ECE },
  { by: "temperature", text: ".099293", ...MCE },
  { by: "temperature", text: ".039768", ...CLASSWISE },
  { by: "temperature", text: ".225086", ...LOG_LOSS },
  { by: "temperature", text: ".010998", ...BRIER },
  { by: "vector", text: ".223", ...LOG_LOSS },
  { by: "matrix, their penalty", text: ".222", ...LOG_LOSS },
  { by: "matrix, by folds", text: ".222", ...LOG_LOSS },
  { by: "Dirichlet, their penalty", text: ".223", ...LOG_LOSS },
  { by: "Dirichlet, by folds", text: ".223", ...LOG_LOSS },
];
