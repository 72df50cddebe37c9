import { METRIC_NAMES } from "../../../lib/calibration/metrics.ts";
import type {
  MethodCost,
  RegimeCell,
  RegimeRecord,
} from "../../../lib/study/regimes/cell.ts";
import type { CellKey } from "../../../lib/study/regimes/cell_key.ts";

/** Scores of one network that matter to a test; the others are 0. */
export type Scores = Partial<
  Pick<
    RegimeRecord,
    "logLoss" | "accuracy" | "ece" | "aurc" | "studentAccuracy"
  >
>;

const METRICS = Object.fromEntries(METRIC_NAMES.map((name) => [name, 0]));

const COSTS: ReadonlyMap<string, MethodCost> = new Map([
  ["ce", { networks: 1, tuned: false }],
  ["ls", { networks: 1, tuned: true }],
  ["ilsq", { networks: 2, tuned: true }],
  ["mix", { networks: 4, tuned: true }],
  ["scaled ce", { networks: 1, tuned: false }],
]);

/**
 * A cell with seeds 1, 2, …: the scores of each method, one per seed.
 *
 * @param options `temperatures` and `accuracies` of plain training by seed (1, 0.5)
 */
export function sampleCell(
  key: Partial<CellKey>,
  scores: Readonly<Record<string, readonly Scores[]>>,
  { temperatures = [], accuracies = [] }: {
    readonly temperatures?: readonly number[];
    readonly accuracies?: readonly number[];
  } = {},
): RegimeCell {
  const cell = { network: "mlp", images: 1000, noise: "none", ...key };
  const records = Object.entries(scores).flatMap(([method, own]) =>
    own.map((scores, i) => recordOf(method, i + 1, scores))
  );
  return {
    key: cell,
    plain: Object.values(scores)[0].map((_, i) => ({
      seed: i + 1,
      temperature: temperatures[i] ?? 1,
      accuracy: accuracies[i] ?? 0.5,
      logLoss: 1,
    })),
    records,
    scaledRecords: [],
    costs: COSTS,
  };
}

function recordOf(method: string, seed: number, scores: Scores): RegimeRecord {
  return {
    ...METRICS as Record<keyof typeof METRICS, never>,
    ...{ model: "mlp", trainImages: 1000, epochs: 1, scaled: false },
    ...{ method, seed, temperature: 1, n: 10, classes: 10, bins: 10 },
    ...{ studentAccuracy: null, studentLogLoss: null },
    ...scores,
  } as RegimeRecord;
}

/** Log losses, one per seed. */
export function losses(...values: readonly number[]): Scores[] {
  return values.map((logLoss) => ({ logLoss }));
}
