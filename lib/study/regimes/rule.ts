import { BadInput } from "../../bad_input.ts";
import { stream } from "../../random.ts";
import {
  fitLogisticRegression,
  logisticProbability,
  type LogisticRegression,
} from "../../statistics/logistic_regression.ts";
import { mean } from "../../statistics/summary.ts";
import type { RegimeCell } from "./cell.ts";
import type { CellKey } from "./cell_key.ts";
import { gainsBySeed, pairedGain } from "./gains.ts";

/** The two methods whose order in log loss a rule predicts. */
export interface RulePair {
  readonly method: string;
  readonly rival: string;
}

/** What a rule knows of plain training with one seed of a cell. */
export const RULE_FEATURES = [
  "log2 of the number of images",
  "log of the fitted temperature",
  "validation accuracy",
] as const;

/** A rule that predicts which of two methods has the lower log loss. */
export interface Rule extends RulePair {
  /** Null if the same method was better in all fitted observations. */
  readonly model: LogisticRegression | null;
  /** Whether the method was better in most fitted observations. */
  readonly majority: boolean;
}

/** How a rule does on cells that it was not fitted on. */
export interface RuleTest extends Rule {
  readonly fittedCells: number;
  /** Number of pairs of cell and seed that it was fitted on. */
  readonly fitted: number;
  readonly testedCells: number;
  /** Number of pairs of cell and seed that it was tested on. */
  readonly tested: number;
  /** Share of these whose better method it predicts. */
  readonly hitRate: number;
  /** The same for always guessing the majority of the fitted observations. */
  readonly majorityHitRate: number;
  readonly cells: readonly RuleCell[];
}

/** A rule's prediction for a cell that it was not fitted on. */
export interface RuleCell extends CellKey {
  /** The method predicted to be better, by the mean probability over seeds. */
  readonly predicted: string;
  /** The method that is better on average. */
  readonly observed: string;
  /** Mean predicted probability that `method` is better than `rival`. */
  readonly probability: number;
  /** Number of seeds. */
  readonly n: number;
  /** Number of seeds for which the prediction is right. */
  readonly hits: number;
  /** Gain in log loss of `method` over `rival`; positive is better. */
  readonly gain: number;
  /** Lower end of its 95 % interval; null for a single seed. */
  readonly low: number | null;
  /** Upper end of its 95 % interval; null for a single seed. */
  readonly high: number | null;
}

/** A cell with what a rule needs of it. */
interface RuleData {
  readonly cell: RegimeCell;
  /** One per seed. */
  readonly observations: readonly Observation[];
}

interface Observation {
  readonly features: readonly number[];
  readonly gain: number;
}

/** Seed of the half that is fitted; chosen before there were any results. */
const SEED = 1;

/**
 * Fits a rule on a random half of the cells and tests it on the other half. Cells
 * without one of the two methods are left out.
 *
 * @param options `seed` of the half (1)
 * @throws {BadInput} if fewer than two cells are left
 */
export function testRule(
  cells: readonly RegimeCell[],
  pair: RulePair,
  { seed = SEED }: { readonly seed?: number } = {},
): RuleTest {
  const data = cells.flatMap((cell) => ruleData(cell, pair));
  if (data.length < 2) {
    throw new BadInput(
      `Cannot test a rule for ${pair.method} and ${pair.rival} as two cells ` +
        `must have both: found ${data.length}`,
    );
  }
  const order = [...stream(seed, "regimes/halves").permutation(data.length)];
  const half = Math.ceil(data.length / 2);
  const fitted = order.slice(0, half).map((i) => data[i]);
  // In the order of the study.
  const tested = order.slice(half).sort((a, b) => a - b).map((i) => data[i]);
  const rule = fitRule(fitted, pair);
  const ruleCells = tested.map((one) => ruleCell(one, rule));
  const observations = tested.flatMap(({ observations }) => observations);
  const hits = ruleCells.reduce((sum, { hits }) => sum + hits, 0);
  return {
    ...rule,
    fittedCells: fitted.length,
    fitted: fitted.flatMap(({ observations }) => observations).length,
    testedCells: tested.length,
    tested: observations.length,
    hitRate: hits / observations.length,
    majorityHitRate: share(
      observations.map(({ gain }) => (gain > 0) === rule.majority),
    ),
    cells: ruleCells,
  };
}

/** How much the hit rate depends on the half. */
export interface RuleSpread extends RulePair {
  /** Number of random halves. */
  readonly halves: number;
  /** Mean hit rate of the rule. */
  readonly hitRate: number;
  /** Mean hit rate of guessing the majority. */
  readonly majorityHitRate: number;
  /** Share of the halves in which the rule has more hits than the majority. */
  readonly ahead: number;
}

/** Tests a rule on many random halves, with seeds from 1. */
export function spreadOfRule(
  cells: readonly RegimeCell[],
  pair: RulePair,
  halves: number,
): RuleSpread {
  const tests = Array.from(
    { length: halves },
    (_, i) => testRule(cells, pair, { seed: i + 1 }),
  );
  return {
    ...pair,
    halves,
    hitRate: mean(tests.map(({ hitRate }) => hitRate)),
    majorityHitRate: mean(tests.map((test) => test.majorityHitRate)),
    ahead: share(tests.map((test) => test.hitRate > test.majorityHitRate)),
  };
}

/** A cell with its observations; nothing unless it has both methods. */
function ruleData(cell: RegimeCell, pair: RulePair): RuleData[] {
  const gains = gainsBySeed(cell.records, { ...pair, score: "logLoss" });
  if (gains === undefined) return [];
  const observations = gains.map(({ seed, gain }) => {
    const plain = cell.plain.find((network) => network.seed === seed)!;
    const { temperature, accuracy } = plain;
    const { images } = cell.key;
    const features = [Math.log2(images), Math.log(temperature), accuracy];
    return { features, gain };
  });
  return [{ cell, observations }];
}

function fitRule(data: readonly RuleData[], pair: RulePair): Rule {
  const observations = data.flatMap(({ observations }) => observations);
  const better = observations.map(({ gain }) => gain > 0);
  const one = new Set(better).size === 1;
  return {
    ...pair,
    majority: share(better) > 0.5,
    model: one ? null : fitLogisticRegression(
      observations.map(({ features }) => features),
      better,
    ),
  };
}

function ruleCell({ cell, observations }: RuleData, rule: Rule): RuleCell {
  const { method, rival } = rule;
  const probabilities = observations.map(({ features }) =>
    rule.model === null
      ? Number(rule.majority)
      : logisticProbability(rule.model, features)
  );
  const probability = mean(probabilities);
  const gain = mean(observations.map(({ gain }) => gain));
  const found = pairedGain(cell.records, { ...rule, score: "logLoss" });
  const better = (isMethod: boolean) => isMethod ? method : rival;
  return {
    ...cell.key,
    predicted: better(probability > 0.5),
    observed: better(gain > 0),
    probability,
    n: observations.length,
    hits:
      observations.filter(({ gain }, i) =>
        (gain > 0) === (probabilities[i] > 0.5)
      ).length,
    gain,
    low: found?.low ?? null,
    high: found?.high ?? null,
  };
}

function share(values: readonly boolean[]): number {
  return values.filter((value) => value).length / values.length;
}
