import { deepStrictEqual, ok } from "node:assert/strict";
import { emptyTree, growTree } from "../../lib/embedding/point_tree.ts";
import { stream } from "../../lib/random.ts";

const random = stream(1, "tree");
const positions = Float64Array.from({ length: 2000 }, () => random.normal());

Deno.test("growTree() has every point in exactly one leaf", () => {
  const tree = emptyTree(1000);
  growTree(tree, positions);
  const seen: number[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.after[node] > node + 1) continue;
    ok(tree.end[node] - tree.start[node] <= 32);
    seen.push(...tree.order.subarray(tree.start[node], tree.end[node]));
  }
  deepStrictEqual(seen.sort((a, b) => a - b), [...Array(1000).keys()]);
});

Deno.test("growTree() bounds and centres the points of every node", () => {
  const tree = emptyTree(1000);
  growTree(tree, positions);
  for (let node = 0; node < tree.size; node++) {
    const places = tree.order.subarray(tree.start[node], tree.end[node]);
    const xs = Array.from(places, (i) => positions[2 * i]);
    const ys = Array.from(places, (i) => positions[2 * i + 1]);
    const box = [tree.minX, tree.maxX, tree.minY, tree.maxY];
    deepStrictEqual(
      box.map((side) => side[node]),
      [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)],
    );
    const mean = xs.reduce((a, b) => a + b) / xs.length;
    ok(Math.abs(tree.centreX[node] - mean) < 1e-12);
  }
});

Deno.test("growTree() divides the points of a node among its children", () => {
  const tree = emptyTree(1000);
  growTree(tree, positions);
  for (let node = 0; node < tree.size; node++) {
    if (tree.after[node] === node + 1) continue;
    const left = node + 1;
    const right = tree.after[left];
    deepStrictEqual(tree.start[left], tree.start[node]);
    deepStrictEqual(tree.end[left], tree.start[right]);
    deepStrictEqual(tree.end[right], tree.end[node]);
    deepStrictEqual(tree.after[right], tree.after[node]);
  }
});

Deno.test("growTree() keeps coinciding points in one leaf", () => {
  const tree = emptyTree(100);
  growTree(tree, new Float64Array(200).fill(0.1));
  deepStrictEqual([tree.size, tree.start[0], tree.end[0]], [1, 0, 100]);
});

Deno.test("growTree() splits neighbouring doubles and far outliers", () => {
  const close = Float64Array.from(
    { length: 200 },
    (_, at) => at === 0 ? 1e100 : at % 3 ? 1 : 1 + Number.EPSILON,
  );
  const tree = emptyTree(100);
  growTree(tree, close);
  const leaves = [...Array(tree.size).keys()]
    .filter((node) => tree.after[node] === node + 1)
    .map((node) => tree.end[node] - tree.start[node]);
  deepStrictEqual(leaves.reduce((a, b) => a + b), 100);
  deepStrictEqual(leaves.includes(1), true);
});

Deno.test("growTree() builds the same tree from the same positions", () => {
  const once = emptyTree(1000);
  growTree(once, positions);
  const again = emptyTree(1000);
  growTree(again, positions.map((value) => -3 * value));
  growTree(again, positions);
  deepStrictEqual(again.order, once.order);
});
