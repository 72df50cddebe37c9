import { BadInput, checkWhole } from "../../bad_input.ts";
import { softmax } from "../../logits/softmax.ts";
import type { Logits } from "../../matrix_kinds.ts";
import type { CalibratorName } from "../calibrators/calibrators.ts";
import { checkBins, checkLogits } from "../check.ts";
import { calibrateLogits } from "../evaluate.ts";
import type { LabelledLogits } from "../labelled_logits.ts";
import { classwiseCandidates } from "./classwise_candidates.ts";
import type { Candidate } from "./convention.ts";
import type { ExplainedValue } from "./explained_value.ts";
import { parsePublished } from "./published_number.ts";
import { type CalibratedCandidate, rankCandidates } from "./rank_candidates.ts";
import { scoreCandidates } from "./score_candidates.ts";
import { topLabelCandidates } from "./top_label_candidates.ts";

/** Options of `explainNumber()`. */
export interface ExplainOptions {
  /** Rows to fit calibrators to; with them, calibrated numbers are tried too. */
  readonly validation?: LabelledLogits | undefined;
  /** Names of the calibrators (temperature scaling). */
  readonly calibrators?: readonly CalibratorName[] | undefined;
  /** Numbers of bins to try besides 5, 10, 15, 20, 25, 30, 50 and 100. */
  readonly bins?: readonly number[] | undefined;
  /** How many of the closest values are returned, at least 1 (10). */
  readonly limit?: number | undefined;
}

/** Which conventions yield a published number. */
export interface NumberExplanation {
  /** The number as it was given. */
  readonly published: string;
  /** Half a unit of its last digit. */
  readonly tolerance: number;
  /** Number of its significant digits. */
  readonly digits: number;
  /** Number of conventions that were tried, before and after calibration. */
  readonly tried: number;
  /** How many different values agree with the number. */
  readonly agreeing: number;
  /**
   * How many different values would agree by chance: a ninth of those that differ by
   * more than the tolerance, and by less than ten times as much.
   */
  readonly byChance: number;
  /** The most usual convention that agrees; undefined if none does. */
  readonly likeliest: ExplainedValue | undefined;
  /** The closest values, the closest first. */
  readonly closest: readonly ExplainedValue[];
}

/**
 * Finds the conventions by which a published number follows from rows: which metric,
 * number of bins, edges, norm, combination of classes, limit of probabilities, unit.
 *
 * About 6,000 conventions are tried, each as a fraction and in per cent, unless
 * the number has a percent sign. A value agrees if it differs by at most half a unit of
 * the last digit of the number, so "0.40" says more than "0.4". With few digits some
 * conventions agree by chance; `byChance` says how many to expect.
 *
 * @param rows logits and labels of the rows that the number was computed from
 * @param published the number as it is printed, such as "0.0398" or "3.98%"
 * @param options validation rows and calibrators, further numbers of bins, `limit`
 * @throws {BadInput} for a text that is no number, or rows that `evaluateLogits()`
 * refuses
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { explainNumber, logitsOf } from "@ils/label-smoothing/calibration";
 * // Three rows at 80 %, of which two are right.
 * const row = [Math.log(4), 0];
 * const rows = { logits: logitsOf([row, row, row]), labels: Int32Array.of(0, 0, 1) };
 * const { likeliest } = explainNumber(rows, "13.3%");
 * strictEqual(likeliest?.convention, "ECE, 15 bins (low, high]");
 * strictEqual(likeliest?.value.toFixed(4), "13.3333");
 * // The sum over both classes is 0.48.
 * const { closest: [brier] } = explainNumber(rows, "0.240");
 * strictEqual(brier.convention, "Brier score, mean over classes");
 * ```
 */
export function explainNumber(
  rows: LabelledLogits,
  published: string,
  options: ExplainOptions = {},
): NumberExplanation {
  const { validation, calibrators, bins = [], limit = 10 } = options;
  const number = parsePublished(published);
  checkWhole("limit", limit, 1);
  bins.forEach(checkBins);
  checkLogits("Cannot explain a number", rows.logits, rows.labels);
  if (validation === undefined && calibrators !== undefined) {
    throw new BadInput("Cannot calibrate logits without validation rows");
  }
  const calibrated = validation === undefined
    ? []
    : calibrateLogits(rows.logits, validation, calibrators);
  const plain = { by: undefined, logits: rows.logits };
  const candidates: CalibratedCandidate[] = [plain, ...calibrated].flatMap(
    ({ by, logits }) =>
      candidatesOf(logits, rows.labels, bins)
        .map((candidate) => ({ ...candidate, by })),
  );
  const ranked = rankCandidates(candidates, number);
  return {
    published: number.text,
    tolerance: number.tolerance,
    digits: number.digits,
    ...ranked,
    closest: ranked.closest.slice(0, limit),
  };
}

function candidatesOf(
  logits: Logits,
  labels: Int32Array,
  bins: readonly number[],
): Candidate[] {
  const probabilities = softmax(logits);
  const predictions = { probabilities, labels, logits };
  return [
    ...scoreCandidates(predictions),
    ...topLabelCandidates(predictions, bins),
    ...classwiseCandidates(predictions, bins),
  ];
}
