import type { ChosenPoint, PointResult } from "../../lib/tune/choose.ts";

/** Returns a point with two seeds and a mean log loss, or with a failed run. */
export function result(
  method: string,
  numbers: PointResult["numbers"],
  logLoss: number | null,
): PointResult {
  const failed = logLoss === null ? 1 : 0;
  return {
    method,
    numbers,
    runs: [{ seed: 1, id: "a" }, { seed: 2, id: "b" }],
    failed,
    logLoss,
    logLossStdev: failed ? null : 0.01,
    accuracy: failed ? null : 0.9,
    accuracyStdev: failed ? null : 0.002,
  };
}

/** Returns the point as the chosen one of its method. */
export function best(point: PointResult): ChosenPoint {
  return { ...point, tried: 4, atEdge: [] } as unknown as ChosenPoint;
}
