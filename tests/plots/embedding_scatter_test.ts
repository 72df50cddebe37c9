import assert from "node:assert/strict";
import { pointsOf } from "../../lib/matrix_kinds.ts";
import { embeddingScatter } from "../../lib/plots/embedding_scatter.ts";
import { figureTest, quietly } from "./figure_check.ts";
import {
  contains,
  overlaps,
  placedRects,
  placedTexts,
} from "./placed_shapes.ts";
import { EVIL } from "./samples.ts";

const POINTS = pointsOf([[0, 0], [4, 0], [1, 1], [3, 2], [2, 1]]);
const LABELS = Int32Array.of(0, 0, 1, 1, 0);
const classNames = ["Coat", EVIL, "Bag"];

figureTest(
  "embeddingScatter() names the classes that have points",
  "embedding_scatter",
  () => embeddingScatter(POINTS, LABELS, { classNames, title: "Logits" }),
);

/** Positions of the dots, in pixels, in the order of the paths. */
function dots(svg: string): [number, number][] {
  return [...svg.matchAll(/M([\d.]+),([\d.]+)h0/g)]
    .map((match) => [Number(match[1]), Number(match[2])]);
}

Deno.test("embeddingScatter() draws both directions on the same scale", () => {
  const points = pointsOf([[0, 0], [100, 0], [0, 10]]);
  const { svg } = quietly(() =>
    embeddingScatter(points, new Int32Array(3), { classNames })
  );
  const [origin, right, up] = dots(svg);
  const [dx, dy] = [right[0] - origin[0], origin[1] - up[1]];
  assert.ok(Math.abs(dx - 10 * dy) < 1, `${dx} against ${dy}`);
});

Deno.test("embeddingScatter() draws every point once, including duplicates", () => {
  const points = pointsOf(Array.from({ length: 50 }, () => [1, 1]));
  const { svg } = quietly(() =>
    embeddingScatter(points, new Int32Array(50), { classNames })
  );
  assert.equal(dots(svg).length, 50);
});

Deno.test("embeddingScatter() refuses invalid shapes, labels and numbers", () => {
  const draw = (points: number[][], labels: number[]) => () =>
    embeddingScatter(pointsOf(points), Int32Array.from(labels), { classNames });
  assert.throws(draw([[1, 2]], [0, 1]), {
    name: "BadInput",
    message: "Cannot draw a scatter of 1 rows of 2 numbers with 2 labels: " +
      "each label needs a row of 2 numbers",
  });
  assert.throws(draw([[1, 2]], [3]), {
    message: "Cannot draw a scatter as labels must be in [0, 2]: " +
      "current value is 3",
  });
  assert.throws(draw([[1, 2], [NaN, 2]], [0, 1]), {
    message: "Cannot draw a scatter as every number must be finite: " +
      "row 1 has NaN",
  });
});

Deno.test("embeddingScatter() leaves hidden classes out and keeps the scales", () => {
  const draw = (options = {}) =>
    quietly(() => embeddingScatter(POINTS, LABELS, { classNames, ...options }))
      .svg;
  const [all, some] = [draw(), draw({ hidden: new Set([0]) })];
  assert.deepEqual([dots(all).length, dots(some).length], [5, 2]);
  for (const place of dots(some)) {
    assert(dots(all).some((other) => String(other) === String(place)));
  }
  assert(all.includes(">Coat<") && !some.includes(">Coat<"));
});

/** Clusters at the corners, with names that would cross the frame. */
function corners(classNames: readonly string[], size: number): string {
  const points = [[0, 0], [0, 100], [100, 0], [100, 100], [0, 1], [99, 100]];
  const labels = Int32Array.from(points, (_, i) => i);
  return quietly(() =>
    embeddingScatter(pointsOf(points), labels, { classNames, size })
  ).svg;
}

Deno.test("embeddingScatter() draws the names of classes at the corners within the frame", () => {
  const names = [
    "Sandal",
    "Ankle boot",
    "T-shirt/top",
    "Trouser",
    "Bag",
    "Coat",
  ];
  for (const size of [300, 380]) {
    const svg = corners(names, size);
    const [, frame] = placedRects(svg);
    const placed = placedTexts(svg).filter(({ text }) => names.includes(text));
    assert.equal(placed.length, names.length);
    assert.deepEqual(placed.filter((text) => !contains(frame, text)), []);
    assert.deepEqual(overlaps(placed), []);
  }
});

Deno.test("embeddingScatter() shortens a name wider than the frame in its middle", () => {
  const long = `${"A very long name of a class ".repeat(3)}, number`;
  const svg = corners([1, 2, 3, 4, 5, 6].map((k) => `${long} ${k}`), 300);
  const [, frame] = placedRects(svg);
  const placed = placedTexts(svg).filter(({ text }) =>
    text.startsWith("A ver")
  );
  assert.deepEqual(
    placed.map(({ text }) => text.replace(/^.*…/, "").at(-1)),
    ["1", "2", "3", "4", "5", "6"],
  );
  assert.deepEqual(placed.filter((text) => !contains(frame, text)), []);
});

Deno.test("embeddingScatter() makes all points faint but the selected ones", () => {
  const { svg } = quietly(() =>
    embeddingScatter(POINTS, LABELS, { classNames, selected: new Set([1, 3]) })
  );
  const group = (opacity: string) =>
    dots(
      svg.split("<g ").find((part) =>
        part.includes(`stroke-opacity="${opacity}"`)
      )!,
    ).length;
  assert.deepEqual([group("0.15"), group("1")], [3, 2]);
});
