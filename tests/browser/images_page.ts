/** An index page with images that models see differently, for tests in a browser. */
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { restoreRows } from "../../lib/reports/interactive/image_rows.ts";
import { writeIndexPage } from "../../lib/reproduce/index_page.ts";
import { writeManifest } from "../../lib/reproduce/manifest.ts";
import { toyRows } from "../reports/interactive/toy_rows.ts";
import { openOffline } from "./browser.ts";

const written = new Map<string, ReturnType<typeof writePage>>();

/** Writes an index page with images. */
async function writePage(classNames: readonly string[] | undefined) {
  const folder = await Deno.makeTempDir({ prefix: "ils-images-" });
  addEventListener(
    "unload",
    () => Deno.removeSync(folder, { recursive: true }),
  );
  const data = await toyRows(classNames);
  await Deno.mkdir(join(folder, "data"));
  await Deno.writeTextFile(
    join(folder, "data", "06-images.json"),
    JSON.stringify(data),
  );
  await writeManifest(folder, {
    profile: "toy",
    summary: "a toy",
    written: "2026-05-04T03:02:01.000Z",
    versions: {},
    device: "CPU",
    commit: null,
    seconds: 1,
    notebooks: [],
    runs: [],
  });
  return {
    path: (await writeIndexPage(folder))!,
    rows: await restoreRows(data),
  };
}

/**
 * Opens an index page with images, which is written once.
 *
 * @param classNames of three classes
 */
export async function openImages(
  options: BrowserContextOptions = {},
  classNames?: readonly string[],
) {
  const key = JSON.stringify(classNames);
  const page = written.get(key) ?? writePage(classNames);
  written.set(key, page);
  const { path, rows } = await page;
  const opened = await openOffline(path, options);
  await opened.page.waitForSelector(".images.live");
  return { ...opened, rows };
}
