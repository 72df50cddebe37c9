import type {
  Comparison,
  DirectionComparison,
} from "../../study/compare_published.ts";
import { GROUP_TITLES, SCORES, verdictTone } from "./score_styles.ts";
import { type Table, table } from "./table.ts";

/** Our numbers beside the published ones, each in its metric's own unit. */
export function publishedTable(
  comparisons: readonly Comparison[],
  caption: string,
): Table {
  const rows = comparisons.map((comparison) => {
    const { method, scaled, metric, n, within } = comparison;
    const { title, factor = 1 } = SCORES[metric];
    const { ours, oursStdev, published, publishedStdev, difference } =
      comparison;
    return {
      method,
      scaled,
      score: title,
      n,
      ours: factor * ours,
      oursStdev: oursStdev === null ? null : factor * oursStdev,
      published: factor * published,
      publishedStdev: factor * publishedStdev,
      difference: factor * difference,
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

/** Differences of methods, published and ours, and whether they agree. */
export function directionTable(
  directions: readonly DirectionComparison[],
  caption: string,
): Table {
  const rows = directions.map((direction) => {
    const { a, b, scaled, metric, published, ours, low, high, verdict } =
      direction;
    const { title, factor = 1 } = SCORES[metric];
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
