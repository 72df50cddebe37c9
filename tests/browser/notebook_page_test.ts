/** Pages of executed notebooks, opened from disk without a network. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { renderNotebooks } from "../../lib/reproduce/render_notebooks.ts";
import { toyProject } from "../reproduce/toy_notebook.ts";
import { seriousFaults } from "./accessibility.ts";
import { CHROMIUM, openOffline } from "./browser.ts";

const SERIES = ["01_one", "02_two"];

/** An executed notebook of two code cells. */
function executed(name: string) {
  const code = (id: string, source: string) => ({
    ...{ cell_type: "code", id, source, metadata: {}, execution_count: 1 },
    outputs: [{
      output_type: "display_data",
      metadata: {},
      data: { "text/plain": "shown" },
    }],
  });
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { language_info: { name: "typescript" } },
    cells: [
      { cell_type: "markdown", id: "a", metadata: {}, source: `# ${name}` },
      code("b", "const first = 1;"),
      code("c", "const second = 2;"),
    ],
  };
}

/** Renders two notebooks of a series and opens the page of the first one. */
async function openPage(options: BrowserContextOptions = {}) {
  const project = await toyProject({});
  const folder = join(project.root, "results", "toy", "notebooks");
  await Deno.mkdir(folder, { recursive: true });
  const paths = SERIES.map((name) => join(folder, `${name}.ipynb`));
  for (const [i, path] of paths.entries()) {
    await Deno.writeTextFile(path, JSON.stringify(executed(SERIES[i])));
  }
  await renderNotebooks(paths, { root: project.root, series: SERIES });
  const opened = await openOffline(join(folder, "01_one.html"), options);
  return {
    ...opened,
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

Deno.test({
  name:
    "a notebook page folds its code, and a button shows and hides all of it",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openPage();
    const { page, problems } = opened;
    const code = page.locator(".highlight");
    const visible = async () =>
      await Promise.all((await code.all()).map((cell) => cell.isVisible()));
    assert.deepEqual(await visible(), [false, false]);
    assert.equal(await page.getByText("shown").count(), 2);
    await page.getByText("Code 1").first().click();
    assert.deepEqual(await visible(), [true, false]);
    const button = page.locator(".show-code");
    await button.click();
    assert.deepEqual(await visible(), [true, true]);
    assert.equal(await button.innerText(), "hide all code");
    await button.focus();
    await page.keyboard.press("Enter");
    assert.deepEqual(await visible(), [false, false]);
    assert.equal(await button.innerText(), "show all code");
    assert.deepEqual(problems, []);
  },
});

Deno.test({
  name: "links lead from a notebook page to the next one and back",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openPage();
    const { page } = opened;
    await page.locator("a[rel=next]").first().click();
    assert.equal(await page.title(), "02_two");
    assert.equal(await page.locator("a[rel=next]").count(), 0);
    await page.locator("a[rel=prev]").last().click();
    assert.equal(await page.title(), "01_one");
  },
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    Deno.test({
      name: `a notebook page, ${colorScheme}, ${width} px, has no faults`,
      ignore: CHROMIUM === undefined,
      async fn() {
        const viewport = { width, height: 900 };
        await using opened = await openPage({ colorScheme, viewport });
        const { page } = opened;
        assert.deepEqual(await seriousFaults(page), []);
        await page.locator(".show-code").click();
        assert.deepEqual(await seriousFaults(page), []);
      },
    });
  }
}
