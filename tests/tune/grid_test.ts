import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { gridPoints, GRIDS } from "../../lib/tune/grid.ts";

const AXES = { epsilon: [0.05, 0.1], temperature: [1, 2], p1: [0.8, 0.9] };

function numbersFor(...args: Parameters<typeof gridPoints>) {
  return gridPoints(...args).map(({ numbers }) => numbers);
}

Deno.test("gridPoints() gives each method only its own axes, the first slowest", () => {
  assert.deepEqual(gridPoints(["ce"], { axes: {} }), [
    { method: "ce", numbers: {} },
  ]);
  assert.deepEqual(
    numbersFor(["ls", "ils2"], { axes: { ...AXES, p1: undefined } }),
    [
      { epsilon: 0.05 },
      { epsilon: 0.1 },
      { epsilon: 0.05, temperature: 1 },
      { epsilon: 0.05, temperature: 2 },
      { epsilon: 0.1, temperature: 1 },
      { epsilon: 0.1, temperature: 2 },
    ],
  );
});

Deno.test("gridPoints() uses the study's grids by default", () => {
  const counts = (["ls", "ils", "ils1", "ils2", "ilsq"] as const).map((name) =>
    gridPoints([name], { axes: {} }).length
  );
  assert.deepEqual(counts, [5, 25, 25, 25, 125]);
  assert.deepEqual(
    numbersFor(["ilsq"], { axes: { p2: [1], temperature: [4] } }),
    GRIDS.p1!.map((p1) => ({ p1, p2: 1, temperature: 4 })),
  );
});

Deno.test("gridPoints() leaves out axes without effect", () => {
  // Shifted logits are not divided by a temperature.
  const shifted = { axes: { epsilon: [0.1] }, scores: "shifted-logits" };
  assert.deepEqual(numbersFor(["ils"], shifted), [{ epsilon: 0.1 }]);
  const mixed = { ...shifted, axes: { epsilon: [0.1], temperature: [1, 2] } };
  assert.deepEqual(numbersFor(["ils", "ils2"], mixed), [
    { epsilon: 0.1 },
    { epsilon: 0.1, temperature: 1 },
    { epsilon: 0.1, temperature: 2 },
  ]);
  // If no mass leaves the true class, its destination does not matter.
  const none = { axes: { epsilon: [0.1, 0], temperature: [1, 2] } };
  assert.deepEqual(numbersFor(["ils2"], none), [
    { epsilon: 0.1, temperature: 1 },
    { epsilon: 0.1, temperature: 2 },
    { epsilon: 0, temperature: 1 },
  ]);
  const mild = { axes: { lambda: [0, 1], temperature: [1, 2] } };
  assert.deepEqual(numbersFor(["self-distillation"], mild), [
    { lambda: 0, temperature: 1 },
    { lambda: 1, temperature: 1 },
    { lambda: 1, temperature: 2 },
  ]);
  const loose = { axes: { mblsAlpha: [0], mblsMargin: [5, 10] } };
  assert.equal(numbersFor(["mbls"], loose).length, 1);
  const flat = { axes: { p1: [0.8, 0.9], p2: [0, 1] } };
  assert.deepEqual(numbersFor(["ils1"], flat), [
    { p1: 0.8, p2: 0 },
    { p1: 0.8, p2: 1 },
    { p1: 0.9, p2: 1 },
  ]);
});

Deno.test("gridPoints() tries the amounts of ils-shrunk that the axes belong to", () => {
  const shrunk = (axes: Parameters<typeof gridPoints>[1]["axes"]) =>
    numbersFor(["ils-shrunk"], { axes });
  const few = { temperature: [3] };
  // By default the constant amount: 5 epsilons and 3 shrinks.
  const constant = GRIDS.epsilon!.flatMap((epsilon) =>
    [0, 0.5, 1].map((shrink) => ({ epsilon, shrink, temperature: 3 }))
  );
  assert.deepEqual(shrunk(few), constant);
  assert.equal(shrunk({}).length, 5 * 3 * 5);
  const p = { ...few, shrink: [0, 1], p1: [0.8], p2: [2] };
  const quadratic = [0, 1].map((shrink) => (
    { p1: 0.8, p2: 2, shrink, temperature: 3 }
  ));
  assert.deepEqual(shrunk(p), quadratic);
  assert.deepEqual(shrunk({ ...p, epsilon: [0.1] }), [
    { epsilon: 0.1, shrink: 0, temperature: 3 },
    { epsilon: 0.1, shrink: 1, temperature: 3 },
    ...quadratic,
  ]);
  // Neither amount at 0 moves mass, so both count as one point.
  assert.equal(shrunk({ ...p, epsilon: [0], p2: [0] }).length, 1);
});

Deno.test("gridPoints() refuses an axis that none of the methods uses", () => {
  const refuses = (
    options: Parameters<typeof gridPoints>[1],
    message: string,
  ) =>
    assert.throws(() => gridPoints(["ls", "ils"], options), {
      name: BadInput.name,
      message,
    });
  refuses(
    { axes: { p1: [0.8] } },
    "None of the methods ls, ils uses p1: it belongs to ils1, ilsq, " +
      "ils-shrunk",
  );
  refuses(
    { axes: { maxEpsilon: [0.3] } },
    "None of the methods ls, ils uses maxEpsilon: it belongs to ils1, " +
      "ilsq, ils-shrunk",
  );
  refuses(
    { axes: { temperature: [2] }, scores: "shifted-logits" },
    "None of the methods ls, ils uses temperature with scores " +
      "shifted-logits: it belongs to cls, ils2, ilsq, ils-shrunk, " +
      "self-distillation",
  );
  assert.throws(
    () => gridPoints(["ls"], { axes: {}, scores: "probabilities" }),
    /^BadInput: None of the methods ls uses scores: it belongs to ils, ils-/,
  );
});

Deno.test("gridPoints() accepts losses: a given axis, else the default value", () => {
  const axes = { focalGamma: [1, 2] };
  assert.deepEqual(gridPoints(["focal", "mbls", "brier"], { axes }), [
    { method: "focal", numbers: { focalGamma: 1 } },
    { method: "focal", numbers: { focalGamma: 2 } },
    { method: "mbls", numbers: {} },
    { method: "brier", numbers: {} },
  ]);
});
