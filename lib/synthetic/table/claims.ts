import { pairedDifference } from "../../statistics/summary.ts";
import { wilcoxonSignedRank } from "../../statistics/wilcoxon.ts";
import { PUBLISHED_STUDENTS, PUBLISHED_SYNTHETIC } from "../published.ts";
import type { DatasetRecord } from "../store.ts";
import { type RowKey, scoresOfRow } from "./table_summary.ts";

/** Whether a published difference was reproduced. */
export type ClaimVerdict = "reproduced" | "not reproduced" | "undecided";

type TableClaimScore = "logLoss" | "accuracy" | "ece";

/** A published difference and ours. */
export interface ClaimResult {
  readonly claim: string;
  readonly score: TableClaimScore | "epsilon";
  readonly published: number;
  /** Our mean difference, paired by data set. */
  readonly difference: number;
  readonly standardError: number;
  /** Lower end of the 95 % interval. */
  readonly low: number;
  /** Upper end of the 95 % interval. */
  readonly high: number;
  /** Two-sided p-value of Wilcoxon's signed-rank test; null without pairs. */
  readonly pValue: number | null;
  readonly verdict: ClaimVerdict;
  /** Whether the interval contains the published difference. */
  readonly sizeHolds: boolean;
}

interface Claim {
  readonly claim: string;
  readonly a: RowKey;
  readonly b: RowKey;
  readonly score: TableClaimScore;
}

const plain = (method: RowKey["method"]): RowKey => ({ method, bound: null });
const scaled = (method: RowKey["method"]): RowKey => (
  { method, bound: "published" }
);

/**
 * The study's claims about Tables V and VI, as differences between two rows.
 */
const CLAIMS: readonly Claim[] = [
  ...(["logLoss", "accuracy"] as const).flatMap((score) => [
    { claim: "LS beats no smoothing", a: plain("ls"), b: plain("ce"), score },
    { claim: "ILS1 beats LS", a: plain("ils1"), b: plain("ls"), score },
    { claim: "ILS2 beats LS", a: plain("ils2"), b: plain("ls"), score },
    { claim: "ILS beats LS", a: plain("ilsq"), b: plain("ls"), score },
    {
      claim: "ILS beats no smoothing",
      a: plain("ilsq"),
      b: plain("ce"),
      score,
    },
  ]),
  {
    claim: "LS at 0.2 beats no smoothing",
    a: plain("ls-0.2"),
    b: plain("ce"),
    score: "logLoss",
  },
  {
    claim: "ILS1 is better calibrated than LS",
    a: plain("ils1"),
    b: plain("ls"),
    score: "ece",
  },
  {
    claim: "Scaling helps the plain network",
    a: scaled("ce"),
    b: plain("ce"),
    score: "logLoss",
  },
  {
    claim: "An LS teacher hurts its student",
    a: plain("student-of-ls"),
    b: plain("student-of-ce"),
    score: "logLoss",
  },
  {
    claim: "An ILS teacher helps its student",
    a: plain("student-of-ilsq"),
    b: plain("student-of-ce"),
    score: "logLoss",
  },
];

/**
 * Judges every claim of the study on our records.
 *
 * @param records at least two data sets, with all rows
 */
export function judgeClaims(
  records: readonly DatasetRecord<"table-v">[],
): ClaimResult[] {
  return CLAIMS.map(({ claim, a, b, score }) => {
    const ours = scoresOfRow(records, a, score);
    const other = scoresOfRow(records, b, score);
    const { mean, standardError, low, high } = pairedDifference(ours, other);
    const published = publishedScore(a, score) - publishedScore(b, score);
    return {
      claim,
      score,
      published,
      difference: mean,
      standardError,
      low,
      high,
      pValue: wilcoxonSignedRank(ours, other).pValue,
      ...verdictOf(published, { low, high }),
    };
  });
}

/**
 * Returns the verdict on a difference's direction, and whether its size was
 * reproduced too.
 */
export function verdictOf(
  published: number,
  interval: { readonly low: number; readonly high: number },
): Pick<ClaimResult, "verdict" | "sizeHolds"> {
  const { low, high } = interval;
  return {
    verdict: claimVerdict(published, interval),
    sizeHolds: published >= low && published <= high,
  };
}

/**
 * Returns the verdict on a published difference: reproduced if our 95 %
 * interval excludes 0 and is on the published side; else not reproduced if it
 * excludes the published difference; else undecided.
 */
export function claimVerdict(
  published: number,
  { low, high }: { readonly low: number; readonly high: number },
): ClaimVerdict {
  if (published < 0 ? high < 0 : low > 0) return "reproduced";
  return published < low || published > high ? "not reproduced" : "undecided";
}

function publishedScore(
  { method, bound }: RowKey,
  score: TableClaimScore,
): number {
  const row =
    PUBLISHED_SYNTHETIC.find((row) =>
      row.method === method && row.scaled === (bound !== null)
    ) ?? PUBLISHED_STUDENTS.find((row) => row.method === method);
  if (row !== undefined) return row[score];
  throw new RangeError(`No published row for ${method}`);
}
