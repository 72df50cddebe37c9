import assert from "node:assert/strict";
import { classColour } from "../../../lib/plots/parts/theme.ts";
import { drawnRows } from "../../../lib/plots/parts/point_paths.ts";
import { stillRows } from "../../../lib/reports/interactive/still_rows.ts";

const KNOWN = Int32Array.from({ length: 40 }, (_, i) => (i * i + i) % 3);

/** What a figure draws for labels. */
const drawnFor = (labels: Int32Array) =>
  drawnRows(labels).map(({ label, rows }) => (
    { colour: classColour(label), count: rows.length }
  ));

Deno.test("drawnRows() has each row once, with its label", () => {
  const drawn = drawnRows(KNOWN);
  for (const { label, rows } of drawn) {
    assert(rows.every((row) => KNOWN[row] === label));
  }
  assert.deepEqual(
    drawn.flatMap(({ rows }) => rows).toSorted((a, b) => a - b),
    [...KNOWN.keys()],
  );
});

Deno.test("stillRows() finds the rows of known images", () => {
  const { labels, rows } = stillRows(drawnFor(KNOWN), KNOWN, 3)!;
  assert.deepEqual(rows!.slice(0, 3), [0, 8, 24]);
  assert.deepEqual(labels, Int32Array.from(rows!, (row) => KNOWN[row]));
});

Deno.test("stillRows() takes classes of other images from their colours", () => {
  const others = Int32Array.from({ length: 16 }, (_, i) => i % 2);
  const { labels, rows } = stillRows(drawnFor(others), KNOWN, 3)!;
  assert.equal(rows, undefined);
  assert.deepEqual([...labels].filter((label) => label === 1).length, 8);
  assert.deepEqual([...labels.slice(0, 4)], [0, 0, 1, 1]);
});

Deno.test("stillRows() knows other images only if colours tell classes apart", () => {
  const others = drawnFor(Int32Array.of(0, 1, 1));
  assert.equal(stillRows(others, KNOWN, 11), undefined);
  assert.equal(
    stillRows([{ colour: "#123456", count: 3 }], KNOWN, 3),
    undefined,
  );
});
