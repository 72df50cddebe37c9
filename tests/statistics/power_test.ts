import assert from "node:assert/strict";
import {
  pairedTestPower,
  pairsToDecide,
  smallestDifference,
} from "../../lib/statistics/power.ts";

/** Pairs, effect, and the power from SciPy 1.17.1's stats.nct at level 0.05. */
const POWERS = [
  [2, 0.1, 0.05049710791006329],
  [2, 1, 0.09280915505633605],
  [3, 0.5, 0.08410705589638942],
  [3, 3, 0.7452680070062837],
  [5, 1, 0.40138991737179536],
  [10, 0.5, 0.29317560651407687],
  [10, 1, 0.8030968566327219],
  [30, 0.1, 0.08272600819885256],
  [200, 0.1, 0.2906576176614805],
] as const;

Deno.test("pairedTestPower() is the noncentral t distribution's", () => {
  for (const [pairs, effect, power] of POWERS) {
    const found = pairedTestPower(effect, pairs);
    assert.ok(Math.abs(found - power) < 1e-9, `${pairs}, ${effect}: ${found}`);
    assert.equal(pairedTestPower(-effect, pairs), found, "both directions");
  }
});

Deno.test("pairedTestPower() is the level without an effect", () => {
  for (const level of [0.001, 0.05, 0.5]) {
    for (const pairs of [2, 7, 50]) {
      assert.ok(Math.abs(pairedTestPower(0, pairs, level) - level) < 1e-7);
    }
  }
});

Deno.test("pairsToDecide() is the first number of pairs with the power", () => {
  // The first number for which SciPy's noncentral t has a power of 0.8.
  const needed = { 0.05: 3142, 0.2: 199, 0.5: 34, 0.8: 15, 1.5: 6, 3: 4 };
  for (const [effect, pairs] of Object.entries(needed)) {
    const mean = 7 * Number(effect);
    assert.equal(pairsToDecide({ mean, deviation: 7 }), pairs);
    assert.equal(pairsToDecide({ mean: -mean, deviation: 7 }), pairs);
  }
  assert.equal(pairsToDecide({ mean: 10, deviation: 1 }, { power: 0.5 }), 2);
});

Deno.test("pairsToDecide() finds no number for a mean near 0", () => {
  assert.equal(pairsToDecide({ mean: 0, deviation: 1 }), undefined);
  assert.equal(pairsToDecide({ mean: 0.001, deviation: 1 }), undefined);
  assert.equal(pairsToDecide({ mean: 0.001, deviation: 0 }), 2);
});

Deno.test("smallestDifference() is found with the power", () => {
  // The roots of SciPy's noncentral t.
  const effects = { 3: 3.264043549699693, 10: 0.9960013714554773 };
  for (const [pairs, effect] of Object.entries(effects)) {
    const smallest = smallestDifference({ deviation: 2, pairs: Number(pairs) });
    assert.ok(Math.abs(smallest / 2 - effect) < 1e-6);
  }
  assert.equal(smallestDifference({ deviation: 0, pairs: 3 }), 0);
});

Deno.test("functions of power refuse values outside their ranges", () => {
  const one = { mean: 1, deviation: 1 };
  const cases: [RegExp, () => unknown][] = [
    [/Number of pairs .* 1/, () => pairedTestPower(1, 1)],
    [/Effect .* NaN/, () => pairedTestPower(NaN, 5)],
    [/Level .* 1$/, () => pairedTestPower(1, 5, 1)],
    [/Power .* 0.05$/, () => pairsToDecide(one, { power: 0.05 })],
    [
      /Standard deviation .* -1$/,
      () => pairsToDecide({ mean: 1, deviation: -1 }),
    ],
    [
      /Standard deviation .* Infinity$/,
      () => smallestDifference({ deviation: Infinity, pairs: 4 }),
    ],
  ];
  for (const [message, call] of cases) assert.throws(call, { message });
});
