import assert from "node:assert/strict";
import { decode } from "fast-png";
import {
  logitsOf,
  pointsOf,
  probabilitiesOf,
} from "../../../lib/matrix_kinds.ts";
import { embedImages } from "../../../lib/reports/interactive/embedded_images.ts";
import {
  imageRows,
  restoreRows,
} from "../../../lib/reports/interactive/image_rows.ts";
import { likelyClasses } from "../../../lib/reports/interactive/likely_classes.ts";
import { readImageRows } from "../../../lib/reports/interactive/read_image_rows.ts";

/** A picture of 2 x 3 grey pixels, all of one level. */
const grey = (level: number) => ({
  pixels: new Uint8Array(6).fill(level),
  width: 2,
  height: 3,
  channels: 1,
});

Deno.test("embedImages() puts pictures side by side, 30 in a line", () => {
  const images = Array.from({ length: 31 }, (_, i) => grey(3 * i));
  const { png, rows, columns, width, height } = embedImages(images);
  assert.deepEqual([rows, columns, width, height], [31, 30, 2, 3]);
  const sheet = decode(Uint8Array.fromBase64(png));
  assert.deepEqual([sheet.width, sheet.height], [60, 6]);
  const levelOf = (i: number) =>
    sheet.data[Math.floor(i / 30) * 3 * 60 + (i % 30) * 2];
  for (const i of [0, 7, 29, 30]) {
    assert(Math.abs(levelOf(i) - 3 * i) <= 8, `level of ${i}`);
  }
});

Deno.test("embedImages() keeps colours in order", () => {
  const pixels = Uint8Array.of(255, 0, 0, 0, 255, 0);
  const picture = { pixels, width: 2, height: 1, channels: 3 };
  const { data } = decode(
    Uint8Array.fromBase64(embedImages([picture, picture]).png),
  );
  assert.deepEqual([...data], [...pixels, ...pixels]);
});

const NETWORK = {
  method: "ce",
  logits: logitsOf([[3, 0, 0], [0, 4, 0], [0, 1, 2]]),
  embedding: pointsOf([[0.123, 1], [-2, 3.456], [5, 6]]),
};
const ROWS = {
  classNames: ["a", "b", "c"],
  labels: Int32Array.of(0, 1, 1),
  numbers: [4, 7, 9],
  images: [grey(0), grey(100), grey(200)],
};

Deno.test("restoreRows() restores labels, predictions and places", async () => {
  const { labels, models: [model], numbers } = await restoreRows(
    await imageRows([NETWORK], ROWS),
  );
  assert.deepEqual(numbers, [4, 7, 9]);
  assert.deepEqual(labels, ROWS.labels);
  assert.equal(model.name, "CE");
  assert.deepEqual([...model.predicted], [0, 1, 2]);
  assert.deepEqual([...model.embedding!.data], [0.12, 1, -2, 3.46, 5, 6]);
  const expected = Math.exp(3) / (Math.exp(3) + 2);
  assert(Math.abs(model.probabilities.data[0] - expected) < 1e-4);
});

Deno.test("readImageRows() reads what was saved, and names damage", async () => {
  const path = await Deno.makeTempFile({ suffix: "06-images.json" });
  try {
    const data = await imageRows([NETWORK], ROWS);
    await Deno.writeTextFile(path, JSON.stringify(data));
    assert.deepEqual(await readImageRows(path), data);
    const damaged = { ...data, classNames: ["a"] };
    await Deno.writeTextFile(path, JSON.stringify(damaged));
    await assert.rejects(readImageRows(path), /06-images\.json.*classNames/);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("likelyClasses() names up to three classes, and never rounds to certainty", () => {
  const classNames = ["a", "b", "c", "d"];
  const words = (row: number[]) =>
    likelyClasses(probabilitiesOf([row]), 0, classNames)
      .replaceAll("\u00a0", " ");
  assert.equal(words([0.1, 0.6, 0.05, 0.25]), "b 60 %, d 25 %, a 10 %");
  assert.equal(words([0.996, 0.004, 0, 0]), "a 99.6 %");
  assert.equal(words([0.9999, 0.0001, 0, 0]), "a > 99.9 %");
  assert.equal(words([1, 0, 0, 0]), "a 100 %");
});

Deno.test("restoreRows() works without places", async () => {
  const data = await imageRows([NETWORK], ROWS);
  const models = data.models.map(({ name, scores }) => ({ name, scores }));
  const { models: [model] } = await restoreRows({ ...data, models });
  assert.equal(model.embedding, undefined);
});
