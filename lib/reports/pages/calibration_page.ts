import type { ReliabilityBin } from "../../calibration/bins.ts";
import type { LogitsMetrics } from "../../calibration/evaluate.ts";
import { reliabilityDiagram } from "../../plots/reliability_diagram.ts";
import { METRIC_NAMES } from "../../calibration/metrics.ts";
import { SCORES } from "../tables/score_styles.ts";
import { table } from "../tables/table.ts";
import type { Column } from "../tables/table_cell.ts";
import { htmlPage } from "./html_page.ts";
import { escapeHtml } from "../tables/table_html.ts";

/** What a page on one model's calibration is made from. */
export interface CalibrationContent {
  /** What was measured: a run's id, the name of a file. */
  readonly name: string;
  readonly metrics: LogitsMetrics;
  /** Bins of the reliability diagram of the logits as they are. */
  readonly bins: readonly ReliabilityBin[];
  /** The same once scaled, where `metrics.scaled` is there. */
  readonly scaledBins?: readonly ReliabilityBin[];
}

/** A page that is complete in itself: numbers, then reliability diagrams. */
export async function calibrationPage(
  content: CalibrationContent,
): Promise<string> {
  const { name, metrics } = content;
  const css = await Deno.readTextFile(new URL("page.css", import.meta.url));
  const title = `Calibration of ${name}`;
  const { svg, ariaLabel } = diagrams(content);
  const image = new TextEncoder().encode(svg).toBase64();
  const main = `<h1>${escapeHtml(title)}</h1>
<p class="text">${metrics.n.toLocaleString("en")} rows of ${metrics.classes}
classes. Every error is over ${metrics.bins} bins.${scaling(metrics)}</p>
<div class="output">${metricTable(metrics)}</div>
<div class="output figure"><img alt="${escapeHtml(ariaLabel)}"
src="data:image/svg+xml;base64,${image}"></div>
${EXPLANATION}`;
  return htmlPage(title, css, main);
}

function scaling(
  { temperature, temperatureAtBound }: LogitsMetrics,
): string {
  if (temperature === undefined) return "";
  return ` Scaled means: logits divided by the temperature
${temperature.toFixed(4)}, which was fitted on validation rows.` +
    (temperatureAtBound
      ? " It is the search's bound: the log loss of those rows still falls " +
        "beyond it."
      : "");
}

function metricTable(all: LogitsMetrics) {
  const { scaled, temperature: _, temperatureAtBound: __, ...metrics } = all;
  const records = [{ logits: "as they are", ...metrics }];
  if (scaled !== undefined) records.push({ logits: "scaled", ...scaled });
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

function diagrams({ metrics, bins, scaledBins }: CalibrationContent) {
  const panels = [{ method: "as they are", bins, ece: metrics.ece }];
  if (scaledBins !== undefined && metrics.scaled !== undefined) {
    panels.push({
      method: "scaled",
      bins: scaledBins,
      ece: metrics.scaled.ece,
    });
  }
  return reliabilityDiagram(panels, { columns: 2 });
}

const EXPLANATION = `<p class="text">Confidence is the largest probability of a
row. Bins are equal in width, (low, high]. ECE weights the gap between accuracy
and mean confidence by the rows of a bin, MCE is the largest gap, ACE the plain
mean over bins that hold rows. Class-wise ECE is the mean over the classes of
the error of that class's probability; adaptive ECE has bins of equal count;
label-conditional ECE is the mean of the ECE of the rows of each true class. The
Brier score sums over the classes (0 to 2), log loss is in nats.</p>
`;
