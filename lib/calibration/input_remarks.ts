import { argMax } from "../matrix.ts";
import type { Logits } from "../matrix_kinds.ts";
import type { LabelledLogits } from "./labelled_logits.ts";
import { listedClasses, MOST_SHOWN } from "./listed_classes.ts";
import { sharedRows } from "./shared_rows.ts";

/** The rows of one model. */
export interface ModelRows {
  /** Name in remarks, if there are several models. */
  readonly name: string;
  /** Test logits `[n, classes]`. */
  readonly logits: Logits;
  /** Rows that calibrators are fitted to. */
  readonly validation?: LabelledLogits | undefined;
}

/** Standard deviations within which an accuracy is that of chance. */
const DEVIATIONS = 2;
/** Cohen's kappa up to which few rows may be at chance. */
const SLIGHT = 0.1;
/** Accuracy with labels that are shifted by one, from which they probably are. */
const PROBABLY_SHIFTED = 0.5;

/**
 * What is suspicious about test and validation rows, in a sentence each: accuracy at or
 * below chance, validation rows among the test rows, classes without rows, constant
 * labels.
 *
 * @param models the same rows for each model, at least one
 * @param labels `[n]` of the test rows
 * @param options `rows`: what the rows are if not test rows; "" for none ("test")
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { inputRemarks, logitsOf } from "@ils/label-smoothing/calibration";
 * const logits = logitsOf([[2, 0], [1, 0], [3, 0]]);
 * const models = [{ name: "net", logits }];
 * deepStrictEqual(inputRemarks(models, Int32Array.of(0, 0, 0)), [
 *   "All test rows have label 0",
 * ]);
 * ```
 */
export function inputRemarks(
  models: readonly ModelRows[],
  labels: Int32Array,
  options: { readonly rows?: string } = {},
): string[] {
  const { rows = "test" } = options;
  const [{ logits, validation }] = models;
  const classes = logits.columns;
  const remarks = missingRemarks(rows, labels, classes);
  if (validation !== undefined) {
    remarks.push(...missingRemarks("validation", validation.labels, classes));
    const shared = sharedRows(validation.logits, logits);
    if (shared > 0) {
      remarks.push(
        `${shared} of ${validation.logits.rows} validation rows are also test ` +
          "rows: calibrators must not be fitted to rows that they are measured on",
      );
    }
  }
  for (const { name, logits, validation } of models) {
    const of = models.length > 1 ? ` of ${name}` : "";
    const accuracy = capitalised(`${rows} accuracy${of}`.trim());
    remarks.push(...chanceRemarks(accuracy, logits, labels));
    if (validation === undefined) continue;
    remarks.push(
      ...chanceRemarks(
        `Validation accuracy${of}`,
        validation.logits,
        validation.labels,
      ),
    );
  }
  return remarks;
}

function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}

function missingRemarks(
  rows: string,
  labels: Int32Array,
  classes: number,
): string[] {
  const present = new Set(labels);
  const all = `${rows} rows`.trim();
  if (present.size === 1) return [`All ${all} have label ${labels[0]}`];
  const missing = Array.from({ length: classes }, (_, k) => k)
    .filter((k) => !present.has(k));
  if (missing.length === 0) return [];
  const word = missing.length === 1 ? "class" : "classes";
  return [
    `None of the ${all} has a label of ${word} ${listedClasses(missing)}` +
    (missing.length > MOST_SHOWN ? ` of ${classes}` : ""),
  ];
}

/** A remark if predictions agree with the labels no more than by chance. */
function chanceRemarks(
  what: string,
  logits: Logits,
  labels: Int32Array,
): string[] {
  const { rows } = logits;
  const { ofLabels, ofPredictions, right, lower, higher } = agreement(
    logits,
    labels,
  );
  const mostFrequent = Math.max(...ofLabels);
  if (mostFrequent === rows) return [];
  const accuracy = right / rows;
  // Of predictions that know nothing about the labels, as in Cohen's kappa.
  const chance = ofLabels.reduce((sum, n, k) => sum + n * ofPredictions[k], 0) /
    rows ** 2;
  const deviation = Math.sqrt(chance * (1 - chance) / rows);
  const isChance = accuracy <= chance + DEVIATIONS * deviation &&
    accuracy - chance <= SLIGHT * (1 - chance);
  if (!isChance && right > mostFrequent) return [];
  const level = isChance
    ? `no better than chance (${perCent(chance)})`
    : "no better than always predicting the most frequent label " +
      `(${perCent(mostFrequent / rows)})`;
  const [shifted, word] = lower > higher
    ? [lower, "lower"]
    : [higher, "higher"];
  const guess = shifted > right && shifted > PROBABLY_SHIFTED * rows
    ? `: with labels ${word} by 1 it would be ${perCent(shifted / rows)}`
    : isChance
    ? ": are the labels shifted, or the rows in another order?"
    : "";
  return [`${what} ${perCent(accuracy)} is ${level}${guess}`];
}

/** Counts of labels, of predictions, and of those that agree, perhaps but for 1. */
function agreement(logits: Logits, labels: Int32Array) {
  const ofLabels = new Int32Array(logits.columns);
  const ofPredictions = new Int32Array(logits.columns);
  let right = 0;
  let lower = 0;
  let higher = 0;
  labels.forEach((label, i) => {
    const predicted = argMax(logits, i);
    ofLabels[label]++;
    ofPredictions[predicted]++;
    if (predicted === label) right++;
    if (predicted === label - 1) lower++;
    if (predicted === label + 1) higher++;
  });
  return { ofLabels, ofPredictions, right, lower, higher };
}

function perCent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
