import { mean, standardError } from "../../statistics/summary.ts";
import { SURFACE } from "../study_numbers.ts";
import { PUBLISHED_SURFACE } from "../published.ts";
import type { DatasetRecord } from "../store.ts";

/** One cell of Fig. 11 over data sets, compared with the published one. */
export interface SurfaceCell {
  readonly p1: number;
  readonly p2: number;
  readonly n: number;
  /** Mean test log loss of `ils1`. */
  readonly logLoss: number;
  /** Standard error of the mean; null for a single data set. */
  readonly logLossSe: number | null;
  readonly published: number;
  /** Our log loss minus the published one. */
  readonly difference: number;
}

/** Returns the surface over P1 and P2, row by row. */
export function summariseSurface(
  records: readonly DatasetRecord<"fig-11">[],
): SurfaceCell[] {
  return SURFACE.p1.flatMap((p1, row) =>
    SURFACE.p2.map((p2, column) => {
      const values = records.map(({ result }) => result.logLoss[row][column]);
      const published = PUBLISHED_SURFACE.logLoss[row][column];
      const logLoss = mean(values);
      return {
        p1,
        p2,
        n: values.length,
        logLoss,
        logLossSe: values.length < 2 ? null : standardError(values),
        published,
        difference: logLoss - published,
      };
    })
  );
}

/** Returns Pearson's correlation between our cells and the published ones. */
export function surfaceCorrelation(cells: readonly SurfaceCell[]): number {
  const ours = mean(cells.map(({ logLoss }) => logLoss));
  const theirs = mean(cells.map(({ published }) => published));
  let products = 0;
  let ourSquares = 0;
  let theirSquares = 0;
  for (const { logLoss, published } of cells) {
    products += (logLoss - ours) * (published - theirs);
    ourSquares += (logLoss - ours) ** 2;
    theirSquares += (published - theirs) ** 2;
  }
  return products / Math.sqrt(ourSquares * theirSquares);
}
