import assert from "node:assert/strict";
import { BadInput } from "../../../lib/bad_input.ts";
import type { RegimeCell } from "../../../lib/study/regimes/cell.ts";
import { spreadOfRule, testRule } from "../../../lib/study/regimes/rule.ts";
import { losses, sampleCell } from "./sample_cells.ts";

const PAIR = { method: "ilsq", rival: "ls" };

/** A cell in which ilsq gains so much over ls, one number per seed. */
function cell(
  gains: readonly number[],
  { temperature = 1.2, images = 1000, accuracy = 0.5 } = {},
): RegimeCell {
  return sampleCell({ images }, {
    ls: losses(...gains.map(() => 1)),
    ilsq: losses(...gains.map((gain) => 1 - gain)),
  }, {
    temperatures: gains.map(() => temperature),
    accuracies: gains.map(() => accuracy),
  });
}

/** Cells in which ilsq is better if plain training is overconfident. */
const OVERCONFIDENCE = Array.from({ length: 12 }, (_, i) => {
  const temperature = 0.8 + 0.05 * i;
  const better = temperature > 1.06;
  return cell(better ? [0.1, 0.2] : [-0.1, -0.2], {
    temperature,
    images: 1000 * 2 ** (i % 3),
    accuracy: 0.5 + 0.1 * (i % 2),
  });
});

Deno.test("testRule() finds a rule that holds on cells that it has not seen", () => {
  const test = testRule(OVERCONFIDENCE, PAIR);
  assert.deepEqual(
    [test.fittedCells, test.testedCells, test.fitted, test.tested],
    [6, 6, 12, 12],
  );
  assert(test.hitRate > 0.8, `hit rate ${test.hitRate}`);
  assert(test.hitRate > test.majorityHitRate);
  const [images, temperature, accuracy] = test.model!.weights;
  assert(temperature > 1);
  assert(Math.max(Math.abs(images), Math.abs(accuracy)) < temperature / 2);
});

Deno.test("testRule() fits no cell that it is tested on", () => {
  const cells = OVERCONFIDENCE.map((_, i) =>
    cell([i % 2 ? 1 : -1], { images: 1000 + i })
  );
  const { cells: unseen, fittedCells } = testRule(cells, PAIR);
  assert.equal(new Set(unseen.map(({ images }) => images)).size, 6);
  const seen = cells.filter(({ key }) =>
    unseen.every(({ images }) => images !== key.images)
  );
  assert.equal(seen.length, fittedCells);
  // Without the unseen cells the model is the same.
  const { model } = testRule(cells, PAIR);
  const changed = cells.map((one) =>
    seen.includes(one) ? one : cell([-9, 9], one.key)
  );
  assert.deepEqual(testRule(changed, PAIR).model, model);
});

/** Tests a rule that is fitted on the first of two cells. */
function fittedOn(first: RegimeCell, second: RegimeCell) {
  const unseen = { ...second, key: { ...second.key, network: "unseen" } };
  const tests = [1, 2, 3, 4, 5, 6].map((seed) =>
    testRule([first, unseen], PAIR, { seed })
  );
  return tests.find(({ cells: [{ network }] }) => network === "unseen")!;
}

Deno.test("testRule() is constant if one method was better in all that it was fitted on", () => {
  const test = fittedOn(cell([1, 1, 1]), cell([-1, -3, 1]));
  assert.deepEqual([test.model, test.majority], [null, true]);
  const [{ predicted, observed, probability, n, hits, gain, low, high }] =
    test.cells;
  assert.deepEqual([predicted, observed, probability], ["ilsq", "ls", 1]);
  assert.deepEqual([n, hits, gain], [3, 1, -1]);
  assert(low! < -1 && high! > 0, "undecided");
  assert.deepEqual([test.hitRate, test.majorityHitRate], [1 / 3, 1 / 3]);
});

Deno.test("testRule() guesses the majority of the fitted cells, of which it knows nothing else", () => {
  const test = fittedOn(cell([1, -1, -1]), cell([1, -1]));
  assert.equal(test.majority, false);
  assert.equal(test.cells[0].predicted, "ls");
  assert.equal(test.cells[0].probability.toFixed(10), (1 / 3).toFixed(10));
  // The observed gain is 0, which is not better.
  assert.equal(test.cells[0].observed, "ls");
  assert.deepEqual([test.hitRate, test.majorityHitRate], [0.5, 0.5]);
});

Deno.test("testRule() leaves out cells without one of the methods, and needs two others", () => {
  const without = sampleCell({}, { ls: losses(1, 2) });
  const test = testRule([without, ...OVERCONFIDENCE], PAIR);
  assert.equal(test.fittedCells + test.testedCells, 12);
  assert.throws(
    () => testRule([cell([1, 2]), without], PAIR),
    new BadInput(
      "Cannot test a rule for ilsq and ls as two cells must have both: found 1",
    ),
  );
});

Deno.test("spreadOfRule() averages the tests of many halves", () => {
  const tests = [1, 2, 3].map((seed) =>
    testRule(OVERCONFIDENCE, PAIR, { seed })
  );
  const halves = new Set(
    tests.map(({ cells }) => JSON.stringify(cells.map(({ images }) => images))),
  );
  assert(halves.size > 1, "different halves");
  const { hitRate, majorityHitRate, ahead, ...rest } = //
    spreadOfRule(OVERCONFIDENCE, PAIR, 3);
  const sum = (of: (test: typeof tests[number]) => number) =>
    tests.reduce((total, test) => total + of(test), 0);
  assert.deepEqual(rest, { ...PAIR, halves: 3 });
  const close = (a: number, b: number) => assert(Math.abs(a - b) < 1e-12);
  close(hitRate, sum((test) => test.hitRate) / 3);
  close(majorityHitRate, sum((test) => test.majorityHitRate) / 3);
  close(
    ahead,
    sum((test) => Number(test.hitRate > test.majorityHitRate)) / 3,
  );
});
