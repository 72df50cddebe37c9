/** Figures of points on a notebook's page: pointing, brushing, legend, keyboard. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { ROOT } from "../../lib/files/project_root.ts";
import { pointsOf } from "../../lib/matrix_kinds.ts";
import { embeddingPanels } from "../../lib/plots/embedding_panels.ts";
import { restoreRows } from "../../lib/reports/interactive/image_rows.ts";
import { likelyClasses } from "../../lib/reports/interactive/likely_classes.ts";
import { scriptHash } from "../../lib/reports/interactive/script_hash.ts";
import { htmlPage } from "../../lib/reports/pages/html_page.ts";
import { pageFigure } from "../../lib/reports/pages/page_figure.ts";
import { explorablePage } from "../../lib/reproduce/explorable_page.ts";
import { seriousFaults } from "./accessibility.ts";
import { CHROMIUM, openOffline, scrollsSideways } from "./browser.ts";
import { toyRows } from "../reports/interactive/toy_rows.ts";

const ignore = CHROMIUM === undefined;

/** Two pictures of known images, and one of others. */
async function figures() {
  const rows = await restoreRows(await toyRows());
  const { classNames } = rows;
  const known = embeddingPanels(
    rows.models.map(({ name, embedding }) => (
      { title: name, embedding: embedding! }
    )),
    rows.labels,
    { classNames, title: "Known images" },
  );
  const others = pointsOf(Array.from({ length: 9 }, (_, i) => [i, i % 4]));
  const other = embeddingPanels(
    [{ title: "Others", embedding: others }],
    Int32Array.from({ length: 9 }, (_, i) => i % 2),
    { classNames, title: "Other images" },
  );
  return { rows, html: pageFigure(known.svg) + pageFigure(other.svg) };
}

