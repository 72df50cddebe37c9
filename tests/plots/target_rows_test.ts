import assert from "node:assert/strict";
import { targetRows } from "../../lib/plots/target_rows.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { EVIL, picture } from "./samples.ts";

const ROWS = [
  { method: "ce", probabilities: [1, 0, 0] },
  { method: "ls", probabilities: [0.9333, 0.0333, 0.0333] },
  { method: "ils", probabilities: Float32Array.of(0.905, 0.0946, 0.0004) },
];

figureTest(
  "targetRows() draws one row per instance and one chart per method",
  "target_rows",
  () =>
    targetRows([
      { title: EVIL, label: 0, image: picture(1), rows: ROWS },
      { label: 2, rows: [...ROWS, ...ROWS] },
    ], { classNames: ["dog", EVIL, "ship"] }),
);

Deno.test("targetRows() distinguishes a small share from zero", () => {
  const { svg } = quietly(() =>
    targetRows([{ label: 0, rows: [ROWS[0], ROWS[2]] }], {
      classNames: ["dog", "cat", "ship"],
    })
  );
  const shares = [...svg.matchAll(/>((?:&lt;)?[01](?:\.\d{3})?)</g)]
    .map((match) => match[1]);
  assert.deepEqual(shares, ["0", "0", "1.000", "0.095", "&lt;0.001", "0.905"]);
});

Deno.test("targetRows() refuses an empty plot and rows of the wrong length", () => {
  const classNames = ["dog", "cat"];
  assert.throws(() => targetRows([], { classNames }), {
    name: "BadInput",
    message: "Cannot draw target rows without a row",
  });
  assert.throws(() => targetRows([{ label: 0, rows: ROWS }], { classNames }), {
    message: "Cannot draw target rows as each must have 2 classes: ce has 3",
  });
});
