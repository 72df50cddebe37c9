import { basename, join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { namesIn } from "../files/folders.ts";
import { writeIndexPage } from "./index_page.ts";
import { readManifest, writeManifest } from "./manifest.ts";
import { hashOutputs } from "./outputs.ts";
import { pageOf, renderNotebooks } from "./render_notebooks.ts";
import { writeReportFile } from "./report_file.ts";
import { profileFolder } from "./reproduce.ts";

/**
 * Renders a profile's executed notebooks, its index page and its single-file report
 * again, without executing any notebook.
 *
 * @returns paths of the written pages, with the index and the single-file report last
 * @throws {BadInput} if no notebook of the profile has been executed
 */
export async function renderReport(
  profile: string,
  { root }: { readonly root: string },
): Promise<string[]> {
  const folder = profileFolder(root, profile);
  const executed = await executedIn(join(folder, "notebooks"));
  if (executed.length === 0) {
    throw new BadInput(
      `Cannot render ${folder} as it has no executed notebooks: ` +
        `reproduce the profile ${profile} first`,
    );
  }
  const series = executed.map((path) => basename(path, ".ipynb"));
  await renderNotebooks(executed, { root, series });
  await recordPages(folder);
  const index = await writeIndexPage(folder);
  return [
    ...executed.map(pageOf),
    ...index ? [index, await writeReportFile(folder)] : [],
  ];
}

/** Updates the hashes of pages, so that `reproduce()` takes them as unchanged. */
async function recordPages(folder: string): Promise<void> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return;
  const notebooks = await Promise.all(
    manifest.notebooks.map(async (record) => {
      const page = `notebooks/${record.name}.html`;
      const now = (await hashOutputs(folder, record.name))[page];
      if (now === undefined || record.outputs === undefined) return record;
      return { ...record, outputs: { ...record.outputs, [page]: now } };
    }),
  );
  await writeManifest(folder, { ...manifest, notebooks });
}

async function executedIn(folder: string): Promise<string[]> {
  return (await namesIn(folder))
    .filter((name) => /^\d\d_\w+\.ipynb$/.test(name))
    .map((name) => join(folder, name));
}
