import { mean, standardError } from "../../statistics/summary.ts";
import type { DatasetRecord } from "../store.ts";
import type { TableRow } from "./table_run.ts";

/** Numbers that the tables average over data sets. */
export const TABLE_SCORES = [
  "accuracy",
  "accuracyDense",
  "accuracySparse",
  "logLoss",
  "ece",
  "classwiseEce",
  "labelConditionalEce",
  "validationLogLoss",
  "temperature",
] as const;

/** One of these numbers. */
export type TableScore = typeof TABLE_SCORES[number];

/**
 * A row of Table V or VI: means over data sets, each with its standard error
 * (`<name>Se`, null for a single data set). Accuracies are fractions.
 */
export type TableSummaryRow =
  & Pick<TableRow, "method" | "scaled" | "bound">
  & { readonly n: number }
  & { readonly [Score in TableScore]: number | null }
  & { readonly [Score in `${TableScore}Se`]: number | null };

/** Returns the rows of the tables, in the published order. */
export function summariseTable(
  records: readonly DatasetRecord<"table-v">[],
): TableSummaryRow[] {
  return records[0].result.rows.map(({ method, scaled, bound }, at) => {
    const rows = records.map(({ result }) => result.rows[at]);
    const scores = TABLE_SCORES.flatMap((score) =>
      meanAndError(score, rows.map((row) => row[score]))
    );
    const row = { method, scaled, bound, n: rows.length };
    return { ...row, ...Object.fromEntries(scores) } as TableSummaryRow;
  });
}

function meanAndError(
  name: string,
  values: readonly (number | null)[],
): [string, number | null][] {
  const numbers = values.filter((value) => value !== null);
  const few = numbers.length < 2;
  return [
    [name, numbers.length === 0 ? null : mean(numbers)],
    [`${name}Se`, few ? null : standardError(numbers)],
  ];
}

/** Identifies a row of the tables. */
export type RowKey = Pick<TableRow, "method" | "bound">;

/** Returns one score of a row for each data set. */
export function scoresOfRow(
  records: readonly DatasetRecord<"table-v">[],
  { method, bound }: RowKey,
  score: TableScore,
): number[] {
  return records.map(({ dataset, result }) => {
    const row = result.rows.find((row) =>
      row.method === method && row.bound === bound
    );
    const value = row?.[score];
    if (typeof value === "number") return value;
    throw new RangeError(`Data set ${dataset} has no ${score} for ${method}`);
  });
}

/** Hyperparameters chosen on validation, averaged over data sets. */
export interface ChosenNumbers {
  readonly method: string;
  readonly scaled: boolean;
  readonly bound: TableRow["bound"];
  readonly epsilon: number | null;
  readonly p1: number | null;
  readonly p2: number | null;
  readonly shapeTemperature: number | null;
  readonly epochs: number | null;
}

/** Returns the mean hyperparameters of each row's chosen candidates. */
export function summariseChosen(
  records: readonly DatasetRecord<"table-v">[],
): ChosenNumbers[] {
  const numbers = [
    "epsilon",
    "p1",
    "p2",
    "shapeTemperature",
    "epochs",
  ] as const;
  return records[0].result.rows.map(({ method, scaled, bound }, at) => {
    const means = numbers.map((name) => {
      const values = records.map(({ result }) => result.rows[at][name])
        .filter((value) => value !== null);
      return [name, values.length === 0 ? null : mean(values)];
    });
    return { method, scaled, bound, ...Object.fromEntries(means) };
  });
}
