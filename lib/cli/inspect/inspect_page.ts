import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "../../files/project_root.ts";
import { reportAssets } from "../../reports/calibration/calibration_report.ts";
import { bundledScript } from "../../reports/interactive/page_script.ts";
import { scriptJson } from "../../reports/interactive/script_json.ts";
import { htmlPage } from "../../reports/pages/html_page.ts";
import type { PageData } from "./browser/page_assets.ts";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Modules that a browser lacks, and what replaces them. */
const REPLACED = {
  "node:path": here("browser/posix_path.ts"),
  "node:zlib": here("browser/zlib.ts"),
  [join(ROOT, "lib/files/read_bytes.ts")]: here("browser/dropped_files.ts"),
};

/**
 * A page that measures scores in files which are dropped on it, with the code of
 * `ils evaluate`. It is one file for any web server or from disk; its policy allows no
 * connection, so that nothing leaves the browser.
 */
export async function inspectPage(): Promise<string> {
  const report = await reportAssets();
  const data: PageData = {
    workerScript: await bundledScript(here("browser/worker.ts"), REPLACED),
    example: (await Deno.readFile(here("example.npz"))).toBase64(),
    report,
  };
  const script = await bundledScript(here("browser/page.ts"), REPLACED);
  const style = await Deno.readTextFile(here("inspect_page.css"));
  const body = await Deno.readTextFile(here("inspect_page.html"));
  const main = `${body}<script type="application/json" id="inspect-data">${
    scriptJson(data)
  }</script>
<script type="module">${script}</script>
`;
  return htmlPage({
    title: "Inspect calibration",
    css: report.css + style,
    main,
    policy: await policyFor(script),
  });
}

/** A policy that allows one script and its workers, and no connection. */
async function policyFor(script: string): Promise<string> {
  const bytes = new TextEncoder().encode(script);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash.toBase64()}'`,
    "worker-src blob:",
    // Figures and tables have style attributes, which no hash can allow.
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
}
