import { sha256 } from "../../files/sha256.ts";
import { scriptHash } from "../interactive/script_hash.ts";
import { scriptJson } from "../interactive/script_json.ts";
import { pageScript } from "../interactive/page_script.ts";
import type { ReportData } from "./report_data.ts";
import { type ReportAssets, reportPage } from "./report_page.ts";

/**
 * A self-contained HTML page on the calibration of one or several models: for each set
 * of rows a sentence per model, metrics, reliability diagrams, risk-coverage curves and
 * calibrators. It embeds its data as JSON, from which everything on it is made and whose
 * SHA-256 it states, and a script that lets a reader change bins, error, calibrator and
 * temperature.
 */
export async function calibrationReport(data: ReportData): Promise<string> {
  const dataHash = sha256(scriptJson(data));
  return reportPage(data, { ...await reportAssets(), dataHash });
}

/** Style and script of all calibration reports. */
export async function reportAssets(): Promise<ReportAssets> {
  const css = await Promise.all(
    [
      "../pages/page.css",
      "../interactive/explorer.css",
      "../interactive/images_explorer.css",
      "./calibration_report.css",
    ]
      .map((path) => Deno.readTextFile(new URL(path, import.meta.url))),
  );
  const script = await pageScript("calibration_script.ts");
  return { css: css.join(""), script, scriptHash: scriptHash(script) };
}
