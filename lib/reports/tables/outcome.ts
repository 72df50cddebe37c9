/**
 * What tables say, in sentences that are made from their numbers and so are
 * true whatever comes out.
 */
import type { DirectionComparison } from "../../study/compare_published.ts";
import { type NetworkKey, scoresOf } from "../../statistics/paired_scores.ts";
import { mean } from "../../statistics/summary.ts";
import { type ScoreName, SCORES } from "./score_styles.ts";
import type { Table } from "./table.ts";

/** How many of the study's differences come out the same way here. */
export function directionSentence(
  directions: readonly Pick<DirectionComparison, "verdict">[],
): string {
  const count = (verdict: DirectionComparison["verdict"]) =>
    directions.filter((direction) => direction.verdict === verdict).length;
  return `Of ${directions.length} differences between methods ` +
    `${count("same direction")} point the published way and ` +
    `${count("other direction")} the other way; undecided: ` +
    `${count("undecided")}, a difference here and none there: ` +
    `${count("published as equal")}.`;
}

/** Verdicts in the order in which they are told. */
const ORDER = ["better", "worse", "smaller", "larger", "undecided"];

/**
 * The rows of a table of differences by their verdict: "Better: ls − ce in
 * accuracy. Undecided: ils − ce in accuracy." Where a row stands there with and
 * without temperature scaling, it is named once if both agree.
 */
export function verdictSentence({ records }: Table): string {
  const nameOf = ({ difference, method, score }: typeof records[number]) =>
    `${difference ?? method} in ${String(score).replace(/, %$/, "")}`;
  const named = records.map((record) => {
    const alike = records.filter((other) => nameOf(other) === nameOf(record));
    const agree = alike.every(({ verdict }) => verdict === record.verdict);
    const when = record.scaled ? "once scaled" : "as trained";
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
 * How far temperature scaling moves a score's mean, beside how far apart the
 * methods are with it and without.
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
  const winner = most > apart ? "scaling" : "the choice of targets";
  return `${title}: temperature scaling moves the mean by ${
    methods.map((method, i) => `${signed(moves[i], digits)} (${method})`)
      .join(", ")
  }; methods lie up to ${spread(trained).toFixed(digits)} apart as trained ` +
    `and ${spread(scaled).toFixed(digits)} once scaled. So ${winner} ` +
    "moves it more.";
}

/** Which way each method's networks were wrong about themselves. */
export function temperatureSentence<Row extends NetworkKey>(
  records: readonly Row[],
): string {
  const said = methodsOf(records).map((method) => {
    const which = { method, scaled: true, score: "temperature" };
    return `${mean(scoresOf(records, which)).toFixed(2)} (${method})`;
  });
  return `Fitted temperatures, means: ${said.join(", ")}. Above 1 a network ` +
    "was too sure of its validation images, below 1 not sure enough.";
}

function methodsOf(records: readonly NetworkKey[]): string[] {
  return [...new Set(records.map(({ method }) => method))];
}

function signed(value: number, digits: number): string {
  return (value < 0 ? "−" : "+") + Math.abs(value).toFixed(digits);
}

function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
