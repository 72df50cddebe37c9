import { mean } from "../../statistics/summary.ts";
import { SCALED_CE } from "../scaled_rival.ts";
import type { RegimeCell } from "./cell.ts";
import type { CellKey } from "./cell_key.ts";
import { pairedGain } from "./gains.ts";

/** Which method to use in a situation, as a flat record for tables. */
export interface Advice extends CellKey {
  /** Number of seeds. */
  readonly n: number;
  /** The cheapest method that the best one does not beat. */
  readonly use: string;
  /** Number of networks to train for one of this method. */
  readonly networks: number;
  /** Its mean test log loss. */
  readonly logLoss: number;
  /** The method with the lowest mean test log loss. */
  readonly best: string;
  readonly bestLogLoss: number;
  /**
   * All methods that the best one does not beat by more than its 95 % interval,
   * cheapest first, itself included.
   */
  readonly asGood: string;
  /**
   * Gain in log loss of the best method over `SCALED_CE`; null, like its
   * interval, if that is the best or there is a single seed.
   */
  readonly gain: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Returns which method to use in a cell. The best method beats another if the 95 %
 * interval of their difference in test log loss, paired by seed, excludes 0. Of
 * those that it does not beat, the one that needs the fewest networks is used;
 * among equals one without tuned numbers, then the one with the lowest log loss.
 */
export function adviceOf({ key, records, plain, costs }: RegimeCell): Advice {
  const losses = Map.groupBy(records, ({ method }) => method);
  const candidates = [...losses].map(([method, own]) => ({
    ...{ method, ...costs.get(method)! },
    logLoss: mean(own.map(({ logLoss }) => logLoss)),
  }));
  const best = candidates.reduce((best, candidate) =>
    candidate.logLoss < best.logLoss ? candidate : best
  );
  const gainOver = (rival: string) =>
    pairedGain(records, { method: best.method, rival, score: "logLoss" });
  const asGood = candidates
    .filter(({ method }) => !((gainOver(method)?.low ?? 0) > 0))
    .toSorted((a, b) =>
      a.networks - b.networks || Number(a.tuned) - Number(b.tuned) ||
      a.logLoss - b.logLoss
    );
  const [use] = asGood;
  const over = best.method === SCALED_CE ? undefined : gainOver(SCALED_CE);
  return {
    ...key,
    n: plain.length,
    use: use.method,
    networks: use.networks,
    logLoss: use.logLoss,
    best: best.method,
    bestLogLoss: best.logLoss,
    asGood: asGood.map(({ method }) => method).join(", "),
    gain: over?.gain ?? null,
    low: over?.low ?? null,
    high: over?.high ?? null,
  };
}
