import { BadInput, checkRange, checkWhole } from "../bad_input.ts";
import type { Matrix } from "../matrix.ts";
import {
  checkDistributions,
  type Logits,
  type Probabilities,
} from "../matrix_kinds.ts";

/** More bins are of no use, and their sums would need too much memory. */
const MOST_BINS = 1_000_000;

const MEASURING = "Cannot measure calibration";

/**
 * Throws unless every row is a distribution and every label is one of its columns.
 *
 * @param probabilities `[n, classes]`, n at least 1
 * @param labels `[n]`, each in [0, classes)
 * @throws {BadInput} naming the first wrong row
 */
export function checkProbabilities(
  probabilities: Probabilities,
  labels: ArrayLike<number>,
): void {
  checkProbabilityLabels(probabilities, labels);
  checkDistributions(MEASURING, probabilities);
}

/** Throws `BadInput` unless there are rows and every label is one of the columns. */
export function checkProbabilityLabels(
  probabilities: Probabilities,
  labels: ArrayLike<number>,
): void {
  checkLabels(MEASURING, probabilities, labels);
}

/**
 * Throws unless every logit is a number below infinity and every label is one of the
 * columns. -Infinity means a probability of 0, for example of a masked class; the
 * logit of a label must be finite, as the log loss would be infinite.
 *
 * @param doing start of the message, such as "Cannot fit a temperature"
 * @param logits `[n, classes]`, n at least 1
 * @param labels `[n]`, each in [0, classes)
 * @throws {BadInput} naming the first wrong row
 */
export function checkLogits(
  doing: string,
  logits: Logits,
  labels: ArrayLike<number>,
): void {
  checkLabels(doing, logits, labels);
  const { data, rows, columns } = logits;
  for (let at = 0; at < rows * columns; at++) {
    if (data[at] < Infinity) continue;
    const i = Math.floor(at / columns);
    throw new BadInput(
      `${doing} as logits must be finite or -Infinity: row ${i} contains ` +
        data[at],
    );
  }
  for (let i = 0; i < rows; i++) {
    if (data[i * columns + labels[i]] > -Infinity) continue;
    throw new BadInput(
      `${doing} as labels must have a probability above 0: row ${i} has label ` +
        `${labels[i]}, whose logit is -Infinity`,
    );
  }
}

/** Throws `BadInput` unless `bins` is a whole number in [1, 1000000]. */
export function checkBins(bins: number): void {
  const what = `${MEASURING} as the number of bins`;
  checkWhole(what, bins, 1);
  checkRange(what, bins, { low: 1, high: MOST_BINS });
}

function checkLabels(
  doing: string,
  { rows, columns }: Matrix,
  labels: ArrayLike<number>,
): void {
  if (rows === 0) throw new BadInput(`${doing} as there are no rows`);
  if (labels.length !== rows) {
    throw new BadInput(
      `${doing} as there must be one label per row: ${rows} rows, ${labels.length} labels`,
    );
  }
  for (let i = 0; i < rows; i++) {
    if (labels[i] >= 0 && labels[i] < columns) continue;
    throw new BadInput(
      `${doing} as labels must be in [0, ${columns}): row ${i} has ${
        labels[i]
      }`,
    );
  }
}
