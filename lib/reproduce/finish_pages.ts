import { join } from "node:path";
import { removeAbandonedIn } from "../files/temporary.ts";
import { INDEX_FILE, isPageCurrent, writeIndexPage } from "./index_page.ts";
import { readManifest } from "./manifest.ts";
import { dataHashOf } from "./outputs.ts";
import { REPORT_FILE, writeReportFile } from "./report_file.ts";

/**
 * Writes the index and the single-file report of a profile, unless they show its present
 * manifest and data: a program that was killed may have left older ones, and temporary
 * files, which are removed.
 *
 * @param folder `results/<profile>`
 */
export async function finishPages(folder: string): Promise<void> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return;
  const { written } = manifest;
  const dataHash = await dataHashOf(folder);
  const isCurrent = (name: string) =>
    isPageCurrent(join(folder, name), { written, dataHash });
  if (!await isCurrent(INDEX_FILE)) await writeIndexPage(folder);
  if (!await isCurrent(REPORT_FILE)) await writeReportFile(folder);
  removeAbandonedIn(folder, (name) => name.includes(".partial-"));
}
