import type {
  MeasuredScore,
  PublishedScore,
} from "../../study/measured_rows.ts";
import { GROUP_TITLES, SCORES } from "./score_styles.ts";
import { type Table, table } from "./table.ts";
import type { Column, FlatRecord } from "./table_cell.ts";

/** The published rows of one score beside what was measured, one a row. */
export function measuredTable(
  cells: readonly MeasuredScore[],
  score: PublishedScore,
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
        ? [{ key: "otherRuns", title: "runs on other settings" }]
        : []),
    ],
    caption: title,
  });
}

/** Every row of every score, for files of data. */
export function measuredRecords(cells: readonly MeasuredScore[]): Table {
  return table(cells);
}

/** How many of the numbers were measured, and how many agree, in a sentence. */
export function measuredLine(cells: readonly MeasuredScore[]): string {
  const run = cells.filter(({ status }) => status !== "not run");
  const within = run.filter((cell) => cell.within).length;
  const other = run.filter(({ status }) => status === "other settings").length;
  return `Of ${cells.length} published numbers ${run.length} were measured` +
    (run.length === 0
      ? "."
      : `, ${other} of them on other settings; ${within} lie within two ` +
        "published standard deviations.");
}
