import { mean, sampleStandardDeviation } from "../statistics/summary.ts";
import { AXES, type AxisName } from "./grid.ts";
import type { PlannedPoint } from "./plan.ts";
import type { RunOutcome } from "./train_plan.ts";

/** Validation scores of a point's runs. */
export interface PointResult extends PlannedPoint {
  /** Number of failed runs; such a point cannot be chosen. */
  readonly failed: number;
  /** Mean over the seeds; null if a run failed. */
  readonly logLoss: number | null;
  /** Sample standard deviation over the seeds; null for a single seed. */
  readonly logLossStdev: number | null;
  readonly accuracy: number | null;
  readonly accuracyStdev: number | null;
}

/** The best point of a method. */
export interface ChosenPoint extends PointResult {
  readonly logLoss: number;
  readonly accuracy: number;
  /** Number of points tried for the method. */
  readonly tried: number;
  /**
   * Numbers that are the smallest or largest value tried but not an end of
   * their range: a better value may lie beyond.
   */
  readonly atEdge: readonly string[];
}

/** Returns the points with their means over the seeds, in the same order. */
export function pointResults(
  points: readonly PlannedPoint[],
  outcomes: ReadonlyMap<string, RunOutcome>,
): PointResult[] {
  return points.map((point) => {
    const records = point.runs.flatMap(({ id }) => {
      const outcome = outcomes.get(id)!;
      return outcome.state === "done" ? [outcome.record.validation.plain] : [];
    });
    const failed = point.runs.length - records.length;
    const losses = records.map(({ logLoss }) => logLoss);
    const accuracies = records.map(({ accuracy }) => accuracy);
    const complete = failed === 0;
    return {
      ...point,
      failed,
      logLoss: complete ? mean(losses) : null,
      logLossStdev: complete ? spread(losses) : null,
      accuracy: complete ? mean(accuracies) : null,
      accuracyStdev: complete ? spread(accuracies) : null,
    };
  });
}

/**
 * Returns for each method the point with the smallest mean validation log loss;
 * the first one on ties. A method whose points all failed has none. Nothing
 * else is considered, least of all the test set.
 */
export function choose(results: readonly PointResult[]): ChosenPoint[] {
  const byMethod = Map.groupBy(results, ({ method }) => method);
  return [...byMethod.values()].flatMap((tried) => {
    const complete = tried.filter((result): result is CompleteResult =>
      result.logLoss !== null
    );
    if (complete.length === 0) return [];
    const best = complete.reduce((best, result) =>
      result.logLoss < best.logLoss ? result : best
    );
    return [{ ...best, tried: tried.length, atEdge: edges(best, tried) }];
  });
}

type CompleteResult = PointResult & { logLoss: number; accuracy: number };

function edges(best: PointResult, tried: readonly PointResult[]): string[] {
  return Object.entries(best.numbers).flatMap(([name, value]) => {
    if (typeof value !== "number") return [];
    const values = tried.map(({ numbers }) => numbers[name])
      .filter((value) => value !== undefined) as number[];
    const [low, high] = [Math.min(...values), Math.max(...values)];
    if (low === high || (value !== low && value !== high)) return [];
    const { range } = AXES[name as AxisName];
    const nothingBeyond = value === range.low || value === range.high;
    return nothingBeyond ? [] : [name];
  });
}

function spread(values: readonly number[]): number | null {
  return values.length < 2 ? null : sampleStandardDeviation(values);
}
