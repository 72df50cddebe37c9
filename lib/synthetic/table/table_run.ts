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
  /** Of the chosen network, scaled where the row is. */
  readonly validationLogLoss: number;
  /** 1 where nothing is scaled. */
  readonly temperature: number;
  /** Numbers of the chosen candidate; null where its method has none such. */
  readonly epsilon: number | null;
  readonly p1: number | null;
  readonly p2: number | null;
  readonly shapeTemperature: number | null;
  /** Epochs that the chosen network was trained; null for the Bayes row. */
  readonly epochs: number | null;
}

/** Tables V and VI on one data set. */
export interface TableRecord extends Work {
  readonly rows: readonly TableRow[];
}

/**
 * Tables V and VI on one data set: every candidate of the wanted methods is
 * trained, one is chosen by its validation log loss (for scaled rows by the
 * scaled one) and measured on the test points.
 *
 * The teacher of the instance-based methods is the network trained on hard
 * labels, or the one that the spec plans, its temperature fitted on validation.
 * Students are trained on a teacher's probabilities alone.
 *
 * @param wanted rows; whoever teaches them is trained with them
 */
export function runTable(
  laboratory: Laboratory,
  wanted: readonly RowName[],
): TableRecord {
  const { rows, networks } = trainRows(laboratory, wanted);
  return {
    ...workOf(networks),
    rows: wanted.flatMap((name) =>
      name === "bayes"
        ? [bayesRow(laboratory)]
        : rowsOf(laboratory, name, rows.get(name)!)
    ),
  };
}

/** A method is shown unscaled and scaled both ways, a student as it is. */
function rowsOf(
  laboratory: Laboratory,
  row: Exclude<RowName, "bayes">,
  known: readonly Candidate[],
): TableRow[] {
  const { validation, test } = laboratory.data;
  const bounds: readonly Bound[] = row.startsWith("student-")
    ? [null]
    : [null, "wide", "published"];
  // The bounds mostly choose the same network, and the same temperature.
  const logits = new Map<string, Logits>();
  const scores = new Map<string, SyntheticScores>();
  return bounds.map((bound) => {
    const chosen = choose(known, { labels: validation.labels, bound });
    const { network, temperature, validationLogLoss } = chosen;
    const said = logits.get(network.name) ??
      laboratory.ask([network], "test")[0];
    logits.set(network.name, said);
    const key = `${network.name} ${temperature}`;
    const measured = scores.get(key) ??
      scoreSample(said, test, temperature);
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
