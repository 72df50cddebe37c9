/** The page of `ils compare --report`, in a browser. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { writeNpy } from "../../lib/files/npy.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { stream } from "../../lib/random.ts";
import { restoreScores } from "../../lib/reports/interactive/embedded_scores.ts";
import {
  measure,
  type Settings,
} from "../../lib/reports/interactive/measure.ts";
import type { ReportData } from "../../lib/reports/calibration/report_data.ts";
import { seriousFaults } from "./accessibility.ts";
import { CHROMIUM, drawn, openOffline, scrollsSideways } from "./browser.ts";

const ROWS = 400;
const CLASSES = 5;

/** Scores of two models on the same rows, the second one less confident. */
async function writeScores(folder: string, name: string): Promise<void> {
  const random = stream(1, name);
  const labels = Int32Array.from(
    { length: ROWS },
    () => random.integer(CLASSES),
  );
  const logits = Float32Array.from(
    { length: ROWS * CLASSES },
    (_, at) =>
      3 * random.normal() +
      (at % CLASSES === labels[Math.floor(at / CLASSES)] ? 4 : 0),
  );
  const write = (
    file: string,
    shape: number[],
    data: Float32Array | Int32Array,
  ) => writeNpy(join(folder, `${file}-${name}.npy`), { shape, data });
  await write("labels", [ROWS], labels);
  await write("sharp", [ROWS, CLASSES], logits);
  await write("soft", [ROWS, CLASSES], logits.map((x, i) => x / 3 + i % 2));
  const pixels = Uint8Array.from(
    { length: 75 * ROWS },
    () => random.integer(256),
  );
  await writeNpy(join(folder, `images-${name}.npy`), {
    data: pixels,
    shape: [ROWS, 5, 5, 3],
  });
}

/** Writes the page of two models with validation rows, and opens it. */
async function openReport(options = {}) {
  const folder = await Deno.makeTempDir({ prefix: "ils-report-" });
  for (const name of ["test", "val"]) await writeScores(folder, name);
  const report = join(folder, "report.html");
  const models = (name: string) =>
    ["sharp", "soft"].map((model) =>
      `${model}=${join(folder, `${model}-${name}.npy`)}`
    ).join(",");
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", join(ROOT, "lib/cli/main.ts"), "compare"],
      ...["--logits", models("test")],
      ...["--labels", join(folder, "labels-test.npy")],
      ...["--val-logits", models("val")],
      ...["--val-labels", join(folder, "labels-val.npy")],
      ...["--calibrator", "temperature,isotonic", "--resamples", "50"],
      ...["--images", join(folder, "images-test.npy")],
      ...["--report", report],
    ],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  const opened = await openOffline(report, options);
  await opened.page.waitForSelector(".images.live");
  const data: ReportData = JSON.parse(
    (await opened.page.locator("#calibration-report").textContent())!,
  );
  return {
    ...opened,
    data,
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

const FIRST: Settings = {
  bins: 10,
  norm: 1,
  binning: "equalWidth",
  temperature: 1,
  threshold: 0,
};

/** The rows of the explorer's table, as this program computes them. */
async function expected(
  { sets: [{ models }] }: ReportData,
  settings: Settings,
  calibrator?: string,
): Promise<string[]> {
  return await Promise.all(models.map(async ({ name, scores, versions }) => {
    const { logits, labels } = await restoreScores(scores);
    const version = versions.find(({ by }) => by === calibrator);
    const fit = version?.by
      ? { by: version.by, parameters: version.fit!.parameters }
      : undefined;
    const numbers = measure(logits, labels, settings, fit);
    return [
      name,
      String(ROWS),
      (100 * numbers.accuracy).toFixed(2),
      numbers.logLoss.toFixed(4),
      (100 * numbers.ece).toFixed(2),
      (100 * numbers.kept.coverage).toFixed(1),
      numbers.kept.coverage === 0 ? "–" : (100 * numbers.kept.risk).toFixed(2),
    ].join("\t");
  }));
}

async function rows(page: Page): Promise<string[]> {
  await drawn(page);
  return await page.locator(".explored tbody tr").allInnerTexts();
}

Deno.test({
  name: "each control of a calibration report gives the numbers of Deno",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using report = await openReport();
    const { page, data, problems } = report;
    const compare = async (settings: Partial<Settings>, by?: string) =>
      assert.deepEqual(
        await rows(page),
        await expected(data, { ...FIRST, ...settings }, by),
      );
    await compare({});
    const bins = page.getByRole("slider", { name: "Bins" });
    await bins.fill("23");
    await compare({ bins: 23 });
    await bins.press("ArrowRight");
    await compare({ bins: 24 });
    const masses = page.getByRole("combobox", { name: "of", exact: true });
    await masses.selectOption("equal numbers of rows");
    await compare({ bins: 24, binning: "equalMass" });
    const error = page.getByRole("combobox", { name: "Error" });
    await error.selectOption("root mean square gap (RMS)");
    await compare({ bins: 24, binning: "equalMass", norm: 2 });
    await error.selectOption("largest gap (MCE)");
    await compare({ bins: 24, binning: "equalMass", norm: "max" });
    await page.getByRole("button", { name: "Reset" }).click();
    await compare({});
    await page.getByRole("slider", { name: "Temperature" }).fill("0.3");
    await compare({ temperature: 10 ** 0.3 });
    await page.getByRole("combobox", { name: "Calibrator" })
      .selectOption("isotonic regression");
    await compare({ temperature: 10 ** 0.3 }, "isotonic");
    const reject = page.getByRole("slider", { name: "Reject" });
    for (const threshold of [0.9, 1]) {
      await reject.fill(String(threshold));
      await compare({ temperature: 10 ** 0.3, threshold }, "isotonic");
    }
    assert.deepEqual(problems, []);
  },
});