/** Opens a notebook's page with these figures. */
async function openFigures(options: BrowserContextOptions = {}) {
  const folder = await Deno.makeTempDir({ prefix: "ils-figures-" });
  await Deno.mkdir(join(folder, "data"));
  await Deno.mkdir(join(folder, "notebooks"));
  await Deno.writeTextFile(
    join(folder, "data", "06-images.json"),
    JSON.stringify(await toyRows()),
  );
  const { rows, html: main } = await figures();
  const css = await Deno.readTextFile(
    join(ROOT, "lib", "reports", "pages", "page.css"),
  );
  const title = "Figures";
  const page = htmlPage({ title, css, main, scripts: [scriptHash("")] });
  const path = join(folder, "notebooks", "06_toy.html");
  await Deno.writeTextFile(path, await explorablePage(page, path));
  const opened = await openOffline(path, options);
  await opened.page.waitForSelector(".still-hint");
  return {
    ...{ ...opened, rows },
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Numbers of points of each picture, in full colour if some are selected. */
function counts(page: Page, selector: string): Promise<number[]> {
  return page.locator(".still-figure > svg").evaluateAll(
    (figures, selector) =>
      figures.flatMap((figure) =>
        [...figure.querySelectorAll('[data-mark="points"]')].map((group) =>
          [...group.parentElement!.querySelectorAll(`${selector} path`)]
            .map((path) => path.getAttribute("d")!.split("h0").length - 1)
            .reduce((sum, count) => sum + count, 0)
        )
      ),
    selector,
  );
}

const selected = (page: Page) => counts(page, '[stroke-opacity="1"]');
const drawn = (page: Page) => counts(page, '[data-mark="points"]');

async function dragOver(page: Page, surface: Locator): Promise<void> {
  const { x, y, width, height } = (await surface.boundingBox())!;
  await page.mouse.move(x + 2, y + 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height - 2, { steps: 3 });
  await page.mouse.up();
}

Deno.test({
  name: "pointing at a dot of a notebook's figure shows what networks say",
  ignore,
  async fn() {
    await using opened = await openFigures();
    const { page, rows, problems } = opened;
    // The dot of each row, from the figure itself.
    const dots = page.locator('.still-figure [data-mark="points"]').nth(1);
    const surface = page.locator(".points").nth(1);
    await surface.focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowUp"]) {
      await page.keyboard.press(key);
    }
    const card = page.locator(".hover-card");
    const text = await card.innerText();
    const row = rows.numbers.findIndex((number) =>
      text.includes(`image ${number}`)
    );
    assert.ok(text.includes(rows.classNames[rows.labels[row]]));
    for (const { name, probabilities } of rows.models) {
      const words = likelyClasses(probabilities, row, rows.classNames);
      assert.ok(text.includes(name) && text.includes(words), text);
    }
    // The ring is around the dot that the figure draws at that row's place.
    const ring = (await page.locator(".marks circle").nth(1).boundingBox())!;
    const [x, y] = [ring.x + ring.width / 2, ring.y + ring.height / 2];
    const { data } = rows.models[1].embedding!;
    const place = await dots.evaluate((node, [x, y]) => {
      const at = (node as SVGGElement).getScreenCTM()!.inverse();
      const point = new DOMPoint(x, y).matrixTransform(at);
      return [point.x, point.y];
    }, [x, y]);
    const expected = placeOf(data, row);
    assert.ok(Math.hypot(place[0] - expected[0], place[1] - expected[1]) < 1);
    assert.equal(await page.locator(".marks circle").count(), 2);
    await page.mouse.move(x, y);
    assert.ok((await card.innerText()).includes(`image ${rows.numbers[row]}`));
    await page.mouse.move(2, 2);
    assert.equal(await card.isVisible(), false);
    assert.deepEqual(problems, []);
  },
});

/** Where `embeddingScatter()` draws a row within a panel of 300 pixels. */
function placeOf(data: Float32Array | Float64Array, row: number) {
  const [left, top, side] = [24, 2, 274];
  const axis = (k: number) => data.filter((_, i) => i % 2 === k);
  const [xs, ys] = [axis(0), axis(1)];
  const range = (v: typeof xs) => [Math.min(...v), Math.max(...v)];
  const [[x0, x1], [y0, y1]] = [range(xs), range(ys)];
  const scale = side / (2 * 0.53 * Math.max(x1 - x0, y1 - y0));
  return [
    left + side / 2 + (xs[row] - (x0 + x1) / 2) * scale,
    top + side / 2 - (ys[row] - (y0 + y1) / 2) * scale,
  ];
}

Deno.test({
  name: "dragging selects the same images in all figures that show them",
  ignore,
  async fn() {
    await using opened = await openFigures();
    const { page, problems } = opened;
    await dragOver(page, page.locator(".points").first());
    const [first, second, other] = await selected(page);
    assert.ok(first > 3 && first < 60, `${first} selected`);
    assert.deepEqual([second, other], [first, 0]);
    await dragOver(page, page.locator(".points").nth(2));
    assert.deepEqual(await selected(page), [first, first, 5]);
    await page.locator(".points").first().focus();
    await page.keyboard.press("Escape");
    assert.deepEqual(await selected(page), [0, 0, 5]);
    assert.deepEqual(problems, []);
  },
});

Deno.test({
  name: "the legend of a figure hides a class with its name",
  ignore,
  async fn() {
    await using opened = await openFigures();
    const { page, problems } = opened;
    const legends = page.locator(".controls");
    assert.deepEqual(
      await legends.nth(1).locator("label").allInnerTexts(),
      ["Shirt", "Coat"],
    );
    await legends.first().getByLabel("Coat").uncheck();
    assert.deepEqual(await drawn(page), [40, 40, 9]);
    const name = page.locator(".still-figure").first()
      .getByText("Coat", { exact: true });
    assert.equal(await name.first().isVisible(), false);
    await legends.first().getByRole("button", { name: "All" }).click();
    assert.deepEqual(await drawn(page), [60, 60, 9]);
    assert.equal(await name.first().isVisible(), true);
    assert.deepEqual(problems, []);
  },
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    Deno.test({
      name:
        `figures of a notebook, ${colorScheme}, ${width} px, have no faults`,
      ignore,
      async fn() {
        const viewport = { width, height: 900 };
        await using opened = await openFigures({ colorScheme, viewport });
        const { page, problems } = opened;
        assert.deepEqual(await seriousFaults(page), []);
        const sideways = await scrollsSideways(page);
        assert.equal(sideways, false, "the page scrolls sideways");
        assert.deepEqual(problems, []);
      },
    });
  }
}
