import type { DirectionComparison } from "../../study/compare_directions.ts";
import type { RunComparison } from "../../study/compare_runs.ts";
import type { ComparedScore, Comparison } from "../../study/comparison.ts";
import { GROUP_TITLES, SCORES, verdictTone } from "./score_styles.ts";
import { type Table, table } from "./table.ts";
import type { Column, FlatRecord } from "./table_cell.ts";

/** Our numbers and the published ones, in the unit of each metric. */
export function publishedTable(
  comparisons: readonly Comparison[],
  caption: string,
): Table {
  const rows = comparisons.map((comparison) => {
    const { method, scaled, score, n, within } = comparison;
    const { title, factor = 1 } = SCORES[score];
    const inUnit = (value: number | null) =>
      value === null ? null : factor * value;
    return {
      method,
      scaled,
      score: title,
      n,
      ours: inUnit(comparison.measured),
      oursStdev: inUnit(comparison.measuredStdev),
      published: factor * comparison.published,
      publishedStdev: factor * comparison.publishedStdev,
      difference: inUnit(comparison.difference),
      within,
    };
  });
  return table(rows, {
    columns: [
      "method",
      { key: "scaled", title: GROUP_TITLES.scaled },
      "score",
      { key: "n", title: "seeds" },
      { key: "ours", stdev: "oursStdev", digits: 3 },
      { key: "published", stdev: "publishedStdev", digits: 3 },
      { key: "difference", digits: 3 },
      { key: "within", title: "within 2 published stdev" },
    ],
    caption,
  });
}

/** One score of the published tables and our measurements, one run per row. */
export function measuredTable(
  cells: readonly RunComparison[],
  score: ComparedScore,
): Table {
  const { title, digits, factor = 1 } = SCORES[score];
  const rows = cells.filter((cell) => cell.score === score).map((cell) => ({
    ...cell,
    measuredOn: cell.status === "other settings"
      ? `other settings: ${cell.settings}`
      : cell.status,
  }));
  const number = (key: string, more: Partial<Column> = {}): Column => (
    { key, digits, factor, ...more }
  );
  return table(rows, {
    columns: [
      { key: "dataset", title: "data set" },
      "network",
      "method",
      { key: "scaled", title: GROUP_TITLES.scaled },
      number("published", { stdev: "publishedStdev" }),
      ...(rows.some(({ printed }) => printed !== null)
        ? [{ key: "printed", title: "stdev as printed" }]
        : []),
      number("measured", { stdev: "measuredStdev" }),
      { key: "n", title: "runs" },
      number("difference"),
      {
        key: "within",
        title: "within 2 published stdev",
        tone: ({ within }: FlatRecord) =>
          within === null ? undefined : within ? "good" : "bad",
      },
      { key: "measuredOn", title: "measured on" },
      ...(rows.some(({ otherRuns }) => otherRuns > 0)
        ? [{ key: "otherRuns", title: "runs with other settings" }]
        : []),
    ],
    caption: title,
  });
}

/** All rows of all scores, for data files. */
export function measuredRecords(cells: readonly RunComparison[]): Table {
  return table(cells);
}

/** A sentence on how many numbers were measured and how many agree. */
export function measuredSentence(cells: readonly RunComparison[]): string {
  const run = cells.filter(({ status }) => status !== "not run");
  const within = run.filter((cell) => cell.within).length;
  const other = run.filter(({ status }) => status === "other settings").length;
  return `Of ${cells.length} published numbers, ${run.length} were measured` +
    (run.length === 0
      ? "."
      : `, ${other} of them with other settings; ${within} are within two ` +
        "published standard deviations.");
}

/** Differences between methods, published and ours, and whether they agree. */
export function directionTable(
  directions: readonly DirectionComparison[],
  caption: string,
): Table {
  const rows = directions.map((direction) => {
    const { a, b, scaled, score, published, ours, low, high, verdict } =
      direction;
    const { title, factor = 1 } = SCORES[score];
    return {
      difference: `${a} − ${b}`,
      score: title,
      scaled,
      published: factor * published,
      ours: factor * ours,
      low: factor * low,
      high: factor * high,
      verdict,
    };
  });
  const number = (key: string, heading = key) => (
    { key, title: heading, digits: 3 }
  );
  return table(rows, {
    columns: [
      "difference",
      "score",
      { key: "scaled", title: GROUP_TITLES.scaled },
      number("published"),
      number("ours"),
      number("low", "ours, low"),
      number("high", "ours, high"),
      { key: "verdict", tone: ({ verdict }) => verdictTone(String(verdict)) },
    ],
    caption,
  });
}
