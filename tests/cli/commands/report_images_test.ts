/** `--images` of `ils evaluate` and `ils compare`. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeNpy } from "../../../lib/files/npy.ts";
import type { ReportData } from "../../../lib/reports/calibration/report_data.ts";
import { ils, inFolder } from "../program.ts";

const A = [[3, 0, 1], [0, 2, 1], [0, 1, 4], [2, 3, 1], [1, 0, -1]];
const LABELS = Int32Array.of(0, 1, 2, 0, 1);

/** Writes A.npy, B.npy and Y.npy of five rows, and images X.npy. */
async function writeFiles(cwd: string, images = 5): Promise<void> {
  const write = (name: string, data: Float64Array) =>
    writeNpy(join(cwd, name), { data, shape: [5, 3] });
  await write("A.npy", Float64Array.from(A.flat()));
  await write("B.npy", Float64Array.from(A.flat(), (z) => -z));
  await writeNpy(join(cwd, "Y.npy"), { data: LABELS, shape: [5] });
  await writeNpy(join(cwd, "X.npy"), {
    data: new Uint8Array(4 * images),
    shape: [images, 2, 2],
  });
}

/** The images in the page that a command writes to R.html. */
async function shownImages(cwd: string, args: string) {
  const { code, stderr } = await ils(args.split(" "), { cwd });
  assert.equal(code, 0, stderr);
  const html = await Deno.readTextFile(join(cwd, "R.html"));
  const [, json] = /id="calibration-report">(.*?)<\/script>/.exec(html)!;
  const { sets: [{ images }] }: ReportData = JSON.parse(json);
  return images!;
}

const EVALUATE = "evaluate --logits A.npy --labels Y.npy --resamples=0";
const COMPARE = "compare --logits A.npy,B.npy --labels Y.npy --resamples=0";

Deno.test("--images shows the images of the rows in the page of --report", () =>
  inFolder(async (cwd) => {
    await writeFiles(cwd);
    const more = "--images X.npy --classes cat,dog,bird --report R.html";
    const images = await shownImages(cwd, `${COMPARE} ${more}`);
    assert.deepEqual(images.rows.numbers, [0, 1, 2, 3, 4]);
    assert.deepEqual(images.rows.classNames, ["cat", "dog", "bird"]);
    const wrong = images.cells[0].filter((cell) =>
      cell.label !== cell.prediction
    );
    assert.deepEqual(wrong, [
      { label: 0, prediction: 1, count: 1 },
      { label: 1, prediction: 0, count: 1 },
    ]);
  }));

Deno.test("images have the numbers of their rows in the files with --ignore-label", () =>
  inFolder(async (cwd) => {
    await writeFiles(cwd);
    const more = "--ignore-label 0 --images X.npy --report R.html";
    const { rows } = await shownImages(cwd, `${EVALUATE} ${more}`);
    assert.deepEqual(rows.numbers, [1, 2, 4]);
  }));

Deno.test("--images is refused in one line, before anything is written", () =>
  inFolder(async (cwd) => {
    await writeFiles(cwd, 4);
    const refused = async (more: string, message: RegExp) => {
      const args = `${EVALUATE} ${more}`.split(" ");
      const { code, stderr } = await ils(args, { cwd });
      assert.equal(code, 2);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    };
    await refused("--images X.npy", /--images needs --report/);
    await refused(
      "--images X.npy --report R.html",
      /--images .*X\.npy must have the 5 rows of the scores: it has 4/,
    );
    assert.equal(existsSync(join(cwd, "R.html")), false);
  }));
