/** The images of an index page: pointing, brushing, cells of tables, the keyboard. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import {
  type PointPlaces,
  pointPlaces,
} from "../../lib/plots/parts/embedding_frame.ts";
import { likelyClasses } from "../../lib/reports/interactive/likely_classes.ts";
import { pointsBetween } from "../../lib/reports/interactive/nearest_points.ts";
import { seriousFaults } from "./accessibility.ts";
import { CHROMIUM, scrollsSideways } from "./browser.ts";
import { openImages } from "./images_page.ts";

const ignore = CHROMIUM === undefined;
const SIZE = 300;

type Opened = Awaited<ReturnType<typeof openImages>>;

/** Where the page draws a point of a network, in the window. */
async function placer(page: Page, model: number, places: PointPlaces) {
  const surface = page.locator(".points").nth(model);
  await surface.scrollIntoViewIfNeeded();
  const { x, y, width } = (await surface.locator(".marks").boundingBox())!;
  // The figure has a margin of 12 pixels.
  const scale = width / (SIZE + 24);
  return (row: number) => ({
    x: x + scale * places.x[row],
    y: y + scale * places.y[row],
  });
}

/** Numbers of the images whose cards are shown. */
async function shownNumbers(page: Page): Promise<number[]> {
  for (
    const more = page.getByRole("button", { name: /^Show .* more/ });
    await more.isVisible();
  ) await more.click();
  const texts = await page.locator(".chosen .row-card small").allInnerTexts();
  return texts.map((text) => Number(text.replace("image ", "")))
    .toSorted((a, b) => a - b);
}

/** Points that stand out in each picture. */
function standingOut(page: Page): Promise<number[]> {
  return page.locator(".points").evaluateAll((panels) =>
    panels.map((panel) =>
      [...panel.querySelectorAll('[stroke-opacity="1"] path')]
        .map((path) => path.getAttribute("d")!.match(/h0/g)!.length)
        .reduce((sum, count) => sum + count, 0)
    )
  );
}

/** The row farthest from all others, so that pointing at it is unambiguous. */
function loneliest({ x, y }: PointPlaces): number {
  const room = Array.from(x, (_, i) =>
    Math.min(...Array.from(
      x,
      (_, j) => i === j ? Infinity : Math.hypot(x[i] - x[j], y[i] - y[j]),
    )));
  return room.indexOf(Math.max(...room));
}

Deno.test({
  name: "pointing at an image shows what each network says about it",
  ignore,
  async fn() {
    await using opened: Opened = await openImages();
    const { page, rows, problems } = opened;
    const places = pointPlaces(rows.models[1].embedding!, SIZE);
    const row = loneliest(places);
    const at = (await placer(page, 1, places))(row);
    await page.mouse.move(at.x, at.y);
    const card = page.locator(".hover-card");
    const text = await card.innerText();
    assert.ok(text.includes(rows.classNames[rows.labels[row]]));
    assert.ok(text.includes(`image ${rows.numbers[row]}`));
    for (const { name, probabilities } of rows.models) {
      assert.ok(text.includes(name));
      const words = likelyClasses(probabilities, row, rows.classNames);
      assert.ok(text.includes(words), `${words} in ${text}`);
    }
    assert.equal(await page.locator(".marks circle").count(), 2);
    await page.mouse.move(2, 2);
    assert.equal(await card.isVisible(), false);
    assert.deepEqual(problems, []);
  },
});

Deno.test({
  name: "dragging over images selects them in every picture and shows them",
  ignore,
  async fn() {
    await using opened: Opened = await openImages();
    const { page, rows } = opened;
    const places = pointPlaces(rows.models[0].embedding!, SIZE);
    const corners = [{ x: 60, y: 90 }, { x: 190, y: 240 }] as const;
    const expected = pointsBetween(places, corners, () => true);
    assert.ok(expected.length > 3 && expected.length < 60);
    const toWindow = await placer(page, 0, {
      x: Float64Array.from(corners, ({ x }) => x),
      y: Float64Array.from(corners, ({ y }) => y),
    });
    const [from, to] = [0, 1].map(toWindow);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 3 });
    await page.mouse.up();
    const words = await page.locator(".selected").innerText();
    assert.equal(
      words,
      `${expected.length} images selected in the picture of CE`,
    );
    assert.deepEqual(
      await standingOut(page),
      [expected.length, expected.length],
    );
    const numbers = expected.map((row) => rows.numbers[row]);
    assert.deepEqual(await shownNumbers(page), numbers);
    await page.getByRole("button", { name: "Clear the selection" }).click();
    assert.deepEqual(await standingOut(page), [0, 0]);
    await page.getByRole("button", { name: "Errors of LS" }).click();
    const [, errors] = await standingOut(page);
    assert.ok(errors > 3 && errors <= 12);
    await page.getByRole("button", { name: "Clear the selection" }).click();
    assert.match(
      await page.locator(".selected").innerText(),
      /^The 12 images on which the networks differ most/,
    );
  },
});

