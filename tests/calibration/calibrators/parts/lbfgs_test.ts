import assert from "node:assert/strict";
import { minimise } from "../../../../lib/calibration/calibrators/parts/lbfgs.ts";
import { assertClose } from "../../close.ts";

/** `sum_i scale_i (x_i - i)^2`, of any condition. */
function bowl(scales: readonly number[]) {
  return (x: Float64Array, gradient: Float64Array) => {
    let value = 0;
    scales.forEach((scale, i) => {
      value += scale * (x[i] - i) ** 2;
      gradient[i] = 2 * scale * (x[i] - i);
    });
    return value;
  };
}

Deno.test("minimise() finds the bottom of a bowl", () => {
  const scales = [1, 10, 100, 1000, 0.1];
  const start = new Float64Array(5);
  const { at, value, converged } = minimise(bowl(scales), start);
  assert.ok(converged);
  assertClose(value, 0, 1e-15);
  at.forEach((x, i) => assertClose(x, i, 1e-8));
  assert.deepEqual([...start], [0, 0, 0, 0, 0]);
});

Deno.test("minimise() with the exact inverse takes one step", () => {
  const scales = [1, 1e3, 1e6];
  const { at, iterations } = minimise(bowl(scales), Float64Array.of(7, 7, 7), {
    precondition: (vector) =>
      scales.forEach((scale, i) => vector[i] /= 2 * scale),
  });
  assert.equal(iterations, 1);
  at.forEach((x, i) => assertClose(x, i));
});

Deno.test("minimise() of a curve that is flat far away takes steps of any length", () => {
  // The slope of the softplus is almost 0 at -40; the minimum is at ln(1/3).
  const { at, converged } = minimise((x, gradient) => {
    const p = 1 / (1 + Math.exp(-x[0]));
    gradient[0] = p - 0.25;
    return Math.log1p(Math.exp(x[0])) - 0.25 * x[0];
  }, Float64Array.of(-40));
  assert.ok(converged);
  assertClose(at[0], Math.log(1 / 3), 1e-8);
});

Deno.test("minimise() says that it stopped before the minimum", () => {
  const { converged, iterations } = minimise(
    bowl([1, 10, 100]),
    Float64Array.of(9, 9, 9),
    { iterations: 1 },
  );
  assert.deepEqual({ converged, iterations }, {
    converged: false,
    iterations: 1,
  });
  // A function without a minimum.
  const endless = minimise((x, gradient) => {
    gradient[0] = -1;
    return -x[0];
  }, Float64Array.of(0));
  assert.equal(endless.converged, false);
});