Deno.test({
  name: "a model can be hidden, and keeps its colour",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using report = await openReport();
    const { page, data } = report;
    const colours = () =>
      page.locator(".explored svg").first().evaluate((svg) =>
        [...svg.querySelectorAll("path")].map((path) =>
          path.getAttribute("stroke") ?? ""
        ).filter((stroke) => stroke.startsWith("var"))
      );
    const both = await colours();
    await page.getByRole("checkbox", { name: "sharp" }).uncheck();
    const [, soft] = await expected(data, FIRST);
    assert.deepEqual(await rows(page), [soft]);
    const [first] = (await colours()).slice(-1);
    assert.equal(first, both.at(-1));
    await page.getByRole("checkbox", { name: "soft" }).uncheck();
    assert.deepEqual(await rows(page), []);
  },
});

Deno.test({
  name: "a count of a calibration report shows its images, as do its errors",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using report = await openReport();
    const { page, data: { sets: [{ images }] }, problems } = report;
    const [cell] = images!.cells[1].filter(({ label, prediction }) =>
      label !== prediction
    );
    const words =
      `${cell.count} images? of class ${cell.label} taken for class ` +
      cell.prediction;
    await page.locator(".confusion").nth(1)
      .getByRole("button", { name: new RegExp(`^${words}$`) }).click();
    const selected = page.locator(".selected");
    assert.match(await selected.innerText(), new RegExp(`^soft: ${words}$`));
    const cards = page.locator(".row-card");
    assert.equal(await cards.count(), Math.min(cell.count, 12));
    for (const label of await cards.locator("b").allInnerTexts()) {
      assert.equal(label, `class ${cell.label}`);
    }
    await page.getByRole("button", { name: "Errors of sharp" }).click();
    assert.equal(
      await selected.innerText(),
      "The 12 most confident errors of sharp",
    );
    assert.equal(await cards.locator('dt:text("sharp") + .wrong').count(), 12);
    assert.deepEqual(problems, []);
  },
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    Deno.test({
      name: `a calibration report, ${colorScheme}, ${width} px, has no faults`,
      ignore: CHROMIUM === undefined,
      async fn() {
        const viewport = { width, height: 900 };
        await using report = await openReport({ colorScheme, viewport });
        assert.deepEqual(await seriousFaults(report.page), []);
        const sideways = await scrollsSideways(report.page);
        assert.equal(sideways, false, "the page scrolls sideways");
      },
    });
  }
}
