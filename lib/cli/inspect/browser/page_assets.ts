import type { ReportAssets } from "../../../reports/calibration/report_page.ts";

/** What the page embeds as JSON. */
export interface PageData {
  /** The worker as `bundledScript()` bundles it. */
  readonly workerScript: string;
  /** An archive of arrays of a real run, in base64. */
  readonly example: string;
  /** Style and script of a saved report. */
  readonly report: ReportAssets;
}
