import assert from "node:assert/strict";
import { adviceOf } from "../../../lib/study/regimes/advice.ts";
import { losses, sampleCell } from "./sample_cells.ts";

Deno.test("adviceOf() takes the cheapest of the methods that the best does not beat", () => {
  const advice = adviceOf(sampleCell({ images: 2000 }, {
    "ce": losses(0.9, 0.9, 0.9),
    "ls": losses(0.5, 0.6, 0.7),
    "ilsq": losses(0.6, 0.5, 0.6),
    "mix": losses(0.5, 0.5, 0.51),
    "scaled ce": losses(0.8, 0.8, 0.8),
  }));
  // mix beats ce and scaled ce by 0.3 or more; ls and ilsq are within its noise.
  assert.deepEqual(
    [advice.best, advice.use, advice.networks, advice.asGood],
    ["mix", "ls", 1, "ls, ilsq, mix"],
  );
  assert.equal(advice.logLoss.toFixed(3), "0.600");
  assert.equal(advice.bestLogLoss.toFixed(3), "0.503");
  assert.equal(advice.gain?.toFixed(3), "0.297");
  assert(advice.low! > 0 && advice.high! > advice.gain!);
  assert.deepEqual([advice.network, advice.images, advice.n], ["mlp", 2000, 3]);
});

Deno.test("adviceOf() says scaled ce if nothing beats it, and ce only if that is better", () => {
  const of = (scaled: number, plain: number) =>
    adviceOf(sampleCell({}, {
      "ce": losses(plain, plain + 0.3, plain - 0.3),
      "ilsq": losses(0.1, 0.9, 0.5),
      "scaled ce": losses(scaled, scaled + 0.3, scaled - 0.3),
    }));
  const undecided = of(0.6, 0.7);
  assert.equal(undecided.best, "ilsq");
  assert.deepEqual(
    [undecided.use, undecided.asGood],
    ["scaled ce", "scaled ce, ce, ilsq"],
  );
  assert.equal(of(0.7, 0.6).use, "ce");
});

Deno.test("adviceOf() has no gain over scaled ce where that is the best, or for one seed", () => {
  const best = adviceOf(sampleCell({}, {
    "ce": losses(0.9, 0.9),
    "ls": losses(0.9, 0.9),
    "scaled ce": losses(0.5, 0.5),
  }));
  assert.deepEqual([best.best, best.use], ["scaled ce", "scaled ce"]);
  assert.deepEqual([best.gain, best.low, best.high], [null, null, null]);
  const single = adviceOf(sampleCell({}, {
    "ls": losses(0.1),
    "scaled ce": losses(0.5),
  }));
  assert.deepEqual([single.best, single.asGood], ["ls", "scaled ce, ls"]);
  assert.equal(single.gain, null);
});
