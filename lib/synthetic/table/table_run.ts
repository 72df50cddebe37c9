import { logitsLogLoss } from "../../calibration/scores.ts";
import { bayesLogits } from "../circles.ts";
import type { Logits } from "../../matrix_kinds.ts";
import type { MethodSpec } from "../../smoothing/method.ts";
import { type Bound, type Candidate, choose } from "../candidate.ts";
import type { RowName } from "../candidates.ts";
import { type Laboratory, type Work, workOf } from "../laboratory.ts";
import { scoreSample, type SyntheticScores } from "../scores.ts";
import { trainRows } from "./train_rows.ts";

/** A row of Table V or VI on one data set. */
export interface TableRow extends SyntheticScores {
  readonly method: RowName;
  readonly scaled: boolean;
  readonly bound: Bound;
  /**
   * Validation log loss of the chosen network, after scaling if the row is
   * scaled.
   */
  readonly validationLogLoss: number;
  /** Temperature of the scaling; 1 without scaling. */
  readonly temperature: number;
  /**
   * Hyperparameter of the chosen candidate, like the next three; null if its
   * method lacks it.
   */
  readonly epsilon: number | null;
  readonly p1: number | null;
  readonly p2: number | null;
  readonly shapeTemperature: number | null;
  /** Training epochs of the chosen network; null for the Bayes row. */
  readonly epochs: number | null;
}

/** Result of Tables V and VI on one data set. */
export interface TableRecord extends Work {
  readonly rows: readonly TableRow[];
}

/**
 * Computes Tables V and VI on one data set: trains every candidate of the
 * requested methods, chooses one by validation log loss (after scaling for
 * scaled rows) and scores it on the test points.
 *
 * The teacher of the instance-based methods is the network trained on hard
 * labels, or the one that the spec plans, with its temperature fitted on
 * validation. Students are trained only on their teacher's probabilities.
 *
 * @param requested rows to compute; their teachers are trained too
 */
export function runTable(
  laboratory: Laboratory,
  requested: readonly RowName[],
): TableRecord {
  const { rows, networks } = trainRows(laboratory, requested);
  return {
    ...workOf(networks),
    rows: requested.flatMap((name) =>
      name === "bayes"
        ? [bayesRow(laboratory)]
        : rowsOf(laboratory, name, rows.get(name)!)
    ),
  };
}

/**
 * Returns a method's rows: unscaled and scaled both ways; for a student only
 * unscaled.
 */
function rowsOf(
  laboratory: Laboratory,
  row: Exclude<RowName, "bayes">,
  candidates: readonly Candidate[],
): TableRow[] {
  const { validation, test } = laboratory.data;
  const bounds: readonly Bound[] = row.startsWith("student-")
    ? [null]
    : [null, "wide", "published"];
  // The bounds usually choose the same network and the same temperature.
  const logits = new Map<string, Logits>();
  const scores = new Map<string, SyntheticScores>();
  return bounds.map((bound) => {
    const chosen = choose(candidates, { labels: validation.labels, bound });
    const { network, temperature, validationLogLoss } = chosen;
    const predicted = logits.get(network.name) ??
      laboratory.predict([network], "test")[0];
    logits.set(network.name, predicted);
    const key = `${network.name} ${temperature}`;
    const measured = scores.get(key) ??
      scoreSample(predicted, test, temperature);
    scores.set(key, measured);
    return {
      method: row,
      scaled: bound !== null,
      bound,
      ...measured,
      validationLogLoss,
      temperature,
      ...chosenNumbers(row, chosen.method),
      epochs: network.epochs,
    };
  });
}

function chosenNumbers(row: RowName, method: MethodSpec) {
  const numbers = row.startsWith("student-") ? { name: row } : method;
  const number = (key: string): number | null => {
    const value = (numbers as Readonly<Record<string, unknown>>)[key];
    return typeof value === "number" ? value : null;
  };
  return {
    epsilon: number("epsilon"),
    p1: number("p1"),
    p2: number("p2"),
    shapeTemperature: number("temperature"),
  };
}

function bayesRow({ data: { layout, validation, test } }: Laboratory) {
  const logits = bayesLogits(layout, validation.points);
  return {
    method: "bayes",
    scaled: false,
    bound: null,
    ...scoreSample(bayesLogits(layout, test.points), test),
    validationLogLoss: logitsLogLoss(logits, validation.labels),
    temperature: 1,
    epsilon: null,
    p1: null,
    p2: null,
    shapeTemperature: null,
    epochs: null,
  } as const;
}
