/** Pages with names of 300 characters, and with names from right to left. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { writeNpy } from "../../lib/files/npy.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { stream } from "../../lib/random.ts";
import { CHROMIUM, openOffline, scrollsSideways } from "./browser.ts";
import { openImages } from "./images_page.ts";
import { drop, openInspect, refusals, settled } from "./inspect_page.ts";
import { textsOutside } from "./text_boxes.ts";

const ignore = CHROMIUM === undefined;
const LONG = "American_Staffordshire_terrier_".repeat(10).slice(0, 300);
const REVERSED = "\u202eevil";
const ARABIC = "قطة";
const CLASSES = [LONG, REVERSED, ARABIC];
const ROWS = 90;

/** Logits of 90 rows, `[90][3]`, whose labels are 0, 1, 2, 0, …. */
function logitsOf(name: string): number[] {
  const random = stream(1, name);
  return Array.from(
    { length: 3 * ROWS },
    (_, at) => random.normal() + (at % 3 === Math.floor(at / 3) % 3 ? 1 : 0),
  );
}

/** The page of two models, one with a long name, and images of all rows. */
async function writeReport(folder: string): Promise<string> {
  const file = (name: string) => join(folder, name);
  const shape = [ROWS, 3];
  for (const name of ["a", "b"]) {
    const data = Float64Array.from(logitsOf(name));
    await writeNpy(file(`${name}.npy`), { data, shape });
  }
  const labels = Int32Array.from({ length: ROWS }, (_, i) => i % 3);
  await writeNpy(file("y.npy"), { data: labels, shape: [ROWS] });
  const pixels = Uint8Array.from({ length: 16 * ROWS }, (_, at) => at % 256);
  await writeNpy(file("x.npy"), { data: pixels, shape: [ROWS, 4, 4] });
  await Deno.writeTextFile(file("names.txt"), CLASSES.join("\n"));
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", join(ROOT, "lib/cli/main.ts"), "compare"],
      ...["--logits", `${LONG}=a.npy,${ARABIC}=b.npy`, "--labels", "y.npy"],
      ...["--val-logits", `${LONG}=b.npy,${ARABIC}=a.npy`],
      ...["--val-labels", "y.npy", "--resamples", "20"],
      ...["--classes", "names.txt", "--images", "x.npy"],
      ...["--report", "report.html"],
    ],
    cwd: folder,
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return file("report.html");
}

let report: Promise<string> | undefined;

/** Opens the report, which is written once per process. */
async function openReport(width: number) {
  report ??= Deno.makeTempDir({ prefix: "ils-names-" }).then((folder) => {
    addEventListener(
      "unload",
      () => Deno.removeSync(folder, { recursive: true }),
    );
    return writeReport(folder);
  });
  const viewport = { width, height: 900 };
  const opened = await openOffline(await report, { viewport });
  await opened.page.waitForSelector(".images.live");
  return opened;
}

async function assertInside(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const part of document.querySelectorAll("details")) part.open = true;
  });
  assert.deepEqual(await textsOutside(page), []);
  assert.equal(await scrollsSideways(page), false, "the page scrolls sideways");
}

for (const width of [390, 1280]) {
  Deno.test({
    name: `a report with long names, ${width} px, keeps texts in their boxes`,
    ignore,
    async fn() {
      await using opened = await openReport(width);
      await assertInside(opened.page);
    },
  });

  Deno.test({
    name: `an index with long names, ${width} px, keeps texts in their boxes`,
    ignore,
    async fn() {
      const viewport = { width, height: 900 };
      await using opened = await openImages({ viewport }, CLASSES);
      const { page } = opened;
      await page.locator(".points").first().focus();
      await page.keyboard.press("ArrowRight");
      assert.ok(await page.locator(".hover-card").isVisible());
      await assertInside(page);
    },
  });

  Deno.test({
    name: `inspect with long names, ${width} px, keeps texts in their boxes`,
    ignore,
    async fn() {
      const viewport = { width, height: 900 };
      await using opened = await openInspect({ viewport });
      const { page } = opened;
      const logits = logitsOf("a");
      const lines = Array.from(
        { length: ROWS },
        (_, i) => [...logits.slice(3 * i, 3 * i + 3), i % 3].join(),
      );
      const table = [[...CLASSES, "label"].join(), ...lines].join("\n");
      const bytes = new TextEncoder().encode(table);
      const name = LONG.slice(0, 200);
      await drop(page, [{ name: `${name}.csv`, bytes }]);
      await settled(page);
      assert.deepEqual(await refusals(page), []);
      await assertInside(page);
      await drop(page, [{ name: `${name}.npz`, bytes }]);
      await page.waitForSelector("#refusal p");
      await assertInside(page);
    },
  });
}

Deno.test({
  name: "numbers follow names from right to left, and keep their digits' order",
  ignore,
  async fn() {
    await using opened = await openReport(1280);
    for (const name of [REVERSED, ARABIC]) {
      const found = await placesIn(opened.page, `${name}\u2069 `);
      assert.ok(found.length > 0, `no card names ${JSON.stringify(name)}`);
      for (const { nameEnds, digits } of found) {
        assert.ok(nameEnds <= digits[0] + 1, "a number is before its name");
        assert.deepEqual(digits, digits.toSorted((a, b) => a - b));
      }
    }
  },
});

/** Where the numbers behind a name in cards are, if they are on its line. */
function placesIn(page: Page, name: string) {
  return page.locator(".row-card dd").evaluateAll(
    (cells, name) =>
      cells.flatMap((cell) => {
        const text = cell.firstChild as Text;
        const start = text.data.indexOf(name);
        if (start < 0) return [];
        const boxOf = (from: number, to: number) => {
          const range = document.createRange();
          range.setStart(text, from);
          range.setEnd(text, to);
          return range.getBoundingClientRect();
        };
        const end = start + name.length;
        const [{ length }] = /^\d+/.exec(text.data.slice(end)) ?? [""];
        const own = boxOf(start, end - 2);
        const digits = Array.from(
          { length },
          (_, i) => boxOf(end + i, end + i + 1),
        );
        return length > 0 && digits.every(({ top }) => top === own.top)
          ? [{ nameEnds: own.right, digits: digits.map(({ left }) => left) }]
          : [];
      }),
    name,
  );
}
