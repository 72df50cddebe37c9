import { signedText } from "../../../reports/tables/decimal_text.ts";
import { CALIBRATORS } from "../../../calibration/calibrators/calibrators.ts";
import type {
  CalibratorComparison,
  Difference,
  TestedCalibrator,
  TestedLogits,
} from "../../../calibration/compare_calibrators.ts";
import { table } from "../../../reports/tables/table.ts";
import { textTable } from "../../terminal/text_table.ts";
import { cautions, fitJson, summary } from "./fit_answer.ts";

/** A comparison as `--json` prints it. */
export function comparisonJson(
  comparison: CalibratorComparison,
  how: { readonly folds: number; readonly seed: number; resamples: number },
) {
  const { uncalibrated, calibrated, skipped, validationRows } = comparison;
  const { n, classes, bins } = uncalibrated.metrics;
  return {
    n,
    classes,
    bins,
    validationRows,
    ...how,
    uncalibrated: testedJson(uncalibrated),
    calibrators: calibrated.map((one) => {
      const { fit, impossible, beatsTemperature } = one;
      const { validationRows: _, ...about } = fitJson(fit, validationRows);
      return { ...about, ...testedJson(one), impossible, beatsTemperature };
    }),
    skipped,
    conclusion: conclusion(comparison),
  };
}

function testedJson({ metrics, differences, changed }: TestedLogits) {
  const flat = Object.entries(differences)
    .flatMap(([name, { value, low, high }]) => [
      [name, value],
      [`${name}Low`, low],
      [`${name}High`, high],
    ]);
  return { metrics, differences: Object.fromEntries(flat), changed };
}

/** A comparison as text. */
export function comparisonText(comparison: CalibratorComparison): string {
  const { uncalibrated, calibrated, skipped, validationRows } = comparison;
  const { n, classes, bins } = uncalibrated.metrics;
  const records = [
    record("uncalibrated", uncalibrated),
    ...calibrated.map((one) => record(one.fit.by, one)),
  ];
  return [
    `${n} test rows, ${classes} classes, ${bins} bins; fitted to ` +
    `${validationRows} validation rows\n`,
    textTable(table(records, { columns: COLUMNS })),
    `difference: from temperature scaling, with an interval of 95 %; changed: ` +
    `test rows with another predicted class than before\n\n`,
    ...calibrated.map(({ fit }) => `${fit.by}: ${summary(fit)}\n`),
    "\n",
    ...calibrated.flatMap(({ fit }) => cautions(fit)),
    ...calibrated.flatMap(impossibleNote),
    ...skipped.map(({ reason }) => `Left out: ${reason}\n`),
    `${conclusion(comparison)}\n`,
  ].join("");
}

const COLUMNS = [
  { key: "calibrator", title: "" },
  { key: "accuracy", title: "accuracy, %", digits: 2 },
  { key: "changed", title: "changed, %", digits: 2 },
  { key: "logLoss", title: "log loss", digits: 4 },
  { key: "logLossDifference", title: "difference" },
  { key: "brier", title: "Brier score", digits: 4 },
  { key: "ece", title: "ECE, %", digits: 2 },
  { key: "eceDifference", title: "difference" },
  { key: "classwiseEce", title: "class-wise ECE, %", digits: 2 },
];

function record(calibrator: string, tested: TestedLogits) {
  const { metrics, differences, changed } = tested;
  const own = calibrator === "temperature";
  return {
    calibrator,
    accuracy: 100 * metrics.accuracy,
    changed: 100 * changed,
    logLoss: metrics.logLoss,
    logLossDifference: own ? "" : interval(differences.logLoss),
    brier: metrics.brier,
    ece: 100 * metrics.ece,
    eceDifference: own ? "" : interval(differences.ece, 100, 2),
    classwiseEce: 100 * metrics.classwiseEce,
  };
}

/** "-0.0045 (-0.0078 to -0.0015)". */
function interval(
  { value, low, high }: Difference,
  factor = 1,
  digits = 4,
): string {
  const [middle, from, to] = [value, low, high]
    .map((number) => signedText(factor * number, digits));
  return `${middle} (${from} to ${to})`;
}

function impossibleNote({ fit, impossible }: TestedCalibrator): string[] {
  if (impossible === 0) return [];
  const rows = impossible === 1 ? "1 test row" : `${impossible} test rows`;
  return [
    `Caution, ${CALIBRATORS[fit.by].title}: the label of ${rows} gets ` +
    `probability 0, which counts as a log loss of 744\n`,
  ];
}

/** Which calibrators beat temperature scaling, in a sentence. */
export function conclusion({ calibrated }: CalibratorComparison): string {
  const [temperature, ...others] = calibrated;
  const scaling = `temperature scaling (${summary(temperature.fit)})`;
  if (others.length === 0) {
    return `Temperature scaling: ${summary(temperature.fit)}.`;
  }
  const better = others.filter(({ beatsTemperature }) => beatsTemperature)
    .toSorted((a, b) => a.metrics.logLoss - b.metrics.logLoss);
  const together = others.length === 1
    ? ""
    : ` (intervals that hold for all ${others.length} at once)`;
  if (better.length === 0) {
    return `Nothing beats ${scaling} on these test rows: no log loss is ` +
      `certainly lower${together}.`;
  }
  const each = better.map(({ fit, differences: { logLoss, accuracy } }) =>
    `${CALIBRATORS[fit.by].title}, by ${interval(logLoss)} in log loss and ` +
    `${interval(accuracy, 100, 2)} points of accuracy`
  );
  return `Better than ${scaling} in log loss${together}: ${each.join("; ")}.`;
}
