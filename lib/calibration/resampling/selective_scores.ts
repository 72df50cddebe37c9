import { keptRows, mostErrors } from "../selective.ts";
import type { PreparedRows, Weights } from "./prepared_rows.ts";

/** Names of the metrics of the rejection of uncertain rows. */
type SelectiveName =
  | "aurc"
  | "augrc"
  | "riskAtCoverage80"
  | "riskAtCoverage90"
  | "riskAtCoverage95"
  | "coverageAtRisk1"
  | "coverageAtRisk5"
  | "confidenceAuroc";

/** Rows by increasing confidence. */
type SortedRows = Pick<PreparedRows, "confidence" | "correct">;

/**
 * Metrics of the rejection of uncertain rows.
 *
 * @param n sum of the weights
 */
export function selectiveScores(
  rows: SortedRows,
  n = rows.confidence.length,
): (
  weights: Pick<Weights, "byConfidence">,
) => Record<SelectiveName, number> {
  const errors = new Float64Array(n);
  const reciprocals = Float64Array.from({ length: n }, (_, i) => 1 / (i + 1));
  const kept = [0.8, 0.9, 0.95].map((coverage) => keptRows(n, coverage));
  return ({ byConfidence }) => {
    const below = countErrors(rows, byConfidence, errors);
    const wrong = errors[n - 1];
    const [risk80, risk90, risk95] = kept.map((k) => errors[k - 1] / k);
    return {
      ...areas(errors, reciprocals),
      riskAtCoverage80: risk80,
      riskAtCoverage90: risk90,
      riskAtCoverage95: risk95,
      coverageAtRisk1: largestCoverage(errors, 0.01),
      coverageAtRisk5: largestCoverage(errors, 0.05),
      confidenceAuroc: 1 - below / (wrong * (n - wrong)),
    };
  };
}

/**
 * Fills `errors` with the numbers of errors among the 1, 2, ..., n most confident rows.
 * Rows that count several times, and rows of equal confidence, share their errors evenly.
 *
 * @returns the number of pairs of a right row and a wrong one that is more confident;
 * pairs of equal confidence count half
 */
function countErrors(
  { confidence, correct }: SortedRows,
  weights: Int32Array,
  errors: Float64Array,
): number {
  let before = 0;
  let below = 0;
  let at = 0;
  for (let end = confidence.length; end > 0;) {
    let start = end - 1;
    let count = weights[start];
    let wrong = correct[start] === 1 ? 0 : count;
    while (start > 0 && confidence[start - 1] === confidence[end - 1]) {
      start--;
      count += weights[start];
      if (correct[start] === 0) wrong += weights[start];
    }
    const share = wrong / count;
    for (let k = 1; k <= count; k++) errors[at++] = before + k * share;
    below += (count - wrong) * (before + wrong / 2);
    before += wrong;
    end = start;
  }
  return below;
}

/** The areas of `aurc()` and `augrc()`. */
function areas(errors: Float64Array, reciprocals: Float64Array) {
  const n = errors.length;
  if (n === 1) return { aurc: errors[0], augrc: errors[0] };
  const last = errors[n - 1];
  let rates = (errors[0] + last / n) / 2;
  let shares = (errors[0] + last) / 2;
  for (let i = 1; i < n - 1; i++) {
    rates += errors[i] * reciprocals[i];
    shares += errors[i];
  }
  return { aurc: rates / (n - 1), augrc: shares / n / (n - 1) };
}

function largestCoverage(errors: Float64Array, risk: number): number {
  let kept = errors.length;
  while (kept > 0 && errors[kept - 1] > mostErrors(kept, risk)) kept--;
  return kept / errors.length;
}
