import type { ReliabilityBin } from "../../calibration/bins.ts";
import { CALIBRATORS } from "../../calibration/calibrators/calibrators.ts";
import {
  type CalibratedMetrics,
  type Evaluation,
  fitProblems,
} from "../../calibration/evaluation.ts";
import { METRIC_NAMES } from "../../calibration/metrics.ts";
import { reliabilityDiagram } from "../../plots/reliability_diagram.ts";
import { SCORES } from "../tables/score_styles.ts";
import { table } from "../tables/table.ts";
import type { Column } from "../tables/table_cell.ts";
import { escapeHtml } from "../tables/table_html.ts";
import { htmlPage } from "./html_page.ts";

/** Content of a page on one model's calibration. */
export interface CalibrationContent {
  /** What was evaluated: a run's id or a file name. */
  readonly name: string;
  readonly evaluation: Evaluation;
  /** What is suspicious about the input, a sentence each (none). */
  readonly remarks?: readonly string[];
  /** Bins of the reliability diagram before calibration. */
  readonly bins: readonly ReliabilityBin[];
  /** Bins after each calibrator, in the order of `evaluation.calibrated`. */
  readonly calibratedBins: readonly (readonly ReliabilityBin[])[];
}

/** Decimal places of fitted parameters. */
const DIGITS = 4;

/** A self-contained HTML page: metrics, then reliability diagrams. */
export async function calibrationPage(
  content: CalibrationContent,
): Promise<string> {
  const { name, evaluation: { plain, calibrated }, remarks = [] } = content;
  const css = await Deno.readTextFile(new URL("page.css", import.meta.url));
  const title = `Calibration of ${name}`;
  const { svg, ariaLabel } = diagrams(content);
  const image = new TextEncoder().encode(svg).toBase64();
  const main = `<h1>${escapeHtml(title)}</h1>
<p class="text">${plain.n.toLocaleString("en")} rows of ${plain.classes}
classes. Every calibration error uses ${plain.bins} bins.${
    calibrated.map(explain).join("")
  }</p>
${remarkList(remarks)}<div class="output">${
    metricTable(content.evaluation)
  }</div>
<div class="output figure"><img alt="${escapeHtml(ariaLabel)}"
src="data:image/svg+xml;base64,${image}"></div>
${EXPLANATION}`;
  return htmlPage(title, css, main);
}

function remarkList(remarks: readonly string[]): string {
  if (remarks.length === 0) return "";
  const items = remarks.map((remark) => `<li>${escapeHtml(remark)}</li>`);
  return `<ul class="text remarks">${items.join("")}</ul>\n`;
}

function explain(calibrated: CalibratedMetrics): string {
  const { by, parameters } = calibrated;
  const { title, participle } = CALIBRATORS[by];
  const fit = CALIBRATORS[by].describe(parameters, DIGITS);
  return ` ${capitalised(participle)} means: after ${title}, fitted on
validation rows (${escapeHtml(fit)}).` +
    fitProblems(calibrated)
      .map(({ reason }) => ` Caution: ${escapeHtml(reason)}.`).join("");
}

function metricTable({ plain, calibrated }: Evaluation) {
  const records = [
    { logits: "uncalibrated", ...plain },
    ...calibrated.map(({ by, metrics }) => (
      { logits: CALIBRATORS[by].participle, ...metrics }
    )),
  ];
  return table(records, {
    columns: [
      { key: "logits", title: "Logits" },
      ...METRIC_NAMES.map((key): Column => {
        const { title, better: _, ...style } = SCORES[key];
        return { key, title: capitalised(title), ...style };
      }),
    ],
  }).html();
}

function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}

function diagrams({ evaluation, bins, calibratedBins }: CalibrationContent) {
  const panels = evaluation.calibrated.map(({ by, metrics: { ece } }, i) => (
    { method: CALIBRATORS[by].participle, bins: calibratedBins[i], ece }
  ));
  const plain = { method: "uncalibrated", bins, ece: evaluation.plain.ece };
  return reliabilityDiagram([plain, ...panels], { columns: 2 });
}

const EXPLANATION = `<p class="text">Confidence is the largest probability of a
row. Bins (low, high] have equal width. ECE weights the gap between accuracy and
mean confidence by the number of rows in a bin, MCE is the largest gap, ACE the
unweighted mean over non-empty bins. Class-wise ECE is the mean over the classes
of the error of that class's probability; adaptive ECE has bins of equal count;
label-conditional ECE is the mean of the ECE of the rows of each true class. The
Brier score sums over the classes (0 to 2), log loss is in nats.</p>
`;
