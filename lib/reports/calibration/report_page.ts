import { nameInText } from "../../plots/parts/name_in_text.ts";
import { escapeHtml } from "../tables/table_html.ts";
import { htmlPage } from "../pages/html_page.ts";
import { visible } from "../../files/quoted.ts";
import { scriptJson } from "../interactive/script_json.ts";
import { listed } from "./listed.ts";
import type { ReportData } from "./report_data.ts";
import { reportSection, verdicts } from "./report_section.ts";

/** The id of the element that contains the page's data. */
const DATA_ID = "calibration-report";

/** Style and script of the page, as text. */
export interface ReportAssets {
  readonly css: string;
  /** `calibration_script.ts` as `pageScript()` bundles it. */
  readonly script: string;
  /** Its `scriptHash()`. */
  readonly scriptHash: string;
}

/** The page of `calibrationReport()`, which a browser can make as well as Deno. */
export function reportPage(
  data: ReportData,
  { css, script, scriptHash, dataHash }: ReportAssets & {
    /** SHA-256 of `scriptJson(data)` (not stated). */
    readonly dataHash?: string;
  },
): string {
  const title = titleOf(data);
  const main = `<h1>${escapeHtml(title)}</h1>
${reportContent(data)}<script type="application/json" id="${DATA_ID}">${
    scriptJson(data)
  }</script>
<script type="module">${script}</script>
`;
  return htmlPage({ title, css, main, scripts: [scriptHash], dataHash });
}

/** All that a report shows below its title, as HTML. */
export function reportContent(data: ReportData): string {
  const sections = data.sets.map((set) => reportSection(set, data));
  return verdicts(data.sets[0]) + remarkList(data.remarks) +
    sections.join("") + EXPLANATION;
}

function titleOf({ sets: [{ models }] }: ReportData): string {
  const names = models.map(({ name }) => nameInText(name));
  return names.length <= 3
    ? `Calibration of ${listed(names)}`
    : `Calibration of ${names.length} models`;
}

function remarkList(remarks: readonly string[]): string {
  if (remarks.length === 0) return "";
  const items = remarks.map((remark) =>
    `<li>${escapeHtml(visible(remark))}</li>`
  );
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
