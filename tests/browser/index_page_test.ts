/** The committed index of `quick`, opened from disk without a network. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { ROOT } from "../../lib/files/project_root.ts";
import { restoreScores } from "../../lib/reports/interactive/embedded_scores.ts";
import type { ExplorerData } from "../../lib/reports/interactive/explorer_data.ts";
import { imageTargets } from "../../lib/reports/interactive/image_targets.ts";
import type { OneImage } from "../../lib/reports/interactive/one_image.ts";
import { measure } from "../../lib/reports/interactive/measure.ts";
import { seriousFaults } from "./accessibility.ts";
import { CHROMIUM, drawn, openOffline, scrollsSideways } from "./browser.ts";

/** JSON that the page embeds. */
async function embedded<Data>(page: Page, id: string): Promise<Data> {
  return JSON.parse((await page.locator(`#${id}`).textContent())!);
}

const INDEX = join(ROOT, "results", "quick", "index.html");

Deno.test({
  name: "the index of quick: its controls give the numbers of Deno",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openOffline(INDEX);
    const { page, problems } = opened;
    await page.waitForSelector(".explored table");
    const data = await embedded<ExplorerData>(page, "reliability-data");
    await page.getByRole("slider", { name: "Bins" }).fill("20");
    await page.getByRole("combobox", { name: "Calibrator" })
      .selectOption("temperature scaling");
    await page.getByRole("slider", { name: "Reject" }).fill("0.8");
    await drawn(page);
    const expected = await Promise.all(
      data.models.map(async ({ name, scores, fits: [fit] }) => {
        const { logits, labels } = await restoreScores(scores);
        const { accuracy, logLoss, ece, kept } = measure(logits, labels, {
          bins: 20,
          norm: 1,
          binning: "equalWidth",
          temperature: 1,
          threshold: 0.8,
        }, fit);
        return [
          name,
          scores.rows.toLocaleString("en"),
          (100 * accuracy).toFixed(2),
          logLoss.toFixed(4),
          (100 * ece).toFixed(2),
          (100 * kept.coverage).toFixed(1),
          (100 * kept.risk).toFixed(2),
        ].join("\t");
      }),
    );
    const rows = await page.locator("#reliability-explorer tbody tr")
      .allInnerTexts();
    assert.deepEqual(rows, expected);
    assert.equal(rows.length, 4);
    assert.deepEqual(problems, []);
  },
});

Deno.test({
  name: "the index of quick: the targets of one image are those of Deno",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openOffline(INDEX);
    const { page, problems } = opened;
    await page.waitForSelector("#targets-explorer svg");
    const image = await embedded<OneImage>(page, "targets-data");
    await page.getByRole("slider", { name: "Amount" }).fill("0.47");
    await page.getByRole("slider", { name: "Temperature of the teacher" })
      .fill("0.3");
    await drawn(page);
    const settings = { epsilon: 0.47, temperature: 10 ** 0.3 };
    const texts = await page.locator("#targets-explorer svg text")
      .allTextContents();
    for (const { method, probabilities } of imageTargets(image, settings)) {
      const shown = probabilities[image.label].toFixed(3);
      assert.ok(texts.includes(shown), `${method}: ${shown} is not shown`);
    }
    assert.deepEqual(problems, []);
  },
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    Deno.test({
      name: `the index of quick, ${colorScheme}, ${width} px, has no faults`,
      ignore: CHROMIUM === undefined,
      async fn() {
        const viewport = { width, height: 900 };
        await using opened = await openOffline(INDEX, {
          colorScheme,
          viewport,
        });
        const { page, problems } = opened;
        await page.waitForSelector(".explored table");
        assert.deepEqual(await seriousFaults(page), []);
        const sideways = await scrollsSideways(page);
        assert.equal(sideways, false, "the page scrolls sideways");
        assert.deepEqual(problems, []);
      },
    });
  }
}
