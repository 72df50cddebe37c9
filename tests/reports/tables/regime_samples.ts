import type { Advice } from "../../../lib/study/regimes/advice.ts";
import type { Gain } from "../../../lib/study/regimes/gains.ts";
import type {
  RuleCell,
  RuleSpread,
  RuleTest,
} from "../../../lib/study/regimes/rule.ts";

/** A cell of a study of regimes. */
export const CELL = { network: "mlp", noise: "20 % even", images: 1000 };

/** A gain in log loss that is undecided. */
export const GAIN: Gain = {
  ...CELL,
  ...{ temperature: 1.2, method: "ilsq", rival: "ls", score: "logLoss", n: 4 },
  ...{ gain: 0.01, low: -0.01, high: 0.03 },
};

/** A wrong prediction, undecided. */
const WRONG: RuleCell = {
  ...CELL,
  ...{ predicted: "ilsq", observed: "ls", probability: 0.75, n: 4, hits: 1 },
  ...{ gain: -0.01, low: -0.03, high: 0.01 },
};

/** A right prediction. */
const RIGHT: RuleCell = {
  ...{ ...WRONG, network: "lenet", observed: "ilsq", hits: 4 },
  ...{ gain: 0.02, low: 0.01, high: 0.03 },
};

/** A rule that is right for six of eight networks. */
export const TEST: RuleTest = {
  ...{ method: "ilsq", rival: "ls", majority: true },
  model: {
    ...{ intercept: 0.1, weights: [0.5, -1.25, 2] },
    ...{ centres: [10, 0, 0.5], scales: [1, 1, 1] },
  },
  ...{ fittedCells: 3, fitted: 12, testedCells: 2, tested: 8 },
  ...{ hitRate: 0.75, majorityHitRate: 0.5, cells: [WRONG, RIGHT] },
};

/** The same rule on a hundred halves. */
export const SPREAD: RuleSpread = {
  ...{ method: "ilsq", rival: "ls", halves: 100 },
  ...{ hitRate: 0.7, majorityHitRate: 0.6, ahead: 0.9 },
};

/** A cell where the best method is undecided, and two where it is clear. */
export const ADVICE: readonly Advice[] = [
  {
    ...{ ...CELL, n: 4, use: "ls", networks: 1, logLoss: 0.5 },
    ...{ best: "mix", bestLogLoss: 0.48, asGood: "ls, mix" },
    ...{ gain: 0.12, low: -0.01, high: 0.25 },
  },
  {
    ...{ ...CELL, images: 2000, n: 4, use: "scaled ce", networks: 1 },
    ...{ logLoss: 0.45, best: "scaled ce", bestLogLoss: 0.45 },
    ...{ asGood: "scaled ce", gain: null, low: null, high: null },
  },
  {
    ...{ network: "lenet", images: 1000, noise: "none", n: 4, use: "mix" },
    ...{ networks: 4, logLoss: 0.4, best: "mix", bestLogLoss: 0.4 },
    ...{ asGood: "mix", gain: 0.09, low: 0.05, high: 0.13 },
  },
];
