/** `report.html` of the committed results, opened from disk without a network. */
import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { ROOT } from "../../lib/files/project_root.ts";
import { writeIndexPage } from "../../lib/reproduce/index_page.ts";
import { writeReportFile } from "../../lib/reproduce/report_file.ts";
import { CHROMIUM, openOffline } from "./browser.ts";

/** The report of `quick` in a folder of its own, opened. */
async function openReport() {
  const folder = await Deno.makeTempDir({ prefix: "ils-report-" });
  await cp(join(ROOT, "results", "quick"), folder, { recursive: true });
  // Only scripts that the index allows run in the report.
  await writeIndexPage(folder);
  const report = await writeReportFile(folder);
  // Without the files next to it, as it is mailed.
  for (const { name } of Deno.readDirSync(folder)) {
    if (join(folder, name) === report) continue;
    await Deno.remove(join(folder, name), { recursive: true });
  }
  const opened = await openOffline(report);
  return {
    ...opened,
    report,
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Ids of the pages that are shown. */
function shown(page: Page): Promise<string[]> {
  return page.locator(".page:visible").evaluateAll((sections) =>
    sections.map(({ id }) => id)
  );
}

Deno.test({
  name: "report.html shows one page at a time, and every link leads somewhere",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openReport();
    const { page, problems, report } = opened;
    assert.deepEqual(await shown(page), ["page-index"]);
    const links = page.locator("nav.pages a");
    for (const link of await links.all()) {
      await link.click();
      const target = (await link.getAttribute("href"))!.slice(1);
      assert.deepEqual(await shown(page), [target]);
    }
    const anchors = await page.locator(".page a[href^='#']").evaluateAll(
      (links) => links.map((link) => link.getAttribute("href")!),
    );
    for (const anchor of new Set(anchors)) {
      await page.goto(`file://${report}${anchor}`);
      assert.equal((await shown(page)).length, 1, anchor);
      assert.ok(await page.locator(":target").isVisible(), anchor);
    }
    assert.deepEqual(problems, []);
  },
});

Deno.test({
  name: "report.html contains its data",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openReport();
    const { page } = opened;
    const link = page.locator("a[download$='.csv']").first();
    await link.evaluate((node) => {
      for (let at = node.parentElement; at; at = at.parentElement) {
        if (at.localName === "details") at.setAttribute("open", "");
      }
    });
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      link.click(),
    ]);
    const name = download.suggestedFilename();
    const expected = join(ROOT, "results", "quick", "tables", name);
    assert.equal(
      await Deno.readTextFile((await download.path())!),
      await Deno.readTextFile(expected),
    );
  },
});
