import assert from "node:assert/strict";
import { studentTQuantile } from "../../lib/statistics/student_t.ts";

const PROBABILITIES = [0.6, 0.9, 0.975, 0.995, 0.9995];

/** Degrees of freedom, then SciPy 1.17.1's stats.t.ppf of the probabilities. */
// deno-fmt-ignore
const SCIPY = [
  [1, 0.32491969623290634, 3.0776835371752544, 12.706204736174694, 63.656741162871526, 636.6192487687897],
  [2, 0.2886751345948128, 1.8856180831641272, 4.302652729749462, 9.924843200918287, 31.599054576445365],
  [3, 0.2766706623326898, 1.637744353696209, 3.1824463052837078, 5.840909309733355, 12.923978636687961],
  [4, 0.2707222947075976, 1.533206274058944, 2.7764451051977934, 4.604094871349992, 8.610301581379522],
  [5, 0.2671808657041451, 1.4758840488244815, 2.5705818356363146, 4.032142983555228, 6.868826625881276],
  [9, 0.260955336473911, 1.3830287383966329, 2.262157162798205, 3.249835541592126, 4.780912585931217],
  [10, 0.2601848294920803, 1.372183641110336, 2.228138851986274, 3.16927267261695, 4.586893858702708],
  [30, 0.2556053649519128, 1.3104150253913955, 2.0422724563012378, 2.7499956535672254, 3.6459586350420627],
  [99, 0.25402901215180673, 1.2901614420344854, 1.9842169515864174, 2.626405457280827, 3.391528833363685],
  [1000, 0.25341451583949876, 1.2823987214609247, 1.9623390808264083, 2.580754698065951, 3.300282648423944],
];

function assertNear(actual: number, expected: number, relative: number): void {
  const error = Math.abs(actual / expected - 1);
  assert.ok(error <= relative, `${actual} is not ${expected}`);
}

Deno.test("studentTQuantile() is SciPy's", () => {
  for (const [degrees, ...quantiles] of SCIPY) {
    quantiles.forEach((t, i) =>
      assertNear(studentTQuantile(PROBABILITIES[i], degrees), t, 1e-11)
    );
  }
});

Deno.test("studentTQuantile() of 1 and 2 degrees is the closed form", () => {
  for (const p of [1e-6, 0.01, 0.3, 0.7, 0.99, 1 - 1e-6]) {
    assertNear(studentTQuantile(p, 1), Math.tan(Math.PI * (p - 0.5)), 1e-9);
    const two = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
    assertNear(studentTQuantile(p, 2), two, 1e-9);
  }
});

Deno.test("studentTQuantile() is symmetric about a median of 0", () => {
  for (const degrees of [1, 2, 7, 50]) {
    assert.equal(studentTQuantile(0.5, degrees), 0);
    assertNear(
      -studentTQuantile(0.025, degrees),
      studentTQuantile(0.975, degrees),
      1e-14,
    );
  }
});

Deno.test("studentTQuantile() nears the normal quantile", () => {
  assertNear(studentTQuantile(0.975, 100_000), 1.959963984540054, 2e-5);
});

Deno.test("studentTQuantile() refuses what has no quantile", () => {
  for (const p of [0, 1, NaN]) {
    assert.throws(() => studentTQuantile(p, 3), {
      name: "BadInput",
      message:
        `Probability of a Student t quantile must be in [0.000001, 0.999999]: current value is ${p}`,
    });
  }
  for (const degrees of [0, 1.5]) {
    assert.throws(() => studentTQuantile(0.975, degrees), {
      name: "BadInput",
      message:
        `Degrees of freedom must be a whole number of at least 1: current value is ${degrees}`,
    });
  }
});
