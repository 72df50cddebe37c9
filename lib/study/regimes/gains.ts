import { mean, pairedDifference } from "../../statistics/summary.ts";
import { SCALED_CE } from "../scaled_rival.ts";
import type { RegimeCell, RegimeRecord } from "./cell.ts";
import type { CellKey } from "./cell_key.ts";

/** The methods with which all others are compared. */
export const GAIN_RIVALS = ["ce", SCALED_CE, "ls"] as const;

/** The scores in which methods are compared. */
export const GAIN_SCORES = [
  "logLoss",
  "accuracy",
  "ece",
  "aurc",
  "studentAccuracy",
] as const;

/** A score in which methods are compared. */
export type GainScore = typeof GAIN_SCORES[number];

const HIGHER_IS_BETTER: readonly GainScore[] = ["accuracy", "studentAccuracy"];

/**
 * How much better a method is than a rival in one score of one cell, paired by
 * seed: positive is better for every score.
 */
export interface Gain extends CellKey {
  /** Mean fitted temperature of plain training. */
  readonly temperature: number;
  readonly method: string;
  readonly rival: string;
  readonly score: GainScore;
  /** Number of seeds. */
  readonly n: number;
  /** Mean over the seeds, in the unit of the score. */
  readonly gain: number;
  /** Lower end of the 95 % interval. */
  readonly low: number;
  /** Upper end of the 95 % interval. */
  readonly high: number;
}

/**
 * Returns all gains of a cell over `ce`, `SCALED_CE` and `ls`. Scores that one of
 * the two methods lacks for some seed, such as those of students, have none.
 */
export function regimeGains(cell: RegimeCell): Gain[] {
  const { key, plain, records } = cell;
  const temperature = mean(plain.map((network) => network.temperature));
  const methods = [...new Set(records.map(({ method }) => method))];
  const pairs = GAIN_RIVALS.flatMap((rival) =>
    methods.filter((method) => method !== "ce" && method !== rival)
      .flatMap((method) => scoresOf(method, rival))
  );
  return pairs.flatMap((pair) => {
    const found = pairedGain(records, pair);
    return found === undefined
      ? []
      : [{ ...key, temperature, ...pair, ...found }];
  });
}

/** Two methods and the score in which they are compared. */
type ScorePair = Pick<Gain, "method" | "rival" | "score">;

/** The scores in which two methods can differ: scaling keeps the accuracy. */
function scoresOf(method: string, rival: string): ScorePair[] {
  const scaling = method === SCALED_CE && rival === "ce";
  return GAIN_SCORES.filter((score) => !(scaling && score === "accuracy"))
    .map((score) => ({ method, rival, score }));
}

/**
 * Returns the gain of a method over a rival with its 95 % interval; undefined
 * unless both have the score for the same seeds, at least two.
 */
export function pairedGain(
  records: readonly RegimeRecord[],
  pair: ScorePair,
): Pick<Gain, "n" | "gain" | "low" | "high"> | undefined {
  const seeds = gainsBySeed(records, pair);
  if (seeds === undefined || seeds.length < 2) return undefined;
  const gains = seeds.map(({ gain }) => gain);
  const { n, mean, low, high } = pairedDifference(gains, gains.map(() => 0));
  return { n, gain: mean, low, high };
}

/**
 * Returns the gain of each seed, in the order of the method's records; undefined
 * unless both methods have the score for the same seeds.
 */
export function gainsBySeed(
  records: readonly RegimeRecord[],
  { method, rival, score }: ScorePair,
): { readonly seed: number; readonly gain: number }[] | undefined {
  const of = (name: string) => records.filter(({ method }) => method === name);
  const others = of(rival);
  const sign = HIGHER_IS_BETTER.includes(score) ? 1 : -1;
  const gains = of(method).map((record) => {
    const value = record[score];
    const other = others.find(({ seed }) => seed === record.seed)?.[score];
    const known = typeof value === "number" && typeof other === "number";
    return { seed: record.seed, gain: known ? sign * (value - other) : NaN };
  });
  const complete = gains.length > 0 && gains.length === others.length &&
    !gains.some(({ gain }) => Number.isNaN(gain));
  return complete ? gains : undefined;
}

/** Gains of a method over a rival in one score, over all cells that have them. */
export interface GainSummary {
  readonly method: string;
  readonly rival: string;
  readonly score: GainScore;
  /** Number of cells. */
  readonly cells: number;
  /** Mean over cells. */
  readonly gain: number;
  /** Number of cells whose mean gain is above 0. */
  readonly ahead: number;
  /** Number of cells whose interval is above 0. */
  readonly better: number;
  /** Number of cells whose interval is below 0. */
  readonly worse: number;
}

/** Returns one summary per rival, method and score, in this order. */
export function summariseGains(gains: readonly Gain[]): GainSummary[] {
  const groups = Map.groupBy(
    gains,
    ({ rival, method, score }) => JSON.stringify([rival, method, score]),
  );
  return [...groups.values()].map((own) => {
    const [{ method, rival, score }] = own;
    return {
      ...{ method, rival, score },
      cells: own.length,
      gain: mean(own.map(({ gain }) => gain)),
      ahead: own.filter(({ gain }) => gain > 0).length,
      better: own.filter(({ low }) => low > 0).length,
      worse: own.filter(({ high }) => high < 0).length,
    };
  });
}
