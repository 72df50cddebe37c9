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

/** Methods in the order of one score over several data sets. */
export interface Ranking {
  readonly score: MetricName;
  /** The best first. */
  readonly methods: readonly { readonly name: string; readonly rank: number }[];
  /** How many there are, each a data set with a network. */
  readonly dataSets: number;
  /** "fashionmnist mlp"; none of the published ranking, which names none. */
  readonly names: readonly string[];
  readonly alpha: number;
  /** Two mean ranks at least so far apart differ. */
  readonly criticalDifference: number;
  /** Null where only mean ranks are known. */
  readonly friedman: FriedmanTest | null;
}

/** What stands behind the name of a method whose logits were scaled. */
const SCALED = " + TempS";

/** The study's four rankings, each with its critical difference. */
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
 * The methods that all pairs of a data set and a network have, as they are and
 * scaled, ranked in each by their mean over seeds. Of a pair's settings those
 * count that hold two methods or more, with most training images, then most
 * epochs; a pair without such is left out, and so are students.
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

/** One comparison a pair, its methods named alike in all of them. */
function pairsOf(runs: readonly StoredRun[]): Comparable[] {
  const networks = runs.filter(({ record: { spec } }) =>
    spec.objective.kind !== "distillation" && spec.data.holdOut === undefined
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
  const doing = "Cannot rank methods";
  if (names.length < 2) {
    throw new BadInput(
      `${doing} as there must be two pairs or more of a data set and a ` +
        `network with several methods: ${names.join(", ") || "there is none"}`,
    );
  }
  if (labels.length > 1) return;
  throw new BadInput(
    `${doing} as ${names.join(", ")} must share two methods or more: ` +
      (labels.length ? `they share ${labels[0]} alone` : "they share none"),
  );
}

/** A method's mean over seeds, as it is and scaled. */
async function meansOf(
  { groups }: Comparable,
  wanted: string,
  { score, bins }: { readonly score: MetricName; readonly bins: number },
): Promise<number[]> {
  const { runs } = groups.find(({ label }) => label === wanted)!;
  const scores = await Promise.all(runs.map((run) => runScores(run, bins)));
  return [0, 1].map((i) => mean(scores.map((both) => both[i][score])));
}

function inOrder(names: readonly string[], ranks: readonly number[]) {
  return names.map((name, i) => ({ name, rank: ranks[i] }))
    .sort((a, b) => a.rank - b.rank);
}
