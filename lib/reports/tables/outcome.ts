/** Sentences made from the numbers of tables, so that they hold for any result. */
import type { DirectionComparison } from "../../study/compare_directions.ts";
import {
  type NetworkKey,
  pairedScores,
  scoresOf,
} from "../../statistics/paired_scores.ts";
import { mean } from "../../statistics/summary.ts";
import { capitalised } from "./capitalised.ts";
import { inUnits } from "./difference_table.ts";
import { type ScoreName, SCORES } from "./score_styles.ts";
import type { Table } from "./table.ts";

/** How many published differences our results reproduce in direction. */
export function directionSentence(
  directions: readonly Pick<DirectionComparison, "verdict">[],
): string {
  const count = (verdict: DirectionComparison["verdict"]) =>
    directions.filter((direction) => direction.verdict === verdict).length;
  return `Of the ${directions.length} published comparisons, ours agree in ` +
    `direction for ${count("same direction")} and disagree for ` +
    `${count("other direction")}; ${count("undecided")} are undecided. The ` +
    `study reports ${count("published as equal")} as equal where we see a ` +
    "difference.";
}

/** The order in which verdicts are listed. */
const ORDER = ["better", "worse", "smaller", "larger", "undecided"];

/**
 * The rows of a difference table, grouped by verdict: "Better: ls − ce in
 * accuracy. Undecided: ils − ce in accuracy." A comparison with and without
 * temperature scaling is named once if the two verdicts agree.
 */
export function verdictSentence({ records }: Table): string {
  const nameOf = ({ difference, method, score }: typeof records[number]) =>
    `${difference ?? method} in ${String(score).replace(/, %$/, "")}`;
  const named = records.map((record) => {
    const alike = records.filter((other) => nameOf(other) === nameOf(record));
    const agree = alike.every(({ verdict }) => verdict === record.verdict);
    const when = record.scaled ? "after scaling" : "as trained";
    return {
      verdict: String(record.verdict),
      name: nameOf(record) + (agree ? "" : ` ${when}`),
    };
  });
  return [...Map.groupBy(named, ({ verdict }) => verdict)]
    .toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))
    .map(([verdict, rows]) => {
      const names = new Set(rows.map(({ name }) => name));
      return `${capitalised(verdict)}: ${[...names].join(", ")}.`;
    }).join(" ");
}

/**
 * How much temperature scaling changes the mean of a score, compared with the
 * range over methods before and after scaling.
 *
 * @param records each network as trained and scaled
 */
export function scalingSentence<Row extends NetworkKey>(
  records: readonly Row[],
  score: ScoreName,
): string {
  const { title, factor = 1, digits } = SCORES[score];
  const methods = methodsOf(records);
  const means = (scaled: boolean) =>
    methods.map((method) =>
      factor * mean(scoresOf(records, { method, scaled, score }))
    );
  const [trained, scaled] = [means(false), means(true)];
  const moves = methods.map((_, i) => scaled[i] - trained[i]);
  const spread = (values: number[]) =>
    Math.max(...values) - Math.min(...values);
  const most = Math.max(...moves.map(Math.abs));
  const apart = Math.max(spread(trained), spread(scaled));
  const larger = most > apart ? "scaling" : "the choice of targets";
  return `${title}: temperature scaling changes the mean by ${
    methods.map((method, i) => `${signed(moves[i], digits)} (${method})`)
      .join(", ")
  }; the methods span ${spread(trained).toFixed(digits)} as trained and ` +
    `${spread(scaled).toFixed(digits)} after scaling. The larger effect is ` +
    `${larger}.`;
}

/** The mean fitted temperature of each method, and what it means. */
export function temperatureSentence<Row extends NetworkKey>(
  records: readonly Row[],
): string {
  const means = methodsOf(records).map((method) => {
    const which = { method, scaled: true, score: "temperature" };
    return `${mean(scoresOf(records, which)).toFixed(2)} (${method})`;
  });
  return `Mean fitted temperatures: ${means.join(", ")}. Above 1 the network ` +
    "was overconfident on its validation images, below 1 underconfident.";
}

/**
 * The method with the best mean of a score, and the other means: "Highest
 * accuracy, %: 90.21 (ls); the others: 87.97 (ce), 88.89 (ils)."
 *
 * A score without a better end is ranked from the highest.
 *
 * @param options `scaled` selects the records after temperature scaling (false)
 */
export function bestMethodSentence<Row extends NetworkKey>(
  records: readonly Row[],
  score: ScoreName,
  { scaled = false }: { readonly scaled?: boolean } = {},
): string {
  const { title, factor = 1, digits, better = "higher" } = SCORES[score];
  const sign = better === "higher" ? -1 : 1;
  const ranked = methodsOf(records)
    .map((method) => ({
      method,
      value: factor * mean(scoresOf(records, { method, scaled, score })),
    }))
    .toSorted((a, b) => sign * (a.value - b.value));
  const [best, ...others] = ranked.map(({ method, value }) =>
    `${value.toFixed(digits)} (${method})`
  );
  const rest = others.length === 0 ? "" : `; the others: ${others.join(", ")}`;
  return `${better === "higher" ? "Highest" : "Lowest"} mean ${title}${
    scaled ? ", after scaling" : ""
  }: ${best}${rest}.`;
}

/**
 * The mean of one method's score, and the mean differences of the other methods
 * from it with the verdict of their 95 % intervals, paired by seed: "Mean purity:
 * 0.721 (ce). Differences from it: +0.012 (ls, larger), −0.003 (ils, undecided)."
 *
 * @param options `from`: the method that the others are compared with; `scaled`
 * selects the records after temperature scaling (false)
 * @throws {BadInput} if the methods have different seeds
 */
export function differenceSentence<Row extends NetworkKey>(
  records: readonly Row[],
  score: ScoreName,
  { from, scaled = false }: {
    readonly from: string;
    readonly scaled?: boolean;
  },
): string {
  const { title, factor = 1, digits } = SCORES[score];
  const own = scoresOf(records, { method: from, scaled, score });
  const differences = methodsOf(records).filter((method) => method !== from)
    .map((method) => {
      const paired = pairedScores(records, [method, from], { scaled, score });
      const { mean, verdict } = inUnits(score, paired);
      return `${signed(mean, digits)} (${method}, ${verdict})`;
    });
  return `Mean ${title}: ${(factor * mean(own)).toFixed(digits)} (${from}). ` +
    `Differences from it: ${differences.join(", ")}.`;
}

/**
 * Whether a network is overconfident: "Right for 88.02 % of the images with a
 * mean confidence of 90.61 %: overconfident by 2.59 points."
 *
 * @param accuracy share of right answers, in [0, 1]
 * @param confidence mean largest probability, in [0, 1]
 */
export function overconfidenceSentence(
  accuracy: number,
  confidence: number,
): string {
  const percent = (share: number) => (100 * share).toFixed(2);
  const gap = confidence - accuracy;
  return `Right for ${percent(accuracy)} % of the images with a mean ` +
    `confidence of ${percent(confidence)} %: ` +
    `${gap > 0 ? "over" : "under"}confident by ${
      percent(Math.abs(gap))
    } points.`;
}

function methodsOf(records: readonly NetworkKey[]): string[] {
  return [...new Set(records.map(({ method }) => method))];
}

function signed(value: number, digits: number): string {
  return (value < 0 ? "−" : "+") + Math.abs(value).toFixed(digits);
}
