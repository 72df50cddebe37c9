import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../../lib/files/project_root.ts";
import { imageTargets } from "../../../lib/reports/interactive/image_targets.ts";
import {
  type OneImage,
  readOneImage,
} from "../../../lib/reports/interactive/one_image.ts";

const IMAGE: OneImage = {
  classNames: ["coat", "shirt", "bag"],
  label: 0,
  // Probabilities 1/2, 3/8 and 1/8.
  logits: [Math.log(4), Math.log(3), 0],
};

/** Targets by method, to four decimals. */
function rounded(epsilon: number, temperature: number) {
  return Object.fromEntries(
    imageTargets(IMAGE, { epsilon, temperature }).map((
      { method, probabilities },
    ) => [method, Array.from(probabilities, (p) => Number(p.toFixed(4)))]),
  );
}

Deno.test("imageTargets() moves the amount to the classes of the teacher", () => {
  assert.deepEqual(rounded(0.3, 1), {
    teacher: [0.5, 0.375, 0.125],
    ls: [0.8, 0.1, 0.1],
    ils: [0.85, 0.1125, 0.0375],
    ils2: [0.7, 0.225, 0.075],
    // The amount is 2 (0.5 - 0.8) ** 2 = 0.18, less than the largest.
    ilsq: [0.82, 0.135, 0.045],
  });
});

Deno.test("imageTargets() without an amount are hard labels", () => {
  const { teacher: _, ...targets } = rounded(0, 1);
  for (const target of Object.values(targets)) {
    assert.deepEqual(target, [1, 0, 0]);
  }
});

Deno.test("imageTargets() at a high temperature are even over wrong classes", () => {
  const { ils2 } = rounded(0.3, 1e6);
  assert.deepEqual(ils2, [0.7, 0.15, 0.15]);
});

Deno.test("readOneImage() reads the table that notebook 02 saves", async () => {
  const path = join(ROOT, "results", "quick", "tables", "02-confusing.json");
  const image = (await readOneImage(path))!;
  assert.equal(image.classNames.length, 10);
  assert.ok(image.label >= 0);
  assert.equal(await readOneImage(`${path}.missing`), undefined);
});
