import { BadInput } from "../bad_input.ts";
import { type FriedmanTest, friedmanTest } from "../statistics/friedman.ts";
import { criticalDifference } from "../statistics/nemenyi.ts";
import { meanRanks, rankRows } from "../statistics/ranks.ts";
import { mean } from "../statistics/summary.ts";
import {
  PUBLISHED_DATA_SETS,
  PUBLISHED_RANKS,
  type PublishedRanks,
} from "./published_ranks.ts";
import { type Comparable, comparableRuns } from "../runs/groups.ts";
import { type MetricName, METRICS } from "../calibration/metrics.ts";
import { runScores } from "../runs/scores.ts";
import type { StoredRun } from "../runs/store.ts";

/** Methods ranked by one score over several data sets. */
export interface Ranking {
  readonly score: MetricName;
  /** Methods with their mean ranks, best first. */
  readonly methods: readonly { readonly name: string; readonly rank: number }[];
  /** Number of pairs of data set and network. */
  readonly dataSets: number;
  /**
   * Names of the pairs, such as "fashionmnist mlp"; empty for published
   * rankings, which name none.
   */
  readonly names: readonly string[];
  readonly alpha: number;
  /** Mean ranks that differ by at least this much differ significantly. */
  readonly criticalDifference: number;
  /** Null if only mean ranks are known. */
  readonly friedman: FriedmanTest | null;
}

/** Suffix of a method whose logits were scaled. */
const SCALED = " + TempS";

/** Returns the study's four rankings, each with its critical difference. */
export function publishedRankings(alpha: number): Ranking[] {
  return PUBLISHED_RANKS.map(({ score, ranks }: PublishedRanks) => ({
    score,
    methods: inOrder(Object.keys(ranks), Object.values(ranks)),
    dataSets: PUBLISHED_DATA_SETS,
    names: [],
    alpha,
    criticalDifference: criticalDifference({
      methods: Object.keys(ranks).length,
      dataSets: PUBLISHED_DATA_SETS,
      alpha,
    }),
    friedman: null,
  }));
}

/**
 * Ranks the methods that all pairs of data set and network share, plain and
 * scaled, in each pair by their mean over seeds. Of a pair's settings with at
 * least two methods it uses those with the most training images, then the most
 * epochs. A pair without such settings is left out, as are students and runs
 * with label noise.
 *
 * @param options `score` to rank by; `alpha` in [0.0001, 0.5]; `bins` of
 * calibration errors
 * @throws {BadInput} if fewer than two pairs or two methods are left
 */
export async function rankRuns(
  runs: readonly StoredRun[],
  { score, alpha, bins }: {
    readonly score: MetricName;
    readonly alpha: number;
    readonly bins: number;
  },
): Promise<Ranking> {
  const pairs = pairsOf(runs);
  const names = pairs.map(({ dataset, model }) => `${dataset} ${model}`);
  const labels = sharedLabels(pairs);
  check(names, labels);
  const rows = await Promise.all(
    pairs.map(async (pair) =>
      (await Promise.all(
        labels.map((label) => meansOf(pair, label, { score, bins })),
      )).flat()
    ),
  );
  const methods = labels.flatMap((label) => [label, label + SCALED]);
  const ranks = rankRows(rows, METRICS[score].better);
  return {
    score,
    methods: inOrder(methods, meanRanks(ranks)),
    dataSets: pairs.length,
    names,
    alpha,
    criticalDifference: criticalDifference({
      methods: methods.length,
      dataSets: pairs.length,
      alpha,
    }),
    friedman: friedmanTest(ranks),
  };
}

/**
 * Returns one comparison per pair; methods have the same labels in all of them.
 */
function pairsOf(runs: readonly StoredRun[]): Comparable[] {
  const networks = runs.filter(({ record: { spec } }) =>
    spec.objective.kind !== "distillation" &&
    spec.data.holdOut === undefined && spec.data.noise === undefined
  );
  const several = comparableRuns(networks)
    .filter(({ groups }) => groups.length > 1);
  const first = several.filter(({ dataset, model }, i) =>
    several.findIndex((other) =>
      other.dataset === dataset && other.model === model
    ) === i
  );
  const kept = first.flatMap(({ groups }) => groups)
    .flatMap((group) => group.runs);
  return comparableRuns(kept, { sameNames: true });
}

function sharedLabels(pairs: readonly Comparable[]): string[] {
  const labels = pairs.map(({ groups }) => groups.map(({ label }) => label));
  return (labels[0] ?? []).filter((label) =>
    labels.every((others) => others.includes(label))
  );
}

function check(names: readonly string[], labels: readonly string[]): void {
  const failure = "Cannot rank methods";
  if (names.length < 2) {
    throw new BadInput(
      `${failure} as at least two pairs of data set and network must have ` +
        `several methods: found ${names.join(", ") || "none"}`,
    );
  }
  if (labels.length > 1) return;
  throw new BadInput(
    `${failure} as ${names.join(", ")} must share at least two methods: ` +
      (labels.length ? `they share only ${labels[0]}` : "they share none"),
  );
}

/** Returns a method's mean over seeds, plain and scaled. */
async function meansOf(
  { groups }: Comparable,
  method: string,
  { score, bins }: { readonly score: MetricName; readonly bins: number },
): Promise<number[]> {
  const { runs } = groups.find(({ label }) => label === method)!;
  const scores = await Promise.all(runs.map((run) => runScores(run, bins)));
  return [0, 1].map((i) => mean(scores.map((both) => both[i][score])));
}

function inOrder(names: readonly string[], ranks: readonly number[]) {
  return names.map((name, i) => ({ name, rank: ranks[i] }))
    .sort((a, b) => a.rank - b.rank);
}
