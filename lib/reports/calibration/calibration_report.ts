import { htmlPage } from "../pages/html_page.ts";
import { escapeHtml } from "../tables/table_html.ts";
import { pageScript } from "../interactive/page_script.ts";
import { scriptJson } from "../interactive/script_json.ts";
import { listed } from "./listed.ts";
import type { ReportData } from "./report_data.ts";
import { reportSection, verdicts } from "./report_section.ts";

/** The id of the element that contains the page's data. */
export const DATA_ID = "calibration-report";

/**
 * A self-contained HTML page on the calibration of one or several models: for each set
 * of rows a sentence per model, metrics, reliability diagrams, risk-coverage curves and
 * calibrators. It embeds its data as JSON, from which everything on it is made, and a
script that lets a reader change bins, error, calibrator and temperature.
 */
export async function calibrationReport(data: ReportData): Promise<string> {
  const css = await Promise.all(
    [
      "../pages/page.css",
      "../interactive/explorer.css",
      "./calibration_report.css",
    ]
      .map((path) => Deno.readTextFile(new URL(path, import.meta.url))),
  );
  const title = titleOf(data);
  const sections = data.sets.map((set) => reportSection(set, data));
  const main = `<h1>${escapeHtml(title)}</h1>
${verdicts(data.sets[0])}${remarkList(data.remarks)}${
    sections.join("")
  }${EXPLANATION}
<script type="application/json" id="${DATA_ID}">${scriptJson(data)}</script>
<script type="module">${await pageScript("calibration_script.ts")}</script>
`;
  return htmlPage(title, css.join(""), main);
}

function titleOf({ sets: [{ models }] }: ReportData): string {
  const names = models.map(({ name }) => name);
  return names.length <= 3
    ? `Calibration of ${listed(names)}`
    : `Calibration of ${names.length} models`;
}

function remarkList(remarks: readonly string[]): string {
  if (remarks.length === 0) return "";
  const items = remarks.map((remark) => `<li>${escapeHtml(remark)}</li>`);
  return `<ul class="text remarks">${items.join("")}</ul>\n`;
}

const EXPLANATION = `<h2>What the numbers are</h2>
<p class="text">Confidence is the largest probability of a row. Bins (low, high]
have equal width. ECE weights the gap between accuracy and mean confidence by the
number of rows in a bin; over- and underconfidence are its parts of either sign.
Smooth ECE needs no bins. Class-wise ECE is the mean over the classes of the error
of that class's probability. The Brier score sums over the classes (0 to 2), log
loss is in nats. Noise raises calibration errors, in resamples more than in the
rows: an error below its interval is mostly noise. “Not off beyond chance” means
that the ECE is at most the 95th percentile of that of a calibrated model: the same
confidences, with predictions that are right as often as they say.</p>
`;
