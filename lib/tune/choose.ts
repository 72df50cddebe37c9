import { mean, sampleStandardDeviation } from "../statistics/summary.ts";
import { AXES, type AxisName } from "./grid.ts";
import type { PlannedPoint } from "./plan.ts";
import type { RunOutcome } from "./train_plan.ts";

/** What a point's runs gave on their validation data. */
export interface PointResult extends PlannedPoint {
  /** Runs that failed; such a point cannot be chosen. */
  readonly failed: number;
  /** Mean over the seeds; null where a run failed. */
  readonly logLoss: number | null;
  /** Sample standard deviation over the seeds; null for a single one. */
  readonly logLossStdev: number | null;
  readonly accuracy: number | null;
  readonly accuracyStdev: number | null;
}

/** The best point of a method. */
export interface ChosenPoint extends PointResult {
  readonly logLoss: number;
  readonly accuracy: number;
  /** Points of the method that were tried. */
  readonly tried: number;
  /**
   * Numbers that are the smallest or the largest that was tried, where that is
   * not the end of their range: a better one may lie beyond.
   */
  readonly atEdge: readonly string[];
}

/** Each point with its means over the seeds, in the order of the points. */
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
    const whole = failed === 0;
    return {
      ...point,
      failed,
      logLoss: whole ? mean(losses) : null,
      logLossStdev: whole ? spread(losses) : null,
      accuracy: whole ? mean(accuracies) : null,
      accuracyStdev: whole ? spread(accuracies) : null,
    };
  });
}

/**
 * Of each method the point whose mean validation log loss is smallest, the
 * first among equals; a method all of whose points failed has none. Nothing
 * else is looked at, least of all the test set.
 */
export function choose(results: readonly PointResult[]): ChosenPoint[] {
  const byMethod = Map.groupBy(results, ({ method }) => method);
  return [...byMethod.values()].flatMap((tried) => {
    const sound = tried.filter((result): result is WholeResult =>
      result.logLoss !== null
    );
    if (sound.length === 0) return [];
    const best = sound.reduce((best, result) =>
      result.logLoss < best.logLoss ? result : best
    );
    return [{ ...best, tried: tried.length, atEdge: edges(best, tried) }];
  });
}

type WholeResult = PointResult & { logLoss: number; accuracy: number };

function edges(best: PointResult, tried: readonly PointResult[]): string[] {
  return Object.entries(best.numbers).flatMap(([name, value]) => {
    if (typeof value !== "number") return [];
    const values = tried.map(({ numbers }) => numbers[name] as number);
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