Deno.test({
  name: "a cell of a confusion table shows its images, also by Enter",
  ignore,
  async fn() {
    await using opened: Opened = await openImages();
    const { page, rows } = opened;
    const { predicted } = rows.models[1];
    const expected = Array.from(rows.labels.keys()).filter((i) =>
      rows.labels[i] === 0 && predicted[i] === 1
    );
    assert.ok(expected.length > 0);
    const name = new RegExp(
      `^${expected.length} images? of Shirt taken for Coat`,
    );
    const cell = page.locator(".confusion").nth(1)
      .getByRole("button", { name });
    await cell.focus();
    await page.keyboard.press("Enter");
    assert.match(
      await page.locator(".selected").innerText(),
      new RegExp(`^LS: ${expected.length} images? of Shirt taken for Coat$`),
    );
    assert.equal(await cell.getAttribute("aria-pressed"), "true");
    assert.deepEqual(
      await shownNumbers(page),
      expected.map((row) => rows.numbers[row]),
    );
    await page.locator(".confusion").first().locator(".hit button").first()
      .click();
    assert.equal(await cell.getAttribute("aria-pressed"), "false");
    assert.match(
      await page.locator(".selected").innerText(),
      /^CE: \d+ images of Shirt recognised$/,
    );
  },
});

Deno.test({
  name: "the legend hides classes, and hidden images cannot be selected",
  ignore,
  async fn() {
    await using opened: Opened = await openImages();
    const { page, rows } = opened;
    const points = () =>
      page.locator(".points").first().evaluate((panel) =>
        [...panel.querySelectorAll("[data-mark=points] path")]
          .map((path) => path.getAttribute("d")!.match(/h0/g)!.length)
          .reduce((sum, count) => sum + count, 0)
      );
    assert.equal(await points(), 60);
    await page.getByRole("checkbox", { name: "Coat" }).uncheck();
    assert.equal(await points(), 40);
    const surface = page.locator(".points").first();
    const { x, y, width, height } = (await surface.boundingBox())!;
    await page.mouse.move(x + 1, y + 1);
    await page.mouse.down();
    await page.mouse.move(x + width - 1, y + height - 1, { steps: 3 });
    await page.mouse.up();
    const numbers = await shownNumbers(page);
    assert.equal(numbers.length, 40);
    const coat = rows.classNames.indexOf("Coat");
    assert.ok(numbers.every((number) => rows.labels[number - 100] !== coat));
    await page.getByRole("button", { name: "None" }).click();
    assert.equal(await points(), 0);
    await page.getByRole("button", { name: "All", exact: true }).click();
    assert.equal(await points(), 60);
  },
});

Deno.test({
  name: "arrow keys go from image to image, Enter selects, Escape clears",
  ignore,
  async fn() {
    await using opened: Opened = await openImages();
    const { page, problems } = opened;
    await page.locator(".points").first().focus();
    const card = page.locator(".hover-card");
    await page.keyboard.press("ArrowRight");
    const first = await card.innerText();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await card.innerText(), first);
    await page.keyboard.press("Enter");
    assert.deepEqual(await standingOut(page), [20, 20]);
    assert.equal((await shownNumbers(page)).length, 20);
    await page.keyboard.press("Escape");
    await page.locator(".points").first().focus();
    await page.keyboard.press("Escape");
    assert.deepEqual(await standingOut(page), [0, 0]);
    assert.equal(await card.isVisible(), false);
    assert.deepEqual(problems, []);
  },
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    Deno.test({
      name: `images of an index, ${colorScheme}, ${width} px, have no faults`,
      ignore,
      async fn() {
        const viewport = { width, height: 900 };
        await using opened = await openImages({ colorScheme, viewport });
        const { page, problems } = opened;
        assert.deepEqual(await seriousFaults(page), []);
        const sideways = await scrollsSideways(page);
        assert.equal(sideways, false, "the page scrolls sideways");
        assert.deepEqual(problems, []);
      },
    });
  }
}
