import { nameInText } from "../../plots/parts/name_in_text.ts";
import type { Figure } from "../../plots/parts/render.ts";
import { adaptiveColours } from "../../plots/parts/adaptive_colours.ts";
import { escapeHtml } from "../tables/table_html.ts";
import type { Table } from "../tables/table.ts";
import { calibratorTables, cautions } from "./calibrator_table.ts";
import {
  differencesTable,
  metricTable,
  type ShownMetrics,
} from "./metric_tables.ts";
import { inGroups, MOST_COLUMNS, panelsOf } from "./panels.ts";
import { imageSection } from "./image_section.ts";
import { reliabilityFigures, riskCoverageFigures } from "./report_figures.ts";
import type { ReportData, ReportSet } from "./report_data.ts";

/** The sentence of each model on one set of rows, as HTML. */
export function verdicts({ models }: ReportSet): string {
  return models.map(({ name, conclusion }) =>
    `<p class="text verdict"><strong>${
      escapeHtml(nameInText(name))
    }</strong>: ` +
    `${unbroken(escapeHtml(conclusion))}</p>\n`
  ).join("");
}

/** Keeps numbers on one line with their name or unit. */
function unbroken(html: string): string {
  return html.replaceAll(" %", "&nbsp;%")
    .replaceAll("T = ", "T&nbsp;=&nbsp;");
}

/** The part of a report on one set of rows, as HTML; the test rows' verdicts are above. */
export function reportSection(set: ReportSet, data: ReportData): string {
  const { name } = set;
  const heading = data.sets.length === 1
    ? ""
    : `<h2>${escapeHtml(name ?? "Test rows")}</h2>\n`;
  const level = data.sets.length === 1 ? 2 : 3;
  const part = (title: string, ...content: readonly string[]) =>
    `<h${level}>${title}</h${level}>\n${content.join("")}`;
  return [
    heading,
    name === null ? "" : verdicts(set),
    paragraph(sizeOf(set, data)),
    part(
      "Metrics",
      ...metricTables(set, data, "main"),
      `<details><summary>More metrics</summary>\n`,
      ...metricTables(set, data, "other"),
      `</details>\n`,
    ),
    part("Reliability", charts(reliabilityFigures(set)), bandText(data)),
    explorer(set, data, level),
    part("Risk and coverage", charts(riskCoverageFigures(set)), RISK),
    set.images === undefined
      ? ""
      : part("Images", imageSection(set.images, data.sets.indexOf(set))),
    data.mainCalibrator === null ? "" : part(
      "Calibrators",
      ...calibratorTables(set).map(output),
      ...cautions(set).map(paragraph),
      paragraph(CALIBRATED),
    ),
  ].join("");
}

/** For each panel its metrics, beside their differences from the reference. */
function metricTables(
  set: ReportSet,
  { topK, reference }: ReportData,
  which: ShownMetrics["which"],
): string[] {
  return panelsOf(set).map(({ title, series, differences }) => {
    const tables = [
      ...inGroups(series, MOST_COLUMNS).map((group) =>
        metricTable({ title, series: group }, { which, topK })
      ),
      ...inGroups(differences, MOST_COLUMNS).map((group) =>
        differencesTable({
          title: `Difference from ${nameInText(reference!)}, ${title}`,
          differences: group,
        }, { which, topK })
      ),
    ];
    return `<div class="beside">\n${tables.map(output).join("")}</div>\n`;
  });
}

function sizeOf({ n, models }: ReportSet, data: ReportData): string {
  const { classes, bins, resamples, seed, mainCalibrator } = data;
  const [{ validationRows }] = models;
  const count = (rows: number) => rows.toLocaleString("en");
  return `${
    count(n)
  } rows of ${classes} classes. Points are percentage points ` +
    `of ECE; every binned calibration error has ${bins} bins.` +
    (mainCalibrator === null || validationRows === null
      ? ""
      : ` Calibrators were fitted to ${
        count(validationRows)
      } validation rows.`) +
    (resamples === 0
      ? " There are no intervals, as no resamples were drawn."
      : ` Intervals of 95 % come from ${
        count(resamples)
      } bootstrap resamples ` +
        `of these rows (seed ${seed})${
          models.length > 1 ? ", the same ones for all models" : ""
        }.`);
}

function bandText({ resamples }: ReportData): string {
  const bands = resamples === 0
    ? ""
    : " The band is the interval of that accuracy over the resamples, those " +
      "without a row in the bin left out; it says nothing about bins without " +
      "rows, and is too narrow in bins with few.";
  return paragraph(
    `A point is the accuracy of the rows of a bin at their mean confidence.${bands}`,
  );
}

/** The place of controls, which a script fills and shows. */
function explorer(set: ReportSet, data: ReportData, level: number): string {
  const [{ scores }] = set.models;
  const sample = scores.rows === set.n
    ? ""
    : ` They use a random sample of ${scores.rows.toLocaleString("en")} rows.`;
  return `<section class="explorer" data-set="${data.sets.indexOf(set)}" hidden>
<h${level}>Try other settings</h${level}>
${
    paragraph(
      "The charts and the numbers below them follow the controls. The temperature " +
        "divides the logits after the calibrator; predictions below the chosen " +
        `confidence are rejected.${sample}`,
    )
  }<div class="explored"></div>
</section>
`;
}

const RISK = paragraph(
  "The share of wrong predictions among the most confident ones, against how " +
    "many are kept. AURC is the area under the curve.",
);

const CALIBRATED = "Change: from the uncalibrated logits, on the same " +
  "resamples; coloured if its interval excludes 0. Calibrators were fitted to " +
  "validation rows alone, and not again to resamples.";

function paragraph(text: string): string {
  return `<p class="text">${escapeHtml(text)}</p>\n`;
}

/** A table, which the arrow keys scroll on a narrow screen. */
function output(table: Table): string {
  return `<div class="output" tabindex="0">${table.html()}</div>\n`;
}

/** Charts beside each other, or below each other on a narrow screen. */
function charts(figures: readonly Figure[]): string {
  const items = figures.map(({ svg }) =>
    `<div class="chart">${adaptiveColours(svg)}</div>`
  );
  return `<div class="beside">\n${items.join("\n")}\n</div>\n`;
}
