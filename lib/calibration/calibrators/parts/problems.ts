import { argMax, type Matrix } from "../../../matrix.ts";
import type { Logits } from "../../../matrix_kinds.ts";
import { listedClasses } from "../../listed_classes.ts";
import type { FitProblem, FittedCalibrator } from "../calibrator.ts";

/** The problems of a fit as its property, which is absent if there are none. */
export function foundProblems(
  problems: readonly FitProblem[],
): Pick<FittedCalibrator, "problems"> {
  return problems.length > 0 ? { problems } : {};
}

/** What becomes of classes without rows if intercepts have no penalty. */
export const FALLING = "the log loss falls without end with the intercept";

/** The problem of a search that stopped too early. */
export function unconverged(iterations: number): FitProblem {
  const reason = `the search for the smallest log loss stopped after ` +
    `${iterations} steps before it reached the minimum`;
  return { kind: "unconverged", reason };
}

/** The problem of weights that separate the classes. */
export function separated(): FitProblem {
  const reason = "every validation row is predicted right, so the log loss " +
    "falls without end as weights grow: fit on more rows, none of which the " +
    "model was trained on";
  return { kind: "no minimum", reason };
}

/**
 * The problem of classes that no row has as its label.
 *
 * @param result what the fit makes of them
 */
export function withoutRows(
  absent: readonly number[],
  result: string,
): FitProblem {
  const labels = absent.length > 1 ? "labels" : "label";
  const reason = `no validation row has the ${labels} ${
    listedClasses(absent)
  }: ${result}`;
  return { kind: "absent class", reason };
}

/** Classes that are no row's label, though they are not masked in all rows. */
export function absentClasses(
  { data, columns }: Logits,
  labels: Int32Array,
): number[] {
  const absent = new Set(Array(columns).keys());
  for (const label of labels) absent.delete(label);
  return [...absent].filter((k) =>
    data.some((z, at) => at % columns === k && z > -Infinity)
  );
}

/** Whether every label has the largest logit of its row, and no other class has it. */
export function isAlwaysRight(rows: Matrix, labels: Int32Array): boolean {
  return labels.every((label, i) => {
    if (argMax(rows, i) !== label) return false;
    const start = i * rows.columns;
    const top = rows.data[start + label];
    for (let k = label + 1; k < rows.columns; k++) {
      if (rows.data[start + k] === top) return false;
    }
    return true;
  });
}
