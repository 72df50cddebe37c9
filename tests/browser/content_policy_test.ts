/** Pages run their own scripts and no other, whatever text is in them. */
import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { writeIndexPage } from "../../lib/reproduce/index_page.ts";
import { renderNotebooks } from "../../lib/reproduce/render_notebooks.ts";
import { writeReportFile } from "../../lib/reproduce/report_file.ts";
import { inFolder } from "../cli/program.ts";
import { CHROMIUM, openOffline } from "./browser.ts";

const INJECTED = `<script>globalThis.injected = 1</script>` +
  `<script type="module">globalThis.injected = 1</script>` +
  `<img src="x" onerror="globalThis.injected = 1">` +
  `<iframe srcdoc="<script>parent.injected = 1</script>"></iframe>` +
  `<base href="https://example.org/">`;

/** The results of `quick` with pages made by the present code. */
function withPages(test: (folder: string) => Promise<void>): Promise<void> {
  return inFolder(async (parent) => {
    const folder = join(parent, "quick");
    await cp(join(ROOT, "results", "quick"), folder, { recursive: true });
    const notebook = join(folder, "notebooks", "04_calibration.ipynb");
    await renderNotebooks([notebook], { root: ROOT });
    await writeIndexPage(folder);
    await writeReportFile(folder);
    await test(folder);
  });
}

/** Pages with what their scripts show, if they have any. */
const PAGES: readonly [string, string][] = [
  ["index.html", ".explored table"],
  ["report.html", ".explored table"],
  ["notebooks/04_calibration.html", ".show-code:not([hidden])"],
];

Deno.test({
  name: "pages run their own scripts under their policy, and no injected ones",
  ignore: CHROMIUM === undefined,
  fn: () =>
    withPages(async (folder) => {
      for (const [name, shown] of PAGES) {
        const path = join(folder, name);
        {
          await using opened = await openOffline(path);
          await opened.page.waitForSelector(shown);
          assert.deepEqual(opened.problems, [], name);
        }
        const html = await Deno.readTextFile(path);
        await Deno.writeTextFile(path, html.replace("<main>", `$&${INJECTED}`));
        await using opened = await openOffline(path);
        await opened.page.waitForSelector(shown);
        const injected = await opened.page.evaluate("globalThis.injected");
        assert.equal(injected, undefined, name);
        assert.ok(opened.problems.length >= 3, name);
        const base = await opened.page.evaluate("document.baseURI");
        assert.equal(base, `file://${path}`);
      }
    }),
});
