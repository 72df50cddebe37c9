import assert from "node:assert/strict";
import { targetRows } from "../../lib/plots/target_rows.ts";
import { figureTest, quietly } from "./figure_check.ts";
import {
  checkTextInside,
  contains,
  placedRects,
  placedTexts,
} from "./placed_shapes.ts";
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

figureTest(
  "targetRows() draws three charts per row below the image if compact",
  "target_rows_compact",
  () =>
    targetRows([{
      title: "A dog that resembles a cat",
      label: 0,
      image: picture(1),
      rows: [{ ...ROWS[0], label: "a heading of two lines" }, ...ROWS],
    }], { classNames: ["dog", "cat", "ship"], compact: true, title: "Idea" }),
);

Deno.test("targetRows() with compact fits three charts of ten classes on a phone", () => {
  const classNames = ["T-shirt/top", "Ankle boot", ..."abcdefgh"];
  const probabilities = [0.91, ...Array<number>(9).fill(0.01)];
  const rows = ["ce", "ls", "ils"].map((method) => ({ method, probabilities }));
  const instances = [{ label: 0, image: picture(1), rows }];
  const { svg } = quietly(() =>
    targetRows(instances, { classNames, compact: true })
  );
  checkTextInside(svg);
  const { left, right } = placedRects(svg)[0];
  // Text of 12 px is at least 8 px high on a screen of 360 px.
  assert.ok(right - left <= 12 / 8 * 360);
});

Deno.test("targetRows() puts a grey band behind the true class of every chart", () => {
  const { svg } = quietly(() =>
    targetRows([{ label: 2, rows: ROWS }], {
      classNames: ["dog", "cat", "ship"],
    })
  );
  assert.equal(svg.match(/fill="#d9d9d9" data-mark="bar"/g)!.length, 3);
  const names = placedTexts(svg).filter(({ text }) => text === "ship");
  const boxes = placedRects(svg).filter((box) => contains(box, names[0]));
  // The background and the band of the chart with names.
  assert.equal(boxes.length, 2);
});

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
