import assert from "node:assert/strict";
import { pointsOf } from "../../lib/matrix_kinds.ts";
import { embeddingPanels } from "../../lib/plots/embedding_panels.ts";
import { quietly } from "./figure_check.ts";

const embedding = pointsOf([[0, 0], [4, 0], [1, 1]]);
const LABELS = Int32Array.of(0, 0, 1);
const classNames = ["Coat", "Bag"];

/** Width and height of several panels. */
function sizeOf(
  panels: number,
  columns?: number,
): [width: number, height: number] {
  const items = Array.from(
    { length: panels },
    () => ({ title: "", embedding }),
  );
  const { svg } = quietly(() =>
    embeddingPanels(items, LABELS, {
      classNames,
      ...(columns === undefined ? {} : { columns }),
    })
  );
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!;
  return [Number(width), Number(height)];
}

Deno.test("embeddingPanels() draws rows of three panels, or as many as asked", () => {
  const three = sizeOf(6);
  assert.deepEqual(three, sizeOf(6, 3));
  const [two, one] = [sizeOf(6, 2), sizeOf(6, 1)];
  assert(three[0] > 1.4 * two[0] && two[0] > 1.5 * one[0]);
  assert(one[1] > 1.9 * two[1] && two[1] > 1.4 * three[1]);
});

Deno.test("embeddingPanels() draws four panels as a square", () => {
  assert.deepEqual(sizeOf(4), sizeOf(4, 2));
});

Deno.test("embeddingPanels() gives every panel its title", () => {
  const items = ["ce: logits", "ce: features"]
    .map((title) => ({ title, embedding }));
  const { svg } = quietly(() => embeddingPanels(items, LABELS, { classNames }));
  for (const { title } of items) assert(svg.includes(`>${title}<`), title);
});
