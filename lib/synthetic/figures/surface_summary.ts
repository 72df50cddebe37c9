import { mean, standardError } from "../../statistics/summary.ts";
import { SURFACE } from "../study_numbers.ts";
import { PUBLISHED_SURFACE } from "../published.ts";
import type { DatasetRecord } from "../store.ts";

/** One cell of Fig. 11 over data sets, beside the published one. */
export interface SurfaceCell {
  readonly p1: number;
  readonly p2: number;
  readonly n: number;
  /** Mean test log loss of `ils1`. */
  readonly logLoss: number;
  /** Null for a single data set. */
  readonly logLossSe: number | null;
  readonly published: number;
  /** Ours minus the published one. */
  readonly difference: number;
}

/** The surface over P1 and P2, row by row. */
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

/** Pearson's correlation of our cells with the published ones. */
export function surfaceCorrelation(cells: readonly SurfaceCell[]): number {
  const ours = mean(cells.map(({ logLoss }) => logLoss));
  const theirs = mean(cells.map(({ published }) => published));
  let both = 0;
  let own = 0;
  let other = 0;
  for (const { logLoss, published } of cells) {
    both += (logLoss - ours) * (published - theirs);
    own += (logLoss - ours) ** 2;
    other += (published - theirs) ** 2;
  }
  return both / Math.sqrt(own * other);
}
