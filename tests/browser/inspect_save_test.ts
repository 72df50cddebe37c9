/** What the page of `deno task inspect` saves, and how it looks. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { decode } from "fast-png";
import { softmax } from "../../lib/logits/softmax.ts";
import { writeNpy } from "../../lib/files/npy.ts";
import { load } from "../cli/inputs/scores.ts";
import { inFolder } from "../cli/program.ts";
import { seriousFaults } from "./accessibility.ts";
import { CHROMIUM, openOffline, scrollsSideways } from "./browser.ts";
import {
  drop,
  openInspect,
  refusals,
  saved,
  settled,
  tryExample,
} from "./inspect_page.ts";

Deno.test({
  name: "saved probabilities are read by the command line, and calibrated",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openInspect();
    const { page, problems } = opened;
    await tryExample(page);
    const files = [
      await saved(page, "NumPy (.npy)"),
      await saved(page, "Table (.csv)"),
    ];
    await page.getByRole("combobox", { name: "after" })
      .selectOption("uncalibrated");
    files.push(await saved(page, "NumPy (.npy)"));
    assert.deepEqual(files.map(({ name }) => name), [
      ...["npy", "csv"].map((ending) =>
        `probabilities-example-temperature.${ending}`
      ),
      "probabilities-example.npy",
    ]);
    const example = "lib/cli/inspect/example.npz";
    const { models: [model], labels } = await load([
      ...["--logits", `${example}:logits`, "--labels", `${example}:labels`],
    ]);
    await inFolder(async (folder) => {
      const shape = [labels.length];
      await writeNpy(join(folder, "y.npy"), { data: labels, shape });
      const read = await Promise.all(files.map(async ({ name, bytes }) => {
        const path = join(folder, name);
        await Deno.writeFile(path, bytes);
        const { models: [{ logits }] } = await load([
          ...["--logits", path, "--labels", join(folder, "y.npy")],
          "--probabilities",
        ]);
        return softmax(logits).data;
      }));
      const [npy, csv, plain] = read;
      assert.deepEqual(npy, csv);
      const expected = softmax(model.logits).data;
      plain.forEach((p, i) => assert(Math.abs(p - expected[i]) < 1e-6));
      // Temperature 1.54 makes the largest probabilities smaller.
      assert(Math.max(...npy.slice(0, 10)) < Math.max(...plain.slice(0, 10)));
    });
    assert.deepEqual(problems, []);
  },
});

Deno.test({
  name: "figures are saved as SVG and PNG, and a saved report opens offline",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openInspect();
    const { page, problems } = opened;
    await tryExample(page);
    const figure = page.locator("#report .chart").first();
    const svg = await saved(page, "Save figure 1 as SVG");
    assert.equal(svg.name, "reliability-1.svg");
    const drawing = new TextDecoder().decode(svg.bytes);
    assert.match(drawing, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    // Programs that draw it know no variables of CSS.
    assert.doesNotMatch(drawing, /light-dark|var\(/);
    const png = await saved(page, "Save figure 2 as PNG");
    assert.equal(png.name, "risk-coverage-1.png");
    const { width, height, data } = decode(png.bytes);
    assert(width > 600 && height > 400, `${width} x ${height}`);
    assert(new Set(data).size > 10, "the image is not empty");
    const report = await saved(page, "Report (HTML)");
    await inFolder(async (folder) => {
      const path = join(folder, "report.html");
      await Deno.writeFile(path, report.bytes);
      await using again = await openOffline(path);
      await again.page.waitForSelector(".explored table");
      assert.equal(
        await again.page.locator(".verdict").innerText(),
        await page.locator(".verdict").innerText(),
      );
      assert.deepEqual(again.problems, []);
    });
    assert.equal(await figure.isVisible(), true);
    assert.deepEqual(problems, []);
  },
});

Deno.test({
  name: "images of the test rows are shown",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openInspect();
    const { page, problems } = opened;
    const bytesOf = (data: Float32Array | Uint8Array, shape: number[]) =>
      inFolder(async (folder) => {
        await writeNpy(join(folder, "a.npy"), { data, shape });
        return await Deno.readFile(join(folder, "a.npy"));
      });
    // Rows 1 and 2 are wrong.
    const logits = Float32Array.of(4, -1, 2, -1, -5, 3);
    const images = Uint8Array.from({ length: 12 }, (_, i) => 20 * i);
    await drop(page, [
      { name: "logits.npy", bytes: await bytesOf(logits, [3, 2]) },
      { name: "y.npy", bytes: await bytesOf(Uint8Array.of(0, 1, 0), [3]) },
      { name: "x.npy", bytes: await bytesOf(images, [3, 2, 2]) },
    ]);
    await settled(page);
    assert.deepEqual(await refusals(page), []);
    const command = await page.locator("#command").textContent();
    assert.match(command!, / --images x\.npy /);
    // The first report was replaced by the one with intervals.
    await page.getByRole("button", { name: "taken for class 1" }).click();
    assert.match(await page.locator(".chosen").innerText(), /image 2\b/);
    assert.deepEqual(problems, []);
  },
});

Deno.test({
  name: "the page may not connect, nor run another script",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openInspect();
    const { page } = opened;
    const refused = await page.evaluate(async () => {
      const blocked: string[] = [];
      document.addEventListener(
        "securitypolicyviolation",
        ({ effectiveDirective }) => blocked.push(effectiveDirective),
      );
      await fetch("https://example.org/").catch(() => {});
      const script = document.createElement("script");
      script.textContent = "document.title = 'changed'";
      document.body.append(script);
      await new Promise((resolve) => setTimeout(resolve));
      return [...blocked, document.title];
    });
    assert.deepEqual(refused, [
      ...["connect-src", "script-src-elem", "Inspect calibration"],
    ]);
  },
});

Deno.test({
  name: "the page has no faults in either theme at three widths",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openInspect();
    const { page, problems } = opened;
    await tryExample(page);
    await page.getByText("More settings").click();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [390, 800, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        const place = `${colorScheme}, ${width} px`;
        assert.equal(await scrollsSideways(page), false, place);
        assert.deepEqual(await seriousFaults(page), [], place);
      }
    }
    assert.deepEqual(problems, []);
  },
});
